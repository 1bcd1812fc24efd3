"""The site that ``make bench`` measures: the product, and a floor beside it."""

from itertools import cycle, islice
from typing import Any

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.template import Context, Template  # noqa: E402
from django.urls import include, path  # noqa: E402

from content_calendar.domain.periods import Month  # noqa: E402
from content_calendar.presentation.balance import balance_panel, strategies_around  # noqa: E402
from networks.models import Channel  # noqa: E402
from strategy_planner import urls  # noqa: E402
from workspaces.workspace_view import WorkspaceView  # noqa: E402

ROWS = Template(
    "<ul>{% for name, needs in rows %}<li>{{ name }}: {{ needs }}</li>{% endfor %}</ul>"
)
STATEMENT = """
    SELECT audience.name, audience.needs FROM strategies_audience AS audience
    JOIN strategies_strategy AS strategy ON strategy.id = audience.strategy_id
    WHERE strategy.workspace_id = %s
"""


class FloorView(WorkspaceView):
    """The least that a page of a workspace costs: one raw statement and a bare template."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the audiences of the workspace, again and again up to ``?rows=``."""
        with connection.cursor() as cursor:
            cursor.execute(STATEMENT, [self.workspace.pk])
            rows = islice(cycle(cursor.fetchall()), int(request.GET["rows"]))
        return HttpResponse(ROWS.render(Context({"rows": rows})))


class BalanceView(WorkspaceView):
    """The panel that stands beside the month, alone."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it for this month."""
        today = self.workspace.today()
        month = Month.of(today, self.workspace.week_start)
        days: Any = {"first": month.first, "last": month.last, "today": today}
        strategies = strategies_around(self.workspace, **days)
        channels = list(Channel.objects.for_workspace(self.workspace))
        panel = balance_panel(self.workspace, strategies, channels, **days)
        context = {**self.frame(), **panel, "here": request.path}
        return render(request, "content_calendar/balance.html", context)


own = [path("floor/", FloorView.as_view()), path("balance/", BalanceView.as_view())]
urls.urlpatterns.append(path("w/<slug:workspace>/", include(own)))
