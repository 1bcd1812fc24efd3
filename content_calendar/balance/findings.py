"""What is to look at in the balance. Only what a strategy in force asks for is found wanting."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from content_calendar.balance.balance import Balance
from content_calendar.balance.days import Days, week_number
from content_calendar.balance.sentences import (
    advice_sentence,
    gap_sentence,
    message_words,
    mix_sentence,
    month_words,
    rolling_words,
    uncategorised_sentence,
)
from content_calendar.balance.spacing import Clash
from content_calendar.balance.weeks import WeekState
from core.findings import Severity
from core.text import date_words, isolated, work_text

#: So many clashes are told one by one.
CLASHES_AT_MOST = 10


@dataclass(frozen=True, kw_only=True)
class BalanceFinding:
    """A finding without an address: what it points at is named by uids and days.

    ``category`` is a value of ``ContentCategory``; ``number`` is how many things it speaks of.
    """

    severity: Severity
    code: str
    sentence: str
    channel: str = ""
    category: str = ""
    audience: str = ""
    message: str = ""
    days: Days | None = None
    posts: tuple[str, ...] = ()
    number: int = 1


def balance_findings(
    balance: Balance, channel_names: Mapping[str, str] | None = None
) -> list[BalanceFinding]:
    """Return what is to look at, gravest first; what lies behind and cannot be changed is left out.

    ``channel_names`` are by uid, those of the strategies where left out.
    """
    names = {**balance.channel_names, **(channel_names or {})}
    found = [
        *_mix(balance),
        *_too_many(balance, names),
        *_gaps(balance),
        *_clashes(balance, names),
        *_streaks(balance, names),
        *_silences(balance),
        *_work(balance),
    ]
    return sorted(found, key=lambda finding: finding.severity.rank)


def _is_planned(balance: Balance, day: date) -> bool:
    """Whether a strategy is in force on ``day``."""
    return balance.plans.on(day) is not None


def _mix(balance: Balance) -> Iterator[BalanceFinding]:
    """The month in view, or the last four weeks where it is over."""
    is_over = balance.month.days.last < balance.today
    window = balance.rolling if is_over else balance.month
    if window.mix.by_usual or window.mix.is_usual:
        return
    if window.mix.is_off:
        when = rolling_words() if is_over else month_words(window.days, balance.today)
        sentences = [mix_sentence(window.mix, when), advice_sentence(window.mix)]
        yield BalanceFinding(
            severity=Severity.WARNING,
            code="mix-off-target",
            sentence=" ".join(one for one in sentences if one),
            category=window.mix.furthest.category.value,
            days=window.days,
        )
    if window.mix.uncategorised:
        yield BalanceFinding(
            severity=Severity.TIP,
            code="posts-without-category",
            sentence=uncategorised_sentence(window.mix.uncategorised),
            days=window.days,
            number=window.mix.uncategorised,
        )


def _too_many(balance: Balance, names: Mapping[str, str]) -> Iterator[BalanceFinding]:
    seen = set()
    for row in balance.channels:
        for one in row.weeks:
            if one.state is not WeekState.ABOVE or one.span.last < balance.today:
                continue
            if (row.channel, one.span) in seen:
                continue  # the weeks of a month stand for one number
            seen.add((row.channel, one.span))
            yield BalanceFinding(
                severity=Severity.WARNING,
                code="too-many-posts",
                sentence=gettext(
                    "%(channel)s has %(posts)d posts from %(first)s to %(last)s, the plan is at most %(highest)d."
                )
                % {
                    "channel": isolated(names.get(row.channel, "")),
                    "posts": one.in_span,
                    "first": date_words(one.span.first, with_year=False),
                    "last": date_words(one.span.last, with_year=False),
                    "highest": one.highest,
                },
                channel=row.channel,
                days=one.span,
            )


def _gaps(balance: Balance) -> Iterator[BalanceFinding]:
    for gap in balance.gaps:
        if gap.days.last > balance.today and _is_planned(balance, gap.days.last):
            yield BalanceFinding(
                severity=Severity.WARNING, code="gap", sentence=gap_sentence(gap), days=gap.days
            )


def _clashes(balance: Balance, names: Mapping[str, str]) -> Iterator[BalanceFinding]:
    """The next ones one by one, the rest as a number: a list of hundreds tells nobody where to begin."""
    coming = [
        clash
        for clash in balance.clashes
        if clash.day >= balance.today and _is_planned(balance, clash.day)
    ]
    coming.sort(key=lambda clash: clash.day)
    for clash in coming[:CLASHES_AT_MOST]:
        yield BalanceFinding(
            severity=Severity.WARNING,
            code="clash",
            sentence=_clash_sentence(clash, names),
            channel=clash.channel,
            days=Days(clash.day, clash.day),
            posts=(clash.first, clash.second),
        )
    others = coming[CLASHES_AT_MOST:]
    if others:
        days = Days(others[0].day, others[-1].day)
        yield BalanceFinding(
            severity=Severity.WARNING,
            code="more-clashes",
            sentence=ngettext(
                "%(number)d other post comes less than an hour after another on its channel, on %(first)s.",
                "%(number)d other posts come less than an hour after another on their channel, from %(first)s to %(last)s.",
                len(others),
            )
            % {
                "number": len(others),
                "first": date_words(days.first, with_year=False),
                "last": date_words(days.last, with_year=False),
            },
            days=days,
            number=len(others),
        )


def _clash_sentence(clash: Clash, names: Mapping[str, str]) -> str:
    words = {
        "channel": isolated(names.get(clash.channel, "")),
        "day": date_words(clash.day, with_year=False),
        "minutes": clash.minutes,
    }
    if not clash.minutes:
        return (
            gettext("Two posts on %(channel)s on %(day)s are at the same time. Move one.") % words
        )
    return (
        ngettext(
            "Two posts on %(channel)s on %(day)s are %(minutes)d minute apart. Move one.",
            "Two posts on %(channel)s on %(day)s are %(minutes)d minutes apart. Move one.",
            clash.minutes,
        )
        % words
    )


def _streaks(balance: Balance, names: Mapping[str, str]) -> Iterator[BalanceFinding]:
    for streak in balance.streaks:
        if streak.last >= balance.today and _is_planned(balance, streak.last):
            yield BalanceFinding(
                severity=Severity.TIP,
                code="selling-in-a-row",
                sentence=gettext(
                    "%(posts)d posts in a row on %(channel)s are selling, from %(first)s to %(last)s. Put another between them."
                )
                % {
                    "posts": len(streak.posts),
                    "channel": isolated(names.get(streak.channel, "")),
                    "first": date_words(streak.first, with_year=False),
                    "last": date_words(streak.last, with_year=False),
                },
                channel=streak.channel,
                days=Days(streak.first, streak.last),
                posts=streak.posts,
            )


def _silences(balance: Balance) -> Iterator[BalanceFinding]:
    audience = balance.silences.first_audience
    if audience:
        words = {"audience": isolated(audience.name)}
        if audience.next_on:
            words["day"] = date_words(audience.next_on, with_year=False)
            text = gettext(
                "%(audience)s, your first audience, had no post for four weeks; the next is on %(day)s."
            )
        else:
            text = gettext(
                "%(audience)s, your first audience, had no post for four weeks, and none is planned."
            )
        yield BalanceFinding(
            severity=Severity.WARNING,
            code="first-audience-silent",
            sentence=text % words,
            audience=audience.uid,
        )
    for message in balance.silences.messages:
        if message.next_on is None:
            yield BalanceFinding(
                severity=Severity.TIP,
                code="message-unheard",
                sentence=gettext(
                    "No post has said “%(message)s” for four weeks, and none is planned."
                )
                % {"message": message_words(message.name)},
                message=message.uid,
            )


def _work(balance: Balance) -> Iterator[BalanceFinding]:
    for work in balance.work:
        if work.is_above and work.available is not None and work.week.last >= balance.today:
            yield BalanceFinding(
                severity=Severity.WARNING,
                code="too-much-work",
                sentence=gettext(
                    "The posts of week %(week)d take about %(work)s, the strategy has %(hours)s a week."
                )
                % {
                    "week": week_number(work.week),
                    "work": work_text(work.minutes),
                    "hours": work_text(work.available),
                },
                days=work.week,
            )
