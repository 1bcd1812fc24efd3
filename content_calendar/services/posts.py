"""Writing posts: adding, saving, moving, removing and restoring them.

``values`` names fields of ``Post`` (``FIELDS``), ``tags`` as a list of words, and ``versions`` as a
mapping from channel to the fields of its version (``VERSION_FIELDS``). Every save keeps the post as
it was (``PostSnapshot``), so that the last change can be undone.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from content_calendar.domain.moments import moment_of
from content_calendar.domain.strategy_choices import StrategyChoices, choices_on
from content_calendar.enums import PostState
from content_calendar.models import Post, PostHashtag, PostSnapshot, PostVersion, Tag
from content_calendar.services.asking import ask_again
from content_calendar.services.first_month import settle_first_month
from content_calendar.services.states import settle
from core.exceptions import Conflict, Refusal
from core.rows import RowRemoved, claim_revision
from core.text_input import is_changed
from networks.catalogue import NETWORKS
from networks.enums import PostFormat
from networks.models import Channel
from networks.text_parts import HASHTAG_AT_MOST, find_hashtags, hashtag_key
from workspaces.models import Workspace

#: What a person says of a post, in the order of the form.
FIELDS = (
    "title",
    "text",
    "category",
    "planned_on",
    "planned_time",
    "message_uid",
    "audience_uids",
    "objective_uid",
    "theme_uid",
    "campaign_uid",
    "origin",
    "source",
    "has_permission",
    "photographer",
    "licence_until",
    "consent_until",
    "advertising",
    "retouching",
    "notes",
    "owner",
)
#: Fields that name answers of the strategy by their uids.
SERVED = ("message_uid", "audience_uids", "objective_uid", "theme_uid", "campaign_uid")
#: What a person says of the version for one channel.
VERSION_FIELDS = ("own_text", "format", "language", "own_time")
TAGS_AT_MOST = 20

Versions = Mapping[Channel, Mapping[str, Any]]


@transaction.atomic
def add_post(
    workspace: Workspace,
    values: Mapping[str, Any],
    *,
    by: User,
    uid: uuid.UUID | None = None,
) -> Post:
    """Add a post: a draft where it has a day and a time, an idea where it has neither.

    The same ``uid`` again gives the same post. Raises Refusal for what ``_cleaned`` refuses.
    """
    if uid is not None:
        found = Post.objects.for_workspace(workspace).filter(uid=uid).first()
        if found is not None:
            return found
    new = Post(workspace=workspace, uid=uid or uuid.uuid4(), created_by=by, updated_by=by)
    cleaned = _cleaned(new, values)
    for name in FIELDS:
        if name in cleaned:
            setattr(new, name, cleaned[name])
    _plan(new)
    new.save(force_insert=True)
    _write_versions(new, cleaned.get("versions", {}))
    _write_hashtags(new)
    _write_tags(new, cleaned.get("tags", ()))
    _record(new, "content_calendar.post_added", by=by)
    settle_first_month(workspace, by=by)
    return new


@transaction.atomic
def save_post(
    post: Post, values: Mapping[str, Any], *, expected: int, by: User, is_read: bool = True
) -> Post:
    """Write what differs from what is stored; return the post as it is now.

    ``is_read``: the person had the post before them; ``updated_at`` says when that was last so.

    ``expected`` is the revision that was read: raises Conflict when somebody saved since, RowRemoved
    when the post was removed, Refusal for what cannot be kept.
    """
    now = Post.objects.select_related("workspace").get(pk=post.pk)
    if now.removed_at is not None:
        raise RowRemoved(_("This post was removed. Bring it back to change it."))
    before = values_of(now)
    cleaned = _cleaned(now, values)
    changes = _changes(now, cleaned)
    if not changes:
        return now
    claim_revision(now, expected)
    PostSnapshot.objects.create(post=now, revision=expected, values=before, by=by)
    for name in FIELDS:
        if name in changes:
            setattr(now, name, cleaned[name])
    _plan(now)
    now.updated_by = by
    if is_read:
        now.updated_at = timezone.now()
    now.save(update_fields=[*FIELDS, "planned_at", "state", "updated_by", "updated_at"])
    if "versions" in cleaned:
        _write_versions(now, cleaned["versions"])
    else:
        _time_versions(now)
    if changes.keys() & {"text", "channels", "version_own_text"}:
        _write_hashtags(now)
    if "tags" in cleaned:
        _write_tags(now, cleaned["tags"])
    _record(now, "content_calendar.post_saved", by=by, changes=changes)
    ask_again(now, changed=changes.keys(), by=by)
    settle(now, by=by)  # the channel that was not out may have been taken off
    settle_first_month(now.workspace, by=by)
    return now


@transaction.atomic
def move_post(
    post: Post,
    day: date | None,
    at: time | None = None,
    *,
    by: User,
    expected: int | None = None,
    is_read: bool = True,
) -> Post:
    """Put the post on ``day`` at ``at`` (left out: the time that it has), in the workspace's zone.

    Without a day it becomes an idea again. ``expected`` is the revision that was looked at (left
    out: the one that is stored). Raises Refusal (NoSuchTime for a time that the clocks skip),
    Conflict when somebody saved since.
    """
    now = Post.objects.get(pk=post.pk)
    if expected is not None and now.revision != expected:
        raise Conflict
    at = (at or now.planned_time or DEFAULT_TIME) if day else None
    values = {"planned_on": day, "planned_time": at}
    return save_post(now, values, expected=now.revision, by=by, is_read=is_read)


#: When a post goes out that was put on a day without a time.
DEFAULT_TIME = time(9)
#: How many days off a post is moved where its month does not stand in sight.
MOVED_BY_AT_MOST = 400


@transaction.atomic
def remove_post(post: Post, *, by: User) -> bool:
    """Take the post off the calendar, to be restored at will; False when it was gone already."""
    live = Post.objects.live().filter(pk=post.pk)
    if not live.update(removed_at=timezone.now(), revision=models.F("revision") + 1, updated_by=by):
        return False
    _record(post, "content_calendar.post_removed", by=by)
    return True


@transaction.atomic
def restore_post(post: Post, *, by: User) -> bool:
    """Bring a removed post back; False when it was there already."""
    removed = Post.objects.filter(pk=post.pk, removed_at__isnull=False)
    if not removed.update(removed_at=None, revision=models.F("revision") + 1, updated_by=by):
        return False
    _record(post, "content_calendar.post_restored", by=by)
    return True


@transaction.atomic
def record_conflict(post: Post, *, both: Mapping[str, list[str]], by: User) -> None:
    """Keep in the log both texts of fields that two people changed: {field: [saved, typed]}."""
    _record(post, "content_calendar.post_conflict", by=by, changes=dict(both))


def values_of(post: Post) -> dict[str, Any]:
    """Return what people said of a post, as JSON: what ``PostSnapshot`` and templates keep."""
    said = {name: _as_json(getattr(post, name)) for name in FIELDS}
    return {
        **said,
        "owner": post.owner_id,
        "tags": sorted(tag.name for tag in post.tags.all()),
        "versions": {
            str(version.channel.uid): {
                name: _as_json(getattr(version, name)) for name in VERSION_FIELDS
            }
            for version in post.versions.select_related("channel")
        },
    }


# --- what may be kept -----------------------------------------------------------------------------


def _cleaned(post: Post, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``values`` as the post keeps them, or raise Refusal."""
    cleaned = dict(values)
    day = cleaned.get("planned_on", post.planned_on)
    at = cleaned.get("planned_time", post.planned_time)
    if "planned_on" in cleaned or "planned_time" in cleaned:
        if day and not at:
            at = DEFAULT_TIME
        cleaned["planned_on"], cleaned["planned_time"] = day, at if day else None
    owner = cleaned.get("owner")
    if owner is not None and owner.workspace_id != post.workspace_id:
        raise Refusal(_("Choose somebody of this workspace."))
    versions: Versions = cleaned.get("versions", {})
    if any(channel.workspace_id != post.workspace_id for channel in versions):
        raise Refusal(_("Choose channels of this workspace."))
    if "tags" in cleaned:
        cleaned["tags"] = sorted({name.strip() for name in cleaned["tags"] if name.strip()})
        if len(cleaned["tags"]) > TAGS_AT_MOST:
            raise Refusal(_("Use %(number)d tags or fewer.") % {"number": TAGS_AT_MOST})
    if day:
        moment_of(day, at or DEFAULT_TIME, post.workspace.zone)
        for version in versions.values():
            if version.get("own_time"):
                moment_of(day, version["own_time"], post.workspace.zone)
    elif post.state not in MAY_LOSE_ITS_DAY:
        raise Refusal(
            _("This post is %(state)s and needs a day. Make it a draft again to take the day away.")
            % {"state": str(post.get_state_display()).lower()}
        )
    return cleaned


#: States in which a post may become an idea by losing its day.
MAY_LOSE_ITS_DAY = (
    PostState.IDEA,
    PostState.DRAFT,
    PostState.CHANGES_REQUESTED,
    PostState.CANCELLED,
)


def _plan(post: Post) -> None:
    """Write the moment beside day and time, and let an idea with a day be a draft."""
    if post.planned_on is None or post.planned_time is None:
        post.planned_at = None
        if post.state != PostState.CANCELLED:
            post.state = PostState.IDEA
        return
    post.planned_at = moment_of(post.planned_on, post.planned_time, post.workspace.zone)
    if post.state == PostState.IDEA:
        post.state = PostState.DRAFT


def goes_out_at(post: Post, version: PostVersion) -> datetime | None:
    """Return the moment in UTC at which a version goes out: at its own time, else at the post's."""
    if post.planned_on is None or version.own_time is None:
        return post.planned_at
    return moment_of(post.planned_on, version.own_time, post.workspace.zone)


# --- writing --------------------------------------------------------------------------------------


def first_format(channel: Channel) -> PostFormat:
    """Return the format in which a version for ``channel`` begins."""
    return NETWORKS[channel.network].formats[0]


def _write_versions(post: Post, versions: Versions) -> None:
    """Make the versions those of ``versions``; one that is published stays."""
    stored = {version.channel: version for version in post.versions.select_related("channel")}
    for channel, version in stored.items():
        if channel not in versions and not version.is_published:
            version.delete()
    for channel, values in versions.items():
        version = stored.get(channel) or PostVersion(
            post=post, channel=channel, format=first_format(channel)
        )
        for name in VERSION_FIELDS:
            if name in values:
                setattr(version, name, values[name])
        version.goes_out_at = goes_out_at(post, version)
        version.save()


def _time_versions(post: Post) -> None:
    """Let the versions follow when the post's day or time has changed."""
    for version in post.versions.all():
        moment = goes_out_at(post, version)
        if version.goes_out_at != moment:
            version.goes_out_at = moment
            version.save(update_fields=["goes_out_at"])


def _write_tags(post: Post, names: Iterable[str]) -> None:
    tags = [Tag.objects.get_or_create(workspace=post.workspace, name=name)[0] for name in names]
    post.tags.set(tags)


def _write_hashtags(post: Post) -> None:
    """Keep the hashtags of all its texts; those of a text that no channel takes do not count."""
    texts = {one.own_text or post.text for one in post.versions.all()} or {post.text}
    found = {hashtag_key(tag): tag for text in texts for tag in find_hashtags(text)}
    stored = set(post.hashtags.values_list("key", flat=True))
    if gone := stored - found.keys():
        post.hashtags.filter(key__in=gone).delete()
    PostHashtag.objects.bulk_create(
        PostHashtag(post=post, key=key, name=name)
        for key, name in found.items()
        if key not in stored and len(name) <= HASHTAG_AT_MOST
    )


# --- the log --------------------------------------------------------------------------------------


def _changes(post: Post, cleaned: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return what differs, as the log shows it: {field: [before, after]}."""
    names = [name for name in FIELDS if name in cleaned and is_changed(post, name, cleaned[name])]
    changes: dict[str, list[Any]] = {}
    strategy = _strategy_of(post, cleaned) if set(names) & set(SERVED) else StrategyChoices()
    for name in names:
        both = (getattr(post, name), cleaned[name])
        if name in SERVED:
            changes[name] = [_answers_shown(value, strategy) for value in both]
        else:
            changes[name] = [_shown(name, value) for value in both]
    if "tags" in cleaned:
        before = sorted(tag.name for tag in post.tags.all())
        if before != cleaned["tags"]:
            changes["tags"] = [before, cleaned["tags"]]
    if "versions" in cleaned:
        changes.update(_version_changes(post, cleaned["versions"]))
    return changes


def _strategy_of(post: Post, cleaned: Mapping[str, Any]) -> StrategyChoices:
    day = cleaned.get("planned_on") or post.planned_on or post.workspace.today()
    return choices_on(post.workspace, day)


def _answers_shown(value: Any, strategy: StrategyChoices) -> list[str]:
    """Return the words of what uids name in the strategy of the post's day."""
    uids = value if isinstance(value, tuple | list) else [value]
    return [strategy.name_of(str(uid)) or _("of another strategy") for uid in uids if uid]


def _version_changes(post: Post, versions: Versions) -> dict[str, list[Any]]:
    stored = {version.channel: version for version in post.versions.select_related("channel")}
    changes: dict[str, list[Any]] = {}
    if set(stored) != set(versions):
        changes["channels"] = [[str(one) for one in stored], [str(one) for one in versions]]
    for channel, values in versions.items():
        version = stored.get(channel)
        if version is None:
            continue
        for name, value in values.items():
            if is_changed(version, name, value):
                changes.setdefault(f"version_{name}", [[], []])
                before, after = changes[f"version_{name}"]
                before.append(f"{channel}: {_shown(name, getattr(version, name))}")
                after.append(f"{channel}: {_shown(name, value)}")
    return changes


def _shown(name: str, value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, date | time):
        return value.isoformat() if isinstance(value, date) else f"{value:%H:%M}"
    if isinstance(value, tuple | list):
        return [str(one) for one in value]
    for model in (Post, PostVersion):
        field = next((one for one in model._meta.fields if one.name == name), None)
        if field is not None and field.choices:
            return str(dict(field.flatchoices).get(value, value))
    return value if isinstance(value, bool) else str(value)


def _as_json(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if value is None or isinstance(value, bool | str):
        return value
    return str(value)


def _record(
    post: Post, verb: str, *, by: User, changes: dict[str, list[Any]] | None = None
) -> None:
    record(
        post.workspace,
        by=by,
        verb=verb,
        subject=("post", str(post.uid)),
        label=post.name,
        changes=changes,
    )
