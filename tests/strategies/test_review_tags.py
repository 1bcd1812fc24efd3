"""The marks of what went and came, as they stand on the page."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.diff import without_blanks, word_diff
from strategies.presentation.diff import readable
from strategies.templatetags.review import words_changed

words = st.text(alphabet=st.sampled_from("ab,æ<\n "), max_size=40)
SAID_ALOUD = re.compile(r'<span class="visually-hidden">[^<]*</span>')


def marked(before: str, after: str) -> str:
    segments = without_blanks(readable(word_diff(before, after)))
    return SAID_ALOUD.sub("", words_changed(segments))


@pytest.mark.parametrize(
    ("before", "after", "seen"),
    [
        ("3 to 6 posts", "3 to 4 posts", "3 to <del>6</del> <ins>4</ins> posts"),
        ("in the park", "in the park at night", "in the park <ins>at night</ins>"),
        ("it opens late today", "it opens today", "it opens <del>late</del> today"),
        ("see all", "see some", "see <del>all</del> <ins>some</ins>"),
        ("one", "one\n\ntwo", "one\n\n<ins>two</ins>"),
        ("one\n\ntwo three", "one\ntwo four", "one\ntwo <del>three</del> <ins>four</ins>"),
        ("a  b", "a b", "a b"),
    ],
)
def test_words_changed_marks_words_and_no_blanks(before: str, after: str, seen: str) -> None:
    assert marked(before, after) == seen


@settings(deadline=None)
@given(words, words)
def test_words_changed_read_without_what_came_or_went_is_either_text(
    before: str, after: str
) -> None:
    page = marked(before, after)

    old = re.sub(r"<ins>.*?</ins>|</?del>", "", page, flags=re.DOTALL)
    new = re.sub(r"<del>.*?</del>|</?ins>", "", page, flags=re.DOTALL)
    assert unescape(old).split() == before.split()
    assert unescape(new).split() == after.split()
    assert not re.search(r"<(ins|del)>(\s|</)|\s</(ins|del)>", page)
