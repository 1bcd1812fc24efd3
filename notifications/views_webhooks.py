"""The webhooks of a workspace, for its admins."""

from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.exceptions import Refusal
from core.idempotency import uid_from_submission
from core.merging import until_alone
from core.messages import success_with_undo
from core.text import isolated
from notifications.enums import DEAD_STATES, TEST_WEBHOOK, WebhookShape
from notifications.forms_webhooks import WebhookForm
from notifications.models import Attempt, Delivery
from notifications.models_webhooks import WebhookEndpoint
from notifications.notification_types import sentence_of
from notifications.services_webhooks import (
    add_webhook,
    remove_webhook,
    restore_webhook,
    rotate_secret,
    save_webhook,
    shared_kinds,
    switch_off,
    switch_on,
)
from notifications.trying import last_test_of, newest_tries, try_webhook
from workspaces.permissions import Permission
from workspaces.workspace_view import WorkspaceView

#: Where the session notes which secret may be shown, once.
SHOW_SECRET = "show_webhook_secret"  # noqa: S105  # the name of a note
#: Deliveries that the page of a webhook lists.
SHOWN = 20


class ShownTry(NamedTuple):
    """One try in words."""

    attempt: Attempt
    seconds: str


class ShownDelivery(NamedTuple):
    """One delivery in words, with its last try."""

    delivery: Delivery
    sentence: str
    last: ShownTry | None


def shown_try(attempt: Attempt | None) -> ShownTry | None:
    """Return a try with how long it took."""
    if attempt is None:
        return None
    took = (attempt.ended_at - attempt.started_at).total_seconds() if attempt.ended_at else 0
    return ShownTry(attempt, f"{took:.1f}")


class WebhooksView(WorkspaceView):
    """Pages that those who look after the settings see."""

    nav = "settings"
    permission = Permission.EDIT_SETTINGS

    def to_list(self) -> HttpResponse:
        return redirect("notifications:webhooks", self.workspace.slug)


class WebhookList(WebhooksView):
    """All webhooks of the workspace."""

    template_name = "notifications/webhook_list.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show each with what it said last."""
        endpoints = WebhookEndpoint.objects.for_workspace(self.workspace).live().for_list()
        tries = newest_tries(endpoints)
        return self.page(lines=[(one, tries.get(one.pk)) for one in endpoints])


class WebhookAdd(WebhooksView):
    template_name = "notifications/webhook_form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(form=WebhookForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Add it, once for one page however often the button was pressed, and show its secret."""
        form = WebhookForm(request.POST)
        if not form.is_valid():
            return self.page(form=form)
        try:
            endpoint = add_webhook(
                self.workspace,
                form.values,
                by=self.membership.user,
                uid=uid_from_submission(self.membership.uid, "webhook", request.POST),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.page(form=form)
        _show_secret_once(request, endpoint)
        messages.success(
            request, _("“%(webhook)s” was added. Send it a test.") % {"webhook": isolated(endpoint)}
        )
        return redirect(endpoint.get_absolute_url())


def _show_secret_once(request: HttpRequest, endpoint: WebhookEndpoint) -> None:
    if endpoint.shape == WebhookShape.STANDARD:
        request.session[SHOW_SECRET] = _note_of(endpoint)


def _note_of(endpoint: WebhookEndpoint) -> str:
    return f"{endpoint.uid}:{endpoint.edition}"


class WebhookView(WebhooksView):
    """Turn the address into ``self.endpoint``, looked up inside the workspace only."""

    endpoint: WebhookEndpoint

    def load_objects(self) -> None:
        """Find the webhook, once the membership has been checked."""
        self.endpoint = get_object_or_404(
            WebhookEndpoint.objects.for_workspace(self.workspace), uid=self.kwargs["webhook"]
        )
        self.endpoint.workspace = self.workspace

    def to_page(self) -> HttpResponse:
        return redirect(self.endpoint.get_absolute_url())


class WebhookPage(WebhookView):
    """One webhook: whether it works, its secret, and what it was sent."""

    template_name = "notifications/webhook.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it; the secret only the first time after it was made."""
        secret = ""
        if request.session.get(SHOW_SECRET) == _note_of(self.endpoint):
            del request.session[SHOW_SECRET]
            secret = self.endpoint.secret
        found = Delivery.objects.for_workspace(self.workspace).to_endpoint(self.endpoint)
        deliveries = list(found[:SHOWN])
        tries = {
            one.delivery_id: one
            for one in Attempt.objects.filter(delivery__in=deliveries).order_by("number")
        }
        return self.page(
            endpoint=self.endpoint,
            secret=secret,
            is_signed=self.endpoint.shape == WebhookShape.STANDARD,
            last_test=self.last_test(),
            deliveries=[
                ShownDelivery(one, sentence_of(one.notification), shown_try(tries.get(one.pk)))
                for one in deliveries
            ],
            labels=[label for code, label in shared_kinds() if code in self.endpoint.kinds],
            dead=DEAD_STATES,
            test=TEST_WEBHOOK,
        )

    def last_test(self) -> ShownTry | None:
        """Return what became of the last test."""
        return shown_try(last_test_of(self.endpoint))


class WebhookEdit(WebhookView):
    """Change a webhook; a change by somebody else in between is shown beside one's own."""

    template_name = "notifications/webhook_form.html"

    def form(self, data: QueryDict | None = None) -> WebhookForm:
        """Return the form over what is saved now."""
        return WebhookForm(data, endpoint=WebhookEndpoint.objects.get(pk=self.endpoint.pk))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(form=self.form(), endpoint=self.endpoint)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save; what somebody else saved meanwhile stays, field by field."""
        return until_alone(self.save)

    def save(self) -> HttpResponse:
        """Save once; raises Conflict when somebody else did at the same moment."""
        form = self.form(self.request.POST)
        if form.conflicts:
            return self.page(form=form, endpoint=self.endpoint, status=409)
        if not form.is_valid():
            return self.page(form=form, endpoint=self.endpoint)
        stored: Any = form.endpoint
        try:
            saved = save_webhook(
                self.endpoint, form.values, expected=stored.revision, by=self.membership.user
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.page(form=form, endpoint=self.endpoint, status=409)
        messages.success(self.request, _("“%(webhook)s” was saved.") % {"webhook": isolated(saved)})
        return self.to_page()


class WebhookTest(WebhookView):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send a test and wait for the answer, which the page then shows."""
        try:
            try_webhook(self.endpoint, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(f"{self.endpoint.get_absolute_url()}#test")


class WebhookRotate(WebhookView):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Make a new secret and show it once."""
        rotate_secret(self.endpoint, by=self.membership.user)
        _show_secret_once(request, self.endpoint)
        messages.success(
            request, _("There is a new secret. For 24 hours the one before signs as well.")
        )
        return self.to_page()


class WebhookSwitch(WebhookView):
    """Switch it on or off."""

    deed: ClassVar[Callable[..., bool]]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it; a second press changes nothing."""
        type(self).deed(self.endpoint, by=self.membership.user)
        return self.to_page()


class WebhookOn(WebhookSwitch):
    """Send notices to it again."""

    deed = staticmethod(switch_on)


class WebhookOff(WebhookSwitch):
    """Send nothing to it for now."""

    deed = staticmethod(switch_off)


class WebhookRemove(WebhookView):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Remove it and offer to take that back."""
        remove_webhook(self.endpoint, by=self.membership.user)
        undo = reverse(
            "notifications:webhook_restore", args=[self.workspace.slug, self.endpoint.uid]
        )
        success_with_undo(
            request, _("“%(webhook)s” was removed.") % {"webhook": isolated(self.endpoint)}, undo
        )
        return self.to_list()


class WebhookRestore(WebhookView):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            restore_webhook(self.endpoint, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return self.to_list()
        messages.success(
            request, _("“%(webhook)s” is back.") % {"webhook": isolated(self.endpoint)}
        )
        return self.to_page()
