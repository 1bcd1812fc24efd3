"""All that stands beside the calendar, from posts and strategies."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from content_calendar.balance.counts import Counts, count_posts
from content_calendar.balance.days import (
    Days,
    days_needed,
    four_weeks_to,
    month_in_view,
    weeks_of,
)
from content_calendar.balance.hearing import HearingMatrix, Silences, silences, who_hears_what
from content_calendar.balance.mix import Mix, count_mix
from content_calendar.balance.others import OthersShare, share_from_others
from content_calendar.balance.plans import Plans
from content_calendar.balance.posts import CountedPost, StrategyPeriod
from content_calendar.balance.spacing import Clash, Gap, clashes, gaps
from content_calendar.balance.streaks import Streak, selling_streaks
from content_calendar.balance.suggestions import Suggestion, suggestions
from content_calendar.balance.weeks import PostsInWeek, posts_in_week
from content_calendar.balance.work import WorkInWeek, work_in_weeks


@dataclass(frozen=True)
class Window:
    """A stretch of days: its mix for the workspace and by channel, and the share from others."""

    days: Days
    mix: Mix
    channels: Mapping[str, Mix]
    others: OthersShare


@dataclass(frozen=True)
class ChannelWeeks:
    """The weeks of one channel."""

    channel: str
    weeks: tuple[PostsInWeek, ...]


@dataclass(frozen=True)
class Balance:
    """How the calendar stands on the day ``today``, for a view of the days ``view.days``.

    ``strategy_today``: one is in force today. ``channel_names`` are those in the strategies.
    """

    today: date
    strategy_today: bool
    plans: Plans
    rolling: Window
    month: Window
    view: Window
    weeks: tuple[Days, ...]
    channels: tuple[ChannelWeeks, ...]
    gaps: tuple[Gap, ...]
    clashes: tuple[Clash, ...]
    streaks: tuple[Streak, ...]
    silences: Silences
    matrix: HearingMatrix
    work: tuple[WorkInWeek, ...]
    suggestions: tuple[Suggestion, ...]
    channel_names: Mapping[str, str]


def balance_of(
    posts: Sequence[CountedPost],
    strategies: Sequence[StrategyPeriod],
    *,
    today: date,
    first: date,
    last: date,
    week_start: int,
    open_channels: Collection[str] | None = None,
) -> Balance:
    """Return how ``posts`` stand against ``strategies`` for a view from ``first`` to ``last``.

    ``posts`` are those of ``days_needed(first, last, today)``, in any order, and ``strategies``
    those whose period shares a day with it. ``week_start`` is as ``date.weekday()`` counts.
    ``open_channels`` are the uids that can be posted to, for what to plan next; None is all.
    """
    view = Days(first, last)
    plans = Plans(strategies)
    counts = count_posts(posts)
    weeks = weeks_of(view, week_start)
    channels = _channels(counts, plans, Days(weeks[0].first, weeks[-1].last))

    def window(days: Days) -> Window:
        target = plans.target_on(days.last if today > days.last else max(days.first, today))
        is_past = days.last < today
        return Window(
            days=days,
            mix=count_mix(days, counts.posts, plans).mix(target, with_advice=not is_past),
            channels={
                channel: count_mix(days, counts.channels.get(channel, {}), plans).mix(
                    target, with_advice=False
                )
                for channel in channels
            },
            others=share_from_others(counts, days),
        )

    return Balance(
        today=today,
        strategy_today=plans.on(today) is not None,
        plans=plans,
        rolling=window(four_weeks_to(today)),
        month=window(month_in_view(view, today)),
        view=window(view),
        weeks=tuple(weeks),
        channels=tuple(_row(channel, weeks, counts, plans, today) for channel in channels),
        gaps=tuple(
            gaps(
                counts.posts.keys(),
                plans,
                known=days_needed(first, last, today),
                view=view,
                today=today,
            )
        ),
        clashes=tuple(clashes(counts, view)),
        streaks=tuple(selling_streaks(counts.versions, view)),
        silences=silences(posts, plans.on(today), today=today),
        matrix=who_hears_what(posts, plans, view),
        work=tuple(work_in_weeks(posts, weeks, plans)),
        suggestions=suggestions(
            posts,
            counts,
            plans,
            today=today,
            week_start=week_start,
            open_channels=open_channels,
        ),
        channel_names={
            channel.uid: channel.name for plan in plans.periods for channel in plan.answers.channels
        },
    )


def _channels(counts: Counts, plans: Plans, days: Days) -> list[str]:
    """Return the channels that are planned or posted to: as the latest strategy has them, then others."""
    planned = [
        channel
        for plan in reversed(plans.periods)
        if Days(plan.starts_on, plan.ends_on).meets(days)
        for channel in plan.kinds
    ]
    posted = [channel for channel in sorted(counts.versions) if counts.within(channel, days)]
    return list(dict.fromkeys([*planned, *posted]))


def _row(
    channel: str, weeks: Sequence[Days], counts: Counts, plans: Plans, today: date
) -> ChannelWeeks:
    by_day = counts.numbers.get(channel, {})
    return ChannelWeeks(
        channel, tuple(posts_in_week(channel, week, by_day, plans, today=today) for week in weeks)
    )
