"""The notices of the signed-in person, and letters that failed."""

from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import ListView, View

from core.exceptions import Refusal
from core.templatetags.ui_tags import clock, when
from notifications.models import Delivery, Notification
from notifications.notification_types import icon_of, sentence_of, was_due_words, why_of
from notifications.services import discard, mark_all_read, mark_read, outbox_of, retry_now
from workspaces.mixins import WorkspaceMixin
from workspaces.permissions import Permission

PAGE = 50


class ShownNotice(NamedTuple):
    """A notice in words."""

    notice: Notification
    sentence: str
    icon: str
    why: str
    was_due: str


class NoticeList(WorkspaceMixin, ListView[Notification]):
    """What the person is told here, unread first; for admins also the letters that failed."""

    template_name = "notifications/notice_list.html"
    paginate_by = PAGE
    nav = "notices"

    def get_queryset(self) -> QuerySet[Notification]:
        """The person's own notices of this workspace."""
        own = Notification.objects.for_workspace(self.workspace).to(self.membership.user)
        return own.for_page()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each notice as a sentence."""
        context = super().get_context_data(**kwargs)
        for notice in context["object_list"]:
            notice.workspace = self.workspace
        context["notices"] = [
            ShownNotice(
                notice,
                sentence_of(notice),
                icon_of(notice),
                why_of(notice),
                was_due_words(notice, notice.created_at),
            )
            for notice in context["object_list"]
        ]
        if self.membership.can(Permission.EDIT_SETTINGS):
            context["outbox"] = outbox = outbox_of(self.workspace)
            context["last_sent"] = self.in_short(outbox.last_sent_at)
            context["next_try"] = self.in_short(outbox.next_try_at)
            failed = Delivery.objects.for_workspace(self.workspace).failed()[:PAGE]
            context["failed"] = [
                (delivery, sentence_of(delivery.notification)) for delivery in failed
            ]
        return context

    def in_short(self, moment: datetime | None) -> str:
        """Return “14:02” for a moment of today in the workspace's zone, else day and time."""
        is_today = moment is not None and self.workspace.today(moment) == self.workspace.today()
        return (clock if is_today else when)(moment, self.workspace)


class NoticeOpen(WorkspaceMixin, View):
    """Mark a notice as read and go to what it is about."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Only the person's own; somebody else's is not there."""
        own = Notification.objects.for_workspace(self.workspace).to(self.membership.user)
        notice = get_object_or_404(own, uid=kwargs["notice"])
        mark_read(notice)
        if notice.url.startswith("/") and url_has_allowed_host_and_scheme(notice.url, None):
            return redirect(notice.url)
        return redirect("notifications:list", workspace=self.workspace.slug)


class NoticesRead(WorkspaceMixin, View):
    """Mark all of the person's notices here as read."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Say how many."""
        number = mark_all_read(self.workspace, by=self.membership.user)
        messages.success(
            request,
            ngettext("%(n)d notice marked as read.", "%(n)d notices marked as read.", number)
            % {"n": number},
        )
        return redirect("notifications:list", workspace=self.workspace.slug)


class DeliveryMixin(WorkspaceMixin):
    """Turn the address into ``self.delivery``, looked up inside the workspace only."""

    permission = Permission.EDIT_SETTINGS
    delivery: Delivery

    def load_objects(self) -> None:
        """Find the delivery, once the membership has been checked."""
        self.delivery = get_object_or_404(
            Delivery.objects.for_workspace(self.workspace).select_related("recipient"),
            uid=self.kwargs["delivery"],  # type: ignore[attr-defined]
        )
        self.delivery.workspace = self.workspace

    def to_list(self) -> HttpResponse:
        """Back to the letters."""
        return redirect("notifications:list", workspace=self.workspace.slug)


class DeliveryRetry(DeliveryMixin, View):
    """Try a failed letter again now."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Put it back into the queue."""
        try:
            retry_now(self.delivery, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The letter is on its way again."))
        return self.to_list()


class DeliveryDiscard(DeliveryMixin, View):
    """Give a failed letter up."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """It leaves the list."""
        try:
            discard(self.delivery, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The letter is given up."))
        return self.to_list()
