"""Merging by field what two people typed into one form."""

import json
from typing import Any

import pytest
from django import forms
from django.http import HttpResponse

from core.exceptions import Conflict
from core.forms import PlannerForm
from core.merging import MergingMixin, until_alone

STORED = {"name": "Families", "size": 1200, "day": "2027-03-01", "networks": ["x"], "to": "a"}


class ExampleForm(MergingMixin, PlannerForm):
    merged_together = (("kind", "other"),)
    merged_by_box = ("open",)

    name = forms.CharField(label="Name", required=False)
    size = forms.IntegerField(label="Size", required=False)
    day = forms.DateField(label="Day", required=False)
    kind = forms.CharField(required=False)
    other = forms.CharField(required=False)
    to = forms.ChoiceField(label="To", choices=[("a", "Anna"), ("b", "Bo")], required=False)
    networks = forms.MultipleChoiceField(choices=[(one, one) for one in "xyz"], required=False)
    open = forms.MultipleChoiceField(choices=[(one, one) for one in "xyz"], required=False)
    is_sign = forms.BooleanField(label="Sign", required=False)

    def __init__(self, *args: Any, goes_on: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.start_merging(goes_on=goes_on)


def sent(
    began: dict[str, Any], now: dict[str, Any], typed: dict[str, Any], **options: Any
) -> ExampleForm:
    """Return the form that comes back over ``now``; ``typed`` is all that was typed into it."""
    page = ExampleForm(initial=began)
    fields = {**began, **typed, "began": page.began_now}
    return ExampleForm(fields, initial=now, **options)


def merged(form: ExampleForm) -> dict[str, Any]:
    assert form.is_valid(), form.errors
    return form.cleaned_data


@pytest.mark.parametrize(
    ("field", "began", "mine", "theirs"),
    [
        ("name", "Families", "Parents", "Students"),
        ("size", 1200, "7", 9),
        ("day", "2027-03-01", "2027-04-01", "2027-05-01"),
        ("to", "a", "b", ""),
        ("networks", ["x"], ["x", "y"], ["z"]),
        ("is_sign", "", "on", True),
    ],
)
def test_field_that_one_side_changed_is_taken_from_that_side(
    field: str, began: Any, mine: Any, theirs: Any
) -> None:
    only_me = sent({field: began}, {field: began}, {field: mine})
    only_them = sent({field: began}, {field: theirs}, {})

    assert not only_me.conflicts
    assert not only_them.conflicts
    assert str(merged(only_me)[field]) in {str(mine), "True"}
    assert str(merged(only_them)[field]) == str(theirs)
    assert only_them.taken == [field]


def test_field_that_both_changed_is_a_conflict_alone() -> None:
    form = sent(STORED, {**STORED, "name": "Students", "size": 9}, {"name": "Parents"})

    (one,) = form.conflicts
    assert (one.name, one.label, one.mine, one.theirs) == ("name", "Name", "Parents", "Students")
    assert form.data["name"] == "Parents"
    assert form.data["size"] == "9"


def test_the_same_change_of_both_is_no_conflict() -> None:
    form = sent(
        STORED, {**STORED, "name": "Students", "size": 9}, {"name": "Students", "size": "9"}
    )

    assert not form.conflicts


def test_the_same_value_written_otherwise_is_no_change() -> None:
    form = sent(STORED, {**STORED, "size": 9}, {"size": "1200 "})

    assert not form.conflicts
    assert merged(form)["size"] == 9


def test_fields_that_belong_together_are_one_answer() -> None:
    began = {"kind": "team", "other": "Press"}

    mine_and_theirs = sent(began, {**began, "other": "Agency"}, {"kind": "person"})
    theirs = sent(began, {"kind": "person", "other": ""}, {})

    assert [one.name for one in mine_and_theirs.conflicts] == ["kind", "other"]
    assert merged(theirs)["kind"] == "person"
    assert merged(theirs)["other"] == ""


def test_boxes_that_are_answers_of_their_own_merge_one_by_one() -> None:
    form = sent({"open": ["x", "y"]}, {"open": ["x"]}, {"open": ["y", "z"]})

    assert not form.conflicts
    assert merged(form)["open"] == ["z"]


def test_a_page_shown_again_begins_with_what_is_stored_now() -> None:
    first = sent(STORED, {**STORED, "name": "Students"}, {"name": "Parents"})

    again = ExampleForm(
        {**first.data.dict(), "networks": ["x"]}, initial={**STORED, "name": "Students"}
    )

    assert json.loads(first.began_now)["name"] == "Students"
    assert not again.conflicts
    assert merged(again)["name"] == "Parents"


def test_without_script_theirs_is_taken_unless_the_own_text_was_changed_after() -> None:
    now = {**STORED, "name": "Students"}
    asked = {"take-name": "theirs", "mine-name": "Parents"}

    taken = sent(STORED, now, {"name": "Parents", **asked})
    edited = sent(now, now, {"name": "Parents with prams", **asked})
    kept = sent(now, now, {"name": "Parents", "take-name": "mine", "mine-name": "Parents"})

    assert merged(taken)["name"] == "Students"
    assert merged(edited)["name"] == "Parents with prams"
    assert merged(kept)["name"] == "Parents"


@pytest.mark.parametrize("began", ["", "junk", "[]", '{"name": 3}', "[" * 2_000, '{"name": [3]}'])
def test_a_page_that_says_no_beginning_is_asked_about_what_differs(began: str) -> None:
    form = ExampleForm({**STORED, "name": "Parents", "began": began}, initial=STORED)

    assert [one.name for one in form.conflicts] == ["name"]


def test_text_that_goes_on_after_a_lost_answer_is_no_conflict() -> None:
    now = {"name": "Fam ", "size": 12, "networks": ["x"]}
    typed = {"name": "Families", "size": "12", "networks": ["x", "y"]}

    assert not sent({}, now, typed, goes_on=True).conflicts
    assert [one.name for one in sent({}, now, typed).conflicts] == ["name", "networks"]
    assert [one.name for one in sent({}, now, {**typed, "size": "13"}, goes_on=True).conflicts]


def test_words_are_those_of_the_page() -> None:
    form = ExampleForm(initial=STORED)

    assert form.words_of("to", "b") == "Bo"
    assert form.words_of("networks", ["x", "z"]) == "x, z"
    assert form.words_of("networks", ["x", "0c5ff2a4-0d67-4e0f-8d7c-0123456789ab"]) == (
        "x, removed meanwhile"
    )
    assert form.words_of("to", "12") == "removed meanwhile"
    assert form.words_of("day", "2027-03-01") == "Mon\u00a01\u00a0Mar\u00a02027"
    assert form.words_of("day", "soon") == "soon"
    assert form.words_of("is_sign", ["on"]) == "Yes"


def test_a_save_is_tried_again_until_nobody_saves_in_between() -> None:
    tries = []

    def save() -> HttpResponse:
        tries.append(1)
        if len(tries) < 3:
            raise Conflict
        return HttpResponse("saved")

    assert until_alone(save).content == b"saved"


def test_a_save_that_is_never_alone_ends() -> None:
    def save() -> HttpResponse:
        raise Conflict

    with pytest.raises(Conflict):
        until_alone(save)
