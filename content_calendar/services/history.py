"""Taking back the last change of a post."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import User
from content_calendar.models import Post
from content_calendar.services.posts import save_post
from content_calendar.services.stored_values import values_from
from core.exceptions import Conflict, Refusal

_CHANGED = _lazy(
    "Somebody changed this post since you opened the page. Nothing was undone: look at it again."
)


@transaction.atomic
def undo_last_change(post: Post, *, expected: int, by: User) -> Post:
    """Write the values that the post had before its last change, as a change of its own.

    Undoing twice brings the change back. ``expected`` is the revision that the person saw: raises
    Refusal when somebody changed the post since, or where there is nothing to undo.
    """
    last = post.snapshots.first()
    if last is None:
        raise Refusal(_("This post has not been changed since it was added."))
    if expected != Post.objects.values_list("revision", flat=True).get(pk=post.pk):
        raise Refusal(_CHANGED)
    try:
        return save_post(post, values_from(post.workspace, last.values), expected=expected, by=by)
    except Conflict:
        raise Refusal(_CHANGED) from None
