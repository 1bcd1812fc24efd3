"""The mix of a stretch of days against the targets of its posts' own days."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from content_calendar.balance.counts import DayCounts
from content_calendar.balance.days import Days
from content_calendar.balance.plans import MixTarget, Plans
from core.enums import ContentCategory

FEWEST_TO_JUDGE = 8  # posts with a category
MOST_ADVISED = 20  # posts; what needs more is not put right by the next few


@dataclass(frozen=True)
class MixShare:
    """One category: whole percents, and how far off the target, in points and exact."""

    category: ContentCategory
    posts: int
    percent: int
    target: int
    off: Fraction

    @property
    def points(self) -> int:
        """How far off, by the percents that are shown; below 0 is too few."""
        return self.percent - self.target


@dataclass(frozen=True)
class Advice:
    """The fewest posts that bring a mix back into its tolerance, in the order of the categories.

    ``is_enough``: they do. Otherwise more than ``MOST_ADVISED`` are needed, and these come nearest.
    """

    posts: tuple[tuple[ContentCategory, int], ...]
    is_enough: bool


@dataclass(frozen=True)
class Mix:
    """What posts with a category come to; ``uncategorised`` ones are counted apart.

    ``target`` is the average of the targets of the posts' own days. ``tolerance`` is in points.
    ``by_usual`` is how many posts have no strategy on their day and are judged by the usual
    thirds; with no posts at all it says so too (``is_usual``).
    """

    posts: int
    uncategorised: int
    parts: tuple[MixShare, ...]
    tolerance: int
    deviation: Fraction
    is_off: bool
    by_usual: int
    is_usual: bool
    advice: Advice | None

    @property
    def is_too_few(self) -> bool:
        """Whether there are too few posts to say anything."""
        return self.posts < FEWEST_TO_JUDGE

    @property
    def furthest(self) -> MixShare:
        """The part that is furthest off its target as shown; of equals, one with too many."""
        return max(self.parts, key=lambda part: (abs(part.points), part.off))


@dataclass
class MixCount:
    """What a mix is counted in, one post at a time; whole numbers only.

    The targets and tolerances of the posts are added up, not averaged: a part is off by
    ``100 × posts − targets`` divided by the number of posts.
    """

    posts: dict[ContentCategory, int] = field(
        default_factory=lambda: dict.fromkeys(ContentCategory, 0)
    )
    targets: dict[ContentCategory, int] = field(
        default_factory=lambda: dict.fromkeys(ContentCategory, 0)
    )
    number: int = 0
    tolerance: int = 0
    by_usual: int = 0
    uncategorised: int = 0

    def add(self, category: ContentCategory | None, posts: int, target: MixTarget) -> None:
        """Count posts of one day; None is those without a category."""
        if category is None:
            self.uncategorised += posts
            return
        self.number += posts
        self.posts[category] += posts
        self.tolerance += posts * target.tolerance
        self.by_usual += posts * target.is_usual
        for each, percent in target.percents.items():
            self.targets[each] += posts * percent

    def with_posts(
        self, more: Sequence[tuple[ContentCategory, int]], target: MixTarget
    ) -> "MixCount":
        """Return another one that counts ``more`` posts as well, all judged by ``target``."""
        number = sum(posts for _category, posts in more)
        added = MixCount(
            posts=dict(self.posts),
            targets={
                each: total + number * target.percents[each] for each, total in self.targets.items()
            },
            number=self.number + number,
            tolerance=self.tolerance + number * target.tolerance,
            by_usual=self.by_usual + number * target.is_usual,
            uncategorised=self.uncategorised,
        )
        for category, posts in more:
            added.posts[category] += posts
        return added

    @property
    def deviation(self) -> Fraction:
        """The percent of posts that would need another category; 0 without posts."""
        return Fraction(self._off_together, 2 * self.number) if self.number else Fraction(0)

    @property
    def is_within(self) -> bool:
        """Whether each part is within the tolerance: the strategy's points, or one post."""
        allowed = max(self.tolerance, 100)
        return all(abs(self._off(category)) <= allowed for category in ContentCategory)

    def best_next(self, target: MixTarget) -> ContentCategory:
        """Return the category of which one more post leaves the mix nearest to its target.

        Of equals, the first. Where a part is more than one post off, the post never leaves the mix
        further away than it was.
        """
        return min(
            ContentCategory, key=lambda one: self.with_posts([(one, 1)], target)._off_together
        )

    def advice(self, target: MixTarget) -> Advice | None:
        """Return which posts bring the mix back into its tolerance; None where it is there.

        The fewest are looked for, of one category where that takes no more.
        """
        if self.is_within:
            return None
        mixed = self
        chosen: list[ContentCategory] = []
        for number in range(1, MOST_ADVISED + 1):
            best = mixed.best_next(target)
            chosen.append(best)
            mixed = mixed.with_posts([(best, 1)], target)
            alone = [
                (one, self.with_posts([(one, number)], target)) for one in dict.fromkeys(chosen)
            ]
            for one, count in sorted(alone, key=lambda pair: pair[1]._off_together):
                if count.is_within:
                    return Advice(((one, number),), is_enough=True)
            if mixed.is_within:
                return Advice(_counted(chosen), is_enough=True)
        return Advice(_counted(chosen), is_enough=False)

    def mix(self, target: MixTarget, *, with_advice: bool = True) -> Mix:
        """Return what was counted; ``target`` is that of posts to come, and of no posts at all."""
        targets = self.targets if self.number else target.percents
        number = self.number or 1
        percents = whole_percents([self.posts[one] for one in ContentCategory])
        aims = whole_percents([targets[one] for one in ContentCategory])
        points = Fraction(self.tolerance, number) if self.number else Fraction(target.tolerance)
        is_judged = self.number >= FEWEST_TO_JUDGE
        return Mix(
            posts=self.number,
            uncategorised=self.uncategorised,
            parts=tuple(
                MixShare(
                    category,
                    self.posts[category],
                    percent,
                    aim,
                    Fraction(self._off(category), number),
                )
                for category, percent, aim in zip(ContentCategory, percents, aims, strict=True)
            ),
            tolerance=ceil(max(points, Fraction(100, number) if self.number else Fraction(0))),
            deviation=self.deviation,
            is_off=is_judged and not self.is_within,
            by_usual=self.by_usual,
            is_usual=bool(self.by_usual) if self.number else target.is_usual,
            advice=self.advice(target) if is_judged and with_advice else None,
        )

    def _off(self, category: ContentCategory) -> int:
        return 100 * self.posts[category] - self.targets[category]

    @property
    def _off_together(self) -> int:
        return sum(abs(self._off(category)) for category in ContentCategory)


def count_mix(days: Days, counts: DayCounts, plans: Plans) -> MixCount:
    """Count the posts of ``days``, each judged by the target of its own day."""
    count = MixCount()
    for day in days:
        for category, posts in counts.get(day, {}).items():
            count.add(category, posts, plans.target_on(day))
    return count


def whole_percents(numbers: Sequence[int]) -> list[int]:
    """Return the shares of ``numbers`` as whole percents that sum to 100; all 0 without any.

    Largest remainder; of equals, the first gets what is left.
    """
    total = sum(numbers)
    if not total:
        return [0] * len(numbers)
    shares = [divmod(100 * number, total) for number in numbers]
    whole = [share for share, _rest in shares]
    by_loss = sorted(range(len(numbers)), key=lambda place: -shares[place][1])
    for place in by_loss[: 100 - sum(whole)]:
        whole[place] += 1
    return whole


def _counted(chosen: Sequence[ContentCategory]) -> tuple[tuple[ContentCategory, int], ...]:
    return tuple((one, chosen.count(one)) for one in ContentCategory if one in chosen)
