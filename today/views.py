"""The front door, and everyone's first page."""

from datetime import date, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.decorators import method_decorator
from django.views import View

from accounts.demo import demo_sign_ins
from accounts.models import User
from content_calendar.presentation.balance import balance_panel, strategies_around
from core.site import site_address
from networks.models import Channel
from strategies.models import Strategy
from today.beginning import steps_to_begin
from today.find import find
from today.forms import FindForm
from today.todo_list import todo_list_for
from today.workspace_status import in_force, to_look_at, worked_on
from workspaces.models import home_of
from workspaces.workspace_view import LAST_WORKSPACE, WorkspaceView

#: The weeks of posts that Today shows around this one.
WEEKS_BEHIND, WEEKS_AHEAD = timedelta(weeks=3), timedelta(weeks=1)


@method_decorator(login_not_required, name="dispatch")
class HomeView(View):
    """Tell a stranger what this is; lead a person to the workspace that is theirs."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask once where the person belongs: the last workspace or the only one, or the list."""
        if not isinstance(request.user, User):
            return self.front_door()
        home = home_of(request.user, last=request.session.get(LAST_WORKSPACE, ""))
        if home is None:
            return redirect("workspaces:list")
        return redirect("today:today", workspace=home.slug)

    def front_door(self) -> HttpResponse:
        """What the product is, and the ways in. Search engines and link previews read it."""
        context = {
            "address": site_address("/"),
            "picture_address": site_address(static("pictures/month-light.webp")),
            "is_open_for_signup": get_adapter().is_open_for_signup(self.request),
            "demo_sign_ins": demo_sign_ins(),
        }
        return render(self.request, "today/front_door.html", context)


class NumbersView(WorkspaceView):
    """How much waits and how many notices are new, for the frame of a page that stays open."""

    template_name = "today/numbers.html"
    is_visit = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Count."""
        return self.page()


class TodayView(WorkspaceView):
    """What waits for me, soonest first, and how we are doing."""

    template_name = "today/today.html"
    nav = "today"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what waits, then how we are doing; a new workspace gets its first steps instead.

        Posts can wait for somebody before there is a strategy: they stand above the steps.
        """
        today = self.workspace.today()
        todo_list = todo_list_for(self.membership, today=today)
        if not Strategy.objects.for_workspace(self.workspace).exists():
            steps = steps_to_begin(self.membership)
            return self.page(today=today, is_new=True, beginning=steps, todo_list=todo_list)
        force = in_force(self.workspace, today)
        unfinished = worked_on(self.workspace)
        own = [one for one in unfinished if one.created_by_id == self.membership.user_id]
        first = next(iter([*own, *unfinished]), None)
        looked_at = first or (force.version.strategy if force else None)
        return self.page(
            today=today,
            **self.balance(today),
            todo_list=todo_list,
            in_force=force,
            worked_on=unfinished,
            to_look_at=to_look_at(self.membership, looked_at) if looked_at else None,
        )

    def balance(self, today: date) -> dict[str, Any]:
        """How the posts of the weeks around this one stand."""
        weeks: Any = {"first": today - WEEKS_BEHIND, "last": today + WEEKS_AHEAD, "today": today}
        strategies = strategies_around(self.workspace, **weeks)
        channels = list(Channel.objects.for_workspace(self.workspace))
        return balance_panel(self.workspace, strategies, channels, **weeks)


class FindView(WorkspaceView):
    """Questions, answers, posts, policies, channels, people that have the words of ``?q=``."""

    template_name = "today/find.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the box, and what was found, a group a kind."""
        form = FindForm(request.GET if "q" in request.GET else None)
        text = form.cleaned_data["q"] if form.is_valid() else ""
        return self.page(form=form, text=text, groups=find(self.membership, text))
