"""What ``make bench`` measures: one entry a page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from content_calendar.models import Post
from strategies.models import Audience, Strategy
from workspaces.models import Workspace


@dataclass(frozen=True)
class Filled:
    """A workspace of ``make bench``, with as many rows of every kind as it was asked for."""

    workspace: Workspace
    strategy: Strategy
    audience: Audience
    post: Post

    def url(self, name: str, *more: object) -> str:
        """Return the address of a page of the workspace."""
        return reverse(name, args=[self.workspace.slug, *more])

    def of_strategy(self, name: str, *more: object) -> str:
        """Return the address of a page of the strategy."""
        return self.url(f"strategies:{name}", self.strategy.uid, *more)


@dataclass(frozen=True)
class BenchPage:
    """A page, and the most it should take: so many times the p50 of the floor with ``rows`` rows.

    ``save`` makes it a form that is saved again and again: its fields but the one that changes,
    whose name is ``typed``.
    """

    name: str
    url: Callable[[Filled], str]
    at_most: float = 4
    rows: int = 30
    save: Callable[[Filled], dict[str, str]] | None = None
    typed: str = ""


PAGES = (
    BenchPage("Today", lambda to: to.url("today:today")),
    BenchPage("people", lambda to: to.url("members:list")),
    BenchPage("who did what", lambda to: to.url("activity:list")),
    BenchPage("notices", lambda to: to.url("notifications:list")),
    BenchPage("webhooks", lambda to: to.url("notifications:webhooks")),
    BenchPage("reminders", lambda to: to.url("reminders:list")),
    BenchPage("what a person is told", lambda to: to.url("notifications:settings")),
    BenchPage("channels", lambda to: to.url("networks:list")),
    BenchPage("who has access", lambda to: to.url("networks:access")),
    BenchPage(
        "who has access, searched",
        lambda to: f"{to.url('networks:access')}?text=person+2&level=editor",
    ),
    BenchPage("stops of posts", lambda to: to.url("calendar:holds")),
    BenchPage("stopping all posts", lambda to: to.url("calendar:hold_stop")),
    BenchPage("policies", lambda to: to.url("policies:list")),
    BenchPage("hashtags", lambda to: to.url("policies:hashtags")),
    BenchPage("checking a hashtag", lambda to: to.url("policies:hashtag_check")),
    BenchPage("the check of the day", lambda to: to.url("calendar:day_check")),
    BenchPage("trying a text", lambda to: to.url("policies:try")),
    BenchPage("settings", lambda to: to.url("workspaces:settings")),
    BenchPage("status", lambda to: to.url("operations:status")),
    BenchPage("profile", lambda _to: reverse("accounts:profile")),
    BenchPage("finding", lambda to: to.url("today:find") + "?q=audience", at_most=6),
    BenchPage("strategies", lambda to: to.url("strategies:list")),
    BenchPage("a question", lambda to: to.of_strategy("question", "audience"), at_most=6),
    BenchPage(
        "a question, one row open",
        lambda to: to.of_strategy("question", "audience") + f"?open={to.audience.uid}",
        at_most=6,
    ),
    BenchPage(
        "a screen of the first pass",
        lambda to: to.of_strategy("first_pass_screen", "audience"),
        at_most=6,
    ),
    BenchPage("the first pass’s end", lambda to: to.of_strategy("first_pass_finish"), at_most=6),
    BenchPage(
        "the question of channels",
        lambda to: to.of_strategy("question", "ownership"),
        at_most=6,
        rows=90,
    ),
    BenchPage(
        "the question of content",
        lambda to: to.of_strategy("question", "content"),
        at_most=6,
        rows=60,
    ),
    BenchPage(
        "saving a row",
        lambda to: to.of_strategy("row", "audience", to.audience.uid),
        save=lambda to: {"name": to.audience.name, "networks": "instagram"},
        typed="needs",
    ),
    BenchPage("the summary", lambda to: to.of_strategy("summary")),
    BenchPage("the document", lambda to: to.of_strategy("document"), rows=456),
    BenchPage("in short", lambda to: to.of_strategy("sheet")),
    BenchPage("links to a version", lambda to: to.of_strategy("links", 2)),
    BenchPage("who hears what", lambda to: to.of_strategy("matrix")),
    BenchPage("submitting", lambda to: to.of_strategy("submit")),
    BenchPage("a version and its diff", lambda to: to.of_strategy("version", 2) + "?since=1"),
    BenchPage("the calendar's agenda", lambda to: to.url("calendar:agenda")),
    BenchPage("a post", lambda to: to.url("calendar:post", to.post.uid)),
    BenchPage("the roadmap", lambda to: to.of_strategy("roadmap"), rows=114),
)

#: Measured with 1,000 and with 10,000 posts; ``rows`` are the cards that a page has at most.
CALENDAR_PAGES = (
    BenchPage("month", lambda to: to.url("calendar:home"), at_most=3, rows=168),
    BenchPage(
        "week",
        lambda to: to.url("calendar:week", to.workspace.today().isoformat()),
        at_most=3,
        rows=84,
    ),
    BenchPage("agenda", lambda to: to.url("calendar:agenda"), at_most=3, rows=50),
    BenchPage("board", lambda to: to.url("calendar:board"), at_most=3, rows=90),
    BenchPage("list", lambda to: to.url("calendar:list"), at_most=3, rows=50),
)
