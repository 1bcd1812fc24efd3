"""A post as a card: what every view of the calendar shows of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content_calendar.enums import UNAPPROVED, PostState
from content_calendar.models import Post, PostVersion
from content_calendar.rights import may_edit
from core.enums import ContentCategory
from core.text import cut
from workspaces.models import Membership

WORDS = 80  # characters of a card's text; its two lines hold about 50

#: State → icon and word. The legend shows the first eight.
LOOKS: dict[str, "tuple[str, str | Promise]"] = {
    PostState.IDEA: ("tip", pgettext_lazy("state of a post", "idea")),
    PostState.DRAFT: ("edit", pgettext_lazy("state of a post", "draft")),
    PostState.IN_REVIEW: ("eye", pgettext_lazy("state of a post", "in review")),
    PostState.APPROVED: ("done", pgettext_lazy("state of a post", "approved")),
    PostState.SCHEDULED: ("clock", pgettext_lazy("state of a post", "scheduled")),
    PostState.HANDED_OVER: ("out", pgettext_lazy("state of a post", "handed over")),
    PostState.PUBLISHED: ("sent", pgettext_lazy("state of a post", "published")),
    "missed": ("block", pgettext_lazy("state of a post", "not published")),
    PostState.CHANGES_REQUESTED: ("comment", pgettext_lazy("state of a post", "changes requested")),
    "partly": ("partly", pgettext_lazy("state of a post", "partly published")),
    "late": ("warn", pgettext_lazy("state of a post", "approval late")),
    PostState.CANCELLED: ("x", pgettext_lazy("state of a post", "cancelled")),
}


@dataclass(frozen=True)
class Legend:
    """One icon and what it means."""

    icon: str
    words: "str | Promise"
    look: str = ""


LEGEND = [
    Legend(*LOOKS[code], look="bad" if code == "missed" else "")
    for code in (
        PostState.IDEA,
        PostState.DRAFT,
        PostState.IN_REVIEW,
        PostState.CHANGES_REQUESTED,
        PostState.APPROVED,
        PostState.SCHEDULED,
        PostState.HANDED_OVER,
        "partly",
        PostState.PUBLISHED,
        "late",
        "missed",
    )
]


@dataclass(frozen=True)
class Card:
    """What stands on a card, in words and names of looks."""

    post: Post
    code: str
    words: str
    is_past: bool
    can_move: bool
    versions: Sequence[PostVersion]

    @property
    def day(self) -> str:
        """Its day as in 2026-11-30, for scripts; empty for an idea."""
        return self.post.planned_on.isoformat() if self.post.planned_on else ""

    @property
    def clock(self) -> str:
        """Its time as in 09:00; empty for an idea."""
        return f"{self.post.planned_time:%H:%M}" if self.post.planned_time else ""

    @property
    def icon(self) -> str:
        """The icon of its state."""
        return LOOKS[self.code][0]

    @property
    def state(self) -> "str | Promise":
        """The word of its state."""
        return LOOKS[self.code][1]

    @property
    def is_missed(self) -> bool:
        """Whether it should have been out by now and is not."""
        return self.code == "missed"

    @property
    def css_class(self) -> str:
        """The class of its category; a post may have none yet."""
        return self._category.css_class if self.post.category else "cat-none"

    @property
    def letter(self) -> "str | Promise":
        """The letter of its category."""
        return self._category.letter if self.post.category else "–"

    @property
    def category(self) -> "str | Promise":
        """The word of its category."""
        return self._category.label if self.post.category else _("Without a category")

    @property
    def _category(self) -> ContentCategory:
        return ContentCategory(self.post.category)


@dataclass(frozen=True)
class Day:
    """The cards of one day; ``hidden`` counts those that are not among them."""

    date: date
    cards: list[Card]
    hidden: int = 0
    is_past: bool = False
    is_today: bool = False


@dataclass
class CardMaker:
    """Makes cards for one person; reads the clock once."""

    membership: Membership
    now: datetime = field(default_factory=timezone.now)

    def card(self, post: Post) -> Card:
        """Return the card of a post with its versions loaded (``for_calendar``)."""
        versions = list(post.versions.all())
        post.workspace = self.membership.workspace
        return Card(
            post=post,
            code=self.code_of(post, versions),
            words=cut(post.title or " ".join(post.text.split()), WORDS) or str(_("No text yet")),
            is_past=bool(post.planned_at and post.planned_at <= self.now),
            can_move=may_edit(self.membership, post),
            versions=versions,
        )

    def code_of(self, post: Post, versions: Sequence[PostVersion]) -> str:
        """Return its state, or the derived one that says more; as ``PostQuerySet`` does."""
        out = [version for version in versions if version.is_published]
        if out and len(out) < len(versions):
            return "partly"
        if post.state in UNAPPROVED and post.planned_at:
            if post.planned_at <= self.now:
                return "missed"
            lead = timedelta(hours=self.membership.workspace.lead_time_hours)
            if post.planned_at <= self.now + lead:
                return "late"
        return post.state

    def cards(self, posts: Iterable[Post]) -> list[Card]:
        """Return the cards of several."""
        return [self.card(post) for post in posts]

    def days(self, posts: Iterable[Post]) -> Iterator[Day]:
        """Yield the days of posts that are in order; ``of_all`` counts a day's, where it is there."""
        today = self.membership.workspace.today(self.now)
        for day, of_day in groupby(posts, key=lambda post: post.planned_on):
            if day is None:
                continue
            found = list(of_day)
            yield Day(
                date=day,
                cards=self.cards(found),
                hidden=getattr(found[0], "of_all", len(found)) - len(found),
                is_past=day < today,
                is_today=day == today,
            )
