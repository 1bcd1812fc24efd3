"""What the strategy in force on the post's own day asks of it. Without one, nothing."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from content_calendar.balance.days import Days, week_of
from content_calendar.balance.plans import Plans
from content_calendar.balance.posts import StrategyPeriod
from content_calendar.balance.weeks import WeekState, posts_in_week
from content_calendar.domain.post_finding import PostFinding
from content_calendar.findings.draft import Draft
from content_calendar.findings.registry import check
from core.findings import Severity
from core.text import date_words, isolated


@check("channel-not-in-strategy")
def channel_not_in_strategy(draft: Draft) -> Iterator[PostFinding]:
    """The strategy plans nothing on a channel."""
    if draft.answers is None:
        return
    planned = {kind.channel for kind in draft.answers.post_kinds}
    for version in draft.versions:
        if version.channel not in planned:
            yield PostFinding(
                severity=Severity.TIP,
                code="channel-not-in-strategy",
                sentence=_("The strategy plans no posts on %(channel)s.")
                % {"channel": isolated(version.channel_name)},
                field="channels_0",
            )


@check("no-message")
def no_message(draft: Draft) -> Iterator[PostFinding]:
    """It says none of the key messages and is for none of the audiences."""
    if draft.answers is None or draft.message or draft.audiences:
        return
    if draft.answers.messages or draft.answers.audiences:
        yield PostFinding(
            severity=Severity.TIP,
            code="no-message",
            sentence=_("Say which key message this carries, or whom it is for."),
            field="message_uid",
        )


@check("theme-of-another-category")
def theme_of_another_category(draft: Draft) -> Iterator[PostFinding]:
    """The theme belongs to another part of the mix than the post."""
    if draft.answers is None or not draft.category:
        return
    theme = next((one for one in draft.answers.pillars if one.uid == draft.theme), None)
    if theme is not None and theme.category and theme.category != draft.category:
        yield PostFinding(
            severity=Severity.TIP,
            code="theme-of-another-category",
            sentence=_("The theme “%(theme)s” is of another category. Change one of them.")
            % {"theme": isolated(theme.name)},
            field="theme_uid",
        )


@check("campaign-over")
def campaign_over(draft: Draft) -> Iterator[PostFinding]:
    """The campaign has ended before the post goes out; one may speak of it before it begins."""
    if draft.answers is None or draft.day is None:
        return
    campaign = next((one for one in draft.answers.activities if one.uid == draft.campaign), None)
    if campaign is None or campaign.ends_on is None:
        return
    if draft.day > campaign.ends_on:
        yield PostFinding(
            severity=Severity.WARNING,
            code="campaign-over",
            sentence=_("“%(campaign)s” is over on %(day)s, before this goes out.")
            % {
                "campaign": isolated(campaign.name),
                "day": date_words(campaign.ends_on, with_year=True),
            },
            field="campaign_uid",
        )


@check("too-many")
def too_many(draft: Draft) -> Iterator[PostFinding]:
    """With this post a channel has more than the strategy's highest number."""
    if draft.answers is None or draft.day is None or draft.strategy_days is None:
        return
    plans = Plans([StrategyPeriod(*draft.strategy_days, draft.answers)])
    for version in draft.versions:
        counts = Counter(one.at.date() for one in draft.others_on(version.channel))
        counts[draft.day] += 1
        week = week_of(draft.day, draft.week_start)
        found = posts_in_week(version.channel, week, counts, plans, today=draft.today)
        if found.state is WeekState.ABOVE:
            yield PostFinding(
                severity=Severity.WARNING,
                code="too-many",
                sentence=_too_many_sentence(
                    version.channel_name, found.in_span, found.highest, found.span
                ),
                field="planned_on",
            )


def _too_many_sentence(channel: str, posts: int, highest: int | None, days: Days) -> str:
    return _(
        "With this one %(channel)s has %(posts)d posts from %(first)s to %(last)s; the plan is at most %(highest)s."
    ) % {
        "channel": isolated(channel),
        "posts": posts,
        "first": date_words(days.first, with_year=False),
        "last": date_words(days.last, with_year=False),
        "highest": highest,
    }
