"""The types of notice of this app: each kind of reminder registers its own."""

import reminders.kinds  # noqa: F401  # registers them
