"""What changed between two readings of the answers."""

from datetime import date, time
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.diff import word_diff
from strategies.domain.answer_types import AudienceAnswer, KpiAnswer, MessageAnswer
from strategies.domain.answers import Answers, from_snapshot, to_snapshot
from strategies.domain.questionnaire import KINDS, STEP_BY_CODE, STEP_OF_KIND, STEPS
from strategies.domain.titles import row_title
from strategies.presentation.answer_display import NOTE, ORDER, facts
from strategies.presentation.diff import AnswerChange, ChangeKind, Comparison, diff, readable
from tests.strategies.answers_of import (
    AMIR,
    changed,
    complete,
    copies,
    empty,
    not_known,
    with_rows,
)


def changes(before: Answers, after: Answers, step: str) -> list[AnswerChange]:
    return list(Comparison(before, after).changes(STEP_BY_CODE[step]))


def shown(change: AnswerChange) -> str:
    """A change as one line: -what went- and +what came+."""
    marks = {"same": "", "del": "-", "ins": "+"}
    return f"{change.heading} | " + " · ".join(
        "".join(f"{marks[s.op]}{s.text}{marks[s.op]}" for s in part.segments)
        for part in change.parts
    )


def audience(uid: str, name: str, **more: Any) -> AudienceAnswer:
    return AudienceAnswer(uid=uid, name=name, **more)


THREE = (audience("a", "Families"), audience("b", "Cruise guests"), audience("c", "Students"))


def test_diff_of_the_same_answers_is_nothing() -> None:
    assert [step.changes for step in diff(complete(), complete())] == [()] * len(STEPS)


def test_diff_the_same_text_in_another_form_is_no_change() -> None:
    before = changed(complete(), "audience", needs="Cafe\u0301s\r\nIndoors")
    after = changed(complete(), "audience", needs="Cafés\nIndoors")

    assert changes(before, after, "audience") == []


def test_diff_changed_field_is_told_word_by_word() -> None:
    after = changed(complete(), "audience", needs="Something indoors and cheap")

    (change,) = changes(complete(), after, "audience")

    assert shown(change) == (
        "Families within an hour’s drive: What matters to them? | Something indoors+ and cheap+"
    )
    assert (change.what, change.kind, change.row) == (ChangeKind.CHANGED, "audience", "families")


def test_diff_title_that_ends_a_sentence_is_no_sentence_in_the_heading() -> None:
    before = changed(complete(), "initiative", title="Learn storytelling.", actions="Read")

    (change,) = changes(before, changed(before, "initiative", actions="Read a book"), "success")

    assert change.heading == "Learn storytelling: The steps"


@pytest.mark.parametrize(
    ("kind", "field", "before", "after", "is_list"),
    [
        ("initiative", "actions", "Look\nListen", "Look", True),
        ("initiative", "actions", "Look", "Look again", False),
        ("audience", "needs", "Dry feet\nA coffee", "Dry feet", False),
    ],
)
def test_diff_field_asked_by_line_is_read_as_a_list(
    kind: str, field: str, before: str, after: str, is_list: bool
) -> None:
    was, now = (changed(complete(), kind, **{field: text}) for text in (before, after))

    ((part,),) = (change.parts for step in diff(was, now) for change in step.changes)

    assert part.is_list == is_list


def test_diff_removed_row_lists_what_is_asked_by_line() -> None:
    before = changed(complete(), "duty", tasks="Look\nListen")

    (change,) = changes(before, with_rows(before, "duty"), "ownership")

    assert {part.field for part in change.parts if part.is_list} == {"tasks"}


def test_diff_one_word_of_a_long_text_shows_a_part_and_keeps_the_whole() -> None:
    before = changed(complete(), "audience", needs=" ".join(f"w{n}" for n in range(300)))
    after = changed(before, "audience", needs=before.audiences[0].needs.replace("w150 ", "new "))

    ((part,),) = (change.parts for change in changes(before, after, "audience"))

    assert part.is_shortened
    assert part.is_long
    assert len("".join(segment.text for segment in part.shown).split()) < 30
    assert (part.before, part.after) == (before.audiences[0].needs, after.audiences[0].needs)


def test_diff_changed_title_is_headed_by_kind_and_place() -> None:
    after = changed(complete(), "message", text="You can come in your boots")

    headings = [change.heading for change in changes(complete(), after, "message")]

    assert headings == ["Key message 1"]


def test_diff_order_of_audiences_is_one_line() -> None:
    before = with_rows(complete(), "audience", *THREE)
    after = with_rows(complete(), "audience", THREE[0], THREE[2], THREE[1])

    (change,) = changes(before, after, "audience")

    assert shown(change) == (
        "Order of audiences | 1. Families, 2. -Cruise guests-+Students+, 3. "
        "-Students-+Cruise guests+"
    )


def test_diff_added_and_removed_rows_are_told_whole() -> None:
    before = with_rows(complete(), "audience", THREE[0])
    after = with_rows(complete(), "audience", audience("d", "Teachers", size=300))

    told = [shown(change) for change in changes(before, after, "audience")]

    assert told == ["New audience | +Teachers+ · +300+", "Removed audience | -Families-"]


def test_diff_added_row_at_the_end_is_no_new_order() -> None:
    before = with_rows(complete(), "audience", *THREE[:2])
    after = with_rows(complete(), "audience", *THREE)

    assert [c.what for c in changes(before, after, "audience")] == [ChangeKind.ADDED]


def test_diff_mix_is_read_as_one() -> None:
    before = changed(complete(), "content-plan", promotional=34, informative=33, engagement=33)

    (change,) = changes(before, complete(), "content")

    assert shown(change) == (
        "Mix: selling / useful / dialogue | "
        "-34\u00a0% / 33\u00a0% / 33\u00a0%-+20\u00a0% / 40\u00a0% / 40\u00a0%+"
    )


def test_diff_mix_filled_for_the_first_time_has_nothing_removed() -> None:
    (change, *_more) = changes(empty(), complete(), "content")

    assert change.parts[0].before == ""
    assert change.parts[0].after == "20\u00a0% / 40\u00a0% / 40\u00a0%"


def test_diff_single_row_born_since_is_one_change_with_its_fields() -> None:
    before = msgspec.structs.replace(empty(), voice=msgspec.structs.replace(empty().voice, uid=""))

    (*_rest, voice) = changes(before, complete(), "message")

    assert (voice.what, voice.heading) == (ChangeKind.CHANGED, "Your voice")
    assert [part.label for part in voice.parts] == [
        "Your voice in a few words",
        "We do",
        "We do not",
        "How it differs from channel to channel",
        "Languages",
        "Hashtags of your own",
    ]


def test_diff_row_with_two_fields_changed_has_one_heading_for_both() -> None:
    before = copies(complete(), "kpi", 35)
    after = changed(before, "kpi", read_every="week", reader=AMIR)

    told = changes(before, after, "measurement")

    assert len(told) == 35
    assert told[0].heading == "Searches"
    assert [(part.field, part.label, part.before, part.after) for part in told[0].parts] == [
        ("read_every", "How often is it read?", "Every month", "Every week"),
        ("reader", "Who reads it?", "Ingrid Solheim", "Amir Rahmani"),
    ]


def test_diff_row_with_new_title_and_more_is_headed_by_kind_and_place() -> None:
    after = changed(complete(), "message", text="Come as you are", proof="It is dark anyway")

    (change,) = changes(complete(), after, "message")

    assert change.heading == "Key message 1"
    assert [part.label for part in change.parts] == [
        "What should they know or think?",
        "Why should they believe it?",
    ]


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (("instagram", "x"), "Instagram, X-, TikTok-"),
        (("x", "tiktok"), "-Instagram, -X, TikTok"),
        (("instagram", "tiktok"), "Instagram-, X-, TikTok"),
        (("instagram", "x", "tiktok", "other"), "Instagram, X, TikTok+, Other+"),
        (("instagram", "youtube", "tiktok"), "Instagram, -X-+YouTube+, TikTok"),
        ((), "-Instagram, X, TikTok-"),
    ],
)
def test_diff_list_is_told_item_by_item(after: tuple[str, ...], told: str) -> None:
    before = changed(complete(), "audience", networks=("instagram", "x", "tiktok"))

    (change,) = changes(before, changed(before, "audience", networks=after), "audience")

    assert shown(change).partition(" | ")[2] == told


def test_diff_list_that_is_not_known_yet_any_more_is_replaced() -> None:
    after = changed(complete(), "audience", elsewhere="")
    before = changed(after, "audience", networks=(), not_known=("networks",))

    (change,) = changes(before, after, "audience")

    assert shown(change).endswith(" | -Not known yet-+Instagram+")


def test_diff_audiences_of_a_message_lose_the_last_with_its_comma() -> None:
    before = with_rows(complete(), "audience", *THREE)
    before = changed(before, "message", audiences=("a", "b", "c"))

    (change,) = changes(before, changed(before, "message", audiences=("a", "b")), "message")

    assert shown(change).endswith(" | Families, Cruise guests-, Students-")


def test_diff_numbers_of_posts_are_read_as_one() -> None:
    before = changed(complete(), "post-kind", lowest=None, highest=3)

    (change,) = changes(before, complete(), "content")

    assert shown(change) == ("Instagram: @fjordlys: How often | -up to 3 -+3 to 5 +posts a week")


@pytest.mark.parametrize(
    ("code", "field", "value", "told"),
    [
        ("watch", "days", ("1", "2"), "Mon, Tue, -Wed, Thu, Fri, -08:00 to 16:00"),
        ("watch", "starts_at", time(9), "Mon, Tue, Wed, Thu, Fri, -08:00 -+09:00 +to 16:00"),
        ("watch", "ends_at", None, "Mon, Tue, Wed, Thu, Fri, -08:00 to 16:00-+from 08:00+"),
        (
            "watch",
            "complaint_hours",
            2,
            "complaints within -1\u00a0-+2\u00a0+h, questions within 4\u00a0h",
        ),
        ("post-kind", "days", ("7",), "+Sun, +17:00, 20:00"),
        ("channel", "operator", AMIR, "-Ingrid Solheim-+Amir Rahmani+"),
    ],
)
def test_diff_tells_every_field_that_is_read_with_others(
    code: str, field: str, value: object, told: str
) -> None:
    before = changed(complete(), "post-kind", days=())

    (change,) = changes(before, changed(before, code, **{field: value}), STEP_OF_KIND[code].code)

    assert shown(change).partition(" | ")[2] == told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, {"operator_kind": "agency"}, "-A person, -+An agency, +not named yet"),
        ({}, {"not_known": ("operator",)}, "A person, -not named -+who that is, is not known +yet"),
        (
            {"operator_kind": "team", "operator_name": "Kystlyd"},
            {"operator_kind": "agency", "operator_name": "Kystlyd"},
            "Kystlyd -(a team)-+(an agency)+",
        ),
    ],
)
def test_diff_tells_who_runs_a_channel_where_nobody_is_named(
    before: dict[str, Any], after: dict[str, Any], told: str
) -> None:
    nobody = changed(complete(), "channel", operator=None, not_known=())

    (change,) = changes(
        changed(nobody, "channel", **before), changed(nobody, "channel", **after), "ownership"
    )

    assert shown(change).partition(" | ")[2] == told


def test_diff_days_that_become_known_are_told() -> None:
    before = changed(complete(), "watch", days=(), not_known=("days",))

    (change,) = changes(before, complete(), "ownership")

    assert [(part.label, part.before, part.after) for part in change.parts] == [
        ("", "08:00 to 16:00, days not known yet", "Mon, Tue, Wed, Thu, Fri, 08:00 to 16:00"),
    ]


def test_diff_new_sign_is_told_without_what_every_figure_begins_with() -> None:
    sign = KpiAnswer(uid="sign", metric="own", name="The board names us", is_sign=True)
    after = with_rows(complete(), "kpi", *complete().kpis, sign)

    (change,) = changes(complete(), after, "measurement")

    assert [part.field for part in change.parts] == ["name", "is_sign"]


def test_diff_not_known_yet_is_an_answer_that_can_change() -> None:
    told = changes(complete(), not_known(complete(), "fit"), "fit")

    assert [change.kind for change in told] == [NOTE]
    assert told[0].heading == "The question as a whole"
    assert [part.after for part in told[0].parts] == ["Not known yet", "Ask", "Amir Rahmani"]


def test_diff_name_of_the_strategy_stands_first() -> None:
    after = msgspec.structs.replace(complete(), name="Autumn and spring")

    (change,) = changes(complete(), after, "begin")

    assert shown(change) == "Name of the strategy | Autumn and -winter-+spring+"


def test_diff_renamed_audience_is_no_change_of_the_messages_that_name_it() -> None:
    after = changed(complete(), "audience", name="Families nearby")

    assert changes(complete(), after, "message") == []
    assert [change.parts[0].after for change in changes(complete(), after, "audience")] == [
        "Families nearby"
    ]


def test_diff_renamed_goal_is_no_change_of_the_objective_that_serves_it() -> None:
    after = changed(complete(), "goal", title="Sell 500 season tickets")

    assert changes(complete(), after, "success") == []


def test_diff_from_a_snapshot_is_as_from_rows() -> None:
    again = from_snapshot(msgspec.json.decode(msgspec.json.encode(to_snapshot(complete()))))

    assert all(not step.changes for step in diff(again, complete()))


def test_diff_single_words_between_changes_are_not_left_as_crumbs() -> None:
    before = changed(complete(), "audience", needs="Cheap tickets and events. They like it.")
    after = changed(complete(), "audience", needs="Somewhere warm and cheap to meet. They like it.")

    (change,) = changes(before, after, "audience")

    assert shown(change).endswith(
        "| -Cheap tickets and events. -+Somewhere warm and cheap to meet. +They like it."
    )


def test_diff_of_blanks_alone_strikes_no_word() -> None:
    before = changed(complete(), "audience", needs="Dry feet\n\nA coffee and  a map")
    after = changed(complete(), "audience", needs="Dry feet\nA coffee and a map")

    ((part,),) = (change.parts for change in changes(before, after, "audience"))

    assert part.has_same_words
    assert [segment.op for segment in part.whole] == ["same"]


def test_diff_blank_line_dropped_beside_a_new_word_strikes_that_word_only() -> None:
    before = changed(complete(), "audience", needs="Dry feet\n\nCoffee here")
    after = changed(complete(), "audience", needs="Dry feet\nCoffee there")

    ((part,),) = (change.parts for change in changes(before, after, "audience"))

    assert not part.has_same_words
    assert [one.text for one in part.whole if one.op != "same"] == ["here", "there"]


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_readable_joins_back_and_never_repeats_a_kind(before: str, after: str) -> None:
    segments = readable(word_diff(before, after))

    assert "".join(s.text for s in segments if s.op != "ins") == before
    assert "".join(s.text for s in segments if s.op != "del") == after
    assert all(one.op != two.op for one, two in pairwise(segments))


# --- whatever is typed ------------------------------------------------------------------------

words = st.text(alphabet=st.sampled_from("ab æ\n🙂é<"), max_size=12)
UIDS = list("abcdef")


@st.composite
def some_answers(draw: st.DrawFn) -> Answers:
    rows = draw(st.lists(st.sampled_from(UIDS), unique=True))
    audiences = tuple(
        AudienceAnswer(
            uid=uid,
            name=draw(words),
            needs=draw(words),
            size=draw(st.none() | st.integers(0, 9_999)),
            networks=draw(st.sampled_from([(), ("instagram",), ("instagram", "x")])),
            not_known=draw(st.sampled_from([(), ("needs", "size")])),
        )
        for uid in rows
    )
    messages = tuple(
        MessageAnswer(uid=f"m-{uid}", text=draw(words), audiences=tuple(rows[:2]))
        for uid in draw(st.lists(st.sampled_from(UIDS), unique=True, max_size=3))
    )
    base = with_rows(empty(), "audience", *audiences)
    base = with_rows(base, "message", *messages)
    mix = draw(st.sampled_from([None, 20, 40]))
    base = changed(base, "content-plan", promotional=mix, by_hand=draw(words))
    return changed(
        base, "period", ends_on=draw(st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)))
    )


def with_names_of(after: Answers, before: Answers) -> Answers:
    """Return ``before`` with its audiences called as in ``after``: a name is quoted as it is now."""
    names = {row.uid: row.name for row in after.audiences}
    audiences = tuple(
        msgspec.structs.replace(row, name=names.get(row.uid, row.name)) for row in before.audiences
    )
    return msgspec.structs.replace(before, audiences=audiences)


@settings(max_examples=150, deadline=None)
@given(some_answers(), some_answers())
def test_diff_any_two_answers_every_text_joins_back(before: Answers, after: Answers) -> None:
    """*same* and *del* give what stood before, *same* and *ins* what stands now, and none is left out."""
    for step in STEPS:
        quoted = before if step.code == "audience" else with_names_of(after, before)
        old, new = texts(quoted, step.code), texts(after, step.code)
        told = changes(before, after, step.code)
        parts = {
            (change.kind, change.row, part.field): part
            for change in told
            if change.what is not ChangeKind.MOVED
            for part in change.parts
        }

        different = {key for key in {*old, *new} if old.get(key, "") != new.get(key, "")}
        assert different == set(parts)
        for key, part in parts.items():
            assert part.before == old.get(key, "")
            assert part.after == new.get(key, "")


@settings(max_examples=150, deadline=None)
@given(some_answers(), some_answers())
def test_diff_any_two_orders_join_back(before: Answers, after: Answers) -> None:
    moved = [c for c in changes(before, after, "audience") if c.what is ChangeKind.MOVED]
    was = [row.uid for row in before.audiences]
    now = [row.uid for row in after.audiences]
    kept = set(was) & set(now)

    assert bool(moved) == ([u for u in was if u in kept] != [u for u in now if u in kept])
    for change in moved:
        names = {
            row.uid: row_title(answers, "audience", row)
            for answers in (before, after)
            for row in answers.audiences
        }
        (part,) = change.parts
        assert part.before == ", ".join(f"{n}. {names[u]}" for n, u in enumerate(was, 1))
        assert part.after == ", ".join(f"{n}. {names[u]}" for n, u in enumerate(now, 1))


def texts(answers: Answers, step: str) -> dict[tuple[str, str, str], str]:
    """Every display text by kind, row and field; the mix as the one text that it is read as."""
    found: dict[tuple[str, str, str], str] = {}
    for fact in facts(answers, STEP_BY_CODE[step]):
        if fact.field == ORDER or fact.field in {"informative", "engagement"}:
            continue
        single = fact.kind == NOTE or KINDS[fact.kind].single
        text = f"{fact.text} / – / –" if fact.field == "promotional" else fact.text
        found[(fact.kind, "" if single else fact.row_uid, fact.field)] = text
    return found
