"""Everyone's first page."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView, View

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
        """Nothing yet beside the frame."""
        return super().get_context_data(**kwargs)
