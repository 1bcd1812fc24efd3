"""Writing channels: nothing else does. What is saved here holds for every strategy.

Adding, moving, removing and restoring change positions, so they lock the workspace; positions of
live channels are 1, 2, 3 … A save locks nothing: ``claim_revision`` decides.
"""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from core.exceptions import Refusal
from core.rows import RowRemoved, claim_revision, is_blank, refuse_too_many, renumber
from core.text_input import is_changed
from core.validators import SAYS_NO_PASSWORD, holds_password
from networks import after_saving
from networks.enums import OperatorKind
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
#: What *not known yet* answers.
KNOWABLE = ("owner", "backup", "operator")
#: Fields that only make sense together.
TOGETHER = (("network", "other_network"), ("operator_kind", "operator", "operator_name"))

_is_web_address = URLValidator(schemes=["http", "https"])


def clean(workspace: Workspace, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``values`` as a channel of ``workspace`` keeps them, or raise ValidationError by field.

    ``values`` may leave out fields. ``not_known`` names what *not known yet* answers; a value
    takes that back.
    """
    cleaned = dict(values)
    errors: dict[str, str] = {}
    if cleaned.get("network") == "other":
        if not cleaned.get("other_network"):
            errors["other_network"] = _("Say which one it is, for example a podcast.")
    elif "network" in cleaned:
        cleaned["other_network"] = ""
    try:
        if cleaned.get("address"):
            _is_web_address(cleaned["address"])
            if holds_password(cleaned["address"]):
                errors["address"] = str(SAYS_NO_PASSWORD)
    except ValidationError:
        errors["address"] = _("Write a whole address, for example https://example.org.")
    for name in PEOPLE:
        member: Membership | None = cleaned.get(name)
        if member is not None and member.workspace_id != workspace.pk:
            errors[name] = _("Choose somebody of this workspace.")
    if errors:
        raise ValidationError(errors)
    asked = set(KNOWABLE)
    if cleaned.get("operator_kind") == OperatorKind.PERSON:
        cleaned["operator_name"] = ""
    elif cleaned.get("operator_kind"):
        cleaned["operator"] = None
        asked.remove("operator")
    if "not_known" in cleaned:
        cleaned["not_known"] = tuple(
            name
            for name in KNOWABLE
            if name in asked and name in cleaned["not_known"] and is_blank(cleaned.get(name))
        )
    return cleaned


@transaction.atomic
def add_channel(
    workspace: Workspace, values: Mapping[str, Any], *, by: User, uid: uuid.UUID | None = None
) -> Channel:
    """Add a channel behind the others. The same ``uid`` again gives the same channel,
    brought back where it was removed meanwhile.

    ``values`` may hold ``not_known`` too. Raises Refusal for what ``clean`` refuses, TooMany.
    """
    _lock(workspace)
    channels = Channel.objects.for_workspace(workspace)
    found: Channel | None = channels.filter(uid=uid).first() if uid else None
    if found is not None:
        restore_channel(found, by=by)
        found.refresh_from_db(fields=["removed_at", "revision", "position"])
        return found
    new = Channel(workspace=workspace, uid=uid or uuid.uuid4(), updated_by=by)
    for name, value in _cleaned(new, values).items():
        setattr(new, name, value)
    live = channels.live().count()
    refuse_too_many(live + 1)
    new.position = live + 1
    new.save(force_insert=True)
    _record(new, "networks.channel_added", by=by)
    after_saving.tell(new.workspace, by=by)
    return new


@transaction.atomic
def save_channel(
    channel: Channel, values: Mapping[str, Any], *, expected: int, by: User
) -> Channel:
    """Write what differs in ``values``, and return the channel as it is now.

    ``values`` may hold ``not_known`` too; without it, what was not known yet stays so until a value
    is there. Raises Conflict when somebody saved after ``expected`` and ``values`` differ,
    RowRemoved, and Refusal for what ``clean`` refuses.
    """
    now: Channel = Channel.objects.with_people().select_related("workspace").get(pk=channel.pk)
    if now.removed_at is not None:
        raise RowRemoved(_("This channel was removed. Bring it back to change it."))
    changes: dict[str, list[Any]] = {}
    for name, value in _cleaned(now, values).items():
        if _differs(now, name, value):
            before = _shown(now, name)
            setattr(now, name, value)
            changes[name] = [before, _shown(now, name)]
    if not changes:
        return now
    claim_revision(now, expected)
    now.updated_by, now.updated_at = by, timezone.now()
    now.save(update_fields=[*changes, "updated_by", "updated_at"])
    _record(now, "networks.channel_saved", by=by, changes=changes)
    after_saving.tell(now.workspace, by=by)
    return now


@transaction.atomic
def record_conflict(channel: Channel, *, both: Mapping[str, list[str]], by: User) -> None:
    """Keep in the log both texts of fields that two people changed: {field: [saved, typed]}."""
    _record(channel, "networks.channel_conflict", by=by, changes=dict(both))


@transaction.atomic
def remove_channel(channel: Channel, *, by: User) -> bool:
    """Take the channel off every strategy, to be restored at will; False when it was gone already."""
    _lock(channel.workspace)
    live = Channel.objects.for_workspace(channel.workspace).live()
    now = timezone.now()
    if not live.filter(pk=channel.pk).update(
        removed_at=now, revision=F("revision") + 1, updated_at=now, updated_by=by
    ):
        return False
    renumber(live.in_order())
    _record(channel, "networks.channel_removed", by=by)
    after_saving.tell(channel.workspace, by=by)
    return True


@transaction.atomic
def restore_channel(channel: Channel, *, by: User) -> bool:
    """Bring a removed channel back to its position; False when it was there already."""
    _lock(channel.workspace)
    channels = Channel.objects.for_workspace(channel.workspace)
    order = list(channels.live().in_order())
    now = channels.get(pk=channel.pk)
    if now.removed_at is None:
        return False
    refuse_too_many(len(order) + 1)
    order.insert(max(0, now.position - 1), now)
    now.removed_at, now.revision = None, now.revision + 1
    now.updated_at, now.updated_by = timezone.now(), by
    now.save(update_fields=["removed_at", "revision", "updated_at", "updated_by"])
    renumber(order)
    _record(now, "networks.channel_restored", by=by)
    after_saving.tell(now.workspace, by=by)
    return True


@transaction.atomic
def move_channel(channel: Channel, place: int) -> int:
    """Put the channel at ``place`` (1 is first; beyond the ends is the end); return where it stands.

    Raises RowRemoved. The revision stays: moving a channel disturbs nobody who writes in it.
    """
    _lock(channel.workspace)
    order = list(Channel.objects.for_workspace(channel.workspace).live().in_order())
    if channel not in order:
        raise RowRemoved(_("This was removed meanwhile. Bring it back, then move it."))
    moved = order.pop(order.index(channel))
    place = max(1, min(place, len(order) + 1))
    order.insert(place - 1, moved)
    renumber(order)
    return place


def place_of(channel: Channel) -> int:
    """Return where the channel stands among the live ones; 1 is first, a removed one stands last."""
    live = Channel.objects.for_workspace(channel.workspace).live().in_order()
    order = list(live.values_list("pk", flat=True))
    return order.index(channel.pk) + 1 if channel.pk in order else len(order) + 1


def _lock(workspace: Workspace) -> None:
    """Take turns with everybody who changes the order of these channels."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)


def _cleaned(channel: Channel, values: Mapping[str, Any]) -> dict[str, Any]:
    """Clean ``values`` beside what stands in ``channel``; raise Refusal with the sentences.

    Fields that ``values`` leave out are not judged again: a leaver's channel can be given to
    another whatever its address is.
    """
    beside = {*PEOPLE, "operator_kind", "operator_name", "not_known"}
    for group in TOGETHER:
        if any(name in values for name in group):
            beside.update(group)
    try:
        return clean(
            channel.workspace, {name: getattr(channel, name) for name in beside} | dict(values)
        )
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from error


def _differs(channel: Channel, name: str, value: Any) -> bool:
    if name == "not_known":
        return set(channel.not_known) != set(value)
    return is_changed(channel, name, value)


def _shown(channel: Channel, name: str) -> str | list[str]:
    """Return a value as the log shows it."""
    if name == "not_known":
        return _labels(channel.not_known)
    field = Channel._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        return str(getattr(channel, name) or "")
    if getattr(field, "choices", None):
        return str(getattr(channel, f"get_{name}_display")())
    return str(getattr(channel, name))


def _labels(names: Iterable[str]) -> list[str]:
    return [capfirst(str(Channel._meta.get_field(name).verbose_name)) for name in names]  # type: ignore[union-attr]


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
