"""What to plan next: category, channel and week, and what speaks for it.

The category is the one that leaves the mix of the four weeks up to the end of the week nearest to
its target. Channel and week are those with the most points:

* up to 3 for how much of the plan's lowest number is still missing there in that week,
* up to 2 for how far the category is below its target among the last ten posts there,
* 1 where an audience is found that nothing was posted or planned for,
* less half a point for each week that it lies ahead.

Of equals, the earlier week, then the channel that stands first in the strategy. A channel whose
highest number is reached in a week is left out of that week.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction

from content_calendar.balance.counts import Counts
from content_calendar.balance.days import FOUR_WEEKS, Days, four_weeks_to, weeks_ahead
from content_calendar.balance.mix import MixCount, count_mix
from content_calendar.balance.plans import MixTarget, PeriodPlan, Plans
from content_calendar.balance.posts import CountedPost
from content_calendar.balance.spacing import CLASH
from content_calendar.balance.weeks import PostsInWeek, posts_in_week
from core.enums import ContentCategory
from strategies.in_force import AudienceAnswer, MessageAnswer, PostKindAnswer

LAST_POSTS = 10
SUGGESTIONS = 3

POINTS_TO_GO = 3
POINTS_BELOW = 2
POINTS_AUDIENCE = 1
POINTS_A_WEEK_AHEAD = Fraction(-1, 2)


@dataclass(frozen=True)
class LastPosts:
    """The last posts of a channel up to today, and how many of them are of the category."""

    posts: int
    of_category: int
    is_below: bool


@dataclass(frozen=True)
class Suggestion:
    """One post to plan; what is not known is empty.

    ``audience``, ``message`` and ``theme`` are answers' uids. ``unplanned`` names the audience
    where nothing is planned for it after today. ``before`` and ``after`` are the percent of posts
    of the four weeks up to the end of ``week`` that would need another category.
    """

    category: ContentCategory
    channel: str
    week: Days
    in_week: PostsInWeek
    last: LastPosts
    before: Fraction
    after: Fraction
    format: str = ""
    theme: str = ""
    day: date | None = None
    at: time | None = None
    audience: str = ""
    message: str = ""
    unplanned: str = ""


def suggestions(
    posts: Sequence[CountedPost],
    counts: Counts,
    plans: Plans,
    *,
    today: date,
    week_start: int,
    open_channels: Collection[str] | None = None,
) -> tuple[Suggestion, ...]:
    """Return the best thing to plan next and two others, the best first.

    Each is on another channel while there are channels. ``open_channels`` are the uids of those
    that can be posted to; None is all.
    """
    weeks = [
        _week(ahead, days, counts, plans, today)
        for ahead, days in enumerate(weeks_ahead(today, week_start))
    ]
    heard = _heard(posts, Days(four_weeks_to(today).first, weeks[-1].days.last), today)
    places = [
        _Place(week, channel, counts, plans, heard, today)
        for week in weeks
        for channel in _channels(counts, week.plan, today)
        if open_channels is None or channel in open_channels
    ]
    ranked = sorted((one for one in places if one.in_week.has_room), key=lambda one: -one.points)
    best = {place.channel: place for place in reversed(ranked)}
    ranked.sort(key=lambda place: place is not best[place.channel])
    return tuple(place.suggestion() for place in ranked[:SUGGESTIONS])


@dataclass(frozen=True)
class _Heard:
    """Posts by uid of audience or message: four weeks behind and the weeks ahead; after today."""

    posts: Mapping[str, int]
    coming: Collection[str]


@dataclass(frozen=True)
class _Week:
    """A week, its days after today under one plan, and the mix of the four weeks up to its end."""

    ahead: int
    days: Days
    free: Sequence[date]
    plan: PeriodPlan | None
    target: MixTarget
    count: MixCount
    category: ContentCategory


class _Place:
    """A week of a channel, for a post of the category that the week asks for."""

    def __init__(
        self,
        week: _Week,
        channel: str,
        counts: Counts,
        plans: Plans,
        heard: _Heard,
        today: date,
    ) -> None:
        self.week = week
        self.channel = channel
        self.plan = week.plan
        self.category = week.category
        self.heard = heard
        self.versions = counts.within(channel, week.days)
        self.last = counts.until(channel, today)[-LAST_POSTS:]
        self.in_week = posts_in_week(
            channel, week.days, counts.numbers.get(channel, {}), plans, today=today
        )
        self.audiences = self._audiences()

    @property
    def points(self) -> Fraction:
        """What speaks for it, as the top of this file says."""
        lowest = self.in_week.lowest
        to_go = Fraction(self.in_week.to_go, lowest) if lowest else Fraction(0)
        is_silent = any(not self.heard.posts.get(one.uid) for one in self.audiences)
        return (
            POINTS_TO_GO * to_go
            + POINTS_BELOW * self._below
            + POINTS_AUDIENCE * is_silent
            + POINTS_A_WEEK_AHEAD * self.week.ahead
        )

    def suggestion(self) -> Suggestion:
        """The post to plan here."""
        kind = self._kind()
        day = self._day(kind) if kind else None
        audience = min(
            self.audiences, key=lambda one: self.heard.posts.get(one.uid, 0), default=None
        )
        message = self._message(audience)
        return Suggestion(
            category=self.category,
            channel=self.channel,
            week=self.week.days,
            in_week=self.in_week,
            last=LastPosts(len(self.last), self._of_category, is_below=self._below > 0),
            before=self.week.count.deviation,
            after=self.week.count.with_posts([(self.category, 1)], self.week.target).deviation,
            format=kind.format if kind else "",
            theme=(kind.pillar or "") if kind and self._fits(kind) else "",
            day=day,
            at=self._time(kind, day) if kind else None,
            audience=audience.uid if audience else "",
            message=message.uid if message else "",
            unplanned=audience.name if audience and audience.uid not in self.heard.coming else "",
        )

    @property
    def _of_category(self) -> int:
        return sum(one.category == self.category for one in self.last)

    @property
    def _below(self) -> Fraction:
        share = Fraction(self._of_category, len(self.last)) if self.last else Fraction(0)
        aim = Fraction(self.week.target.percents[self.category], 100)
        return max(Fraction(0), aim - share)

    def _audiences(self) -> Sequence[AudienceAnswer]:
        """Those found on the channel's network; all where none is said to be."""
        if self.plan is None:
            return ()
        channel = self.plan.answers.channel(self.channel)
        found = self.plan.answers.audiences
        here = [one for one in found if channel and channel.network in one.networks]
        return here or found

    def _message(self, audience: AudienceAnswer | None) -> MessageAnswer | None:
        """The one for the audience that was told least; of equals the first."""
        if self.plan is None or audience is None:
            return None
        messages = [one for one in self.plan.answers.messages if audience.uid in one.audiences]
        return min(messages, key=lambda one: self.heard.posts.get(one.uid, 0), default=None)

    def _kind(self) -> PostKindAnswer | None:
        """The kind of post whose theme has the category, before one without a theme.

        Of equals the one with fewer posts of its format in the week, then the first.
        """
        kinds = self.plan.kinds.get(self.channel, ()) if self.plan else ()
        formats = Counter(one.format for one in self.versions)
        return min(
            kinds,
            key=lambda one: (not self._fits(one), bool(one.pillar), formats[one.format]),
            default=None,
        )

    def _fits(self, kind: PostKindAnswer) -> bool:
        pillars = self.plan.answers.pillars if self.plan else ()
        return any(one.uid == kind.pillar and one.category == self.category for one in pillars)

    def _day(self, kind: PostKindAnswer) -> date | None:
        """The first of the kind's good days without a post of the channel, else the first of them."""
        good = [day for day in self.week.free if str(day.isoweekday()) in kind.days]
        taken = {one.day for one in self.versions}
        return next((day for day in good if day not in taken), good[0] if good else None)

    def _time(self, kind: PostKindAnswer, day: date | None) -> time | None:
        """The first of the kind's good times that no post of the channel is close to."""
        taken = [datetime.combine(one.day, one.clock) for one in self.versions if one.day == day]

        def is_free(at: time) -> bool:
            return day is None or all(
                abs(datetime.combine(day, at) - other) >= CLASH for other in taken
            )

        return next((at for at in kind.times if is_free(at)), None)


def _channels(counts: Counts, plan: PeriodPlan | None, today: date) -> Iterator[str]:
    """Return the channels that the plan has kinds of post for; without a plan, those posted to."""
    if plan is not None:
        return iter(plan.kinds)
    around = Days(four_weeks_to(today).first, today + FOUR_WEEKS)
    return (channel for channel in sorted(counts.versions) if counts.within(channel, around))


def _week(ahead: int, days: Days, counts: Counts, plans: Plans, today: date) -> _Week:
    coming = [day for day in days if day > today]
    plan = next((plan for day in coming if (plan := plans.on(day))), None)
    free = [day for day in coming if plans.on(day) is plan]
    target = plans.target_on(free[0])
    count = count_mix(four_weeks_to(days.last), counts.posts, plans)
    return _Week(ahead, days, free, plan, target, count, count.best_next(target))


def _heard(posts: Sequence[CountedPost], days: Days, today: date) -> _Heard:
    heard: Counter[str] = Counter()
    coming: set[str] = set()
    for post in posts:
        if post.day in days:
            uids = {post.message, *post.audiences}
            heard.update(uids)
            if post.day > today:
                coming |= uids
    return _Heard(heard, coming)
