"""How far a question has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, cast

from django.db.models import Field
from django.utils.translation import gettext, ngettext

from core.findings import Severity, how_many
from strategies.domain.answer_types import Answer, ChannelAnswer, KpiAnswer, is_said
from strategies.domain.answers import Answers
from strategies.domain.checks.registry import AnswerFinding, for_step
from strategies.domain.row_kind import RowKind, Step
from strategies.models import ChannelRow

Code = Literal["not_begun", "begun", "done", "blocked", "not_known"]


@dataclass(frozen=True)
class StepState:
    """A state as code, words, icon and colour word (``is-…``)."""

    code: Code
    label: str
    icon: str
    look: str = ""


def step_state(answers: Answers, findings: Iterable[AnswerFinding], step: Step) -> StepState:
    """Return where ``step`` stands.

    An untouched question is *not begun*, though something in it must be fixed: nobody is blamed
    for what they have not come to. *Done* is a question whose first pass is said: a row of every
    kind of the first pass, and nothing in it left open that counts.
    """
    blockers = how_many(
        finding for finding in for_step(findings, step.code) if finding.severity == Severity.BLOCKER
    )
    is_not_known = answers.is_not_known(step.code)
    is_begun = is_not_known or any(is_touched(answers, kind) for kind in step.kinds)
    if blockers and is_begun:
        label = ngettext("Must be fixed: %(number)d", "Must be fixed: %(number)d", blockers)
        return StepState("blocked", label % {"number": blockers}, "block", "bad")
    if is_not_known:
        return StepState("not_known", gettext("Not known yet"), "clock", "tip")
    if not is_begun:
        return StepState("not_begun", gettext("Not begun"), "empty")
    if all(is_first_pass_said(answers, kind) for kind in step.kinds if kind.first_pass):
        return StepState("done", gettext("Done"), "done", "good")
    return StepState("begun", gettext("Begun"), "begun", "tip")


def is_touched(answers: Answers, kind: RowKind) -> bool:
    """Whether anything was said in rows of ``kind``."""
    return any(is_row_touched(row, kind) for row in answers.of_kind(kind.code))


def is_row_touched(row: Answer, kind: RowKind) -> bool:
    """Whether a row says more than it did when it was made.

    A row that stands in every strategy, or for every channel, says nothing by being there.
    """
    if not kind.single and not issubclass(kind.model, ChannelRow):
        return True
    return any(is_own_word(row, kind, field) for field in kind.fields if field != "channel")


def is_first_pass_said(answers: Answers, kind: RowKind) -> bool:
    """Whether there is a row of ``kind``, and none leaves open what the first pass asks."""
    rows = answers.of_kind(kind.code)
    return bool(rows) and not any(left_open(row, kind) for row in rows)


def left_open(row: Answer, kind: RowKind) -> list[str]:
    """Return the fields of the first pass that count and have neither answer nor *not known yet*.

    Those that count are the ones that *not known yet* can answer; in a single row without such
    fields all of them.
    """
    counting = [field for field in kind.first if field in kind.knowable]
    if kind.single and not kind.knowable:
        counting = list(kind.first)
    return [field for field in counting if is_open(row, kind, field)]


def open_in(rows: Iterable[Answer], kind: RowKind) -> dict[str, list[str]]:
    """Return the fields that *not known yet* can answer, each with the rows that leave it open."""
    listed = list(rows)
    found = {
        field: [row.uid for row in listed if is_open(row, kind, field)] for field in kind.knowable
    }
    return {field: uids for field, uids in found.items() if uids}


def is_open(row: Answer, kind: RowKind, field: str) -> bool:
    """Whether a field is asked in this row, and has neither answer nor *not known yet*."""
    if isinstance(row, KpiAnswer) and not row.has_target and field == "target":
        return False
    if isinstance(row, KpiAnswer) and row.is_sign and field == "baseline":
        return False
    if isinstance(row, ChannelAnswer) and field == "operator":
        return row.is_run_by_person and not row.is_run and "operator" not in row.not_known
    return not is_said(row, field) and not kind.is_answered_beside(row, field)


def is_own_word(row: Answer, kind: RowKind, field: str) -> bool:
    """Whether somebody answered a field; what a new row begins with is nobody's answer."""
    if field in row.not_known:
        return True
    default = cast("Field[Any, Any]", kind.model._meta.get_field(field)).get_default()
    return is_said(row, field) and getattr(row, field) != default
