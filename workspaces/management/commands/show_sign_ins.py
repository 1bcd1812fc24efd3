"""``manage.py show_sign_ins``: who can be signed in with one press, in a demo on loopback."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from accounts.demo import demo_sign_ins


class Command(BaseCommand):
    """Print the demo's people; nothing where there are none."""

    help = "Print the demo sign-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        people = demo_sign_ins()
        if not people:
            return
        self.stdout.write(
            f"Sign in with one press at {settings.SITE_URL}{reverse('account_login')} as:"
        )
        for person in people:
            self.stdout.write(
                f"  {person.role!s:<12} {person.name} <{person.email}>, {person.note}"
            )
