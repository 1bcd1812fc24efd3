"""The parts of a post's page that have forms of their own. A function for each, reading only."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from activity.entries import entries_of
from content_calendar.domain.rights import may_draft
from content_calendar.enums import WAITING, PostState
from content_calendar.findings import PostFinding
from content_calendar.forms.comment import CommentForm
from content_calendar.forms.copies import TemplateForm, UndoForm
from content_calendar.forms.going_out import AddressForm, HandOverForm
from content_calendar.forms.media import DescriptionsForm, MediaForm
from content_calendar.forms.reasons import ReasonsForm
from content_calendar.models import Post, PostComment, PostMedia
from content_calendar.presentation.going_out import going_out_of
from content_calendar.presentation.history import records_of
from content_calendar.presentation.post_state import standing_of
from content_calendar.services.approval import blockers_in
from content_calendar.services.reasons import reasons_of, without_reason
from policies.services.holding import HoldOn
from workspaces.models import Membership

#: States from which a post goes on only with a reason for each rule that asks why.
ASKS_WHY = (PostState.DRAFT, PostState.CHANGES_REQUESTED, PostState.APPROVED)
#: Changes on the post's own page; the page of its history has them all.
NEWEST = 5


def media_of(
    post: Post, form: MediaForm | None = None, descriptions: DescriptionsForm | None = None
) -> dict[str, Any]:
    """Return the images, videos and links in their order, each image with its description."""
    media = list(PostMedia.objects.live().filter(post=post).in_order())
    descriptions = descriptions or DescriptionsForm(media=media)
    named = {**descriptions.media_by_name, **descriptions.videos_by_name}
    fields = {one: descriptions[name] for name, one in named.items()}
    return {
        "media": [(one, fields.get(one)) for one in media],
        "descriptions": descriptions,
        "media_form": form or MediaForm(initial={"token": uuid.uuid4()}),
    }


def comments_on(post: Post, form: CommentForm | None = None) -> dict[str, Any]:
    """Return the thread, oldest first."""
    thread = PostComment.objects.live().filter(post=post).for_thread()
    return {
        "comments": list(thread),
        "comment_form": form
        or CommentForm(workspace=post.workspace, initial={"token": uuid.uuid4()}),
    }


def history_of(post: Post) -> dict[str, Any]:
    """Return the newest changes, and whether the last one can be undone."""
    return {
        "entries": entries_of(records_of(post)[: NEWEST * 4])[:NEWEST],
        "can_undo": post.snapshots.exists(),
        "undo_form": UndoForm(initial={"revision": post.revision}),
    }


def copies_of(post: Post, form: TemplateForm | None = None) -> dict[str, Any]:
    """Return the forms that copy the post."""
    return {
        "template_form": form
        or TemplateForm(initial={"token": uuid.uuid4(), "name": post.title[:80]}),
        "copy_token": uuid.uuid4(),
    }


def state_parts(
    post: Post, member: Membership, findings: Sequence[PostFinding], *, hold: HoldOn | None
) -> dict[str, Any]:
    """Return what the page shows of the post's state and of its going out; ``hold`` stops posts now."""
    now = timezone.now()
    parts = going_out_of(post, member, now=now, hold=hold)
    asking = without_reason(post, findings) if post.state in ASKS_WHY else []
    return {
        "standing": standing_of(post, member, now=now, findings=findings, hold=hold),
        **parts,
        "outgoing": [
            (
                one,
                AddressForm(
                    initial={"address": one.version.published_address},
                    auto_id=f"id_{one.version.pk}_%s",
                ),
            )
            for one in parts.get("outgoing", ())
        ],
        "blockers": blockers_in(findings) if post.state in WAITING else [],
        "hand_over_form": HandOverForm() if post.state in WAITING else None,
        "reasons": reasons_of(post).values(),
        "reasons_form": ReasonsForm(post=post, asking=asking)
        if asking and may_draft(member, post)
        else None,
    }
