"""The door that Celery comes in by."""

import logging

from celery import shared_task

from reminders.scheduler import fire_due

logger = logging.getLogger(__name__)


@shared_task(name="reminders.tick")
def tick() -> None:
    """Fire what is due. Two at once are harmless: each occurrence is fired by one."""
    tally = fire_due()
    if tally:
        logger.info("reminders: %s", ", ".join(f"{n} {what}" for what, n in sorted(tally.items())))
