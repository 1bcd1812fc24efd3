"""Doing one thing to several posts at once, and taking it back in one press.

An action is one entry of ``BULK_ACTIONS``: another way to treat many posts is a function that
treats one, registered here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content_calendar.domain.rights import may_edit
from content_calendar.models import Post
from content_calendar.services.posts import (
    move_post,
    remove_post,
    restore_post,
    save_post,
    values_of,
)
from core.exceptions import Conflict, Refusal
from core.registry import Registry
from workspaces.models import Membership, Workspace
from workspaces.permissions import Permission

POSTS_AT_MOST = 200  # at once; each is saved, logged and kept for undoing by itself

#: Treats one post with what was typed; returns the post as it is now, or raises Refusal.
Treat = Callable[[Post, Any, Membership], Post]


@dataclass(frozen=True)
class BulkAction:
    """One thing to do to many posts. ``field`` names what must be typed for it, if anything."""

    code: str
    label: "str | Promise"
    treat: Treat
    field: str = ""
    permission: Permission = Permission.DRAFT_POSTS


@dataclass
class BulkResult:
    """What became of it. ``undo`` is what taking it back needs, as JSON."""

    done: int = 0
    refused: list[tuple[Post, str]] = field(default_factory=list)
    undo: list[dict[str, Any]] = field(default_factory=list)


BULK_ACTIONS: Registry[BulkAction] = Registry("bulk action")


def register(action: BulkAction) -> BulkAction:
    """Add an action."""
    return BULK_ACTIONS.register(action.code, action)


def treat_together(
    action: BulkAction, posts: Iterable[Post], value: Any, *, by: Membership
) -> BulkResult:
    """Do ``action`` to every post that allows it; one that refuses does not stop the others."""
    result = BulkResult()
    for post in posts:
        before = values_of(post)
        try:
            if not may_edit(by, post):
                raise Refusal(_("It cannot be changed by you now."))
            with transaction.atomic():
                now = action.treat(post, value, by)
        except Conflict:
            result.refused.append((post, _("Somebody else changed it meanwhile.")))
        except Refusal as refusal:
            result.refused.append((post, str(refusal)))
        else:
            if now.revision != post.revision:
                result.done += 1
                result.undo.append(_way_back(now, before))
    return result


def take_back(undo: Iterable[Mapping[str, Any]], *, by: Membership) -> BulkResult:
    """Put posts back to how they were; one that was changed since is left as it is."""
    entries = {entry["post"]: entry for entry in undo}
    result = BulkResult()
    posts = Post.objects.for_workspace(by.workspace).filter(uid__in=entries)
    for post in posts.select_related("workspace"):
        entry = entries[str(post.uid)]
        try:
            with transaction.atomic():
                _put_back(post, entry, by=by)
        except (Conflict, Refusal):
            result.refused.append((post, _("Somebody else changed it meanwhile.")))
        else:
            result.done += 1
    return result


def _way_back(now: Post, before: Mapping[str, Any]) -> dict[str, Any]:
    if now.removed_at is not None:
        return {"post": str(now.uid), "restore": True}
    after = values_of(now)
    names = ("planned_on", "planned_time", "owner", "tags")
    changed = {name: before[name] for name in names if before[name] != after[name]}
    return {"post": str(now.uid), "revision": now.revision, "values": changed}


def _put_back(post: Post, entry: Mapping[str, Any], *, by: Membership) -> None:
    if entry.get("restore"):
        if by.can(Permission.DRAFT_POSTS):
            restore_post(post, by=by.user)
        return
    if not may_edit(by, post):
        raise Refusal(_("It cannot be changed by you now."))
    values = _read(entry["values"], post.workspace)
    save_post(post, values, expected=entry["revision"], by=by.user)


def _read(values: Mapping[str, Any], workspace: Workspace) -> dict[str, Any]:
    """Return values that were kept as JSON as ``save_post`` takes them."""
    said = dict(values)
    if said.get("planned_on"):
        said["planned_on"] = date.fromisoformat(said["planned_on"])
    if said.get("planned_time"):
        said["planned_time"] = time.fromisoformat(said["planned_time"])
    if said.get("owner"):
        said["owner"] = Membership.objects.for_workspace(workspace).filter(pk=said["owner"]).first()
    return said


# --- the actions --------------------------------------------------------------------------------


def _move_by(post: Post, days: int, by: Membership) -> Post:
    if post.planned_on is None:
        raise Refusal(_("An idea has no day to move from."))
    day = post.planned_on + timedelta(days=days)
    return move_post(post, day, by=by.user, expected=post.revision)


def _move_to(post: Post, day: date, by: Membership) -> Post:
    return move_post(post, day, by=by.user, expected=post.revision)


def _assign(post: Post, owner: Membership, by: Membership) -> Post:
    return save_post(post, {"owner": owner}, expected=post.revision, by=by.user)


def _tag(post: Post, tag: str, by: Membership) -> Post:
    tags = {one.name for one in post.tags.all()} | {tag}
    return save_post(post, {"tags": tags}, expected=post.revision, by=by.user)


def _remove(post: Post, _nothing: Any, by: Membership) -> Post:
    remove_post(post, by=by.user)
    return Post.objects.select_related("workspace").get(pk=post.pk)


register(BulkAction("move_by", gettext_lazy("Move by days"), _move_by, field="days"))
register(BulkAction("move_to", gettext_lazy("Move to the day"), _move_to, field="day"))
register(BulkAction("assign", gettext_lazy("Assign"), _assign, field="owner"))
register(BulkAction("tag", gettext_lazy("Add the tag"), _tag, field="tag"))
register(BulkAction("remove", gettext_lazy("Remove"), _remove))
