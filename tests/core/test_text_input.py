"""Text has one form, made before anything is checked."""

import unicodedata
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string
from hypothesis import given
from hypothesis import strategies as st

from core.forms import PlannerForm, PlannerFormMixin
from core.text_input import clean_line, clean_text, is_changed
from workspaces.models import Workspace

DECOMPOSED = unicodedata.normalize("NFD", "été")
FAMILY = "👨\u200d👩\u200d👧"
INVISIBLE = [
    "\u200b",
    "\ufeff",
    "\u2060",
    "\u2800",
    "\u3164",
    "\u200d\u200c",
    "\u00ad",
    "\u200e\u200f",
    "\ufe0f",
    "\u034f",
    "\u115f\uffa0",
    "\u180e",
    "\u3000\u00a0",
    " \n\u200b\t ",
]


class Everything(PlannerForm):
    """One field of each kind that takes text."""

    line = forms.CharField(max_length=10, required=False)
    unstripped = forms.CharField(strip=False, required=False)
    text = forms.CharField(max_length=4000, widget=forms.Textarea, required=False)
    email = forms.EmailField(required=False)
    password = forms.CharField(widget=forms.PasswordInput, strip=False, required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, strip=False, required=False)
    number = forms.IntegerField(required=False)
    day = forms.DateField(required=False)
    one = forms.ChoiceField(choices=[("a", "A")], required=False)
    many = forms.MultipleChoiceField(choices=[("a", "A")], required=False)


def cleaned(name: str, value: object) -> object:
    form = Everything({name: value})
    assert form.is_valid(), form.errors
    return form.cleaned_data[name]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("One\r\nTwo\rThree\nFour", "One\nTwo\nThree\nFour"),
        ("One\x0bTwo\x0cThree\u2028Four\u2029Five\x85Six", "One\nTwo\nThree\nFour\nFive\nSix"),
        (DECOMPOSED, "été"),
        ("o\x00ne\x07\x1b[31m\x7f\x9b", "one[31m"),
        ("e\x00\u0301", "é"),
        ("One\tTwo", "One\tTwo"),
        (FAMILY, FAMILY),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u06dd", "\u06dd"),
        ("half \ud83d", "half "),
        ("\u202eevil\u202c", "\u202eevil\u202c"),
    ],
)
def test_a_text_of_many_lines_has_one_form(typed: str, expected: str) -> None:
    assert clean_text(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("One\r\nTwo", "One Two"),
        ("\u202egnp.exe\u202c \u2066a\u2069", "gnp.exe a"),
        ("שלום\u200f!", "שלום\u200f!"),
        (FAMILY, FAMILY),
    ],
)
def test_a_line_holds_no_line_break_and_no_direction_control(typed: str, expected: str) -> None:
    assert clean_line(typed) == expected


@pytest.mark.parametrize("typed", INVISIBLE)
def test_what_shows_nothing_is_empty(typed: str) -> None:
    assert clean_text(typed) == clean_line(typed) == ""
    assert cleaned("line", typed) == cleaned("text", typed) == ""


@pytest.mark.parametrize("typed", INVISIBLE)
def test_a_required_field_is_not_filled_in_by_what_shows_nothing(typed: str) -> None:
    class Named(PlannerForm):
        name = forms.CharField(strip=False)

    assert Named({"name": typed}).errors == {"name": ["Fill this in."]}


@given(st.text(st.characters(), max_size=200))
def test_the_form_of_a_text_is_final(typed: str) -> None:
    text, line = clean_text(typed), clean_line(typed)

    assert clean_text(text) == text
    assert clean_line(line) == line == clean_line(text)
    assert unicodedata.is_normalized("NFC", text)
    assert {one for one in text if unicodedata.category(one) in {"Cc", "Cs"}} <= {"\n", "\t"}
    assert "\n" not in line


def test_a_text_is_counted_after_its_line_ends_were_made_one_character() -> None:
    """What a page's script sends with LF, a plain form sends with CRLF."""
    text = ("x" * 8 + "\n") * 400 + "y" * 399

    assert len(text) == 3999
    assert cleaned("text", text.replace("\n", "\r\n")) == cleaned("text", text) == text


def test_a_text_is_counted_after_its_letters_were_composed() -> None:
    assert cleaned("line", unicodedata.normalize("NFD", "é" * 10)) == "é" * 10


@pytest.mark.parametrize(
    ("name", "typed", "expected"),
    [
        ("line", "a\nb", "a b"),
        ("unstripped", "a\x00b ", "ab "),
        ("email", "\u202akari@example.org\u202c", "kari@example.org"),
        ("one", "a\x00", "a"),
        ("many", ["a\x00"], ["a"]),
        ("number", "1\x002", 12),
    ],
)
def test_every_kind_of_field_reads_the_one_form(name: str, typed: object, expected: object) -> None:
    assert cleaned(name, typed) == expected


@pytest.mark.parametrize("name", ["password", "hidden"])
def test_passwords_and_hidden_fields_stay_as_they_were_sent(name: str) -> None:
    typed = f" {DECOMPOSED}\u200b\u202e\r\n "

    assert cleaned(name, typed) == typed


def test_a_password_with_a_nul_is_answered_with_a_sentence() -> None:
    form = Everything({"password": "a\x00b"})

    assert form.errors == {"password": ["Remove the characters that cannot be shown."]}


def test_a_field_that_was_added_later_reads_the_one_form() -> None:
    form = Everything({"late": DECOMPOSED + "\x00"})
    form.fields["late"] = forms.CharField()

    assert form.is_valid()
    assert form.cleaned_data["late"] == "été"


def test_a_refused_form_shows_the_one_form() -> None:
    form = Everything({"line": "too\x00 long for this\r\nfield"})

    assert not form.is_valid()
    assert form["line"].value() == "too long for this field"


def every_form() -> set[type[Any]]:
    """Every form class of ours, those that django-allauth shows among them."""
    for path in chain(settings.ACCOUNT_FORMS.values(), [settings.ACCOUNT_SIGNUP_FORM_CLASS]):
        import_string(path)
    root = Path(settings.BASE_DIR)
    ours = {config.name for config in apps.get_app_configs() if Path(config.path).parent == root}
    found: set[type[Any]] = set()
    left: list[type[Any]] = [forms.BaseForm]
    while left:
        subclasses = left.pop().__subclasses__()
        left += subclasses
        found.update(one for one in subclasses if one.__module__.partition(".")[0] in ours)
    return found


def test_every_form_of_ours_reads_the_one_form() -> None:
    found = every_form()

    assert len(found) > 20
    assert [form for form in found if not issubclass(form, PlannerFormMixin)] == []


@pytest.mark.parametrize(
    ("stored", "typed", "differs"),
    [
        ("été", DECOMPOSED, False),
        (DECOMPOSED, "été", False),
        ("Fjordlys\u202e", "Fjordlys", False),
        ("Fjord\r\nlys ", "Fjord lys", False),
        ("\u200b", "", False),
        ("Fjordlys", "fjordlys", True),
    ],
)
def test_a_stored_text_in_another_form_is_no_change(stored: str, typed: str, differs: bool) -> None:
    assert is_changed(Workspace(name=stored), "name", typed) is differs
