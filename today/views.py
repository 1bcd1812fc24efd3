"""Everyone's first page."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView, View

from strategies.models import Strategy
from today.beginning import steps_to_begin
from today.standing import begins_next, in_force, to_look_at, worked_on
from today.waiting import waiting_for
from workspaces.mixins import WorkspaceMixin
from workspaces.models import Membership


class HomeView(LoginRequiredMixin, View):
    """Lead to the person's workspace: the only one, or the list of several or none."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask once where the person belongs."""
        memberships = (
            Membership.objects.active()
            .filter(user=request.user)  # type: ignore[misc]  # nobody else is let in
            .select_related("workspace")[:2]
        )
        if len(memberships) == 1:
            return redirect("today:today", workspace=memberships[0].workspace.slug)
        return redirect("workspaces:list")


class TodayView(WorkspaceMixin, TemplateView):
    """What waits for me, soonest first, and how we are doing."""

    template_name = "today/today.html"
    nav = "today"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What waits first, then how we are doing; a new workspace gets its first steps instead."""
        context = super().get_context_data(**kwargs)
        today = self.workspace.today()
        context["today"] = today
        if not Strategy.objects.for_workspace(self.workspace).exists():
            return context | {"is_new": True, "beginning": steps_to_begin(self.membership)}
        waiting = waiting_for(self.membership, today=today)
        force = in_force(self.workspace, today)
        unfinished = worked_on(self.workspace)
        looked_at = unfinished[0] if unfinished else force.version.strategy if force else None
        return context | {
            "waiting": waiting,
            "waiting_count": waiting.number,
            "in_force": force,
            "begins_next": None if force else begins_next(self.workspace, today),
            "worked_on": unfinished,
            "to_look_at": to_look_at(self.membership, looked_at) if looked_at else None,
        }
