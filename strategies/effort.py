"""What the planned posts cost in work: minutes a week, from posts per week and minutes a format."""

from decimal import Decimal

from django.utils.translation import gettext

from strategies.answers import Answers, ChannelPlanAnswer, ContentPlanAnswer
from strategies.enums import CadencePeriod

WEEKS_A_MONTH = Decimal("4.345")  # 365.25 days / 12 / 7


def minutes_of_plan(plan: ChannelPlanAnswer, content: ContentPlanAnswer) -> Decimal:
    """Return the minutes a week that a channel's posts take, by the highest number planned.

    Where only a lowest number stands, that one counts; an emptied number of minutes counts as 0.
    """
    posts = Decimal(plan.highest if plan.highest is not None else plan.lowest or 0)
    if plan.period == CadencePeriod.MONTH:
        posts /= WEEKS_A_MONTH
    return posts * (getattr(content, f"minutes_{plan.format}") or 0)


def weekly_minutes(answers: Answers) -> Decimal:
    """Return the minutes a week that all planned posts take."""
    return sum(
        (minutes_of_plan(plan, answers.content_plan) for plan in answers.channel_plans), Decimal(0)
    )


def work_text(minutes: Decimal) -> str:
    """Write minutes of work as “9 h 40 min”."""
    hours, rest = divmod(round(minutes), 60)
    numbers = {"hours": hours, "minutes": rest}
    if not hours:
        return gettext("%(minutes)d min") % numbers
    if not rest:
        return gettext("%(hours)d h") % numbers
    return gettext("%(hours)d h %(minutes)d min") % numbers
