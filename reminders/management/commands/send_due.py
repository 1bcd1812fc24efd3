"""``manage.py send_due``: one tick without Celery, for cron and for a rescue."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from networks.services_access_import import clear_uploads
from notifications.outbox import TICK_SECONDS, send_due
from reminders.scheduler import fire_due


class Command(BaseCommand):
    help = (
        "Fire the reminders that are due, send every email that is due and clear lists of accesses "
        "that nobody took over, without Celery."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seconds", type=float, default=TICK_SECONDS, help="stop after this many seconds"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what became of it."""
        cleared = Counter({"lists of accesses cleared": clear_uploads()})
        tally = fire_due() + send_due(seconds=options["seconds"]) + cleared
        if not tally:
            self.stdout.write("Nothing is due.")
        for what, number in sorted(tally.items()):
            self.stdout.write(f"{what}: {number}")
