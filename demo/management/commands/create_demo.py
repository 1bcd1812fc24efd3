"""``create_demo``: an invented museum at work, to look around in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from demo.build import build_demo


class Command(BaseCommand):
    """Make the demo; where it is already, leave it as it is."""

    help = "Make the demo organisation, in demo mode only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-new", action="store_true", help="do nothing when anybody is in the database"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_SIGN_INS:
            raise CommandError(
                "The demo is made in demo mode only (MODE=demo), and only while HOST is loopback."
            )
        if options["if_new"] and User.objects.exists():
            self.stdout.write("People are here already; no demo was made.")
            return
        workspace = build_demo()
        self.stdout.write(
            f"The demo is there: {workspace.name}." if workspace else "The demo was there already."
        )
