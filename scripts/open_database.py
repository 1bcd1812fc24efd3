"""Bring the database of ``make run`` up to date; on loopback make the demo in an empty one."""

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command


def main() -> None:
    """Migrate, make the demo in an empty database, and print whom one may look around as."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    call_command("secure_demo")
    if settings.DEMO_SIGN_INS and not get_user_model().objects.exists():
        call_command("create_demo")
    print("--- sign-ins ---", flush=True)
    call_command("show_sign_ins")


if __name__ == "__main__":
    main()
