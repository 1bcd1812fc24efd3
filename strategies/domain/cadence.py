"""How often a channel is posted to: the sum of its kinds of post, worked out here and nowhere else.

Kinds that are all counted over the same days are added as they are. Otherwise all are counted a
week: half of what is posted in two weeks, and a month's posts divided by its 4.345 weeks. The sum is
exact; only what is shown is rounded to whole posts, the lowest number down and the highest up, so
that the range shown always holds the exact one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from strategies.domain.answer_types import PostKindAnswer
from strategies.enums import CadencePeriod

if TYPE_CHECKING:
    from strategies.domain.answers import Answers

WEEKS_A_MONTH = Decimal("4.345")  # 365.25 days / 12 / 7
WEEKS = {
    CadencePeriod.WEEK: Fraction(1),
    CadencePeriod.TWO_WEEKS: Fraction(2),
    CadencePeriod.MONTH: Fraction(WEEKS_A_MONTH),
}


@dataclass(frozen=True)
class Cadence:
    """The posts of ``kinds`` kinds together, counted over ``period``.

    ``lowest`` is None where no kind has a lowest number, ``highest`` where one kind has no highest.
    ``planned`` is what work is reckoned by: the highest number of each kind, else its lowest.
    """

    kinds: int = 0
    period: CadencePeriod = CadencePeriod.WEEK
    exact_lowest: Fraction | None = None
    exact_highest: Fraction | None = None
    planned: Fraction = Fraction(0)

    @property
    def lowest(self) -> int | None:
        """Whole posts, rounded down."""
        return None if self.exact_lowest is None else floor(self.exact_lowest)

    @property
    def highest(self) -> int | None:
        """Whole posts, rounded up."""
        return None if self.exact_highest is None else ceil(self.exact_highest)

    @property
    def planned_a_week(self) -> Fraction:
        """What work is reckoned by, a week."""
        return self.planned / WEEKS[self.period]

    @property
    def range(self) -> str:
        """“3–5”, or the only number there is; empty without one."""
        numbers = [number for number in (self.lowest, self.highest) if number is not None]
        return "–".join(str(number) for number in dict.fromkeys(numbers))


def cadence_of(kinds: Iterable[PostKindAnswer]) -> Cadence:
    """Add up ``kinds``; those without any number say nothing and are not counted."""
    planned = [kind for kind in kinds if kind.lowest is not None or kind.highest is not None]
    periods = {CadencePeriod(kind.period) for kind in planned}
    period = periods.pop() if len(periods) == 1 else CadencePeriod.WEEK

    def over_period(kind: PostKindAnswer, number: int | None) -> Fraction:
        return Fraction(number or 0) * WEEKS[period] / WEEKS[CadencePeriod(kind.period)]

    def summed(numbers: Iterator[Fraction]) -> Fraction:
        return sum(numbers, Fraction(0))

    has_lowest = any(kind.lowest is not None for kind in planned)
    has_highest = bool(planned) and all(kind.highest is not None for kind in planned)
    return Cadence(
        kinds=len(planned),
        period=period,
        exact_lowest=summed(over_period(kind, kind.lowest) for kind in planned)
        if has_lowest
        else None,
        exact_highest=summed(over_period(kind, kind.highest) for kind in planned)
        if has_highest
        else None,
        planned=summed(
            over_period(kind, kind.lowest if kind.highest is None else kind.highest)
            for kind in planned
        ),
    )


def kinds_by_channel(answers: "Answers") -> dict[str, list[PostKindAnswer]]:
    """Return the kinds of post of each channel by its uid, in the order of the rows."""
    found: dict[str, list[PostKindAnswer]] = {}
    for kind in answers.post_kinds:
        found.setdefault(kind.channel, []).append(kind)
    return found


def channel_sums(answers: "Answers") -> list[tuple[str, str]]:
    """Return name and sum in words of each channel that has several kinds of post."""
    return [
        (channel.name, cadence_text(cadence))
        for uid, kinds in kinds_by_channel(answers).items()
        if (cadence := cadence_of(kinds)).kinds > 1 and (channel := answers.channel(uid))
    ]


def cadence_text(cadence: Cadence) -> str:
    """Write “7 to 8 posts a week, 6 kinds”; empty where nothing is planned."""
    posts = _posts_text(cadence)
    if cadence.kinds < 2:
        return posts
    words = {"posts": posts, "number": cadence.kinds}
    return (
        ngettext("%(posts)s, %(number)d kind", "%(posts)s, %(number)d kinds", cadence.kinds) % words
    )


def _posts_text(cadence: Cadence) -> str:
    lowest, highest = cadence.lowest, cadence.highest
    numbers = {"lowest": lowest, "highest": highest}
    if highest is None:
        return _at_least(cadence.period, lowest) % numbers if lowest else ""
    if lowest is None:
        return _up_to(cadence.period, highest) % numbers
    if lowest == highest:
        return _exactly(cadence.period, highest) % numbers
    return _between(cadence.period) % numbers


def _at_least(period: CadencePeriod, lowest: int) -> str:
    match period:
        case CadencePeriod.WEEK:
            return ngettext(
                "at least %(lowest)d post a week", "at least %(lowest)d posts a week", lowest
            )
        case CadencePeriod.TWO_WEEKS:
            return ngettext(
                "at least %(lowest)d post in two weeks",
                "at least %(lowest)d posts in two weeks",
                lowest,
            )
        case CadencePeriod.MONTH:
            return ngettext(
                "at least %(lowest)d post a month", "at least %(lowest)d posts a month", lowest
            )


def _up_to(period: CadencePeriod, highest: int) -> str:
    match period:
        case CadencePeriod.WEEK:
            return ngettext(
                "up to %(highest)d post a week", "up to %(highest)d posts a week", highest
            )
        case CadencePeriod.TWO_WEEKS:
            return ngettext(
                "up to %(highest)d post in two weeks",
                "up to %(highest)d posts in two weeks",
                highest,
            )
        case CadencePeriod.MONTH:
            return ngettext(
                "up to %(highest)d post a month", "up to %(highest)d posts a month", highest
            )


def _exactly(period: CadencePeriod, highest: int) -> str:
    match period:
        case CadencePeriod.WEEK:
            return ngettext("%(highest)d post a week", "%(highest)d posts a week", highest)
        case CadencePeriod.TWO_WEEKS:
            return ngettext(
                "%(highest)d post in two weeks", "%(highest)d posts in two weeks", highest
            )
        case CadencePeriod.MONTH:
            return ngettext("%(highest)d post a month", "%(highest)d posts a month", highest)


def _between(period: CadencePeriod) -> str:
    match period:
        case CadencePeriod.WEEK:
            return gettext("%(lowest)d to %(highest)d posts a week")
        case CadencePeriod.TWO_WEEKS:
            return gettext("%(lowest)d to %(highest)d posts in two weeks")
        case CadencePeriod.MONTH:
            return gettext("%(lowest)d to %(highest)d posts a month")
