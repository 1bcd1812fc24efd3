"""A kind that leaves out something needed stops the start with a sentence."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from strategies.domain.answer_types import Answer
from strategies.domain.answers import _place_of
from strategies.domain.questionnaire import KINDS
from strategies.domain.row_kind import FieldDescription


@pytest.mark.parametrize(
    ("code", "wrong", "sentence"),
    [
        ("initiative", {"first": ("title", "where")}, "Initiative has no field 'where'."),
        ("initiative", {"more": ()}, "InitiativeAnswer has the field 'owner_name', which it does"),
        ("initiative", {"answer": KINDS["goal"].answer}, "GoalAnswer has no field 'objective'."),
        ("initiative", {"knowable": ("owners",)}, "knowable names 'owners'"),
        ("initiative", {"paste": "text"}, "paste names 'text'"),
        ("initiative", {"paste_shared": ("holder",)}, "paste_shared names 'holder'"),
        ("initiative", {"said_by_title": ("name",)}, "said_by_title names 'name'"),
        ("initiative", {"described": {"when": FieldDescription()}}, "described names 'when'"),
        ("watch", {"read_together": KINDS["activity"].read_together}, "names 'starts_on'"),
        (
            "initiative",
            {"compared_together": KINDS["content-plan"].compared_together},
            "compared_together names 'promotional'",
        ),
        ("initiative", {"counted": None}, "needs counted=…"),
        ("initiative", {"add": ""}, "needs add=…"),
        ("initiative", {"empty": ""}, "needs empty=…"),
        ("initiative", {"title": ""}, "needs title=…"),
        ("watch", {"title": "takes_over"}, "leave out title=."),
        (
            "initiative",
            {"title": "label"},
            "title is 'label', which InitiativeAnswer does not have",
        ),
    ],
)
def test_kind_that_leaves_out_something_needed_stops_the_start(
    code: str, wrong: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        replace(KINDS[code], **wrong)

    assert f"Row kind {code!r} (strategies/domain/questionnaire.py): " in str(refusal.value)
    assert sentence in str(refusal.value)


class HomelessAnswer(Answer, frozen=True, kw_only=True):
    title: str
    actions: str = ""
    objective: str | None = None
    owner: str | None = None
    owner_name: str = ""
    due_on: str | None = None
    reason: str = ""
    priority: str = ""


@pytest.mark.parametrize(
    ("single", "field"), [(False, "tuple[HomelessAnswer, ...] = ()"), (True, "HomelessAnswer")]
)
def test_kind_without_a_place_in_the_answers_stops_the_start(single: bool, field: str) -> None:
    kind = replace(KINDS["initiative"], answer=HomelessAnswer, single=single)

    with pytest.raises(ImproperlyConfigured) as refusal:
        _place_of(kind)

    assert f"Add a field of type {field} to Answers" in str(refusal.value)


def test_people_of_a_kind_are_its_keys_to_members() -> None:
    named = {code: kind.people for code, kind in KINDS.items() if kind.people}

    assert named == {
        "channel": ("owner", "backup", "operator"),
        "duty": ("holder",),
        "habit": ("person",),
        "initiative": ("owner",),
        "kpi": ("reader",),
        "activity": ("owner",),
    }
