"""What ends the milestones that follow from the answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from core.text import isolated
from networks.enums import ChannelState
from networks.models import Channel
from strategies.domain.answer_types import ChannelAnswer
from strategies.domain.answers import Answers
from strategies.domain.fixes import keys_of_fixes
from strategies.domain.milestone_facts import MilestoneFact, Now, register
from strategies.domain.questionnaire import KINDS
from strategies.domain.roadmap import (
    ACCESS,
    FINAL,
    FIND_OUT,
    FIX,
    MEASURE,
    PEOPLE,
    missing_people,
    part_of,
)
from strategies.enums import Verdict
from strategies.models import Milestone, Strategy, StrategyVersion

# What one milestone asks of the answers as they are now: the sentence that ended it, or nothing.
Says = Callable[[Milestone, Answers], str]


def _by_strategy(milestones: Iterable[Milestone]) -> Iterator[tuple[Strategy, list[Milestone]]]:
    ordered = sorted(milestones, key=lambda one: one.strategy_id)
    for _pk, group in groupby(ordered, key=lambda one: one.strategy_id):
        found = list(group)
        yield found[0].strategy, found


def _answered(kind: str, says: Says) -> None:
    """Register a fact that the answers of the milestone's own strategy tell."""

    def holding(milestones: Sequence[Milestone], now: Now) -> Mapping[int, str]:
        return {
            milestone.pk: sentence
            for strategy, its in _by_strategy(milestones)
            for milestone in its
            if (sentence := says(milestone, now.answers(strategy)))
        }

    register(MilestoneFact(kind, holding))


# --- people of a channel ------------------------------------------------------------------------


def _people_named(milestone: Milestone, answers: Answers) -> str:
    """A milestone asks for the first who is missing, and for those who come after in the order."""
    channel = answers.channel(milestone.row_uid)
    asked = PEOPLE[PEOPLE.index(milestone.kind) :]
    if channel is None or set(asked) & set(missing_people(channel)):
        return ""
    return _NAMED[milestone.kind](channel)


def _owner_named(channel: ChannelAnswer) -> str:
    assert channel.owner is not None  # noqa: S101  # nobody is missing
    return _("%(person)s was named as owner.") % {"person": isolated(channel.owner.name)}


def _operator_named(channel: ChannelAnswer) -> str:
    person = channel.operator or channel.owner
    name = channel.operator_name if not channel.is_run_by_person or not person else person.name
    return _("%(person)s was named to run it.") % {"person": isolated(name)}


def _backup_named(channel: ChannelAnswer) -> str:
    assert channel.backup is not None  # noqa: S101  # nobody is missing
    return _("%(person)s was named as backup.") % {"person": isolated(channel.backup.name)}


_NAMED = {"owner": _owner_named, "operator": _operator_named, "backup": _backup_named}
for _kind in PEOPLE:
    _answered(_kind, _people_named)


# --- channels to open and to close --------------------------------------------------------------


def _channel_opened(milestone: Milestone, answers: Answers) -> str:
    channel = _channel_of(milestone, answers)
    is_open = channel is not None and channel.state == ChannelState.ACTIVE
    return _("The channel is active.") if is_open else ""


def _channel_closed(milestone: Milestone, answers: Answers) -> str:
    channel = _channel_of(milestone, answers)
    is_closed = channel is not None and channel.state == ChannelState.CLOSED
    return _("The channel is closed.") if is_closed else ""


def _channel_of(milestone: Milestone, answers: Answers) -> ChannelAnswer | None:
    return answers.channel(milestone.about.partition(":")[2])


_answered(Verdict.OPEN.value, _channel_opened)
_answered(Verdict.CLOSE.value, _channel_closed)


# --- who has access to channels -----------------------------------------------------------------


def _confirmed(milestones: Sequence[Milestone], now: Now) -> Mapping[int, str]:
    """Everybody who has access to a channel in use is noted, and confirmed lately."""
    if not Channel.objects.for_workspace(now.workspace).is_access_confirmed(now.workspace.today()):
        return {}
    sentence = _("All who have access are confirmed.")
    return {milestone.pk: sentence for milestone in milestones}


register(MilestoneFact(ACCESS, _confirmed))


# --- answers that were open ---------------------------------------------------------------------


def _found_out(milestone: Milestone, answers: Answers) -> str:
    """Every row it is about says something; a question as a whole is no longer left open."""
    if not milestone.row_kind:
        return "" if answers.is_not_known(milestone.step) else _("The question was answered.")
    rows = _rows_of(milestone, answers)
    field = part_of(milestone.key)
    kind = KINDS.get(milestone.row_kind)
    if not rows or any(kind and field in kind.to_find_out(row) for row in rows):
        return ""
    return _("It was answered.")


def _measured(milestone: Milestone, answers: Answers) -> str:
    rows = _rows_of(milestone, answers)
    if not rows or any(row.baseline is None and not row.is_sign for row in rows):
        return ""
    return _("The figure today was written down.")


def _rows_of(milestone: Milestone, answers: Answers) -> list[Any]:
    """The row that a milestone is about, or all rows of the kind where it is about them together."""
    if milestone.row_kind not in KINDS:
        return []
    rows = answers.of_kind(milestone.row_kind)
    if milestone.key.split(":")[1] == milestone.row_kind:
        return list(rows)
    return [row for row in rows if row.uid == milestone.row_uid]


_answered(FIND_OUT, _found_out)
_answered(MEASURE, _measured)


# --- what was to be fixed -----------------------------------------------------------------------


def _fixed(milestones: Sequence[Milestone], now: Now) -> Mapping[int, str]:
    found: dict[int, str] = {}
    for strategy, its in _by_strategy(milestones):
        open_keys = keys_of_fixes(strategy, now.answers(strategy))
        found |= {
            one.pk: _("The check finds nothing any more.")
            for one in its
            if one.key not in open_keys
        }
    return found


register(MilestoneFact(FIX, _fixed))


# --- the strategy's end -------------------------------------------------------------------------


def _followed(milestones: Sequence[Milestone], now: Now) -> Mapping[int, str]:
    """A strategy is reviewed to its end when the one after it is approved."""
    approved = list(
        StrategyVersion.objects.for_workspace(now.workspace)
        .approved()
        .without_snapshot()
        .select_related("strategy")
        .order_by("starts_on")
    )
    ends_on = {version.strategy_id: version.ends_on for version in approved}
    found = {}
    for one in milestones:
        ends = ends_on.get(one.strategy_id)
        following = (later for later in approved if ends and later.starts_on > ends)
        if version := next(following, None):
            words = {"strategy": isolated(version.strategy)}
            found[one.pk] = _("“%(strategy)s” was approved to follow it.") % words
    return found


register(MilestoneFact(FINAL, _followed))
