"""What should be fixed in a version, each as the milestone that it becomes where a manager ticks it."""

from datetime import date

from core.findings import Severity
from core.text import cut
from policies.services.access import has_policy_for_externals
from strategies.domain.answers import Answers, answers_of
from strategies.domain.checks import run_checks
from strategies.domain.roadmap import FIX, TITLE_AT_MOST, Derived, shifted, working_day
from strategies.enums import Phase
from strategies.models import Strategy, StrategyVersion

DUE_AFTER = 14  # days after the approval


def fixes_of(
    version: StrategyVersion, *, approved_on: date, answers: Answers | None = None
) -> list[Derived]:
    """Return a milestone for each warning, as the checks saw the answers on the day of submission.

    Its key is made of the check and the row that it is about, so that approving again finds it.
    """
    strategy = version.strategy
    answers = answers or answers_of(version)
    due_on = shifted(approved_on, DUE_AFTER)
    findings = run_checks(
        answers,
        strategy,
        reviewers_available=True,
        today=strategy.workspace.today(version.submitted_at),
        policy_for_externals=has_policy_for_externals(strategy.workspace),
        named_at_most=None,
    )
    found: dict[str, Derived] = {}
    for finding in findings:
        if finding.severity != Severity.WARNING:
            continue
        milestone = Derived(
            kind=FIX,
            phase=Phase.PREPARE,
            title=cut(str(finding.task), TITLE_AT_MOST),
            due_on=working_day(due_on, ends_on=answers.period.ends_on or due_on),
            target=finding.target,
            uid=finding.code,
            part=finding.about,
        )
        found.setdefault(milestone.key, milestone)
    return list(found.values())


def keys_of_fixes(strategy: Strategy, answers: Answers) -> set[str]:
    """Return the keys of what should be fixed in ``answers`` as they are today."""
    findings = run_checks(
        answers,
        strategy,
        reviewers_available=True,
        today=strategy.workspace.today(),
        policy_for_externals=has_policy_for_externals(strategy.workspace),
        named_at_most=None,
    )
    return {
        f"{FIX}:{finding.code}" + (f":{finding.about}" if finding.about else "")
        for finding in findings
        if finding.severity == Severity.WARNING
    }
