"""The people of a workspace, and the door that an invitation opens."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from accounts.addresses import account_of, is_address_of, is_confirmed
from accounts.mixins import say_what_was_removed
from accounts.models import User
from accounts.services import trust_only
from accounts.sign_up import forget_invitation, remember_invitation
from core.exceptions import Refusal
from core.idempotency import uid_from_submission
from core.merging import until_alone
from core.secrets_in_addresses import keep_address_secret
from core.site import site_address
from core.text import isolated
from members.forms import HandoverForm, InviteForm, MemberForm
from members.invitations import invitation_in, reference_of
from members.models import Invitation, hash_of
from members.reassignment import held_by
from members.services import (
    CHANGEABLE,
    AlreadyMember,
    MembersRefusal,
    WrongAccount,
    accept,
    change_member,
    holds,
    invite,
    may_still_let_in,
    reassign,
    record_conflict,
    remove,
    revoke,
    send_again,
    why_not_remove,
)
from members.take_back import to_take_back
from workspaces.enums import Role
from workspaces.models import Membership, Workspace
from workspaces.permissions import Permission
from workspaces.workspace_view import WorkspaceView

PAGE = 100
#: The session names the invitation whose link is to be shown once; never the link.
SHOW_LINK = "show_link"


class MemberList(WorkspaceView):
    """Everybody in the workspace; for who manages people also who is invited."""

    template_name = "members/member_list.html"
    nav = "people"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show those who have not left, by name, and the open invitations."""
        members = Membership.objects.for_workspace(self.workspace).filter(left_at__isnull=True)
        page = self.page_of(members.by_name(), size=PAGE)
        for member in page:
            member.workspace = self.workspace
        pending = Invitation.objects.for_workspace(self.workspace).pending().for_list()
        return self.page(
            page_obj=page,
            members=page.object_list,
            invitations=list(pending[:PAGE])
            if self.membership.can(Permission.MANAGE_MEMBERS)
            else [],
            may_leave=not why_not_remove(self.membership, by=self.membership.user),
        )


# --- inviting ---------------------------------------------------------------------------------


class Invite(WorkspaceView):
    """Invite one person, by email or by a link."""

    template_name = "members/member_invite.html"
    nav = "people"
    permission = Permission.MANAGE_MEMBERS

    def form(self, data: QueryDict | None = None) -> InviteForm:
        """Return the form, with the roles that the person may give."""
        return InviteForm(data, workspace=self.workspace, roles=_roles_below(self.membership))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(form=self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Invite, then show the link once or say where the email goes."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form=form)
        values = dict(form.cleaned_data)
        del values["way"], values["token"]
        uid = uid_from_submission(self.membership.uid, "invitation", request.POST)
        try:
            invitation, _token = invite(self.workspace, by=self.membership.user, uid=uid, **values)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.page(form=form)
        return _shown_or_sent(request, invitation)


class InvitationView(WorkspaceView):
    """Turn the address into ``self.invitation``, looked up inside the workspace only."""

    nav = "people"
    permission = Permission.MANAGE_MEMBERS
    invitation: Invitation

    def load_objects(self) -> None:
        """Find the invitation, once the membership has been checked."""
        self.invitation = get_object_or_404(
            Invitation.objects.for_workspace(self.workspace), uid=self.kwargs["invitation"]
        )
        self.invitation.workspace = self.workspace


class InvitationLink(InvitationView):
    """The page that shows a link, once."""

    template_name = "members/invitation_link.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the link, the first time after it was made."""
        link = ""
        if request.session.get(SHOW_LINK) == reference_of(self.invitation):
            del request.session[SHOW_LINK]
            link = site_address(self.invitation.path)
        return self.page(invitation=self.invitation, link=link)


class InvitationAgain(InvitationView):
    """Send it again, or make a new link; the old one is closed."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """A new edition of the same invitation."""
        try:
            invitation, _token = send_again(self.invitation, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("members:list", self.workspace.slug)
        return _shown_or_sent(request, invitation)


class InvitationRevoke(InvitationView):
    """Close the door before anybody came in."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Revoke; a second press says that it is not open any more."""
        try:
            revoke(self.invitation, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The invitation is revoked; its link no longer works."))
        return redirect("members:list", self.workspace.slug)


def _shown_or_sent(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    slug = invitation.workspace.slug
    if invitation.email:
        messages.success(
            request,
            _("We’ve emailed the invitation to %(email)s.") % {"email": invitation.email},
        )
        return redirect("members:list", workspace=slug)
    request.session[SHOW_LINK] = reference_of(invitation)
    return redirect("members:link", workspace=slug, invitation=invitation.uid)


# --- changing and parting ---------------------------------------------------------------------


class MemberView(WorkspaceView):
    """Turn the address into ``self.member``, looked up inside the workspace only."""

    nav = "people"
    permission = Permission.MANAGE_MEMBERS
    member: Membership

    def load_objects(self) -> None:
        """Find the member, once the own membership has been checked."""
        self.member = _member_of(self.workspace, self.kwargs["member"])


class MemberChange(MemberView):
    template_name = "members/member_change.html"

    def form(self, data: QueryDict | None = None) -> MemberForm:
        """Return the form, with the roles that may be given and the one that the member has."""
        roles = _roles_below(self.membership)
        own = Role(self.member.role)
        return MemberForm(
            data,
            workspace=self.workspace,
            roles=roles if own in roles else [*roles, own],
            initial={name: getattr(self.member, name) for name in CHANGEABLE},
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(self.form())

    def show(self, form: MemberForm, *, status: int = 200) -> HttpResponse:
        """Return the page, with what would be taken back from the member."""
        return self.page(
            form=form, member=self.member, take_back=to_take_back(self.member), status=status
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save; what somebody else saved meanwhile stays, field by field."""
        return until_alone(self.save)

    def save(self) -> HttpResponse:
        """Save once; raises Conflict when somebody else did at the same moment."""
        self.load_objects()
        form = self.form(self.request.POST)
        if form.conflicts:
            record_conflict(self.member, both=form.both_texts, by=self.membership.user)
            return self.show(form, status=409)
        if not form.is_valid():
            return self.show(form)
        try:
            change_member(
                self.member,
                by=self.membership.user,
                expected=self.member.revision,
                **{name: form.cleaned_data[name] for name in CHANGEABLE},
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form)
        messages.success(
            self.request,
            _("The membership of %(name)s is saved.") % {"name": isolated(self.member.user)},
        )
        return redirect("members:list", self.workspace.slug)


class MemberHandover(MemberView):
    """Give a member's work to others in one form."""

    template_name = "members/member_reassignment.html"

    def form(self, data: QueryDict | None = None) -> HandoverForm:
        """Return the form; nobody parts here, so without a receiver nothing would happen."""
        return HandoverForm(
            data, membership=self.member, held=held_by(self.member), must_choose=True
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(form=self.form(), member=self.member)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Reassign it and say how much it was."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form=form, member=self.member)
        try:
            number = reassign(self.member, to=form.receivers(), by=self.membership.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.page(form=form, member=self.member)
        messages.success(request, _("Handed over: %(number)d.") % {"number": number})
        return redirect("members:list", self.workspace.slug)


class PartingView(WorkspaceView):
    """End the membership of ``self.member``, and give their work away at the same time."""

    nav = "people"
    member: Membership

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.shown(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Remove the member; access ends at once."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.shown(form)
        try:
            remove(self.member, by=self.membership.user, to=form.receivers())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.shown(form)
        return self.parted()

    def form(self, data: QueryDict | None = None) -> HandoverForm:
        """Return the form for what the member holds."""
        return HandoverForm(data, membership=self.member, held=held_by(self.member))

    def shown(self, form: HandoverForm) -> HttpResponse:
        """Return the page, with why they cannot go now, if so."""
        why_not = why_not_remove(self.member, by=self.membership.user)
        return self.page(
            form=form,
            member=self.member,
            why_not=why_not,
            is_parting=True,
            take_back=to_take_back(self.member),
        )

    def parted(self) -> HttpResponse:
        """Say what happened on the next page."""
        raise NotImplementedError


class MemberRemove(PartingView):
    template_name = "members/member_remove.html"
    permission = Permission.MANAGE_MEMBERS

    def load_objects(self) -> None:
        """Find the member, once the own membership has been checked."""
        self.member = _member_of(self.workspace, self.kwargs["member"])

    def parted(self) -> HttpResponse:
        """Back to the list, unless it was oneself."""
        if self.member.pk == self.membership.pk:
            return redirect("workspaces:list")
        messages.success(
            self.request,
            _("%(name)s is no longer a member and cannot come in any more.")
            % {"name": isolated(self.member.user)},
        )
        held = to_take_back(self.member)
        if held and self.membership.can(Permission.EDIT_CHANNELS):
            return redirect(held[0].url)
        return redirect("members:list", self.workspace.slug)


class Leave(PartingView):
    """Leave the workspace; the last admin cannot."""

    template_name = "members/leave.html"

    def load_objects(self) -> None:
        self.member = self.membership

    def parted(self) -> HttpResponse:
        """To the workspaces that are left."""
        messages.success(
            self.request,
            _("You have left %(workspace)s.") % {"workspace": isolated(self.workspace.name)},
        )
        return redirect("workspaces:list")


def _roles_below(membership: Membership) -> list[Role]:
    """Return the roles that the member may give: none that holds more than their own."""
    return [role for role in Role if holds(membership.role, role)]


def _member_of(workspace: Workspace, uid: UUID) -> Membership:
    """Return the member who has not left, or raise Http404."""
    members = Membership.objects.for_workspace(workspace).filter(left_at__isnull=True)
    member = get_object_or_404(members.select_related("user"), uid=uid)
    member.workspace = workspace
    return member


# --- the door ---------------------------------------------------------------------------------


@method_decorator([login_not_required, keep_address_secret], name="dispatch")
class InvitationDoor(View):
    """The link of an invitation: takes the secret out of the address and leads to its page.

    A wrong, used, revoked or expired token gives the same 404.
    """

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Let the session remember it, which also allows signing up."""
        invitation = Invitation.objects.open().filter(token_hash=hash_of(token)).first()
        if invitation is None or not may_still_let_in(invitation):
            return _closed(request)
        remember_invitation(request, reference_of(invitation))
        if invitation.email and not request.user.is_authenticated:
            get_adapter(request).stash_verified_email(request, invitation.email)
        return redirect("members:invitation")


@method_decorator(login_not_required, name="dispatch")
class InvitationPage(View):
    """The invitation that the visitor holds: accept it as a new or an existing person."""

    invitation: Invitation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find it again; it may have been closed meanwhile."""
        invitation = invitation_in(request)
        if invitation is None:
            return _closed(request)
        self.invitation = invitation
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show who invites, and to what."""
        return self.shown(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Accept it as who is signed in."""
        if not request.user.is_authenticated:
            return redirect("account_login")
        workspace = self.invitation.workspace
        try:
            removed = self.accept(request, request.user)
        except AlreadyMember as refusal:
            messages.info(request, str(refusal))
        except WrongAccount:
            return self.shown(request, status=409)
        except MembersRefusal:
            return _closed(request)
        else:
            messages.success(
                request, _("Welcome to %(workspace)s.") % {"workspace": isolated(workspace.name)}
            )
            self.say_what_ended(request, removed)
        forget_invitation(request)
        return redirect("today:today", workspace=workspace.slug)

    @transaction.atomic
    def accept(self, request: HttpRequest, person: User) -> list[str]:
        """Let the person in; what was sent to their address also proves that it is theirs.

        Then other unconfirmed addresses are removed (and returned), and other sessions end.
        """
        accept(self.invitation.token, by=person)
        if not self.invitation.email:
            return []
        removed = trust_only(person, self.invitation.email)
        update_session_auth_hash(request, person)
        return removed

    def say_what_ended(self, request: HttpRequest, removed: list[str]) -> None:
        """Say it where somebody else may have had a hand in the account."""
        say_what_was_removed(request, removed)
        if removed:
            messages.info(request, _("You are signed out in all other browsers."))

    def shown(self, request: HttpRequest, status: int = 200) -> HttpResponse:
        """The page, as it fits who looks at it."""
        invitation, user = self.invitation, request.user
        email = invitation.email
        members = Membership.objects.for_workspace(invitation.workspace).active()
        owner = account_of(email) if email else None
        context = {
            "invitation": invitation,
            "has_account": owner is not None and is_confirmed(owner),
            "is_wrong_account": (
                user.is_authenticated and bool(email) and not is_address_of(user, email)
            ),
            "is_member": user.is_authenticated and members.filter(user=user).exists(),
        }
        return render(request, "members/invitation.html", context, status=status)


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "members/invitation_closed.html", status=404)
