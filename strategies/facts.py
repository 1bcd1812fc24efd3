"""The display text of every answer, the same from rows and from a snapshot.

Nothing here asks the database: labels and choices come from the models' own declaration, names
of people and titles of rows from the answers. Diff, document and summary read this.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext_lazy, pgettext
from django.utils.translation import gettext_lazy as _

from core.fields import CodesField, TimesField
from core.rows import Row
from core.text import LIST_SEPARATOR, after_first_line, cut, date_words, first_line, number_text
from core.text_input import clean_line, clean_text
from networks.enums import PostFormat
from strategies.answers import (
    Answer,
    Answers,
    ChannelAnswer,
    KpiAnswer,
    Person,
    PostKindAnswer,
    StepNote,
)
from strategies.metrics import OWN_METRIC
from strategies.models import ChannelRow, StepAnswer
from strategies.paste import without_bullet
from strategies.questionnaire import KINDS, RowKind, Step

ORDER = "order"  # the field of a fact that tells the order of a kind's rows
NOTE = "step"  # the kind of a fact that tells of the question as a whole

# Kinds whose order means something, and what the order is called.
ORDER_LABELS: dict[str, "str | Promise"] = {
    "goal": _("Order of goals"),
    "audience": _("Order of audiences"),
    "message": _("Order of key messages"),
    "objective": _("Order of objectives"),
}

# The field that a row is called by, for kinds that people call by something of their own.
TITLE_FIELDS = {
    "goal": "title",
    "audience": "name",
    "message": "text",
    "duty": "title",
    "pillar": "name",
    "habit": "text",
    "objective": "statement",
    "initiative": "title",
    "listening": "term",
    "activity": "name",
}

# Kinds whose title may have several lines: the first one is the name, the rest stands beneath it.
TITLES_OF_LINES = frozenset({"objective"})

# Fields that are answered one thing a line: several lines are read as a list.
ASKED_BY_LINE = frozenset(
    {("voice", "dos"), ("voice", "donts"), ("duty", "tasks"), ("initiative", "actions")}
)

PERCENT_FIELDS = {
    ("content-plan", "promotional"),
    ("content-plan", "informative"),
    ("content-plan", "engagement"),
    ("follower-aim", "engagement_rate"),
}

# What a field asks, where its label says too little without those around it on the form.
STANDING_ALONE: dict[tuple[str, str], "str | Promise"] = {
    ("message", "audiences"): _("for whom is it?"),
    ("ownership", "can_post_external"): _("how many of those who can post are from outside?"),
    ("watch", "days"): _("on which days is it watched?"),
    ("post-kind", "highest"): _("how many posts?"),
    ("initiative", "due_on"): _("by when is it done?"),
    ("kpi", "read_every"): _("how often is it read?"),
    ("activity", "starts_on"): _("when does it begin?"),
}

# Several rows of a kind, counted; a row that says something of a channel is called by the channel.
_CHANNELS = ngettext_lazy("%(number)d channel", "%(number)d channels", "number")
COUNTED: dict[str, Promise] = {
    "goal": ngettext_lazy("%(number)d marketing goal", "%(number)d marketing goals", "number"),
    "standing": _CHANNELS,
    "audience": ngettext_lazy("%(number)d audience", "%(number)d audiences", "number"),
    "message": ngettext_lazy("%(number)d key message", "%(number)d key messages", "number"),
    "channel": _CHANNELS,
    "watch": _CHANNELS,
    "duty": ngettext_lazy("%(number)d part", "%(number)d parts", "number"),
    "post-kind": ngettext_lazy("%(number)d kind of post", "%(number)d kinds of post", "number"),
    "pillar": ngettext_lazy("%(number)d theme", "%(number)d themes", "number"),
    "habit": ngettext_lazy("%(number)d habit", "%(number)d habits", "number"),
    "objective": ngettext_lazy("%(number)d objective", "%(number)d objectives", "number"),
    "initiative": ngettext_lazy("%(number)d initiative", "%(number)d initiatives", "number"),
    "kpi": ngettext_lazy("%(number)d figure", "%(number)d figures", "number"),
    "listening": ngettext_lazy("%(number)d word", "%(number)d words", "number"),
    "activity": ngettext_lazy("%(number)d campaign", "%(number)d campaigns", "number"),
}

# Labels of the form that say something only beside the field above them, or beside other fields,
# and what the answer is called where it stands alone. All other labels do for both.
LABELS_ALONE: dict[tuple[str, str], "str | Promise"] = {
    ("period", "starts_on"): _("first day"),
    ("period", "ends_on"): _("last day"),
    ("standing", "reason"): _("why it is kept or closed"),
    ("channel", "other_network"): _("name of the network"),
    ("ownership", "can_post_external"): _("people from outside who can post"),
    ("ownership", "policy_reason"): _("why a policy is needed, or where it stands"),
    ("watch", "starts_at"): _("watched from"),
    ("watch", "ends_at"): _("watched until"),
    ("watch", "takes_over"): _("who takes over outside the hours?"),
    ("duty", "holder_name"): _("name or team"),
    ("post-kind", "lowest"): _("lowest number of posts"),
    ("post-kind", "highest"): _("highest number of posts"),
    ("post-kind", "period"): _("posts are counted over"),
    ("post-kind", "note"): _("what is posted there?"),
    ("pillar", "category"): _("mostly for"),
    ("habit", "kind"): _("kind of habit"),
    ("objective", "kind"): _("kind of objective"),
    ("objective", "other_kind"): _("other kind of objective"),
    ("initiative", "owner"): _("owner"),
    ("initiative", "owner_name"): _("name or team"),
    ("initiative", "due_on"): _("to be done by"),
    ("kpi", "metric"): _("figure"),
    ("kpi", "name"): _("own name"),
    ("kpi", "is_sign"): _("a sign, without a number"),
    ("kpi", "source"): _("where is it read?"),
    ("kpi", "read_every"): _("how often is it read?"),
    ("listening", "kind"): _("kind of word"),
    ("activity", "kind"): _("kind of activity"),
    ("activity", "other_kind"): _("other kind of activity"),
    ("activity", "starts_on"): _("first day"),
    ("activity", "ends_on"): _("last day"),
    ("activity", "owner"): _("owner"),
}

#: Characters of a title that is quoted by another row.
LONGEST_REFERENCE = 120

#: Characters of a text that can still be read in a narrow column beside its label.
LONGEST_BESIDE = 300


@dataclass(frozen=True)
class Fact:
    """One answered field, as people read it. ``row_title`` is empty where the text is its own title.

    ``items`` are what ``text`` lists, where it is a list.
    """

    kind: str
    row_uid: str
    row_title: str
    field: str
    label: str
    text: str
    items: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """What the text lists, one thing a line; nothing where it is a text, or a single line."""
        if (self.kind, self.field) not in ASKED_BY_LINE or "\n" not in self.text.strip():
            return ()
        return tuple(without_bullet(line.strip()) for line in self.text.split("\n") if line.strip())

    @property
    def is_long(self) -> bool:
        """Whether it needs the full width, below its label."""
        return is_long(self.text)


def is_long(text: str) -> bool:
    """Whether a text is too long for a narrow column: several lines, or very many words."""
    return len(text) > LONGEST_BESIDE or "\n" in text.strip()


def facts(answers: Answers, step: Step) -> list[Fact]:
    """Return every answered field of a question in reading order."""
    titles = row_titles(answers)
    found = list(note_facts(answers, step))
    for kind in step.kinds:
        rows = answers.of_kind(kind.code)
        if kind.code in ORDER_LABELS and len(rows) > 1:
            found.append(_order_fact(answers, kind))
        for row in rows:
            found += row_facts(kind, row, row_title(answers, kind.code, row), titles)
    return found


def row_facts(kind: RowKind, row: Answer, title: str, titles: Mapping[str, str]) -> list[Fact]:
    """Return the answered fields of one row; ``titles`` are the titles of rows by uid."""
    found = []
    displays = _displays(kind.model, kind.code, kind.fields, get_language() or "")
    for field, label, display in displays:
        value = getattr(row, field)
        items: tuple[str, ...] = ()
        if is_value(value):
            shown = display(value, titles)
            items = shown if isinstance(shown, tuple) else ()
            text = _listed(shown) if isinstance(shown, tuple) else clean_text(shown)
        elif field in row.not_known:
            text = gettext("Not known yet")
        else:
            continue
        found.append(Fact(kind.code, row.uid, title, field, label, text, items))
    return found


def referred_titles(
    kind: RowKind, row: Answer, titles: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return those of ``titles`` that the facts of ``row`` quote, each with its uid."""
    referred: list[str] = []
    for field in _references(kind.model, kind.fields):
        value = getattr(row, field)
        if isinstance(value, str):
            referred.append(value)
        elif isinstance(value, tuple):
            referred += value
    return tuple((uid, titles[uid]) for uid in referred if uid in titles)


@cache
def _references(model: type[Row], names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of ``names`` that hold the uids of other rows, or a person."""
    return tuple(
        name
        for name in names
        if isinstance(model._meta.get_field(name), models.ForeignKey | models.ManyToManyField)
    )


def _listed(items: Sequence[str]) -> str:
    """One after the other; by semicolons where one of them holds a comma."""
    between = "; " if any(LIST_SEPARATOR in item for item in items) else LIST_SEPARATOR
    return between.join(items)


def labelled(label: str, text: str) -> str:
    """Set a text behind its label; a question loses its mark."""
    return gettext("%(label)s: %(text)s") % {"label": label.rstrip("?"), "text": text}


def says_nothing(answer: Answer) -> frozenset[str]:
    """Return the fields that hold only what every such row begins with, and mean nothing in it."""
    if not isinstance(answer, KpiAnswer):
        return frozenset()
    own = {"metric"} if answer.name and answer.metric == OWN_METRIC else set()
    return frozenset(own | {"direction"} if answer.is_sign else own)


def row_titles(answers: Answers) -> dict[str, str]:
    """Return the title of every row by its uid."""
    return {
        row.uid: row_title(answers, code, row) for code in KINDS for row in answers.of_kind(code)
    }


def row_title(answers: Answers, kind_code: str, answer: Answer) -> str:
    """Return what a row is called: its own words, its channel, or the heading of a single one."""
    if isinstance(answer, ChannelAnswer):
        return answer.name
    if isinstance(answer, KpiAnswer):
        return answer.label
    if kind_code in TITLE_FIELDS:
        named = first_line if kind_code in TITLES_OF_LINES else clean_line
        title = named(str(getattr(answer, TITLE_FIELDS[kind_code])))
        return title or capfirst(str(KINDS[kind_code].one))
    kind = KINDS[kind_code]
    if not issubclass(kind.model, ChannelRow):
        return str(kind.heading)
    channel = answers.channel(answer.channel)  # type: ignore[attr-defined]  # every such struct has it
    name = channel.name if channel else gettext("A channel that was removed")
    if not isinstance(answer, PostKindAnswer) or not _has_siblings(answers, answer):
        return name
    words = {"channel": name, "kind": post_kind_name(answers, answer)}
    return gettext("%(channel)s, %(kind)s") % words


def _has_siblings(answers: Answers, kind: PostKindAnswer) -> bool:
    """Whether the channel has other kinds of post."""
    return any(one.channel == kind.channel and one is not kind for one in answers.post_kinds)


def post_kind_name(answers: Answers, kind: PostKindAnswer) -> str:
    """Return what a kind of post is called on its channel: its format, and its theme."""
    post_format = str(PostFormat(kind.format).label)
    pillar = next((one for one in answers.pillars if one.uid == kind.pillar), None)
    if pillar is None:
        return post_format
    return gettext("%(format)s, “%(theme)s”") % {"format": post_format, "theme": short(pillar.name)}


def beneath_title(kind_code: str, answer: Answer) -> str:
    """Return the lines of a row's own words that its title leaves out."""
    if kind_code not in TITLES_OF_LINES:
        return ""
    return after_first_line(str(getattr(answer, TITLE_FIELDS[kind_code])))


def short(title: str) -> str:
    """Return what a row is called where another row refers to it: its first line, cut at need."""
    return cut(first_line(title), LONGEST_REFERENCE)


def asked(kind: RowKind, field: str) -> str:
    """Return what a field asks, in words that stand alone."""
    if words := STANDING_ALONE.get((kind.code, field)):
        return str(words)
    return str(kind.model._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


def label_alone(kind: RowKind, field: str) -> "str | Promise":
    """Return what an answer is called away from its form."""
    own: str | Promise = kind.model._meta.get_field(field).verbose_name  # type: ignore[union-attr]
    return LABELS_ALONE.get((kind.code, field), own)


def counted(kind: RowKind, number: int) -> str:
    """Return so many rows of a kind in words: “35 figures”."""
    return str(COUNTED[kind.code] % {"number": number})


def is_value(value: object) -> bool:
    """Whether a field holds an answer: a nought is one, an unticked box is none."""
    if isinstance(value, bool):
        return value
    return value is not None and value not in ("", ())


def is_said(answer: Answer, field: str) -> bool:
    """Whether a field was answered, or answered with *not known yet*."""
    return is_value(getattr(answer, field)) or field in answer.not_known


def percent_text(value: "int | Decimal") -> str:
    """Write a percentage; the number is not parted from its sign."""
    return pgettext("percentage", "%(number)s\u00a0%%") % {"number": number_text(value)}


def date_text(value: date) -> str:
    """Write a date with its year, so that it says the same on every day."""
    return date_words(value, with_year=True)


def time_text(value: time) -> str:
    """Write a time of day."""
    return time_format(value, "H:i")


def _order_fact(answers: Answers, kind: RowKind) -> Fact:
    rows = answers.of_kind(kind.code)
    text = ", ".join(
        f"{place}. {row_title(answers, kind.code, row)}" for place, row in enumerate(rows, start=1)
    )
    return Fact(kind.code, "", "", ORDER, str(ORDER_LABELS[kind.code]), text)


def note_facts(answers: Answers, step: Step) -> Iterator[Fact]:
    """Yield what was said of the question as a whole."""
    for note in answers.steps:
        if note.step == step.code and note.is_not_known:
            yield from _facts_of_note(note)


def _facts_of_note(note: StepNote) -> Iterator[Fact]:
    title = gettext("The question as a whole")
    yield Fact(
        NOTE, note.uid, title, "is_not_known", gettext("The question"), gettext("Not known yet")
    )
    displays = _displays(StepAnswer, NOTE, ("find_out", "finder"), get_language() or "")
    for field, label, display in displays:
        value = getattr(note, field)
        if is_value(value):
            yield Fact(NOTE, note.uid, title, field, label, str(display(value, {})))


Display = Callable[[Any, Mapping[str, str]], str | tuple[str, ...]]


@cache
def _displays(
    model: type[Row], kind: str, names: tuple[str, ...], language: str
) -> tuple[tuple[str, str, Display], ...]:
    """Return field, label and the function that writes its value, for each of ``names``.

    ``language`` is the active one: labels are looked up once for it, not once for every row.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    return tuple(
        (
            field.name,
            capfirst(str(LABELS_ALONE.get((kind, field.name), field.verbose_name))),
            _display(kind, field),
        )
        for field in fields
    )


def _display(kind: str, field: Any) -> Display:
    """Choose how values of a model's field are written, in the active language."""
    if isinstance(field, CodesField):
        labels = _labels(field)
        return lambda codes, titles: tuple(labels.get(code, code) for code in codes)
    if isinstance(field, TimesField):
        return lambda times, titles: tuple(map(time_text, times))
    if isinstance(field, models.ManyToManyField):
        return lambda uids, titles: tuple(short(titles[uid]) for uid in uids if uid in titles)
    if isinstance(field, models.ForeignKey):
        return lambda value, titles: (
            value.name if isinstance(value, Person) else short(titles.get(value, ""))
        )
    if field.choices:
        choices = _labels(field)
        return lambda code, titles: choices.get(code, str(code))
    if (kind, field.name) in PERCENT_FIELDS:
        return lambda value, titles: percent_text(value)
    return lambda value, titles: _plain_text(value)


def _labels(field: Any) -> dict[Any, str]:
    return {code: str(label) for code, label in field.flatchoices}


def _plain_text(value: object) -> str:
    if isinstance(value, bool):
        return gettext("Yes")
    if isinstance(value, int | Decimal):
        return number_text(value)
    if isinstance(value, time):
        return time_text(value)
    if isinstance(value, date):
        return date_text(value)
    return str(value)
