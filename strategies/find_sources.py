"""Strategies, their questions and their answers, to be found by their words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from django.db.models import Case, CharField, F, Model, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import CodesField, TimesField
from strategies.domain.links import Target, answer_url
from strategies.domain.questionnaire import KINDS, QUESTIONS, STEP_OF_KIND
from strategies.domain.row_kind import RowKind, Step
from strategies.models import Strategy
from workspaces.find import FindSource, FoundThing, contains, excerpt, has_words, register, says
from workspaces.models import Membership

# --- strategies -------------------------------------------------------------------------------


def find_strategies(member: Membership, words: Sequence[str]) -> QuerySet[Strategy]:
    strategies = Strategy.objects.for_workspace(member.workspace)
    return strategies.filter(says(words, "name"))


def describe_strategies(
    found: Iterable[Strategy], member: Membership, words: Sequence[str]
) -> Iterator[FoundThing]:
    for strategy in found:
        strategy.workspace = member.workspace
        note = "" if strategy.is_open else strategy.get_state_display()
        yield FoundThing(strategy.name, strategy.get_absolute_url(), note)


# --- questions: declared, not stored; they are those of the newest open strategy ----------------


def find_questions(member: Membership, words: Sequence[str]) -> list[tuple[Strategy, Step]]:
    steps = [
        step for step in QUESTIONS if has_words(" ".join(map(str, _words_of_question(step))), words)
    ]
    newest = Strategy.objects.for_workspace(member.workspace).open().first() if steps else None
    return [(newest, step) for step in steps] if newest else []


def _words_of_question(step: Step) -> Iterator[Any]:
    yield step.name
    yield step.question
    yield from (kind.heading for kind in step.kinds)


def describe_questions(
    found: Iterable[tuple[Strategy, Step]], member: Membership, words: Sequence[str]
) -> Iterator[FoundThing]:
    for strategy, step in found:
        inside = [member.workspace.slug, strategy.uid, step.code]
        url = reverse("strategies:question", args=inside)
        yield FoundThing(f"{step.number}. {step.question}", url, strategy.name)


# --- answers: all kinds of rows in one query ----------------------------------------------------


def find_answers(member: Membership, words: Sequence[str]) -> QuerySet[Any]:
    first, *others = (
        _rows_with(kind, member, words) for kind in KINDS.values() if _texts(kind.model)
    )
    return first.union(*others, all=True).order_by("-found_changed", "uid")


@cache
def _texts(model: type[Model]) -> tuple[str, ...]:
    """The fields of an answer in which somebody typed words; none of a channel, found as such."""
    if not hasattr(model, "strategy"):
        return ()
    return tuple(
        field.name
        for field in model._meta.fields
        if isinstance(field, CharField | TextField)
        and not isinstance(field, CodesField | TimesField)
        and not field.choices
    )


def _rows_with(kind: RowKind, member: Membership, words: Sequence[str]) -> QuerySet[Any]:
    """Rows that have all words: where they stand, and the first field that has one of them."""
    fields = _texts(kind.model)
    where = [When(contains(field, words[0]), then=Cast(field, TextField())) for field in fields]
    title = kind.title_field if kind.title_field in fields else ""
    return (
        kind.model._default_manager.filter(  # type: ignore[misc]  # rows of strategies only
            strategy__workspace=member.workspace, removed_at__isnull=True
        )
        .filter(says(words, *fields))
        .order_by()
        .values(
            "uid",
            found_code=Value(kind.code, output_field=CharField()),
            found_of=F("strategy__uid"),
            found_named=F("strategy__name"),
            found_title=Cast(F(title) if title else Value(""), TextField()),
            found_text=Case(*where, default=Value(""), output_field=TextField()),
            found_changed=F("updated_at"),
        )
    )


def describe_answers(
    found: Iterable[Mapping[str, Any]], member: Membership, words: Sequence[str]
) -> Iterator[FoundThing]:
    for row in found:
        kind = KINDS[row["found_code"]]
        target = Target(STEP_OF_KIND[kind.code].code, kind.code, str(row["uid"]))
        yield FoundThing(
            title=excerpt(row["found_title"], ()) or str(kind.heading),
            url=answer_url(member.workspace.slug, row["found_of"], target),
            note=f"{STEP_OF_KIND[kind.code].label} · {row['found_named']}",
            excerpt=excerpt(row["found_text"], words)
            if row["found_text"] != row["found_title"]
            else "",
        )


register(FindSource("questions", _("Questions"), "list", 10, find_questions, describe_questions))
register(FindSource("answers", _("Answers"), "edit", 20, find_answers, describe_answers))
register(
    FindSource("strategies", _("Strategies"), "target", 15, find_strategies, describe_strategies)
)
