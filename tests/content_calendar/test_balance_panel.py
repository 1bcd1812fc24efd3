"""The balance in words: findings, and the side panel as it is shown."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from content_calendar.balance.balance import Balance
from content_calendar.balance.days import Days
from content_calendar.balance.findings import BalanceFinding, balance_findings
from content_calendar.balance.panel import ChannelLook, panel_of
from content_calendar.balance.posts import CountedPost, StrategyPeriod
from core.findings import Severity
from strategies.domain.answer_types import OwnershipAnswer
from tests.content_calendar.balance_world import (
    DAY,
    TODAY,
    balance,
    kind,
    post,
    posts_of,
    strategy,
)

CHANNELS = {
    "insta": ChannelLook("Instagram: @fjordlys", "instagram"),
    "face": ChannelLook("<b>Facebook</b>", "facebook"),
}


def finding(code: str, found: Balance) -> BalanceFinding | None:
    return next((one for one in balance_findings(found) if one.code == code), None)


def sell(first: date, number: int) -> list[CountedPost]:
    return [post(first + place * DAY, "promotional") for place in range(number)]


CASES: dict[str, tuple[StrategyPeriod, list[CountedPost], Severity, str]] = {
    "mix-off-target": (
        strategy(),
        posts_of(TODAY, promotional=5, informative=3, engagement=2),
        Severity.WARNING,
        "10 posts in November: selling 50 %, 30 points above target. Plan 3 useful posts and 4 dialogue posts next.",
    ),
    "posts-without-category": (
        strategy(),
        [post(TODAY, ""), post(TODAY, "")],
        Severity.TIP,
        "2 posts have no category and are not counted.",
    ),
    "too-many-posts": (
        strategy(kind(highest=1)),
        [post(TODAY), post(TODAY + DAY)],
        Severity.WARNING,
        "Instagram: @fjordlys has 2 posts from Mon 23 Nov to Sun 29 Nov, the plan is at most 1.",
    ),
    "gap": (
        strategy(),
        [post(TODAY), post(TODAY + 9 * DAY), post(TODAY + 12 * DAY)],
        Severity.WARNING,
        "No post for 8 days, from Wed 25 Nov to Wed 2 Dec. Plan one in between.",
    ),
    "clash": (
        strategy(),
        [post(TODAY, at=time(12)), post(TODAY, at=time(12, 20))],
        Severity.WARNING,
        "Two posts on Instagram: @fjordlys on Tue 24 Nov are 20 minutes apart. Move one.",
    ),
    "more-clashes": (
        strategy(),
        [post(TODAY, at=time(12 + place // 6, place % 6 * 10)) for place in range(12)],
        Severity.WARNING,
        "1 other post comes less than an hour after another on its channel, on Tue 24 Nov.",
    ),
    "selling-in-a-row": (
        strategy(),
        sell(TODAY, 3),
        Severity.TIP,
        "3 posts in a row on Instagram: @fjordlys are selling, from Tue 24 Nov to Thu 26 Nov. Put another between them.",
    ),
    "first-audience-silent": (
        strategy(),
        [],
        Severity.WARNING,
        "Families, your first audience, had no post for four weeks, and none is planned.",
    ),
    "message-unheard": (
        strategy(),
        [post(TODAY, message="clothes")],
        Severity.TIP,
        "No post has said “Free on Thursdays” for four weeks, and none is planned.",
    ),
    "too-much-work": (
        strategy(ownership=OwnershipAnswer(uid="o", hours_per_week=Decimal(1))),
        [post(TODAY, format="short_video")],
        Severity.WARNING,
        "The posts of week 48 take about 5 h, the strategy has 1 h a week.",
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_finding_says_what_is_wrong_and_nothing_without_a_strategy(code: str) -> None:
    plan, posts, severity, sentence = CASES[code]

    found = finding(code, balance(posts, plan))

    assert found
    assert (found.severity, found.sentence.replace("\u00a0", " ")) == (severity, sentence)
    assert balance_findings(balance(posts)) == []


@pytest.mark.parametrize("code", ["too-many-posts", "clash", "selling-in-a-row", "too-much-work"])
def test_what_lies_behind_is_no_finding(code: str) -> None:
    plan, posts, _severity, _sentence = CASES[code]

    assert finding(code, balance(posts, plan, today=TODAY + 10 * DAY)) is None


def test_findings_point_at_what_they_speak_of() -> None:
    plan, posts, _severity, _sentence = CASES["clash"]
    found = finding("clash", balance(posts, plan))

    assert found
    assert (found.channel, found.posts) == ("insta", tuple(one.uid for one in posts))
    assert found.days
    assert TODAY in found.days


def test_clashes_are_told_one_by_one_soonest_first_then_as_a_number() -> None:
    days = [TODAY + (place + 2) * DAY for place in range(15)]
    doubled = [
        post(day, "informative", channel, at=time(12, minute))
        for day, channel in zip(days, ["insta", "face"] * 8, strict=False)
        for minute in (0, 30)
    ]

    found = balance_findings(balance(doubled, strategy(), last=TODAY + 20 * DAY))

    told = [one for one in found if one.code == "clash"]
    assert [one.days.first for one in told if one.days] == days[: len(told)]
    (others,) = [one for one in found if one.code == "more-clashes"]
    assert len(told) + others.number == len(days)
    assert others.days == Days(days[len(told)], days[-1])


def test_findings_stand_gravest_first() -> None:
    posts = [*sell(TODAY, 3), post(TODAY, ""), post(TODAY, "")]

    ranks = [one.severity.rank for one in balance_findings(balance(posts, strategy()))]

    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 2


def test_month_over_the_plan_is_one_finding() -> None:
    plan = strategy(kind(highest=1, period="month"))

    found = balance_findings(balance(sell(TODAY, 2), plan))

    assert [one.code for one in found].count("too-many-posts") == 1


def shown(found: Balance) -> str:
    return render_to_string(
        "content_calendar/balance.html",
        {"panel": panel_of(found, CHANNELS), "strategy_url": "/begin/"},
    )


def test_panel_shows_mix_weeks_and_what_to_plan_next() -> None:
    plan = strategy(kind(lowest=2, highest=3), kind("face", lowest=1))
    posts = posts_of(TODAY, promotional=5, informative=3, engagement=2)

    page = shown(balance(posts, plan))

    assert "10 posts in November: selling 50\u00a0%, 30 points above target." in page
    assert 'width="50%"' in page
    assert "50 %, target 20 %" in " ".join(page.split())
    assert "too many" in page
    assert "1 to go" in page
    assert "Plan next" in page
    assert "style=" not in page
    assert "usual thirds" not in page
    assert "&lt;b&gt;Facebook&lt;/b&gt;" in page
    assert "<b>Facebook</b>" not in page


def test_panel_without_strategy_says_so_and_how_to_begin_one() -> None:
    page = shown(balance(posts_of(TODAY, promotional=9)))

    assert "No strategy is in force" in page
    assert 'href="/begin/"' in page
    assert page.count("usual thirds") == 1


def test_posts_without_a_category_are_not_called_no_posts() -> None:
    page = shown(balance([post(TODAY, "")], strategy()))

    assert "No posts with a category in November." in page


def test_panel_of_an_empty_calendar_shows_the_target_only() -> None:
    page = shown(balance([], strategy()))

    assert "No posts in November." in page
    assert "<rect x=" not in page
    assert "S 20 %" in page


def test_panel_of_a_view_without_today_shows_its_first_week() -> None:
    first, last = date(2027, 1, 4), date(2027, 1, 31)

    panel = panel_of(balance([], strategy(kind(lowest=1)), first=first, last=last), CHANNELS)

    assert panel.weeks.week == "Week 1"
    assert panel.weeks.weeks == [1, 2, 3, 4]
    assert panel.mix.sentence == "No posts in January 2027."


def test_removed_channel_has_words() -> None:
    panel = panel_of(balance([post(TODAY, "promotional", "gone")]), {})

    assert [line.name for line in panel.weeks.lines] == ["Removed channel"]


def test_names_that_run_the_other_way_are_kept_apart() -> None:
    plan = strategy(kind("face", lowest=1))
    names = {"face": ChannelLook("فيسبوك", "facebook")}

    panel = panel_of(balance([], plan), names)
    page = render_to_string("content_calendar/balance.html", {"panel": panel})

    assert "<bdi>فيسبوك</bdi>" in page
