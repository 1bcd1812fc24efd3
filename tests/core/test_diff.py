"""The word diff."""

from hypothesis import given
from hypothesis import strategies as st

from core.diff import LONGEST, Segment, list_diff, word_diff

texts = st.text(alphabet=st.sampled_from("ab æ\n\t🙂é"), max_size=60)


def joined(segments: list[Segment], *ops: str) -> str:
    return "".join(segment.text for segment in segments if segment.op in ops)


@given(texts, texts)
def test_word_diff_any_two_texts_gives_both_back(before: str, after: str) -> None:
    segments = word_diff(before, after)

    assert joined(segments, "same", "ins") == after
    assert joined(segments, "same", "del") == before


def test_word_diff_one_word_changed_marks_that_word_only() -> None:
    assert word_diff("open for everyone today", "open for families today") == [
        Segment("same", "open for "),
        Segment("del", "everyone "),
        Segment("ins", "families "),
        Segment("same", "today"),
    ]


def test_word_diff_same_text_is_one_segment() -> None:
    assert word_diff("as it was", "as it was") == [Segment("same", "as it was")]


def test_word_diff_two_empty_texts_is_nothing() -> None:
    assert word_diff("", "") == []


def test_word_diff_huge_texts_are_replaced_whole() -> None:
    before, after = "a " * (LONGEST + 1), "b " * (LONGEST + 1)

    assert word_diff(before, after) == [Segment("del", before), Segment("ins", after)]


items = st.lists(st.sampled_from(["a", "b", "c, d", ""]), max_size=6)


@given(items, items)
def test_list_diff_any_two_lists_gives_both_back(before: list[str], after: list[str]) -> None:
    segments = list_diff(before, after)

    assert joined(segments, "same", "ins") == ", ".join(after)
    assert joined(segments, "same", "del") == ", ".join(before)


def test_list_diff_marks_whole_items_and_what_stood_between_them() -> None:
    assert list_diff(["guests", "guests by sea"], ["guests"]) == [
        Segment("same", "guests"),
        Segment("del", ", guests by sea"),
    ]
    assert list_diff(["guests by sea"], ["guests"]) == [
        Segment("del", "guests by sea"),
        Segment("ins", "guests"),
    ]
