"""Each rule, on both sides of where it begins."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.findings import Severity
from networks.text_parts import find_hashtags, hashtag_key
from policies.rules import RULES, OtherPost, Parameters, RuleDraft
from policies.rules.draft import KnownTag
from policies.rules.links import is_below
from policies.rules.quiet_hours import is_within
from policies.rules.same_text import alike, plain
from policies.rules.sensitive_days import is_a_day
from policies.rules.words import ANYWHERE, BEGINS, EXACT, find_words

OSLO = ZoneInfo("Europe/Oslo")
AT = datetime(2026, 11, 24, 12, 0, tzinfo=OSLO)
TODAY = date(2026, 11, 20)


def draft(text: str = "", **given: Any) -> RuleDraft:
    return RuleDraft(**{"text": text, "today": TODAY, "at": AT, **given})


def codes(rule: str, post: RuleDraft, **parameters: Any) -> list[str]:
    found = RULES[rule]
    return [hit.code for hit in found.judge(post, Parameters(found.parameters, parameters))]


# --- who approves -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("engagement", "role", "found"),
    [
        ("external", "marketer", ["external-author"]),
        ("external", "contributor", ["external-author"]),
        ("employee", "contributor", ["contributor-author"]),
        ("employee", "marketer", []),
        ("employee", "manager", []),
        ("employee", "admin", []),
    ],
)
def test_who_approves(engagement: str, role: str, found: list[str]) -> None:
    assert codes("who_approves", draft(engagement=engagement, role=role)) == found


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "text", "found"),
    [
        (EXACT, "En garanti gis.", ["garanti"]),
        (EXACT, "Garantien gjelder.", []),
        (BEGINS, "Garantien gjelder.", ["Garantien"]),
        (BEGINS, "Livstidsgaranti!", []),
        (ANYWHERE, "Livstidsgarantien!", ["Livstidsgarantien"]),
        (ANYWHERE, "garanti, GARANTI og Garanti", ["garanti"]),
        (EXACT, "garanti2", []),
    ],
)
def test_words_are_found_as_the_rule_says(how: str, text: str, found: list[str]) -> None:
    assert find_words(text, ["garanti"], how=how, exceptions=[]) == found


def test_words_on_the_list_of_exceptions_are_left_out() -> None:
    assert find_words(
        "Garantist og garanti", ["garanti"], how=BEGINS, exceptions=["garantist"]
    ) == ["garanti"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("kafe\u0301 her", "kafé"),
        ("STRASSE", "straße"),
        ("שלום עולם", "שלום"),
        ("これは保証です", "保証"),
    ],
)
def test_words_of_every_script_are_found(text: str, word: str) -> None:
    assert find_words(text, [word], how=ANYWHERE, exceptions=[])


def test_words_say_what_was_found_and_nothing_without_a_list() -> None:
    assert codes("words", draft("Guaranteed!"), words="guarantee") == ["word"]
    assert codes("words", draft("Guaranteed!"), words="\n \n") == []


@given(st.text(max_size=80), st.text(min_size=1, max_size=6))
def test_a_word_that_is_put_into_any_text_is_found(text: str, word: str) -> None:
    assume = word.strip() and "\n" not in word and word.isalpha()
    if assume:
        assert find_words(f"{text} {word} {text}", [word], how=EXACT, exceptions=[])


# --- advertising --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["Advertisement: new lamps", "reklame\nNye lamper", "#Reklame Lamper", "“Advertisement”"],
)
def test_advertising_that_says_so_is_fine(text: str) -> None:
    assert codes("advertising", draft(text, advertising="paid")) == []


@pytest.mark.parametrize(
    "text", ["New lamps. Advertisement", "Reklamefilm", "", "advertisements galore"]
)
def test_advertising_that_does_not_begin_with_the_mark_is_found(text: str) -> None:
    assert codes("advertising", draft(text, advertising="gift")) == ["advertising-unmarked"]


def test_what_is_no_advertising_needs_no_mark() -> None:
    assert codes("advertising", draft("New lamps")) == []


# --- sources ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"origin": "others", "category": "informative"}, ["source-missing"]),
        ({"origin": "others", "category": "informative", "source": "NRK"}, []),
        ({"origin": "others", "category": "promotional"}, []),
        ({"origin": "followers"}, ["permission-missing"]),
        ({"origin": "followers", "has_permission": True}, []),
        ({"origin": "us", "category": "informative"}, []),
    ],
)
def test_sources(given: dict[str, Any], found: list[str]) -> None:
    assert codes("sources", draft(**given)) == found


# --- links --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://bit.ly/abc", ["shortener"]),
        ("https://rabbit.ly/abc", []),
        ("http://example.org", ["http"]),
        ("https://example.org", []),
        ("https://example.org/?utm_source=x", ["foreign-campaign-tag"]),
        ("https://www.fjordlys.no/?UTM_source=x", []),
        ("https://fjordlys.no.example.org/?utm_medium=x", ["foreign-campaign-tag"]),
        ("see example.org/a", []),
    ],
)
def test_links(text: str, found: list[str]) -> None:
    assert codes("links", draft(text), own_domains="fjordlys.no") == found


def test_campaign_tags_are_not_looked_at_without_own_domains() -> None:
    assert codes("links", draft("https://example.org/?utm_source=x")) == []


def test_domain_is_not_the_end_of_another() -> None:
    assert is_below("shop.fjordlys.no", ["www.Fjordlys.no"])
    assert not is_below("notfjordlys.no", ["fjordlys.no"])
    assert not is_below("fjordlys.no", [""])


# --- pictures and hashtags ----------------------------------------------------------------------


def test_pictures_without_words_are_found() -> None:
    assert codes("alt_text", draft(alt_texts=("A lamp", " "))) == ["alt-text-missing"]
    assert codes("alt_text", draft(alt_texts=("A lamp",))) == []
    assert codes("alt_text", draft()) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#fjordlysmuseum", ["camel-case"]),
        ("#FjordlysMuseum", []),
        ("#fjordlys_museum", []),
        ("#fjordlys", []),
        ("#文化博物館展覧会特別公開日本語", []),
    ],
)
def test_camel_case(text: str, found: list[str]) -> None:
    assert codes("camel_case", draft(text)) == found


# --- hashtags -------------------------------------------------------------------------------------

HOURS = timedelta(hours=4)


def known(verdict: str = "safe", **given: Any) -> KnownTag:
    return KnownTag(
        **{
            "verdict": verdict,
            "about": "Lights in the north.",
            "by": "Siri Second",
            "at": AT - HOURS,
            "until": AT,
            "employed_until": AT,
            **given,
        }
    )


def tagged(tag: KnownTag | None = None, **given: Any) -> RuleDraft:
    """A post with one hashtag, an hour before it goes out."""
    tags = {"nordlys": tag} if tag else {}
    return draft("#Nordlys", **{"known_tags": tags, "now": AT - timedelta(hours=1), **given})


def hits_of(post: RuleDraft, **parameters: Any) -> list[tuple[str, Severity | None]]:
    rule = RULES["hashtags"]
    found = rule.judge(post, Parameters(rule.parameters, parameters))
    return [(hit.code, hit.severity) for hit in found]


@pytest.mark.parametrize(
    ("now", "hits"),
    [
        (AT - timedelta(days=3), [("hashtag-later", Severity.TIP)]),
        (AT - HOURS - timedelta(minutes=1), [("hashtag-later", Severity.TIP)]),
        (AT - HOURS, [("hashtag-unchecked", None)]),
        (AT, [("hashtag-unchecked", None)]),
        (AT + timedelta(hours=2), [("hashtag-unchecked", None)]),
    ],
)
def test_hashtag_is_checked_within_four_hours_and_never_fails_for_being_early(
    now: datetime, hits: list[tuple[str, Severity | None]]
) -> None:
    assert hits_of(tagged(now=now)) == hits
    assert hits_of(tagged(now=now, is_out=True)) == []


def test_early_hashtag_says_when_it_is_checked() -> None:
    rule = RULES["hashtags"]
    post = tagged(known(until=AT - timedelta(hours=5)), now=AT - timedelta(days=1))

    (hit,) = rule.judge(post, Parameters(rule.parameters, {}))

    assert "again on" in hit.sentence
    assert "08:00" in hit.sentence


@pytest.mark.parametrize(
    ("tag", "hits"),
    [
        (known(), []),
        (known(until=AT - timedelta(minutes=1)), [("hashtag-unchecked", None)]),
        (known("caution"), [("hashtag-caution", Severity.WARNING)]),
        (known("avoid", until=None), [("hashtag-avoid", Severity.BLOCKER)]),
        (known("avoid", until=AT), [("hashtag-avoid", Severity.BLOCKER)]),
        (known("avoid", until=AT - timedelta(minutes=1)), [("hashtag-unchecked", None)]),
    ],
)
def test_hashtag_with_each_verdict(tag: KnownTag, hits: list[tuple[str, Severity | None]]) -> None:
    assert hits_of(tagged(tag)) == hits


def test_avoided_hashtag_blocks_an_idea_and_a_post_of_next_month() -> None:
    avoided = known("avoid", until=None)

    assert hits_of(tagged(avoided, at=None)) == [("hashtag-avoid", Severity.BLOCKER)]
    assert hits_of(tagged(avoided, now=AT - timedelta(days=30))) == [
        ("hashtag-avoid", Severity.BLOCKER)
    ]


def test_hashtag_of_an_external_needs_a_check_by_somebody_employed() -> None:
    own, employed = known(employed_until=None), known()

    assert hits_of(tagged(own, engagement="external")) == [("hashtag-unchecked", None)]
    assert hits_of(tagged(employed, engagement="external")) == []
    assert hits_of(tagged(own)) == []


def test_hashtag_without_a_day_waits_for_it() -> None:
    assert hits_of(tagged(at=None)) == [("hashtag-later", Severity.TIP)]


def test_hours_are_a_parameter() -> None:
    assert hits_of(tagged(now=AT - timedelta(hours=2)), hours=1) == [
        ("hashtag-later", Severity.TIP)
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [("#NORDLYS #nordlys", 1), ("#Nord\u0301lys", 1), ("#nordlys😀 https://example.org/#brann", 1)],
)
def test_hashtag_is_asked_about_once_however_it_is_written(text: str, number: int) -> None:
    assert len(hits_of(draft(text, now=AT))) == number


@pytest.mark.parametrize(
    "written",
    ["nordlys\ufe0f", "nord\u200clys", "nord\u034flys", "ｎｏｒｄｌｙｓ", "NordLys\u200d"],
)
def test_hashtag_that_looks_alike_is_the_same(written: str) -> None:
    assert hashtag_key(f"#{written}") == "nordlys"


@given(st.text(max_size=40))
@example("0\x85\xad")
@example("\xad\x850")
def test_hashtag_is_the_same_with_its_sign_and_without(text: str) -> None:
    key = hashtag_key(text)

    assert hashtag_key(key) == hashtag_key(f"#{key}") == key
    for tag in find_hashtags(f"#{text}"):
        assert hashtag_key(f"＃{tag}") == hashtag_key(tag)


def test_hashtag_is_not_handed_over_to_a_tool_that_publishes_it_unchecked() -> None:
    early: dict[str, Any] = {"now": AT - timedelta(days=3), "leaves_now": True}

    assert hits_of(tagged(**early)) == [("hashtag-unchecked", None)]
    assert hits_of(tagged(known(until=AT - timedelta(hours=1)), **early)) == [
        ("hashtag-unchecked", None)
    ]
    assert hits_of(tagged(known(), **early)) == []


def test_hashtag_that_is_too_long_to_be_checked_is_to_be_shortened() -> None:
    assert hits_of(draft("#" + "x" * 101, now=AT)) == [("hashtag-long", None)]
    assert hits_of(draft("#" + "x" * 100, now=AT)) == [("hashtag-unchecked", None)]


# --- the day, captions, retouching ----------------------------------------------------------------


def test_check_of_the_day_asks_about_posts_of_today_only() -> None:
    today = {"today": AT.date()}

    assert codes("day_of", draft("Lights", **today)) == ["day-of"]
    assert codes("day_of", draft("Lights", is_looked_at=True, **today)) == []
    assert codes("day_of", draft("Lights", is_out=True, **today)) == []
    assert codes("day_of", draft("Lights", at=None)) == []
    assert codes("day_of", draft("Lights")) == []


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, ["unseen"]),
        ({"touched_at": AT - timedelta(days=14)}, []),
        ({"touched_at": None}, []),
        ({"is_looked_at": True}, []),
        ({"is_out": True}, []),
        ({"at": None}, []),
        ({"today": AT.date() - timedelta(days=1)}, []),
    ],
)
def test_post_that_nobody_touched_is_read_once_more_on_its_day(
    given: dict[str, Any], found: list[str]
) -> None:
    untouched = {"today": AT.date(), "touched_at": AT - timedelta(days=14, minutes=1)}

    assert codes("no_robot_posts", draft("Lights", **{**untouched, **given})) == found


def test_videos_without_captions_are_found() -> None:
    assert codes("captions", draft("Lights", videos_without_captions=2)) == ["captions-missing"]
    assert codes("captions", draft("Lights")) == []


def test_retouched_body_without_the_mark_is_found() -> None:
    assert codes("retouched", draft("Lights", retouching="unmarked")) == ["retouched-unmarked"]
    assert codes("retouched", draft("Lights", retouching="marked")) == []
    assert codes("retouched", draft("Lights")) == []


# --- how often, and the same text ---------------------------------------------------------------


def others(*minutes: int, counts: bool = True) -> tuple[OtherPost, ...]:
    return tuple(OtherPost("Other", AT + timedelta(minutes=one), counts) for one in minutes)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"history": others(-120, 120)}, []),
        ({"history": others(-180, -120, 120)}, ["too-many-a-day"]),
        ({"history": others(-180, -120, 120, counts=False)}, []),
        ({"history": others(-24 * 60, 24 * 60, 48 * 60)}, []),
        ({"history": others(59)}, ["too-close"]),
        ({"history": others(60)}, []),
        ({"history": others(0, 0, 0), "format": "story"}, []),
        ({"history": others(0, 0, 0), "at": None}, []),
    ],
)
def test_too_often(given: dict[str, Any], found: list[str]) -> None:
    assert codes("too_often", draft(**given)) == found


def test_too_often_is_switched_off_by_nought() -> None:
    post = draft(history=others(0, 1, 2, 3))

    assert codes("too_often", post, most_a_day=0, minutes_apart=0) == []


LONG = "Come and see how the lamps of the old lighthouse were lit every night."


@pytest.mark.parametrize(
    ("text", "given", "found"),
    [
        (LONG, {}, ["same-text"]),
        (LONG + " #Fjordlys https://fjordlys.no/a", {}, ["same-text"]),
        (LONG.upper(), {}, ["same-text"]),
        ("Something quite different about school classes and their visit in May.", {}, []),
        ("Good morning!", {}, []),
        (LONG, {"is_in_series": True}, []),
        (LONG, {"is_service_notice": True}, []),
        (LONG, {"at": AT + timedelta(days=26)}, []),
        (LONG, {"network": "x"}, ["same-text"]),
        (LONG, {"network": "x", "at": AT + timedelta(days=3)}, []),
    ],
)
def test_same_text(text: str, given: dict[str, Any], found: list[str]) -> None:
    history = (OtherPost(LONG, AT - timedelta(days=5)), OtherPost("Good morning!", AT))

    assert codes("same_text", draft(text, history=history, **given)) == found


@given(st.text(max_size=60), st.text(max_size=60), st.integers(50, 100))
def test_alike_is_the_same_from_both_sides_of_its_shortcut(
    one: str, other: str, at_least: int
) -> None:
    percent = alike(plain(one), plain(other), at_least=at_least)

    assert percent == 0 or at_least <= percent <= 100
    assert alike(plain(one), plain(one), at_least=at_least) == (100 if plain(one) else 0)


# --- times --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "found"),
    [("20:59", []), ("21:00", ["quiet-hours"]), ("03:00", ["quiet-hours"]), ("07:00", [])],
)
def test_quiet_hours_over_midnight(hour: str, found: list[str]) -> None:
    at = datetime.combine(AT.date(), time.fromisoformat(hour), tzinfo=OSLO)

    assert codes("quiet_hours", draft(category="promotional", at=at)) == found
    assert codes("quiet_hours", draft(category="informative", at=at)) == []
    notice = draft(category="promotional", at=at, is_service_notice=True)
    assert codes("quiet_hours", notice) == []


@given(st.times(), st.times(), st.times())
def test_a_time_is_within_or_within_the_rest_of_the_day(at: time, one: time, other: time) -> None:
    if one != other:
        assert is_within(at, one, other) != is_within(at, other, one)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ("11-24 Remembrance", ["sensitive-day"]),
        ("2026-11-24", ["sensitive-day"]),
        ("2027-11-24 funeral", []),
        ("11-25", []),
        ("never", []),
    ],
)
def test_sensitive_days(days: str, found: list[str]) -> None:
    assert codes("sensitive_days", draft(category="promotional"), days=days) == found
    assert codes("sensitive_days", draft(category="engagement"), days=days) == []


@pytest.mark.parametrize(
    ("line", "can_be_read"),
    [("02-29 leap day", True), ("2027-02-29", False), ("13-01", False), ("22 July", False)],
)
def test_line_is_a_day_that_there_is(line: str, can_be_read: bool) -> None:
    assert is_a_day(line) is can_be_read


# --- all of them --------------------------------------------------------------------------------


VERDICTS = st.sampled_from(["safe", "caution", "avoid"])


@given(st.text(max_size=200), st.sampled_from(["external", "employee"]), VERDICTS)
def test_every_rule_takes_any_text(text: str, engagement: str, verdict: str) -> None:
    text = f"{text} #{text}"
    post = draft(
        text,
        engagement=engagement,
        today=AT.date(),
        now=AT,
        known_tags={hashtag_key(tag): known(verdict) for tag in find_hashtags(text)[::2]},
        videos_without_captions=1,
        retouching="unmarked",
        category="promotional",
        origin="others",
        advertising="paid",
        alt_texts=("",),
        history=(OtherPost(text[::-1], AT), OtherPost(text, AT)),
    )

    for rule in RULES:
        for hit in rule.judge(post, Parameters(rule.parameters, {})):
            assert hit.code
            assert hit.sentence.strip()


def test_every_rule_says_what_it_looks_at() -> None:
    for rule in RULES:
        assert str(rule.title)
        assert str(rule.about).endswith(".")
        assert len({one.name for one in rule.parameters}) == len(rule.parameters)
