"""Posts and strategies for tests of the balance, plain and drawn by hypothesis."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from content_calendar.balance.balance import Balance, balance_of
from content_calendar.balance.posts import CountedPost, CountedVersion, StrategyPeriod
from strategies.domain.answer_types import (
    AudienceAnswer,
    AudienceNotesAnswer,
    ChannelAnswer,
    ContentPlanAnswer,
    FollowerAimAnswer,
    MessageAnswer,
    OwnershipAnswer,
    PeriodAnswer,
    PillarAnswer,
    PostKindAnswer,
    VoiceAnswer,
)
from strategies.domain.answers import Answers

OSLO = ZoneInfo("Europe/Oslo")
TODAY = date(2026, 11, 24)  # a Tuesday in week 48
FIRST, LAST = date(2026, 10, 26), date(2026, 12, 6)  # the month's grid
DAY = timedelta(days=1)
CHANNELS = ("insta", "face", "linked")


def kind(channel: str = "insta", **fields: Any) -> PostKindAnswer:
    return PostKindAnswer(
        **{"uid": f"kind-{channel}", "channel": channel, "format": "image", **fields}
    )


def answers(*kinds: PostKindAnswer, **fields: Any) -> Answers:
    """Two audiences and two messages, selling 20, useful 40, dialogue 40 with 10 points."""
    content = {
        "promotional": 20,
        "informative": 40,
        "engagement": 40,
        "tolerance": 10,
        "minutes_text": 45,
        "minutes_image": 30,
        "minutes_short_video": 300,
    }
    mix = {name: fields.pop(name) for name in tuple(fields) if name in content}
    parts: dict[str, Any] = {
        "name": "Autumn",
        "period": PeriodAnswer(uid="p"),
        "audience_notes": AudienceNotesAnswer(uid="n"),
        "voice": VoiceAnswer(uid="v"),
        "ownership": OwnershipAnswer(uid="o"),
        "content_plan": ContentPlanAnswer(uid="c", **{**content, **mix}),
        "follower_aim": FollowerAimAnswer(uid="f"),
        "channels": (
            ChannelAnswer(uid="insta", network="instagram", handle="@fjordlys"),
            ChannelAnswer(uid="face", network="facebook"),
            ChannelAnswer(uid="linked", network="linkedin"),
        ),
        "audiences": (
            AudienceAnswer(uid="families", name="Families", networks=("instagram", "facebook")),
            AudienceAnswer(uid="students", name="Students", networks=("linkedin",)),
        ),
        "messages": (
            MessageAnswer(uid="clothes", text="Come in your work clothes", audiences=("families",)),
            MessageAnswer(uid="free", text="Free on Thursdays", audiences=("students",)),
        ),
        "pillars": (PillarAnswer(uid="ask", name="Ask a curator", category="engagement"),),
        "post_kinds": kinds,
    }
    return Answers(**{**parts, **fields})


def strategy(
    *kinds: PostKindAnswer,
    starts_on: date = date(2026, 9, 1),
    ends_on: date = date(2027, 2, 28),
    **fields: Any,
) -> StrategyPeriod:
    return StrategyPeriod(starts_on, ends_on, answers(*kinds, **fields))


_number = iter(range(10_000_000))


def post(
    day: date,
    category: str = "informative",
    *channels: str,
    at: time = time(12),
    format: str = "image",
    **fields: Any,
) -> CountedPost:
    moment = datetime.combine(day, at, OSLO)
    values = {
        "uid": f"post-{next(_number):07}",
        "origin": "us",
        "message": "",
        "audiences": (),
        "theme": "",
        "campaign": "",
        "is_published": day < TODAY,
        **fields,
    }
    return CountedPost(
        day=day,
        at=moment,
        category=category,
        versions=tuple(
            CountedVersion(channel, moment, format) for channel in channels or ("insta",)
        ),
        **values,
    )


def posts_of(day: date, **numbers: int) -> list[CountedPost]:
    """So many posts of each category on one day."""
    return [post(day, category) for category, number in numbers.items() for _ in range(number)]


def balance(
    posts: list[CountedPost],
    *strategies: StrategyPeriod,
    today: date = TODAY,
    first: date = FIRST,
    last: date = LAST,
    week_start: int = 0,
    **more: Any,
) -> Balance:
    return balance_of(
        posts, strategies, today=today, first=first, last=last, week_start=week_start, **more
    )


# --- drawn ------------------------------------------------------------------------------------

CATEGORIES = ("promotional", "informative", "engagement")
days = st.dates(date(2026, 9, 20), date(2027, 1, 15))


@st.composite
def drawn_posts(draw: st.DrawFn, most: int = 25) -> list[CountedPost]:
    found = []
    for _ in range(draw(st.integers(0, most))):
        channels = draw(st.lists(st.sampled_from(CHANNELS), min_size=1, max_size=3, unique=True))
        found.append(
            post(
                draw(days),
                draw(st.sampled_from((*CATEGORIES, ""))),
                *channels,
                at=draw(st.sampled_from((time(9), time(9, 40), time(17)))),
                format=draw(st.sampled_from(("image", "story", ""))),
                origin=draw(st.sampled_from(("us", "others", "followers"))),
                message=draw(st.sampled_from(("", "clothes", "free", "unknown"))),
                audiences=tuple(
                    draw(st.lists(st.sampled_from(("families", "students", "gone")), unique=True))
                ),
                campaign=draw(st.sampled_from(("", "winter"))),
            )
        )
    return found


@st.composite
def drawn_mix(draw: st.DrawFn) -> dict[str, int]:
    first = draw(st.integers(0, 100))
    second = draw(st.integers(0, 100 - first))
    mix = dict(zip(CATEGORIES, (first, second, 100 - first - second), strict=True))
    return {**mix, "tolerance": draw(st.integers(0, 25))}


@st.composite
def drawn_kinds(draw: st.DrawFn) -> list[PostKindAnswer]:
    found = []
    for place, channel in enumerate(draw(st.lists(st.sampled_from(CHANNELS), max_size=4))):
        lowest = draw(st.one_of(st.none(), st.integers(0, 4)))
        highest = draw(st.one_of(st.none(), st.integers(lowest or 0, 6)))
        found.append(
            kind(
                channel,
                uid=f"kind-{place}",
                lowest=lowest,
                highest=highest,
                period=draw(st.sampled_from(("week", "two_weeks", "month"))),
                pillar=draw(st.sampled_from((None, "ask"))),
                days=("2", "4"),
                times=(time(9), time(17)),
            )
        )
    return found


@st.composite
def drawn_strategies(draw: st.DrawFn) -> list[StrategyPeriod]:
    """None, one, or two one after the other, perhaps with days between them."""
    edges = sorted(
        draw(
            st.lists(
                st.dates(date(2026, 9, 1), date(2027, 2, 28)), min_size=4, max_size=4, unique=True
            )
        )
    )
    periods = [(edges[0], edges[1]), (edges[2], edges[3])][: draw(st.integers(0, 2))]
    return [
        strategy(*draw(drawn_kinds()), starts_on=first, ends_on=last, **draw(drawn_mix()))
        for first, last in periods
    ]
