"""A post as a card: what every view of the calendar shows of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content_calendar.domain.rights import may_edit
from content_calendar.enums import DerivedState, PostState
from content_calendar.models import Post, PostVersion
from content_calendar.presentation.states import STATE_LOOKS, StateLook, look_of
from core.text import cut
from policies.services.holding import HoldOn
from workspaces.models import Membership

WORDS = 80  # characters of a card's text; its two lines hold about 50

#: What cards are marked with; a cancelled post needs no explaining.
LEGEND = [look for state, look in STATE_LOOKS.items() if state != PostState.CANCELLED]


@dataclass(frozen=True)
class PostCard:
    """What stands on a card, in words and names of looks."""

    post: Post
    look: StateLook
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
    def is_missed(self) -> bool:
        """Whether it should have been out by now and is not."""
        return self.look is STATE_LOOKS[DerivedState.MISSED]

    @property
    def css_class(self) -> str:
        """The class of its category; a post may have none yet."""
        category = self.post.content_category
        return category.css_class if category else "cat-none"

    @property
    def letter(self) -> "str | Promise":
        """The letter of its category."""
        category = self.post.content_category
        return category.letter if category else "–"

    @property
    def category(self) -> "str | Promise":
        """The word of its category."""
        category = self.post.content_category
        return category.label if category else _("Without a category")


@dataclass(frozen=True)
class Day:
    """The cards of one day; ``hidden`` counts those that are not among them."""

    date: date
    cards: list[PostCard]
    hidden: int = 0
    is_past: bool = False
    is_today: bool = False


@dataclass
class CardMaker:
    """Makes cards for one person; reads the clock once. ``hold`` is what stops posts now."""

    membership: Membership
    hold: HoldOn | None = None
    now: datetime = field(default_factory=timezone.now)

    def card(self, post: Post) -> PostCard:
        """Return the card of a post with its versions loaded (``for_calendar``)."""
        post.workspace = self.membership.workspace
        return PostCard(
            post=post,
            look=look_of(
                post,
                now=self.now,
                lead_time_hours=self.membership.workspace.lead_time_hours,
                hold=self.hold,
            ),
            words=cut(post.title or " ".join(post.text.split()), WORDS) or str(_("No text yet")),
            is_past=bool(post.planned_at and post.planned_at <= self.now),
            can_move=may_edit(self.membership, post),
            versions=list(post.versions.all()),
        )

    def cards(self, posts: Iterable[Post]) -> list[PostCard]:
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
