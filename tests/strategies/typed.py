"""What a person might type into the form of any kind of row, made from the form itself."""

from typing import Any

from django import forms
from django.urls import reverse

from accounts.models import User
from core.form_fields import ClockTimesField
from core.rows import Row
from strategies.domain.questionnaire import KIND_OF_MODEL, KINDS, STEP_OF_KIND
from strategies.domain.row_kind import RowKind
from strategies.forms.fields import RowChoiceField
from strategies.forms.rows import row_form
from strategies.models import Strategy
from strategies.services.rows import add_row, rows_of

MULTI = [kind for kind in KINDS.values() if not kind.single]
SINGLE = [kind for kind in KINDS.values() if kind.single]
EVERY = list(KINDS.values())


def code_of(kind: RowKind) -> str:
    """Name a parametrised test by its kind."""
    return kind.code


def typed(kind: RowKind, strategy: Strategy, word: str = "first") -> dict[str, Any]:
    """Return something valid for every field of ``kind``; ``word`` tells two fillings apart."""
    form = row_form(kind)(strategy=strategy)
    return {name: _typed(form.fields[name], name, word) for name in kind.fields}


def _typed(field: forms.Field, name: str, word: str) -> Any:
    choices: Any = getattr(field, "choices", ())
    if isinstance(field, forms.MultipleChoiceField):
        return [str(code) for code, _words in list(choices)[:2]]
    if isinstance(field, RowChoiceField):
        return next((str(code) for code, _words in choices if code), "")
    if isinstance(field, forms.ChoiceField):
        codes = [code for code, words in choices if isinstance(words, str) or code]
        return "reach" if name == "metric" else str(codes[-1])
    if isinstance(field, forms.BooleanField):
        return ""
    if isinstance(field, forms.DateField):
        return "2027-03-01"
    if isinstance(field, forms.TimeField):
        return "08:30"
    if isinstance(field, ClockTimesField):
        return "08:30, 12:30 and 17"
    if isinstance(field, forms.DecimalField):
        return "4.5"
    if isinstance(field, forms.IntegerField):
        return "12"
    return "https://example.org/" if isinstance(field, forms.URLField) else f"{word} {name}"


def with_choices(strategy: Strategy, by: User) -> Strategy:
    """Give the strategy one row of each kind that others choose from."""
    for code in ("channel", "goal", "audience", "objective"):
        add(strategy, code, by=by)
    return strategy


def add(strategy: Strategy, code: str, *, by: User, word: str = "first", **over: Any) -> Any:
    """Add a row by the service, filled in."""
    kind = KINDS[code]
    form = row_form(kind)({**typed(kind, strategy, word), **over}, strategy=strategy)
    assert form.is_valid(), form.errors
    row, _is_new = add_row(
        strategy, kind, values=form.values, not_known=form.answered_not_known, by=by
    )
    return row


def began(row: Row, strategy: Strategy) -> str:
    """Return what the page of a row, opened now, sends as its beginning."""
    return row_form(KIND_OF_MODEL[type(row)])(strategy=strategy, instance=row).began_now


def only_row(strategy: Strategy, code: str) -> Any:
    """Return the one live row of a kind."""
    return rows_of(strategy, KINDS[code].model).live().get()


def places(strategy: Strategy, code: str) -> list[tuple[int, str]]:
    """Return position and words of the live rows."""
    rows = rows_of(strategy, KINDS[code].model).live().in_order()
    return [(row.position, str(row)) for row in rows]


def add_url(strategy: Strategy, code: str) -> str:
    """Where a row is added."""
    return reverse("strategies:row_add", args=[strategy.workspace.slug, strategy.uid, code])


def row_url(strategy: Strategy, code: str, row: Row, act: str = "row") -> str:
    """Where a row is saved, moved, removed, restored."""
    return reverse(f"strategies:{act}", args=[strategy.workspace.slug, strategy.uid, code, row.uid])


def question_url(strategy: Strategy, step: str = "audience") -> str:
    """A question's page."""
    return reverse("strategies:question", args=[strategy.workspace.slug, strategy.uid, step])


def step_of(code: str) -> str:
    """The question that a kind stands in."""
    return STEP_OF_KIND[code].code


def copy(row: Row, number: int) -> None:
    """Put ``number`` more rows that say the same behind ``row``, past forms and services."""
    chosen = {many.name: list(getattr(row, many.name).all()) for many in row._meta.many_to_many}
    own = {"id", "uid", "position"}
    said = {c.name: getattr(row, c.name) for c in row._meta.concrete_fields if c.name not in own}
    for place in range(number):
        made = type(row)._default_manager.create(position=row.position + 1 + place, **said)
        for name, things in chosen.items():
            getattr(made, name).set(things)
