"""Markdown becomes HTML that is safe to show."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.markdown import to_html


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">a</a>',
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html;base64,xx)",
        '<p style="color: red" onclick="alert(1)" id="main" class="btn">a</p>',
        "<iframe src=https://example.org></iframe>",
        "<form action=/><button>a</button></form>",
        "<svg><script>alert(1)</script></svg>",
    ],
)
def test_what_could_be_carried_out_is_left_out(bad: str) -> None:
    html = str(to_html(f"Before.\n\n{bad}\n\nAfter.")).lower()

    tags = " ".join(re.findall(r"<[^>]*>", html))
    for word in ("script", "onerror", "onclick", "style", "id=", "class", "data:", "img", "form"):
        assert word not in tags
    assert "before." in html
    assert "after." in html


@pytest.mark.parametrize("piece", ["[", "[a](", "![", "<a ", "<!--", "<div>\n\n", "`a", "**a"])
def test_text_made_to_be_slow_takes_no_hundred_times_a_plain_one(piece: str) -> None:
    plain = seconds_for("word " * 4_000)

    assert seconds_for(piece * (20_000 // len(piece))) < 100 * plain


def seconds_for(text: str) -> float:
    """Return the seconds of work that a text takes."""
    began = time.process_time()
    to_html(text)
    return time.process_time() - began


def test_long_paragraph_keeps_every_word() -> None:
    words = " ".join(f"word{number}" for number in range(3000))

    assert re.findall(r"word\d+", to_html(words)) == words.split()


def test_headings_stand_below_the_pages_own() -> None:
    assert ">Title</h3>" in to_html("# Title", lower_by=2)
    assert ">Deep</h6>" in to_html("##### Deep", lower_by=2)


def test_pictures_become_links_so_that_no_other_host_is_asked() -> None:
    html = to_html("![A lamp](https://example.org/lamp.png)")

    assert "<img" not in html
    assert '<a href="https://example.org/lamp.png"' in html
    assert ">A lamp</a>" in html


def test_links_lead_out_without_saying_from_where_and_blocks_find_their_direction() -> None:
    html = to_html("[here](https://example.org)\n\nשלום\n\n- 日本語")

    assert 'rel="noopener noreferrer"' in html
    assert html.count('dir="auto"') == 3


@given(st.text(alphabet="<>&\"'()[]!#*_`-=|/ \n:aαש漢", max_size=60))
def test_any_text_becomes_html_without_scripts(text: str) -> None:
    html = str(to_html(text)).lower()

    assert "<script" not in html
    assert "<img" not in html
