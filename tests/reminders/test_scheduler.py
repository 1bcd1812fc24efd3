"""Schedules become notices, each occurrence once."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.exceptions import Refusal
from notifications.enums import DeliveryState
from notifications.models import Delivery, Notification
from notifications.outbox import send_due
from reminders import scheduler
from reminders.models import Firing, Schedule
from reminders.recurrence import Occurrence
from reminders.scheduler import draw_batch, fire, fire_due
from reminders.services import change_reminder, pause_reminder, remove_reminder
from strategies.enums import MilestoneState
from strategies.models import Milestone
from tests.at_once import at_once
from tests.reminders.own import BEFORE, remind, values
from workspaces.models import Membership, Workspace

NINE = datetime(2027, 1, 11, 8, tzinfo=UTC)  # 09:00 in Oslo
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _own_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workspaces' own schedules have tests of their own."""
    monkeypatch.setattr(scheduler, "daily_codes", list)


def told(member: Membership) -> list[Notification]:
    return list(Notification.objects.to(member.user).order_by("pk"))


def test_reminder_becomes_a_notice_and_an_email_when_its_time_has_come(
    reminder: Schedule, marketer: Membership, milestone: Milestone
) -> None:
    assert fire_due(now=NINE - timedelta(seconds=1)) == {}
    assert fire_due(now=NINE) == {"told": 1}
    assert fire_due(now=NINE) == {}

    (notice,) = told(marketer)
    assert notice.kind == "reminders.own"
    assert (notice.subject_kind, notice.subject_uid) == ("milestone", milestone.uid)
    assert notice.url.endswith(f"/roadmap/#ms-{milestone.uid}")
    assert notice.due_at == NINE
    assert send_due(now=NINE) == {"sent": 1}
    (letter,) = mail.outbox
    assert letter.subject == "Reminder: Ask the choir (“Name a backup”)"
    assert "Why you get this: You set this reminder yourself." in letter.body
    reminder.refresh_from_db()
    assert reminder.next_at == NINE + DAY
    assert fire_due(now=NINE + DAY) == {"told": 1}
    assert len(told(marketer)) == 2


def test_reminder_for_another_says_who_set_it(marketer: Membership, reader: Membership) -> None:
    remind(marketer, recipient=reader)

    fire_due(now=NINE)

    (notice,) = told(reader)
    assert told(marketer) == []
    assert notice.by == marketer.user
    send_due(now=NINE)
    assert mail.outbox[0].subject == "Mari Marketer reminds you: Ask the choir"
    assert "Mari Marketer set this reminder for you." in mail.outbox[0].body


def test_reminder_once_is_over_after_it(marketer: Membership) -> None:
    schedule = remind(marketer)

    fire_due(now=NINE)

    schedule.refresh_from_db()
    assert schedule.next is None
    assert not Schedule.objects.running().exists()


def test_one_that_was_read_before_it_moved_on_is_lost(reminder: Schedule) -> None:
    """A second scheduler that read the same row changes nothing."""
    same = Schedule.objects.select_related("workspace", "owner", "recipient").get()

    assert fire(reminder, now=NINE) == "told"
    assert fire(same, now=NINE) == "lost"

    assert Firing.objects.count() == Notification.objects.count() == 1


def test_batch_is_drawn_from_those_that_have_been_due_longest(
    marketer: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Schedulers that run at once so seldom get the same ones."""
    monkeypatch.setattr(scheduler, "BATCH", 2)
    monkeypatch.setattr(scheduler, "DRAWN_FROM", 3)
    first, second, third, _late = [
        remind(marketer, starts_time=time(hour)) for hour in (5, 6, 7, 8)
    ]

    draws = [draw_batch(NINE, leave_out=[]) for _ in range(100)]

    assert {tuple(one.pk for one in draw) for draw in draws} == {
        (first.pk, second.pk),
        (first.pk, third.pk),
        (second.pk, third.pk),
    }
    assert first not in draw_batch(NINE, leave_out=[first.pk])


def test_occurrence_that_has_been_told_is_not_told_again(
    reminder: Schedule, marketer: Membership
) -> None:
    """The same time on the wall, set once more."""
    fire_due(now=NINE)
    Notification.objects.all().delete()
    change_reminder(reminder, values=values(marketer), expected=1, by=marketer.user, now=BEFORE)

    assert fire_due(now=NINE) == {"known": 1}
    assert told(marketer) == []


def test_firing_is_unique_in_the_database(reminder: Schedule) -> None:
    fire_due(now=NINE)
    firing = Firing.objects.get()
    firing.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        firing.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_schedulers_at_once_fire_each_occurrence_once(
    workspace: Workspace, marketer: Membership
) -> None:
    for number in range(20):
        remind(marketer, note=f"Number {number}", repeat="daily")
    now = NINE + 2 * DAY - timedelta(hours=1)

    tallies = at_once(*[lambda: fire_due(now=now)] * 3)

    assert not [one for one in tallies if isinstance(one, Exception)]
    assert sum(one["told"] + one["expired"] for one in tallies) == 40
    assert Firing.objects.count() == 40
    assert Notification.objects.count() == Firing.objects.filter(state="told").count() == 20


def test_late_one_says_when_it_was_due(reminder: Schedule, marketer: Membership) -> None:
    fire_due(now=NINE + timedelta(minutes=11))
    send_due(now=NINE + timedelta(minutes=11))

    body = mail.outbox[0].body.replace("\u00a0", " ")
    assert "It was due Mon 11 Jan 2027, 09:00 (Oslo)." in body


def test_one_that_is_in_time_says_nothing_of_it(reminder: Schedule) -> None:
    fire_due(now=NINE + timedelta(minutes=10))
    send_due(now=NINE + timedelta(minutes=10))

    assert "was due" not in mail.outbox[0].body


def test_more_than_a_day_late_is_expired_and_listed_not_told(
    reminder: Schedule, marketer: Membership, workspace: Workspace
) -> None:
    """After an outage of two days: two are too late, the third is told."""
    assert fire_due(now=NINE + 2 * DAY + timedelta(hours=2)) == {"expired": 2, "told": 1}

    assert [one.occurs_on for one in Firing.objects.for_workspace(workspace).expired()] == [
        date(2027, 1, 12),
        date(2027, 1, 11),
    ]
    assert len(told(marketer)) == 1


def test_email_more_than_a_day_late_is_expired_and_listed(reminder: Schedule) -> None:
    fire_due(now=NINE)

    assert send_due(now=NINE + DAY + timedelta(minutes=1)) == {"expired": 1}

    delivery = Delivery.objects.get()
    assert delivery.state == DeliveryState.EXPIRED
    assert list(Delivery.objects.failed()) == [delivery]
    assert mail.outbox == []


def done(milestone: Milestone, by: Membership) -> None:
    Milestone.objects.filter(pk=milestone.pk).update(
        state=MilestoneState.DONE, done_at=timezone.now(), done_by=by.user
    )


def test_what_is_settled_is_not_told(
    reminder: Schedule, milestone: Milestone, marketer: Membership
) -> None:
    done(milestone, marketer)

    assert fire_due(now=NINE) == {"dropped": 1}

    assert told(marketer) == []
    assert Firing.objects.get().reason == "It is done."


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("done", "It is done."),
        ("gone", "What it is about was removed."),
        ("removed", "The reminder was removed."),
        ("paused", "The reminder is paused."),
        ("left", "This person is no longer a member."),
    ],
)
def test_email_that_is_no_longer_wanted_is_cancelled_with_the_reason(
    reminder: Schedule, milestone: Milestone, marketer: Membership, deed: str, reason: str
) -> None:
    fire_due(now=NINE)
    deeds: dict[str, Any] = {
        "done": lambda: done(milestone, marketer),
        "gone": lambda: Milestone.objects.update(removed_at=timezone.now()),
        "removed": lambda: remove_reminder(reminder, by=marketer.user),
        "paused": lambda: pause_reminder(reminder, by=marketer.user),
        "left": lambda: Membership.objects.update(left_at=timezone.now()),
    }
    deeds[deed]()

    assert send_due(now=NINE) == {"cancelled": 1}

    assert Delivery.objects.get().last_error == reason
    assert mail.outbox == []


def test_reminder_set_by_an_ex_member_is_told_to_nobody(
    marketer: Membership, reader: Membership
) -> None:
    remind(marketer, recipient=reader)
    Membership.objects.filter(pk=marketer.pk).update(left_at=timezone.now())

    assert fire_due(now=NINE) == {"dropped": 1}


def test_paused_or_removed_does_not_come(reminder: Schedule, marketer: Membership) -> None:
    other = remind(marketer, repeat="daily")
    pause_reminder(reminder, by=marketer.user)
    remove_reminder(other, by=marketer.user)

    assert fire_due(now=NINE + DAY) == {}


def test_one_that_cannot_be_fired_holds_up_no_other(
    reminder: Schedule, marketer: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays due, and is told as soon as it can be."""
    remind(marketer, note="Second")
    move_on = scheduler.move_on

    def broken(schedule: Schedule, occurrence: Occurrence) -> bool:
        if schedule.pk == reminder.pk:
            raise ZeroDivisionError
        return move_on(schedule, occurrence)

    monkeypatch.setattr(scheduler, "move_on", broken)
    assert fire_due(now=NINE) == {"broken": 1, "told": 1}
    monkeypatch.setattr(scheduler, "move_on", move_on)

    assert fire_due(now=NINE) == {"told": 1}
    assert len(told(marketer)) == 2


def test_command_does_both_without_celery(marketer: Membership, capsys: Any) -> None:
    soon = timezone.localtime(timezone.now() - timedelta(minutes=2), timezone.get_fixed_timezone(0))
    remind(
        marketer,
        starts_on=soon.date(),
        starts_time=soon.time(),
        timezone="UTC",
        now=soon - timedelta(minutes=1),
    )

    call_command("send_due")

    assert capsys.readouterr().out.split() == ["sent:", "1", "told:", "1"]
    assert len(mail.outbox) == 1


def test_reminder_for_somebody_who_is_no_member_is_refused(
    marketer: Membership, stranger: Membership, reader: Membership
) -> None:
    """Whatever a form says."""
    Membership.objects.filter(pk=reader.pk).update(left_at=timezone.now())
    reader.refresh_from_db()

    for person in (stranger, reader):
        with pytest.raises(Refusal):
            remind(marketer, recipient=person)

    assert not Schedule.objects.exists()
