"""The people of a workspace, and the door that an invitation opens."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import FormView, ListView, TemplateView, View

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
from workspaces.enums import Role
from workspaces.mixins import WorkspaceMixin
from workspaces.models import Membership
from workspaces.permissions import Permission

PAGE = 100
#: The session names the invitation whose link is to be shown once; never the link.
SHOW_LINK = "show_link"


class PeopleMixin(WorkspaceMixin):
    """Pages that only those who manage people may open."""

    nav = "people"
    permission = Permission.MANAGE_MEMBERS

    def to_list(self) -> HttpResponse:
        """Back to the list of people."""
        return redirect("members:list", workspace=self.workspace.slug)

    def roles(self) -> list[Role]:
        """The roles that the person may give: none that holds more than the own one."""
        return [role for role in Role if holds(self.membership.role, role)]


class MemberList(WorkspaceMixin, ListView[Membership]):
    """Everybody in the workspace; for who manages people also who is invited."""

    template_name = "members/member_list.html"
    context_object_name = "members"
    paginate_by = PAGE
    nav = "people"

    def get_queryset(self) -> QuerySet[Membership]:
        """Those who have not left, by name."""
        members = Membership.objects.for_workspace(self.workspace).filter(left_at__isnull=True)
        return members.by_name()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the open invitations, and whether the person could leave."""
        context = super().get_context_data(**kwargs)
        for member in context["members"]:
            member.workspace = self.workspace
        if self.membership.can(Permission.MANAGE_MEMBERS):
            pending = Invitation.objects.for_workspace(self.workspace).pending().for_list()
            context["invitations"] = list(pending[:PAGE])
        context["may_leave"] = not why_not_remove(self.membership, by=self.membership.user)
        return context


# --- inviting ---------------------------------------------------------------------------------


class Invite(PeopleMixin, FormView[InviteForm]):
    """Invite one person, by e-mail or by a link."""

    template_name = "members/member_invite.html"
    form_class = InviteForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Only roles that the person may give."""
        return {**super().get_form_kwargs(), "workspace": self.workspace, "roles": self.roles()}

    def form_valid(self, form: InviteForm) -> HttpResponse:
        """Invite, then show the link once or say where the letter goes."""
        values = dict(form.cleaned_data)
        del values["way"], values["token"]
        uid = uid_from_submission(self.membership.uid, "invitation", self.request.POST)
        try:
            invitation, _token = invite(self.workspace, by=self.membership.user, uid=uid, **values)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return _shown_or_sent(self.request, invitation)


class InvitationMixin(PeopleMixin):
    """Turn the address into ``self.invitation``, looked up inside the workspace only."""

    invitation: Invitation

    def load_objects(self) -> None:
        """Find the invitation, once the membership has been checked."""
        self.invitation = get_object_or_404(
            Invitation.objects.for_workspace(self.workspace),
            uid=self.kwargs["invitation"],  # type: ignore[attr-defined]
        )
        self.invitation.workspace = self.workspace

    def frame(self) -> dict[str, Any]:
        """The frame's context, and the invitation."""
        return {**super().frame(), "invitation": self.invitation}


class InvitationLink(InvitationMixin, TemplateView):
    """The page that shows a link, once."""

    template_name = "members/invitation_link.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The link, the first time after it was made."""
        context = super().get_context_data(**{**kwargs, "invitation": self.invitation})
        if self.request.session.get(SHOW_LINK) == reference_of(self.invitation):
            del self.request.session[SHOW_LINK]
            context["link"] = site_address(self.invitation.path)
        return context


class InvitationAgain(InvitationMixin, View):
    """Send it again, or make a new link; the old one is closed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """A new edition of the same invitation."""
        try:
            invitation, _token = send_again(self.invitation, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return self.to_list()
        return _shown_or_sent(request, invitation)


class InvitationRevoke(InvitationMixin, View):
    """Close the door before anybody came in."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Revoke; a second press says that it is not open any more."""
        try:
            revoke(self.invitation, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The invitation is revoked; its link no longer works."))
        return self.to_list()


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


class MemberMixin(PeopleMixin):
    """Turn the address into ``self.member``, looked up inside the workspace only."""

    member: Membership

    def load_objects(self) -> None:
        """Find the member, once the own membership has been checked."""
        self.member = get_object_or_404(
            Membership.objects.for_workspace(self.workspace)
            .filter(left_at__isnull=True)
            .select_related("user"),
            uid=self.kwargs["member"],  # type: ignore[attr-defined]
        )
        self.member.workspace = self.workspace

    def frame(self) -> dict[str, Any]:
        """The frame's context, and the member."""
        return {**super().frame(), "member": self.member}


class MemberChange(MemberMixin, FormView[MemberForm]):
    """Change role and engagement."""

    template_name = "members/member_change.html"
    form_class = MemberForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The roles that may be given, and the one that the member has."""
        roles = self.roles()
        own = Role(self.member.role)
        return {
            **super().get_form_kwargs(),
            "workspace": self.workspace,
            "roles": roles if own in roles else [*roles, own],
        }

    def get_initial(self) -> dict[str, Any]:
        """As it is."""
        return {name: getattr(self.member, name) for name in CHANGEABLE}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; what somebody else saved meanwhile stays, field by field."""
        return until_alone(self.save)

    def save(self) -> HttpResponse:
        """Save once; raises Conflict when somebody else did at the same moment."""
        self.load_objects()
        form = self.get_form()
        if form.conflicts:
            record_conflict(self.member, both=form.both_texts, by=self.membership.user)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        if not form.is_valid():
            return self.form_invalid(form)
        try:
            change_member(
                self.member,
                by=self.membership.user,
                expected=self.member.revision,
                **{name: form.cleaned_data[name] for name in CHANGEABLE},
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("The membership of %(name)s is saved.") % {"name": isolated(self.member.user)},
        )
        return self.to_list()


class HandoverPage(FormView[HandoverForm]):
    """What the pages have in common that give a member's work away."""

    form_class = HandoverForm
    member: Membership
    membership: Membership

    def get_form_kwargs(self) -> dict[str, Any]:
        """What the member holds."""
        return {
            **super().get_form_kwargs(),
            "membership": self.member,
            "held": held_by(self.member),
        }


class MemberHandover(MemberMixin, HandoverPage):
    """Give a member's work to others in one form."""

    template_name = "members/member_reassignment.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Nobody parts here: without a receiver nothing would happen."""
        return {**super().get_form_kwargs(), "must_choose": True}

    def form_valid(self, form: HandoverForm) -> HttpResponse:
        """Move it and say how much it was."""
        try:
            number = reassign(self.member, to=form.receivers(), by=self.membership.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("Handed over: %(number)d.") % {"number": number})
        return self.to_list()


class PartingPage(HandoverPage):
    """What the pages have in common on which somebody goes."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add why they cannot go now, if so."""
        why_not = why_not_remove(self.member, by=self.membership.user)
        return super().get_context_data(why_not=why_not, is_parting=True, **kwargs)


class MemberRemove(MemberMixin, PartingPage):
    """Part with a member, and give the work away at the same time."""

    template_name = "members/member_remove.html"

    def form_valid(self, form: HandoverForm) -> HttpResponse:
        """Remove; access ends at once."""
        try:
            remove(self.member, by=self.membership.user, to=form.receivers())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        if self.member.pk == self.membership.pk:
            return redirect("workspaces:list")
        messages.success(
            self.request,
            _("%(name)s is no longer a member and cannot come in any more.")
            % {"name": isolated(self.member.user)},
        )
        return self.to_list()


class Leave(WorkspaceMixin, PartingPage):
    """Leave the workspace, and give the own work away at the same time."""

    template_name = "members/leave.html"
    nav = "people"

    def load_objects(self) -> None:
        """It is about oneself."""
        self.member = self.membership

    def form_valid(self, form: HandoverForm) -> HttpResponse:
        """Leave; the last admin cannot."""
        try:
            remove(self.member, by=self.membership.user, to=form.receivers())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("You have left %(workspace)s.") % {"workspace": isolated(self.workspace.name)},
        )
        return redirect("workspaces:list")


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
            self.say_what_ended(request, request.user, removed)
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

    def say_what_ended(self, request: HttpRequest, person: User, removed: list[str]) -> None:
        """Say it, but not to somebody whose account is newer than the invitation."""
        say_what_was_removed(request, removed)
        if self.invitation.email and (removed or person.joined_at < self.invitation.created_at):
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
