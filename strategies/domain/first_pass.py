"""The first pass: one screen for each kind of row that belongs to it, in the questionnaire's order."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from django.db import models

from core.findings import Severity
from strategies.domain.answers import Answers
from strategies.domain.checks import AnswerFinding, takes_not_known
from strategies.domain.checks.state import is_first_pass_said, is_touched
from strategies.domain.links import Target
from strategies.domain.questionnaire import KINDS, STEP_OF_KIND, STEPS
from strategies.domain.row_kind import RowKind
from strategies.domain.titles import row_title, short

SCREENS: tuple[RowKind, ...] = tuple(kind for kind in KINDS.values() if kind.first_pass)
SCREEN_BY_CODE = {kind.code: kind for kind in SCREENS}

# Seconds that the estimate counts for reading a screen and answering a field. They are rates, not
# measurements of a person: docs/walk.md says what they come to.
READING = 20
PARAGRAPH = 45
LINE = 20
CHOICE = 10

STRONGER_AT_MOST = 3


def seconds(kind: RowKind) -> int:
    """Return how long a screen is counted with: reading it, then its fields for each row."""
    rows = kind.first_pass.rows if kind.first_pass else 0
    return READING + rows * sum(_seconds_of(kind, name) for name in kind.first)


def _seconds_of(kind: RowKind, name: str) -> int:
    field = kind.model._meta.get_field(name)
    if isinstance(field, models.TextField):
        return PARAGRAPH
    if isinstance(field, models.CharField) and not field.choices:
        return LINE
    return CHOICE


def minutes(kinds: Iterable[RowKind]) -> int:
    """Return how many minutes ``kinds`` are counted with: whole ones, above ten by five."""
    exact = ceil(sum(map(seconds, kinds)) / 60)
    return exact if exact <= 10 else 5 * ceil(exact / 5)


def is_answered(answers: Answers, kind: RowKind) -> bool:
    """Whether a screen asks for nothing any more; *not known yet* answers its question."""
    code = STEP_OF_KIND[kind.code].code
    if answers.is_not_known(code) and takes_not_known(code):
        return True
    return is_touched(answers, kind) and is_first_pass_said(answers, kind)


def minutes_left(answers: Answers, kind: RowKind) -> int:
    """Return the minutes of what is not answered from the screen of ``kind`` on."""
    onward = SCREENS[SCREENS.index(kind) :]
    return minutes(one for one in onward if not is_answered(answers, one))


def first_open(answers: Answers) -> RowKind | None:
    """Return the first screen that still asks for something; None when none does."""
    return next((kind for kind in SCREENS if not is_answered(answers, kind)), None)


@dataclass(frozen=True)
class NotKnown:
    """An answer that is *not known yet*: what it is about (empty for a whole question) and asks."""

    title: str
    asked: str
    target: Target


def not_known(answers: Answers) -> list[NotKnown]:
    """Return every answer that is *not known yet*, in the order of the questionnaire."""
    found = []
    for step in STEPS:
        if answers.is_not_known(step.code):
            found.append(NotKnown("", str(step.question), Target(step.code)))
        for kind in step.kinds:
            for row in answers.of_kind(kind.code):
                title = short(row_title(answers, kind.code, row))
                found += [
                    NotKnown(title, kind.asked(name), Target(step.code, kind.code, row.uid, name))
                    for name in kind.to_find_out(row)
                    if name in kind.fields
                ]
    return found


def beside(kind: RowKind) -> tuple[RowKind | None, RowKind | None]:
    """Return the screens before and after that of ``kind``."""
    at = SCREENS.index(kind)
    return (SCREENS[at - 1] if at else None, SCREENS[at + 1] if at + 1 < len(SCREENS) else None)


def what_helps_most(findings: Iterable[AnswerFinding]) -> list[AnswerFinding]:
    """Return what makes a strategy stronger, gravest first: one finding of a check."""
    by_check: dict[str, AnswerFinding] = {}
    for finding in findings:
        if finding.severity != Severity.BLOCKER:
            by_check.setdefault(finding.code, finding)
    return list(by_check.values())[:STRONGER_AT_MOST]
