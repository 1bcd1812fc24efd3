"""Links, hashtags and mentions in a text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.text_parts import find_hashtags, find_links, find_mentions, link_spans, outside

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See example.org", ["example.org"]),
        ("See example.org.", ["example.org"]),
        ("(see https://example.org/a_(b))", ["https://example.org/a_(b)"]),
        ("https://example.org/?a=b. Next", ["https://example.org/?a=b"]),
        ("http://example.org:8080/a b", ["http://example.org:8080/a"]),
        ("See more.https://example.org/x", ["https://example.org/x"]),
        (
            "example.org:80 example.org?a example.org:80/?a",
            ["example.org"] * 2 + ["example.org:80/?a"],
        ),
        ("https://example.org?a", ["https://example.org?a"]),
        ("HTTPS://Example.ORG/x", ["HTTPS://Example.ORG/x"]),
        ("blåbær.no og kjøp.nå", ["blåbær.no"]),
        ("http://twitter.comこれは", ["http://twitter.com"]),
        ("これ。example.com中国語", ["example.com"]),
        ("http://☃.net/", ["http://☃.net/"]),
        ("https://例え.テスト https://xn--r8jz45g.xn--zckzah", []),
        ("https://müller.рф/а", ["https://müller.рф/а"]),
        ("kari@example.org @name@example.org", []),
        ("first.last@example.com", []),
        ("jane.me@example.com", []),
        ("#tag.com $a.com x/example.com", []),
        ("http://no-tld http://-a.com foo.comm", []),
        ("domain.com-that", []),
        ("http://a.b_c.com", []),
        ("http://192.168.0.1/a", []),
        ("example.org/?x=other.org", ["example.org/?x=other.org"]),
        ("Node.js e.g. 3.14", []),
    ],
)
def test_links_are_found_as_x_finds_them(text: str, links: list[str]) -> None:
    assert find_links(text) == links


@pytest.mark.parametrize(
    ("text", "hashtags"),
    [
        ("#museum and #Museum #museum", ["museum", "Museum", "museum"]),
        ("#blåbærøya, #日本語!", ["blåbærøya", "日本語"]),
        ("#snow_day2026", ["snow_day2026"]),
        ("#party🎉time", ["party"]),
        ("#tag1️⃣", ["tag"]),
        ("#1st #2026 #١٢", ["1st"]),
        ("#a#b", ["a", "b"]),
        ("a#b &#39; /#c ##d", []),
        ("#️⃣ # a", []),
        ("https://example.org/#part https://example.org/?a=#b", []),
        ("＃東京", ["東京"]),
    ],
)
def test_hashtags_are_words_behind_the_sign(text: str, hashtags: list[str]) -> None:
    assert find_hashtags(text) == hashtags


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("@kari and (@ola_n).", ["kari", "ola_n"]),
        ("@kari.bsky.social, @kari@mastodon.social.", ["kari.bsky.social", "kari@mastodon.social"]),
        ("kari@example.org https://m.social/@kari https://m.social/~@kari", []),
        ("@ kari", []),
    ],
)
def test_mentions_are_found_but_not_in_addresses(text: str, mentions: list[str]) -> None:
    assert find_mentions(text) == mentions


@given(ANY_TEXT)
def test_parts_are_found_in_any_text(text: str) -> None:
    find_hashtags(text)
    find_mentions(text)
    spans = link_spans(text)

    assert find_links(text) == [text[start:end] for start, end in spans]
    assert len("".join(outside(text, spans))) + sum(e - s for s, e in spans) == len(text)


@pytest.mark.parametrize(
    "piece",
    ["a.", "a-", "http://", "x.com/(", "x.com/(a", "#a", "@a", "@a.", "a_", "x.com?.", "#\u0301"],
)
def test_finding_takes_time_in_proportion_to_the_text(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    begun_at = time.process_time()

    find_links(text), find_hashtags(text), find_mentions(text)

    assert time.process_time() - begun_at < 2  # in quadratic time it takes 4 and more
