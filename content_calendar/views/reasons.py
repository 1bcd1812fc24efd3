"""Saying why a post goes on although a rule has something to say of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from content_calendar.domain.rights import may_draft
from content_calendar.findings import findings_of
from content_calendar.forms.reasons import ReasonsForm
from content_calendar.services.reasons import give_reasons, without_reason
from content_calendar.views.posts import PostPage
from core.exceptions import Refusal
from workspaces.permissions import Permission

INVALID = 422


class PostReasons(PostPage):
    """Keep the reasons; a form that is not complete comes back on the page of the post."""

    permission = Permission.DRAFT_POSTS

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return redirect(self.post_)

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        if not may_draft(self.membership, self.post_):
            raise PermissionDenied
        findings = findings_of(self.post_)
        asking = without_reason(self.post_, findings)
        form = ReasonsForm(request.POST, post=self.post_, asking=asking)
        if not form.is_valid():
            shown = self.form() if self.may_edit else None
            return self.show(shown, reasons_form=form, status=INVALID)
        try:
            give_reasons(
                self.post_,
                form.reasons,
                findings=findings,
                fingerprint=form.cleaned_data["fingerprint"],
                by=self.membership.user,
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Your reason is kept, and whoever approves it sees it."))
        return redirect(f"{self.post_.get_absolute_url()}#state")
