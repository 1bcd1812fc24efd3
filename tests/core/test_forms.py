"""The base form and the templates that draw it."""

import re
from datetime import date
from typing import ClassVar, Literal

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.db.models.fields import BLANK_CHOICE_DASH
from django.template import Context, Template
from django.test import RequestFactory

from core.forms import PlannerForm
from core.messages import success_with_undo
from core.templatetags.ui_tags import undo_url


class Audience(PlannerForm):
    """One field of each kind."""

    unmarked: ClassVar[tuple[str, ...] | Literal["__all__"]] = ("why",)

    name = forms.CharField(label="Who are they?", max_length=10)
    matters = forms.CharField(
        label="What matters?", help_text="In <their> words.", widget=forms.Textarea, required=False
    )
    why = forms.CharField(label="Why?", required=False)
    found = forms.MultipleChoiceField(
        label="Where?",
        choices=[("ig", "Instagram"), ("x", "X <script>")],
        widget=forms.CheckboxSelectMultiple,
    )
    size = forms.IntegerField(label="How many?", required=False, min_value=1, max_value=1000)
    share = forms.DecimalField(label="Share", required=False, decimal_places=1)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], required=False)
    ends_on = forms.DateField(label="By when?", required=False)
    checked = forms.BooleanField(label="Look at it again", required=False)


def drawn(form: forms.Form) -> str:
    return str(render_crispy_form(form))


def piece(html: str, start: str, end: str) -> str:
    return html[html.index(start) :].split(end)[0]


def test_help_stands_between_label_and_field() -> None:
    html = drawn(Audience())

    order = [html.index(part) for part in ("What matters?", "In &lt;their&gt; words.", "<textarea")]
    assert order == sorted(order)
    assert 'aria-describedby="id_matters_helptext"' in html
    assert 'id="id_matters_helptext"' in html


def test_only_optional_fields_are_marked() -> None:
    html = drawn(Audience())
    marked = re.findall(r"([^<>]+?)\s*<span[^>]*>\(optional\)</span>", html)

    assert [label.strip() for label in marked] == [
        "What matters?",
        "How many?",
        "Share",
        "Kind",
        "By when?",
    ]
    assert "*" not in html


def test_nothing_is_marked_where_the_form_says_so() -> None:
    class Row(Audience):
        unmarked: ClassVar[Literal["__all__"]] = "__all__"

    assert "(optional)" not in drawn(Row())


def test_group_of_boxes_is_a_fieldset_with_picks() -> None:
    html = drawn(Audience({"name": "Families", "found": ["x"]}))
    group = piece(html, '<fieldset class="field"', "</fieldset>")

    assert 'class="picks"' in group
    assert "X &lt;script&gt;" in group
    assert len(re.findall(r"<input[^>]*type=\"checkbox\"", group)) == 2
    assert len(re.findall(r"<input[^>]* checked", group)) == 1
    assert 'id="id_found"' in group


def test_errors_stand_at_the_field_and_are_named_by_it() -> None:
    html = drawn(Audience({"name": "x" * 11, "found": ["ig"]}))
    control = piece(html, '<input type="text" name="name"', ">")

    assert "Keep this to 10 characters; it has 11 now." in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="id_name_error"' in control
    assert "is-invalid" in control
    assert 'value="xxxxxxxxxxx"' in control


def test_browser_does_not_cut_long_text() -> None:
    assert "maxlength" not in drawn(Audience())


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1.234,5", "Write a whole number, for example 1200."),
        ("-3", "Write 1 or more."),
        ("1000000000000", "Write 1000 or less."),
        ("many", "Write a whole number, for example 1200."),
    ],
)
def test_wrong_number_is_told_and_comes_back_as_typed(typed: str, sentence: str) -> None:
    form = Audience({"name": "Families", "found": ["ig"], "size": typed})

    assert form.errors["size"] == [sentence]
    control = piece(drawn(form), '<input type="text" name="size"', ">")
    assert f'value="{typed}"' in control
    assert 'inputmode="numeric"' in control
    assert "num short" in control


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"found": ["ig"]}, "name", "Fill this in."),
        ({"name": "A"}, "found", "Choose at least one."),
        (
            {"name": "A", "found": ["zz"]},
            "found",
            "Choose again: one of these is no longer on the list.",
        ),
        (
            {"name": "A", "found": ["ig"], "kind": "zz"},
            "kind",
            "Choose again: this one is no longer on the list.",
        ),
        (
            {"name": "A", "found": ["ig"], "ends_on": "24/13"},
            "ends_on",
            "Choose a date, or write it as 2026-11-24.",
        ),
        (
            {"name": "A", "found": ["ig"], "share": "1.25"},
            "share",
            "Use at most 1 decimal.",
        ),
    ],
)
def test_sentences_say_what_to_do(values: dict[str, object], field: str, sentence: str) -> None:
    assert Audience(values).errors[field] == [sentence]


def test_own_sentences_of_a_field_win() -> None:
    class Named(PlannerForm):
        name = forms.CharField(error_messages={"required": "Give the workspace a name."})

    assert Named({}).errors["name"] == ["Give the workspace a name."]


@pytest.mark.parametrize(("required", "word"), [(True, "Choose"), (False, "–")])
def test_nothing_chosen_is_said_in_a_word(required: bool, word: str) -> None:
    class Pick(PlannerForm):
        network = forms.ChoiceField(
            choices=[*BLANK_CHOICE_DASH, ("x", "X")], required=required, label="Network"
        )

    html = drawn(Pick())

    assert f'<option value="" selected>{word}</option>' in html
    assert "---" not in html


def test_date_is_written_as_the_browser_reads_it() -> None:
    html = drawn(Audience(initial={"ends_on": date(2026, 11, 24)}))

    control = piece(html, '<input type="date" name="ends_on"', ">")
    assert 'value="2026-11-24"' in control


def test_summary_links_to_each_field() -> None:
    form = Audience({"size": "x"})
    summary = Template('{% include "components/error_summary.html" %}').render(
        Context({"form": form})
    )

    assert "Fix 3 things to continue" in summary
    assert '<a href="#id_name">Who are they? Fill this in.</a>' in summary
    assert '<a href="#id_found_0">Where? Choose at least one.</a>' in summary
    assert "data-error-summary" in summary


def test_summary_is_absent_when_nothing_is_wrong() -> None:
    form = Audience({"name": "Families", "found": ["ig"]})

    summary = Template('{% include "components/error_summary.html" %}').render(
        Context({"form": form})
    )

    assert summary.strip() == ""


class Pair(PlannerForm):
    """A form that is wrong as a whole."""

    begins = forms.IntegerField()

    def clean(self) -> None:
        self.add_error(None, "It ends before it begins.")


def test_summary_of_a_refusal_asks_to_mend_nothing() -> None:
    summary = Template('{% include "components/error_summary.html" %}').render(
        Context({"form": Pair({"begins": 1})})
    )

    assert "That did not work" in summary
    assert "mend" not in summary


def test_summary_of_a_refusal_and_a_field_counts_both() -> None:
    summary = Template('{% include "components/error_summary.html" %}').render(
        Context({"form": Pair({"begins": "x"})})
    )

    assert "Fix 2 things to continue" in summary


def test_error_of_the_whole_form_is_said_once() -> None:
    with_summary = Template(
        '{% load crispy_forms_tags %}{% include "components/error_summary.html" %}{% crispy form %}'
    ).render(Context({"form": Pair({"begins": 1})}))
    without = drawn(Pair({"begins": 1}))

    assert with_summary.count("It ends before it begins.") == 1
    assert without.count("It ends before it begins.") == 1


def test_form_tag_token_and_buttons_belong_to_the_template() -> None:
    html = drawn(Audience())

    assert "<form" not in html
    assert "csrfmiddlewaretoken" not in html


def test_message_with_undo_carries_its_address() -> None:
    request = RequestFactory().get("/")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]

    success_with_undo(request, "Removed the audience.", "/w/a/restore/")

    (message,) = get_messages(request)
    assert str(message) == "Removed the audience."
    assert undo_url(message) == "/w/a/restore/"


# --- what a browser must not bring back -----------------------------------------------------------


def test_long_texts_and_choices_are_not_brought_back_by_the_browser() -> None:
    class Saved(PlannerForm):
        text = forms.CharField(widget=forms.Textarea)
        chosen = forms.ChoiceField(choices=[("a", "A")])
        zone = forms.ChoiceField(
            choices=[("a", "A")], widget=forms.Select(attrs={"autocomplete": "on"})
        )

    form = Saved()

    assert [form[name].field.widget.attrs["autocomplete"] for name in form.fields] == [
        "off",
        "off",
        "on",
    ]


def test_forms_that_keep_what_is_typed_let_the_browser_bring_nothing_back() -> None:
    tags = [
        tag
        for template in (settings.BASE_DIR / "templates").rglob("*.html")
        for tag in re.findall(r"<form(?:{%.*?%}|{{.*?}}|[^>])*>", template.read_text(), re.DOTALL)
        if "data-keep" in tag or "data-autosave" in tag
    ]

    assert len(tags) > 10
    assert [tag for tag in tags if 'autocomplete="off"' not in tag] == []
