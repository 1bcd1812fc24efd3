"""A strategy to be read from beginning to end: every question with what was said, as prose and lists.

Left out is what nobody said: what every row begins with, such as a tolerance of 10 points. What is
not known yet of many rows is told once, below them.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.enums import ContentCategory
from core.fields import CodesField, TimesField
from core.text import LIST_SEPARATOR, first_line, isolated
from networks.enums import OperatorKind
from strategies.domain.answer_types import (
    Answer,
    AudienceAnswer,
    ChannelAnswer,
    InitiativeAnswer,
    KpiAnswer,
    PostKindAnswer,
)
from strategies.domain.answers import Answers
from strategies.domain.cadence import cadence_of, cadence_text
from strategies.domain.checks.state import is_own_word, is_row_touched
from strategies.domain.questionnaire import KINDS, STEPS
from strategies.domain.row_kind import RowKind, Step
from strategies.domain.row_texts import operator_names
from strategies.domain.titles import beneath_title, post_kind_name, row_titles
from strategies.enums import ListeningKind
from strategies.presentation.answer_display import (
    Fact,
    is_long,
    labelled,
    note_facts,
    row_facts,
    says_nothing,
)
from strategies.presentation.mix_picture import mix_parts
from strategies.presentation.prose import labelled_sentence, sentences_of
from strategies.presentation.summary import as_read

#: Texts that need no label: the heading above them says what they are.
PLAIN = {
    ("goal", "detail"),
    ("standing", "reason"),
    ("pillar", "description"),
    ("post-kind", "note"),
    ("activity", "support"),
}
LISTED_AT_LEAST = 3  # brief rows among longer ones
LONGEST_SHORT = 60  # characters; a longer one takes a line of its own
BRIEF = 130  # characters behind a title that still are a line of a list
NAMED_AT_MOST = 4  # rows of which something is not known yet

#: What is headed otherwise than where it is asked.
HEADINGS: dict[str, "str | Promise"] = {
    "goal": _("Marketing goals of the organisation"),
    "audience": _("Audiences, most important first"),
    "audience-notes": _("Their order, and who is left out"),
    "message": _("Key messages"),
    "voice": _("Voice"),
    "channel": _("Channels"),
    "habit": _("Every week"),
    "objective": _("Objectives"),
    "kpi": _("Figures and signs"),
    "pillar": _("Themes"),
}
CHAPTERS: dict[str, "str | Promise"] = {"begin": _("Where we start")}
LISTENING: dict[str, "str | Promise"] = {
    ListeningKind.OWN: _("Our own names"),
    ListeningKind.MISSPELLING: _("Ways they are misspelt"),
    ListeningKind.PRODUCT: _("Products and places"),
    ListeningKind.COMPETITOR: _("Competitors"),
    ListeningKind.TOPIC: _("Subjects"),
}


@dataclass(frozen=True)
class DocumentEntry:
    """One row: ``title`` is empty for a single one, which its heading names.

    ``text`` is what its own words say beneath their first line, ``plain`` are texts without a label,
    ``facts`` those that stand behind theirs; ``place`` is 0 where the order of the rows means
    nothing.
    """

    title: str
    text: str = ""
    sentences: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    place: int = 0

    @property
    def is_brief(self) -> bool:
        """Whether it is a line of a list: a title with a few words behind it, or without any."""
        if not self.title or self.text or self.plain or self.facts:
            return False
        return len(self.rest) <= BRIEF

    @property
    def rest(self) -> str:
        """The sentences one after the other."""
        return " ".join(self.sentences)

    @property
    def is_long(self) -> bool:
        """Whether it says so much that it may go on on the next printed page."""
        return any(map(is_long, (self.text, *self.plain, *(fact.text for fact in self.facts))))

    @property
    def numbered_title(self) -> str:
        """The title behind its place, where it has one."""
        return f"{self.place}. {self.title}" if self.place else self.title


@dataclass(frozen=True)
class DocumentGroup:
    """Rows that belong together, and in ``shared`` what all of them say; the heading may be empty."""

    heading: str
    entries: tuple[DocumentEntry, ...]
    shared: tuple[str, ...] = ()

    @property
    def runs(self) -> list[tuple[bool, list[DocumentEntry]]]:
        """The entries in their order; brief ones stand together as a list, unless they are few
        among longer ones.
        """
        runs = [
            (brief, list(run)) for brief, run in groupby(self.entries, lambda one: one.is_brief)
        ]
        if len(runs) == 1:
            return runs
        return [(brief and len(run) >= LISTED_AT_LEAST, run) for brief, run in runs]


@dataclass(frozen=True)
class DocumentPart:
    """The rows of one kind; ``unknown`` are sentences on what is not known yet of them."""

    kind: RowKind
    groups: tuple[DocumentGroup, ...]
    unknown: tuple[str, ...] = ()

    @property
    def heading(self) -> "str | Promise":
        """What the rows are."""
        return HEADINGS.get(self.kind.code, self.kind.heading)

    @property
    def entries(self) -> list[DocumentEntry]:
        """All of them."""
        return [entry for group in self.groups for entry in group.entries]


@dataclass(frozen=True)
class Chapter:
    """One question. ``notes`` are what was said of it as a whole."""

    step: Step
    parts: tuple[DocumentPart, ...]
    notes: tuple[Fact, ...]

    @property
    def heading(self) -> str:
        """The question behind its number; the card before the questions has none."""
        words = str(CHAPTERS.get(self.step.code, self.step.question))
        return f"{self.step.number}. {words}" if self.step.number else words

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said."""
        return not self.parts and not self.notes


def document_of(answers: Answers) -> list[Chapter]:
    """Return the chapters; rows and kinds of which nothing was said are left out."""
    titles = row_titles(answers)
    return [
        Chapter(
            step=step,
            parts=tuple(
                part for kind in step.kinds if (part := _part(answers, kind, titles)).groups
            ),
            notes=tuple(note_facts(answers, step)),
        )
        for step in STEPS
    ]


def _part(answers: Answers, kind: RowKind, titles: Mapping[str, str]) -> DocumentPart:
    rows = [row for row in answers.of_kind(kind.code) if is_row_touched(row, kind)]
    if not rows:
        return DocumentPart(kind, ())
    is_in_order = bool(kind.order) and len(rows) > 1
    told = {row.uid: _facts(answers, kind, row, titles) for row in rows}
    unknown = _taken_out(told) if not kind.single or _is_open_twice(told) else {}
    entries = [
        _entry(kind, row, told[row.uid], titles, place if is_in_order else 0)
        for place, row in enumerate(rows, start=1)
    ]
    groups = _grouped(answers, kind, rows, entries)
    return DocumentPart(
        kind,
        tuple(
            replace(group, entries=tuple(filter(_says_something, group.entries)))
            for group in groups
        ),
        (_all_unknown_text(unknown),)
        if kind.single and unknown
        else tuple(
            _unknown_text(kind, rows, label, titles, uids) for label, uids in unknown.items()
        ),
    )


def _says_something(entry: DocumentEntry) -> bool:
    """Whether anything is left of a row once what is not known yet was taken out."""
    return any((entry.title, entry.text, entry.sentences, entry.plain, entry.facts))


def _entry(
    kind: RowKind, row: Answer, told: Mapping[str, Fact], titles: Mapping[str, str], place: int
) -> DocumentEntry:
    sentences, said = sentences_of(kind.code, row, told)
    left = [fact for fact in told.values() if fact.field not in said]
    plain = tuple(fact.text for fact in left if (kind.code, fact.field) in PLAIN)
    left = [fact for fact in left if (kind.code, fact.field) not in PLAIN]
    return DocumentEntry(
        title="" if kind.single else titles[row.uid],
        text=beneath_title(kind.code, row),
        sentences=(*sentences, *(labelled_sentence(fact) for fact in left if _is_short(fact))),
        plain=plain,
        facts=tuple(fact for fact in left if not _is_short(fact)),
        place=place,
    )


# --- what there is to say ---------------------------------------------------------------------


def _facts(
    answers: Answers, kind: RowKind, row: Answer, titles: Mapping[str, str]
) -> dict[str, Fact]:
    """Return what somebody said in a row, by field, and its title does not say."""
    found = [
        fact
        for fact in row_facts(kind, row, titles[row.uid], titles)
        if fact.field not in kind.more or is_own_word(row, kind, fact.field)
    ]
    if kind.code != "content-plan":  # of its minutes only those that were changed are told
        found = as_read(kind, row, found)
    elsewhere = _told_elsewhere(answers, kind, row)
    told = {fact.field: fact for fact in found if fact.field not in elsewhere}
    if isinstance(row, AudienceAnswer) and "other" in row.networks:
        told |= _with_named_networks(answers, row, told.pop("networks"))
    return told


def _with_named_networks(answers: Answers, row: AudienceAnswer, fact: Fact) -> dict[str, Fact]:
    """Return the networks with the names of those that the catalogue does not have."""
    known = tuple(
        item for code, item in zip(row.networks, fact.items, strict=True) if code != "other"
    )
    others = dict.fromkeys(
        channel.other_network
        for channel in answers.channels
        if channel.network == "other" and channel.other_network
    )
    named: tuple[str, ...] = ()
    if not row.elsewhere:
        named = tuple(others) if 0 < len(others) <= 3 else (gettext("other networks"),)
    items = (*known, *named)
    return (
        {"networks": replace(fact, text=LIST_SEPARATOR.join(items), items=items)} if items else {}
    )


def _is_open_twice(told: Mapping[str, dict[str, Fact]]) -> bool:
    """Whether the only row there is leaves several things open."""
    not_known = gettext("Not known yet")
    return sum(fact.text == not_known for facts in told.values() for fact in facts.values()) > 1


def _all_unknown_text(labels: Iterable[str]) -> str:
    """Name in one sentence what is not known yet of a single row."""
    names = "; ".join(label[:1].lower() + label[1:].rstrip("?") for label in labels)
    return labelled(gettext("Not known yet"), names) + "."


def _taken_out(told: Mapping[str, dict[str, Fact]]) -> dict[str, list[str]]:
    """Take out what is not known yet; return by label of which rows that is so."""
    not_known = gettext("Not known yet")
    found: dict[str, list[str]] = {}
    for uid, facts in told.items():
        for field in [field for field, fact in facts.items() if fact.text == not_known]:
            found.setdefault(facts.pop(field).label, []).append(uid)
    return found


def _unknown_text(
    kind: RowKind, rows: Sequence[Answer], label: str, titles: Mapping[str, str], uids: list[str]
) -> str:
    if len(uids) == len(rows) > 1:
        text = gettext("not known yet for all %(rows)s") % {"rows": kind.count(len(rows))}
    elif len(rows) == 1:
        text = gettext("not known yet")
    else:
        names = "; ".join(isolated(titles[uid]) for uid in uids[:NAMED_AT_MOST])
        if len(uids) > NAMED_AT_MOST:
            more = len(uids) - NAMED_AT_MOST
            names = gettext("%(names)s and %(number)d more") % {"names": names, "number": more}
        text = gettext("not known yet for %(names)s") % {"names": names}
    return labelled(label, text) + "."


# --- groups -----------------------------------------------------------------------------------


def _grouped(
    answers: Answers, kind: RowKind, rows: Sequence[Answer], entries: Sequence[DocumentEntry]
) -> Iterable[DocumentGroup]:
    """Return the rows of a kind as they belong together."""
    if kind.code in {"kpi", "initiative"}:
        objectives = [
            row.objective for row in rows if isinstance(row, KpiAnswer | InitiativeAnswer)
        ]
        return _by_objective(answers, objectives, entries)
    if kind.code == "post-kind":
        kinds = [row for row in rows if isinstance(row, PostKindAnswer)]
        return _by_channel(answers, kinds, entries)
    if kind.code == "listening":
        return _by_listening_kind(rows, entries)
    if kind.is_about_channel:
        return [DocumentGroup("", tuple(_said_once(entries)))]
    return [DocumentGroup("", tuple(entries))]


def _by_objective(
    answers: Answers, objectives: Sequence[str | None], entries: Sequence[DocumentEntry]
) -> Iterable[DocumentGroup]:
    """Yield the rows of each objective, those that are tied to none last.

    What all of them say, as signs that were pasted together, is said once.
    """
    found: dict[str | None, list[DocumentEntry]] = {row.uid: [] for row in answers.objectives}
    untied: list[DocumentEntry] = []
    for uid, entry in zip(objectives, entries, strict=True):
        found.get(uid, untied).append(entry)
    for objective in answers.objectives:
        if found[objective.uid]:
            yield _sharing(first_line(objective.statement), found[objective.uid])
    if untied:
        is_all = len(untied) == len(entries)
        yield _sharing("" if is_all else gettext("Tied to no objective"), untied)


def _by_channel(
    answers: Answers, kinds: Sequence[PostKindAnswer], entries: Sequence[DocumentEntry]
) -> Iterable[DocumentGroup]:
    """Yield the kinds of post of each channel; several stand below the channel and their sum."""
    found: dict[str, list[tuple[PostKindAnswer, DocumentEntry]]] = {}
    for kind, entry in zip(kinds, entries, strict=True):
        found.setdefault(kind.channel, []).append((kind, entry))
    for uid, pairs in found.items():
        if len(pairs) == 1:
            yield DocumentGroup("", (pairs[0][1],))
            continue
        named = (replace(entry, title=post_kind_name(answers, kind)) for kind, entry in pairs)
        channel = answers.channel(uid)
        posts = cadence_text(cadence_of(kind for kind, _entry in pairs))
        heading = channel.name if channel else ""
        yield DocumentGroup(labelled(heading, posts) if posts else heading, tuple(named))


def _by_listening_kind(
    rows: Sequence[Answer], entries: Sequence[DocumentEntry]
) -> Iterable[DocumentGroup]:
    """Yield the words of each kind."""
    found: dict[str, list[DocumentEntry]] = {code: [] for code in LISTENING}
    for row, entry in zip(rows, entries, strict=True):
        found[row.kind].append(entry)  # type: ignore[attr-defined]
    for code, words in found.items():
        if words:
            yield DocumentGroup(str(LISTENING[code]), tuple(words))


def _said_once(entries: Sequence[DocumentEntry]) -> Iterable[DocumentEntry]:
    """Yield the entries; channels of which the same is said are one."""
    found: dict[tuple[object, ...], list[DocumentEntry]] = {}
    for entry in entries:
        facts = tuple((one.field, one.text) for one in entry.facts)
        said = (entry.text, entry.sentences, entry.plain, facts)
        found.setdefault(said, []).append(entry)
    for alike in found.values():
        yield replace(alike[0], title="; ".join(entry.title for entry in alike))


def _sharing(heading: str, entries: Sequence[DocumentEntry]) -> DocumentGroup:
    """Return a group in which what every entry says is said once."""
    shared: Collection[str] = ()
    if len(entries) > 1:
        times = Counter(text for entry in entries for text in set(entry.sentences))
        shared = [text for text in entries[0].sentences if times[text] == len(entries)]
    return DocumentGroup(
        heading,
        tuple(
            replace(entry, sentences=tuple(one for one in entry.sentences if one not in shared))
            for entry in entries
        ),
        tuple(shared),
    )


def _told_elsewhere(answers: Answers, kind: RowKind, row: Answer) -> set[str]:
    """Return the fields that the title, the heading or the picture of the mix says."""
    if isinstance(row, KpiAnswer):
        # A sign is told by its words, and what it measures by the heading of its group.
        named = {"name", "objective", "is_sign"} | says_nothing(row)
        return named if row.name else named | {"metric"}
    if kind.code == "content-plan":
        return (
            {category.value for category in ContentCategory}
            if mix_parts(answers.content_plan)
            else set()
        )
    told = {kind.title_field, "channel", *kind.said_by_title}
    if kind.code in {"initiative", "listening", "habit"}:
        told |= {"objective", "kind"}
    if isinstance(row, PostKindAnswer) and _has_siblings(answers, row):
        told |= {"format", "pillar"}
    if isinstance(row, ChannelAnswer) and _is_nobody_named(row):
        told |= {"operator_kind"}
    return told


def _has_siblings(answers: Answers, kind: PostKindAnswer) -> bool:
    return sum(one.channel == kind.channel for one in answers.post_kinds) > 1


def _is_nobody_named(row: ChannelAnswer) -> bool:
    """Whether *a person, not named yet* is all that is said of who runs it."""
    return row.operator_kind == OperatorKind.PERSON and not operator_names(row)


def _is_short(fact: Fact) -> bool:
    """Whether it is a plain fact, and not a text that somebody wrote or a list of other rows.

    That is told by the field, so that a question stands alike in every row; only what was typed
    into one line is looked at for its length.
    """
    kind = KINDS[fact.kind]
    if kind.describe(fact.field).is_sentence:
        return False
    field = kind.model._meta.get_field(fact.field)
    if isinstance(field, models.TextField | models.ManyToManyField):
        return False
    is_typed = isinstance(field, models.CharField) and not isinstance(
        field, CodesField | TimesField
    )
    return not is_typed or len(fact.text) <= LONGEST_SHORT
