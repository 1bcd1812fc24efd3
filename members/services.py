"""Inviting, accepting, changing, parting. Each leaves its record in the same transaction."""

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.addresses import is_address_of
from accounts.models import User
from activity.models import Record
from activity.services import record
from core.exceptions import Conflict, Refusal
from core.rows import claim_revision
from core.text_input import is_changed
from core.validators import holds_address
from members.models import LIFETIME, Invitation, hash_of
from members.reassignment import WORKS
from notifications.services import cancel, notify, write_to
from workspaces.enums import Engagement, Role
from workspaces.models import Membership, MembershipQuerySet, Workspace
from workspaces.permissions import ROLE_PERMISSIONS, Permission

INVITED = "members.invited"
#: What the log calls an invitation that was made or made anew.
INVITING = (
    "members.invited",
    "members.invited_by_link",
    "members.invited_again",
    "members.invited_again_by_link",
)
#: Why the last admin cannot go, nor become something else.
ONE_ADMIN_STAYS = _(
    "The workspace needs at least one admin who stays. Make somebody else an admin first."
)


class MembersRefusal(Refusal):
    """Something about people cannot be done as asked."""


class NoLongerOpen(MembersRefusal):
    """The invitation cannot be accepted (any more)."""


class WrongAccount(MembersRefusal):
    """The invitation is for another address than the one signed in with."""


class AlreadyMember(MembersRefusal):
    """The person is in the workspace already; the invitation stays open."""


class LastAdmin(MembersRefusal):
    """The workspace would be left without an admin."""


# --- inviting ---------------------------------------------------------------------------------


def holds(role: str, other: str) -> bool:
    """Whether ``role`` may do all that ``other`` may."""
    return ROLE_PERMISSIONS[Role(other)] <= ROLE_PERMISSIONS[Role(role)]


@transaction.atomic
def invite(
    workspace: Workspace,
    *,
    by: User,
    role: str,
    engagement: str = Engagement.EMPLOYEE,
    email: str = "",
    company: str = "",
    engaged_until: date | None = None,
    uid: uuid.UUID | None = None,
) -> tuple[Invitation, str]:
    """Open the door for one person, once. With ``email`` the invitation is sent there.

    Without ``email`` the returned token is to be shown once, as a link. The role may not hold
    more than the inviter's own. The same ``uid`` again gives the same invitation and sends nothing.
    """
    _refuse_above_own(_inviter(workspace, by), role)
    uid = uid or uuid.uuid4()
    User.objects.select_for_update().get(pk=by.pk)  # one press after the other
    ours = Invitation.objects.for_workspace(workspace).filter(uid=uid)
    if made := ours.first():
        return _made_before(made)
    _refuse_too_many(by)
    if email and _active(workspace).filter(user__email__iexact=email).exists():
        raise MembersRefusal(_("This person is a member already."))
    invitation = Invitation(
        uid=uid,
        workspace=workspace,
        email=email.lower(),
        role=role,
        engagement=engagement,
        company=company if engagement == Engagement.EXTERNAL else "",
        engaged_until=engaged_until if engagement == Engagement.EXTERNAL else None,
        invited_by=by,
    )
    invitation.token_hash = hash_of(invitation.token)
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError:
        if made := ours.first():  # both presses at once
            return _made_before(made)
        raise MembersRefusal(
            _("This address is invited already. Send that invitation again, or revoke it first.")
        ) from None
    _record_invitation(invitation, "members.invited", by=by)
    _send(invitation, by=by)
    return invitation, invitation.token


def _made_before(invitation: Invitation) -> tuple[Invitation, str]:
    """What a second press gets: the invitation as long as it is as the first one left it."""
    if invitation.edition > 1 or not Invitation.objects.pending().filter(pk=invitation.pk).exists():
        raise MembersRefusal(
            _(
                "This invitation was made already, and has changed since. Look at the list of people."
            )
        )
    return invitation, invitation.token


@transaction.atomic
def send_again(invitation: Invitation, *, by: User) -> tuple[Invitation, str]:
    """Make a new link that lasts two weeks; the old one is closed. By email it is sent."""
    _refuse_above_own(_inviter(invitation.workspace, by), invitation.role)
    User.objects.select_for_update().get(pk=by.pk)
    _refuse_too_many(by)
    if not (
        Invitation.objects.pending()
        .filter(pk=invitation.pk, edition=invitation.edition)
        .update(edition=F("edition") + 1)
    ):
        raise NoLongerOpen(_("This invitation is not open any more."))
    invitation.refresh_from_db()
    invitation.token_hash = hash_of(invitation.token)
    invitation.expires_at = timezone.now() + LIFETIME
    invitation.invited_by = by
    invitation.save(update_fields=["token_hash", "expires_at", "invited_by"])
    _record_invitation(invitation, "members.invited_again", by=by)
    _send(invitation, by=by)
    return invitation, invitation.token


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    """Close the door before anybody came in."""
    if not (
        Invitation.objects.pending()
        .filter(pk=invitation.pk)
        .update(revoked_at=timezone.now(), revoked_by=by)
    ):
        raise NoLongerOpen(_("This invitation is not open any more."))
    cancel(
        workspace=invitation.workspace,
        reason=str(_("The invitation was revoked.")),
        notification__kind=INVITED,
        notification__subject_uid=invitation.uid,
    )
    _record_invitation(invitation, "members.invitation_revoked", by=by)


def _send(invitation: Invitation, *, by: User) -> None:
    if invitation.email:
        _refuse_addresses_in_names(invitation.workspace, by)
        write_to(
            invitation.email,
            workspace=invitation.workspace,
            kind=INVITED,
            source=f"invitation:{invitation.uid}:{invitation.edition}",
            subject=("invitation", invitation.uid),
            params={"edition": invitation.edition, "role": str(Role(invitation.role).label)},
            by=by,
        )


def _refuse_too_many(by: User) -> None:
    """Count what ``by`` invited in 24 hours, in all workspaces together; called behind a lock."""
    since, most = timezone.now() - timedelta(days=1), settings.INVITATIONS_A_DAY
    if Record.objects.filter(by=by, at__gt=since, verb__in=INVITING).count() >= most:
        raise MembersRefusal(
            ngettext(
                "You can invite %(number)d person a day. Go on tomorrow.",
                "You can invite %(number)d people a day. Go on tomorrow.",
                most,
            )
            % {"number": most}
        )


def _refuse_addresses_in_names(workspace: Workspace, by: User) -> None:
    """Names given before forms refused addresses must not stand in emails to strangers either."""
    if holds_address(workspace.name):
        raise MembersRefusal(
            _("The workspace's name holds a web or email address. Change it in the settings first.")
        )
    if holds_address(by.name):
        raise MembersRefusal(
            _("Your name holds a web or email address. Change it in your profile first.")
        )


def _inviter(workspace: Workspace, by: User) -> Membership:
    inviter = _active(workspace).filter(user=by).first()
    if inviter is None or not inviter.can(Permission.MANAGE_MEMBERS):
        raise MembersRefusal(_("Your role does not allow you to invite people."))
    return inviter


def _refuse_above_own(inviter: Membership, role: str) -> None:
    if not holds(inviter.role, role):
        raise MembersRefusal(_("You cannot give a role that may do more than your own."))


# --- accepting --------------------------------------------------------------------------------


@transaction.atomic
def accept(token: str, *, by: User) -> Membership:
    """Let ``by`` in. Of many at once exactly one gets in; nothing is used up by a refusal.

    Somebody who was here before gets the same membership back, with what the invitation says.
    Raises NoLongerOpen, WrongAccount or AlreadyMember.
    """
    invitation = (
        Invitation.objects.open()
        .select_related("workspace")
        .filter(token_hash=hash_of(token))
        .first()
    )
    if invitation is None:
        raise NoLongerOpen(_("This invitation is not open any more. Ask for a new one."))
    if invitation.email and not is_address_of(by, invitation.email):
        raise WrongAccount(_("This invitation is for another email address."))
    if not may_still_let_in(invitation):
        raise NoLongerOpen(
            _("The person who invited you can no longer do so. Ask for a new invitation.")
        )
    workspace = Workspace.objects.select_for_update().get(pk=invitation.workspace_id)
    if _active(workspace).filter(user=by).exists():
        raise AlreadyMember(_("You are a member here already."))
    if not (
        Invitation.objects.open()
        .filter(pk=invitation.pk, edition=invitation.edition)
        .update(accepted_at=timezone.now(), accepted_by=by)
    ):
        raise NoLongerOpen(_("This invitation is not open any more. Ask for a new one."))
    membership, _created = Membership.objects.update_or_create(
        workspace=workspace,
        user=by,
        defaults={
            "role": invitation.role,
            "engagement": invitation.engagement,
            "company": invitation.company,
            "engaged_until": invitation.engaged_until,
            "left_at": None,
            "joined_at": timezone.now(),
        },
    )
    _record_member(membership, "members.joined", by=by)
    notify(
        workspace=workspace,
        recipients=[invitation.invited_by],
        kind="members.joined",
        source=f"invitation:{invitation.uid}:accepted",
        subject=("member", membership.uid),
        by=by,
        url=reverse("members:list", args=[workspace.slug]),
    )
    return membership


def may_still_let_in(invitation: Invitation) -> bool:
    """Whether the inviter could still invite to this role today."""
    inviter = _active(invitation.workspace).filter(user=invitation.invited_by_id).first()
    return (
        inviter is not None
        and inviter.can(Permission.MANAGE_MEMBERS)
        and holds(inviter.role, invitation.role)
    )


# --- changing and parting ---------------------------------------------------------------------

CHANGEABLE = ("role", "engagement", "company", "engaged_until")


@transaction.atomic
def change_member(
    membership: Membership, *, by: User, expected: int | None = None, **values: Any
) -> Membership:
    """Change role and engagement; the last admin stays one.

    Raises Conflict when the membership is past revision ``expected`` (None: whatever it is).
    """
    current = _locked(membership)
    if values["engagement"] == Engagement.EMPLOYEE:
        values |= {"company": "", "engaged_until": None}
    if current.role != values["role"]:
        _refuse_above_own(_inviter(current.workspace, by), values["role"])
    changes = {
        name: [getattr(current, name), values[name]]
        for name in CHANGEABLE
        if is_changed(current, name, values[name])
    }
    if not changes:
        return current
    claim_revision(current, current.revision if expected is None else expected)
    for name, (_before, after) in changes.items():
        setattr(current, name, after)
    current.save(update_fields=list(changes))
    _refuse_without_admin(current.workspace)
    _record_member(
        current,
        "members.changed",
        by=by,
        changes={
            name: [_plain(before), _plain(after)] for name, (before, after) in changes.items()
        },
    )
    return current


@transaction.atomic
def record_conflict(membership: Membership, *, both: Mapping[str, list[str]], by: User) -> None:
    """Keep in the log both texts of fields that two people changed: {field: [saved, typed]}."""
    _record_member(membership, "members.conflict", by=by, changes=dict(both))


@transaction.atomic
def reassign(membership: Membership, *, to: Mapping[str, Membership], by: User) -> int:
    """Give the member's work away: ``to`` says for each kind of work (code) to whom."""
    moved = 0
    for work in WORKS:
        receiver = to.get(work.code)
        if receiver is None:
            continue
        if receiver.workspace_id != membership.workspace_id or receiver.pk == membership.pk:
            raise MembersRefusal(_("Choose another member of this workspace."))
        if not receiver.is_active:
            raise MembersRefusal(_("The person you chose has left the workspace."))
        try:
            number = work.move(membership, receiver, by=by)
        except Conflict:
            raise MembersRefusal(
                _("Somebody changed this work at the same moment. Nothing was moved; try again.")
            ) from None
        if number:
            moved += number
            _record_member(
                membership,
                "members.handed_over",
                by=by,
                changes={work.code: [membership.name, f"{receiver.name} ({number})"]},
            )
    return moved


@transaction.atomic
def remove(
    membership: Membership, *, by: User, to: Mapping[str, Membership] | None = None
) -> Membership:
    """Part with a member, or leave oneself (``by`` is the member). Access ends at once.

    ``to`` hands over the work in the same transaction. The last admin cannot go.
    """
    current = _locked(membership)
    reassign(current, to=to or {}, by=by)
    current.left_at = timezone.now()
    current.save(update_fields=["left_at"])
    _refuse_without_admin(current.workspace)
    cancel(
        workspace=current.workspace,
        reason=str(_("This person is no longer a member.")),
        recipient=current.user,
    )
    verb = "members.left" if by.pk == current.user_id else "members.removed"
    _record_member(current, verb, by=by)
    return current


def why_not_remove(membership: Membership, *, by: User) -> str:
    """Return the sentence that forbids parting with the member, or nothing."""
    if not membership.can(Permission.MANAGE_MEMBERS):
        return ""
    others = _admins(membership.workspace).exclude(pk=membership.pk)
    if others.filter(engaged_until=None).exists():
        return ""
    if membership.user_id == by.pk and not others.exists():
        if not _active(membership.workspace).exclude(pk=membership.pk).exists():
            return gettext("You are alone here. Invite somebody and make them admin first.")
        return gettext("You are the only admin. Make somebody else admin first.")
    return str(ONE_ADMIN_STAYS)


def _active(workspace: Workspace) -> MembershipQuerySet:
    return Membership.objects.for_workspace(workspace).active()


def _locked(membership: Membership) -> Membership:
    """Read the member again behind the workspace's lock, where only one can change people."""
    workspace = Workspace.objects.select_for_update().get(pk=membership.workspace_id)
    current = (
        Membership.objects.for_workspace(workspace)
        .filter(pk=membership.pk, left_at__isnull=True)
        .select_related("user")
        .first()
    )
    if current is None:
        raise MembersRefusal(_("This person has left the workspace already."))
    current.workspace = workspace
    return current


def _refuse_without_admin(workspace: Workspace) -> None:
    """Called after the change, behind the lock: undo everything when nobody is left to manage.

    Somebody whose engagement has an end does not count: the workspace would lock itself.
    """
    if not _admins(workspace).filter(engaged_until=None).exists():
        raise LastAdmin(ONE_ADMIN_STAYS)


def _admins(workspace: Workspace) -> MembershipQuerySet:
    return _active(workspace).who_can(Permission.MANAGE_MEMBERS)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _record_member(
    membership: Membership,
    verb: str,
    *,
    by: User,
    changes: dict[str, list[Any]] | None = None,
) -> None:
    record(
        membership.workspace,
        by=by,
        verb=verb,
        subject=("member", str(membership.uid)),
        label=membership.name,
        changes=changes,
    )


def _record_invitation(invitation: Invitation, verb: str, *, by: User) -> None:
    record(
        invitation.workspace,
        by=by,
        verb=verb if invitation.email else f"{verb}_by_link",
        subject=("invitation", str(invitation.uid)),
        label=invitation.email or str(Role(invitation.role).label),
    )
