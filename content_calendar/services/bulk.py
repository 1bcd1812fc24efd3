"""Doing one thing to several posts at once, and taking it back in one press.

An action is one entry of ``BULK_ACTIONS``: another way to treat many posts is a function that
treats one, registered here. Nobody reads each of the posts: what is saved here leaves alone when it
was last read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content_calendar.domain.rights import may_edit, may_restore
from content_calendar.findings import findings_of
from content_calendar.models import Post
from content_calendar.services.approval import make_draft, submit_post
from content_calendar.services.going_out import take_back as take_back_from_tool
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


#: Takes back what an action did to one post, or raises Refusal.
PutBack = Callable[[Post, Membership], Any]


@dataclass(frozen=True)
class BulkAction:
    """One thing to do to many posts. ``field`` names what must be typed for it, if anything.

    ``put_back`` undoes it; without one the values that differ are written again. An action that asks
    for more has a ``page`` (the name of its address) in place of ``treat``.
    """

    code: str
    label: "str | Promise"
    treat: Treat | None = None
    field: str = ""
    permission: Permission = Permission.DRAFT_POSTS
    put_back: PutBack | None = None
    page: str = ""


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
    if action.treat is None:
        raise ValueError(f"{action.code} is done on its own page")
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
                result.undo.append(_way_back(action, now, before))
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


def way_back(action: BulkAction, post: Post) -> dict[str, Any]:
    """Return what ``take_back`` needs to undo an action that has a ``put_back`` of its own."""
    return {"post": str(post.uid), "revision": post.revision, "action": action.code}


def _way_back(action: BulkAction, now: Post, before: Mapping[str, Any]) -> dict[str, Any]:
    if action.put_back is not None:
        return way_back(action, now)
    after = values_of(now)
    names = ("planned_on", "planned_time", "owner", "category", "tags")
    changed = {name: before[name] for name in names if before[name] != after[name]}
    return {"post": str(now.uid), "revision": now.revision, "values": changed}


def _put_back(post: Post, entry: Mapping[str, Any], *, by: Membership) -> None:
    if post.revision != entry["revision"]:
        raise Conflict
    action = BULK_ACTIONS.get(entry.get("action", ""))
    if action is not None and action.put_back is not None:
        action.put_back(post, by)
        return
    if not may_edit(by, post):
        raise Refusal(_("It cannot be changed by you now."))
    values = _read(entry["values"], post.workspace)
    _save(post, values, by)


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
    return _move_to(post, day, by)


def _move_to(post: Post, day: date, by: Membership) -> Post:
    return move_post(post, day, by=by.user, expected=post.revision, is_read=False)


def _assign(post: Post, owner: Membership, by: Membership) -> Post:
    return _save(post, {"owner": owner}, by)


def _categorise(post: Post, category: str, by: Membership) -> Post:
    return _save(post, {"category": category}, by)


def _tag(post: Post, tag: str, by: Membership) -> Post:
    tags = {one.name for one in post.tags.all()} | {tag}
    return _save(post, {"tags": tags}, by)


def _save(post: Post, values: Mapping[str, Any], by: Membership) -> Post:
    return save_post(post, values, expected=post.revision, by=by.user, is_read=False)


def _remove(post: Post, _nothing: Any, by: Membership) -> Post:
    remove_post(post, by=by.user)
    return _as_stored(post)


def _restore(post: Post, by: Membership) -> bool:
    return may_restore(by, post) and restore_post(post, by=by.user)


def _submit(post: Post, _nothing: Any, by: Membership) -> Post:
    now = _as_stored(post)
    return submit_post(now, by=by.user, findings=findings_of(now))


def _withdraw(post: Post, by: Membership) -> Post:
    return make_draft(post, by=by.user)


def _take_back(post: Post, by: Membership) -> Post:
    return take_back_from_tool(post, by=by.user)


def _as_stored(post: Post) -> Post:
    return Post.objects.select_related("workspace").get(pk=post.pk)


register(BulkAction("move_by", gettext_lazy("Move"), _move_by, field="days"))
register(BulkAction("move_to", gettext_lazy("Move"), _move_to, field="day"))
register(BulkAction("assign", gettext_lazy("Assign"), _assign, field="owner"))
register(BulkAction("category", gettext_lazy("Change category"), _categorise, field="category"))
register(BulkAction("tag", gettext_lazy("Add"), _tag, field="tag"))
register(BulkAction("submit", gettext_lazy("Submit for approval"), _submit, put_back=_withdraw))
register(
    BulkAction(
        "hand_over",
        gettext_lazy("Hand over"),
        permission=Permission.EDIT_CALENDAR,
        put_back=_take_back,
        page="calendar:hand_over_many",
    )
)
register(BulkAction("remove", gettext_lazy("Remove"), _remove, put_back=_restore))
