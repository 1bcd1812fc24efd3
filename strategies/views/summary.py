"""A strategy at a glance, and who hears what."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.findings import Severity, how_many
from strategies.domain.answers import answers_of
from strategies.domain.checks import AnswerFinding, StepState, step_state
from strategies.domain.checks.state import is_touched
from strategies.domain.effort import effort
from strategies.domain.first_pass import SCREENS, first_open, minutes
from strategies.domain.matrix import matrix_of
from strategies.domain.questionnaire import KINDS, STEPS
from strategies.domain.row_kind import Step
from strategies.domain.row_texts import span_text
from strategies.domain.sameness import is_same
from strategies.enums import VersionState
from strategies.models import StrategyVersion
from strategies.presentation.mix_picture import mix_parts
from strategies.presentation.summary import SummaryLine, said_elsewhere, ten_lines
from strategies.views.mixins import StrategyView
from workspaces.permissions import Permission

ITEMS_ON_THE_SUMMARY = 3
#: States of a question that has its answer; *not known yet* is one.
ANSWERED = frozenset({"done", "not_known"})


@dataclass(frozen=True)
class StepSummary:
    """One question: where it stands and what is said."""

    step: Step
    state: StepState
    lines: list[SummaryLine]
    url: str

    @property
    def is_said(self) -> bool:
        """Whether one of its lines says something."""
        return any(line.items for line in self.lines)


@dataclass(frozen=True)
class Look:
    """A finding and where it is mended."""

    finding: AnswerFinding
    url: str


@dataclass(frozen=True)
class FindingGroup:
    """Findings of one severity."""

    severity: Severity
    looks: list[Look]

    @property
    def number(self) -> int:
        """How many things there are to look at."""
        return how_many(look.finding for look in self.looks)


@dataclass(frozen=True)
class Action:
    """What this person does next."""

    label: str
    url: str
    icon: str


class SummaryView(StrategyView):
    """Where a strategy stands, what is said in it, what is to look at, and what comes next."""

    template_name = "strategies/summary.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Read the answers and the versions once."""
        return self.page(
            answers=self.answers,
            period=span_text(self.answers.period.starts_on, self.answers.period.ends_on),
            states=self.states(),
            action=self.action(),
            steps=self.steps,
            is_untouched=self.is_untouched,
            done=sum(one.state.code in ANSWERED for one in self.steps if one.step.number),
            groups=self.groups(),
            matrix=matrix_of(self.answers),
            mix=mix_parts(self.answers.content_plan),
            effort=effort(self.answers),
            versions=self.versions,
            minutes=minutes(SCREENS),
            screens=len(SCREENS),
            may_answer=self.may_answer,
            document_url=self.document_url,
            roadmap_url=self.address("roadmap") if self.approved else "",
        )

    @cached_property
    def versions(self) -> list[StrategyVersion]:
        """Newest first, without their answers."""
        found = self.strategy.versions.without_snapshot().select_related(
            "submitted_by", "decided_by"
        )
        return list(found)

    @property
    def document_url(self) -> str:
        """The page to read: what was approved, for those who do not write."""
        if self.approved and not self.may_answer:
            return self.address("version_document", self.approved.number)
        return self.address("document")

    @cached_property
    def steps(self) -> list[StepSummary]:
        """The card before the questions, and the eight of them."""
        return [
            StepSummary(
                step,
                step_state(self.answers, self.findings, step),
                self.lines_of(step),
                self.address("question", step.code),
            )
            for step in STEPS
        ]

    @cached_property
    def lines(self) -> list[SummaryLine]:
        """The ten lines, short."""
        return ten_lines(self.answers, at_most=ITEMS_ON_THE_SUMMARY)

    def lines_of(self, step: Step) -> list[SummaryLine]:
        """What is said in a question: its share of the ten lines, or whatever else was said."""
        lines = [line for line in self.lines if line.step == step.code and line.items]
        return lines or [said_elsewhere(self.answers, step, at_most=ITEMS_ON_THE_SUMMARY)]

    @cached_property
    def is_untouched(self) -> bool:
        """Whether nothing was said yet; channels were there before the strategy."""
        return not any(note.is_not_known for note in self.answers.steps) and not any(
            is_touched(self.answers, kind) for kind in KINDS.values() if not kind.is_shared
        )

    def groups(self) -> list[FindingGroup]:
        """The findings by severity, gravest first."""
        return [
            FindingGroup(
                severity,
                [
                    Look(finding, finding.url if self.may_answer else "")
                    for finding in self.findings
                    if finding.severity == severity
                ],
            )
            for severity in Severity
            if any(finding.severity == severity for finding in self.findings)
        ]

    def states(self) -> list[StepState]:
        """Where the strategy stands, in words: at most one word a thing."""
        if not self.strategy.is_open:
            return [StepState("done", _("Archived"), "archive")]
        if not self.versions:
            return [StepState("begun", _("Not submitted yet"), "begun")]
        today = self.workspace.today()
        found = []
        for version in self.versions:
            numbers = {"number": version.number}
            if version.state == VersionState.SUBMITTED:
                label = _("Version %(number)d waits for review") % numbers
                found.append(StepState("begun", label, "clock", "tip"))
            elif version.state == VersionState.CHANGES_REQUESTED and version is self.versions[0]:
                label = _("Changes asked for in version %(number)d") % numbers
                found.append(StepState("begun", label, "comment", "warn"))
            elif version.state == VersionState.APPROVED:
                found.append(_approved(version, today))
                if version.is_without_second_reader:
                    label = _("Approved without a second reader")
                    found.append(StepState("done", label, "warn", "warn"))
        return found or [StepState("begun", _("Not approved yet"), "begun")]

    def action(self) -> Action | None:
        """The one thing that this person does next, told by role and state."""
        newest = self.versions[0] if self.versions else None
        if newest and newest.state == VersionState.SUBMITTED:
            return self._of_waiting(newest)
        if self.may_answer:
            return self._of_author()
        if self.approved:
            return Action(_("See the roadmap"), self.address("roadmap"), "flag")
        return Action(_("Read as one page"), self.document_url, "doc")

    def address(self, name: str, *more: Any) -> str:
        """An address below this strategy."""
        return reverse(f"strategies:{name}", args=[self.workspace.slug, self.strategy.uid, *more])

    def _of_waiting(self, version: StrategyVersion) -> Action:
        numbers = {"number": version.number}
        may_decide = self.membership.can(Permission.REVIEW_STRATEGY)
        if may_decide and version.submitted_by_id != self.membership.user_id:
            label = _("Review version %(number)d") % numbers
        else:
            label = _("See version %(number)d") % numbers
        return Action(label, self.address("version", version.number), "eye")

    def _of_author(self) -> Action:
        decided = (one for one in self.versions if one.state != VersionState.WITHDRAWN)
        last = next(decided, None)
        if self.draft and not self.draft.is_changed:
            return Action(_("See the roadmap"), self.address("roadmap"), "flag")
        if last and last.state == VersionState.CHANGES_REQUESTED and self._is_unchanged(last):
            label = _("Read what was asked for")
            return Action(label, self.address("version", last.number), "comment")
        if self.is_untouched:
            return Action(_("Begin the first pass"), self.address("first_pass"), "edit")
        if not any(finding.severity == Severity.BLOCKER for finding in self.findings):
            return Action(_("Submit for review"), self.address("submit"), "send")
        if not self.versions and first_open(self.answers):
            return Action(_("Continue the first pass"), self.address("first_pass"), "edit")
        left = [one for one in self.steps if one.state.code not in ANSWERED]
        return Action(_("Continue answering"), (left or self.steps)[0].url, "edit")

    def _is_unchanged(self, version: StrategyVersion) -> bool:
        """Whether the answers are still those of ``version``."""
        return is_same(answers_of(version), self.answers)


class MatrixView(StrategyView):
    """Who hears what, in full."""

    template_name = "strategies/who_hears_what.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Read the answers once."""
        return self.page(matrix=matrix_of(self.answers), may_answer=self.may_answer)


def _approved(version: StrategyVersion, today: date) -> StepState:
    numbers = {"number": version.number}
    if version.starts_on > today:
        label = _("Version %(number)d is approved and not begun yet") % numbers
        return StepState("done", label, "done", "good")
    if version.ends_on < today:
        return StepState("done", _("Version %(number)d has ended") % numbers, "done")
    return StepState("done", _("Version %(number)d is in force") % numbers, "done", "good")
