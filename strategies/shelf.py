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

from core.templatetags.house import day
from strategies.enums import VersionState
from strategies.milestones import is_late
from strategies.models import Milestone, Period, Strategy, StrategyVersion
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
class Entry:
    """One strategy in the list; ``look`` is the colour word of its state."""

    strategy: Strategy
    place: Place
    state: str
    icon: str
    look: str
    starts_on: date | None
    ends_on: date | None
    next_step: str
    url: str

    @property
    def is_archived(self) -> bool:
        """Whether it was put away."""
        return self.place == "archived"


@dataclass(frozen=True)
class Group:
    """The strategies that stand alike."""

    place: Place
    heading: "str | Promise"
    entries: Sequence[Entry]


def shelf_of(workspace: Workspace, *, today: date) -> list[Group]:
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


def group(entries: Iterable[Entry]) -> list[Group]:
    """Return the entries by place, without the places where nothing stands."""
    inside: dict[Place, list[Entry]] = {place: [] for place in HEADINGS}
    for entry in entries:
        inside[entry.place].append(entry)
    return [Group(place, HEADINGS[place], found) for place, found in inside.items() if found]


def _entry(strategy: Strategy, period: Period | None, today: date) -> Entry:
    versions = list(strategy.versions.all())
    latest = versions[0] if versions else None
    approved = next((one for one in versions if one.state == VersionState.APPROVED), None)
    if not strategy.is_open:
        words = now("Archived"), "archive", "", now("Reopen it to go on, or copy it.")
        return _built(strategy, "archived", words, period or approved)
    if latest is not None and latest.state == VersionState.SUBMITTED:
        return _waiting(strategy, latest, approved, today)
    if latest is not None and latest.state == VersionState.CHANGES_REQUESTED:
        words = now("Changes asked for"), "comment", "warn", _says_what_to_change(latest)
        url = latest.get_absolute_url()
        if approved is not None and _holds(approved, today):
            return _built(strategy, "in_force", words, approved, url)
        return _built(strategy, "open", words, period, url)
    if approved is not None:
        return _approved(strategy, approved, today)
    words = now("Being written"), "begun", "tip", now("Answer the questions, then submit it.")
    return _built(strategy, "open", words, period)


def _waiting(
    strategy: Strategy, latest: StrategyVersion, approved: StrategyVersion | None, today: date
) -> Entry:
    state = now("Version %(number)d waits for review") % {"number": latest.number}
    next_step = now("An answer is due by %(day)s.") % {"day": day(latest.answer_by_on)}
    look = "warn" if latest.answer_by_on < today else ""
    place: Place = "waiting"
    if approved is not None and _holds(approved, today):
        place = "in_force"
    words = state, "clock", look, next_step
    return _built(strategy, place, words, latest, latest.get_absolute_url())


def _approved(strategy: Strategy, approved: StrategyVersion, today: date) -> Entry:
    url = reverse("strategies:roadmap", args=[strategy.workspace.slug, strategy.uid])
    facts = {"number": approved.number, "day": day(approved.starts_on)}
    if _holds(approved, today):
        state = now("Version %(number)d in force") % facts
        words = state, "done", "good", _milestones(strategy, today)
        return _built(strategy, "in_force", words, approved, url)
    if approved.starts_on > today:
        state = now("Version %(number)d approved, in force from %(day)s") % facts
        words = state, "done", "good", _milestones(strategy, today)
        return _built(strategy, "to_come", words, approved, url)
    over = now("Copy it for the next period, or archive it.")
    return _built(strategy, "open", (now("Its period is over"), "flag", "", over), approved, url)


def _milestones(strategy: Strategy, today: date) -> str:
    """Say what comes next in the roadmap, and how much is late."""
    waiting: list[Milestone] = list(strategy.milestones.all())
    late = sum(is_late(milestone, today) for milestone in waiting)
    coming = next((one for one in waiting if not is_late(one, today)), None)
    facts = {"late": late}
    if coming is not None:
        facts |= {"title": coming.title, "day": day(coming.due_on)}  # type: ignore[dict-item]
    if coming is None:
        return now("Late: %(late)d.") % facts if late else now("Every milestone is done.")
    if late:
        return now("Late: %(late)d. Next: %(title)s, %(day)s.") % facts
    return now("Next: %(title)s, %(day)s.") % facts


def _says_what_to_change(version: StrategyVersion) -> str:
    facts = {"person": version.decided_by, "number": version.number}
    return now("%(person)s asked for changes to version %(number)d.") % facts


def _holds(version: StrategyVersion, today: date) -> bool:
    return version.starts_on <= today <= version.ends_on


def _built(
    strategy: Strategy,
    place: Place,
    words: tuple[str, str, str, str],
    period: "Period | StrategyVersion | None",
    url: str = "",
) -> Entry:
    state, icon, look, next_step = words
    return Entry(
        strategy=strategy,
        place=place,
        state=state,
        icon=icon,
        look=look,
        starts_on=period.starts_on if period else None,
        ends_on=period.ends_on if period else None,
        next_step=next_step,
        url=url or strategy.get_absolute_url(),
    )
