"""The plan for a week and a month, as the strategy in force says it. Pure: answers in, numbers out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from decimal import ROUND_HALF_UP, Decimal

from core.enums import ContentCategory, Weekday
from networks.enums import PostFormat
from strategies.enums import CadencePeriod
from strategies.in_force import (
    WEEKS_A_MONTH,
    Answers,
    ChannelAnswer,
    ChannelPlanAnswer,
    ContentPlanAnswer,
    minutes_of_plan,
)


@dataclass(frozen=True)
class ChannelWeek:
    """What one channel gets: posts a week or month, work in minutes a week, good days and hours."""

    channel: ChannelAnswer
    format: PostFormat
    lowest: int | None
    highest: int | None
    period: CadencePeriod
    minutes: Decimal
    days: tuple[Weekday, ...]
    starts_at: time | None
    ends_at: time | None

    @property
    def range(self) -> str:
        """“3–5”, or the only number there is; empty without one."""
        numbers = [number for number in (self.lowest, self.highest) if number is not None]
        return "–".join(str(number) for number in dict.fromkeys(numbers))


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
    for plan in answers.channel_plans:
        channel = answers.channel(plan.channel)
        if channel and (plan.lowest is not None or plan.highest is not None):
            weeks.append(_week(plan, channel, answers.content_plan))
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
    total = Decimal(0)
    for plan in answers.channel_plans:
        posts = Decimal(plan.highest if plan.highest is not None else plan.lowest or 0)
        total += posts if plan.period == CadencePeriod.MONTH else posts * WEEKS_A_MONTH
    return int(total.to_integral_value(ROUND_HALF_UP))


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
    plan: ChannelPlanAnswer, channel: ChannelAnswer, content: ContentPlanAnswer
) -> ChannelWeek:
    return ChannelWeek(
        channel=channel,
        format=PostFormat(plan.format),
        lowest=plan.lowest,
        highest=plan.highest,
        period=CadencePeriod(plan.period),
        minutes=minutes_of_plan(plan, content),
        days=tuple(Weekday(day) for day in plan.days),
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
    )
