"""The table of states, and the states that are derived."""

import re
from datetime import UTC, datetime, time, timedelta
from itertools import product

import pytest
from django.utils import timezone

from content_calendar.enums import TRANSITIONS, DerivedState, PostState
from content_calendar.models import Post, PostVersion
from content_calendar.presentation.states import STATE_LOOKS, look_of
from content_calendar.services.states import REFUSALS, TransitionError, change_state
from tests.content_calendar.calendar_of import make_channel, make_post
from workspaces.models import Membership

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)  # the minute of ``make_post``
MOMENT = timedelta(microseconds=1)


DAY = {"planned_on": AT.date(), "planned_time": time(9), "planned_at": AT}
NO_DAY = dict.fromkeys(DAY)


def put(post: Post, state: PostState) -> Post:
    """Write a state past the table."""
    day = NO_DAY if state == PostState.IDEA else DAY
    Post.objects.filter(pk=post.pk).update(state=state, **day)
    post.refresh_from_db()
    return post


def publish(post: Post, number: int) -> None:
    """Say that so many versions are out."""
    keys = post.versions.values_list("pk", flat=True)[:number]
    PostVersion.objects.filter(pk__in=list(keys)).update(
        published_at=timezone.now(), published_by=post.created_by
    )


@pytest.mark.parametrize(("before", "after"), list(product(PostState, PostState)))
def test_state_goes_where_the_table_says_and_nowhere_else(
    before: PostState, after: PostState, marketer: Membership
) -> None:
    post = put(make_post(marketer), before)
    day = NO_DAY if after == PostState.IDEA else DAY

    if after in TRANSITIONS[before]:
        changed = change_state(post, after, by=marketer.user, **day)
        assert (changed.state, changed.revision) == (after, 2)
    else:
        with pytest.raises(TransitionError, match=re.escape(str(REFUSALS[before]))):
            change_state(post, after, by=marketer.user, **day)

    expected = after if after in TRANSITIONS[before] else before
    assert Post.objects.get(pk=post.pk).state == expected


def test_of_two_people_at_once_only_the_first_changes_the_state(marketer: Membership) -> None:
    post = make_post(marketer)
    as_read_by_another = Post.objects.get(pk=post.pk)
    change_state(post, PostState.SCHEDULED, by=marketer.user)

    with pytest.raises(TransitionError, match="meanwhile"):
        change_state(as_read_by_another, PostState.IN_REVIEW, by=marketer.user)


def test_removed_post_changes_no_state(marketer: Membership) -> None:
    post = make_post(marketer)
    Post.objects.filter(pk=post.pk).update(removed_at=timezone.now())

    with pytest.raises(TransitionError):
        change_state(post, PostState.SCHEDULED, by=marketer.user)


# --- derived: the queryset and the look of a card agree ------------------------------------------

BY_HAND = (PostState.APPROVED, PostState.SCHEDULED)
UNAPPROVED = (PostState.DRAFT, PostState.IN_REVIEW, PostState.CHANGES_REQUESTED)
LEAD = 24


def word_of(post: Post, now: datetime) -> str:
    found = Post.objects.for_calendar().get(pk=post.pk)
    return str(look_of(found, now=now, lead_time_hours=LEAD).word)


@pytest.mark.parametrize("state", PostState)
def test_post_is_due_from_its_minute_on(state: PostState, marketer: Membership) -> None:
    post = put(make_post(marketer, make_channel(marketer)), state)

    before, then = (Post.objects.due(now).exists() for now in (AT - MOMENT, AT))

    assert (before, then) == (False, state in BY_HAND)
    assert (word_of(post, AT) == "Due now") is (state in BY_HAND)
    assert word_of(post, AT - MOMENT) != "Due now"


@pytest.mark.parametrize("state", PostState)
def test_post_that_was_handed_over_should_be_out_from_its_minute_on(
    state: PostState, marketer: Membership
) -> None:
    post = put(make_post(marketer, make_channel(marketer)), state)

    before, then = (Post.objects.should_be_out(now).exists() for now in (AT - MOMENT, AT))

    assert (before, then) == (False, state == PostState.HANDED_OVER)
    assert (word_of(post, AT) == "Should be out") is (state == PostState.HANDED_OVER)
    assert word_of(post, AT - MOMENT) != "Should be out"


@pytest.mark.parametrize("state", PostState)
def test_post_is_missed_when_nobody_approved_it_in_time_or_published_it_in_a_day(
    state: PostState, marketer: Membership
) -> None:
    post = put(make_post(marketer, make_channel(marketer)), state)
    from_when = dict.fromkeys(UNAPPROVED, AT) | {
        state: AT + timedelta(hours=24) for state in BY_HAND
    }
    since = from_when.get(state, AT + timedelta(days=30))

    before, then = (Post.objects.missed(now).exists() for now in (since - MOMENT, since))

    assert (before, then) == (False, state in from_when)
    assert (word_of(post, since) == "Not published") is (state in from_when)
    assert word_of(post, since - MOMENT) != "Not published"


@pytest.mark.parametrize("state", PostState)
def test_approval_is_late_within_the_lead_time_until_its_minute(
    state: PostState, marketer: Membership
) -> None:
    post = put(make_post(marketer, make_channel(marketer)), state)
    since = AT - timedelta(hours=LEAD)
    moments = (since - MOMENT, since, AT - MOMENT, AT)
    expected = [False, state in UNAPPROVED, state in UNAPPROVED, False]

    assert [Post.objects.approval_late(now, LEAD).exists() for now in moments] == expected
    word = "Late draft" if state == PostState.DRAFT else "Approval late"
    assert [word_of(post, now) == word for now in moments] == expected


@pytest.mark.parametrize(("out", "is_partly_out"), [(0, False), (1, True), (2, False)])
def test_post_is_partly_published_between_the_first_and_the_last_channel(
    out: int, is_partly_out: bool, marketer: Membership
) -> None:
    channels = make_channel(marketer), make_channel(marketer, "facebook")
    post = put(make_post(marketer, *channels), PostState.SCHEDULED)

    publish(post, out)

    assert Post.objects.partly_published().exists() is is_partly_out
    assert (word_of(post, AT) == "Partly published") is is_partly_out


@pytest.mark.parametrize("state", [PostState.PUBLISHED, PostState.CANCELLED])
def test_post_that_is_over_is_not_partly_published(state: PostState, marketer: Membership) -> None:
    channels = make_channel(marketer), make_channel(marketer, "facebook")
    post = put(make_post(marketer, *channels), state)

    publish(post, 1)

    assert not Post.objects.partly_published().exists()
    assert word_of(post, AT) == str(state.label)


def test_every_state_has_a_look_of_its_own() -> None:
    assert set(STATE_LOOKS) == {*PostState, *DerivedState}
    assert len({look.icon for look in STATE_LOOKS.values()}) == len(STATE_LOOKS)
