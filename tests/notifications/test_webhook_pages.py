"""The pages of webhooks, and the test email."""

import socket
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from activity.models import Record
from notifications.enums import DeliveryState, WebhookShape
from notifications.models import Delivery
from notifications.models_webhooks import WebhookEndpoint
from notifications.services_webhooks import AT_MOST, add_webhook
from tests.conftest import ClientAs
from tests.queries import queries_of
from tests.web_receiver import Receiver, receiving
from workspaces.models import Membership

KIND = "strategies.review_asked"


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    settings.OUTGOING_ALLOWED = ["127.0.0.0/8"]
    with receiving() as made:
        yield made


@pytest.fixture
def admins(admin: Membership, client_as: ClientAs) -> Client:
    return client_as(admin)


@pytest.fixture
def endpoint(receiver: Receiver, admin: Membership) -> WebhookEndpoint:
    values = {
        "name": "Room",
        "shape": WebhookShape.STANDARD,
        "address": receiver.url,
        "kinds": [KIND],
    }
    return add_webhook(admin.workspace, values, by=admin.user)


def url(name: str, *more: Any) -> str:
    return reverse(f"notifications:{name}", args=["fjordlys", *more])


def typed(**given: Any) -> dict[str, Any]:
    return {
        "name": "Room",
        "shape": "standard",
        "address": "https://hooks.example.org/in",
        "kinds": [KIND],
        "token": "one",
        **given,
    }


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_added_once_it_shows_its_secret_once(admins: Client) -> None:
    first = admins.post(url("webhook_add"), typed())
    admins.post(url("webhook_add"), typed())

    made = WebhookEndpoint.objects.get()
    assert first["Location"] == made.get_absolute_url()
    assert made.secret in text_of(admins, first["Location"])
    assert made.secret not in text_of(admins, first["Location"])
    assert "hooks.example.org" in text_of(admins, url("webhooks"))
    assert "/in" not in repr(Record.objects.values_list("label", "changes"))


def test_slack_has_no_secret_to_show(admins: Client) -> None:
    made = admins.post(url("webhook_add"), typed(shape="slack"))

    assert "whsec_" not in text_of(admins, made["Location"])
    assert "Make a new secret" not in text_of(admins, made["Location"])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"address": "http://hooks.example.org/"}, "begins with https://"),
        ({"address": "https://10.0.0.1/"}, "not on the public Internet"),
        ({"address": "https://[::ffff:10.0.0.1]/"}, "not on the public Internet"),
        ({"address": "https://hooks.example.org:22/"}, "443 and 8443"),
        ({"address": "https://a:b@hooks.example.org/"}, "name and password"),
        ({"address": "not an address"}, "whole address"),
        ({"kinds": []}, "Choose at least one"),
        ({"kinds": ["reminders.own"]}, "no longer on the list"),
        ({"shape": "pager"}, "no longer on the list"),
        ({"name": ""}, "Fill this in"),
    ],
)
def test_what_cannot_work_is_said_and_kept(
    admins: Client, given: dict[str, Any], said: str
) -> None:
    page = admins.post(url("webhook_add"), typed(**given)).content.decode()

    assert said in page
    assert not WebhookEndpoint.objects.exists()


def test_there_is_a_highest_number(admins: Client, admin: Membership) -> None:
    for _number in range(AT_MOST):
        add_webhook(
            admin.workspace,
            {"name": "a", "shape": "slack", "address": "https://a.example/", "kinds": [KIND]},
            by=admin.user,
        )

    page = admins.post(url("webhook_add"), typed()).content.decode()

    assert "the most there may be" in page
    assert WebhookEndpoint.objects.count() == AT_MOST


def test_changes_of_two_people_fit_together(
    endpoint: WebhookEndpoint, admins: Client, receiver: Receiver
) -> None:
    page = admins.get(url("webhook_edit", endpoint.uid))
    began = page.context["form"].began_now
    mine = typed(address=receiver.url, began=began, revision=1)
    WebhookEndpoint.objects.update(name="Their room", revision=2)

    assert admins.post(url("webhook_edit", endpoint.uid), {**mine, "shape": "teams"})["Location"]

    endpoint.refresh_from_db()
    assert (endpoint.name, endpoint.shape) == ("Their room", "teams")
    again = admins.post(url("webhook_edit", endpoint.uid), {**mine, "name": "My room"})
    assert again.status_code == 409


def test_test_shows_the_answer(
    endpoint: WebhookEndpoint, admins: Client, receiver: Receiver
) -> None:
    receiver.answers = [503]
    receiver.said = b"<b>We are closed</b>"

    page = admins.post(url("webhook_test", endpoint.uid), follow=True).content.decode()

    assert "It does not" in page
    assert "answer 503 after" in page
    assert "&lt;b&gt;We are closed&lt;/b&gt;" in page
    assert "answer 503" in text_of(admins, url("webhooks"))
    again = admins.post(url("webhook_test", endpoint.uid), follow=True).content.decode()
    assert "Wait a few seconds" in again or "It does" in again


def test_nobody_there_is_said_without_the_address(
    endpoint: WebhookEndpoint, admins: Client
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    WebhookEndpoint.objects.update(address=f"http://127.0.0.1:{port}/a-secret")

    page = admins.post(url("webhook_test", endpoint.uid), follow=True).content.decode()

    assert "It does not" in page
    assert "The connection failed" in page
    assert "a-secret" not in page


def test_new_secret_is_shown_once(endpoint: WebhookEndpoint, admins: Client) -> None:
    before = endpoint.secret

    page = admins.post(url("webhook_secret", endpoint.uid), follow=True).content.decode()

    endpoint.refresh_from_db()
    assert endpoint.secret != before
    assert endpoint.secret in page
    assert endpoint.secret not in text_of(admins, endpoint.get_absolute_url())


def test_switched_off_and_on_removed_and_back(endpoint: WebhookEndpoint, admins: Client) -> None:
    for step, shown in (
        ("off", "Switch it on"),
        ("on", "Switch it off"),
        ("remove", "was removed"),
        ("restore", "is back"),
    ):
        page = admins.post(url(f"webhook_{step}", endpoint.uid), follow=True).content.decode()
        assert shown in page, step

    verbs = Record.objects.order_by("pk").values_list("verb", flat=True)
    assert [verb.rpartition("_")[2] for verb in verbs] == [
        "added",
        "off",
        "on",
        "removed",
        "restored",
    ]


def test_removed_one_is_not_listed_and_can_be_brought_back_from_its_page(
    endpoint: WebhookEndpoint, admins: Client
) -> None:
    admins.post(url("webhook_remove", endpoint.uid))
    admins.get(url("webhooks"))  # the message is read

    assert "Room" not in text_of(admins, url("webhooks"))
    assert "Bring it back" in text_of(admins, endpoint.get_absolute_url())
    assert "Bring it back" in text_of(admins, url("webhook_edit", endpoint.uid))
    typed_then = admins.post(url("webhook_edit", endpoint.uid), typed(revision=2))
    assert typed_then.status_code == 409


@pytest.mark.parametrize("page", ["webhooks", "webhook"])
def test_pages_ask_as_often_for_many_as_for_one(
    endpoint: WebhookEndpoint, admins: Client, admin: Membership, receiver: Receiver, page: str
) -> None:
    address = url(page, *([endpoint.uid] if page == "webhook" else []))
    admins.post(url("webhook_test", endpoint.uid))
    admins.get(address)
    few = queries_of(admins, address)
    for number in range(5):
        values = {"name": f"{number}", "shape": "slack", "address": receiver.url, "kinds": [KIND]}
        made = add_webhook(admin.workspace, values, by=admin.user)
        admins.post(url("webhook_test", made.uid))
    tested = Delivery.objects.filter(endpoint=endpoint).get()
    for _number in range(5):
        notice = tested.notification
        notice.pk, notice.uid, notice.source_key = None, uuid4(), uuid4()
        notice.save(force_insert=True)
        tested.pk, tested.uid, tested.source_key = None, uuid4(), notice.source_key
        tested.notification = notice
        tested.save(force_insert=True)

    assert queries_of(admins, address) == few


# --- email -------------------------------------------------------------------------------------


def test_test_email_goes_to_oneself_and_says_so(reader: Membership, client_as: ClientAs) -> None:
    client = client_as(reader)

    page = client.post(url("test_email"), follow=True).content.decode()

    assert f"The mail server took the test email to {reader.user.email}" in page
    (letter,) = mail.outbox
    assert letter.to == [reader.user.email]
    assert "List-Unsubscribe" not in letter.extra_headers
    assert "took the last test email" in text_of(client, url("settings"))


def test_test_email_that_fails_says_what_the_server_said(
    reader: Membership, admin: Membership, client_as: ClientAs, settings: Settings
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port

    page = client_as(reader).post(url("test_email"), follow=True).content.decode()

    assert "was not sent. The mail server said:" in page
    assert "refused" in page
    assert Delivery.objects.get().state == DeliveryState.CANCELLED
    status = reverse("operations:status", args=["fjordlys"])
    assert "None." in text_of(client_as(admin), status)
