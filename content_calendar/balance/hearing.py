"""Who hears what in a stretch of days, and who and what has gone silent."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from content_calendar.balance.days import DAY, FOUR_WEEKS, Days, four_weeks_to
from content_calendar.balance.plans import PeriodPlan, Plans
from content_calendar.balance.posts import CountedPost


@dataclass(frozen=True)
class Silence:
    """An audience or a message (uid and words) without a post for four weeks.

    ``next_on`` is the day of the first post planned for it, among those given.
    """

    uid: str
    name: str
    next_on: date | None


@dataclass(frozen=True)
class AudienceCounts:
    """One audience: its posts of each message, and all of them."""

    uid: str
    name: str
    counts: tuple[int, ...]
    posts: int


@dataclass(frozen=True)
class HearingMatrix:
    """Audiences down, messages across.

    ``told`` are the posts of each message, whoever hears it. Posts that belong nowhere in it, for
    they have no audience or no message that the strategies know, are counted apart.
    """

    days: Days
    messages: tuple[tuple[str, str], ...]
    audiences: tuple[AudienceCounts, ...]
    told: tuple[int, ...]
    without_audience: int
    without_message: int


def who_hears_what(posts: Sequence[CountedPost], plans: Plans, days: Days) -> HearingMatrix:
    """Count the posts of ``days``; the audiences and messages of the latest strategy stand first."""
    meeting = [
        plan for plan in reversed(plans.periods) if Days(plan.starts_on, plan.ends_on).meets(days)
    ]
    audiences = {one.uid: one.name for plan in meeting for one in plan.answers.audiences}
    messages = {one.uid: one.text for plan in meeting for one in plan.answers.messages}
    cells: Counter[tuple[str, str]] = Counter()
    heard: Counter[str] = Counter()
    told: Counter[str] = Counter()
    without_audience = without_message = 0
    for post in posts:
        if post.day not in days:
            continue
        hearers = {uid for uid in post.audiences if uid in audiences}
        without_audience += not hearers
        without_message += post.message not in messages
        told[post.message] += 1
        heard.update(hearers)
        cells.update((uid, post.message) for uid in hearers)
    return HearingMatrix(
        days=days,
        messages=tuple(messages.items()),
        audiences=tuple(
            AudienceCounts(
                uid, name, tuple(cells[uid, message] for message in messages), heard[uid]
            )
            for uid, name in audiences.items()
        ),
        told=tuple(told[message] for message in messages),
        without_audience=without_audience,
        without_message=without_message,
    )


@dataclass(frozen=True)
class Silences:
    """What nobody heard for four weeks in which the strategy was in force."""

    first_audience: Silence | None = None
    messages: tuple[Silence, ...] = ()


def silences(posts: Sequence[CountedPost], plan: PeriodPlan | None, *, today: date) -> Silences:
    """Return the audience of first priority and the messages without a post for four weeks.

    Nothing is said before the strategy of today has been in force for so long.
    """
    if plan is None or plan.starts_on > today - FOUR_WEEKS + DAY:
        return Silences()
    audiences = plan.answers.audiences[:1]
    texts = plan.answers.messages
    heard, coming = _heard_and_coming(posts, today)
    first = [
        Silence(one.uid, one.name, coming.get(one.uid)) for one in audiences if one.uid not in heard
    ]
    return Silences(
        first_audience=first[0] if first else None,
        messages=tuple(
            Silence(one.uid, one.text, coming.get(one.uid)) for one in texts if one.uid not in heard
        ),
    )


def _heard_and_coming(
    posts: Sequence[CountedPost], today: date
) -> tuple[set[str], Mapping[str, date]]:
    """Return the uids with a post in the last four weeks, and the next day of those to come."""
    behind = four_weeks_to(today)
    heard: set[str] = set()
    coming: dict[str, date] = {}
    for post in posts:
        uids = (post.message, *post.audiences)
        if post.day in behind:
            heard.update(uids)
        elif post.day > today:
            coming.update({uid: min(post.day, coming.get(uid, post.day)) for uid in uids})
    return heard, coming
