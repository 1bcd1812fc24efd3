"""Submitting and deciding: every exit of every service, and two people at once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from activity.activity_types import is_known
from activity.models import Record
from core.exceptions import Refusal
from notifications.models import Delivery, Notification
from strategies.domain.answers import from_snapshot, load_answers
from strategies.domain.fixes import fixes_of
from strategies.enums import (
    VERSION_TRANSITIONS,
    MilestoneState,
    Phase,
    StrategyState,
    VersionState,
)
from strategies.models import (
    Audience,
    Milestone,
    Objective,
    ReviewRequest,
    StepComment,
    Strategy,
    StrategyVersion,
)
from strategies.services import versions
from strategies.services.roadmap import set_state
from strategies.services.versions import (
    Blocked,
    NotWaiting,
    add_reviewer,
    approve,
    approve_alone,
    ask_for_changes,
    can_be_decided,
    change_status,
    may_approve_alone,
    may_withdraw,
    submit_strategy,
    swap_reviewer,
    who_can_review,
    withdraw,
)
from tests.at_once import at_once
from tests.factories import UserFactory
from tests.strategies.approved import END, START, make_version
from tests.strategies.ready import ready_strategy, submitted
from workspaces.enums import Role
from workspaces.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy(marketer: Membership) -> Strategy:
    return ready_strategy(marketer)


@pytest.fixture
def version(strategy: Strategy, marketer: Membership, manager: Membership) -> StrategyVersion:
    return submitted(strategy, by=marketer, reviewers=[manager])


def approved_by(person: Membership, version: StrategyVersion, **more: Any) -> StrategyVersion:
    told: dict[str, Any] = {"comments": {}, "text": "", "next_review_on": None, **more}
    return approve(version, by=person.user, **told)


DECISIONS: dict[str, Callable[[StrategyVersion, Membership], Any]] = {
    "approve": lambda version, person: approved_by(person, version),
    "ask": lambda version, person: ask_for_changes(
        version, comments={}, text="More", by=person.user
    ),
    "withdraw": lambda version, person: withdraw(version, by=person.user),
}


def verbs() -> list[str]:
    return list(Record.objects.order_by("pk").values_list("verb", flat=True))


def told(kind: str) -> set[str]:
    """Names of those who have a notice of a kind, each with one letter."""
    found = Notification.objects.filter(kind=kind).select_related("recipient")
    for notice in found:
        assert Delivery.objects.filter(notification=notice).count() == 1
    return {str(notice.recipient) for notice in found}


# --- states: one table, the whole square ------------------------------------------------------


@pytest.mark.parametrize("before", list(VersionState))
@pytest.mark.parametrize("after", list(VersionState))
def test_change_status_obeys_the_table(
    before: VersionState, after: VersionState, strategy: Strategy, manager: Membership
) -> None:
    version = make_version(strategy, by=manager, state=before)

    if after in VERSION_TRANSITIONS[before]:
        change_status(version, after, by=manager.user)
        expected = after
    else:
        with pytest.raises(NotWaiting):
            change_status(version, after, by=manager.user)
        expected = before

    assert version.state == expected
    version.refresh_from_db()
    assert version.state == expected


def test_change_status_somebody_was_first_changes_nothing(
    version: StrategyVersion, manager: Membership, second_manager: Membership
) -> None:
    stale = StrategyVersion.objects.get(pk=version.pk)
    change_status(version, VersionState.CHANGES_REQUESTED, by=manager.user)

    with pytest.raises(NotWaiting, match=r"Magnus Manager has already asked for changes"):
        change_status(stale, VersionState.APPROVED, by=second_manager.user)

    version.refresh_from_db()
    assert (version.state, version.decided_by) == (VersionState.CHANGES_REQUESTED, manager.user)


# --- submitting -------------------------------------------------------------------------------


def test_submit_freezes_the_answers(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    with time_machine.travel("2026-11-23 12:00", tick=False):
        version = submit_strategy(
            strategy, reviewers=[manager], note="  Please read 2 first. ", by=marketer.user
        )

    assert (version.number, version.state) == (1, VersionState.SUBMITTED)
    assert (version.starts_on, version.ends_on) == (START, END)
    assert (version.promotional, version.informative, version.engagement) == (20, 40, 40)
    assert version.note == "Please read 2 first."
    assert version.answer_by_on == date(2026, 11, 27)
    version.refresh_from_db()
    assert from_snapshot(version.snapshot, version.schema) == load_answers(strategy)
    assert [r.reviewer for r in version.requests.all()] == [manager]
    assert verbs() == ["strategies.version_submitted"]
    assert told("strategies.review_asked") == {"Magnus Manager"}


def test_submit_answer_by_counts_in_the_zone_of_the_workspace(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    with time_machine.travel("2026-11-23 23:30", tick=False):  # the 24th in Oslo
        version = submitted(strategy, by=marketer, reviewers=[manager])

    assert version.answer_by_on == date(2026, 11, 28)


def test_submit_snapshot_stays_when_the_answers_go_on(
    version: StrategyVersion, strategy: Strategy
) -> None:
    Audience.objects.filter(strategy=strategy).update(name="Students")

    version.refresh_from_db()

    assert from_snapshot(version.snapshot).audiences[0].name == "Families"
    assert load_answers(strategy).audiences[0].name == "Students"


def test_submit_blocker_is_refused_with_what_to_fix(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    Audience.objects.filter(strategy=strategy).delete()

    with pytest.raises(Blocked, match="One thing must be fixed") as refused:
        submitted(strategy, by=marketer, reviewers=[manager])

    assert [finding.code for finding in refused.value.findings] == ["no-audience"]
    assert not StrategyVersion.objects.exists()
    assert not Notification.objects.exists()


def test_submit_one_waits_already_is_refused(
    version: StrategyVersion, strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    with pytest.raises(Refusal, match="Version 1 waits for review already"):
        submitted(strategy, by=marketer, reviewers=[manager])

    assert StrategyVersion.objects.count() == 1


def test_submit_archived_is_refused(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    Strategy.objects.update(state=StrategyState.ARCHIVED)

    with pytest.raises(Refusal, match="archived"):
        submitted(strategy, by=marketer, reviewers=[manager])


def test_submit_asks_once_who_was_asked_of_another_strategy(
    version: StrategyVersion, marketer: Membership, manager: Membership
) -> None:
    other = ready_strategy(marketer, name="Spring")

    second = submitted(other, by=marketer, reviewers=[manager])

    asked = Notification.objects.filter(kind="strategies.review_asked").order_by("pk")
    assert [notice.url for notice in asked] == [
        version.get_absolute_url(),
        second.get_absolute_url(),
    ]


def test_submit_nobody_chosen_is_refused(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    with pytest.raises(Refusal, match="at least one"):
        submitted(strategy, by=marketer)


@pytest.mark.parametrize("who", ["contributor", "marketer", "stranger"])
def test_submit_reviewer_who_may_not_is_refused(
    who: str, strategy: Strategy, marketer: Membership, manager: Membership, request: Any
) -> None:
    with pytest.raises(Refusal, match="cannot review"):
        submitted(strategy, by=marketer, reviewers=[manager, request.getfixturevalue(who)])


def test_submit_nobody_can_decide_is_a_blocker(strategy: Strategy, marketer: Membership) -> None:
    with pytest.raises(Blocked) as refused:
        submitted(strategy, by=marketer)

    assert [finding.code for finding in refused.value.findings] == ["nobody-can-approve"]


def test_submit_after_a_decision_takes_the_next_number(
    version: StrategyVersion, strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    withdraw(version, by=marketer.user)

    again = submitted(strategy, by=marketer, reviewers=[manager])

    assert again.number == 2


def test_submit_notices_fail_leaves_nothing(
    strategy: Strategy, marketer: Membership, manager: Membership, monkeypatch: Any
) -> None:
    def broken(**_: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(versions, "notify", broken)

    with pytest.raises(OSError, match="disk"):
        submitted(strategy, by=marketer, reviewers=[manager])

    assert not StrategyVersion.objects.exists()
    assert not ReviewRequest.objects.exists()
    assert not Record.objects.exists()


# --- who may decide ---------------------------------------------------------------------------


def test_who_can_review_managers_and_admins_but_never_the_author(
    reader: Membership,
    contributor: Membership,
    marketer: Membership,
    manager: Membership,
    admin: Membership,
    stranger: Membership,
) -> None:
    workspace = marketer.workspace

    assert set(who_can_review(workspace, author=marketer.user)) == {manager, admin}
    assert set(who_can_review(workspace, author=manager.user)) == {admin}


def test_who_can_review_leaves_out_who_left_or_cannot_sign_in(
    marketer: Membership, manager: Membership, admin: Membership
) -> None:
    Membership.objects.filter(pk=manager.pk).update(left_at=timezone.now())
    admin.user.is_active = False
    admin.user.save()

    assert not who_can_review(marketer.workspace, author=marketer.user).exists()


def test_may_approve_alone_only_an_admin_and_only_while_nobody_else_can(
    admin: Membership, request: Any
) -> None:
    workspace = admin.workspace
    assert may_approve_alone(workspace, author=admin.user)

    manager = request.getfixturevalue("manager")

    assert not may_approve_alone(workspace, author=admin.user)
    Membership.objects.filter(pk=admin.pk).update(left_at=timezone.now())
    assert not may_approve_alone(workspace, author=manager.user)
    assert not can_be_decided(workspace, author=manager.user)


@pytest.mark.parametrize("decision", ["approve", "ask"])
def test_decide_after_leaving_is_refused(
    decision: str, version: StrategyVersion, manager: Membership
) -> None:
    Membership.objects.filter(pk=manager.pk).update(left_at=timezone.now())

    with pytest.raises(Refusal, match="Only a manager or an admin"):
        DECISIONS[decision](version, manager)

    version.refresh_from_db()
    assert version.state == VersionState.SUBMITTED


# --- approving --------------------------------------------------------------------------------


def test_approve_puts_in_force_with_comments_and_roadmap(
    version: StrategyVersion, manager: Membership
) -> None:
    approve(
        version,
        comments={"audience": " Good order. ", "message": "  ", "no-such-step": "x"},
        text=" Go on. ",
        next_review_on=date(2026, 12, 1),
        by=manager.user,
    )

    version.refresh_from_db()
    assert (version.state, version.decided_by) == (VersionState.APPROVED, manager.user)
    assert version.decided_at is not None
    assert (version.decision_text, version.next_review_on) == ("Go on.", date(2026, 12, 1))
    assert not version.is_without_second_reader
    comment = StepComment.objects.get()
    assert (comment.step, comment.text, comment.author) == ("audience", "Good order.", manager.user)
    assert Milestone.objects.filter(strategy=version.strategy).exists()
    assert "strategies.version_approved" in verbs()
    assert told("strategies.version_approved") == {"Mari Marketer"}
    in_force = StrategyVersion.objects.for_workspace(version.strategy.workspace)
    assert list(in_force.in_force_on(date(2026, 11, 1))) == [version]
    assert not in_force.in_force_on(END + timedelta(days=1)).exists()


def fixes(strategy: Strategy) -> "dict[str, Milestone]":
    return {one.key: one for one in Milestone.objects.filter(strategy=strategy, kind="fix")}


@pytest.mark.parametrize("approved_on", [date(2026, 8, 1), date(2026, 8, 3)])
def test_what_is_to_be_fixed_is_due_on_a_working_day_two_weeks_on(
    approved_on: date, version: StrategyVersion
) -> None:
    # The first is a Saturday.
    due = {one.due_on for one in fixes_of(version, approved_on=approved_on)}

    assert due == {date(2026, 8, 17)}


def test_approve_makes_a_milestone_of_what_was_ticked_and_of_nothing_else(
    version: StrategyVersion, manager: Membership
) -> None:
    today = version.strategy.workspace.today()
    ticked, *others = fixes_of(version, approved_on=today)
    assert others

    approved_by(manager, version, fixes=[ticked.key, "fix:no-such-check:x"])

    (milestone,) = fixes(version.strategy).values()
    assert (milestone.key, milestone.title) == (ticked.key, ticked.title)
    assert milestone.phase == Phase.PREPARE
    assert milestone.due_on == ticked.due_on
    assert milestone.step == ticked.target.step


def test_every_warning_has_a_key_of_its_own(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    for number in range(9):
        Audience.objects.create(strategy=strategy, name=f"Audience {number}")
        Objective.objects.create(strategy=strategy, statement=f"Objective {number}")
    version = submitted(strategy, by=marketer, reviewers=[manager])

    found = fixes_of(version, approved_on=strategy.workspace.today())

    assert sum(one.uid == "audience-without-message" for one in found) == 9
    assert sum(one.uid == "objective-without-figure" for one in found) == 10
    assert all(len(one.key) <= 120 for one in found)


def test_approving_again_keeps_a_fix_that_is_ticked_and_drops_one_that_is_not(
    strategy: Strategy, version: StrategyVersion, marketer: Membership, manager: Membership
) -> None:
    kept, left = [one.key for one in fixes_of(version, approved_on=date(2026, 8, 1))][:2]
    approved_by(manager, version, fixes=[kept, left])
    before = fixes(strategy)
    set_state(before[kept], MilestoneState.BEGUN, by=manager.user)

    with time_machine.travel(timezone.now() + timedelta(30)):
        again = submitted(strategy, by=marketer, reviewers=[manager])
        approved_by(manager, again, fixes=[kept])

    after = fixes(strategy)
    assert (after[kept].pk, after[kept].state) == (before[kept].pk, MilestoneState.BEGUN)
    assert after[kept].due_on == before[kept].due_on
    assert after[kept].dropped_at is None
    assert after[left].dropped_at is not None


def test_approving_again_leaves_the_day_of_what_is_still_to_be_found_out(
    strategy: Strategy, version: StrategyVersion, marketer: Membership, manager: Membership
) -> None:
    Audience.objects.create(strategy=strategy, name="Students", not_known="needs size")
    change_status(version, VersionState.WITHDRAWN, by=marketer.user)
    approved_by(manager, submitted(strategy, by=marketer, reviewers=[manager]))
    found = Milestone.objects.filter(strategy=strategy, kind="find-out")
    before = dict(found.values_list("key", "due_on"))
    assert len(before) == 2
    Audience.objects.filter(name="Students").update(not_known=("size",))

    approved_by(manager, submitted(strategy, by=marketer, reviewers=[manager]))

    assert dict(found.values_list("key", "due_on")) == before


def test_approve_who_was_not_asked_may_decide_and_who_was_is_told(
    version: StrategyVersion, manager: Membership, second_manager: Membership
) -> None:
    approved_by(second_manager, version)

    assert version.decided_by == second_manager.user
    assert told("strategies.version_approved") == {"Mari Marketer", "Magnus Manager"}


def test_approve_own_is_refused(manager: Membership, second_manager: Membership) -> None:
    version = submitted(ready_strategy(manager), by=manager, reviewers=[second_manager])

    with pytest.raises(Refusal, match="somebody else decides"):
        approved_by(manager, version)

    version.refresh_from_db()
    assert version.state == VersionState.SUBMITTED


@pytest.mark.parametrize("who", ["reader", "contributor", "marketer", "stranger"])
@pytest.mark.parametrize("decision", ["approve", "ask"])
def test_decide_without_the_permission_is_refused(
    who: str, decision: str, manager: Membership, admin: Membership, request: Any
) -> None:
    version = submitted(ready_strategy(manager), by=manager, reviewers=[admin])
    person = request.getfixturevalue(who)

    with pytest.raises(Refusal, match="Only a manager or an admin"):
        DECISIONS[decision](version, person)

    version.refresh_from_db()
    assert version.state == VersionState.SUBMITTED


def test_approve_supersedes_the_former_one(
    version: StrategyVersion, strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    approved_by(manager, version)
    second = submitted(strategy, by=marketer, reviewers=[manager])

    approved_by(manager, second)

    version.refresh_from_db()
    assert (version.state, version.decided_by) == (VersionState.SUPERSEDED, manager.user)
    assert second.state == VersionState.APPROVED


def test_approve_overlap_with_another_strategy_is_refused(
    version: StrategyVersion, marketer: Membership, manager: Membership
) -> None:
    other = ready_strategy(marketer, name="Spring", starts_on=END, ends_on=END + timedelta(90))
    approved_by(manager, submitted(other, by=marketer, reviewers=[manager]))

    with pytest.raises(Refusal, match="“Spring” is approved from"):
        approved_by(manager, version, comments={"audience": "Good"})

    version.refresh_from_db()
    assert (version.state, version.decided_by) == (VersionState.SUBMITTED, None)
    assert not StepComment.objects.exists()
    assert not Milestone.objects.filter(strategy=version.strategy).exists()


def test_approve_next_day_is_no_overlap(
    version: StrategyVersion, marketer: Membership, manager: Membership
) -> None:
    after = END + timedelta(1)
    other = ready_strategy(marketer, name="Spring", starts_on=after, ends_on=after + timedelta(90))
    approved_by(manager, submitted(other, by=marketer, reviewers=[manager]))

    assert approved_by(manager, version).state == VersionState.APPROVED


def test_approve_overlap_in_another_workspace_is_none_of_ours(
    version: StrategyVersion, manager: Membership, stranger: Membership
) -> None:
    make_version(ready_strategy(stranger), by=stranger, state=VersionState.APPROVED)

    assert approved_by(manager, version).state == VersionState.APPROVED


def test_approve_too_late_hears_who_was_first_and_not_of_an_overlap(
    version: StrategyVersion, marketer: Membership, manager: Membership, second_manager: Membership
) -> None:
    stale = StrategyVersion.objects.get(pk=version.pk)
    ask_for_changes(version, comments={}, text="More", by=manager.user)
    other = ready_strategy(marketer, name="Spring")
    approved_by(manager, submitted(other, by=marketer, reviewers=[manager]))

    with pytest.raises(NotWaiting, match="Magnus Manager has already asked for changes"):
        approved_by(second_manager, stale)


def test_approve_archived_is_refused(version: StrategyVersion, manager: Membership) -> None:
    Strategy.objects.update(state=StrategyState.ARCHIVED)

    with pytest.raises(Refusal, match="archived"):
        approved_by(manager, version)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (VersionState.APPROVED, "Magnus Manager has already approved version 1"),
        (VersionState.SUPERSEDED, "Magnus Manager has already approved version 1"),
        (VersionState.CHANGES_REQUESTED, "Magnus Manager has already asked for changes"),
        (VersionState.WITHDRAWN, "Version 1 was withdrawn"),
    ],
)
@pytest.mark.parametrize("decision", ["approve", "ask", "withdraw"])
def test_decide_too_late_says_who_was_first(
    state: VersionState,
    sentence: str,
    decision: str,
    strategy: Strategy,
    marketer: Membership,
    manager: Membership,
    second_manager: Membership,
) -> None:
    decided = state != VersionState.WITHDRAWN
    version = make_version(
        strategy, by=marketer, state=state, decided_by=manager.user if decided else None
    )

    person = marketer if decision == "withdraw" else second_manager

    with pytest.raises(NotWaiting, match=sentence):
        DECISIONS[decision](version, person)

    version.refresh_from_db()
    assert version.state == state
    assert not StepComment.objects.exists()


def test_approve_roadmap_fails_leaves_everything_as_it_was(
    version: StrategyVersion,
    strategy: Strategy,
    marketer: Membership,
    manager: Membership,
    monkeypatch: Any,
) -> None:
    approved_by(manager, version)
    second = submitted(strategy, by=marketer, reviewers=[manager])
    before = verbs()

    def broken(*_: Any, **__: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(versions, "apply_roadmap", broken)

    with pytest.raises(OSError, match="disk"):
        approved_by(manager, second, comments={"fit": "Good"})

    version.refresh_from_db()
    second.refresh_from_db()
    assert (version.state, second.state) == (VersionState.APPROVED, VersionState.SUBMITTED)
    assert not StepComment.objects.exists()
    assert verbs() == before


# --- asking for changes -----------------------------------------------------------------------


def test_ask_for_changes_keeps_the_words(version: StrategyVersion, manager: Membership) -> None:
    ask_for_changes(
        version, comments={"message": "Shorter."}, text=" One thing, see 2. ", by=manager.user
    )

    version.refresh_from_db()
    assert version.state == VersionState.CHANGES_REQUESTED
    assert (version.decided_by, version.decision_text) == (manager.user, "One thing, see 2.")
    assert [(c.step, c.text) for c in version.comments.all()] == [("message", "Shorter.")]
    assert told("strategies.changes_asked") == {"Mari Marketer"}
    assert verbs()[-1] == "strategies.version_changes_asked"


def test_ask_for_changes_without_a_word_is_refused(
    version: StrategyVersion, manager: Membership
) -> None:
    with pytest.raises(Refusal, match="what should change"):
        ask_for_changes(version, comments={"message": "Shorter."}, text="  ", by=manager.user)

    version.refresh_from_db()
    assert version.state == VersionState.SUBMITTED
    assert not StepComment.objects.exists()


def test_ask_for_changes_own_is_refused(manager: Membership, second_manager: Membership) -> None:
    version = submitted(ready_strategy(manager), by=manager, reviewers=[second_manager])

    with pytest.raises(Refusal, match="somebody else decides"):
        ask_for_changes(version, comments={}, text="More", by=manager.user)


# --- the person alone -------------------------------------------------------------------------


def test_approve_alone_with_a_reason_is_shown_as_such(admin: Membership) -> None:
    version = submitted(ready_strategy(admin), by=admin)

    approve_alone(version, reason=" I am the only one. ", by=admin.user)

    version.refresh_from_db()
    assert version.state == VersionState.APPROVED
    assert version.is_without_second_reader
    assert (version.alone_reason, version.decided_by) == ("I am the only one.", admin.user)
    assert Milestone.objects.filter(strategy=version.strategy).exists()
    assert "strategies.version_approved_alone" in verbs()


def test_approve_alone_without_a_reason_is_refused(admin: Membership) -> None:
    version = submitted(ready_strategy(admin), by=admin)

    with pytest.raises(Refusal, match="Say why"):
        approve_alone(version, reason="  ", by=admin.user)


def test_approve_alone_somebody_else_could_is_refused(
    admin: Membership, manager: Membership
) -> None:
    version = submitted(ready_strategy(admin), by=admin, reviewers=[manager])

    with pytest.raises(Refusal, match="Magnus Manager can review"):
        approve_alone(version, reason="In a hurry", by=admin.user)

    version.refresh_from_db()
    assert version.state == VersionState.SUBMITTED


def test_approve_alone_of_somebody_else_is_refused(
    version: StrategyVersion, admin: Membership
) -> None:
    with pytest.raises(Refusal, match="Only an admin who submitted"):
        approve_alone(version, reason="In a hurry", by=admin.user)


def test_approve_alone_by_a_manager_is_refused(manager: Membership, admin: Membership) -> None:
    version = submitted(ready_strategy(manager), by=manager, reviewers=[admin])
    Membership.objects.filter(pk=admin.pk).update(left_at=timezone.now())

    with pytest.raises(Refusal, match="Only an admin"):
        approve_alone(version, reason="In a hurry", by=manager.user)


# --- withdrawing ------------------------------------------------------------------------------


def test_withdraw_by_the_author_tells_who_was_asked(
    version: StrategyVersion, marketer: Membership
) -> None:
    withdraw(version, by=marketer.user)

    version.refresh_from_db()
    assert (version.state, version.decided_by) == (VersionState.WITHDRAWN, None)
    assert told("strategies.version_withdrawn") == {"Magnus Manager"}
    assert verbs()[-1] == "strategies.version_withdrawn"


def test_withdraw_by_an_admin_works(version: StrategyVersion, admin: Membership) -> None:
    assert withdraw(version, by=admin.user).state == VersionState.WITHDRAWN


def test_withdraw_by_another_editor_is_refused(
    version: StrategyVersion, manager: Membership
) -> None:
    with pytest.raises(Refusal, match="Only Mari Marketer or an admin"):
        withdraw(version, by=manager.user)

    version.refresh_from_db()
    assert version.state == VersionState.SUBMITTED


def test_withdraw_by_an_author_who_may_no_longer_edit_is_refused(
    version: StrategyVersion, marketer: Membership
) -> None:
    Membership.objects.filter(pk=marketer.pk).update(role=Role.CONTRIBUTOR)

    assert not may_withdraw(version, by=marketer.user)
    with pytest.raises(Refusal, match="Only Mari Marketer or an admin"):
        withdraw(version, by=marketer.user)


def test_withdraw_by_one_who_was_asked_tells_only_the_others(
    strategy: Strategy, marketer: Membership, manager: Membership, admin: Membership
) -> None:
    version = submitted(strategy, by=marketer, reviewers=[manager, admin])

    withdraw(version, by=admin.user)

    assert told("strategies.version_withdrawn") == {"Magnus Manager"}


# --- reviewers --------------------------------------------------------------------------------


def test_swap_reviewer_keeps_the_history(
    version: StrategyVersion, marketer: Membership, manager: Membership, second_manager: Membership
) -> None:
    asked = version.requests.get()

    swap_reviewer(asked, to=second_manager, by=marketer.user)

    standing = ReviewRequest.objects.filter(version=version).standing()
    assert [request.reviewer for request in standing] == [second_manager]
    assert version.requests.count() == 2
    assert told("strategies.review_asked") == {"Magnus Manager", "Siri Second"}
    assert told("strategies.reviewer_released") == {"Magnus Manager"}
    assert verbs()[-1] == "strategies.reviewer_swapped"


def test_swap_reviewer_twice_is_refused(
    version: StrategyVersion, marketer: Membership, admin: Membership, second_manager: Membership
) -> None:
    asked = version.requests.get()
    swap_reviewer(asked, to=second_manager, by=marketer.user)

    with pytest.raises(Refusal, match="Somebody else has been asked"):
        swap_reviewer(asked, to=admin, by=marketer.user)

    assert not version.requests.filter(reviewer=admin).exists()


def test_swap_reviewer_back_again_asks_and_tells_again(
    version: StrategyVersion, marketer: Membership, manager: Membership, second_manager: Membership
) -> None:
    swapped = swap_reviewer(version.requests.get(), to=second_manager, by=marketer.user)

    swap_reviewer(swapped, to=manager, by=marketer.user)

    to_manager = Notification.objects.filter(recipient=manager.user)
    assert to_manager.filter(kind="strategies.review_asked").count() == 2


def test_who_was_released_or_asked_of_another_version_hears_of_no_decision(
    version: StrategyVersion,
    marketer: Membership,
    manager: Membership,
    second_manager: Membership,
    admin: Membership,
) -> None:
    submitted(ready_strategy(marketer, name="Spring"), by=marketer, reviewers=[admin])
    swap_reviewer(version.requests.get(), to=second_manager, by=marketer.user)

    approved_by(second_manager, version)

    assert told("strategies.version_approved") == {"Mari Marketer"}


def test_swap_reviewer_of_oneself_tells_the_other_only(
    version: StrategyVersion, manager: Membership, second_manager: Membership
) -> None:
    swap_reviewer(version.requests.get(), to=second_manager, by=manager.user)

    assert told("strategies.reviewer_released") == set()
    assert told("strategies.review_asked") == {"Magnus Manager", "Siri Second"}


def test_add_reviewer_asked_already_is_refused(
    version: StrategyVersion, marketer: Membership, manager: Membership
) -> None:
    with pytest.raises(Refusal, match="has been asked already"):
        add_reviewer(version, reviewer=manager, by=marketer.user)


@pytest.mark.parametrize("who", ["marketer", "contributor", "stranger"])
def test_add_reviewer_who_may_not_is_refused(
    who: str, version: StrategyVersion, marketer: Membership, request: Any
) -> None:
    with pytest.raises(Refusal, match="cannot review"):
        add_reviewer(version, reviewer=request.getfixturevalue(who), by=marketer.user)


def test_add_reviewer_after_the_decision_is_refused(
    version: StrategyVersion, marketer: Membership, manager: Membership, second_manager: Membership
) -> None:
    approved_by(manager, version)

    with pytest.raises(NotWaiting):
        add_reviewer(version, reviewer=second_manager, by=marketer.user)


def test_verbs_are_known_to_the_log(
    version: StrategyVersion, marketer: Membership, manager: Membership, second_manager: Membership
) -> None:
    add_reviewer(version, reviewer=second_manager, by=marketer.user)
    swap_reviewer(version.requests.first(), to=_member(marketer, Role.ADMIN), by=marketer.user)  # type: ignore[arg-type]
    approved_by(manager, version)

    said = {verb for verb in verbs() if ".version_" in verb or ".reviewer_" in verb}

    assert len(said) == 4
    assert all(is_known(verb) for verb in said)


def _member(like: Membership, role: Role) -> Membership:
    return Membership.objects.create(workspace=like.workspace, user=UserFactory.create(), role=role)


# --- the database holds it --------------------------------------------------------------------


def test_database_two_submitted_versions_are_impossible(
    version: StrategyVersion, strategy: Strategy, marketer: Membership
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_version(strategy, by=marketer)


# --- two people at once -----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_two_managers_at_once_one_decides_and_the_other_hears_who(
    attempt: int, version: StrategyVersion, manager: Membership, second_manager: Membership
) -> None:
    def yes() -> StrategyVersion:
        mine = StrategyVersion.objects.get(pk=version.pk)
        return approved_by(manager, mine, comments={"audience": "Yes"})

    def no() -> StrategyVersion:
        mine = StrategyVersion.objects.get(pk=version.pk)
        return ask_for_changes(mine, comments={"audience": "No"}, text="No", by=second_manager.user)

    outcomes = at_once(yes, no)

    won = [one for one in outcomes if isinstance(one, StrategyVersion)]
    lost = [one for one in outcomes if isinstance(one, NotWaiting)]
    assert (len(won), len(lost)) == (1, 1), outcomes
    version.refresh_from_db()
    assert version.state == won[0].state
    assert str(version.decided_by) in str(lost[0])
    assert StepComment.objects.count() == 1
    assert StepComment.objects.get().author == version.decided_by
    assert Milestone.objects.exists() == (version.state == VersionState.APPROVED)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_two_strategies_for_the_same_days_at_once_one_is_approved(
    attempt: int, marketer: Membership, manager: Membership, second_manager: Membership
) -> None:
    first = submitted(ready_strategy(marketer), by=marketer, reviewers=[manager])
    second = submitted(ready_strategy(marketer, name="Other"), by=marketer, reviewers=[manager])

    outcomes = at_once(
        lambda: approved_by(manager, StrategyVersion.objects.get(pk=first.pk)),
        lambda: approved_by(second_manager, StrategyVersion.objects.get(pk=second.pk)),
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["Refusal", "StrategyVersion"]
    assert StrategyVersion.objects.approved().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_submissions_at_once_make_one_version(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    def send() -> StrategyVersion:
        return submitted(Strategy.objects.get(pk=strategy.pk), by=marketer, reviewers=[manager])

    outcomes = at_once(send, send)

    assert sorted(type(one).__name__ for one in outcomes) == ["Refusal", "StrategyVersion"]
    assert StrategyVersion.objects.count() == 1
    assert Notification.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_withdrawn_and_approved_at_once_only_one_happens(
    version: StrategyVersion, marketer: Membership, manager: Membership
) -> None:
    outcomes = at_once(
        lambda: approved_by(manager, StrategyVersion.objects.get(pk=version.pk)),
        lambda: withdraw(StrategyVersion.objects.get(pk=version.pk), by=marketer.user),
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["NotWaiting", "StrategyVersion"]
