"""The registry of checks, and the one place that runs them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import ngettext

from core.findings import Finding, Severity
from core.registry import Registry
from strategies.domain.answers import Answers
from strategies.domain.links import Target, answer_url
from strategies.domain.questionnaire import STEP_BY_CODE
from strategies.models import Strategy

# A check names this many rows; the rest is one sentence with their number.
NAMED_AT_MOST = 5


@dataclass(frozen=True)
class Context:
    """What a check must know that is not an answer.

    ``reviewers_available``: somebody may decide on the strategy, another person or, where nobody
    else can, its author alone. ``today`` is the workspace's, or the day of the submission.
    ``policy_for_externals``: a policy in force in the workspace binds people from outside.
    """

    reviewers_available: bool
    today: date
    policy_for_externals: bool = False


@dataclass(frozen=True, kw_only=True)
class AnswerFinding(Finding):
    """A finding about answers, and the very field that mends it.

    ``about`` is the uid of the row it speaks of, which may be another one than the target's.
    ``task`` says by itself what is to be done: the title of the milestone that it may become.
    """

    target: Target
    about: str = ""
    task: "str | Promise" = ""


@dataclass(frozen=True)
class Problem:
    """What a check found: one sentence, one link, and the field that mends it.

    ``about`` is the row that the sentence speaks of, where that is not the one to be mended. ``task``
    says by itself what is to be done; what should be fixed has one.
    """

    sentence: "str | Promise"
    link: "str | Promise"
    kind: str = ""
    row: str = ""
    field: str = ""
    about: str = ""
    task: "str | Promise" = ""


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


def run_checks(
    answers: Answers,
    strategy: Strategy,
    *,
    reviewers_available: bool,
    today: date,
    policy_for_externals: bool = False,
    named_at_most: int | None = NAMED_AT_MOST,
) -> list[AnswerFinding]:
    """Return what is to look at: gravest first, then in the order of the questionnaire.

    ``answers`` are those of ``strategy``, whose questions the findings lead to.

    A question answered as a whole with *not known yet* becomes a milestone, so its warnings and
    tips are silent; its blockers are not. Of one check ``named_at_most`` rows are named (None: all).
    """
    context = Context(reviewers_available, today, policy_for_externals)
    found = [
        finding
        for one in CHECKS
        if one.severity == Severity.BLOCKER or not answers.is_not_known(one.step)
        for finding in _findings(one, answers, context, strategy, named_at_most)
    ]
    return sorted(found, key=lambda finding: (finding.severity.rank, _place(finding.target.step)))


def takes_not_known(step_code: str) -> bool:
    """Whether a question as a whole may be *not known yet*: nothing in it must be there."""
    return not any(one.severity == Severity.BLOCKER and one.step == step_code for one in CHECKS)


def for_step(findings: Iterable[AnswerFinding], step_code: str) -> list[AnswerFinding]:
    """Return the findings that are mended in a question."""
    return [finding for finding in findings if finding.target.step == step_code]


def _findings(
    one: Check,
    answers: Answers,
    context: Context,
    strategy: Strategy,
    named_at_most: int | None,
) -> Iterator[AnswerFinding]:
    problems = list(one.find(answers, context))
    for problem in problems[:named_at_most]:
        yield _finding(one, problem, strategy, problem.sentence)
    rest = problems[named_at_most:] if named_at_most is not None else []
    if rest:
        sentence = ngettext(
            "The same holds for %(number)d more.", "The same holds for %(number)d more.", len(rest)
        ) % {"number": len(rest)}
        yield _finding(one, rest[0], strategy, sentence, len(rest))


def _finding(
    one: Check,
    problem: Problem,
    strategy: Strategy,
    sentence: "str | Promise",
    number: int = 1,
) -> AnswerFinding:
    target = Target(step=one.step, kind=problem.kind, row=problem.row, field=problem.field)
    return AnswerFinding(
        severity=one.severity,
        code=one.code,
        sentence=sentence,
        link=problem.link,
        url=answer_url(strategy.workspace.slug, strategy.uid, target),
        target=target,
        about=problem.about or problem.row,
        task=problem.task,
        number=number,
    )


def _place(step: str) -> int:
    return STEP_BY_CODE[step].number if step in STEP_BY_CODE else len(STEP_BY_CODE)
