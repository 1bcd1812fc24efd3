"""A version as a reviewer reads it: what changed since an earlier one, question by question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from core.findings import Finding, Severity, how_many
from strategies.answers import Answers, from_snapshot
from strategies.checks import for_step, run_checks
from strategies.diff import Change, Comparison
from strategies.enums import VersionState
from strategies.facts import NOTE, ORDER, ORDER_LABELS, TITLE_FIELDS, Fact, facts
from strategies.models import StepComment, StrategyVersion
from strategies.questionnaire import KINDS, STEPS, Step

# What a row's title says already.
SAID_BY_THE_TITLE = {("channel", "network"), ("channel", "handle")}


@dataclass(frozen=True)
class RowFacts:
    """A row as it is read when there is nothing to compare with; a single one has no title."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class KindFacts:
    """The rows of a kind that say something."""

    heading: str
    rows: tuple[RowFacts, ...]


@dataclass(frozen=True)
class StepReview:
    """One question of the version."""

    step: Step
    changes: tuple[Change, ...]
    kinds: tuple[KindFacts, ...]
    findings: tuple[Finding, ...]
    comments: tuple[StepComment, ...]

    @property
    def is_shown(self) -> bool:
        """Whether there is something to read; the other questions are one sentence."""
        return bool(self.changes or self.kinds or self.comments)

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"q-{self.step.code}"


@dataclass(frozen=True)
class Review:
    """The whole reading. ``since`` is None where the version is read as it is."""

    version: StrategyVersion
    since: StrategyVersion | None
    steps: tuple[StepReview, ...]
    findings: tuple[Finding, ...]

    @property
    def shown(self) -> list[StepReview]:
        """The questions to read."""
        return [step for step in self.steps if step.is_shown]

    @property
    def unchanged(self) -> list[StepReview]:
        """The questions that are as before."""
        return [step for step in self.steps if not step.is_shown]

    @property
    def elsewhere(self) -> list[Finding]:
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
    answers = from_snapshot(version.snapshot, version.schema)
    comparison = Comparison(from_snapshot(since.snapshot, since.schema), answers) if since else None
    findings = run_checks(answers, reviewers_available=True)
    steps = tuple(
        StepReview(
            step=step,
            changes=tuple(comparison.changes(step)) if comparison else (),
            kinds=() if comparison else tuple(_kinds(answers, step)),
            findings=tuple(for_step(findings, step.code)),
            comments=tuple(comment for comment in comments if comment.step == step.code),
        )
        for step in STEPS
    )
    return Review(version, since, steps, tuple(findings))


def _kinds(answers: Answers, step: Step) -> Iterator[KindFacts]:
    said = [fact for fact in facts(answers, step) if fact.field != ORDER]
    for code, of_kind in groupby(said, key=lambda fact: fact.kind):
        grouped = [(uid, list(rows)) for uid, rows in groupby(of_kind, key=lambda f: f.row_uid)]
        if code == NOTE or KINDS[code].single:
            yield KindFacts(grouped[0][1][0].row_title, (RowFacts("", tuple(grouped[0][1])),))
            continue
        rows = [
            RowFacts(
                f"{place}. {row[0].row_title}" if code in ORDER_LABELS else row[0].row_title,
                tuple(fact for fact in row if not _is_title(fact)),
            )
            for place, (_uid, row) in enumerate(grouped, start=1)
        ]
        # A channel's row stands there by itself; it is read once something is said in it.
        kept = [row for row in rows if row.facts or code in TITLE_FIELDS]
        if kept:
            yield KindFacts(str(KINDS[code].heading), tuple(kept))


def _is_title(fact: Fact) -> bool:
    return (
        fact.field in {"channel", TITLE_FIELDS.get(fact.kind)}
        or (fact.kind, fact.field) in SAID_BY_THE_TITLE
    )


def usual_since(earlier: Sequence[StrategyVersion]) -> StrategyVersion | None:
    """Return what a reviewer has read last: the latest decided of ``earlier``, else the latest.

    ``earlier`` has the latest first.
    """
    decided = (one for one in earlier if one.state != VersionState.WITHDRAWN)
    return next(decided, earlier[0] if earlier else None)
