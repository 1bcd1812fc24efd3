"""Setting, changing and removing reminders in the browser."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from reminders.models import Schedule
from reminders.scheduler import fire_due
from strategies.models import Milestone, Strategy
from tests.conftest import ClientAs
from tests.queries import queries_of
from tests.reminders.own import remind
from workspaces.models import Membership

LIST = "/w/fjordlys/reminders/"
ADD = f"{LIST}add/"
TYPED = {
    "note": "Ask the choir",
    "starts_on": "2027-03-28",
    "starts_time": "02:30",
    "repeat": "daily",
    "token": "a token",
}


@pytest.fixture(autouse=True)
def _winter() -> Any:
    with time_machine.travel("2027-01-10 12:00+00:00", tick=False):
        yield


def edit(schedule: Schedule, action: str = "edit") -> str:
    return reverse(f"reminders:{action}", args=["fjordlys", schedule.uid])


def said(page: Any) -> str:
    return str(page.content.decode()).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("zone", "is_said"), [("Europe/Oslo", True), ("Australia/Sydney", True), ("UTC", False)]
)
def test_skipped_times_are_told_only_where_the_clocks_are_changed(
    zone: str, is_said: bool, marketer: Membership, client_as: ClientAs
) -> None:
    marketer.user.timezone = zone
    marketer.user.save()

    page = said(client_as(marketer).get(ADD))

    assert "By the clocks of" in page
    assert ("skip in spring" in page) is is_said


def test_reminder_is_set_from_the_page_of_a_milestone_and_says_when_it_really_comes(
    marketer: Membership, milestone: Milestone, client_as: ClientAs
) -> None:
    """At 02:30 that night the clocks go on to 03:00."""
    client = client_as(marketer)
    place = ["fjordlys", milestone.strategy.uid, milestone.uid]
    link = f"{ADD}?about=milestone:{milestone.uid}"
    assert link in said(client.get(reverse("strategies:milestone", args=place)))
    page = said(client.get(link))
    assert "Name a backup" in page
    assert "(optional)" in page  # the milestone's name says enough; without one words are needed
    assert "(optional)" not in said(client.get(ADD))
    assert "By the clocks of Oslo." in page
    assert 'value="2027-01-11"' in page

    typed = TYPED | {"about": f"milestone:{milestone.uid}", "recipient": str(marketer.uid)}
    answer = client.post(ADD, typed)

    schedule = Schedule.objects.get()
    assert schedule.owner == schedule.recipient == marketer.user
    assert (schedule.starts_on, schedule.starts_time) == (date(2027, 3, 28), time(2, 30))
    assert (schedule.timezone, schedule.rule) == ("Europe/Oslo", "FREQ=DAILY")
    assert schedule.subject == ("milestone", milestone.uid)
    assert answer["Location"].endswith(f"#ms-{milestone.uid}")
    page = said(client.get(LIST))
    assert "It comes Sun 28 Mar, 03:30 (Oslo)." in page
    assert "Next: Sun 28 Mar, 03:30 (Oslo)" in page


def test_pressed_twice_sets_one(marketer: Membership, client_as: ClientAs) -> None:
    client = client_as(marketer)
    for _press in range(2):
        client.post(ADD, TYPED | {"recipient": str(marketer.uid)})

    assert Schedule.objects.count() == 1


def test_any_member_may_set_one_also_for_another(
    reader: Membership, marketer: Membership, strategy: Strategy, client_as: ClientAs
) -> None:
    link = f"{ADD}?about=strategy:{strategy.uid}"
    summary = reverse("strategies:summary", args=["fjordlys", strategy.uid])
    assert link in said(client_as(reader).get(summary))

    client_as(reader).post(ADD, TYPED | {"recipient": str(marketer.uid)})

    assert Schedule.objects.get().recipient == marketer.user
    assert "Set by <bdi>Rita Reader</bdi>" in said(client_as(marketer).get(LIST))
    assert "For <bdi>Mari Marketer</bdi>" in said(client_as(reader).get(LIST))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"starts_on": "2027-01-10", "starts_time": "12:00", "repeat": ""}, "That time is over"),
        ({"note": ""}, "Say what the reminder is about"),
        ({"about": "milestone:nothing"}, "no longer there"),
        ({"about": "cat:6a1f6e0c-6d0d-5d0a-9f0e-3f2c5d1f7b11"}, "no longer there"),
        ({"starts_time": "102"}, "can be read in two ways"),
    ],
)
def test_what_cannot_be_is_refused_and_comes_back(
    marketer: Membership, client_as: ClientAs, typed: dict[str, str], sentence: str
) -> None:
    page = said(client_as(marketer).post(ADD, TYPED | {"recipient": str(marketer.uid)} | typed))

    assert sentence in page
    assert not Schedule.objects.exists()


def test_thing_or_person_of_another_workspace_is_refused(
    marketer: Membership, stranger: Membership, milestone: Milestone, client_as: ClientAs
) -> None:
    there = Strategy.objects.create(workspace=stranger.workspace, name="Next door’s secret")
    own = {"recipient": str(marketer.uid)}
    client = client_as(marketer)

    assert "secret" not in said(client.get(f"{ADD}?about=strategy:{there.uid}"))
    client.post(ADD, TYPED | own | {"about": f"strategy:{there.uid}"})
    client.post(ADD, TYPED | {"recipient": str(stranger.uid)})

    assert not Schedule.objects.exists()


def test_reminder_is_changed_and_comes_at_the_new_time_only(
    reminder: Schedule, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    page = client.get(edit(reminder))
    began = page.context["form"].began_now

    changed = TYPED | {"recipient": str(marketer.uid), "starts_on": "2027-02-01", "repeat": ""}
    client.post(edit(reminder), changed | {"began": began, "revision": "1"})

    reminder.refresh_from_db()
    assert (reminder.next_on, reminder.rule) == (date(2027, 2, 1), "")
    assert (reminder.revision, reminder.version) == (2, 2)


def test_two_windows_merge_by_field(
    reminder: Schedule, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    form = client.get(edit(reminder)).context["form"]
    typed = {name: form[name].value() for name in form.fields if name not in {"token"}}
    typed |= {"began": form.began_now, "starts_on": "2027-01-11", "recipient": str(marketer.uid)}

    client.post(edit(reminder), typed | {"note": "First"})
    second = client.post(edit(reminder), typed | {"note": "Second"})

    assert second.status_code == 409
    reminder.refresh_from_db()
    assert reminder.note == "First"


def test_pause_resume_remove_and_restore(
    reminder: Schedule, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)

    client.post(edit(reminder, "pause"))
    assert not Schedule.objects.running().exists()
    assert "Paused" in said(client.get(LIST))
    with time_machine.travel("2027-01-15 12:00+00:00", tick=False):
        client.post(edit(reminder, "resume"))
    reminder.refresh_from_db()
    assert reminder.next_on == date(2027, 1, 16)
    client.post(edit(reminder, "remove"))
    assert "No reminder yet" in said(client.get(LIST))
    client.post(edit(reminder, "restore"))

    assert Schedule.objects.running().count() == 1


def test_who_is_reminded_may_stop_it_but_not_change_it(
    marketer: Membership, reader: Membership, manager: Membership, client_as: ClientAs
) -> None:
    schedule = remind(marketer, recipient=reader)
    client = client_as(reader)

    assert client.get(edit(schedule)).status_code == 404
    assert client_as(manager).post(edit(schedule, "remove")).status_code == 404
    client.post(edit(schedule, "remove"))

    assert not Schedule.objects.own().exists()


def test_list_costs_the_same_for_thirty(
    marketer: Membership, milestone: Milestone, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    remind(marketer, subject=("milestone", milestone.uid))
    one = queries_of(client, LIST)
    for number in range(29):
        remind(marketer, subject=("milestone", milestone.uid), note=f"{number}")

    assert queries_of(client, LIST) == one


def test_what_was_too_late_is_listed_and_counted_for_admins(
    reminder: Schedule, admin: Membership, marketer: Membership, client_as: ClientAs
) -> None:
    fire_due(now=datetime(2027, 1, 13, 10, tzinfo=UTC))

    with time_machine.travel("2027-01-13 10:00+00:00", tick=False):
        page = said(client_as(admin).get(LIST))
        assert "2 reminders of this workspace were more than a day late" in page
        assert "was due Mon 11 Jan, 09:00 (Oslo)" in page
        assert "For <bdi>Mari Marketer</bdi>" in page
        assert "more than a day late" not in said(client_as(marketer).get(LIST))
