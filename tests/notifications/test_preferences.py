"""What a person chose: in the program, quiet hours, a pause, and the page for it."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from notifications.enums import EMAIL, IN_APP, DeliveryState, Pace, Topic
from notifications.models import Delivery, NoticeChoice, NoticeSettings, Notification
from notifications.notification_types import NotificationType, register
from notifications.outbox import send_due
from notifications.preferences import Preferences, first_time
from notifications.services import choose_pace, notify
from tests.conftest import ClientAs
from tests.notifications.notification_types import DAILY, TOLD
from workspaces.models import Membership

URL = "/w/fjordlys/notices/settings/"
NIGHT = datetime(2027, 1, 10, 22, tzinfo=UTC)  # 23:00 in Oslo

pytestmark = pytest.mark.usefixtures("told_type", "daily_type")


def tell(member: Membership, kind: str = TOLD, **more: Any) -> None:
    notify(
        workspace=member.workspace,
        recipients=[member.user],
        kind=kind,
        source="once",
        params={"thing": "the plan"},
        **more,
    )


def quiet(member: Membership, begin: time = time(20), end: time = time(7)) -> None:
    NoticeSettings.objects.create(user=member.user, quiet_from=begin, quiet_until=end)


def test_type_that_is_not_wanted_in_the_bell_is_not_there(reader: Membership) -> None:
    choose_pace(reader.user, kind=DAILY, way=IN_APP, pace=Pace.OFF)

    tell(reader, DAILY)

    assert not Notification.objects.to(reader.user).exists()
    assert Delivery.objects.get().state == DeliveryState.HELD


def test_quiet_hours_put_an_email_off_until_they_end(reader: Membership) -> None:
    quiet(reader)
    tell(reader, due_at=NIGHT)

    assert send_due(now=NIGHT) == {"put off": 1}
    assert send_due(now=NIGHT + timedelta(hours=6)) == {}
    assert send_due(now=datetime(2027, 1, 11, 6, tzinfo=UTC)) == {"sent": 1}

    delivery = Delivery.objects.get()
    assert delivery.attempts == 1
    assert "It was due" in mail.outbox[0].body


def test_quiet_hours_of_one_person_hold_up_nobody_else(
    reader: Membership, manager: Membership
) -> None:
    quiet(reader)
    tell(reader, due_at=NIGHT)
    tell(manager, due_at=NIGHT)

    assert send_due(now=NIGHT) == {"put off": 1, "sent": 1}


def test_pause_stops_what_can_be_switched_off_and_nothing_else(reader: Membership) -> None:
    NoticeSettings.objects.create(user=reader.user, paused_until=date(2027, 1, 12))
    choose_pace(reader.user, kind=DAILY, way=EMAIL, pace=Pace.AT_ONCE)
    tell(reader, DAILY, due_at=NIGHT)
    tell(reader, due_at=NIGHT)

    assert send_due(now=NIGHT) == {"cancelled": 1, "sent": 1}
    assert Notification.objects.to(reader.user).count() == 2


@pytest.mark.parametrize(
    ("day", "is_paused"), [("2027-01-10T22:59", True), ("2027-01-10T23:00", False)]
)
def test_pause_ends_when_its_day_begins_where_the_person_is(day: str, is_paused: bool) -> None:
    user = User(timezone="Europe/Oslo")
    preferences = Preferences(user, NoticeSettings(user=user, paused_until=date(2027, 1, 11)))

    assert preferences.is_paused(datetime.fromisoformat(day).replace(tzinfo=UTC)) is is_paused


@given(
    begin=st.times().map(lambda at: at.replace(tzinfo=None)),
    end=st.times().map(lambda at: at.replace(tzinfo=None)),
    now=st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from(["Europe/Oslo", "America/New_York", "Australia/Lord_Howe", "UTC"]),
)
def test_quiet_hours_end_within_a_day_and_are_over_then(
    begin: time, end: time, now: datetime, zone: str
) -> None:
    user = User(timezone=zone)
    settings = NoticeSettings(user=user, quiet_from=begin, quiet_until=end)
    preferences = Preferences(user, settings)

    over = preferences.quiet_end(now)

    if over is not None:
        assert now < over <= now + timedelta(hours=26)
        assert preferences.quiet_end(over + timedelta(hours=1)) != over


@given(
    at=st.times().map(lambda at: at.replace(tzinfo=None)),
    now=st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from(["Europe/Oslo", "America/New_York", "Asia/Kathmandu"]),
)
def test_first_time_is_later_and_within_a_day(at: time, now: datetime, zone: str) -> None:
    found = first_time(at, ZoneInfo(zone), after=now)

    assert now < found <= now + timedelta(hours=26)


def test_what_cannot_be_switched_off_never_is(told_type: NotificationType) -> None:
    user = User(timezone="Europe/Oslo")
    chosen = {(TOLD, EMAIL): Pace.OFF, (TOLD, IN_APP): Pace.OFF}
    preferences = Preferences(user, NoticeSettings(user=user), chosen)

    assert preferences.pace_of(told_type, EMAIL) == Pace.AT_ONCE
    assert preferences.is_in_app(told_type)


# --- the page -----------------------------------------------------------------------------------


def typed(form: Any, **changes: Any) -> dict[str, Any]:
    found = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in found.items() if value not in (None, False)}
    return {**sent, "began": form.began_now, **changes}


def test_page_saves_what_was_chosen(reader: Membership, client_as: ClientAs) -> None:
    client = client_as(reader)
    form = client.get(URL).context["form"]
    sent = typed(form, quiet_from="20", quiet_until="7", **{"email-tests-daily": "off"})
    del sent["app-tests-daily"]

    client.post(URL, sent)

    settings = NoticeSettings.objects.get(user=reader.user)
    assert (settings.quiet_from, settings.quiet_until) == (time(20), time(7))
    chosen = NoticeChoice.objects.values_list("kind", "way", "pace")
    assert set(chosen) == {(DAILY, EMAIL, Pace.OFF), (DAILY, IN_APP, Pace.OFF)}
    assert client.get(URL).context["form"]["email-tests-daily"].value() == Pace.OFF


def test_page_offers_only_what_can_be_switched_off(reader: Membership, client_as: ClientAs) -> None:
    form = client_as(reader).get(URL).context["form"]

    assert "email-tests-daily" in form.fields
    assert "email-tests-told" not in form.fields
    assert "email-members-invited" not in form.fields
    assert "email-strategies-review_asked" not in form.fields


@time_machine.travel("2027-01-10 12:00", tick=False)
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"quiet_from": "20", "quiet_until": ""}, "Write both, or neither."),
        ({"quiet_from": "20", "quiet_until": "20"}, "Choose another time"),
        ({"paused_until": "2027-01-10"}, "Choose a day that lies ahead."),
    ],
)
def test_page_refuses_what_cannot_be(
    reader: Membership, client_as: ClientAs, changes: dict[str, str], sentence: str
) -> None:
    client = client_as(reader)
    form = client.get(URL).context["form"]

    page = client.post(URL, typed(form, **changes)).content.decode()

    assert sentence in page
    assert not NoticeSettings.objects.exists()


def test_two_windows_merge_by_field(reader: Membership, client_as: ClientAs) -> None:
    client = client_as(reader)
    form = client.get(URL).context["form"]

    client.post(URL, typed(form, paused_until="2099-01-01"))
    client.post(URL, typed(form, quiet_from="20", quiet_until="7"))
    third = client.post(URL, typed(form, paused_until="2099-02-01"))

    assert third.status_code == 409
    settings = NoticeSettings.objects.get()
    assert (settings.paused_until, settings.quiet_from) == (date(2099, 1, 1), time(20))


def test_choices_are_ones_own(reader: Membership, manager: Membership, client_as: ClientAs) -> None:
    choose_pace(manager.user, kind=DAILY, way=EMAIL, pace=Pace.OFF)

    form = client_as(reader).get(URL).context["form"]

    assert form["email-tests-daily"].value() == Pace.DIGEST


def test_type_to_choose_needs_a_topic() -> None:
    with pytest.raises(ValueError, match="can be chosen"):
        register(NotificationType(code="tests.nowhere", sentence="", pace=Pace.AT_ONCE))


def test_settings_stand_below_their_topics(marketer: Membership, client_as: Any) -> None:
    page = client_as(marketer).get("/w/fjordlys/notices/settings/").content.decode()

    topics = re.findall(r'scope="rowgroup"[^>]*>([^<]+)<', page)
    assert topics == [str(topic.label) for topic in Topic]
    assert page.index("Strategies, milestones") < page.index("A milestone of yours is due")
    assert page.index("A milestone of yours is due") < page.index("People and access")
