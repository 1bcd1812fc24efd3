"""Writing webhooks: nothing else does."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from core.exceptions import Refusal
from core.outgoing import check_address
from core.rows import RowRemoved, claim_revision
from notifications.enums import OffReason
from notifications.models_webhooks import WebhookEndpoint
from notifications.notification_types import NOTIFICATION_TYPES
from notifications.services import cancel, notify
from workspaces.models import Membership, Workspace
from workspaces.permissions import Permission

FIELDS = ("name", "shape", "address", "kinds")
#: Live webhooks of one workspace.
AT_MOST = 20


def shared_kinds() -> list[tuple[str, str]]:
    """Return the types of notice that a webhook may be sent: code and label, by label."""
    kinds = [(one.code, str(one.shared_label)) for one in NOTIFICATION_TYPES if one.shared_label]
    return sorted(kinds, key=lambda kind: kind[1])


@transaction.atomic
def add_webhook(
    workspace: Workspace, values: Mapping[str, Any], *, by: User, uid: uuid.UUID | None = None
) -> WebhookEndpoint:
    """Add a webhook, switched on; the same ``uid`` again gives the same one. Raises Refusal."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    own = WebhookEndpoint.objects.for_workspace(workspace)
    found = own.filter(uid=uid).first() if uid else None
    if found is not None:
        return found
    _refuse_too_many(workspace)
    check_address(values["address"])
    made = WebhookEndpoint.objects.create(
        workspace=workspace,
        uid=uid or uuid.uuid4(),
        updated_by=by,
        **{name: values[name] for name in FIELDS},
    )
    _record(made, "added", by=by)
    return made


@transaction.atomic
def save_webhook(
    endpoint: WebhookEndpoint, values: Mapping[str, Any], *, expected: int, by: User
) -> WebhookEndpoint:
    """Write what differs in ``values``. Raises Conflict when it was saved after ``expected``, Refusal.

    The log says that the address changed, and not to what: it may be a secret.
    """
    now = WebhookEndpoint.objects.select_related("workspace").get(pk=endpoint.pk)
    if now.removed_at is not None:
        raise RowRemoved(_("This webhook was removed. Bring it back to change it."))
    changes: dict[str, list[Any]] = {}
    for name in FIELDS:
        value = tuple(values[name]) if name == "kinds" else values[name]
        if getattr(now, name) != value:
            before = _shown(now, name)
            setattr(now, name, value)
            changes[name] = [before, _shown(now, name)]
    if not changes:
        return now
    if "address" in changes:
        check_address(now.address)
    claim_revision(now, expected)
    now.updated_by, now.updated_at = by, timezone.now()
    now.save(update_fields=[*changes, "updated_by", "updated_at"])
    _record(now, "changed", by=by, changes=changes)
    return now


@transaction.atomic
def remove_webhook(endpoint: WebhookEndpoint, *, by: User) -> bool:
    """Take it away, to be restored at will; what waits for it is not sent. False when it was gone."""
    if not _update(endpoint, by=by, empty="removed_at", removed_at=timezone.now()):
        return False
    _call_back(endpoint, _("The webhook was removed."))
    _record(endpoint, "removed", by=by)
    return True


@transaction.atomic
def restore_webhook(endpoint: WebhookEndpoint, *, by: User) -> bool:
    """Bring it back as it was; False when it was there already. Raises Refusal."""
    _refuse_too_many(endpoint.workspace)
    removed = WebhookEndpoint.objects.filter(pk=endpoint.pk, removed_at__isnull=False)
    if not removed.update(removed_at=None, revision=F("revision") + 1):
        return False
    _record(endpoint, "restored", by=by)
    return True


@transaction.atomic
def switch_on(endpoint: WebhookEndpoint, *, by: User) -> bool:
    """Send notices to it again; those of the time in between are not sent. False when it was on."""
    off = WebhookEndpoint.objects.live().filter(pk=endpoint.pk, off_at__isnull=False)
    if not off.update(off_at=None, off_reason="", revision=F("revision") + 1):
        return False
    _record(endpoint, "on", by=by)
    return True


@transaction.atomic
def switch_off(
    endpoint: WebhookEndpoint, *, by: User | None, reason: OffReason = OffReason.BY_HAND
) -> bool:
    """Send nothing to it until it is switched on; False when it was off already."""
    if not _update(endpoint, by=by, empty="off_at", off_at=timezone.now(), off_reason=reason):
        return False
    _call_back(endpoint, _("The webhook is switched off."))
    _record(endpoint, "gone" if reason == OffReason.GONE else "off", by=by)
    return True


@transaction.atomic
def rotate_secret(endpoint: WebhookEndpoint, *, by: User) -> None:
    """Make a new secret. For 24 hours the one before signs as well."""
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
        edition=F("edition") + 1, rotated_at=timezone.now(), revision=F("revision") + 1
    )
    endpoint.refresh_from_db()
    _record(endpoint, "rotated", by=by)


def record_test(endpoint: WebhookEndpoint, *, by: User) -> None:
    """Write that somebody tried it."""
    _record(endpoint, "tested", by=by)


def tell_admins(endpoint: WebhookEndpoint, *, is_gone: bool) -> None:
    """Tell those who can mend it that a notice failed for good: once a day, or that it is off."""
    workspace = endpoint.workspace
    admins = Membership.objects.for_workspace(workspace).active().who_can(Permission.EDIT_SETTINGS)
    notify(
        workspace=workspace,
        recipients=[member.user for member in admins.select_related("user")],
        kind="notifications.webhook_gone" if is_gone else "notifications.webhook_failed",
        source=f"webhook:{endpoint.uid}:{endpoint.off_at if is_gone else workspace.today()}",
        subject=("webhook", endpoint.uid),
        params={"webhook": endpoint.name},
        url=reverse("notifications:webhook", args=[workspace.slug, endpoint.uid]),
    )


def _refuse_too_many(workspace: Workspace) -> None:
    if WebhookEndpoint.objects.for_workspace(workspace).live().count() >= AT_MOST:
        raise Refusal(
            _("There are %(number)d webhooks here already, the most there may be.")
            % {"number": AT_MOST}
        )


def _update(endpoint: WebhookEndpoint, *, by: User | None, empty: str, **changes: Any) -> bool:
    """Write ``changes`` unless ``empty`` is filled: somebody else has done it already."""
    still = WebhookEndpoint.objects.filter(pk=endpoint.pk, **{f"{empty}__isnull": True})
    changes |= {"updated_at": timezone.now(), "revision": F("revision") + 1}
    if by is not None:
        changes["updated_by"] = by
    if not still.update(**changes):
        return False
    endpoint.refresh_from_db()
    return True


def _call_back(endpoint: WebhookEndpoint, reason: str) -> None:
    cancel(workspace=endpoint.workspace, reason=reason, endpoint=endpoint)


def _shown(endpoint: WebhookEndpoint, name: str) -> Any:
    """Return a value as the log shows it."""
    if name == "address":
        return endpoint.host
    if name == "shape":
        return str(endpoint.get_shape_display())
    if name == "kinds":
        labels = dict(shared_kinds())
        return [labels.get(code, code) for code in endpoint.kinds]
    return getattr(endpoint, name)


def _record(
    endpoint: WebhookEndpoint,
    what: str,
    *,
    by: User | None,
    changes: dict[str, list[Any]] | None = None,
) -> None:
    record(
        endpoint.workspace,
        by=by,
        verb=f"notifications.webhook_{what}",
        subject=("webhook", str(endpoint.uid)),
        label=endpoint.name,
        changes=changes,
    )
