"""What the planned posts cost in work: minutes a week, from posts per week and minutes a format."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.text import about_text, work_text
from networks.enums import PostFormat
from strategies.domain.answer_types import ContentPlanAnswer, PostKindAnswer
from strategies.domain.cadence import cadence_of, kinds_by_channel

if TYPE_CHECKING:
    from strategies.domain.answers import Answers

TOLERANCE = Decimal("1.25")  # work may be a quarter above the hours


@dataclass(frozen=True)
class ChannelEffort:
    """The minutes a week that the posts of one channel take, by the highest numbers planned.

    ``heaviest`` is the kind of post that takes most of them.
    """

    channel: str
    minutes: Decimal
    heaviest: PostKindAnswer

    @property
    def work(self) -> str:
        """In words."""
        return about_text(self.minutes)


@dataclass(frozen=True)
class Effort:
    """The sum, and what question 3 has for it (minutes a week, None where it does not say)."""

    channels: tuple[ChannelEffort, ...]
    available: Decimal | None

    @property
    def minutes(self) -> Decimal:
        """Of all channels together, a week."""
        return sum((one.minutes for one in self.channels), Decimal(0))

    @property
    def work(self) -> str:
        """The sum in words."""
        return about_text(self.minutes)

    @property
    def hours(self) -> str:
        """What question 3 says in words, empty where it does not."""
        return "" if self.available is None else work_text(self.available)

    @property
    def is_above(self) -> bool:
        """Whether the work is above the hours by more than a quarter."""
        return self.available is not None and self.minutes > self.available * TOLERANCE


def effort(answers: "Answers") -> Effort:
    """Add up what the planned posts take; channels without any are left out."""
    hours = answers.ownership.hours_per_week
    found = []
    for uid, kinds in kinds_by_channel(answers).items():
        by_kind = [(minutes_of_kinds([kind], answers.content_plan), kind) for kind in kinds]
        minutes = sum((one for one, _kind in by_kind), Decimal(0))
        if minutes:
            channel = answers.channel(uid)
            _most, heaviest = max(by_kind, key=lambda one: one[0])
            found.append(ChannelEffort(channel.name if channel else "", minutes, heaviest))
    return Effort(channels=tuple(found), available=None if hours is None else hours * 60)


def minutes_of_kinds(kinds: Iterable[PostKindAnswer], content: ContentPlanAnswer) -> Decimal:
    """Return the minutes a week that posts take, by the highest numbers planned.

    Where only a lowest number stands, that one counts; an emptied number of minutes counts as 0.
    """
    total = Decimal(0)
    for kind in kinds:
        posts = cadence_of([kind]).planned_a_week
        minutes = minutes_of_format(content, PostFormat(kind.format)) or 0
        total += Decimal(posts.numerator) / Decimal(posts.denominator) * minutes
    return total


def minutes_of_format(content: ContentPlanAnswer, post_format: PostFormat) -> int | None:
    """Return the minutes of work that a post of a format takes, None where it is not said."""
    minutes: int | None = getattr(content, f"minutes_{post_format}")
    return minutes
