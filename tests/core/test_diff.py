"""The word diff."""

from hypothesis import example, given
from hypothesis import strategies as st

from core.diff import (
    AROUND,
    LEFT_OUT,
    LONGEST,
    Segment,
    by_line,
    list_diff,
    shortened,
    without_blanks,
    word_diff,
)

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


def test_word_diff_line_added_leaves_the_word_before_it_alone() -> None:
    assert word_diff("look\nlisten", "look\nlisten\nanswer") == [
        Segment("same", "look\nlisten"),
        Segment("ins", "\nanswer"),
    ]


def test_word_diff_last_word_of_a_line_changed_keeps_the_line_in_one() -> None:
    assert word_diff("see all\nwrite", "see some\nwrite") == [
        Segment("same", "see "),
        Segment("del", "all"),
        Segment("ins", "some"),
        Segment("same", "\nwrite"),
    ]


def test_word_diff_words_behind_the_last_one_leave_it_alone() -> None:
    assert word_diff("see the park", "see the park at night") == [
        Segment("same", "see the park"),
        Segment("ins", " at night"),
    ]


def test_word_diff_other_blank_between_the_same_words_marks_the_blank_only() -> None:
    assert word_diff("see\n\nthe  park", "see\nthe park") == [
        Segment("same", "see"),
        Segment("del", "\n\n"),
        Segment("ins", "\n"),
        Segment("same", "the"),
        Segment("del", "  "),
        Segment("ins", " "),
        Segment("same", "park"),
    ]


@given(texts, texts)
@example("a\n b", "a\na b")
def test_without_blanks_any_two_texts_gives_the_words_of_both(before: str, after: str) -> None:
    seen = without_blanks(word_diff(before, after))

    assert joined(seen, "same", "ins") == after
    assert joined(seen, "same", "del").split() == before.split()
    assert all(segment.text.strip() for segment in seen if segment.op != "same")


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


# --- shown shorter ----------------------------------------------------------------------------

runs = st.lists(
    st.builds(Segment, st.sampled_from(["same", "del", "ins"]), st.text("ab \n", max_size=90)),
    max_size=5,
)


@given(runs, st.integers(1, 5))
def test_shortened_any_segments_keeps_every_change_whole_and_in_order(
    segments: list[Segment], around: int
) -> None:
    short = shortened(segments, around)

    assert [one for one in short if one.op != "same"] == [
        one for one in segments if one.op != "same"
    ]
    assert [one.op for one in short] == [one.op for one in segments]


@given(runs, st.integers(1, 5))
def test_shortened_what_stayed_is_its_beginning_and_its_end(
    segments: list[Segment], around: int
) -> None:
    for short, whole in zip(shortened(segments, around), segments, strict=True):
        first, mark, last = short.text.partition(LEFT_OUT)

        assert short == whole or mark
        assert whole.text.startswith(first)
        assert not mark or whole.text.endswith(last[1:])
        assert not mark or max(len(first.split()), len(last.split())) <= around


def test_shortened_one_word_in_twenty_lines_shows_that_line() -> None:
    before = "\n".join(f"Step {number} is to write to every school" for number in range(20))

    short = shortened(word_diff(before, before.replace("Step 9 is", "Step nine is")))

    assert short == [
        Segment("same", "…\nStep 8 is to write to every school\nStep "),
        Segment("del", "9 "),
        Segment("ins", "nine "),
        Segment("same", "is to write to every school\n…"),
    ]


def test_shortened_long_paragraph_keeps_words_on_both_sides() -> None:
    words = [f"w{number} " for number in range(100)]

    first, gone, came, last = shortened(
        word_diff("".join(words), "".join([*words[:50], "new ", *words[51:]]))
    )

    assert (gone.text, came.text) == ("w50 ", "new ")
    assert first.text == "… " + "".join(words[50 - AROUND : 50])
    assert last.text == "".join(words[51 : 51 + AROUND]) + "…"


def test_shortened_leaves_out_no_few_words() -> None:
    text = "w " * (2 * AROUND - 1)
    segments = [Segment("same", text), Segment("ins", "new")]

    assert shortened(segments) == segments


def test_shortened_without_a_change_is_whole() -> None:
    segments = [Segment("same", "w " * 500)]

    assert shortened(segments) == segments


@given(runs)
def test_by_line_any_segments_join_back_and_end_with_their_line(segments: list[Segment]) -> None:
    lines = by_line(segments)

    for op in ("same", "del", "ins"):
        assert joined([one for line in lines for one in line], op) == joined(segments, op)
    for place, line in enumerate(lines, start=1):
        text = joined(line, "same", "del", "ins")
        assert "\n" not in text[:-1]
        assert text.endswith("\n") or place == len(lines)
