"""The status page, and the emails that failed."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import Refusal
from core.templatetags.ui_tags import clock, when
from notifications.models import Delivery
from notifications.notification_types import sentence_of
from notifications.services import discard, outbox_of, retry_now
from operations.health import health_of
from reminders.models import Firing
from workspaces.permissions import Permission
from workspaces.workspace_view import WorkspaceView

FAILED_SHOWN = 50
#: How long reminders that were too late to be told are counted.
EXPIRED_SHOWN = timedelta(days=30)


class StatusPage(WorkspaceView):
    """Whether reminders and emails go out, what waits and what failed; nothing of other workspaces."""

    template_name = "operations/status.html"
    permission = Permission.SEE_STATUS
    nav = "settings"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show how it stands; the emails that failed to those who may do something about them."""
        health, outbox = health_of(self.workspace), outbox_of(self.workspace)
        expired = Firing.objects.for_workspace(self.workspace).expired()
        failed = Delivery.objects.for_workspace(self.workspace).failed()
        can_mend = self.membership.can(Permission.EDIT_SETTINGS)
        return self.page(
            health=health,
            ticked=self.in_short(health.ticked_at),
            outbox=outbox,
            last_sent=self.in_short(outbox.last_sent_at),
            next_try=self.in_short(outbox.next_try_at),
            expired_reminders=expired.filter(due_at__gt=timezone.now() - EXPIRED_SHOWN).count(),
            failed=[(one, sentence_of(one.notification)) for one in failed[:FAILED_SHOWN]]
            if can_mend
            else [],
        )

    def in_short(self, moment: datetime | None) -> str:
        """Return “14:02” for a moment of today in the workspace's zone, else day and time."""
        is_today = moment is not None and self.workspace.today(moment) == self.workspace.today()
        return (clock if is_today else when)(moment, self.workspace)


class DeliveryView(WorkspaceView):
    """Turn the address into ``self.delivery``, looked up inside the workspace only."""

    permission = Permission.EDIT_SETTINGS
    delivery: Delivery

    def load_objects(self) -> None:
        """Find the delivery, once the membership has been checked."""
        self.delivery = get_object_or_404(
            Delivery.objects.for_workspace(self.workspace).select_related("recipient", "endpoint"),
            uid=self.kwargs["delivery"],
        )
        self.delivery.workspace = self.workspace

    def to_status(self) -> HttpResponse:
        return redirect("operations:status", workspace=self.workspace.slug)


class DeliveryRetry(DeliveryView):
    """Try a failed email again now."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Put it back into the queue."""
        try:
            retry_now(self.delivery, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("It will be sent again."))
        return self.to_status()


class DeliveryDiscard(DeliveryView):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            discard(self.delivery, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("It was discarded."))
        return self.to_status()
