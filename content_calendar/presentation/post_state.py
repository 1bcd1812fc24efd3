"""Where a post stands: what happens next and by whom, what one can do, and what was decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from content_calendar.domain.fingerprint import seen_in
from content_calendar.domain.holding import is_stopped
from content_calendar.domain.rights import (
    approval_needed,
    is_author,
    may_decide,
    may_draft,
    why_not_publish_now,
)
from content_calendar.enums import BY_HAND, OVER, WAITING, DecisionKind, PostState
from content_calendar.findings import PostFinding
from content_calendar.models import Post, PostDecision
from content_calendar.presentation.states import StateLook, look_of
from content_calendar.services.approval import may_approve_alone
from content_calendar.services.asking import who_can_decide
from content_calendar.services.holding import why_held
from core.diff import Segment, shortened, without_blanks, word_diff
from core.templatetags.ui_tags import when
from core.text import isolated
from policies.services.holding import HoldOn
from workspaces.models import Membership
from workspaces.permissions import Permission

NAMES = 3  # so many of those who can approve are named


@dataclass(frozen=True)
class PostAction:
    """One thing to do: a button that POSTs to ``url``, or a link to it."""

    label: str
    icon: str
    url: str
    is_link: bool = False
    sure: str = ""  # asked before it is done


@dataclass(frozen=True)
class TextChange:
    """A text before and after, word by word; ``label`` says which."""

    label: str
    segments: Sequence[Segment]


@dataclass(frozen=True)
class Decision:
    """A decision with what it says of texts: a correction, or what was seen."""

    row: PostDecision
    look: StateLook
    corrected: Sequence[TextChange]


@dataclass
class PostStanding:
    """What the part on the state shows. ``primary`` is the one thing for who looks to do."""

    look: StateLook
    next: str
    primary: PostAction | None = None
    others: list[PostAction] = field(default_factory=list)
    decisions: Sequence[Decision] = ()
    changes: Sequence[TextChange] = ()
    approved_before: PostDecision | None = None
    still_lies_in: str = ""


def standing_of(
    post: Post,
    member: Membership,
    *,
    now: datetime,
    findings: Sequence[PostFinding] = (),
    hold: HoldOn | None = None,
) -> PostStanding:
    """Return where the post stands, for ``member``; ``hold`` is what stops posts now."""
    look = look_of(post, now=now, lead_time_hours=post.workspace.lead_time_hours, hold=hold)
    decisions = list(post.decisions.select_related("by"))
    stopped = hold if is_stopped(post, hold) else None
    plans = post.state == PostState.DRAFT or (
        post.state == PostState.IN_REVIEW and may_draft(member, post)
    )
    needed = approval_needed(member, findings, post=post) if plans else []
    standing = PostStanding(
        look=look,
        next=_next(post, now, decisions, needed),
        decisions=[_decision(one) for one in decisions],
    )
    is_another = post.state not in {PostState.HANDED_OVER, PostState.PUBLISHED}
    if post.state == PostState.HANDED_OVER and post.handed_over_at:
        is_another = post.snapshots.filter(at__gt=post.handed_over_at).exists()
    if post.handed_over_to and is_another:
        standing.still_lies_in = post.handed_over_to
    if post.removed_at is not None:
        return standing
    if stopped is not None:
        standing.next = _next_while_stopped(post, stopped, standing.next)
    approval = next((one for one in decisions if one.kind == DecisionKind.APPROVED), None)
    if approval is not None and post.state == PostState.IN_REVIEW:
        standing.approved_before = approval
        standing.changes = changes_between(approval.seen, seen_in(post))
    actions = list(_actions(post, member, now, needed, stopped))
    standing.primary = next((action for action, is_first in actions if is_first), None)
    standing.others = [action for action, _first in actions if action is not standing.primary]
    return standing


# --- what happens next ----------------------------------------------------------------------------


def _next(
    post: Post, now: datetime, decisions: Sequence[PostDecision], needed: Sequence[str]
) -> str:
    owner = isolated(post.owner.name if post.owner else post.created_by)
    words = {"person": owner, "moment": when(post.planned_at, post.workspace)}
    match post.state:
        case PostState.IDEA:
            return _("It has no day. Give it one to plan it.")
        case PostState.DRAFT:
            if needed:
                return " ".join([*needed, _("Submit it when it is ready.")])
            return _("You can schedule it without approval when it is ready.")
        case PostState.IN_REVIEW:
            return _waits_for(post)
        case PostState.CHANGES_REQUESTED:
            by = isolated(decisions[0].by) if decisions else _("Somebody")
            return _("%(person)s asked for changes. Make them and submit it again.") % {
                "person": by
            }
        case PostState.HANDED_OVER:
            return _("It lies in %(tool)s since %(since)s; %(by)s put it there.") % {
                "tool": isolated(post.handed_over_to),
                "since": when(post.handed_over_at, post.workspace),
                "by": isolated(post.handed_over_by),
            }
        case PostState.PUBLISHED:
            return _("It is out on every channel.")
        case PostState.CANCELLED:
            return _("It does not go out, and counts in no week.")
    if post.planned_at is not None and post.planned_at <= now:
        return _("%(person)s publishes it now: it was planned for %(moment)s.") % words
    return _("%(person)s publishes it by hand on %(moment)s.") % words


def _next_while_stopped(post: Post, hold: HoldOn, said: str) -> str:
    if post.state in WAITING:
        said = why_held(hold)
        if post.state != PostState.HANDED_OVER:
            return said
        there = _("It lies in %(tool)s, which we cannot stop: stop it there, then tick it off.")
        return f"{said} {there % {'tool': isolated(post.handed_over_to)}}"
    if post.state in {PostState.DRAFT, PostState.IN_REVIEW, PostState.CHANGES_REQUESTED}:
        also = _("Posts are stopped now: it can be written and approved, and scheduled afterwards.")
        return f"{said} {also}"
    return said


def _waits_for(post: Post) -> str:
    names = [isolated(member.name) for member in who_can_decide(post)]
    if not names:
        return _("It waits for approval, and nobody else here can approve it.")
    more = len(names) - NAMES
    if more > 0:
        names = [*names[:NAMES], _("%(number)d more") % {"number": more}]
    who = get_text_list(names, _("or"))
    if post.planned_at is None:
        return _("It waits for approval by %(who)s.") % {"who": who}
    by = post.planned_at - timedelta(hours=post.workspace.lead_time_hours)
    return _("It waits for approval by %(who)s, needed by %(moment)s.") % {
        "who": who,
        "moment": when(by, post.workspace),
    }


# --- what one can do ------------------------------------------------------------------------------


def _actions(
    post: Post,
    member: Membership,
    now: datetime,
    needed: Sequence[str],
    stopped: HoldOn | None,
) -> Iterator[tuple[PostAction, bool]]:
    """Yield each action, and whether it is the one for who looks.

    ``needed`` says why somebody else must approve the post (``approval_needed``).
    While posts are stopped (``stopped``) nothing is offered that lets the post go out.
    """

    def url(name: str) -> str:
        return reverse(f"calendar:{name}", args=[post.workspace.slug, post.uid])

    if post.state == PostState.IN_REVIEW:
        reads = may_decide(member, post) or (
            is_author(member.user_id, post) and may_approve_alone(post, by=member.user)
        )
        label = _("Review it") if reads else _("See what is waiting for approval")
        yield PostAction(label, "eye", url("review"), is_link=True), reads
    if not may_draft(member, post):
        return
    submit = PostAction(_("Submit for approval"), "send", url("submit"))
    draft = PostAction(_("Make it a draft again"), "edit", url("make_draft"))
    schedule = PostAction(_("Schedule it"), "clock", url("schedule"))
    publish_now = PostAction(
        _("Publish now, tell the managers"), "out", url("publish_now"), is_link=True
    )
    is_past = post.planned_at is not None and post.planned_at <= now
    match post.state:
        case PostState.DRAFT:
            goes_at_once = not needed
            if goes_at_once and stopped is None:
                yield schedule, True
            yield submit, not goes_at_once
            if not goes_at_once and stopped is None and not why_not_publish_now(member, post):
                yield publish_now, False
        case PostState.CHANGES_REQUESTED:
            yield submit, True
        case PostState.IN_REVIEW:
            yield PostAction(_("Withdraw it"), "undo", url("make_draft")), False
            if needed and stopped is None and not why_not_publish_now(member, post):
                yield publish_now, False
        case PostState.APPROVED if not is_past and stopped is None:
            yield schedule, True
        case PostState.CANCELLED:
            yield draft, True
    if stopped is not None and post.state in WAITING:
        page = reverse("calendar:hold", args=[post.workspace.slug, stopped.hold.uid])
        yield PostAction(_("See what is held"), "hand", page, is_link=True), True
    elif is_past and post.state in WAITING:
        yield (
            PostAction(
                _("Publish it") if post.state in BY_HAND else _("Say whether it is out"),
                "out",
                "#going-out",
                is_link=True,
            ),
            True,
        )
    is_out_somewhere = any(version.is_published for version in post.versions.all())
    if post.state in BY_HAND and not is_out_somewhere:
        yield draft, False
    if post.state != PostState.CANCELLED and not is_out_somewhere:
        sure = _(
            "It stays in the calendar, but it does not go out and counts in no week. Cancel it?"
        )
        yield PostAction(_("Cancel this post"), "x", url("cancel"), sure=sure), False
    if member.can(Permission.LIFT_HOLD) and post.state not in OVER:
        if post.is_crisis_information:
            label, name = _("It is no crisis information"), "crisis_unmark"
        else:
            label, name = _("Mark as crisis information"), "crisis_mark"
        yield PostAction(label, "flag", url(name)), False


# --- decisions and texts --------------------------------------------------------------------------


def _decision(row: PostDecision) -> Decision:
    is_approval = row.kind == DecisionKind.APPROVED
    if row.kind == DecisionKind.NOT_WAITED:
        return Decision(row, StateLook("warn", "warn", row.get_kind_display()), [])
    if is_approval and row.alone_reason:
        look = StateLook("warn", "warn", _("Approved without a second reader"))
    elif is_approval and row.seen_before:
        look = StateLook("done", "good", _("Corrected and approved"))
    elif is_approval:
        look = StateLook("done", "good", _("Approved"))
    else:
        look = StateLook("comment", "warn", _("Changes requested"))
    corrected = changes_between(row.seen_before, row.seen) if row.seen_before else []
    return Decision(row, look, corrected)


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> list[TextChange]:
    """Return what differs between two posts as seen (``fingerprint.seen_in``), word by word."""
    found = [_change(_("Text"), before.get("text", ""), after.get("text", ""))]
    was, now = _versions(before), _versions(after)
    for uid in dict.fromkeys([*was, *now]):
        old, new = was.get(uid), now.get(uid)
        if _goes_with_text(old, before) and _goes_with_text(new, after) and _same_format(old, new):
            continue  # it changed with the text of the post
        label = (now.get(uid) or was[uid])["channel"]
        found.append(_change(label, _version_text(was, uid), _version_text(now, uid)))
    found.append(_change(_("Media"), _media_text(before), _media_text(after)))
    return [change for change in found if change is not None]


def _goes_with_text(version: dict[str, str] | None, seen: dict[str, Any]) -> bool:
    """Whether a channel has the text of the post."""
    return version is not None and version["text"] == seen.get("text", "")


def _same_format(one: dict[str, str] | None, other: dict[str, str] | None) -> bool:
    return one is not None and other is not None and one["format"] == other["format"]


def _change(label: str, before: str, after: str) -> TextChange | None:
    if before == after:
        return None
    return TextChange(label, shortened(without_blanks(word_diff(before, after))))


def _versions(seen: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {version["uid"]: version for version in seen.get("versions", ())}


def _version_text(versions: dict[str, dict[str, str]], uid: str) -> str:
    version = versions.get(uid)
    return f"{version['format']}\n{version['text']}" if version else ""


def _media_text(seen: dict[str, Any]) -> str:
    lines = [
        " ".join(filter(None, [one["name"], one["address"], one["alt_text"]]))
        for one in seen.get("media", ())
    ]
    return "\n".join(lines)
