"""A webhook as an example: tried once, at an address that is nowhere, and switched off since."""

import uuid
from datetime import timedelta

from activity.models import Record
from demo.museum import Museum
from notifications.enums import TEST_WEBHOOK, WEBHOOK, DeliveryState, Outcome, WebhookShape
from notifications.models import Attempt, Delivery, Notification
from notifications.models_webhooks import WebhookEndpoint
from notifications.services_webhooks import add_webhook, record_test, switch_off

WRITTEN = (WebhookEndpoint, Notification, Record)
DAYS_SINCE_ADDED = 9
VALUES = {
    "name": "#museum-social (an example)",
    "shape": WebhookShape.SLACK,
    "address": "https://chat.example/hooks/museum-social",
    "kinds": [
        "content_calendar.approval_asked",
        "reminders.post_due",
        "reminders.post_missed",
        "strategies.review_asked",
    ],
}


def add_example(museum: Museum) -> None:
    """Add it, write down what a test of it would have met, and switch it off."""
    admin = museum.users["admin"]
    with museum.history.on(DAYS_SINCE_ADDED, hour=13, only=WRITTEN):
        endpoint = add_webhook(museum.workspace, VALUES, by=admin)
        _tried(endpoint, museum)
        record_test(endpoint, by=admin)
    with museum.history.on(DAYS_SINCE_ADDED, hour=14, only=WRITTEN):
        switch_off(endpoint, by=admin)


def _tried(endpoint: WebhookEndpoint, museum: Museum) -> None:
    """Write what became of a test. Making the demo asks nobody."""
    moment = museum.history.moment(museum.today - timedelta(days=DAYS_SINCE_ADDED), 13)
    said = "The connection failed: No address was found for this name."
    notice = Notification.objects.create(
        workspace=museum.workspace,
        endpoint=endpoint,
        kind=TEST_WEBHOOK,
        source_key=uuid.uuid4(),
        by=museum.users["admin"],
        is_in_app=False,
    )
    delivery = Delivery.objects.create(
        notification=notice,
        workspace=museum.workspace,
        endpoint=endpoint,
        source_key=notice.source_key,
        way=WEBHOOK,
        state=DeliveryState.CANCELLED,
        due_at=moment,
        next_at=moment,
        attempts=1,
        last_error=said,
    )
    Attempt.objects.create(
        delivery=delivery,
        number=1,
        started_at=moment,
        ended_at=moment,
        outcome=Outcome.LATER,
        detail=said,
    )
