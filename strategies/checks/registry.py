"""The registry of checks, and the one place that runs them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import ngettext

from core.findings import Finding, Severity, Target
from core.registry import Registry
from strategies.answers import Answers
from strategies.questionnaire import STEP_BY_CODE

# A check names this many rows; the rest is one sentence with their number.
NAMED_AT_MOST = 5


@dataclass(frozen=True)
class Context:
    """What a check must know that is not an answer.

    ``reviewers_available``: somebody may decide on the strategy, another person or, where nobody
    else can, its author alone. ``today`` is the workspace's, or the day of the submission.
    """

    reviewers_available: bool
    today: date


@dataclass(frozen=True)
class Problem:
    """What a check found: one sentence, one link, and the field that mends it."""

    sentence: "str | Promise"
    link: "str | Promise"
    kind: str = ""
    row: str = ""
    field: str = ""


CheckFunction = Callable[[Answers, Context], Iterable[Problem]]


@dataclass(frozen=True)
class Check:
    """A registered check. ``step`` is the question that mends it; empty for none."""

    code: str
    severity: Severity
    step: str
    find: CheckFunction


CHECKS: Registry[Check] = Registry("check")


def check(code: str, severity: Severity, *, step: str) -> Callable[[CheckFunction], CheckFunction]:
    """Register the function below under ``code``."""

    def register(function: CheckFunction) -> CheckFunction:
        CHECKS.register(code, Check(code, severity, step, function))
        return function

    return register


def run_checks(answers: Answers, *, reviewers_available: bool, today: date) -> list[Finding]:
    """Return what is to look at: gravest first, then in the order of the questionnaire.

    A question answered as a whole with *not known yet* becomes a milestone, so its warnings and
    tips are silent; its blockers are not.
    """
    context = Context(reviewers_available=reviewers_available, today=today)
    found = [
        finding
        for one in CHECKS
        if one.severity == Severity.BLOCKER or not answers.is_not_known(one.step)
        for finding in _findings(one, answers, context)
    ]
    return sorted(found, key=lambda finding: (finding.severity.rank, _place(finding.target.step)))


def for_step(findings: Iterable[Finding], step_code: str) -> list[Finding]:
    """Return the findings that are mended in a question."""
    return [finding for finding in findings if finding.target.step == step_code]


def _findings(one: Check, answers: Answers, context: Context) -> Iterator[Finding]:
    problems = list(one.find(answers, context))
    for problem in problems[:NAMED_AT_MOST]:
        yield _finding(one, problem, problem.sentence)
    rest = problems[NAMED_AT_MOST:]
    if rest:
        sentence = ngettext(
            "The same holds for %(number)d more.", "The same holds for %(number)d more.", len(rest)
        ) % {"number": len(rest)}
        yield _finding(one, rest[0], sentence, len(rest))


def _finding(one: Check, problem: Problem, sentence: "str | Promise", number: int = 1) -> Finding:
    target = Target(step=one.step, kind=problem.kind, row=problem.row, field=problem.field)
    return Finding(one.severity, one.code, sentence, problem.link, target, number)


def _place(step: str) -> int:
    return STEP_BY_CODE[step].number if step in STEP_BY_CODE else len(STEP_BY_CODE)
