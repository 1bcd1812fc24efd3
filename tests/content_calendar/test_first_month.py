"""The milestone *Plan the first month of posts* is done by itself, and leads to the calendar."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from content_calendar.services.approval import cancel_post
from content_calendar.services.posts import move_post, remove_post, save_post
from networks.models import Channel
from strategies.enums import MilestoneState
from strategies.models import Milestone, PostKind, Strategy
from strategies.services.roadmap import set_state
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import make_channel, make_post
from tests.strategies.approved import START, approve_answers, make_strategy, milestone_of
from workspaces.models import Membership, Workspace

LOWEST = 4  # one a week, 31 days


@pytest.fixture
def channel(marketer: Membership) -> Channel:
    return make_channel(marketer)


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership, channel: Channel) -> Strategy:
    strategy = make_strategy(workspace)
    PostKind.objects.create(strategy=strategy, channel=channel, lowest=1, highest=2)
    approve_answers(strategy, by=marketer)
    return strategy


def state_of(strategy: Strategy) -> MilestoneState:
    return MilestoneState(milestone_of(strategy, "first-month").state)


def plan(member: Membership, channel: Channel, day: date) -> None:
    make_post(member, channel, planned_on=day, planned_time=time(9))


def test_month_with_the_lowest_number_of_posts_ends_the_milestone(
    strategy: Strategy, marketer: Membership, channel: Channel
) -> None:
    for week in range(LOWEST - 1):
        plan(marketer, channel, START + timedelta(weeks=week))
    assert state_of(strategy) == MilestoneState.TO_COME

    plan(marketer, channel, START + timedelta(days=30))

    assert state_of(strategy) == MilestoneState.DONE
    assert milestone_of(strategy, "first-month").done_by == marketer.user


def test_other_days_and_channels_do_not_count(
    strategy: Strategy, marketer: Membership, channel: Channel
) -> None:
    for week in range(LOWEST - 1):
        plan(marketer, channel, START + timedelta(weeks=week))

    plan(marketer, channel, START - timedelta(days=1))
    plan(marketer, channel, START + timedelta(days=31))
    plan(marketer, make_channel(marketer, "facebook"), START)
    make_post(marketer, channel, planned_on=None, planned_time=None)

    assert state_of(strategy) == MilestoneState.TO_COME


@pytest.mark.parametrize("take_off", [remove_post, cancel_post])
def test_removed_and_cancelled_posts_of_the_month_do_not_count(
    take_off: Callable[..., object], strategy: Strategy, marketer: Membership, channel: Channel
) -> None:
    take_off(make_post(marketer, channel, planned_on=START), by=marketer.user)

    for week in range(LOWEST - 1):
        plan(marketer, channel, START + timedelta(weeks=week))

    assert state_of(strategy) == MilestoneState.TO_COME


def test_moving_a_post_into_the_month_ends_it_too(
    strategy: Strategy, marketer: Membership, channel: Channel
) -> None:
    for week in range(LOWEST - 1):
        plan(marketer, channel, START + timedelta(weeks=week))
    outside = make_post(marketer, channel, planned_on=START + timedelta(days=60))

    move_post(outside, START + timedelta(days=3), by=marketer.user)

    assert state_of(strategy) == MilestoneState.DONE


def test_what_somebody_reopened_is_looked_at_again_at_the_next_change(
    strategy: Strategy, marketer: Membership, channel: Channel
) -> None:
    for week in range(LOWEST):
        plan(marketer, channel, START + timedelta(weeks=week))
    milestone = milestone_of(strategy, "first-month")
    set_state(milestone, MilestoneState.TO_COME, by=marketer.user)
    assert state_of(strategy) == MilestoneState.TO_COME

    post = make_post(marketer, channel, planned_on=START + timedelta(days=60))
    save_post(post, {"title": "Lights"}, expected=post.revision, by=marketer.user)

    assert state_of(strategy) == MilestoneState.DONE


def test_strategy_without_a_lowest_number_is_never_planned_by_itself(
    workspace: Workspace, marketer: Membership, channel: Channel
) -> None:
    strategy = make_strategy(workspace)
    PostKind.objects.create(strategy=strategy, channel=channel, highest=2)
    approve_answers(strategy, by=marketer)

    plan(marketer, channel, START)

    assert state_of(strategy) == MilestoneState.TO_COME


@time_machine.travel("2026-08-20 10:00")
def test_roadmap_and_today_lead_to_the_calendar(
    strategy: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    Milestone.objects.filter(strategy=strategy).update(owner=marketer)
    client = client_as(marketer)
    place = reverse("calendar:month", args=["fjordlys", f"{START:%Y-%m}"])

    roadmap = client.get(reverse("strategies:roadmap", args=["fjordlys", strategy.uid]))
    today = client.get(reverse("today:today", args=["fjordlys"]))

    assert f'href="{place}"' in roadmap.content.decode()
    assert f'href="{place}"' in today.content.decode()
    month = client.get(place).content.decode()
    assert "begins on" in month
    assert "Begin a strategy" not in month
