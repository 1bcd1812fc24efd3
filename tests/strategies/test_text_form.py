"""An answer's text has one form, whichever way it comes in; another form of it is no change."""

import json
import unicodedata
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from activity.models import Record
from core.fields import CodesField, TimesField
from core.rows import Row
from strategies.domain.questionnaire import KINDS
from strategies.domain.row_kind import RowKind
from strategies.domain.titles import row_title
from strategies.forms.rows import row_form
from strategies.models import Goal, Objective, Strategy
from strategies.services.rows import rows_of
from strategies.services.strategies import create_strategy
from tests.conftest import ClientAs
from tests.strategies.answers_of import changed, complete
from tests.strategies.typed import EVERY, add, code_of, row_url, typed, with_choices
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db

SCRIPT = {"X-Autosave": "1", "HX-Request": "true", "Accept": "application/json"}
LONG = ("x" * 8 + "\n") * 400 + "y" * 399


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership) -> Strategy:
    return create_strategy(workspace, name="Spring", by=marketer.user)


@pytest.fixture
def signed_in(marketer: Membership, client_as: ClientAs) -> Client:
    return client_as(marketer)


def in_another_form(row: Row) -> None:
    """Store the texts of ``row`` as they were stored before text had one form."""
    texts = {
        field.name: "e\u0301te\u0301\x07 a\r\nb\r\n"
        for field in row._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, CodesField | TimesField | models.URLField)
        and field.editable
        and not field.choices
    }
    type(row)._default_manager.filter(pk=row.pk).update(**texts)


def as_a_button_sends_it(row: Row, kind: RowKind, strategy: Strategy) -> dict[str, Any]:
    """Return what a browser sends of a form that nobody touched: every line end as CRLF."""
    row = type(row)._default_manager.get(pk=row.pk)
    form = row_form(kind)(strategy=strategy, instance=row)
    shown = json.loads(form.began_now) | {"revision": str(row.revision), "began": form.began_now}
    return {
        name: value.replace("\r\n", "\n").replace("\n", "\r\n") if isinstance(value, str) else value
        for name, value in shown.items()
    }


def stored(row: Row) -> dict[str, Any]:
    """Return every column of ``row`` as it stands in the database."""
    return type(row)._default_manager.filter(pk=row.pk).values().get()


@pytest.mark.parametrize("headers", [SCRIPT, {}], ids=["autosave", "button"])
@pytest.mark.parametrize("kind", EVERY, ids=code_of)
def test_saving_an_untouched_row_changes_no_byte_and_no_revision(
    kind: RowKind,
    headers: dict[str, str],
    strategy: Strategy,
    marketer: Membership,
    signed_in: Client,
) -> None:
    with_choices(strategy, marketer.user)
    row = rows_of(strategy, kind.model).live().first() or add(strategy, kind.code, by=marketer.user)
    in_another_form(row)
    before, told = stored(row), Record.objects.count()

    answer = signed_in.post(
        row_url(strategy, kind.code, row),
        as_a_button_sends_it(row, kind, strategy),
        headers=headers,
    )

    assert answer.status_code == (200 if headers else 302)
    assert stored(row) == before
    assert Record.objects.count() == told


@pytest.mark.parametrize("headers", [SCRIPT, {}], ids=["autosave", "button"])
def test_the_button_takes_as_long_a_text_as_the_autosave(
    headers: dict[str, str], strategy: Strategy, marketer: Membership, signed_in: Client
) -> None:
    assert (len(LONG), LONG.count("\n")) == (3999, 400)
    row = add(strategy, "goal", by=marketer.user)
    text = LONG if headers else LONG.replace("\n", "\r\n")

    answer = signed_in.post(
        row_url(strategy, "goal", row),
        {"title": "More visits", "detail": text, "revision": "1"},
        headers=headers,
    )

    assert answer.status_code == (200 if headers else 302)
    assert Goal.objects.get().detail == LONG


def test_what_is_typed_after_all_is_a_change(
    strategy: Strategy, marketer: Membership, signed_in: Client
) -> None:
    row = add(strategy, "goal", by=marketer.user)
    in_another_form(row)
    sent = as_a_button_sends_it(row, KINDS["goal"], strategy) | {"detail": "été\r\na b"}

    signed_in.post(row_url(strategy, "goal", row), sent)

    now = Goal.objects.get()
    assert (now.detail, now.revision) == ("été\na b", 2)
    assert now.title == unicodedata.normalize("NFD", "été") + "\x07 a\r\nb\r\n"


@pytest.mark.parametrize(
    ("code", "stored", "title"),
    [
        ("objective", "\u200b\nMore visits\nby spring", "More visits"),
        ("objective", "\u202eMore visits", "More visits"),
        ("audience", "\u2800\u200b", "Audience"),
        ("audience", "Fami\u202elies", "Families"),
    ],
)
def test_a_row_is_called_by_what_can_be_seen(code: str, stored: str, title: str) -> None:
    answers = changed(complete(), code, **{KINDS[code].title: stored})

    assert row_title(answers, code, answers.of_kind(code)[0]) == title


def test_an_objective_is_called_by_its_first_line_that_shows_something() -> None:
    assert str(Objective(statement="\u200b\nMore visits\nby spring")) == "More visits"


@pytest.mark.parametrize("nothing", ["\u200b", "\ufeff\u2060", "\u2800", "\u3164", "\u200d"])
def test_a_row_is_not_named_by_what_shows_nothing(
    nothing: str, strategy: Strategy, signed_in: Client
) -> None:
    form = row_form(KINDS["audience"])(
        typed(KINDS["audience"], strategy) | {"name": nothing}, strategy=strategy
    )

    assert form.errors == {"name": ["Fill this in."]}


def test_a_strategy_is_not_renamed_to_the_same_name_in_another_form(
    strategy: Strategy, marketer: Membership, signed_in: Client
) -> None:
    stored = "e\u0301te\u0301"
    Strategy.objects.update(name=stored)
    told = Record.objects.count()

    url = reverse("strategies:rename", args=[strategy.workspace.slug, strategy.uid])
    assert signed_in.post(url, {"name": "été", "before": stored}).status_code == 302
    assert (Strategy.objects.get().name, Record.objects.count()) == (stored, told)

    assert signed_in.post(url, {"name": "Été", "before": stored}).status_code == 302
    assert Strategy.objects.get().name == "Été"
