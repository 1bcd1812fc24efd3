"""What the planned posts cost in work: minutes a week, from posts per week and minutes a format."""

from dataclasses import dataclass
from decimal import Decimal

from core.text import about_text, work_text
from strategies.answers import Answers, ChannelPlanAnswer, ContentPlanAnswer
from strategies.enums import CadencePeriod

WEEKS_A_MONTH = Decimal("4.345")  # 365.25 days / 12 / 7
TOLERANCE = Decimal("1.25")  # work may be a quarter above the hours


@dataclass(frozen=True)
class PlanEffort:
    """The minutes a week that the posts of one channel take, by the highest number planned."""

    plan: ChannelPlanAnswer
    channel: str
    minutes: Decimal

    @property
    def work(self) -> str:
        """In words."""
        return about_text(self.minutes)


@dataclass(frozen=True)
class Effort:
    """The sum, and what question 3 has for it (minutes a week, None where it does not say)."""

    plans: tuple[PlanEffort, ...]
    available: Decimal | None

    @property
    def minutes(self) -> Decimal:
        """Of all channels together, a week."""
        return sum((plan.minutes for plan in self.plans), Decimal(0))

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


def effort(answers: Answers) -> Effort:
    """Add up what the planned posts take; channels without any are left out."""
    hours = answers.ownership.hours_per_week
    return Effort(
        plans=tuple(
            PlanEffort(plan, channel.name if channel else "", minutes)
            for plan in answers.channel_plans
            if (minutes := minutes_of_plan(plan, answers.content_plan))
            for channel in [answers.channel(plan.channel)]
        ),
        available=None if hours is None else hours * 60,
    )


def weekly_minutes(answers: Answers) -> Decimal:
    """Return the minutes a week that all planned posts take."""
    return effort(answers).minutes


def minutes_of_plan(plan: ChannelPlanAnswer, content: ContentPlanAnswer) -> Decimal:
    """Return the minutes a week that a channel's posts take, by the highest number planned.

    Where only a lowest number stands, that one counts; an emptied number of minutes counts as 0.
    """
    posts = Decimal(plan.highest if plan.highest is not None else plan.lowest or 0)
    if plan.period == CadencePeriod.MONTH:
        posts /= WEEKS_A_MONTH
    return posts * (getattr(content, f"minutes_{plan.format}") or 0)
