"""From an email to fewer of them, without signing in."""

import re

import pytest
from django.core import mail
from django.test import Client

from notifications.enums import EMAIL, Pace
from notifications.less_email import address_for
from notifications.models import NoticeChoice
from notifications.notification_types import NotificationType
from notifications.outbox import send_due
from notifications.services import choose_pace, notify
from tests.notifications.notification_types import DAILY, TOLD
from workspaces.models import Membership

HOST = "http://127.0.0.1:8000"


def path(member: Membership, kind: NotificationType, page: str = "less") -> str:
    return address_for(member.user, kind, page=page).removeprefix(HOST)


def chosen() -> list[tuple[str, ...]]:
    return list(NoticeChoice.objects.values_list("user__email", "kind", "way", "pace"))


@pytest.fixture
def sent(reader: Membership, told_type: NotificationType, daily_type: NotificationType) -> None:
    """An email that can be switched off, and one that cannot."""
    choose_pace(reader.user, kind=DAILY, way=EMAIL, pace=Pace.AT_ONCE)
    for kind in (DAILY, TOLD):
        notify(
            workspace=reader.workspace,
            recipients=[reader.user],
            kind=kind,
            source="once",
            params={"thing": "the plan"},
        )
    send_due()


def test_email_names_the_reason_and_leads_to_less(sent: None) -> None:
    letter = next(one for one in mail.outbox if "Why you get this" in one.body)

    link = re.search(rf"Fewer of these emails: {HOST}(/less-email/\S+)", str(letter.body))
    assert link
    assert Client().get(link[1]).status_code == 200
    assert letter.extra_headers["List-Unsubscribe"].startswith(f"<{HOST}/less-email/")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_email_that_cannot_be_switched_off_offers_nothing(sent: None) -> None:
    letter = next(one for one in mail.outbox if one.subject == "Look at the plan")

    assert "less-email" not in letter.body
    assert "List-Unsubscribe" not in letter.extra_headers


def test_reading_changes_nothing(reader: Membership, daily_type: NotificationType) -> None:
    """Scanners of mail open every link."""
    for page in ("less", "stop"):
        for method in ("get", "head", "options"):
            getattr(Client(), method)(path(reader, daily_type, page))

    assert chosen() == []


def test_mail_program_stops_them_with_one_press(
    reader: Membership, daily_type: NotificationType
) -> None:
    """It has no cookie, and no token against forged requests."""
    client = Client(enforce_csrf_checks=True)
    answer = client.post(path(reader, daily_type, "stop"), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 302
    assert chosen() == [(reader.user.email, DAILY, EMAIL, Pace.OFF)]


@pytest.mark.parametrize("pace", [Pace.OFF, Pace.AT_ONCE])
def test_one_press_on_the_page(
    reader: Membership, daily_type: NotificationType, pace: Pace
) -> None:
    client = Client(enforce_csrf_checks=True)
    url = path(reader, daily_type)
    page = client.get(url)
    assert "They come in the daily email at 08:00." in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert f'value="{pace}"' in page.content.decode()

    client.post(url, {"pace": pace})

    assert chosen() == [(reader.user.email, DAILY, EMAIL, pace)]


def test_what_the_page_does_not_offer_changes_nothing(
    reader: Membership, daily_type: NotificationType
) -> None:
    Client().post(path(reader, daily_type), {"pace": "louder"})

    assert chosen() == []


@pytest.mark.parametrize("page", ["less", "stop"])
def test_changed_link_or_one_for_what_always_comes_is_not_found(
    reader: Membership, told_type: NotificationType, daily_type: NotificationType, page: str
) -> None:
    good = path(reader, daily_type, page)
    token = good.split("/")[2]
    for url in (
        good.replace(token, token[:-1] + ("a" if token[-1] != "a" else "b")),
        good.replace(token, "W10:1abc:def"),
        path(reader, told_type, page),
    ):
        assert Client().get(url).status_code == 404
        assert Client().post(url, {"pace": "off"}).status_code == 404

    assert chosen() == []


def test_closed_account_is_not_found(reader: Membership, daily_type: NotificationType) -> None:
    reader.user.is_active = False
    reader.user.save()

    assert Client().get(path(reader, daily_type)).status_code == 404
