"""Submitting a post, deciding on it, and scheduling it.

Every move goes through ``change_state``: of two managers at once only the first one decides. A
decision names the fingerprint of what its page showed, so that nobody approves a text unseen.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from content_calendar.domain.fingerprint import fingerprint_of, seen_in
from content_calendar.domain.rights import approval_needed, is_author, may_draft
from content_calendar.enums import DecisionKind, PostState
from content_calendar.findings import PostFinding
from content_calendar.models import Post, PostDecision
from content_calendar.services.asking import ask_managers, who_can_decide
from content_calendar.services.holding import refuse_if_held
from content_calendar.services.posts import VERSION_FIELDS, save_post
from content_calendar.services.reasons import reasons_of, refuse_without_reasons
from content_calendar.services.states import change_state
from core.exceptions import Conflict, Refusal
from core.findings import Severity
from core.text import isolated
from notifications.services import notify
from workspaces.models import Membership
from workspaces.permissions import Permission


class NotInReview(Refusal):
    """The post does not wait for a decision; the sentence says who decided, where somebody did."""


class StalePage(Refusal):
    """The post was changed after the page was made on which it was read."""

    def __init__(self) -> None:
        super().__init__(
            _("This post was changed after you opened the page. Read it again, then decide.")
        )


class NeedsApproval(Refusal):
    """Somebody else must approve the post first; ``reasons`` say why."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join([*reasons, _("Submit it for review.")]))
        self.reasons = reasons


# --- submitting and taking back -------------------------------------------------------------------


@transaction.atomic
def submit_post(post: Post, *, by: User, findings: Iterable[PostFinding] = ()) -> Post:
    """Ask the managers to approve the post.

    Raises Refusal where nobody can, NeedsReasons where one of ``findings`` asks why, TransitionError.
    """
    refuse_unless_drafting(post, by)
    refuse_without_reasons(post, findings)
    now = timezone.now()
    post = change_state(post, PostState.IN_REVIEW, by=by, submitted_at=now, submitted_by=by)
    if not who_can_decide(post).exists() and not may_approve_alone(post, by=by):
        raise Refusal(_("Nobody here can approve it. Ask an admin to invite a manager first."))
    ask_managers(post, by=by)
    return post


@transaction.atomic
def make_draft(post: Post, *, by: User) -> Post:
    """Make the post a draft again: withdrawn from review, unscheduled, or no longer cancelled.

    A post without a day becomes an idea. Raises Refusal when a channel is out already.
    """
    refuse_unless_drafting(post, by)
    refuse_if_partly_out(post)
    to = PostState.DRAFT if post.planned_on else PostState.IDEA
    return change_state(post, to, by=by, submitted_at=None, submitted_by=None)


@transaction.atomic
def cancel_post(post: Post, *, by: User) -> Post:
    """Keep the post in the calendar, but count it no longer and let it not go out."""
    refuse_unless_drafting(post, by)
    refuse_if_partly_out(post)
    return change_state(post, PostState.CANCELLED, by=by)


@transaction.atomic
def schedule_post(post: Post, *, by: User, findings: Iterable[PostFinding] = ()) -> Post:
    """Fix the time of the post; its owner publishes it then.

    What was approved is scheduled as it is. A draft is scheduled without approval only by those who
    need none: raises NeedsApproval for the others, Refusal for a blocker among ``findings`` and while
    posts are stopped, NeedsReasons where one of the findings asks why.
    """
    found = list(findings)
    member = refuse_unless_drafting(post, by)
    refuse_unless_ready(post, found)
    refuse_if_held(post)
    refuse_without_reasons(post, found)
    if post.state != PostState.DRAFT:
        return change_state(post, PostState.SCHEDULED, by=by)
    if reasons := approval_needed(member, found, post=post):
        raise NeedsApproval(reasons)
    return change_state(post, PostState.SCHEDULED, by=by, submitted_at=None, submitted_by=None)


# --- deciding -------------------------------------------------------------------------------------


def may_approve_alone(post: Post, *, by: User) -> bool:
    """Whether ``by`` may approve an own post because nobody else can."""
    member = Membership.objects.for_workspace(post.workspace).active().filter(user=by).first()
    return (
        member is not None
        and member.can(Permission.APPROVE_ALONE)
        and is_author(by.pk, post)
        and not who_can_decide(post).exists()
    )


@transaction.atomic
def approve(
    post: Post,
    *,
    fingerprint: str,
    by: User,
    comment: str = "",
    findings: Iterable[PostFinding] = (),
) -> PostDecision:
    """Approve the post as its page with ``fingerprint`` showed it.

    Raises StalePage when it was changed since, NotInReview when it was decided, Refusal for who wrote
    it or may not decide.
    """
    post = _refuse_unless_decider(post, by)
    return _decide(
        post,
        DecisionKind.APPROVED,
        fingerprint=fingerprint,
        by=by,
        comment=comment.strip(),
        findings=findings,
    )


@transaction.atomic
def ask_for_changes(post: Post, *, fingerprint: str, comment: str, by: User) -> PostDecision:
    """Send the post back with what should change. Raises as ``approve`` does, and without a comment."""
    post = _refuse_unless_decider(post, by)
    if not comment.strip():
        raise Refusal(_("Say what should change."))
    return _decide(
        post,
        DecisionKind.CHANGES_REQUESTED,
        fingerprint=fingerprint,
        by=by,
        comment=comment.strip(),
    )


@transaction.atomic
def correct_and_approve(
    post: Post,
    texts: Mapping[str, str],
    *,
    fingerprint: str,
    by: User,
    comment: str = "",
    findings: Iterable[PostFinding] = (),
) -> PostDecision:
    """Write ``texts`` into the post and approve it with them; the decision keeps both.

    ``texts`` has the text of the post as ``text``, and texts of versions by the uid of their channel.
    Raises as ``approve`` does.
    """
    post = _refuse_unless_decider(post, by)
    if fingerprint != fingerprint_of(post):
        raise StalePage
    seen_before = seen_in(post)
    versions = {
        version.channel: {name: getattr(version, name) for name in VERSION_FIELDS}
        | ({"own_text": texts[uid]} if (uid := str(version.channel.uid)) in texts else {})
        for version in post.versions.select_related("channel")
    }
    values = {"text": texts.get("text", post.text), "versions": versions}
    try:
        saved = save_post(post, values, expected=post.revision, by=by)
    except Conflict:
        raise StalePage from None
    return _decide(
        saved,
        DecisionKind.APPROVED,
        fingerprint=fingerprint_of(saved),
        by=by,
        comment=comment.strip(),
        findings=findings,
        seen_before=seen_before if seen_before != seen_in(saved) else {},
    )


@transaction.atomic
def approve_alone(
    post: Post, *, fingerprint: str, reason: str, by: User, findings: Iterable[PostFinding] = ()
) -> PostDecision:
    """Let an admin approve an own post, with a reason, because nobody else can."""
    if not reason.strip():
        raise Refusal(_("Say why it is approved without a second reader."))
    post = _refuse_unless_waiting(post)
    if other := who_can_decide(post).first():
        raise Refusal(
            _("%(person)s can approve this post. Ask for a second reader instead.")
            % {"person": isolated(other.name)}
        )
    if not may_approve_alone(post, by=by):
        raise Refusal(_("Only an admin who wrote or submitted the post can approve it alone."))
    return _decide(
        post,
        DecisionKind.APPROVED,
        fingerprint=fingerprint,
        by=by,
        findings=findings,
        alone_reason=reason.strip(),
    )


def _decide(
    post: Post,
    kind: DecisionKind,
    *,
    fingerprint: str,
    by: User,
    findings: Iterable[PostFinding] = (),
    **more: Any,
) -> PostDecision:
    if fingerprint != fingerprint_of(post):
        raise StalePage
    # The revision was read before the fingerprint: whatever is saved in between, nobody decides on.
    change_state(post, PostState(kind.value), by=by, revision=post.revision)
    reasons = reasons_of(post)
    decision = PostDecision.objects.create(
        post=post,
        kind=kind,
        by=by,
        planned_at=post.planned_at,
        fingerprint=fingerprint,
        seen=seen_in(post),
        findings=[
            {
                "severity": str(finding.severity),
                "code": finding.code,
                "sentence": str(finding.sentence),
                **({"why": str(reasons[finding.rule])} if finding.rule in reasons else {}),
            }
            for finding in findings
        ],
        **more,
    )
    alone = decision.alone_reason
    record(
        post.workspace,
        by=by,
        verb=f"content_calendar.post_{kind.value}{'_alone' if alone else ''}",
        subject=("post", str(post.uid)),
        label=post.name,
        changes={"comment": ["", alone or decision.comment]} if alone or decision.comment else {},
    )
    _tell_decided(decision, by=by)
    return decision


def _tell_decided(decision: PostDecision, *, by: User) -> None:
    """Tell who wrote, who submitted and who owns the post."""
    post = decision.post
    people = [post.created_by, post.submitted_by, post.owner.user if post.owner else None]
    here = Membership.objects.for_workspace(post.workspace).active().values_list("user", flat=True)
    still_here = set(here.filter(user__in=[one for one in people if one]))
    notify(
        workspace=post.workspace,
        recipients=[one for one in people if one and one.pk in still_here and one.pk != by.pk],
        kind=f"content_calendar.post_{decision.kind}",
        source=f"decision:{decision.uid}",
        subject=("decision", decision.uid),
        params={"post": post.name},
        url=post.get_absolute_url(),
        by=by,
    )


# --- who and when ---------------------------------------------------------------------------------


def refuse_unless_drafting(post: Post, by: User) -> Membership:
    """Return the membership of ``by``, who works on the post; raise Refusal for others."""
    members = Membership.objects.for_workspace(post.workspace).active()
    member = members.filter(user=by).select_related("workspace").first()
    if member is None or not may_draft(member, post):
        raise Refusal(_("Only marketers, and who wrote or owns this post, can do that."))
    return member


def refuse_unless_ready(post: Post, findings: Iterable[PostFinding]) -> None:
    """Raise Refusal where the post cannot go out as it is: without a channel, or with a blocker."""
    if not post.versions.exists():
        raise Refusal(_("Choose at least one channel first."))
    if blockers := blockers_in(findings):
        raise Refusal(" ".join(blockers))


def blockers_in(findings: Iterable[PostFinding]) -> list[str]:
    """Return what stands in the way, in sentences, each once."""
    found = (str(one.sentence) for one in findings if one.severity == Severity.BLOCKER)
    return list(dict.fromkeys(found))


def refuse_if_partly_out(post: Post) -> None:
    """Raise Refusal where a channel is out already."""
    if post.versions.filter(published_at__isnull=False).exists():
        raise Refusal(
            _("This post is out on a channel already. Take the other channels off it instead.")
        )


def _refuse_unless_waiting(post: Post) -> Post:
    """Return the post as it is now, held until the transaction ends."""
    Post.objects.select_for_update(no_key=True).only("pk").get(pk=post.pk)
    now = Post.objects.select_related("workspace", "owner__user").get(pk=post.pk)
    if now.state == PostState.IN_REVIEW and now.removed_at is None:
        return now
    newest = now.decisions.select_related("by").first()
    if newest and now.submitted_at and newest.at >= now.submitted_at:
        words = {"person": isolated(newest.by)}
        if newest.kind == DecisionKind.APPROVED:
            raise NotInReview(_("%(person)s has already approved this post.") % words)
        raise NotInReview(_("%(person)s has already asked for changes to this post.") % words)
    raise NotInReview(_("This post no longer waits for approval."))


def _refuse_unless_decider(post: Post, by: User) -> Post:
    members = Membership.objects.for_workspace(post.workspace).active()
    if not members.who_can(Permission.APPROVE_POSTS).filter(user=by).exists():
        raise Refusal(_("Only a manager or an admin can decide on a post."))
    now = _refuse_unless_waiting(post)
    if is_author(by.pk, now):
        raise Refusal(_("You wrote or submitted this post, so somebody else decides."))
    return now
