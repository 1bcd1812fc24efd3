"""The door that Celery comes in by."""

import logging

from celery import shared_task

from networks.services_access_import import clear_uploads

logger = logging.getLogger(__name__)


@shared_task(name="networks.clear_uploads")
def clear() -> None:
    """Clear lists of accesses that nobody took over. Two at once are harmless."""
    if number := clear_uploads():
        logger.info("lists of accesses: %d cleared", number)
