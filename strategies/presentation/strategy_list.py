"""The list of strategies: where each stands, for which period, and what comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from core.templatetags.ui_tags import day
from core.text import isolated
from strategies.enums import VersionState
from strategies.models import Milestone, Period, Strategy, StrategyVersion
from strategies.presentation.roadmap_lines import is_late
from workspaces.models import Workspace

Place = Literal["in_force", "to_come", "waiting", "open", "archived"]
HEADINGS: dict[Place, "str | Promise"] = {
    "in_force": _("In force"),
    "to_come": _("Approved, to come"),
    "waiting": _("Waiting for review"),
    "open": _("Being written"),
    "archived": _("Archived"),
}


@dataclass(frozen=True)
class StateWord:
    """A state in a word; ``look`` is its colour."""

    text: str
    icon: str
    look: str = ""


@dataclass(frozen=True)
class ListedStrategy:
    """One strategy in the list: where it stands in one word or two, and what comes next."""

    strategy: Strategy
    place: Place
    words: Sequence[StateWord]
    starts_on: date | None
    ends_on: date | None
    next_step: str
    url: str

    @property
    def is_archived(self) -> bool:
        """Whether it was put away."""
        return self.place == "archived"


@dataclass(frozen=True)
class StrategyGroup:
    """The strategies that stand alike."""

    place: Place
    heading: "str | Promise"
    entries: Sequence[ListedStrategy]


def listed_strategies(workspace: Workspace, *, today: date) -> list[StrategyGroup]:
    """Return the workspace's strategies by where they stand; the number of queries is constant."""
    versions = StrategyVersion.objects.without_snapshot().with_people().order_by("-number")
    milestones = Milestone.objects.open().order_by("due_on", "pk")
    strategies = list(
        Strategy.objects.for_workspace(workspace).prefetch_related(
            Prefetch("versions", versions), Prefetch("milestones", milestones)
        )
    )
    periods = {
        period.strategy_id: period for period in Period.objects.filter(strategy__in=strategies)
    }
    entries = []
    for strategy in strategies:
        strategy.workspace = workspace
        entries.append(_entry(strategy, periods.get(strategy.pk), today))
    return group(entries)


def group(entries: Iterable[ListedStrategy]) -> list[StrategyGroup]:
    """Return the entries by place, without the places where nothing stands.

    They keep their order; only what is to come stands by its first day.
    """
    inside: dict[Place, list[ListedStrategy]] = {place: [] for place in HEADINGS}
    for entry in entries:
        inside[entry.place].append(entry)
    inside["to_come"].sort(key=lambda entry: entry.starts_on or date.max)
    return [
        StrategyGroup(place, HEADINGS[place], found) for place, found in inside.items() if found
    ]


def _entry(strategy: Strategy, period: Period | None, today: date) -> ListedStrategy:
    versions = list(strategy.versions.all())
    latest = versions[0] if versions else None
    approved = next((one for one in versions if one.state == VersionState.APPROVED), None)
    if not strategy.is_open:
        words = [StateWord(now("Archived"), "archive")]
        return _built(
            strategy, "archived", words, period or approved, now("Reopen it to go on, or copy it.")
        )
    if latest is not None and latest.state == VersionState.SUBMITTED:
        return _in_review(strategy, "waiting", latest, approved, latest, today)
    if latest is not None and latest.state == VersionState.CHANGES_REQUESTED:
        return _in_review(strategy, "open", latest, approved, period or latest, today)
    if approved is not None:
        return _approved(strategy, approved, today)
    words = [StateWord(now("Being written"), "begun", "tip")]
    next_step = now("Answer the questions, then submit it.")
    return _built(strategy, "open", words, period, next_step)


def _in_review(
    strategy: Strategy,
    place: Place,
    latest: StrategyVersion,
    approved: StrategyVersion | None,
    period: "Period | StrategyVersion",
    today: date,
) -> ListedStrategy:
    """Where the review of ``latest`` stands; what is in force meanwhile is said first."""
    words, next_step = _review(latest, today)
    url = latest.get_absolute_url()
    if approved is not None and _holds(approved, today):
        words = [_in_force(approved), *words]
        return _built(strategy, "in_force", words, approved, next_step, url)
    return _built(strategy, place, words, period, next_step, url)


def _review(latest: StrategyVersion, today: date) -> tuple[list[StateWord], str]:
    if latest.state == VersionState.CHANGES_REQUESTED:
        return [StateWord(now("Changes asked for"), "comment", "warn")], _says_what_to_change(
            latest
        )
    state = now("Version %(number)d waits for review") % {"number": latest.number}
    late = [StateWord(now("Answer is late"), "warn", "warn")] if latest.answer_by_on < today else []
    next_step = now("An answer is due by %(day)s.") % {"day": day(latest.answer_by_on)}
    return [StateWord(state, "clock", "tip"), *late], next_step


def _approved(strategy: Strategy, approved: StrategyVersion, today: date) -> ListedStrategy:
    url = reverse("strategies:roadmap", args=[strategy.workspace.slug, strategy.uid])
    late, next_step = _milestones(strategy, today)
    if _holds(approved, today):
        words = [_in_force(approved), *late]
        return _built(strategy, "in_force", words, approved, next_step, url)
    if approved.starts_on > today:
        state = now("Version %(number)d approved, in force from %(day)s") % {
            "number": approved.number,
            "day": day(approved.starts_on),
        }
        words = [StateWord(state, "done", "good"), *late]
        return _built(strategy, "to_come", words, approved, next_step, url)
    words = [StateWord(now("Its period is over"), "flag")]
    over = now("Copy it for the next period, or archive it.")
    return _built(strategy, "open", words, approved, over, url)


def _in_force(approved: StrategyVersion) -> StateWord:
    text = now("Version %(number)d in force") % {"number": approved.number}
    return StateWord(text, "done", "good")


def _milestones(strategy: Strategy, today: date) -> tuple[list[StateWord], str]:
    """Say how much of the roadmap is late, and what comes next."""
    waiting: list[Milestone] = list(strategy.milestones.all())
    number = sum(is_late(milestone, today) for milestone in waiting)
    late = (
        [StateWord(now("%(number)d late") % {"number": number}, "block", "bad")] if number else []
    )
    coming = next((one for one in waiting if not is_late(one, today)), None)
    if coming is None:
        return late, now("See the roadmap") if late else now("Every milestone is done.")
    facts = {"title": coming.title, "day": day(coming.due_on)}
    return late, now("Next: %(title)s, %(day)s") % facts


def _says_what_to_change(version: StrategyVersion) -> str:
    facts = {"person": isolated(version.decided_by), "number": version.number}
    return now("%(person)s asked for changes to version %(number)d.") % facts


def _holds(version: StrategyVersion, today: date) -> bool:
    return version.starts_on <= today <= version.ends_on


def _built(
    strategy: Strategy,
    place: Place,
    words: Sequence[StateWord],
    period: "Period | StrategyVersion | None",
    next_step: str,
    url: str = "",
) -> ListedStrategy:
    return ListedStrategy(
        strategy=strategy,
        place=place,
        words=words,
        starts_on=period.starts_on if period else None,
        ends_on=period.ends_on if period else None,
        next_step=next_step,
        url=url or strategy.get_absolute_url(),
    )
