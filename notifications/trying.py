"""Trying a way of sending: one notice, sent while the person waits, and what became of it."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.exceptions import Refusal
from notifications.enums import EMAIL, TEST_EMAIL, TEST_WEBHOOK, WEBHOOK, DeliveryState
from notifications.models import Attempt, Delivery, Notification
from notifications.models_webhooks import WebhookEndpoint
from notifications.outbox import LEASE, send_now
from notifications.services import source_key_of
from notifications.services_webhooks import record_test
from workspaces.models import Workspace

#: One test in so many seconds, of one webhook or to one person.
EVERY = 10


def try_webhook(endpoint: WebhookEndpoint, *, by: User) -> Delivery:
    """Send a test to a webhook, also to one that is switched off. Raises Refusal."""
    if endpoint.removed_at is not None:
        raise Refusal(_("This webhook was removed. Bring it back to try it."))
    delivery = _claimed(
        endpoint.workspace, TEST_WEBHOOK, of=endpoint.uid, way=WEBHOOK, by=by, endpoint=endpoint
    )
    record_test(endpoint, by=by)
    return _sent(delivery)


def try_email(user: User, workspace: Workspace) -> Delivery:
    """Send a person the test email that they asked for. Raises Refusal."""
    url = reverse("notifications:settings", args=[workspace.slug])
    return _sent(
        _claimed(workspace, TEST_EMAIL, of=user.uid, way=EMAIL, by=user, recipient=user, url=url)
    )


def last_test_of(endpoint: WebhookEndpoint) -> Attempt | None:
    """Return the newest test of a webhook."""
    return _newest(Delivery.objects.filter(endpoint=endpoint, notification__kind=TEST_WEBHOOK))


def last_email_test(user: User) -> Attempt | None:
    """Return the newest test email to a person, from whichever workspace it was asked for."""
    return _newest(Delivery.objects.filter(recipient=user, notification__kind=TEST_EMAIL))


def newest_tries(endpoints: Iterable[WebhookEndpoint]) -> dict[int, Attempt]:
    """Return the newest try of each webhook, by its primary key."""
    newest = (
        Attempt.objects.filter(delivery__endpoint=OuterRef("pk"))
        .order_by("-started_at", "-pk")
        .values("pk")[:1]
    )
    asked = WebhookEndpoint.objects.filter(pk__in=[one.pk for one in endpoints])
    pks = asked.annotate(newest=Subquery(newest)).values("newest")
    found = Attempt.objects.filter(pk__in=pks).select_related("delivery")
    return {one.delivery.endpoint_id: one for one in found if one.delivery.endpoint_id}


def _newest(deliveries: QuerySet[Delivery]) -> Attempt | None:
    tries = Attempt.objects.filter(delivery__in=deliveries)
    return tries.order_by("-started_at", "-pk").first()


@transaction.atomic
def _claimed(
    workspace: Workspace, kind: str, *, of: uuid.UUID, way: str, by: User, **whom: Any
) -> Delivery:
    """Write the notice and its delivery, which no worker takes up: the caller sends it."""
    slot = int(timezone.now().timestamp()) // EVERY
    notice = Notification(
        workspace=workspace,
        kind=kind,
        source_key=source_key_of(workspace, kind, f"{of}:{slot}"),
        by=by,
        is_in_app=False,
        **whom,
    )
    Notification.objects.bulk_create([notice], ignore_conflicts=True)
    written = Notification.objects.filter(uid=notice.uid).first()
    if written is None:
        raise Refusal(_("A test was sent just now. Wait a few seconds."))
    whom.pop("url", None)
    return Delivery.objects.create(
        notification=written,
        workspace=workspace,
        source_key=written.source_key,
        way=way,
        state=DeliveryState.SENDING,
        lease_token=uuid.uuid4(),
        lease_until=Now() + LEASE,
        due_at=Now(),
        next_at=Now(),
        **whom,
    )


def _sent(delivery: Delivery) -> Delivery:
    """Send it now, outside of any transaction of ours."""
    send_now(delivery)
    delivery.refresh_from_db()
    return delivery
