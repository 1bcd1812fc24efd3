"""Types of notification that only these tests know."""

TOLD = "tests.told"
DAILY = "tests.daily"
