"""What is seen of a post before anybody opens it, and how both are shown."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from networks.catalogue import NETWORKS
from networks.counting import count
from networks.preview import Preview, preview

LINK = "https://www.example.org/opening-hours-winter-2026?utm_source=x"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("x", "example.org/opening-hours-…"),
        ("bluesky", "www.example.org/opening-hour..."),
        ("mastodon", "example.org/opening-hours-wint…"),
        ("facebook", LINK),
        ("other", LINK),
    ],
)
def test_links_are_shortened_as_the_network_does(code: str, shown: str) -> None:
    assert preview(code, f"New: {LINK}, see you") == Preview(f"New: {shown}, see you")


@pytest.mark.parametrize("code", ["x", "bluesky", "mastodon"])
def test_short_links_lose_only_their_beginning(code: str) -> None:
    assert preview(code, "See https://example.org/a") == Preview("See example.org/a")
    assert preview(code, "See example.org/").visible.startswith("See example.org")


@pytest.mark.parametrize(
    ("code", "most"), [("instagram", 125), ("facebook", 125), ("linkedin", 210), ("tiktok", 150)]
)
def test_the_rest_is_hidden_behind_more(code: str, most: int) -> None:
    fits = "a" * most

    assert preview(code, fits) == Preview(fits)
    assert preview(code, f"{fits}b") == Preview(fits, "b")
    assert preview(code, f"{fits} b") == Preview(fits, "b")


def test_the_cut_stands_behind_a_word_and_inside_no_emoji() -> None:
    assert preview("instagram", f"{'a' * 120} words and") == Preview("a" * 120, "words and")
    assert preview("instagram", f"{'a' * 120} word and") == Preview(f"{'a' * 120} word", "and")
    assert preview("instagram", "👨‍👩‍👧" * 126) == Preview("👨‍👩‍👧" * 125, "👨‍👩‍👧")


def test_networks_that_show_everything_hide_nothing() -> None:
    assert preview("x", "a " * 2000).hidden == ""


@given(st.sampled_from(list(NETWORKS)), st.text(st.characters(exclude_categories=())))
def test_a_preview_loses_no_word(code: str, text: str) -> None:
    seen = preview(code, text)
    network = NETWORKS[code]

    if network.show_link is NETWORKS["other"].show_link:
        assert "".join(f"{seen.visible}{seen.hidden}".split()) == "".join(text.split())
    assert bool(seen.visible) == bool(text.strip())


def rendered(template: str, /, **context: Any) -> str:
    return " ".join(render_to_string(f"networks/{template}.html", context).split())


def test_count_page_says_the_number_in_a_live_region() -> None:
    network = NETWORKS["x"]

    page = rendered("count", count=count("x", "a" * 290), network=network, id="count-x")
    fits = rendered("count", count=count("x", "a"), network=network, id="count-x")

    assert 'role="status"' in page
    assert "10 too many" in page
    assert "is-bad" in page
    assert "A link counts as 23" in page
    assert "279 left" in fits
    assert "is-bad" not in fits


def test_preview_page_isolates_what_people_typed() -> None:
    page = rendered(
        "preview",
        preview=preview("instagram", "<b>" + "a" * 125 + " last"),
        network=NETWORKS["instagram"],
        name="<i>@museum",
        id="preview-1",
    )

    assert "<bdi>&lt;i&gt;@museum</bdi>" in page
    assert '<p class="post-preview-text" dir="auto">&lt;b&gt;aaa' in page
    assert "Behind “more”" in page
    assert 'dir="auto">aaa last</p>' in page


def test_preview_page_of_a_short_or_empty_text_has_no_more() -> None:
    def page(text: str) -> str:
        seen = preview("instagram", text)
        return rendered(
            "preview", preview=seen, network=NETWORKS["instagram"], name="@museum", id="preview-1"
        )

    assert "Behind “more”" not in page("Short")
    assert "No text yet." in page(" \r\n ")
