"""Letting one more reviewer in, where nobody else can decide."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.exceptions import Refusal
from core.idempotency import uid_from_submission
from members.services import invite
from strategies.forms.reviews import InviteReviewerForm
from strategies.views.reviews import INVALID, REFUSED, ReviewPage
from workspaces.enums import Engagement, Role
from workspaces.permissions import Permission


class InviteReviewerView(ReviewPage):
    """Let one more person in who may decide, where nobody else can."""

    permission = Permission.MANAGE_MEMBERS

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form by itself."""
        return self.shown(InviteReviewerForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send the invitation."""
        form = InviteReviewerForm(request.POST)
        if not form.is_valid():
            return self.shown(form, status=INVALID)
        email = form.cleaned_data["email"]
        try:
            invite(
                self.workspace,
                email=email,
                role=Role.MANAGER,
                engagement=Engagement.EMPLOYEE,
                by=self.user,
                uid=uid_from_submission(self.membership.uid, "second reader", request.POST),
            )
        except Refusal as refusal:
            form.add_error("email", str(refusal))
            return self.shown(form, status=REFUSED)
        messages.success(
            request,
            _("We’ve emailed an invitation to %(email)s. Once accepted, they can review it.")
            % {"email": email},
        )
        waiting = self.strategy.versions.waiting().first()
        if waiting:
            return redirect(waiting)
        return redirect("strategies:submit", self.workspace.slug, self.strategy.uid)

    def shown(self, form: InviteReviewerForm, status: int = 200) -> HttpResponse:
        """The form by itself."""
        return self.page("strategies/reviewer_invite.html", status=status, form=form)
