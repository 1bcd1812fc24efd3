"""Webhooks: what is sent, how it is signed, and what follows from each answer. A real receiver."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from pytest_django import Settings
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from activity.models import Record
from core.exceptions import Refusal
from notifications import notification_types
from notifications.enums import DeliveryState, OffReason, Outcome, WebhookShape
from notifications.models import Attempt, Delivery, Notification
from notifications.models_webhooks import WebhookEndpoint
from notifications.notification_types import NotificationType
from notifications.outbox import claim_due, send_due
from notifications.services import notify, retry_now
from notifications.services_webhooks import (
    add_webhook,
    remove_webhook,
    rotate_secret,
    switch_off,
    switch_on,
)
from notifications.trying import EVERY, try_webhook
from tests.notifications.notification_types import TOLD
from tests.web_receiver import Receiver, receiving, say
from workspaces.models import Membership, Workspace


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    settings.OUTGOING_ALLOWED = ["127.0.0.0/8"]
    with receiving() as made:
        yield made


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> NotificationType:
    """A type that a webhook may be sent; told in the program only, so no email is in the way."""
    kind = NotificationType(
        TOLD,
        sentence="%(person)s asks you about %(thing)s.",
        shared_label="Somebody asks",
        action="Answer it",
    )
    monkeypatch.setitem(notification_types.NOTIFICATION_TYPES._entries, TOLD, kind)
    return kind


def endpoint_at(
    url: str, admin: Membership, *, shape: WebhookShape = WebhookShape.STANDARD, name: str = "Room"
) -> WebhookEndpoint:
    values = {"name": name, "shape": shape, "address": url, "kinds": [TOLD]}
    return add_webhook(admin.workspace, values, by=admin.user)


@pytest.fixture
def endpoint(receiver: Receiver, shared: NotificationType, admin: Membership) -> WebhookEndpoint:
    return endpoint_at(receiver.url, admin)


def tell(*members: Membership, source: str = "once", **more: Any) -> Delivery:
    notify(
        workspace=members[0].workspace,
        recipients=[member.user for member in members],
        kind=TOLD,
        source=source,
        params={"thing": "<b>the plan</b> & more"},
        url="/w/fjordlys/strategy/",
        subject=("plan", members[0].uid),
        **more,
    )
    return Delivery.objects.filter(way="webhook").latest("pk")


def due_now(delivery: Delivery) -> None:
    """Let the pause before the next try be over."""
    Delivery.objects.filter(pk=delivery.pk).update(next_at=timezone.now() - timedelta(seconds=1))


# --- what is sent ------------------------------------------------------------------------------


def test_one_request_for_a_cause_names_all_who_are_told(
    endpoint: WebhookEndpoint, receiver: Receiver, reader: Membership, manager: Membership
) -> None:
    delivery = tell(reader, manager, by=manager.user)
    tell(reader, manager, by=manager.user)

    assert send_due() == {"sent": 1}

    (request,) = receiver.requests
    said = json.loads(request.body)
    assert request.headers["content-type"].startswith("application/json")
    assert request.headers["webhook-id"] == str(delivery.message_key)
    assert said["type"] == TOLD
    assert datetime.fromisoformat(said["timestamp"]).tzinfo
    assert "<b>the plan</b> & more" in said["data"]["text"]
    assert said["data"]["people"] == ["Rita Reader", "Magnus Manager"]
    assert said["data"]["by"] == "Magnus Manager"
    assert said["data"]["url"] == "http://127.0.0.1:8000/w/fjordlys/strategy/"
    assert said["data"]["workspace"] == {"name": "Fjordlys Museum", "slug": "fjordlys"}
    assert said["data"]["about"] == {"kind": "plan", "id": str(reader.uid)}
    assert "@" not in request.body.decode()
    assert Notification.objects.to(reader.user).count() == 1
    attempt = Attempt.objects.get()
    assert (attempt.outcome, attempt.code, attempt.detail) == (Outcome.SENT, "200", "thank you")


def test_signature_holds_for_an_implementation_of_others(
    endpoint: WebhookEndpoint, receiver: Receiver, reader: Membership
) -> None:
    tell(reader)
    send_due()

    (request,) = receiver.requests
    assert Webhook(endpoint.secret).verify(request.body, request.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint.secret).verify(request.body + b" ", request.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_bm90IHRoaXMgb25l").verify(request.body, request.headers)


def test_both_secrets_sign_for_a_day_after_a_new_one(
    endpoint: WebhookEndpoint, receiver: Receiver, reader: Membership, admin: Membership
) -> None:
    before = endpoint.secret
    rotate_secret(endpoint, by=admin.user)
    assert endpoint.secret != before
    tell(reader)
    send_due()

    (request,) = receiver.requests
    assert Webhook(before).verify(request.body, request.headers)
    assert Webhook(endpoint.secret).verify(request.body, request.headers)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert endpoint.secrets == [endpoint.secret]


def test_secret_is_not_stored(endpoint: WebhookEndpoint, settings: Settings) -> None:
    stored = repr(WebhookEndpoint.objects.filter(pk=endpoint.pk).values().get())
    secret = endpoint.secret

    assert secret not in stored
    settings.SECRET_KEY = "another" * 10
    assert endpoint.secret != secret


def test_slack_gets_text_that_calls_nobody(
    receiver: Receiver, shared: NotificationType, admin: Membership, reader: Membership
) -> None:
    endpoint_at(receiver.url, admin, shape=WebhookShape.SLACK)
    tell(reader, by=admin.user)
    send_due()

    (request,) = receiver.requests
    said = json.loads(request.body)
    assert "&lt;b&gt;the plan&lt;/b&gt; &amp; more" in said["text"]
    first, context, link = said["blocks"]
    assert first["text"]["type"] == "plain_text"
    assert "<b>the plan</b> & more" in first["text"]["text"]
    assert [one["text"] for one in context["elements"]] == ["For Rita Reader", "Fjordlys Museum"]
    assert link["text"]["text"] == "<http://127.0.0.1:8000/w/fjordlys/strategy/|Answer it>"
    assert "webhook-signature" not in request.headers


def test_teams_gets_an_adaptive_card(
    receiver: Receiver, shared: NotificationType, admin: Membership, reader: Membership
) -> None:
    endpoint_at(receiver.url, admin, shape=WebhookShape.TEAMS)
    tell(reader, by=admin.user)
    send_due()

    (request,) = receiver.requests
    (attachment,) = json.loads(request.body)["attachments"]
    card = attachment["content"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert card["type"] == "AdaptiveCard"
    texts = [block["inlines"][0]["text"] for block in card["body"]]
    assert "<b>the plan</b> & more" in texts[0]
    assert texts[1:] == ["For Rita Reader", "Fjordlys Museum"]
    assert card["actions"][0]["url"] == "http://127.0.0.1:8000/w/fjordlys/strategy/"


def test_webhook_gets_only_what_was_chosen_and_only_of_its_workspace(
    endpoint: WebhookEndpoint, reader: Membership, stranger: Membership
) -> None:
    WebhookEndpoint.objects.update(kinds=("strategies.review_asked",))
    notify(workspace=reader.workspace, recipients=[reader.user], kind=TOLD, source="one")
    WebhookEndpoint.objects.update(kinds=(TOLD,))
    notify(workspace=stranger.workspace, recipients=[stranger.user], kind=TOLD, source="two")
    notify(workspace=reader.workspace, recipients=[], kind=TOLD, source="three")
    notify(workspace=reader.workspace, recipients=[reader.user], kind=TOLD, source="4", ways=[])

    assert not Delivery.objects.exists()


def test_what_is_not_shared_goes_to_no_webhook(
    endpoint: WebhookEndpoint, told_type: NotificationType, reader: Membership
) -> None:
    notify(
        workspace=reader.workspace,
        recipients=[reader.user],
        kind=TOLD,
        source="once",
        params={"thing": "a secret"},
    )

    assert list(Delivery.objects.values_list("way", flat=True)) == ["email"]


def test_webhook_is_told_as_long_as_one_of_the_people_is(
    endpoint: WebhookEndpoint,
    receiver: Receiver,
    reader: Membership,
    manager: Membership,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done = {reader.user}
    kind = NotificationType(
        TOLD,
        sentence="x",
        shared_label="y",
        recheck=lambda notice: "It is done." if notice.recipient in done else "",
    )
    monkeypatch.setitem(notification_types.NOTIFICATION_TYPES._entries, TOLD, kind)

    tell(reader, manager)
    assert send_due() == {"sent": 1}
    done.add(manager.user)
    delivery = tell(reader, manager, source="again")
    assert send_due() == {"cancelled": 1}

    delivery.refresh_from_db()
    assert delivery.last_error == "It is done."


# --- what it answers ---------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 401, 404, 408, 429, 500, 503])
def test_other_answers_are_tried_again(
    endpoint: WebhookEndpoint, receiver: Receiver, reader: Membership, status: int
) -> None:
    receiver.answers = [status]
    delivery = tell(reader)

    assert send_due() == {"later": 1}

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.RETRYING
    assert delivery.last_error.startswith(str(status))
    pause = delivery.next_at - timezone.now()
    assert timedelta(seconds=2) < pause < timedelta(seconds=7)
    due_now(delivery)
    assert send_due() == {"sent": 1}
    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


def test_pauses_grow_and_then_it_has_failed_where_admins_see_it(
    endpoint: WebhookEndpoint, receiver: Receiver, reader: Membership, admin: Membership
) -> None:
    receiver.answers = [500] * 20
    delivery = tell(reader)
    pauses = []
    while send_due() == {"later": 1}:
        delivery.refresh_from_db()
        if delivery.state != DeliveryState.RETRYING:
            break
        pauses.append((delivery.next_at - timezone.now()).total_seconds())
        due_now(delivery)

    for pause, least in zip(pauses, [5, 300, 1800, 7200, 18000, 36000, 50400], strict=True):
        assert least * 0.9 < pause < least * 1.2
    assert delivery.state == DeliveryState.FAILED
    notice = Notification.objects.get(kind="notifications.webhook_failed")
    assert (notice.recipient, notice.subject_uid) == (admin.user, endpoint.uid)
    retry_now(delivery, by=admin.user)
    receiver.answers = []
    assert send_due() == {"sent": 1}
    assert Record.objects.latest("pk").verb == "notifications.webhook_retried"


@pytest.mark.parametrize(
    ("said", "least"),
    [("120", 120), ("9" * 30, 86_400), ("soon", 5), ("-5", 5), ("", 5), ("in an hour", 5)],
)
def test_retry_after_is_honoured(
    endpoint: WebhookEndpoint, receiver: Receiver, reader: Membership, said: str, least: int
) -> None:
    receiver.answers = [lambda handler: say(handler, 429, Retry_After=said)]
    delivery = tell(reader)
    send_due()

    delivery.refresh_from_db()
    pause = (delivery.next_at - timezone.now()).total_seconds()
    assert least - 3 < pause < least * 1.2 + 1


def test_retry_after_may_be_a_moment(
    endpoint: WebhookEndpoint, receiver: Receiver, reader: Membership
) -> None:
    later = datetime.now(UTC) + timedelta(minutes=10)
    receiver.answers = [
        lambda handler: say(handler, 503, Retry_After=format_datetime(later, usegmt=True))
    ]
    delivery = tell(reader)
    send_due()

    delivery.refresh_from_db()
    assert abs(delivery.next_at - later) < timedelta(seconds=5)


def test_redirect_has_failed_at_once(
    endpoint: WebhookEndpoint, receiver: Receiver, reader: Membership
) -> None:
    receiver.answers = [lambda handler: say(handler, 301, Location=receiver.url)]
    delivery = tell(reader)

    assert send_due() == {"refused": 1}

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.FAILED
    assert "not followed" in delivery.last_error
    assert len(receiver.requests) == 1


def test_410_switches_it_off_and_tells_admins(
    endpoint: WebhookEndpoint, receiver: Receiver, reader: Membership, admin: Membership
) -> None:
    receiver.answers = [410]
    tell(reader, source="first")
    waiting = tell(reader, source="second")

    assert send_due() == {"refused": 1, "cancelled": 1}

    endpoint.refresh_from_db()
    waiting.refresh_from_db()
    assert endpoint.off_reason == OffReason.GONE
    assert waiting.state == DeliveryState.CANCELLED
    assert Notification.objects.to(admin.user).get().kind == "notifications.webhook_gone"
    assert Record.objects.latest("pk").verb == "notifications.webhook_gone"
    notify(workspace=reader.workspace, recipients=[reader.user], kind=TOLD, source="third")
    assert send_due() == {}


def test_address_that_is_not_allowed_any_more_is_refused(
    endpoint: WebhookEndpoint, receiver: Receiver, reader: Membership, settings: Settings
) -> None:
    settings.OUTGOING_ALLOWED = []
    delivery = tell(reader)

    assert send_due() == {"refused": 1}

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.FAILED
    assert receiver.requests == []


def test_one_notice_a_day_tells_admins_of_what_failed(
    endpoint: WebhookEndpoint, receiver: Receiver, reader: Membership, admin: Membership
) -> None:
    receiver.answers = [302, 302]
    tell(reader, source="first")
    tell(reader, source="second")

    assert send_due() == {"refused": 2}
    assert Notification.objects.to(admin.user).count() == 1


@pytest.mark.parametrize("deed", [remove_webhook, switch_off])
def test_nothing_is_sent_to_what_is_removed_or_off(
    endpoint: WebhookEndpoint, receiver: Receiver, reader: Membership, admin: Membership, deed: Any
) -> None:
    waiting = tell(reader, source="before")
    (claimed,) = claim_due()
    deed(endpoint, by=admin.user)
    due_now(claimed)
    Delivery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert send_due() == {"cancelled": 1}

    waiting.refresh_from_db()
    assert waiting.state == DeliveryState.CANCELLED
    notify(workspace=reader.workspace, recipients=[reader.user], kind=TOLD, source="after")
    assert send_due() == {}
    assert receiver.requests == []


def test_switched_on_it_is_sent_what_comes_then(
    endpoint: WebhookEndpoint, receiver: Receiver, reader: Membership, admin: Membership
) -> None:
    assert switch_off(endpoint, by=admin.user)
    assert not switch_off(endpoint, by=admin.user)
    assert switch_on(endpoint, by=admin.user)
    assert not switch_on(endpoint, by=admin.user)
    tell(reader)

    assert send_due() == {"sent": 1}


def test_one_that_hangs_does_not_hold_up_the_others(
    endpoint: WebhookEndpoint,
    receiver: Receiver,
    shared: NotificationType,
    admin: Membership,
    reader: Membership,
) -> None:
    """The others and the emails are out before the first one has answered."""
    order: list[str] = []

    def hang(handler: Any) -> None:
        deadline = time.monotonic() + 5
        while len(order) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        order.append("slow")
        say(handler, 200)

    def note(handler: Any) -> None:
        order.append("quick")
        say(handler, 200)

    with receiving() as other:
        endpoint_at(other.url, admin, name="Another room")
        receiver.answers = [hang]
        other.answers = [note] * 3
        for number in range(3):
            tell(reader, source=str(number))

        assert send_due() == {"sent": 6}

    assert order == ["quick", "quick", "quick", "slow"]


def test_where_nobody_answers_what_waits_is_put_back(
    endpoint: WebhookEndpoint, receiver: Receiver, reader: Membership
) -> None:
    def hang_up(handler: Any) -> None:
        handler.close_connection = True

    receiver.answers = [hang_up]
    tell(reader, source="first")
    tell(reader, source="second")

    assert send_due() == {"later": 1, "put back": 1}
    assert len(receiver.requests) == 1


# --- trying it ---------------------------------------------------------------------------------


def test_test_is_sent_at_once_and_says_what_was_answered(
    endpoint: WebhookEndpoint, receiver: Receiver, admin: Membership
) -> None:
    delivery = try_webhook(endpoint, by=admin.user)

    assert delivery.state == DeliveryState.SENT
    (request,) = receiver.requests
    assert Webhook(endpoint.secret).verify(request.body, request.headers)
    assert "This is a test" in json.loads(request.body)["data"]["text"]
    assert Record.objects.latest("pk").verb == "notifications.webhook_tested"


@pytest.mark.parametrize("status", [302, 404, 500])
def test_test_that_fails_is_not_repeated_and_alarms_nobody(
    endpoint: WebhookEndpoint, receiver: Receiver, admin: Membership, status: int
) -> None:
    receiver.answers = [status]

    delivery = try_webhook(endpoint, by=admin.user)

    assert delivery.state == DeliveryState.CANCELLED
    assert Attempt.objects.get().code == str(status)
    assert not Delivery.objects.failed().exists()
    assert not Notification.objects.to(admin.user).exists()
    assert send_due() == {}


def test_one_that_is_off_can_be_tried(
    endpoint: WebhookEndpoint, receiver: Receiver, admin: Membership
) -> None:
    switch_off(endpoint, by=admin.user)

    assert try_webhook(endpoint, by=admin.user).state == DeliveryState.SENT


def test_tests_keep_a_pause(
    endpoint: WebhookEndpoint, receiver: Receiver, admin: Membership
) -> None:
    slot = (int(time.time()) // EVERY) * EVERY
    with time_machine.travel(slot, tick=False):
        try_webhook(endpoint, by=admin.user)
        with pytest.raises(Refusal, match="just now"):
            try_webhook(endpoint, by=admin.user)

    assert len(receiver.requests) == 1


def test_emails_are_not_touched(
    endpoint: WebhookEndpoint, reader: Membership, workspace: Workspace
) -> None:
    tell(reader)
    send_due()

    assert mail.outbox == []
