"""How each network counts a text."""

import unicodedata
from dataclasses import fields

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from networks.catalogue import NETWORKS
from networks.counting import Count, count
from networks.enums import PostFormat
from networks.limits import Limit

ANY_TEXT = st.text(st.characters(exclude_categories=()))
CODES = st.sampled_from(list(NETWORKS))
FAMILY = "👨‍👩‍👧‍👦"
PIECES = (
    *("a", "é", "e\u0301", "€", "京", "가", "ᄀ", "ᅡ", " ", "\r\n", ".", "(", "/", "?", "\ud83d"),
    *("😊", FAMILY, "\u200d", "\ufe0f", "❤", "1️⃣", "🇳🇴", "🇳", "🏽"),
    *("@a@b.no", "#tag", "example.org", "https://a.no/b"),
)
REMARKABLE = st.lists(st.sampled_from(PIECES)).map("".join)


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("New hours: https://example.org/opening-hours-winter-2026?utm_source=x", 34),
        ("See example.org", 27),
        ("Test https://test.com test https://test.com test.com test", 86),
        ("https://example.com/very/long/path", 23),
        ("👾", 2),
        ("🙋🏽", 2),
        ("👨‍🎤", 2),
        (FAMILY, 2),
        ("👨‍👩‍👧", 2),
        ("❤️‍🔥", 2),
        ("🇳🇴", 2),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2),
        ("1️⃣", 2),
        ("東京", 4),
        ("Entry 5 €", 10),
        ("café", 4),
        ("cafe\u0301", 4),
        ("© 2026", 6),
        ("©️", 2),
        ("“quoted” – dash", 15),
        ("wait…", 6),
        ("√", 2),
        ("@name@host.org", 14),
        ("one\r\ntwo", 7),
        ("", 0),
    ],
)
def test_x_weighs_links_emoji_and_other_scripts(text: str, used: int) -> None:
    assert count("x", text).used == used


def test_x_takes_140_emoji() -> None:
    fits, too_long = count("x", "😊" * 140), count("x", "😊" * 141)

    assert (fits.left, fits.is_over) == (0, False)
    assert (too_long.over, too_long.words) == (2, "2 too many")


def test_bluesky_limits_letters_and_bytes() -> None:
    fits, too_long = count("bluesky", FAMILY * 120), count("bluesky", FAMILY * 121)

    assert (fits.used, fits.is_over, fits.words) == (120, False, "0 bytes left")
    assert (too_long.used, too_long.is_over, too_long.over) == (121, True, 0)
    assert (too_long.over_bytes, too_long.words) == (25, "25 bytes too long")


def test_one_text_is_too_long_for_x_and_fits_on_bluesky() -> None:
    text = "a" * 290

    assert count("x", text).words == "10 too many"
    assert count("bluesky", text).words == "10 left"


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("https://example.org/opening-hours-winter-2026", 23),
        ("example.org", 11),
        ("@kari@mastodon.social hi", 8),
        ("@kari hi", 8),
        ("kari@example.org", 16),
        ("https://mastodon.social/@kari@example.org", 23),
        (FAMILY, 1),
    ],
)
def test_mastodon_counts_links_as_23_and_no_servers(text: str, used: int) -> None:
    assert count("mastodon", text).used == used


@pytest.mark.parametrize(("text", "used"), [("abc€", 4), ("a😊", 5), (FAMILY, 25), ("❤️", 6)])
def test_threads_counts_emoji_by_their_bytes(text: str, used: int) -> None:
    assert count("threads", text).used == used


@pytest.mark.parametrize("code", ["instagram", "tiktok", "linkedin"])
def test_others_count_as_javascript_does(code: str) -> None:
    assert count(code, "a€😊").used == 4
    assert count(code, FAMILY).used == 11


@pytest.mark.parametrize(
    ("code", "limit"),
    [
        ("facebook", 63206),
        ("instagram", 2200),
        ("linkedin", 3000),
        ("x", 280),
        ("tiktok", 4000),
        ("youtube", 5000),
        ("pinterest", 500),
        ("threads", 500),
        ("bluesky", 300),
        ("mastodon", 500),
        ("other", None),
    ],
)
def test_each_network_has_its_limit(code: str, limit: int | None) -> None:
    assert count(code, "").limit == limit


def test_tiktok_takes_less_text_with_a_video() -> None:
    assert count("tiktok", "", has_video=True).limit == 2200
    assert count("tiktok", "", format=PostFormat.SHORT_VIDEO).limit == 2200
    assert count("x", "", has_video=True).limit == 280


@pytest.mark.parametrize("format", [PostFormat.THREAD, PostFormat.ARTICLE])
def test_threads_of_posts_and_articles_have_no_limit(format: str) -> None:
    assert count("x", "a" * 999, format=format).words == "999 characters"
    assert count("bluesky", FAMILY * 999, format=format).is_over is False


def test_words_group_large_numbers() -> None:
    assert count("facebook", "").words == "63,206 left"
    with translation.override("nb"):
        assert count("facebook", "").words == "63\xa0206 left"


def test_every_limit_says_where_it_was_read_and_when() -> None:
    for network in NETWORKS.values():
        for field in fields(network.limits):
            value = getattr(network.limits, field.name)
            if isinstance(value, Limit):
                assert value.value > 0
                assert value.source.where
                assert value.source.checked_on.year >= 2026


@given(CODES, ANY_TEXT | REMARKABLE)
def test_counting_never_raises(code: str, text: str) -> None:
    counted = count(code, text)

    assert counted.used >= 0
    assert counted.words
    assert (counted.over > 0) == (counted.limit is not None and counted.used > counted.limit)


@given(ANY_TEXT | REMARKABLE)
def test_x_counts_composed_and_decomposed_letters_alike(text: str) -> None:
    alike = {count("x", unicodedata.normalize(form, text)).used for form in ("NFC", "NFD")}

    assert len(alike) == 1


@given(CODES, ANY_TEXT | REMARKABLE)
def test_another_word_adds_its_length(code: str, text: str) -> None:
    assert count(code, f"{text} ab").used == count(code, text).used + 3


@given(CODES, REMARKABLE, REMARKABLE)
def test_a_text_is_as_long_as_its_lines(code: str, first: str, second: str) -> None:
    whole = count(code, f"{first}\n{second}").used

    assert whole == count(code, first).used + 1 + count(code, second).used


@given(
    st.integers(0, 400),
    st.integers(0, 400) | st.none(),
    st.integers(0, 4000),
    st.integers(0, 4000) | st.none(),
)
def test_left_and_over_are_never_both(
    used: int, limit: int | None, used_bytes: int, limit_bytes: int | None
) -> None:
    counted = Count(used, limit, used_bytes, limit_bytes)

    assert not (counted.left and counted.over)
    assert not (counted.left_bytes and counted.over_bytes)
    assert counted.is_over == ("too" in counted.words)
