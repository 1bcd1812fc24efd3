"""Bring the database of ``make run`` up to date; make the demo when nobody is in it yet."""

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command


def main() -> None:
    """Migrate, make the demo in an empty database, and print the demo sign-ins."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    if not get_user_model().objects.exists():
        call_command("create_demo")
    print("--- sign-ins ---", flush=True)
    call_command("show_sign_ins")


if __name__ == "__main__":
    main()
