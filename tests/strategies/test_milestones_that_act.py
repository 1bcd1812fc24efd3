"""A milestone is done by what it asks for, and ends by itself."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from networks.enums import ChannelState
from networks.models import Channel
from networks.services import save_channel
from strategies.domain.fixes import fixes_of
from strategies.domain.questionnaire import KINDS, STEP_BY_CODE
from strategies.enums import MilestoneState, Verdict, VersionState
from strategies.models import (
    Audience,
    ChannelStanding,
    Kpi,
    Milestone,
    Strategy,
)
from strategies.services.roadmap import ReasonNeeded, apply_roadmap, set_state
from strategies.services.rows import add_row, save_row, set_not_known
from strategies.services.settling import settle
from tests.strategies.approved import (
    END,
    approve_answers,
    make_strategy,
    make_version,
    milestone_of,
)
from today.todo_list import todo_list_for
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel(workspace: Workspace, marketer: Membership) -> Channel:
    return Channel.objects.create(
        workspace=workspace, network="instagram", owner=marketer, operator=marketer, position=1
    )


@pytest.fixture
def strategy(workspace: Workspace) -> Strategy:
    return make_strategy(workspace)


def save(channel: Channel, by: Membership, **values: Any) -> None:
    channel.refresh_from_db()
    save_channel(channel, values, expected=channel.revision, by=by.user)


def address(name: str, milestone: Milestone) -> str:
    strategy = milestone.strategy
    return reverse(
        f"strategies:{name}", args=[strategy.workspace.slug, strategy.uid, milestone.uid]
    )


# --- facts --------------------------------------------------------------------------------------


def test_naming_a_backup_ends_its_milestone(
    strategy: Strategy, channel: Channel, marketer: Membership, manager: Membership
) -> None:
    approve_answers(strategy, by=manager)
    save(channel, marketer, purpose="Pictures")
    assert milestone_of(strategy, "backup").state == MilestoneState.TO_COME

    save(channel, marketer, backup=manager)

    milestone = milestone_of(strategy, "backup")
    assert (milestone.state, milestone.is_done_by_fact) == (MilestoneState.DONE, True)
    assert milestone.done_by == marketer.user
    assert manager.name in milestone.done_reason


def test_milestone_for_owner_and_backup_waits_for_both(
    strategy: Strategy, channel: Channel, marketer: Membership, manager: Membership
) -> None:
    save(channel, marketer, owner=None)
    approve_answers(strategy, by=manager)

    save(channel, marketer, owner=marketer)
    assert milestone_of(strategy, "owner").state == MilestoneState.TO_COME

    save(channel, marketer, backup=manager)
    assert milestone_of(strategy, "owner").state == MilestoneState.DONE


@pytest.mark.parametrize(
    ("verdict", "before", "after"),
    [
        (Verdict.OPEN, ChannelState.PLANNED, ChannelState.ACTIVE),
        (Verdict.CLOSE, ChannelState.ACTIVE, ChannelState.CLOSED),
    ],
)
def test_channel_that_is_opened_or_closed_ends_its_milestone(
    strategy: Strategy,
    channel: Channel,
    marketer: Membership,
    verdict: Verdict,
    before: ChannelState,
    after: ChannelState,
) -> None:
    save(channel, marketer, state=before)
    ChannelStanding.objects.create(strategy=strategy, channel=channel, verdict=verdict)
    approve_answers(strategy, by=marketer)
    settle(strategy.workspace, by=marketer.user)
    assert milestone_of(strategy, verdict).state == MilestoneState.TO_COME

    save(channel, marketer, state=after)

    assert milestone_of(strategy, verdict).is_done_by_fact


def test_answers_end_what_was_to_be_found_out_and_measured(
    strategy: Strategy, marketer: Membership
) -> None:
    kpi = Kpi.objects.create(strategy=strategy, metric="reach", not_known="source")
    approve_answers(strategy, by=marketer)
    settle(strategy.workspace, by=marketer.user)
    assert not Milestone.objects.filter(is_done_by_fact=True).exists()

    save_row(kpi, strategy=strategy, values={"baseline": 12}, expected=1, by=marketer.user)

    assert milestone_of(strategy, "measure").is_done_by_fact
    assert milestone_of(strategy, "find-out").is_done_by_fact  # no longer among the unknown


def test_other_places_end_what_was_to_be_found_out(
    strategy: Strategy, marketer: Membership
) -> None:
    audience = Audience.objects.create(strategy=strategy, name="Guests", not_known="networks")
    approve_answers(strategy, by=marketer)

    save_row(
        audience,
        strategy=strategy,
        values={"elsewhere": "Fairs"},
        not_known=["networks"],
        expected=1,
        by=marketer.user,
    )

    assert milestone_of(strategy, "find-out").is_done_by_fact


def test_question_that_is_answered_ends_its_milestone(
    strategy: Strategy, marketer: Membership
) -> None:
    set_not_known(strategy, STEP_BY_CODE["message"], is_not_known=True, by=marketer.user)
    approve_answers(strategy, by=marketer)
    assert milestone_of(strategy, "find-out").state == MilestoneState.TO_COME

    add_row(strategy, KINDS["message"], values={"text": "We are here"}, by=marketer.user)

    assert milestone_of(strategy, "find-out").is_done_by_fact


def test_fix_ends_when_its_check_finds_nothing(strategy: Strategy, marketer: Membership) -> None:
    kpi = Kpi.objects.create(strategy=strategy, metric="reach", baseline=1)
    version = make_version(strategy, by=marketer, state=VersionState.APPROVED)
    from_checks = [key for key in _fix_keys(version) if str(kpi.uid) in key]
    assert from_checks
    apply_roadmap(version, by=marketer.user, fixes=from_checks)
    settle(strategy.workspace, by=marketer.user)
    fixes = Milestone.objects.filter(kind="fix")
    assert {one.state for one in fixes} == {MilestoneState.TO_COME}
    assert "Choose who reads “People reached”" in {one.title for one in fixes}

    kpi.removed_at = kpi.created_at
    kpi.save()
    settle(strategy.workspace, by=marketer.user)

    assert all(one.is_done_by_fact for one in fixes.all())


def _fix_keys(version: Any) -> list[str]:
    return [one.key for one in fixes_of(version, approved_on=version.starts_on)]


def test_next_strategy_ends_the_final_review(
    workspace: Workspace, strategy: Strategy, marketer: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    following = make_strategy(
        workspace, name="Spring", starts_on=date(2027, 3, 1), ends_on=date(2027, 8, 31)
    )
    assert date(2027, 3, 1) > END
    approve_answers(following, by=marketer)

    settle(workspace, by=marketer.user)

    assert milestone_of(strategy, "final").is_done_by_fact
    assert milestone_of(following, "final").state == MilestoneState.TO_COME


def test_archived_strategys_milestones_stay_as_they_are(
    strategy: Strategy, channel: Channel, marketer: Membership, manager: Membership
) -> None:
    approve_answers(strategy, by=manager)
    strategy.state = "archived"
    strategy.save()

    save(channel, marketer, backup=manager)

    assert milestone_of(strategy, "backup").state == MilestoneState.TO_COME


# --- by hand ------------------------------------------------------------------------------------


def test_ticking_off_without_the_fact_asks_a_reason(
    strategy: Strategy, channel: Channel, marketer: Membership, client_as: Any
) -> None:
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "backup")
    with pytest.raises(ReasonNeeded):
        set_state(milestone, MilestoneState.DONE, by=marketer.user)
    client: Client = client_as(marketer)

    asked = client.post(address("milestone_state", milestone), {"state": "done"})
    assert asked.status_code == 422
    assert "Why does it count as done?" in asked.content.decode()
    client.post(
        address("milestone_state", milestone), {"state": "done", "reason": "The agency does it"}
    )

    milestone.refresh_from_db()
    assert (milestone.state, milestone.is_done_by_fact) == (MilestoneState.DONE, False)
    page = client.get(reverse("strategies:roadmap", args=["fjordlys", strategy.uid]))
    assert "The agency does it" in page.content.decode()


def test_ticking_off_with_htmx_leads_to_the_reason(
    strategy: Strategy, channel: Channel, marketer: Membership, client_as: Any
) -> None:
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "backup")

    answer = client_as(marketer).post(
        address("milestone_state", milestone), {"state": "done"}, headers={"hx-request": "true"}
    )

    assert answer["HX-Redirect"] == f"{address('milestone', milestone)}#by-hand"


def test_fact_that_is_gone_is_said_and_reopens_nothing(
    strategy: Strategy,
    channel: Channel,
    marketer: Membership,
    manager: Membership,
    client_as: Any,
) -> None:
    approve_answers(strategy, by=manager)
    save(channel, marketer, backup=manager)
    roadmap = reverse("strategies:roadmap", args=["fjordlys", strategy.uid])
    client = client_as(marketer)
    page = client.get(roadmap).content.decode()
    assert "Done by itself" in page
    assert "no longer so" not in page

    save(channel, marketer, backup=None)

    assert "This is no longer so. Is it still done?" in client.get(roadmap).content.decode()
    assert milestone_of(strategy, "backup").state == MilestoneState.DONE


# --- what belongs to the workspace --------------------------------------------------------------


@pytest.fixture
def two(
    workspace: Workspace, strategy: Strategy, channel: Channel, marketer: Membership
) -> list[Milestone]:
    """The same asked by two strategies."""
    other = make_strategy(
        workspace, name="Spring", starts_on=date(2027, 3, 1), ends_on=date(2027, 8, 31)
    )
    for one in (strategy, other):
        approve_answers(one, by=marketer)
    return [milestone_of(one, "backup") for one in (strategy, other)]


def test_naming_a_backup_ends_it_in_every_strategy(
    two: list[Milestone], channel: Channel, marketer: Membership, manager: Membership
) -> None:
    save(channel, marketer, backup=manager)

    for one in two:
        one.refresh_from_db()
        assert one.is_done_by_fact


def test_ticking_off_moves_it_in_every_strategy_and_back(
    two: list[Milestone], marketer: Membership
) -> None:
    set_state(two[0], MilestoneState.DONE, by=marketer.user, reason="An agency")
    two[1].refresh_from_db()
    assert (two[1].state, two[1].done_reason) == (MilestoneState.DONE, "An agency")

    set_state(two[0], MilestoneState.TO_COME, by=marketer.user)
    two[1].refresh_from_db()
    assert (two[1].state, two[1].done_reason) == (MilestoneState.TO_COME, "")


def test_what_was_ticked_off_does_not_return_in_a_later_strategy(
    workspace: Workspace, strategy: Strategy, channel: Channel, marketer: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    set_state(
        milestone_of(strategy, "backup"), MilestoneState.DONE, by=marketer.user, reason="An agency"
    )
    other = make_strategy(
        workspace, name="Spring", starts_on=date(2027, 3, 1), ends_on=date(2027, 8, 31)
    )

    approve_answers(other, by=marketer)

    assert milestone_of(other, "backup").done_reason == "An agency"
    assert milestone_of(other, "mid-term").state == MilestoneState.TO_COME


def test_today_shows_it_once_and_leads_to_naming(
    two: list[Milestone], marketer: Membership
) -> None:
    groups = todo_list_for(marketer, today=marketer.workspace.today()).groups
    found = [todo for group in groups for todo in group.todos if "backup" in todo.title]

    (todo,) = found
    assert (todo.verb, todo.done_url) == ("Name a backup", "")
    assert todo.url == f"{address('milestone', two[0])}#do"


# --- in place -----------------------------------------------------------------------------------


def test_backup_is_named_on_the_milestones_page(
    strategy: Strategy, channel: Channel, marketer: Membership, manager: Membership, client_as: Any
) -> None:
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "backup")
    client: Client = client_as(marketer)
    page = client.get(address("milestone", milestone))
    form = page.context["act"]
    assert list(form.names) == ["backup"]

    answer = client.post(
        address("milestone_do", milestone),
        {"backup": str(manager.uid), "began": form["began"].value(), "revision": "1"},
    )

    assert answer.status_code == 302
    channel.refresh_from_db()
    milestone.refresh_from_db()
    assert channel.backup == manager
    assert milestone.is_done_by_fact


def test_naming_beside_somebody_else_asks_whom_to_keep(
    strategy: Strategy, channel: Channel, marketer: Membership, manager: Membership, client_as: Any
) -> None:
    save(channel, marketer, owner=None)
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "owner")
    client: Client = client_as(marketer)
    began = client.get(address("milestone", milestone)).context["act"]["began"].value()
    save(channel, marketer, purpose="Pictures")

    client.post(
        address("milestone_do", milestone),
        {"owner": str(marketer.uid), "backup": str(manager.uid), "began": began},
    )

    channel.refresh_from_db()
    assert (channel.owner, channel.backup, channel.purpose) == (marketer, manager, "Pictures")


def test_whoever_comes_second_is_told_that_nothing_more_was_saved(
    strategy: Strategy, channel: Channel, marketer: Membership, manager: Membership, client_as: Any
) -> None:
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "backup")
    began = client_as(manager).get(address("milestone", milestone)).context["act"]["began"].value()
    save(channel, marketer, backup=marketer)

    page = client_as(manager).post(
        address("milestone_do", milestone),
        {"backup": str(manager.uid), "began": began},
        follow=True,
    )

    assert "is done already. Nothing more was saved." in page.content.decode()
    channel.refresh_from_db()
    assert channel.backup == marketer


def test_form_of_a_milestone_that_fell_away_says_so(
    strategy: Strategy, channel: Channel, marketer: Membership, client_as: Any
) -> None:
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "backup")
    Milestone.objects.update(dropped_at=timezone.now())

    page = client_as(marketer).post(address("milestone_do", milestone), {}, follow=True)

    assert "is no longer done here. Nothing was saved." in page.content.decode()


def test_empty_form_says_what_is_missing(
    strategy: Strategy, channel: Channel, marketer: Membership, client_as: Any
) -> None:
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "backup")

    answer = client_as(marketer).post(address("milestone_do", milestone), {"backup": ""})

    assert answer.status_code == 422
    milestone.refresh_from_db()
    assert milestone.state == MilestoneState.TO_COME


def test_contributor_may_tick_but_not_name(
    strategy: Strategy,
    channel: Channel,
    marketer: Membership,
    contributor: Membership,
    client_as: Any,
) -> None:
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "backup")
    client: Client = client_as(contributor)

    assert client.get(address("milestone", milestone)).context["act"] is None
    refused = client.post(address("milestone_do", milestone), {"backup": str(marketer.uid)})

    assert refused.status_code == 403
    channel.refresh_from_db()
    assert channel.backup is None


def test_channel_is_closed_by_one_button(
    strategy: Strategy, channel: Channel, marketer: Membership, client_as: Any
) -> None:
    ChannelStanding.objects.create(strategy=strategy, channel=channel, verdict=Verdict.CLOSE)
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "close")

    client_as(marketer).post(address("milestone_do", milestone), {})

    channel.refresh_from_db()
    milestone.refresh_from_db()
    assert channel.state == ChannelState.CLOSED
    assert milestone.is_done_by_fact


def test_figure_today_is_typed_in_place(
    strategy: Strategy, marketer: Membership, client_as: Any
) -> None:
    kpi = Kpi.objects.create(strategy=strategy, metric="reach", not_known="baseline source")
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "measure")

    client_as(marketer).post(
        address("milestone_do", milestone), {"baseline": "1 200", "revision": "1"}
    )

    kpi.refresh_from_db()
    assert kpi.baseline == 1200
    assert list(kpi.not_known) == ["source"]
    milestone.refresh_from_db()
    assert milestone.is_done_by_fact
    assert not milestone_of(strategy, "find-out").is_done_by_fact


def test_milestones_of_many_rows_lead_to_the_answers(
    strategy: Strategy, marketer: Membership, client_as: Any
) -> None:
    for name in "abcd":
        Kpi.objects.create(strategy=strategy, metric="own", name=name)
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "measure")

    page = client_as(marketer).get(address("milestone", milestone))

    assert page.context["act"] is None
    assert "Type it in" in page.content.decode()
    assert "/measurement/" in page.context["line"].action_url
