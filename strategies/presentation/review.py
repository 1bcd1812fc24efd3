"""A version as a reviewer reads it: what changed since an earlier one, question by question."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.findings import Severity, how_many
from policies.services.access import has_policy_for_externals
from strategies.domain.answers import answers_of
from strategies.domain.checks import AnswerFinding, for_step, run_checks
from strategies.domain.questionnaire import STEPS
from strategies.domain.row_kind import Step
from strategies.models import StepComment, StrategyVersion
from strategies.models.version import DECIDED
from strategies.presentation.diff import AnswerChange, ChangeKind, Comparison
from strategies.presentation.document import Chapter, document_of
from strategies.presentation.mix_picture import MixPart, mix_parts


@dataclass(frozen=True)
class StepReview:
    """One question of the version: ``changes``, or all of it where nothing is compared."""

    step: Step
    changes: tuple[AnswerChange, ...]
    chapter: Chapter | None
    findings: tuple[AnswerFinding, ...]
    comments: tuple[StepComment, ...]

    @property
    def is_shown(self) -> bool:
        """Whether there is something to read; the other questions are one sentence."""
        is_read = self.chapter is not None and not self.chapter.is_silent
        return bool(self.changes or is_read or self.comments)

    @property
    def number_of_changes(self) -> int:
        """How many answers changed, as they are marked; a row that came or went is one."""
        return sum(
            len(change.parts) if change.what is ChangeKind.CHANGED else 1 for change in self.changes
        )

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"q-{self.step.code}"


@dataclass(frozen=True)
class Review:
    """The whole reading. ``since`` is None where the version is read as it is, with its ``mix``."""

    version: StrategyVersion
    since: StrategyVersion | None
    steps: tuple[StepReview, ...]
    findings: tuple[AnswerFinding, ...]
    mix: list[MixPart]

    @property
    def shown(self) -> list[StepReview]:
        """The questions to read."""
        return [step for step in self.steps if step.is_shown]

    @property
    def unchanged(self) -> list[StepReview]:
        """The questions that are as before."""
        return [step for step in self.steps if not step.is_shown]

    @property
    def elsewhere(self) -> list[AnswerFinding]:
        """What the checks found that stands beside none of the shown questions."""
        shown = {step.step.code for step in self.shown}
        return [finding for finding in self.findings if finding.target.step not in shown]

    def count(self, severity: Severity) -> int:
        """How many things there are to look at of a severity."""
        return how_many(finding for finding in self.findings if finding.severity == severity)

    @property
    def number_elsewhere(self) -> int:
        """How many things there are to look at beside none of the shown questions."""
        return how_many(self.elsewhere)

    @property
    def blockers(self) -> int:
        """What must be fixed."""
        return self.count(Severity.BLOCKER)

    @property
    def warnings(self) -> int:
        """What should be fixed."""
        return self.count(Severity.WARNING)

    @property
    def tips(self) -> int:
        """What could be better."""
        return self.count(Severity.TIP)


def read_version(
    version: StrategyVersion, *, since: StrategyVersion | None, comments: Sequence[StepComment]
) -> Review:
    """Compare ``version`` with ``since``, or read it as it is."""
    answers = answers_of(version)
    comparison = Comparison(answers_of(since), answers) if since else None
    chapters = (
        {} if comparison else {chapter.step.code: chapter for chapter in document_of(answers)}
    )
    sent_on = version.strategy.workspace.today(version.submitted_at)
    findings = run_checks(
        answers,
        version.strategy,
        reviewers_available=True,
        today=sent_on,
        policy_for_externals=has_policy_for_externals(version.strategy.workspace),
    )
    steps = tuple(
        StepReview(
            step=step,
            changes=tuple(comparison.changes(step)) if comparison else (),
            chapter=chapters.get(step.code),
            findings=tuple(for_step(findings, step.code)),
            comments=tuple(comment for comment in comments if comment.step == step.code),
        )
        for step in STEPS
    )
    return Review(version, since, steps, tuple(findings), mix_parts(answers.content_plan))


def usual_since(earlier: Sequence[StrategyVersion]) -> StrategyVersion | None:
    """Return what a reviewer has decided on last, of ``earlier`` with the latest first.

    None where nothing was decided: then the whole version is to be read.
    """
    return next((one for one in earlier if one.state in DECIDED), None)
