"""Writing the access register: nothing else does.

What is saved here is right as it stands, so adding and saving confirm it; bringing in a list does
not. Ended accesses are kept.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from core.exceptions import Refusal
from core.rows import RowRemoved, claim_revision
from core.text import isolated
from core.text_input import is_changed
from networks import after_saving
from networks.access_conditions import Unmet, unmet_for
from networks.access_terms import outsider_uid
from networks.models import AccessGrant, Channel
from networks.password_check import looks_like_password
from workspaces.models import Membership, Workspace

PERSON = ("member", "outsider_name", "outsider_company", "outsider_email")
#: What is said of an access, in the order of the form.
ACCESS_FIELDS = (
    *PERSON,
    "level",
    "login",
    "two_factor",
    "password_place",
    "holds_recovery_email",
    "holds_recovery_phone",
    "starts_on",
    "ends_on",
)
#: Fields that only make sense together.
ACCESS_TOGETHER = (PERSON, ("starts_on", "ends_on"))


class ConditionsUnmet(Refusal):
    """Something must be done before this access is given; ``unmet`` says what."""

    def __init__(self, unmet: list[Unmet]) -> None:
        super().__init__(" ".join(str(one.sentence) for one in unmet))
        self.unmet = unmet


def clean_access(workspace: Workspace, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``values`` as the register keeps them, or raise ValidationError by field.

    Fields that ``values`` leave out are not judged.
    """
    cleaned = dict(values)
    errors: dict[str, str] = {}
    if "member" in cleaned:
        errors |= _errors_of_person(workspace, cleaned)
    if looks_like_password(cleaned.get("password_place") or ""):
        errors["password_place"] = _(
            "This looks like a password. Write only where it is kept, such as “1Password, vault "
            "Marketing”. If it is the password, change it: it has been typed where it does not belong."
        )
    starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        errors["ends_on"] = _("Choose a last day that is not before the first.")
    if errors:
        raise ValidationError(errors)
    return cleaned


def _errors_of_person(workspace: Workspace, cleaned: dict[str, Any]) -> dict[str, str]:
    member: Membership | None = cleaned["member"]
    if member is not None:
        cleaned |= {"outsider_name": "", "outsider_company": "", "outsider_email": ""}
        is_here = member.workspace_id == workspace.pk
        return {} if is_here else {"member": _("Choose somebody of this workspace.")}
    errors = {}
    if not cleaned.get("outsider_name"):
        errors["outsider_name"] = _("Choose a member above, or write the name of somebody outside.")
    elif not cleaned.get("outsider_company"):
        errors["outsider_company"] = _("Name the company of somebody from outside.")
    email = cleaned.get("outsider_email")
    here = Membership.objects.for_workspace(workspace).active().select_related("user")
    if email and (same := here.filter(user__email__iexact=email).first()):
        errors["outsider_email"] = _("This is the address of %(person)s: choose them above.") % {
            "person": isolated(same)
        }
    return errors


def person_uid_of(workspace: Workspace, values: Mapping[str, Any]) -> uuid.UUID:
    """Return the uid by which all accesses of the person in ``values`` are found."""
    member: Membership | None = values["member"]
    if member is not None:
        return member.uid
    return outsider_uid(workspace.pk, values["outsider_name"], values["outsider_company"])


@transaction.atomic
def add_access(
    channel: Channel,
    values: Mapping[str, Any],
    *,
    by: User,
    uid: uuid.UUID | None = None,
    has_it_already: bool = False,
) -> AccessGrant:
    """Add access that is given now; the same ``uid`` again gives the same one.

    ``has_it_already``: it was given before anybody noted it, so it is too late for conditions.
    Raises ConditionsUnmet, and Refusal for what ``clean_access`` refuses and what is noted already.
    """
    workspace = channel.workspace
    found = AccessGrant.objects.for_workspace(workspace).filter(uid=uid).first() if uid else None
    if found is not None:
        return found
    cleaned = _cleaned(workspace, values)
    member: Membership | None = cleaned["member"]
    if member is not None and member.left_at is not None:
        raise Refusal(_("The person you chose has left the workspace."))
    new = AccessGrant(
        uid=uid or uuid.uuid4(),
        workspace=workspace,
        channel=channel,
        person_uid=person_uid_of(workspace, cleaned),
        confirmed_on=workspace.today(),
        confirmed_by=by,
        updated_by=by,
        **cleaned,
    )
    unmet = unmet_for(new)
    if unmet and not has_it_already:
        raise ConditionsUnmet(unmet)
    _write_once(new)
    changes = {"has_it_already": [None, True]} if unmet else None
    record_access(new, "networks.access_added", by=by, changes=changes)
    after_saving.tell(workspace, by=by)
    return new


@transaction.atomic
def save_access(
    grant: AccessGrant, values: Mapping[str, Any], *, expected: int, by: User
) -> AccessGrant:
    """Write what differs in ``values`` and confirm the access; return it as it is now.

    Raises Conflict when somebody saved after ``expected``, RowRemoved where it was ended, and
    Refusal for what ``clean_access`` refuses.
    """
    now = AccessGrant.objects.with_people().select_related("workspace").get(pk=grant.pk)
    if now.ended_at is not None:
        raise RowRemoved(_("This access was ended. Bring it back to change it."))
    changes: dict[str, list[Any]] = {}
    beside = {name: getattr(now, name) for name in ACCESS_FIELDS}
    for name, value in _cleaned(now.workspace, beside | dict(values)).items():
        if is_changed(now, name, value):
            before = _shown(now, name)
            setattr(now, name, value)
            changes[name] = [before, _shown(now, name)]
    today = now.workspace.today()
    if not changes and now.confirmed_on == today:
        return now
    claim_revision(now, expected)
    now.person_uid = person_uid_of(now.workspace, {name: getattr(now, name) for name in PERSON})
    now.confirmed_on, now.confirmed_by = today, by
    now.updated_by, now.updated_at = by, timezone.now()
    _write_once(now, fields=[*changes, *_BESIDE])
    verb = "networks.access_saved" if changes else "networks.access_confirmed"
    record_access(now, verb, by=by, changes=changes)
    after_saving.tell(now.workspace, by=by)
    return now


_BESIDE = ("person_uid", "confirmed_on", "confirmed_by", "updated_by", "updated_at")


@transaction.atomic
def record_access_conflict(grant: AccessGrant, *, both: Mapping[str, list[str]], by: User) -> None:
    """Keep in the log both texts of fields that two people changed: {field: [saved, typed]}."""
    record_access(grant, "networks.access_conflict", by=by, changes=dict(both))


@transaction.atomic
def end_access(grant: AccessGrant, *, by: User) -> bool:
    """Note that the access was taken back; False when it was ended already."""
    now = timezone.now()
    if not AccessGrant.objects.filter(pk=grant.pk, ended_at__isnull=True).update(
        ended_at=now,
        ended_by=by,
        updated_at=now,
        updated_by=by,
        revision=models.F("revision") + 1,
    ):
        return False
    record_access(grant, "networks.access_ended", by=by)
    after_saving.tell(grant.workspace, by=by)
    return True


@transaction.atomic
def restore_access(grant: AccessGrant, *, by: User) -> bool:
    """Take the ending back; False when it was there already. Raises Refusal where it is noted anew."""
    now = timezone.now()
    ended = AccessGrant.objects.filter(pk=grant.pk, ended_at__isnull=False)
    try:
        with transaction.atomic():
            number = ended.update(
                ended_at=None,
                ended_by=None,
                updated_at=now,
                updated_by=by,
                revision=models.F("revision") + 1,
            )
    except IntegrityError:
        raise Refusal(_("This access was added again meanwhile; that one stands.")) from None
    if not number:
        return False
    record_access(grant, "networks.access_restored", by=by)
    after_saving.tell(grant.workspace, by=by)
    return True


# --- many at once -------------------------------------------------------------------------------


@dataclass
class Sitting:
    """What became of the answers that were given in one sitting; each is a list of accesses."""

    confirmed: list[AccessGrant] = field(default_factory=list)
    ended: list[AccessGrant] = field(default_factory=list)
    #: Changed or ended by somebody else since the page was made: look again.
    changed_meanwhile: list[AccessGrant] = field(default_factory=list)


@transaction.atomic
def confirm_accesses(
    workspace: Workspace,
    *,
    right: Mapping[uuid.UUID, int],
    ended: Mapping[uuid.UUID, int],
    by: User,
) -> Sitting:
    """Confirm and end what was answered on one page: uid → the revision that was read.

    All or nothing of what is still as it was read; what changed meanwhile is left alone and named.
    """
    sitting = Sitting()
    answered = {**right, **ended}
    here = AccessGrant.objects.for_workspace(workspace).with_people()
    today, now = workspace.today(), timezone.now()
    for grant in here.filter(uid__in=answered).order_by("pk"):
        grant.workspace = workspace
        is_end = grant.uid in ended
        values: dict[str, Any] = (
            {"ended_at": now, "ended_by": by}
            if is_end
            else {"confirmed_on": today, "confirmed_by": by}
        )
        same = AccessGrant.objects.filter(
            pk=grant.pk, revision=answered[grant.uid], ended_at__isnull=True
        )
        if not same.update(revision=models.F("revision") + 1, **values):
            sitting.changed_meanwhile.append(grant)
        elif is_end:
            sitting.ended.append(grant)
            record_access(grant, "networks.access_ended", by=by)
        else:
            sitting.confirmed.append(grant)
    if len(sitting.confirmed) == 1:
        record_access(sitting.confirmed[0], "networks.access_confirmed", by=by)
    elif sitting.confirmed:
        record(
            workspace,
            by=by,
            verb="networks.accesses_confirmed",
            subject=("access", ""),
            changes={"number": [None, len(sitting.confirmed)]},
        )
    if sitting.confirmed or sitting.ended:
        after_saving.tell(workspace, by=by)
    return sitting


@transaction.atomic
def take_back(workspace: Workspace, grants: Iterable[AccessGrant], *, by: User) -> int:
    """End several accesses of a leaver that were ticked off; return how many were still there."""
    number = 0
    for grant in grants:
        grant.workspace = workspace
        number += end_access(grant, by=by)
    return number


def record_access(
    grant: AccessGrant, verb: str, *, by: User, changes: dict[str, list[Any]] | None = None
) -> None:
    """Leave one line in the log about an access."""
    record(
        grant.workspace,
        by=by,
        verb=verb,
        subject=("access", str(grant.uid)),
        label=str(grant),
        changes=changes,
    )


# --- shared -------------------------------------------------------------------------------------


def _cleaned(workspace: Workspace, values: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return clean_access(workspace, values)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from error


def _write_once(grant: AccessGrant, *, fields: Collection[str] | None = None) -> None:
    try:
        with transaction.atomic():
            grant.save(update_fields=fields, force_insert=fields is None)
    except IntegrityError:
        words = {"person": isolated(grant.person_name), "channel": isolated(grant.channel)}
        raise Refusal(
            _("%(person)s is already recorded with this level and login on %(channel)s.") % words
        ) from None


def _shown(grant: AccessGrant, name: str) -> Any:
    """Return a value as the log shows it."""
    value = getattr(grant, name)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return value
    if getattr(AccessGrant._meta.get_field(name), "choices", None):
        return str(getattr(grant, f"get_{name}_display")())
    return str(value or "")
