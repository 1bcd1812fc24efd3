"""The notices of the signed-in person."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.exceptions import Refusal
from core.merging import until_alone
from core.text import isolated
from notifications.enums import DeliveryState
from notifications.forms import NoticeSettingsForm
from notifications.models import Notification
from notifications.notification_types import icon_of, sentence_of, was_due_words, why_of
from notifications.preferences import preferences_of
from notifications.services import mark_all_read, mark_read, save_settings
from notifications.trying import last_email_test, try_email
from workspaces.workspace_view import WorkspaceView

PAGE = 50


class ShownNotice(NamedTuple):
    """A notice in words."""

    notice: Notification
    sentence: str
    icon: str
    why: str
    was_due: str


class NoticeList(WorkspaceView):
    """What the person is told here, unread first."""

    template_name = "notifications/notice_list.html"
    nav = "notices"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show each notice as a sentence."""
        own = Notification.objects.for_workspace(self.workspace).to(self.membership.user)
        page = self.page_of(own.for_page(), size=PAGE)
        for notice in page:
            notice.workspace = self.workspace
        notices = [
            ShownNotice(
                notice,
                sentence_of(notice),
                icon_of(notice),
                why_of(notice),
                was_due_words(notice, notice.created_at),
            )
            for notice in page
        ]
        return self.page(page_obj=page, notices=notices)


class NoticeSettingsPage(WorkspaceView):
    """What the person wants to be told, in all of their workspaces."""

    template_name = "notifications/notice_settings.html"
    nav = "notices"

    def form(self, data: QueryDict | None = None) -> NoticeSettingsForm:
        """Return the form over what is saved now."""
        user = self.membership.user
        return NoticeSettingsForm(data, preferences=preferences_of([user])[user.pk])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(form=self.form(), last_test=last_email_test(self.membership.user))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save; what was saved in another window meanwhile stays, field by field."""
        return until_alone(self.save)

    def save(self) -> HttpResponse:
        """Save once; raises Conflict when it was saved at the same moment."""
        form = self.form(self.request.POST)
        if form.conflicts:
            return self.page(form=form, status=409)
        if not form.is_valid():
            return self.page(form=form)
        save_settings(
            self.membership.user,
            values=form.values,
            choices=form.choices,
            expected=form.preferences.settings.revision,
        )
        messages.success(self.request, _("Your settings are saved."))
        return redirect("notifications:settings", workspace=self.workspace.slug)


class EmailTest(WorkspaceView):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send the person a test email and say what the mail server answered."""
        user = self.membership.user
        try:
            delivery = try_email(user, self.workspace)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            if delivery.state == DeliveryState.SENT:
                sentence = _("The mail server took the test email to %(address)s. Look for it.")
                messages.success(request, sentence % {"address": user.email})
            else:
                sentence = _("The test email was not sent. The mail server said: %(said)s")
                messages.error(request, sentence % {"said": isolated(delivery.last_error)})
        return redirect("notifications:settings", workspace=self.workspace.slug)


class NoticeOpen(WorkspaceView):
    """Mark one of the person's own notices as read and go to what it is about."""

    notice: Notification

    def load_objects(self) -> None:
        """Find the notice; somebody else's is not there."""
        own = Notification.objects.for_workspace(self.workspace).to(self.membership.user)
        self.notice = get_object_or_404(own, uid=self.kwargs["notice"])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Follow it only to an address of this site."""
        mark_read(self.notice)
        url = self.notice.url
        if url.startswith("/") and url_has_allowed_host_and_scheme(url, None):
            return redirect(url)
        return redirect("notifications:list", workspace=self.workspace.slug)


class NoticesRead(WorkspaceView):
    """Mark all of the person's notices here as read."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        number = mark_all_read(self.workspace, by=self.membership.user)
        messages.success(
            request,
            ngettext("%(n)d notice marked as read.", "%(n)d notices marked as read.", number)
            % {"n": number},
        )
        return redirect("notifications:list", workspace=self.workspace.slug)
