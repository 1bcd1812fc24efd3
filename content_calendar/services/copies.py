"""Copies of posts: duplicates, and templates to begin from."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from content_calendar.models import Post, PostMedia, PostTemplate
from content_calendar.services.posts import add_post, values_of
from content_calendar.services.stored_values import values_from
from core.exceptions import Refusal
from workspaces.models import Workspace

TEMPLATES_AT_MOST = 100
#: What a copy does not take over.
_OF_THE_ORIGINAL = ("planned_on", "planned_time")


@transaction.atomic
def duplicate_post(post: Post, *, by: User, uid: uuid.UUID | None = None) -> Post:
    """Add an idea that says what ``post`` says, with its media; without day, comments and decisions.

    The same ``uid`` again gives the same copy.
    """
    if uid is not None:
        found = Post.objects.for_workspace(post.workspace).filter(uid=uid).first()
        if found is not None:
            return found
    copy = add_post(
        post.workspace, _in_use(post.workspace, _copied(values_of(post))), by=by, uid=uid
    )
    for media in PostMedia.objects.live().filter(post=post):
        media.pk, media.uid, media.post = None, uuid.uuid4(), copy
        media.created_at, media.created_by = timezone.now(), by
        media.save(force_insert=True)
    return copy


@transaction.atomic
def save_as_template(
    post: Post, name: str, *, by: User, uid: uuid.UUID | None = None
) -> PostTemplate:
    """Keep what ``post`` says under ``name``, without day, owner and media.

    The same ``uid`` again gives the same template. Raises Refusal where there are too many.
    """
    templates = PostTemplate.objects.for_workspace(post.workspace)
    found = templates.filter(uid=uid).first() if uid else None
    if found is not None:
        return found
    if templates.live().count() >= TEMPLATES_AT_MOST:
        raise Refusal(
            _("There are %(number)d templates, the most there may be. Remove some first.")
            % {"number": TEMPLATES_AT_MOST}
        )
    values = _copied(values_of(post))
    values.pop("owner")
    template = PostTemplate.objects.create(
        workspace=post.workspace, uid=uid or uuid.uuid4(), name=name, values=values, created_by=by
    )
    _record(template, "content_calendar.template_saved", by=by)
    return template


def values_of_template(template: PostTemplate) -> dict[str, Any]:
    """Return what a post from ``template`` begins with, as ``add_post`` takes it."""
    return _in_use(template.workspace, template.values)


@transaction.atomic
def remove_template(template: PostTemplate, *, by: User) -> bool:
    """Take the template off the list; False when it was gone already."""
    live = PostTemplate.objects.live().filter(pk=template.pk)
    if not live.update(removed_at=timezone.now()):
        return False
    _record(template, "content_calendar.template_removed", by=by)
    return True


@transaction.atomic
def restore_template(template: PostTemplate, *, by: User) -> bool:
    """Bring a removed template back; False when it was there already."""
    removed = PostTemplate.objects.filter(pk=template.pk, removed_at__isnull=False)
    if not removed.update(removed_at=None):
        return False
    _record(template, "content_calendar.template_restored", by=by)
    return True


def _copied(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in _OF_THE_ORIGINAL}


def _in_use(workspace: Workspace, stored: dict[str, Any]) -> dict[str, Any]:
    """Return stored values without the channels that were removed since."""
    values = values_from(workspace, stored)
    versions = values.get("versions", {})
    values["versions"] = {
        channel: version for channel, version in versions.items() if channel.removed_at is None
    }
    return values


def _record(template: PostTemplate, verb: str, *, by: User) -> None:
    record(
        template.workspace,
        by=by,
        verb=verb,
        subject=("post_template", str(template.uid)),
        label=template.name,
    )
