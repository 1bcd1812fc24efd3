"""The plan for a week and a month, as the strategy in force says it. Pure: answers in, numbers out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from fractions import Fraction
from math import floor

from core.enums import ContentCategory, Weekday
from networks.enums import PostFormat
from strategies.enums import CadencePeriod
from strategies.in_force import (
    WEEKS,
    Answers,
    Cadence,
    ChannelAnswer,
    ContentPlanAnswer,
    PostKindAnswer,
    cadence_of,
    kinds_by_channel,
    minutes_of_kinds,
)


@dataclass(frozen=True)
class KindOfPost:
    """One kind of post of a channel: how many, and its good days and times."""

    format: PostFormat
    theme: str
    cadence: Cadence
    days: tuple[Weekday, ...]
    times: tuple[time, ...]


@dataclass(frozen=True)
class ChannelWeek:
    """What one channel gets: the sum of its kinds of post, and work in minutes a week."""

    channel: ChannelAnswer
    cadence: Cadence
    minutes: Decimal
    kinds: tuple[KindOfPost, ...]

    @property
    def range(self) -> str:
        """“3–5”, or the only number there is."""
        return self.cadence.range


@dataclass(frozen=True)
class Plan:
    """All channels together; ``month`` is empty where the mix is not 100 or nothing is planned."""

    channels: Sequence[ChannelWeek]
    minutes: Decimal
    posts_a_month: int
    target: Mapping[ContentCategory, int]
    month: Mapping[ContentCategory, int]


def plan_of(answers: Answers) -> Plan:
    """Return the plan that ``answers`` ask for; channels that were removed are left out."""
    weeks = []
    for uid, kinds in kinds_by_channel(answers).items():
        channel = answers.channel(uid)
        cadence = cadence_of(kinds)
        if channel and cadence.kinds:
            weeks.append(_week(answers, channel, kinds, cadence))
    posts = posts_a_month(answers)
    target = target_mix(answers.content_plan)
    return Plan(
        channels=weeks,
        minutes=sum((week.minutes for week in weeks), Decimal(0)),
        posts_a_month=posts,
        target=target,
        month=split(posts, target) if target and posts else {},
    )


def posts_a_month(answers: Answers) -> int:
    """Return how many posts a month the highest numbers come to, all channels together."""
    posts = sum(cadence_of([kind]).planned_a_week for kind in answers.post_kinds)
    return floor(posts * WEEKS[CadencePeriod.MONTH] + Fraction(1, 2))


def target_mix(content: ContentPlanAnswer) -> dict[ContentCategory, int]:
    """Return the percent of each category, or nothing where they do not come to 100."""
    target = {category: getattr(content, category.value) or 0 for category in ContentCategory}
    return target if sum(target.values()) == 100 else {}


def split(posts: int, target: Mapping[ContentCategory, int]) -> dict[ContentCategory, int]:
    """Divide ``posts`` by percents that sum to 100, whole posts that sum to ``posts``.

    Largest remainder: everyone gets the whole part, and what is left goes to those who lost most
    by it; of equals to the first in the order of ``target``.
    """
    shares = {category: divmod(posts * percent, 100) for category, percent in target.items()}
    whole = {category: share for category, (share, _rest) in shares.items()}
    by_loss = sorted(shares, key=lambda category: -shares[category][1])
    for category in by_loss[: posts - sum(whole.values())]:
        whole[category] += 1
    return whole


def _week(
    answers: Answers, channel: ChannelAnswer, kinds: Sequence[PostKindAnswer], cadence: Cadence
) -> ChannelWeek:
    themes = {pillar.uid: pillar.name for pillar in answers.pillars}
    return ChannelWeek(
        channel=channel,
        cadence=cadence,
        minutes=minutes_of_kinds(kinds, answers.content_plan),
        kinds=tuple(
            KindOfPost(
                format=PostFormat(kind.format),
                theme=themes.get(kind.pillar or "", ""),
                cadence=of_kind,
                days=tuple(Weekday(day) for day in kind.days),
                times=kind.times,
            )
            for kind in kinds
            if (of_kind := cadence_of([kind])).kinds
        ),
    )
