"""Every answer is said as people read it, the same from rows and from a snapshot."""

import json
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any, get_type_hints

import msgspec
import pytest
from django.db import models
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from networks.catalogue import NETWORKS
from networks.enums import PostFormat
from strategies.domain.answer_types import (
    Answer,
    ChannelAnswer,
    KpiAnswer,
    Person,
    PostKindAnswer,
    StepNote,
    is_value,
)
from strategies.domain.answers import PLACES, Answers, from_snapshot, to_snapshot
from strategies.domain.questionnaire import KINDS, STEP_BY_CODE, STEP_OF_KIND, STEPS
from strategies.domain.titles import beneath_title, row_title
from strategies.enums import CadencePeriod
from strategies.models.metrics import METRICS
from strategies.presentation.answer_display import (
    LONGEST_BESIDE,
    NOTE,
    ORDER,
    Fact,
    facts,
    is_by_line,
    is_long,
)
from tests.strategies.answers_of import INGRID, changed, complete, copies, empty, not_known

# --- any answers at all -----------------------------------------------------------------------

words = st.text(st.characters(codec="utf-8"), max_size=20)
uids = st.sampled_from(["families", "objective", "goal", "instagram", "gone"])
people = st.builds(Person, uid=words, name=words, is_external=st.booleans())
decimals = st.decimals(0, 10**9, places=2, allow_nan=False)
OF_TYPE: Mapping[Any, st.SearchStrategy[Any]] = {
    str: words,
    str | None: st.none() | uids,
    bool: st.booleans(),
    int | None: st.none() | st.integers(0, 10**10),
    Decimal | None: st.none() | decimals,
    date | None: st.none() | st.dates(date(1000, 1, 1)),
    time | None: st.none() | st.times(),
    tuple[str, ...]: st.lists(words, max_size=3).map(tuple),
    tuple[time, ...]: st.lists(st.times(), max_size=6).map(tuple),
    Person | None: st.none() | people,
}
OWN: Mapping[tuple[type[Answer], str], st.SearchStrategy[Any]] = {
    (KpiAnswer, "metric"): st.sampled_from(list(METRICS)),
    (ChannelAnswer, "network"): st.sampled_from(list(NETWORKS)),
    (PostKindAnswer, "format"): st.sampled_from(PostFormat.values),
    (PostKindAnswer, "period"): st.sampled_from(CadencePeriod.values),
}


def any_row(struct: type[Answer]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(struct)
    return st.builds(
        struct,
        **{
            name: OWN.get((struct, name), OF_TYPE[hints[name]]) for name in struct.__struct_fields__
        },
    )


def any_answers() -> st.SearchStrategy[Answers]:
    places = {
        PLACES[code]: any_row(kind.answer)
        if kind.single
        else st.lists(any_row(kind.answer), max_size=2).map(tuple)
        for code, kind in KINDS.items()
    }
    return st.builds(
        Answers, name=words, steps=st.lists(any_row(StepNote), max_size=2).map(tuple), **places
    )


def all_facts(answers: Answers) -> list[Fact]:
    return [fact for step in STEPS for fact in facts(answers, step)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_answers())
def test_facts_are_the_same_from_a_snapshot(answers: Answers) -> None:
    kept = json.loads(json.dumps(to_snapshot(answers)))

    assert all_facts(from_snapshot(kept)) == all_facts(answers)


# --- every field ------------------------------------------------------------------------------


@pytest.mark.parametrize("code", KINDS)
def test_every_answered_field_of_a_kind_is_said(code: str) -> None:
    answers = filled(code)
    row = answers.of_kind(code)[0]

    said = [fact for fact in facts(answers, STEP_OF_KIND[code]) if fact.row_uid == row.uid]

    assert {fact.field for fact in said} == set(KINDS[code].fields)
    assert all(fact.text and fact.label for fact in said)
    assert [fact.field for fact in said] == list(KINDS[code].fields)


@pytest.mark.parametrize("code", KINDS)
def test_every_field_of_a_kind_can_be_not_known(code: str) -> None:
    kind = KINDS[code]
    uid = filled(code).of_kind(code)[0].uid
    beside = (kind.describe(name).answered_by for name in kind.knowable)
    blank = {**dict.fromkeys(kind.knowable), **dict.fromkeys(filter(None, beside), "")}
    answers = changed(filled(code), code, not_known=kind.knowable, **blank)

    said = {
        fact.field: fact.text for fact in facts(answers, STEP_OF_KIND[code]) if fact.row_uid == uid
    }

    assert all(said[field] == "Not known yet" for field in kind.knowable)


def filled(code: str) -> Answers:
    """Complete answers with no field of ``code`` left out."""
    more: dict[str, dict[str, Any]] = {
        "channel": {"other_network": "Podcast", "operator_name": "The agency"},
        "duty": {"holder_name": "Desk"},
        "objective": {"other_kind": "Pride"},
        "initiative": {"owner_name": "Desk"},
        "kpi": {"is_sign": True},
        "activity": {"other_kind": "Fair"},
    }
    return changed(complete(), code, **more.get(code, {}))


# --- how they are written ---------------------------------------------------------------------


def text_of(answers: Answers, step: str, field: str) -> str:
    return next(fact.text for fact in facts(answers, STEP_BY_CODE[step]) if fact.field == field)


@pytest.mark.parametrize(
    ("step", "field", "text"),
    [
        ("begin", "starts_on", "Fri\u00a01\u00a0Jan\u00a02027"),
        ("begin", "verdict", "Keep it"),
        ("begin", "channel", "Instagram: @fjordlys"),
        ("audience", "networks", "Instagram"),
        ("audience", "size", "14,000"),
        ("message", "audiences", "Families within an hour’s drive"),
        ("ownership", "owner", "Ingrid Solheim"),
        ("ownership", "hours_per_week", "12"),
        ("ownership", "days", "Mon, Tue, Wed, Thu, Fri"),
        ("ownership", "starts_at", "08:00"),
        ("content", "promotional", "20\u00a0%"),
        ("content", "period", "a week"),
        ("followers", "engagement_rate", "4.5\u00a0%"),
        ("success", "goal", "Sell 400 season tickets"),
        ("measurement", "metric", "Searches for your name"),
        ("measurement", "baseline", "1,900"),
        ("fit", "budget", "20,000"),
    ],
)
def test_value_is_written_for_reading(step: str, field: str, text: str) -> None:
    assert text_of(complete(), step, field) == text


def labels_of(code: str) -> dict[str, str]:
    said = facts(filled(code), STEP_OF_KIND[code])
    return {fact.field: fact.label for fact in said if fact.kind == code and fact.row_uid}


def test_label_is_that_of_the_form() -> None:
    assert labels_of("audience")["needs"] == "What matters to them?"


@pytest.mark.parametrize(
    ("code", "field", "label"),
    [
        ("period", "ends_on", "Last day"),
        ("watch", "starts_at", "Watched from"),
        ("duty", "holder_name", "Name or team"),
        ("post-kind", "highest", "Highest number of posts"),
        ("initiative", "owner_name", "Name or team"),
        ("kpi", "metric", "Figure"),
        ("kpi", "read_every", "How often is it read?"),
    ],
)
def test_label_that_needs_its_form_has_another_where_it_stands_alone(
    code: str, field: str, label: str
) -> None:
    assert labels_of(code)[field] == label


# What only a field among others can be called.
NEEDS_ITS_FORM = {"From", "To", "Kind", "Mostly", "Posts", "At least", "At most", "It is", "Why?"}


@pytest.mark.parametrize("code", KINDS)
def test_labels_of_a_kind_stand_alone_and_tell_its_fields_apart(code: str) -> None:
    labels = list(labels_of(code).values())

    assert len(set(labels)) == len(labels)
    assert NEEDS_ITS_FORM.isdisjoint(labels)
    assert not [label for label in labels if label.startswith(("Or ", "Which, if", "Of them"))]


def test_nought_is_an_answer_and_an_unticked_box_is_none() -> None:
    answers = changed(complete(), "kpi", baseline=Decimal(0), is_sign=False)

    said = {fact.field: fact.text for fact in facts(answers, STEP_BY_CODE["measurement"])}

    assert said["baseline"] == "0"
    assert "is_sign" not in said
    assert is_value(0)
    assert not is_value(False)


def test_reference_to_a_removed_row_is_left_out() -> None:
    answers = changed(complete(), "message", audiences=("families", "gone"))

    assert text_of(answers, "message", "audiences") == "Families within an hour’s drive"


def test_order_of_several_rows_is_a_fact_of_its_own() -> None:
    answers = copies(complete(), "audience", 2)

    order = [fact for fact in facts(answers, STEP_BY_CODE["audience"]) if fact.field == ORDER]

    assert [(fact.label, fact.row_uid) for fact in order] == [("Order of audiences", "")]
    assert order[0].text.startswith("1. Families within an hour’s drive, 2. Families")


def test_list_is_told_item_by_item_too() -> None:
    said = facts(changed(complete(), "audience", networks=("instagram", "x")), STEPS[1])

    items = {fact.field: fact.items for fact in said if fact.kind == "audience"}
    assert items["networks"] == ("Instagram", "X")
    assert items["name"] == ()


def test_question_that_is_not_known_says_so_and_who_finds_out() -> None:
    answers = not_known(empty(), "followers")

    said = [(fact.field, fact.text) for fact in facts(answers, STEP_BY_CODE["followers"])]

    assert said == [
        ("is_not_known", "Not known yet"),
        ("find_out", "Ask"),
        ("finder", "Amir Rahmani"),
    ]
    assert facts(answers, STEP_BY_CODE["followers"])[0].kind == NOTE


def test_row_title_is_what_people_call_the_row() -> None:
    answers = complete()

    titles = {code: row_title(answers, code, answers.of_kind(code)[0]) for code in KINDS}

    assert titles["kpi"] == "Searches"
    assert titles["watch"] == titles["post-kind"] == "Instagram: @fjordlys"
    assert titles["voice"] == "Your voice"
    assert all(titles.values())


LINES = "\n Families know that we are indoors \n\nBy May:\n- in the county\n- in the schools\n"


def test_row_title_of_several_lines_is_the_first_and_the_rest_stands_beneath() -> None:
    answers = changed(complete(), "objective", statement=LINES)
    (objective,) = answers.objectives

    assert row_title(answers, "objective", objective) == "Families know that we are indoors"
    assert beneath_title("objective", objective) == "By May:\n- in the county\n- in the schools"
    assert beneath_title("audience", answers.audiences[0]) == ""


def test_row_that_refers_to_several_lines_quotes_the_first() -> None:
    answers = changed(complete(), "objective", statement=LINES)

    assert text_of(answers, "measurement", "objective") == "Families know that we are indoors"


def test_row_of_a_removed_channel_has_a_title() -> None:
    answers = changed(complete(), "watch", channel="gone")

    assert row_title(answers, "watch", answers.watches[0]) == "A channel that was removed"


def test_facts_of_an_empty_strategy_are_only_what_stands_there_by_itself() -> None:
    assert {fact.field for fact in all_facts(empty())} == {"tolerance", "minutes_text"}


def test_person_is_named_as_when_the_answers_were_read() -> None:
    snapshot = to_snapshot(complete())

    with translation.override("en"):
        assert text_of(from_snapshot(snapshot), "ownership", "owner") == INGRID.name


def test_titles_and_texts_survive_four_byte_letters() -> None:
    answers = changed(complete(), "audience", name="👨‍👩‍👧 فتى")

    assert row_title(answers, "audience", answers.audiences[0]) == "👨‍👩‍👧 فتى"
    assert msgspec.structs.asdict(from_snapshot(to_snapshot(answers)).audiences[0])


def fact_of(answers: Answers, kind: str, field: str) -> Fact:
    (fact,) = [one for one in all_facts(answers) if (one.kind, one.field) == (kind, field)]
    return fact


def test_field_asked_by_line_lists_its_lines_without_bullets() -> None:
    answers = changed(complete(), "initiative", actions="- Look\r\n\n  * Listen\nAnswer  \n")

    fact = fact_of(answers, "initiative", "actions")

    assert fact.lines == ("Look", "Listen", "Answer")
    assert fact.is_long


@pytest.mark.parametrize(
    ("kind", "field", "text"),
    [
        ("initiative", "actions", "One step only\n"),
        ("voice", "dos", "Warm"),
        ("audience", "needs", "Dry feet\nA coffee"),
    ],
)
def test_single_line_or_other_field_lists_nothing(kind: str, field: str, text: str) -> None:
    assert fact_of(changed(complete(), kind, **{field: text}), kind, field).lines == ()


def test_fields_asked_by_line_are_texts_that_are_asked() -> None:
    found = [
        kind.model._meta.get_field(name)
        for kind in KINDS.values()
        for name in kind.fields
        if is_by_line(kind.code, name)
    ]

    assert len(found) == 6
    assert all(isinstance(field, models.TextField) for field in found)


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("a" * LONGEST_BESIDE, False),
        ("a" * (LONGEST_BESIDE + 1), True),
        ("a\nb", True),
        ("a\n", False),
    ],
)
def test_is_long_from_many_words_or_several_lines(text: str, long: bool) -> None:
    assert is_long(text) == long


# --- words that stand alone -------------------------------------------------------------------


def test_asked_of_every_field_that_can_be_unknown_says_more_than_a_preposition() -> None:
    said = [kind.asked(field) for kind in KINDS.values() for field in kind.knowable]

    assert not {"from", "to", "at most", "of them from outside"} & set(said)


def test_counted_knows_every_kind_that_has_many_rows() -> None:
    for kind in KINDS.values():
        if not kind.single:
            assert kind.count(35).startswith("35 ")

    assert KINDS["kpi"].count(35) == "35 figures"
