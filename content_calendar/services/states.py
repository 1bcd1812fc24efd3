"""Changing the state of a post, by the table of ``content_calendar.enums``."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from content_calendar.enums import TRANSITIONS, PostState
from content_calendar.models import Post
from core.exceptions import Refusal


class TransitionError(Refusal):
    """The post does not go from its state to the one asked for, or somebody else was first."""


@transaction.atomic
def change_state(post: Post, to: PostState, *, by: User, **also: Any) -> Post:
    """Move ``post`` to ``to`` and write the fields ``also`` with it, or raise TransitionError.

    The UPDATE names the state that was read, so of two people at once only the first one wins.
    """
    before = PostState(post.state)
    if to not in TRANSITIONS[before]:
        raise TransitionError(
            _("This post is %(state)s; that is not possible now.")
            % {"state": str(before.label).lower()}
        )
    changed = Post.objects.filter(pk=post.pk, state=before, removed_at__isnull=True).update(
        state=to, updated_at=timezone.now(), updated_by=by, **also
    )
    if not changed:
        raise TransitionError(_("Somebody else changed this post meanwhile. Look at it again."))
    post.refresh_from_db()
    record(
        post.workspace,
        by=by,
        verb="content_calendar.post_state_changed",
        subject=("post", str(post.uid)),
        label=post.name,
        changes={"state": [str(before.label), str(to.label)]},
    )
    return post
