"""The reminder to look a hashtag up when the time has come."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from content_calendar.enums import PostState
from content_calendar.models import Post
from notifications.models import Notification
from notifications.notification_types import sentence_of, why_of
from policies.enums import HashtagVerdict
from policies.models import RuleSetting
from policies.services.hashtags import Looked, check_hashtag
from policies.services.policies import Publication, add_policy, publish_policy
from reminders.scheduler import fire_moment
from reminders.timed_kinds import TIMED_KINDS, MomentKind
from tests.content_calendar.calendar_of import make_channel, make_post
from workspaces.enums import Engagement
from workspaces.models import Membership, Workspace

#: A post for three in the afternoon of 20 January 2027 in Oslo: its tag is checked from eleven on.
MADE = datetime(2027, 1, 19, 11, tzinfo=UTC)
ELEVEN = datetime(2027, 1, 20, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _made() -> Iterator[None]:
    with time_machine.travel(MADE, tick=False):
        yield


@pytest.fixture
def post(workspace: Workspace, admin: Membership, marketer: Membership) -> Post:
    policy = add_policy(workspace, {"title": "Policy", "text": "Words."}, by=admin.user)
    publish_policy(policy, Publication(), expected=policy.revision, by=admin.user)
    RuleSetting.objects.create(policy=policy, rule="hashtags", is_on=True, severity="blocker")
    made = make_post(
        marketer,
        make_channel(marketer),
        text="Lights #nordlys",
        planned_on=date(2027, 1, 20),
        planned_time=time(15),
    )
    Post.objects.filter(pk=made.pk).update(state=PostState.SCHEDULED)
    return made


def fire(at: datetime) -> list[Notification]:
    """Let the kind look at a moment; return what it has told so far."""
    kind = TIMED_KINDS["hashtag_check"]
    assert isinstance(kind, MomentKind)
    with time_machine.travel(at, tick=False):
        for moment in list(kind.find(at - MINUTE, at)):
            fire_moment(kind, moment, now=at)
    return list(Notification.objects.filter(kind="reminders.hashtag_check").order_by("pk"))


def test_owner_is_told_once_when_a_check_begins_to_count(post: Post, marketer: Membership) -> None:
    assert fire(ELEVEN - MINUTE) == []

    (told,) = fire(ELEVEN)

    assert told.recipient == marketer.user
    assert "#nordlys" in sentence_of(told)
    assert "15:00" in sentence_of(told)
    assert why_of(told)
    assert fire(ELEVEN + MINUTE) == [told]


def test_checked_hashtag_and_rule_that_is_off_tell_nobody(post: Post, marketer: Membership) -> None:
    with time_machine.travel(ELEVEN - MINUTE, tick=False):
        RuleSetting.objects.update(parameters={"hours": 5})
        safe = Looked(HashtagVerdict.SAFE, "Lights.")
        check_hashtag(post.workspace, "nordlys", safe, by=marketer)
        RuleSetting.objects.update(parameters={})
    assert fire(ELEVEN) == []

    RuleSetting.objects.update(is_on=False)
    Post.objects.get().hashtags.update(key="other")
    assert fire(ELEVEN) == []


def test_of_what_an_external_wrote_those_are_told_who_approve(
    post: Post, marketer: Membership, manager: Membership
) -> None:
    marketer.engagement, marketer.company = Engagement.EXTERNAL, "Kystlyd"
    marketer.save()

    told = {one.recipient for one in fire(ELEVEN)}

    assert manager.user in told
    assert marketer.user not in told


def test_email_is_not_wanted_any_more_once_somebody_has_checked(
    post: Post, marketer: Membership
) -> None:
    (told,) = fire(ELEVEN)
    recheck = TIMED_KINDS["hashtag_check"].notice.recheck
    assert recheck is not None

    assert recheck(told) == ""
    with time_machine.travel(ELEVEN, tick=False):
        safe = Looked(HashtagVerdict.SAFE, "Lights.")
        check_hashtag(post.workspace, "nordlys", safe, by=marketer)
    assert str(recheck(told)) == "The hashtags have been checked."
