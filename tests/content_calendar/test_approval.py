"""Submitting, deciding, scheduling; what a change after the approval asks for."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from content_calendar.domain.fingerprint import fingerprint_of
from content_calendar.domain.rights import approval_needed
from content_calendar.enums import DecisionKind, MediaKind, PostState
from content_calendar.findings import PostFinding
from content_calendar.models import Post, PostDecision, PostMedia
from content_calendar.services.approval import (
    NeedsApproval,
    NotInReview,
    StalePage,
    approve,
    approve_alone,
    ask_for_changes,
    cancel_post,
    correct_and_approve,
    make_draft,
    schedule_post,
    submit_post,
)
from content_calendar.services.asking import approval_of
from content_calendar.services.posts import move_post, remove_post, save_post
from content_calendar.services.states import TransitionError
from core.exceptions import Refusal
from core.findings import Severity
from networks.models import Channel
from notifications.models import Notification
from tests.at_once import at_once
from tests.content_calendar.calendar_of import DAY, make_channel, make_post
from workspaces.enums import Engagement, Role
from workspaces.models import Membership

pytestmark = pytest.mark.django_db


def finding(severity: Severity) -> PostFinding:
    return PostFinding(severity=severity, code="test", sentence="Look at this.")


@pytest.fixture
def channel(marketer: Membership) -> Channel:
    return make_channel(marketer)


@pytest.fixture
def post(contributor: Membership, manager: Membership, channel: Channel) -> Post:
    """A contributor's post that waits for approval."""
    return submit_post(make_post(contributor, channel), by=contributor.user)


@pytest.fixture
def approved(post: Post, manager: Membership) -> Post:
    return approve(post, fingerprint=fingerprint_of(post), by=manager.user).post


def told(person: Membership) -> list[str]:
    own = Notification.objects.filter(recipient=person.user).order_by("pk")
    return [notice.kind.partition(".")[2] for notice in own]


# --- who needs an approval ------------------------------------------------------------------------


@pytest.mark.parametrize("engagement", Engagement)
@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.NEEDS_APPROVAL])
@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.MARKETER, Role.MANAGER, Role.ADMIN])
def test_who_needs_an_approval(
    role: Role, severity: Severity, engagement: Engagement, reader: Membership
) -> None:
    reader.role, reader.engagement = role, engagement
    is_external, asks = engagement == Engagement.EXTERNAL, severity == Severity.NEEDS_APPROVAL
    expected = {
        Role.CONTRIBUTOR: 1 + is_external + asks,
        Role.MARKETER: is_external + asks,
    }.get(role, 0)

    assert len(approval_needed(reader, [finding(severity)])) == expected


@pytest.mark.parametrize("engagement", Engagement)
@pytest.mark.parametrize("author", [Role.CONTRIBUTOR, Role.MARKETER])
@pytest.mark.parametrize("role", [Role.MARKETER, Role.MANAGER])
def test_post_that_another_began_needs_what_the_author_would_need(
    role: Role, author: Role, engagement: Engagement, reader: Membership, contributor: Membership
) -> None:
    post = make_post(contributor)
    Membership.objects.filter(pk=contributor.pk).update(role=author, engagement=engagement)
    reader.role = role
    of_author = (author == Role.CONTRIBUTOR) + (engagement == Engagement.EXTERNAL)

    assert len(approval_needed(reader, post=post)) == (of_author if role == Role.MARKETER else 0)


# --- submitting -----------------------------------------------------------------------------------


def test_submitted_post_waits_and_managers_are_told_once(
    post: Post, manager: Membership, second_manager: Membership, contributor: Membership
) -> None:
    assert (post.state, post.submitted_by) == (PostState.IN_REVIEW, contributor.user)
    assert told(manager) == ["approval_asked"]
    assert told(second_manager) == []  # joined later
    with pytest.raises(TransitionError):
        submit_post(post, by=contributor.user)


def test_post_of_others_is_not_submitted_by_a_contributor(
    marketer: Membership, manager: Membership, contributor: Membership
) -> None:
    with pytest.raises(Refusal, match="wrote or owns"):
        submit_post(make_post(marketer), by=contributor.user)


def test_submit_is_refused_where_nobody_can_approve(contributor: Membership) -> None:
    post = make_post(contributor)

    with pytest.raises(Refusal, match="Nobody here can approve"):
        submit_post(post, by=contributor.user)

    assert Post.objects.get(pk=post.pk).state == PostState.DRAFT


def test_idea_is_not_submitted(contributor: Membership, manager: Membership) -> None:
    idea = make_post(contributor, planned_on=None, planned_time=None)

    with pytest.raises(TransitionError):
        submit_post(idea, by=contributor.user)


def test_withdrawn_post_is_a_draft_and_asks_nobody(
    post: Post, contributor: Membership, manager: Membership
) -> None:
    make_draft(post, by=contributor.user)

    assert (post.state, post.submitted_by, post.submitted_at) == (PostState.DRAFT, None, None)
    assert not Notification.objects.filter(recipient=manager.user).unread().exists()


# --- deciding -------------------------------------------------------------------------------------


def test_approval_keeps_what_was_seen_and_found_and_answers_the_notice(
    post: Post, manager: Membership, contributor: Membership
) -> None:
    decision = approve(
        post,
        fingerprint=fingerprint_of(post),
        by=manager.user,
        comment=" Good. ",
        findings=[finding(Severity.WARNING)],
    )

    assert decision.post.state == PostState.APPROVED
    assert (decision.kind, decision.comment) == (DecisionKind.APPROVED, "Good.")
    assert decision.planned_at == post.planned_at
    assert decision.seen["text"] == post.text
    assert decision.seen["versions"][0]["text"] == post.text
    assert decision.findings == [
        {"severity": "warning", "code": "test", "sentence": "Look at this."}
    ]
    assert told(contributor) == ["post_approved"]
    assert not Notification.objects.filter(recipient=manager.user).unread().exists()


def test_changes_are_asked_for_with_a_comment(
    post: Post, manager: Membership, contributor: Membership
) -> None:
    with pytest.raises(Refusal, match="Say what"):
        ask_for_changes(post, fingerprint=fingerprint_of(post), comment=" ", by=manager.user)

    ask_for_changes(post, fingerprint=fingerprint_of(post), comment="Shorter.", by=manager.user)

    post.refresh_from_db()
    assert post.state == PostState.CHANGES_REQUESTED
    assert post.decisions.get().comment == "Shorter."
    assert told(contributor) == ["post_changes_requested"]
    assert submit_post(post, by=contributor.user).state == PostState.IN_REVIEW


Decide = Callable[[Post, str, Membership], Any]
DECISIONS: dict[str, Decide] = {
    "approve": lambda post, seen, who: approve(post, fingerprint=seen, by=who.user),
    "ask": lambda post, seen, who: ask_for_changes(
        post, fingerprint=seen, comment="Shorter.", by=who.user
    ),
    "correct": lambda post, seen, who: correct_and_approve(
        post, {"text": "Corrected."}, fingerprint=seen, by=who.user
    ),
}


@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)
def test_what_was_changed_after_the_page_was_made_is_not_decided_on(
    decide: Decide, post: Post, manager: Membership, contributor: Membership
) -> None:
    seen = fingerprint_of(post)
    save_post(post, {"text": "Lights are off."}, expected=post.revision, by=contributor.user)

    with pytest.raises(StalePage):
        decide(post, seen, manager)

    post.refresh_from_db()
    assert (post.state, post.text) == (PostState.IN_REVIEW, "Lights are off.")
    assert not post.decisions.exists()


@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)
def test_marketer_author_and_who_submitted_decide_nothing(
    decide: Decide,
    marketer: Membership,
    manager: Membership,
    second_manager: Membership,
    admin: Membership,
) -> None:
    own = submit_post(make_post(manager), by=second_manager.user)
    seen = fingerprint_of(own)

    for who in (marketer, manager, second_manager):
        with pytest.raises(Refusal) as refused:
            decide(own, seen, who)
        assert not isinstance(refused.value, StalePage | NotInReview)

    assert Post.objects.get(pk=own.pk).state == PostState.IN_REVIEW


@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)
def test_second_decision_hears_who_decided(
    decide: Decide, post: Post, manager: Membership, second_manager: Membership
) -> None:
    seen = fingerprint_of(post)
    approve(post, fingerprint=seen, by=manager.user)

    with pytest.raises(NotInReview, match="Magnus Manager has already approved"):
        decide(post, seen, second_manager)


def test_withdrawn_and_removed_posts_are_not_decided_on(
    post: Post, manager: Membership, contributor: Membership
) -> None:
    remove_post(post, by=contributor.user)
    with pytest.raises(NotInReview):
        approve(post, fingerprint=fingerprint_of(post), by=manager.user)

    Post.objects.update(removed_at=None)
    post.refresh_from_db()
    make_draft(post, by=contributor.user)
    with pytest.raises(NotInReview):
        approve(post, fingerprint=fingerprint_of(post), by=manager.user)


@pytest.mark.django_db(transaction=True)
def test_of_two_managers_at_once_one_decides(
    post: Post, manager: Membership, second_manager: Membership
) -> None:
    seen = fingerprint_of(post)

    outcomes = at_once(
        lambda: approve(post, fingerprint=seen, by=manager.user),
        lambda: ask_for_changes(post, fingerprint=seen, comment="No.", by=second_manager.user),
    )

    decided = [one for one in outcomes if isinstance(one, PostDecision)]
    refused = [one for one in outcomes if isinstance(one, Refusal)]
    assert (len(decided), len(refused)) == (1, 1), outcomes
    assert PostDecision.objects.count() == 1
    assert Post.objects.get(pk=post.pk).state == decided[0].kind


def test_correcting_approves_the_new_text_and_keeps_both(
    marketer: Membership, manager: Membership, contributor: Membership
) -> None:
    instagram, facebook = make_channel(marketer), make_channel(marketer, "facebook")
    own = {"own_text": "For Facebok.", "format": "image", "own_time": time(18)}
    draft = make_post(contributor, versions={instagram: {}, facebook: own})
    post = submit_post(draft, by=contributor.user)

    decision = correct_and_approve(
        post,
        {"text": "Winter lights.", str(facebook.uid): "For Facebook."},
        fingerprint=fingerprint_of(post),
        by=manager.user,
    )

    now = Post.objects.get(pk=post.pk)
    version = now.versions.get(channel=facebook)
    assert (now.state, now.text) == (PostState.APPROVED, "Winter lights.")
    assert (version.own_text, version.format, version.own_time) == (
        "For Facebook.",
        "image",
        time(18),
    )
    assert decision.fingerprint == fingerprint_of(now)
    assert decision.seen_before["text"] == "Winter lights open on Saturday."
    assert decision.seen["text"] == "Winter lights."


def test_admin_whom_nobody_can_read_approves_alone_with_a_reason(
    admin: Membership, channel: Channel
) -> None:
    post = submit_post(make_post(admin, channel), by=admin.user)
    seen = fingerprint_of(post)
    with pytest.raises(Refusal, match="Say why"):
        approve_alone(post, fingerprint=seen, reason=" ", by=admin.user)

    decision = approve_alone(post, fingerprint=seen, reason="Alone this week.", by=admin.user)

    assert decision.alone_reason == "Alone this week."
    assert decision.post.state == PostState.APPROVED


def test_nobody_approves_alone_beside_a_second_reader_or_without_being_the_author(
    admin: Membership, contributor: Membership, manager: Membership
) -> None:
    own = submit_post(make_post(admin), by=admin.user)
    with pytest.raises(Refusal, match="Magnus Manager can approve"):
        approve_alone(own, fingerprint=fingerprint_of(own), reason="Why not.", by=admin.user)

    manager.left_at = timezone.now()
    manager.save()
    with pytest.raises(Refusal, match="Only an admin"):
        approve_alone(own, fingerprint=fingerprint_of(own), reason="Why not.", by=contributor.user)


# --- a change after the approval ------------------------------------------------------------------


def test_text_changed_after_the_approval_asks_again(
    approved: Post, manager: Membership, marketer: Membership
) -> None:
    saved = save_post(
        approved, {"text": "Winter lights!"}, expected=approved.revision, by=marketer.user
    )

    assert (saved.state, saved.submitted_by) == (PostState.IN_REVIEW, marketer.user)
    assert told(manager) == ["approval_asked", "approval_asked"]


def test_manager_who_did_not_write_the_post_may_approve_the_own_change(
    approved: Post, manager: Membership, contributor: Membership
) -> None:
    saved = save_post(
        approved, {"text": "Winter lights!"}, expected=approved.revision, by=manager.user
    )

    assert (saved.state, saved.submitted_by) == (PostState.IN_REVIEW, contributor.user)
    approve(saved, fingerprint=fingerprint_of(saved), by=manager.user)


@pytest.mark.parametrize("what", ["own_text", "format", "channel"])
def test_channel_and_its_text_and_format_ask_again(
    what: str, approved: Post, marketer: Membership, channel: Channel
) -> None:
    other = make_channel(marketer, "facebook")
    versions: Any = {
        "own_text": {channel: {"own_text": "Own."}},
        "format": {channel: {"format": "story"}},
        "channel": {channel: {}, other: {}},
    }[what]

    saved = save_post(
        approved, {"versions": versions}, expected=approved.revision, by=marketer.user
    )

    assert saved.state == PostState.IN_REVIEW


def test_media_and_their_descriptions_are_part_of_the_fingerprint(
    approved: Post, marketer: Membership
) -> None:
    prints = {fingerprint_of(approved)}
    media = PostMedia.objects.create(
        post=approved, kind=MediaKind.LINK, address="https://a.example/1", created_by=marketer.user
    )
    prints.add(fingerprint_of(approved))
    for name, value in {"alt_text": "Lights", "address": "https://a.example/2"}.items():
        setattr(media, name, value)
        media.save()
        prints.add(fingerprint_of(approved))
    assert len(prints) == 4

    media.removed_at = timezone.now()
    media.save()

    assert fingerprint_of(approved) in prints


@pytest.mark.parametrize(
    ("day", "at", "asks"),
    [
        (DAY + timedelta(days=1), time(9), False),
        (DAY - timedelta(days=1), time(9), False),
        (DAY + timedelta(days=1), time(9, 1), True),
        (DAY - timedelta(days=1), time(8, 59), True),
    ],
)
def test_moving_asks_again_beyond_24_hours(
    day: date, at: time, asks: bool, approved: Post, marketer: Membership
) -> None:
    moved = move_post(approved, day, at, by=marketer.user)

    assert (moved.state == PostState.IN_REVIEW) is asks


def test_moving_twice_is_measured_from_what_was_approved(
    approved: Post, marketer: Membership
) -> None:
    moved = move_post(approved, DAY + timedelta(days=1), by=marketer.user)
    assert moved.state == PostState.APPROVED

    assert move_post(moved, DAY + timedelta(days=2), by=marketer.user).state == PostState.IN_REVIEW


@pytest.mark.parametrize("value", [{"tags": ["winter"]}, {"notes": "Ask Kari."}, "owner"])
def test_owner_tags_and_notes_do_not_ask(value: Any, approved: Post, marketer: Membership) -> None:
    values = {"owner": marketer} if value == "owner" else value

    saved = save_post(approved, values, expected=approved.revision, by=marketer.user)

    assert saved.state == PostState.APPROVED


@pytest.mark.parametrize("is_external", [False, True])
def test_change_of_what_needed_no_approval_asks_only_for_those_who_always_need_one(
    is_external: bool, marketer: Membership, manager: Membership, channel: Channel
) -> None:
    post = schedule_post(make_post(manager, channel), by=manager.user)
    if is_external:
        Membership.objects.filter(pk=marketer.pk).update(engagement=Engagement.EXTERNAL)

    saved = save_post(post, {"text": "Lights!"}, expected=post.revision, by=marketer.user)

    assert (saved.state == PostState.IN_REVIEW) is is_external


def test_approval_before_the_post_became_a_draft_again_no_longer_counts(
    marketer: Membership, manager: Membership, channel: Channel
) -> None:
    post = submit_post(make_post(marketer, channel), by=marketer.user)
    approved = approve(post, fingerprint=fingerprint_of(post), by=manager.user).post
    draft = make_draft(approved, by=marketer.user)
    scheduled = schedule_post(draft, by=marketer.user)

    moved = move_post(scheduled, DAY + timedelta(days=9), by=marketer.user)

    assert moved.state == PostState.SCHEDULED


def test_approval_of_an_earlier_submission_does_not_stand_for_a_later_one(
    approved: Post, contributor: Membership
) -> None:
    assert approval_of(approved) == approved.decisions.get()
    draft = make_draft(approved, by=contributor.user)

    assert approval_of(draft) is None
    assert approval_of(submit_post(draft, by=contributor.user)) is None


# --- scheduling and cancelling --------------------------------------------------------------------


def test_marketer_schedules_a_draft_at_once_and_a_contributor_after_approval(
    marketer: Membership, contributor: Membership, approved: Post, channel: Channel
) -> None:
    assert schedule_post(make_post(marketer, channel), by=marketer.user).state == "scheduled"
    with pytest.raises(NeedsApproval, match="contributors"):
        schedule_post(make_post(contributor, channel), by=contributor.user)

    assert schedule_post(approved, by=contributor.user).state == PostState.SCHEDULED


@pytest.mark.parametrize("severity", [Severity.BLOCKER, Severity.NEEDS_APPROVAL])
def test_finding_keeps_a_marketers_draft_from_being_scheduled(
    severity: Severity, marketer: Membership, channel: Channel
) -> None:
    post = make_post(marketer, channel)

    with pytest.raises(Refusal, match="Look at this"):
        schedule_post(post, by=marketer.user, findings=[finding(severity)])

    assert Post.objects.get(pk=post.pk).state == PostState.DRAFT


def test_post_without_a_channel_is_not_scheduled(marketer: Membership) -> None:
    with pytest.raises(Refusal, match="channel"):
        schedule_post(make_post(marketer), by=marketer.user)


def test_cancelled_post_becomes_a_draft_or_an_idea_again(marketer: Membership) -> None:
    post = cancel_post(make_post(marketer), by=marketer.user)
    assert make_draft(post, by=marketer.user).state == PostState.DRAFT

    idea = cancel_post(make_post(marketer, planned_on=None, planned_time=None), by=marketer.user)
    assert make_draft(idea, by=marketer.user).state == PostState.IDEA
