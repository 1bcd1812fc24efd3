"""Kinds of reminder that belong to a day: told once, to the right people, with the reason."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from members.services import invite, revoke
from notifications.enums import DeliveryState, Pace
from notifications.models import Delivery, Notification
from notifications.notification_types import sentence_of, why_of
from notifications.outbox import send_due
from notifications.preferences import Preferences
from reminders.models import Firing, Schedule
from reminders.scheduler import fire_due
from reminders.timed_kinds import daily_codes
from strategies.enums import MilestoneState, StrategyState, VersionState
from strategies.models import Milestone, Strategy, StrategyVersion
from tests.strategies.approved import make_strategy, make_version
from workspaces.enums import Engagement, Role
from workspaces.models import Membership, Workspace

#: The day before, and half past midnight of the day in Oslo.
NOON = datetime(2027, 1, 19, 11, tzinfo=UTC)
DAY = date(2027, 1, 20)
NIGHT = datetime(2027, 1, 19, 23, 30, tzinfo=UTC)
ONE = timedelta(days=1)


@pytest.fixture(autouse=True)
def begun(workspace: Workspace) -> Iterator[None]:
    """The workspace has its schedules since the day before."""
    with time_machine.travel(NOON, tick=False) as clock:
        fire_due(now=NOON)
        clock.move_to(NIGHT)
        yield


@pytest.fixture(autouse=True)
def at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Emails go out by themselves here, except where a test is about the daily one."""
    if "daily_email" not in request.node.name:
        monkeypatch.setattr(Preferences, "pace_of", lambda *_args: Pace.AT_ONCE)


def told(kind: str) -> list[Notification]:
    return list(Notification.objects.filter(kind=f"reminders.{kind}").order_by("pk"))


def words(notice: Notification) -> str:
    return sentence_of(notice).replace("\u00a0", " ")


def test_every_workspace_has_one_schedule_a_kind_in_its_own_zone(
    workspace: Workspace, other_workspace: Workspace
) -> None:
    Workspace.objects.filter(pk=other_workspace.pk).update(timezone="America/New_York")
    fire_due(now=NIGHT)
    fire_due(now=NIGHT)

    assert Schedule.objects.count() == 2 * len(daily_codes())
    there = Schedule.objects.for_workspace(other_workspace)
    # Half past midnight in New York.
    assert {one.next_at for one in there} == {datetime(2027, 1, 20, 5, 30, tzinfo=UTC)}


def test_schedules_follow_the_zone_of_the_workspace(workspace: Workspace) -> None:
    Workspace.objects.filter(pk=workspace.pk).update(timezone="Asia/Tokyo")

    fire_due(now=NOON)

    # Half past midnight of the 20th in Tokyo.
    assert {one.next_at for one in Schedule.objects.all()} == {
        datetime(2027, 1, 19, 15, 30, tzinfo=UTC)
    }


def test_workspaces_own_schedules_go_on_after_two_years(workspace: Workspace) -> None:
    Schedule.objects.update(
        next_on=date(2029, 6, 1), next_at=datetime(2029, 5, 31, 22, 30, tzinfo=UTC)
    )

    fire_due(now=datetime(2029, 5, 31, 22, 31, tzinfo=UTC))

    assert {one.next_on for one in Schedule.objects.all()} == {date(2029, 6, 2)}


def test_milestone_is_told_to_its_owner_when_it_is_due_and_once_more_when_it_is_late(
    milestone: Milestone, marketer: Membership, manager: Membership
) -> None:
    fire_due(now=NIGHT)
    fire_due(now=NIGHT + ONE)
    fire_due(now=NIGHT + 2 * ONE)

    (due,), (late,) = told("milestone_due"), told("milestone_late")
    assert due.recipient == late.recipient == marketer.user
    assert words(due) == "“Name a backup” is due on Wed 20 Jan."
    assert words(late) == "“Name a backup” is late: it was due on Wed 20 Jan."
    assert why_of(due) == "You own this milestone."
    assert due.url.endswith(f"/roadmap/#ms-{milestone.uid}")
    # Emails about a day go out at eight.
    assert due.due_at == datetime(2027, 1, 20, 7, tzinfo=UTC)


def test_day_on_which_nothing_ran_is_made_good(milestone: Milestone) -> None:
    fire_due(now=NIGHT + 2 * ONE + timedelta(hours=1))

    assert (len(told("milestone_due")), len(told("milestone_late"))) == (0, 1)
    assert not Firing.objects.expired().exists()


def test_milestone_that_is_moved_is_told_anew(milestone: Milestone) -> None:
    fire_due(now=NIGHT)
    Milestone.objects.update(due_on=DAY + ONE)

    fire_due(now=NIGHT + ONE)

    assert len(told("milestone_due")) == 2
    assert told("milestone_late") == []


def test_milestone_without_owner_is_told_to_the_author(
    milestone: Milestone, manager: Membership
) -> None:
    strategy = make_strategy(manager.workspace, name="Other")
    make_version(strategy, by=manager, state=VersionState.APPROVED)
    Milestone.objects.update(owner=None, strategy=strategy)

    fire_due(now=NIGHT)

    (notice,) = told("milestone_due")
    assert notice.recipient == manager.user
    assert "you submitted the strategy" in why_of(notice)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": MilestoneState.DONE},
        {"dropped_at": NIGHT},
        {"removed_at": NIGHT},
        {"due_on": DAY + ONE},
        {"owner_name": "The choir", "owner": None},
    ],
)
def test_milestone_that_waits_for_nobody_is_not_told(
    milestone: Milestone, marketer: Membership, changes: dict[str, object]
) -> None:
    if "state" in changes:
        changes = {**changes, "done_at": NIGHT, "done_by": marketer.user}
    Milestone.objects.update(**changes)

    fire_due(now=NIGHT)

    assert told("milestone_due") == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"state": MilestoneState.DONE}, "It is done."),
        ({"removed_at": NIGHT}, "The milestone was removed."),
        ({"dropped_at": NIGHT}, "It no longer follows from a strategy that is worked with."),
        ({"due_on": DAY + ONE}, "It was moved to another day."),
        ({"owner": None}, "Somebody else owns it now."),
    ],
)
def test_email_about_a_milestone_looks_again(
    milestone: Milestone, marketer: Membership, changes: dict[str, object], reason: str
) -> None:
    fire_due(now=NIGHT)
    if "state" in changes:
        changes = {**changes, "done_at": NIGHT, "done_by": marketer.user}
    Milestone.objects.update(**changes)

    send_due(now=NIGHT + timedelta(hours=9))

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.last_error) == (DeliveryState.CANCELLED, reason)


def test_archived_strategy_reminds_nobody(milestone: Milestone) -> None:
    Strategy.objects.update(state=StrategyState.ARCHIVED)

    fire_due(now=NIGHT)

    assert told("milestone_due") == []


def test_figure_is_told_as_a_figure_only(milestone: Milestone) -> None:
    Milestone.objects.update(kind="read", title="Read “Bookings”")

    fire_due(now=NIGHT)

    (notice,) = told("figure_to_read")
    assert words(notice) == "“Read “Bookings””, by Wed 20 Jan."
    assert why_of(notice) == "You read this figure."
    assert notice.url == (
        f"/w/fjordlys/strategies/{milestone.strategy.uid}/roadmap/{milestone.uid}/#do"
    )
    assert told("milestone_due") == []


def test_figure_leads_an_owner_who_may_not_type_it_in_to_the_roadmap(
    milestone: Milestone, reader: Membership
) -> None:
    Milestone.objects.update(kind="read", owner=reader)

    fire_due(now=NIGHT)

    (notice,) = told("figure_to_read")
    assert notice.url.endswith(f"/roadmap/#ms-{milestone.uid}")


def waiting(by: Membership) -> StrategyVersion:
    return make_version(make_strategy(by.workspace), by=by, answer_by_on=DAY)


def test_review_is_told_to_those_asked(
    marketer: Membership, manager: Membership, second_manager: Membership
) -> None:
    version = waiting(marketer)
    version.requests.create(reviewer=manager, asked_by=marketer.user)

    fire_due(now=NIGHT)
    fire_due(now=NIGHT + ONE)

    (notice,) = told("review_due")
    assert notice.recipient == manager.user
    assert notice.url == version.get_absolute_url()
    assert why_of(notice) == "Mari Marketer asked you to review it."


def test_review_that_nobody_in_particular_was_asked_for_is_told_to_all_who_can_decide(
    marketer: Membership, manager: Membership, second_manager: Membership, reader: Membership
) -> None:
    waiting(marketer)

    fire_due(now=NIGHT)

    assert {one.recipient for one in told("review_due")} == {manager.user, second_manager.user}


@pytest.mark.parametrize("asked_instead", [True, False])
def test_email_about_a_review_looks_again(
    marketer: Membership, manager: Membership, second_manager: Membership, asked_instead: bool
) -> None:
    version = waiting(marketer)
    request = version.requests.create(reviewer=manager, asked_by=marketer.user)
    fire_due(now=NIGHT)
    if asked_instead:
        request.released_at = timezone.now()
        request.save()
        version.requests.create(reviewer=second_manager, asked_by=marketer.user)
    else:
        StrategyVersion.objects.update(state=VersionState.WITHDRAWN)

    send_due(now=NIGHT + timedelta(hours=9))

    assert Delivery.objects.get().state == DeliveryState.CANCELLED


def test_strategy_past_its_day_is_told_to_author_and_who_approved(
    marketer: Membership, manager: Membership
) -> None:
    version = make_version(
        make_strategy(marketer.workspace),
        by=marketer,
        state=VersionState.APPROVED,
        decided_by=manager.user,
        next_review_on=DAY,
    )

    fire_due(now=NIGHT)
    fire_due(now=NIGHT + ONE)

    assert {one.recipient: why_of(one) for one in told("strategy_review")} == {
        marketer.user: "You submitted this strategy.",
        manager.user: "You approved this strategy.",
    }
    make_version(version.strategy, by=marketer)
    send_due(now=NIGHT + timedelta(hours=9))
    found = Delivery.objects.filter(notification__kind="reminders.strategy_review")
    assert {one.last_error for one in found} == {"A new version waits for review."}


@pytest.mark.parametrize(("days", "number"), [(15, 0), (14, 1), (0, 1), (-1, 0)])
def test_access_that_ends_is_told_two_weeks_before(
    admin: Membership, reader: Membership, days: int, number: int
) -> None:
    reader.engagement, reader.company = Engagement.EXTERNAL, "Film"
    reader.engaged_until = DAY + timedelta(days=days)
    reader.save()

    fire_due(now=NIGHT)

    assert [one.recipient for one in told("access_ends")] == [admin.user] * number
    assert [one.recipient for one in told("own_access_ends")] == [reader.user] * number
    if number:
        Membership.objects.update(engaged_until=None)
        send_due(now=NIGHT + timedelta(hours=9))
        assert {one.last_error for one in Delivery.objects.all()} == {
            "It was moved to another day."
        }


def test_invitation_is_told_a_week_before_it_expires(admin: Membership) -> None:
    with time_machine.travel(NIGHT - timedelta(days=6), tick=False):
        invitation, _token = invite(
            admin.workspace, by=admin.user, role=Role.READER, email="new@example.org"
        )
    fire_due(now=NIGHT)
    assert told("invitation_unanswered") == []

    fire_due(now=NIGHT + ONE)
    fire_due(now=NIGHT + 2 * ONE)

    (notice,) = told("invitation_unanswered")
    assert notice.recipient == admin.user
    assert "new@example.org has not accepted the invitation" in words(notice)
    revoke(invitation, by=admin.user)
    send_due(now=NIGHT + ONE + timedelta(hours=9))
    delivery = Delivery.objects.get(notification=notice)
    assert delivery.last_error == "The invitation is not open any more."


def test_who_left_is_told_nothing(milestone: Milestone, marketer: Membership) -> None:
    Membership.objects.update(left_at=NOON)

    fire_due(now=NIGHT)

    assert not Notification.objects.exists()


def test_other_workspaces_are_not_looked_at(milestone: Milestone, stranger: Membership) -> None:
    fire_due(now=NIGHT)

    assert not Notification.objects.for_workspace(stranger.workspace).exists()


def test_milestone_due_stands_in_the_daily_email_of_its_day(
    milestone: Milestone, marketer: Membership
) -> None:
    fire_due(now=NIGHT)
    assert Delivery.objects.get().state == DeliveryState.HELD

    assert send_due(now=datetime(2027, 1, 20, 7, tzinfo=UTC)) == {"sent": 1}

    (letter,) = mail.outbox
    assert "“Name a backup” is due on Wed 20 Jan." in str(letter.body).replace("\u00a0", " ")
    assert "Why: You own this milestone." in letter.body


def test_external_in_another_zone_has_it_on_the_same_day_in_the_daily_email(
    milestone: Milestone, marketer: Membership
) -> None:
    """Eight o'clock in Los Angeles is five in the afternoon in Oslo."""
    marketer.user.timezone = "America/Los_Angeles"
    marketer.user.save()

    fire_due(now=NIGHT)

    assert send_due(now=datetime(2027, 1, 20, 15, 59, tzinfo=UTC)) == {}
    assert send_due(now=datetime(2027, 1, 20, 16, tzinfo=UTC)) == {"sent": 1}
