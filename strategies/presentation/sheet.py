"""A strategy on one sheet of paper, for a board: what is read first, and often alone.

It holds on one A4 page whatever was typed: each text is cut, and the lists that take most room end
with “and 3 more”. How much room a text takes is estimated here, on the safe side; the browser's own
count of printed pages is held by ``tests/browser/test_print.py``.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from math import ceil

from django.utils.translation import gettext, ngettext

from core.text import (
    LIST_SEPARATOR,
    cut,
    day_of_year_text,
    first_line,
    isolated,
    number_text,
    one_line,
    percent_text,
    without_stop,
)
from strategies.domain.answer_types import (
    ActivityAnswer,
    AudienceAnswer,
    ChannelAnswer,
    DutyAnswer,
    InitiativeAnswer,
    KpiAnswer,
    MessageAnswer,
    ObjectiveAnswer,
)
from strategies.domain.answers import Answers
from strategies.domain.cadence import cadence_of, cadence_text, kinds_by_channel
from strategies.domain.checks.warnings import open_channels
from strategies.domain.row_texts import operator_names, operator_text, span_text
from strategies.presentation.prose import listed
from strategies.presentation.summary import mix_words

LINES = 51  # of the printed page, for what the parts say below a title of one line
TITLE = 38  # letters of the title in a line
LINE = 78  # narrow letters in a line
LONGEST_ITEM = 120  # narrow letters; the rest stands in the document
ITEMS_AT_MOST = 8
LONGEST_SENTENCE = 300
LONGEST_WHOLE = 200  # of a goal or a message, which are read whole
OWNED_AT_MOST = 7  # channels of one person that are named


@dataclass(frozen=True)
class SheetBlock:
    """A sentence, a list, or several short things one after the other behind their ``lead``.

    ``more`` are the items that are left out; ``longest`` is how wide one may be.
    """

    lead: str = ""
    items: tuple[str, ...] = ()
    is_run: bool = False
    is_numbered: bool = False
    more: int = 0
    longest: int = LONGEST_ITEM

    @property
    def more_text(self) -> str:
        """That some are left out, empty where none is."""
        if not self.more:
            return ""
        return ngettext("and %(number)d more", "and %(number)d more", self.more) % {
            "number": self.more
        }

    @property
    def run(self) -> str:
        """The lead and the items as one text."""
        said = "; ".join([*map(without_stop, self.items), *filter(None, [self.more_text])])
        if not said:
            return self.lead
        text = gettext("%(lead)s: %(items)s.") if self.lead else "%(items)s."
        return text % {"lead": self.lead, "items": said}

    @cached_property
    def lines(self) -> int:
        """The lines that it takes, at most."""
        if self.is_run or not self.items:
            return _lines(self.run)
        return (_lines(self.lead) if self.lead else 0) + sum(
            _lines(item) for item in [*self.items, *filter(None, [self.more_text])]
        )


@dataclass(frozen=True)
class SheetPart:
    """One thing that a board asks, and the answer."""

    step: str
    heading: str
    blocks: tuple[SheetBlock, ...]
    is_open: bool = False  # nothing was answered, or that it is not known yet

    @cached_property
    def lines(self) -> int:
        """The lines that it takes, at most; its heading stands beside them."""
        return max(2, sum(block.lines for block in self.blocks))


def sheet_of(answers: Answers) -> list[SheetPart]:
    """Return what stands on the sheet."""
    asked: tuple[tuple[str, str, Iterable[SheetBlock]], ...] = (
        ("begin", gettext("Period and goals"), _period(answers)),
        ("audience", gettext("Whom we want to reach"), _audiences(answers)),
        ("message", gettext("What they should know"), _messages(answers)),
        ("content", gettext("What we will do"), _work(answers)),
        ("content", gettext("How often, and in what mix"), _rhythm(answers)),
        ("ownership", gettext("Who does it"), _people(answers)),
        ("success", gettext("What we will have achieved, and by when"), _aims(answers)),
        ("measurement", gettext("How we will know"), _figures(answers)),
    )
    parts = [_part(answers, step, heading, blocks) for step, heading, blocks in asked]
    return _fitted(parts, LINES - 2 * (ceil(_width(answers.name) / TITLE) - 1))


def _part(answers: Answers, step: str, heading: str, blocks: Iterable[SheetBlock]) -> SheetPart:
    said = tuple(_clean(block) for block in blocks if block.lead or block.items)
    if said:
        return SheetPart(step, heading, said)
    return SheetPart(step, heading, (SheetBlock(_unanswered(answers, step)),), is_open=True)


def _unanswered(answers: Answers, step: str) -> str:
    note = next((note for note in answers.steps if note.step == step and note.is_not_known), None)
    if note is None:
        return gettext("Not answered yet.")
    words = [gettext("Not known yet.")]
    if note.find_out:
        words.append(f"{without_stop(cut(one_line(note.find_out), LONGEST_ITEM))}.")
    if note.finder:
        words.append(gettext("%(name)s finds out.") % {"name": isolated(note.finder.name)})
    return " ".join(words)


def _clean(block: SheetBlock) -> SheetBlock:
    texts: dict[str, str] = {}
    for text in map(one_line, block.items):
        texts.setdefault(text.casefold(), text)
    items = [_shortened(text, block.longest) for text in texts.values()]
    at_most = len(items) if block.is_run else ITEMS_AT_MOST
    return replace(
        block,
        lead=_shortened(one_line(block.lead), LONGEST_SENTENCE),
        items=tuple(items[:at_most]),
        more=max(0, len(items) - at_most),
    )


# --- what it says -----------------------------------------------------------------------------


def _period(answers: Answers) -> Iterator[SheetBlock]:
    if span := _span(answers.period.starts_on, answers.period.ends_on):
        yield SheetBlock(f"{span}.")
    if answers.goals:
        yield SheetBlock(
            gettext("The organisation wants"),
            tuple(goal.title for goal in answers.goals),
            is_run=True,
            longest=LONGEST_WHOLE,
        )


def _audiences(answers: Answers) -> Iterator[SheetBlock]:
    items = tuple(map(_audience, answers.audiences))
    yield SheetBlock(items=items, is_numbered=len(items) > 1)


def _audience(audience: AudienceAnswer) -> str:
    name = _named(audience.name)
    if audience.size is None:
        return name
    return gettext("%(name)s, about %(number)s") % {
        "name": name,
        "number": number_text(audience.size),
    }


def _messages(answers: Answers) -> Iterator[SheetBlock]:
    names = {audience.uid: without_stop(audience.name) for audience in answers.audiences}
    items = tuple(_message(one, names) for one in answers.messages)
    yield SheetBlock(items=items, longest=LONGEST_WHOLE)


def _message(message: MessageAnswer, names: dict[str, str]) -> str:
    heard_by = [names[uid] for uid in message.audiences if uid in names]
    text = without_stop(first_line(message.text))
    if not heard_by or len(heard_by) == len(names) or len(heard_by) > 3:
        return text
    whom = listed(heard_by)
    told = gettext("%(message)s (for %(audiences)s)") % {
        "message": isolated(text),
        "audiences": whom,
    }
    return told if _width(told) <= LONGEST_ITEM else text


def _work(answers: Answers) -> Iterator[SheetBlock]:
    if answers.initiatives:
        yield SheetBlock(items=tuple(map(_initiative, answers.initiatives)))
    if answers.activities:
        yield SheetBlock(
            gettext("Campaigns and activities"),
            tuple(map(_activity, answers.activities)),
            is_run=True,
        )
    if answers.pillars:
        yield SheetBlock(
            gettext("Themes we come back to"),
            tuple(pillar.name for pillar in answers.pillars),
            is_run=True,
        )


def _initiative(initiative: InitiativeAnswer) -> str:
    title = _named(initiative.title)
    if initiative.due_on is None:
        return title
    return gettext("%(what)s, by %(day)s") % {
        "what": title,
        "day": day_of_year_text(initiative.due_on),
    }


def _activity(activity: ActivityAnswer) -> str:
    name = _named(activity.name)
    first, last = activity.starts_on, activity.ends_on
    if first and not last:
        return gettext("%(what)s (from %(day)s)") % {"what": name, "day": day_of_year_text(first)}
    days = _span(first, last)
    return gettext("%(what)s (%(days)s)") % {"what": name, "days": days} if days else name


def _rhythm(answers: Answers) -> Iterator[SheetBlock]:
    parts = [
        gettext("%(percent)s %(category)s")
        % {"category": name.lower(), "percent": percent_text(percent)}
        for name, percent in mix_words(answers)
    ]
    if parts:
        yield SheetBlock(f"{LIST_SEPARATOR.join(parts)}.")
    kinds = kinds_by_channel(answers)
    posts = {
        channel.uid: cadence_text(replace(cadence_of(kinds[channel.uid]), kinds=1))
        for channel in open_channels(answers)
        if channel.uid in kinds
    }
    known = [uid for uid, text in posts.items() if text]
    if len(known) > 1:
        among = [kind for uid in known for kind in kinds[uid]]
        if total := cadence_text(replace(cadence_of(among), kinds=1)):
            text = (
                gettext("All channels together: %(posts)s.")
                if len(known) == len(posts)
                else gettext("Together, as far as it is known: %(posts)s.")
            )
            yield SheetBlock(text % {"posts": total})
    names = _names(answers)
    unknown = gettext("number not known yet")
    yield SheetBlock(
        items=tuple(
            gettext("%(channel)s, %(posts)s")
            % {"channel": isolated(names[channel.uid]), "posts": posts[channel.uid] or unknown}
            for channel in open_channels(answers)
            if channel.uid in posts
        ),
        is_run=len(posts) > 4,
    )


def _people(answers: Answers) -> Iterator[SheetBlock]:
    owned: dict[str, list[str]] = {}
    names = _names(answers)
    for channel in open_channels(answers):
        owner = channel.owner.name if channel.owner else ""
        owned.setdefault(owner, []).append(names[channel.uid])
    nobody = owned.pop("", [])
    yield SheetBlock(
        items=(
            *(
                gettext("%(name)s owns %(channels)s")
                % {"name": isolated(name), "channels": _some(channels)}
                for name, channels in owned.items()
            ),
            *(
                _operator(channel, names[channel.uid])
                for channel in open_channels(answers)
                if _is_run_by_others(channel)
            ),
            *map(_duty, answers.duties),
        )
    )
    if nobody:
        yield SheetBlock(gettext("No owner yet"), tuple(map(isolated, nobody)), is_run=True)
    if answers.ownership.hours_per_week is not None:
        hours = number_text(answers.ownership.hours_per_week)
        yield SheetBlock(gettext("%(number)s hours a week, all together.") % {"number": hours})


def _names(answers: Answers) -> dict[str, str]:
    """What the channels are called in short: by the network, where it is the only one there."""
    channels = list(open_channels(answers))
    networks = Counter(channel.network_name for channel in channels)
    return {
        channel.uid: channel.network_name if networks[channel.network_name] == 1 else channel.name
        for channel in channels
    }


def _some(channels: Sequence[str]) -> str:
    """The first of them, as many as a line holds, and how many more there are."""
    named = list(channels)
    while len(named) > OWNED_AT_MOST or (len(named) > 1 and _width(listed(named)) > LINE):
        named.pop()
    if not (more := len(channels) - len(named)):
        return listed(named)
    return ngettext(
        "%(channels)s and %(number)d more", "%(channels)s and %(number)d more", more
    ) % {"channels": listed(named), "number": more}


def _is_run_by_others(channel: ChannelAnswer) -> bool:
    return not channel.is_run_by_person and bool(operator_names(channel))


def _operator(channel: ChannelAnswer, name: str) -> str:
    return gettext("%(name)s runs %(channel)s") % {
        "name": isolated(operator_text(channel)),
        "channel": isolated(name),
    }


def _duty(duty: DutyAnswer) -> str:
    holders = LIST_SEPARATOR.join(
        filter(None, (duty.holder.name if duty.holder else "", duty.holder_name))
    )
    title = _named(duty.title)
    if not holders:
        return gettext("%(part)s: nobody yet") % {"part": title}
    return gettext("%(part)s: %(name)s") % {"part": title, "name": isolated(holders)}


def _aims(answers: Answers) -> Iterator[SheetBlock]:
    has_days = any(objective.by_on for objective in answers.objectives)
    yield SheetBlock(items=tuple(_objective(one, has_days=has_days) for one in answers.objectives))
    if answers.objectives and not has_days:
        yield SheetBlock(gettext("There is no date for it yet."))


def _objective(objective: ObjectiveAnswer, *, has_days: bool) -> str:
    statement = _named(first_line(objective.statement))
    if not has_days:
        return statement
    if objective.by_on is None:
        return gettext("%(what)s (no date yet)") % {"what": statement}
    return gettext("%(what)s, by %(day)s") % {
        "what": statement,
        "day": day_of_year_text(objective.by_on),
    }


def _figures(answers: Answers) -> Iterator[SheetBlock]:
    """Yield the figures with a target first; the signs stand together."""
    figures = [kpi for kpi in answers.kpis if not kpi.is_sign]
    aimed = sorted(figures, key=lambda kpi: kpi.target is None)
    yield SheetBlock(items=tuple(map(_figure, aimed)))
    signs = tuple(kpi.label for kpi in answers.kpis if kpi.is_sign)
    if signs:
        yield SheetBlock(gettext("Signs that it works"), signs, is_run=True)


def _figure(kpi: KpiAnswer) -> str:
    words = {
        "figure": _named(kpi.label),
        "today": number_text(kpi.baseline) if kpi.baseline is not None else "",
        "target": number_text(kpi.target) if kpi.target is not None else "",
        "day": day_of_year_text(kpi.by_on) if kpi.by_on else "",
    }
    if not words["target"]:
        return gettext("%(figure)s: %(today)s today" if words["today"] else "%(figure)s") % words
    if words["today"] and words["day"]:
        return gettext("%(figure)s: from %(today)s today to %(target)s by %(day)s") % words
    if words["today"]:
        return gettext("%(figure)s: from %(today)s today to %(target)s") % words
    if words["day"]:
        return gettext("%(figure)s: %(target)s by %(day)s") % words
    return gettext("%(figure)s: %(target)s") % words


def _span(first: date | None, last: date | None) -> str:
    return span_text(first, last, written=day_of_year_text)


def _named(text: str) -> str:
    """A text that somebody typed, as it stands in a line with more behind it."""
    return isolated(_shortened(without_stop(one_line(text)), LONGEST_ITEM - 24))


# --- one page ---------------------------------------------------------------------------------


def _fitted(parts: list[SheetPart], lines: int) -> list[SheetPart]:
    """Leave out items, one at a time from the block with most lines, until all fits.

    What is told in passing is shortened first; a list keeps three items as long as it can.
    """
    for is_run, kept in ((True, 2), (False, 3), (True, 1), (False, 1)):
        while sum(part.lines for part in parts) > lines:
            found = _longest(parts, is_run=is_run, kept=kept)
            if found is None:
                break
            place, number = found
            blocks = list(parts[place].blocks)
            block = blocks[number]
            blocks[number] = replace(block, items=block.items[:-1], more=block.more + 1)
            parts[place] = replace(parts[place], blocks=tuple(blocks))
    return parts


def _longest(parts: Sequence[SheetPart], *, is_run: bool, kept: int) -> tuple[int, int] | None:
    """Return where the block with most lines stands that may lose an item."""
    found = [
        (block.lines, place, number)
        for place, part in enumerate(parts)
        for number, block in enumerate(part.blocks)
        if block.is_run == is_run and (block.lines if is_run else len(block.items)) > kept
        if len(block.items) > 1
    ]
    return max(found)[1:] if found else None


def _lines(text: str) -> int:
    return max(1, ceil(_width(text) / LINE))


def _width(text: str) -> float:
    """The width of a text, in narrow letters."""
    return sum(_letter_width(letter) * number for letter, number in Counter(text).items())


@lru_cache(maxsize=1024)
def _letter_width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 2.1
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    if letter in "MW@%—…":
        return 1.9
    if letter in "mw":
        return 1.6
    return 1.35 if letter.isupper() else 1


def _shortened(text: str, longest: float) -> str:
    """Cut a text by its width."""
    width = _width(text)
    if width <= longest:
        return text
    return cut(text, max(2, int(len(text) * longest / width)))
