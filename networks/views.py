"""The pages of channels."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.exceptions import Refusal
from core.findings import Severity
from core.idempotency import uid_from_submission
from core.merging import until_alone
from core.messages import success_with_undo
from core.text import isolated
from networks.findings import findings_on
from networks.forms import ChannelForm, MoveForm
from networks.models import Channel
from networks.services import (
    add_channel,
    move_channel,
    place_of,
    record_conflict,
    remove_channel,
    restore_channel,
    save_channel,
)
from workspaces.permissions import Permission
from workspaces.workspace_view import WorkspaceView


class ChannelView(WorkspaceView):
    """Turn the address into ``self.channel``, looked up inside the workspace only."""

    nav = "channels"
    permission = Permission.EDIT_CHANNELS
    channel: Channel

    def load_objects(self) -> None:
        """Find the channel, once the membership has been checked."""
        self.channel = get_object_or_404(
            Channel.objects.for_workspace(self.workspace).with_people(),
            uid=self.kwargs["channel"],
        )
        self.channel.workspace = self.workspace

    def back(self) -> HttpResponse:
        """Return to the list, where the channel stands."""
        return redirect(
            f"{reverse('networks:list', args=[self.workspace.slug])}#row-{self.channel.uid}"
        )


class ChannelList(WorkspaceView):
    """All channels of the workspace with the people who answer for them."""

    template_name = "networks/channel_list.html"
    nav = "channels"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the channels in their order; for who edits them also what is to look at."""
        channels = Channel.objects.for_workspace(self.workspace).live().with_people().in_order()
        if not self.membership.can(Permission.EDIT_CHANNELS):
            return self.page(channels=list(channels))
        found = list(channels.with_number_of_people())
        findings = findings_on(self.workspace, found, self.workspace.today())
        graver = [one for one in findings if one.severity != Severity.TIP]
        number = Counter(one.channel.pk for one in graver if one.channel)
        for channel in found:
            channel.number_to_look_at = number[channel.pk]
        return self.page(channels=found)


class ChannelAdd(WorkspaceView):
    template_name = "networks/channel_form.html"
    nav = "channels"
    permission = Permission.EDIT_CHANNELS

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(form=ChannelForm(workspace=self.workspace))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Add it, once for one page however often the button was pressed."""
        form = ChannelForm(request.POST, workspace=self.workspace)
        if not form.is_valid():
            return self.page(form=form)
        try:
            channel = add_channel(
                self.workspace,
                form.values,
                by=self.membership.user,
                uid=uid_from_submission(self.membership.uid, "channel", request.POST),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.page(form=form)
        messages.success(request, _("%(channel)s was added.") % {"channel": isolated(channel)})
        return redirect("networks:list", self.workspace.slug)


class ChannelEdit(ChannelView):
    """Change a channel; a change by somebody else in between is shown beside one's own."""

    template_name = "networks/channel_form.html"

    def form(self, data: QueryDict | None = None) -> ChannelForm:
        """Return the form over what is saved now."""
        saved = Channel.objects.select_related("updated_by").get(pk=self.channel.pk)
        return ChannelForm(data, workspace=self.workspace, instance=saved)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(form=self.form(), channel=self.channel)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save; what somebody else saved meanwhile stays, field by field."""
        return until_alone(self.save)

    def save(self) -> HttpResponse:
        """Save once; raises Conflict when somebody else did at the same moment."""
        form = self.form(self.request.POST)
        if form.conflicts:
            record_conflict(form.instance, both=form.both_texts, by=self.membership.user)
            return self.page(form=form, channel=self.channel, saved=form.instance, status=409)
        if not form.is_valid():
            return self.page(form=form, channel=self.channel)
        try:
            saved = save_channel(
                self.channel,
                form.values,
                expected=form.instance.revision,
                by=self.membership.user,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.page(form=form, channel=self.channel, status=409)
        messages.success(self.request, _("%(channel)s was saved.") % {"channel": isolated(saved)})
        return self.back()


class ChannelMove(ChannelView):
    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Move one place, or to the place named."""
        form = MoveForm({**request.GET.dict(), **request.POST.dict()})
        if form.is_valid():
            try:
                move_channel(self.channel, form.place(place_of(self.channel)))
            except Refusal as refusal:
                messages.error(request, str(refusal))
        return self.back()


class ChannelRemove(ChannelView):
    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Remove it and offer to take that back."""
        remove_channel(self.channel, by=self.membership.user)
        undo = reverse("networks:restore", args=[self.workspace.slug, self.channel.uid])
        success_with_undo(
            request, _("%(channel)s was removed.") % {"channel": isolated(self.channel)}, undo
        )
        return redirect("networks:list", self.workspace.slug)


class ChannelRestore(ChannelView):
    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        try:
            restore_channel(self.channel, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("networks:list", self.workspace.slug)
        messages.success(request, _("%(channel)s is back.") % {"channel": isolated(self.channel)})
        return self.back()
