"""Writing channels. A channel belongs to the workspace: what is saved here holds for every strategy."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from core.exceptions import Refusal
from core.rows import claim_revision
from core.text_input import is_changed
from networks.models import Channel
from workspaces.models import Membership, Workspace

#: What a person answers of a channel, in the order of the form.
FIELDS = (
    "network",
    "other_network",
    "handle",
    "address",
    "purpose",
    "state",
    "owner",
    "operator_kind",
    "operator",
    "operator_name",
    "backup",
)
PEOPLE = ("owner", "operator", "backup")


class ChannelGone(Refusal):
    """The channel was removed; bring it back first."""


@transaction.atomic
def add_channel(
    workspace: Workspace, values: Mapping[str, Any], *, by: User, uid: uuid.UUID | None = None
) -> Channel:
    """Add a channel behind the others. The same ``uid`` again gives the same channel,
    brought back where it was removed meanwhile.
    """
    _refuse_strangers(workspace, values)
    channel, is_new = Channel.objects.get_or_create(
        uid=uid or uuid.uuid4(),
        workspace=workspace,
        defaults={**values, "position": _next_position(workspace), "updated_by": by},
    )
    if is_new:
        _record(channel, "networks.channel_added", by=by)
    elif channel.removed_at is not None:
        restore_channel(channel, by=by)
        channel.refresh_from_db(fields=["removed_at", "revision"])
    return channel


@transaction.atomic
def save_channel(
    channel: Channel, values: Mapping[str, Any], *, expected: int, by: User
) -> Channel:
    """Write what differs in ``values``; raise Conflict when somebody saved after ``expected``."""
    if channel.removed_at is not None:
        raise ChannelGone(_("This channel was removed. Bring it back to change it."))
    _refuse_strangers(channel.workspace, values)
    before = Channel.objects.with_people().get(pk=channel.pk)
    changes = {
        name: [_shown(before, name), value]
        for name, value in ((name, values[name]) for name in FIELDS if name in values)
        if is_changed(before, name, value)
    }
    if not changes:
        return channel
    claim_revision(channel, expected)
    for name in changes:
        setattr(channel, name, values[name])
        changes[name][1] = _shown(channel, name)
    channel.updated_by, channel.updated_at = by, timezone.now()
    channel.save(update_fields=[*changes, "updated_by", "updated_at"])
    _record(channel, "networks.channel_saved", by=by, changes=changes)
    return channel


@transaction.atomic
def record_conflict(channel: Channel, *, both: Mapping[str, list[str]], by: User) -> None:
    """Keep in the log both texts of fields that two people changed: {field: [saved, typed]}."""
    _record(channel, "networks.channel_conflict", by=by, changes=dict(both))


@transaction.atomic
def remove_channel(channel: Channel, *, by: User) -> None:
    """Take the channel off every strategy; nothing said of it is lost, and it can come back."""
    gone = Channel.objects.live().filter(pk=channel.pk)
    now = timezone.now()
    if gone.update(removed_at=now, revision=F("revision") + 1, updated_at=now, updated_by=by):
        _record(channel, "networks.channel_removed", by=by)


@transaction.atomic
def restore_channel(channel: Channel, *, by: User) -> None:
    """Bring a removed channel back to its place, with all that was said of it."""
    gone = Channel.objects.filter(pk=channel.pk, removed_at__isnull=False)
    now = timezone.now()
    if gone.update(removed_at=None, revision=F("revision") + 1, updated_at=now, updated_by=by):
        _record(channel, "networks.channel_restored", by=by)


@transaction.atomic
def move_channel(channel: Channel, place: int) -> int:
    """Put the channel at ``place`` (1 is first; beyond the ends is the end), return where it stands."""
    workspace = Workspace.objects.select_for_update().get(pk=channel.workspace_id)
    order = list(Channel.objects.for_workspace(workspace).live().in_order().exclude(pk=channel.pk))
    place = max(1, min(place, len(order) + 1))
    order.insert(place - 1, channel)
    for position, row in enumerate(order, start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
    return place


def place_of(channel: Channel) -> int:
    """Return where the channel stands among the live ones; 1 is first, a removed one stands last."""
    live = Channel.objects.for_workspace(channel.workspace).live().in_order()
    order = list(live.values_list("pk", flat=True))
    return order.index(channel.pk) + 1 if channel.pk in order else len(order) + 1


def _next_position(workspace: Workspace) -> int:
    last = Channel.objects.for_workspace(workspace).aggregate(last=Max("position"))["last"]
    return int(last or 0) + 1


def _refuse_strangers(workspace: Workspace, values: Mapping[str, Any]) -> None:
    """Refuse a person who is not in this workspace: a form that was made by hand."""
    for name in PEOPLE:
        member: Membership | None = values.get(name)
        if member is not None and member.workspace_id != workspace.pk:
            raise Refusal(_("Choose somebody of this workspace."))


def _shown(channel: Channel, name: str) -> str:
    """Return a value as the log shows it."""
    field = Channel._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        return str(getattr(channel, name) or "")
    if getattr(field, "choices", None):
        return str(getattr(channel, f"get_{name}_display")())
    return str(getattr(channel, name))


def _record(
    channel: Channel, verb: str, *, by: User, changes: dict[str, list[Any]] | None = None
) -> None:
    record(
        channel.workspace,
        by=by,
        verb=verb,
        subject=("channel", str(channel.uid)),
        label=str(channel),
        changes=changes,
    )
