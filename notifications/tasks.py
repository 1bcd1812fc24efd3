"""The door that Celery comes in by."""

import logging

from celery import shared_task

from notifications.outbox import send_due

logger = logging.getLogger(__name__)


@shared_task(name="notifications.tick")
def tick() -> None:
    """Send what is due. Two at once are harmless: each row has one owner."""
    tally = send_due()
    if tally:
        logger.info("deliveries: %s", ", ".join(f"{n} {what}" for what, n in sorted(tally.items())))
