"""What a question, a kind of row and a field are: the shape of ``questionnaire.py``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db import models
from django.utils.functional import Promise
from django.utils.text import format_lazy

from core.rows import Row
from networks.models import Channel
from strategies.domain.answer_types import Answer, is_value
from strategies.domain.row_texts import Written
from strategies.models import ChannelRow
from workspaces.models import Membership


@dataclass(frozen=True)
class FieldDescription:
    """What is known about a field beside its model's declaration.

    ``label`` is what the answer is called away from its form, where the label of the form says
    something only beside other fields; ``asked`` is what the field asks, in words that stand alone.
    ``is_by_line``: answered one thing a line, so that several lines are read as a list.
    ``is_percent``: a number of percent. ``is_sentence``: a sentence, though typed into one line.
    ``is_its_own``: each row says something else, so that what others say is not suggested.
    ``answered_by``: another field that answers it as well, so that it is neither open nor to be
    found out while that one says something.
    """

    label: "str | Promise" = ""
    asked: "str | Promise" = ""
    is_by_line: bool = False
    is_percent: bool = False
    is_sentence: bool = False
    is_its_own: bool = False
    answered_by: str = ""


@dataclass(frozen=True)
class FieldsTogether:
    """Fields of a row that are read as one answer, and the function that writes it from the row.

    ``unknown`` is what is said of a field that is not known yet.
    """

    fields: tuple[str, ...]
    label: "str | Promise"
    written: Callable[[Any], str]
    unknown: Mapping[str, "str | Promise"] = field(default_factory=dict)


@dataclass(frozen=True)
class ComparedTogether:
    """Fields of a row that are compared as one text when two versions are read side by side."""

    fields: tuple[str, ...] = ()
    label: "str | Promise" = ""


@dataclass(frozen=True)
class AskedWhen:
    """Fields that are asked only while ``field`` has one of ``values`` (an empty box has ``""``)."""

    asked: tuple[str, ...]
    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class FirstPass:
    """A kind's screen of the first pass: what it ``asks``, and why in a sentence or two.

    ``rows``: so many rows the estimate of the minutes counts with. ``example``: of a good answer and
    why it is one, where that of the question tells of another kind.
    """

    asks: "str | Promise"
    because: "str | Promise"
    rows: int = 1
    example: tuple["str | Promise", ...] = ()


# What structs have and no row form asks.
STRUCT_ONLY = ("uid", "not_known", "step", "is_not_known")
#: Characters of a text that is short enough to be said again.
SHORT = 300
NOTHING_BESIDE = FieldDescription()


@dataclass(frozen=True, eq=False)  # there is one of each
class RowKind:
    """One kind of row in a question. What it leaves out although it is needed stops the start.

    ``first`` are the fields of the first pass, ``more`` stand under *add more*, and
    ``more_words`` says in short what these are. ``single``: there is exactly one such row.
    ``first_pass``: its screen, where the kind belongs to the first pass.
    ``knowable``: fields that *not known yet* answers. ``paste``: the field that a pasted line
    becomes; empty where pasting makes no sense. Of a channel the line is read first, for its network,
    handle and address. ``paste_shared``: fields said once for all lines that are pasted together.
    ``paste_day``: the day that the last cell of a pasted row may name. ``hint``: help for who answers,
    beneath the heading.

    ``answer`` is the struct that holds a row (``answer_types.py``). ``title`` is the field or
    property of it that a row is called by; a row about a channel is called by the channel, a single
    one by the heading. ``title_has_lines``: the title's first line is the name, the rest stands
    beneath it. ``said_by_title``: further fields that the title says already. ``counted``: so many
    rows in words. ``order``: what the order of the rows is called, where it means something; other
    kinds have no place, no arrows and no address to move a row. Ranked, most important first: goals
    (what the others serve), audiences (each is chosen for before the next), key messages (what is
    said first) and objectives (what is given up last). Not ranked: what is looked up by its
    channel (channels today, watch hours, kinds of post), by its day (initiatives, campaigns), or
    by its name (channels, parts, themes, habits, figures, words).
    ``once_a_channel``: a channel has at most one such row. ``described``: what is known about single
    fields. ``asked_when``: what is asked only with some answers; a field that says something stays in
    sight all the same. ``card`` writes the beginning of a row's card; ``read_together`` and
    ``compared_together`` are fields that make one text.
    """

    code: str
    model: type[Row]
    answer: type[Answer]
    one: "str | Promise"
    heading: "str | Promise"
    first: tuple[str, ...]
    more: tuple[str, ...] = ()
    more_words: "str | Promise" = ""
    single: bool = False
    first_pass: FirstPass | None = None
    knowable: tuple[str, ...] = ()
    paste: str = ""
    paste_shared: tuple[str, ...] = ()
    paste_day: str = ""
    add: "str | Promise" = ""
    empty: "str | Promise" = ""
    hint: "str | Promise" = ""
    title: str = ""
    title_has_lines: bool = False
    said_by_title: tuple[str, ...] = ()
    counted: Promise | None = None
    order: "str | Promise" = ""
    once_a_channel: bool = False
    described: Mapping[str, FieldDescription] = field(default_factory=dict)
    asked_when: tuple[AskedWhen, ...] = ()
    card: Callable[[Any], Written] | None = None
    read_together: tuple[FieldsTogether, ...] = ()
    compared_together: ComparedTogether = ComparedTogether()

    def __post_init__(self) -> None:
        if wrong := self._what_is_wrong():
            raise ImproperlyConfigured(
                f"Row kind {self.code!r} (strategies/domain/questionnaire.py): {' '.join(wrong)}"
            )

    def _what_is_wrong(self) -> list[str]:
        wrong = []
        for name in self.fields:
            try:
                self.model._meta.get_field(name)
            except FieldDoesNotExist:
                wrong.append(f"{self.model.__name__} has no field {name!r}.")
            if name not in self.answer.__struct_fields__:
                wrong.append(f"{self.answer.__name__} has no field {name!r}.")
        wrong += [
            f"{self.answer.__name__} has the field {name!r}, which it does not ask."
            for name in self.answer.__struct_fields__
            if name not in (*self.fields, *STRUCT_ONLY)
        ]
        for attribute, names in (
            ("knowable", self.knowable),
            ("paste", filter(None, [self.paste])),
            ("paste_shared", self.paste_shared),
            ("paste_day", filter(None, [self.paste_day])),
            ("said_by_title", self.said_by_title),
            ("described", self.described),
            ("answered_by", filter(None, (one.answered_by for one in self.described.values()))),
            ("asked_when", (name for one in self.asked_when for name in (one.field, *one.asked))),
            ("read_together", (name for one in self.read_together for name in one.fields)),
            ("compared_together", self.compared_together.fields),
        ):
            wrong += [
                f"{attribute} names {name!r}, which is not one of its fields."
                for name in names
                if name not in self.fields
            ]
        if not self.single:
            wrong += [
                f"it has several rows, so it needs {attribute}=…: {why}."
                for attribute, why in (
                    ("counted", "so many rows in words, with ngettext_lazy"),
                    ("add", "the words of the button that adds a row"),
                    ("empty", "what is said where there is no row yet"),
                )
                if not getattr(self, attribute)
            ]
            if self.is_about_channel == bool(self.title):
                wrong.append(
                    "a row about a channel is called by the channel, so leave out title=."
                    if self.title
                    else "it has several rows, so it needs title=…: what a row is called by."
                )
        if self.title and not hasattr(self.answer, self.title):
            wrong.append(f"title is {self.title!r}, which {self.answer.__name__} does not have.")
        return wrong

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields, first pass first."""
        return self.first + self.more

    @property
    def is_shared(self) -> bool:
        """Whether its rows belong to the workspace and change for every strategy (channels)."""
        return self.model is Channel

    @property
    def is_about_channel(self) -> bool:
        """Whether each row says something of one channel."""
        return issubclass(self.model, ChannelRow)

    @property
    def title_field(self) -> str:
        """The field whose answer is the title; empty where it is put together."""
        return self.title if self.title in self.fields else ""

    @property
    def references(self) -> tuple[str, ...]:
        """The fields that refer to other rows or to a person."""
        return tuple(
            name
            for name in self.fields
            if isinstance(
                self.model._meta.get_field(name), models.ForeignKey | models.ManyToManyField
            )
        )

    @property
    def people(self) -> tuple[str, ...]:
        """The fields that name a member; the first is whose the row is."""
        return tuple(
            name
            for name in self.references
            if self.model._meta.get_field(name).related_model is Membership
        )

    def conditions(self, name: str) -> tuple[AskedWhen, ...]:
        """Return what must all be so that a field is asked."""
        return tuple(one for one in self.asked_when if name in one.asked)

    @property
    def suggested(self) -> tuple[str, ...]:
        """The short texts that rows like it often say alike: optional, of one line, no title."""
        titles = (self.title, self.paste, *self.said_by_title)
        return tuple(
            name
            for name in self.fields
            if self._is_short_text(name)
            and name not in titles
            and not self.describe(name).is_its_own
        )

    def _is_short_text(self, name: str) -> bool:
        column: Any = self.model._meta.get_field(name)
        if type(column) is models.URLField:
            return True
        is_line = type(column) is models.CharField and column.blank and not column.choices
        return is_line and column.max_length <= SHORT

    def describe(self, name: str) -> FieldDescription:
        """Return what is known about a field beside its model's declaration."""
        return self.described.get(name, NOTHING_BESIDE)

    def is_answered_beside(self, row: Answer, name: str) -> bool:
        """Whether the field that answers ``name`` as well says something."""
        other = self.describe(name).answered_by
        return bool(other) and is_value(getattr(row, other))

    def to_find_out(self, row: Answer) -> tuple[str, ...]:
        """Return the fields that are not known yet, and that no other field answers."""
        return tuple(name for name in row.not_known if not self.is_answered_beside(row, name))

    def asked(self, name: str) -> str:
        """Return what a field asks, in words that stand alone."""
        return str(self.describe(name).asked or self._verbose_name(name))

    def label(self, name: str) -> "str | Promise":
        """Return what an answer is called away from its form."""
        return self.describe(name).label or self._verbose_name(name)

    def _verbose_name(self, name: str) -> "str | Promise":
        words: str | Promise = self.model._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        return words

    def count(self, number: int) -> str:
        """Return so many rows in words: “35 figures”."""
        return str(self.counted % {"number": number}) if self.counted else ""


@dataclass(frozen=True, eq=False)
class Step:
    """One question, one page."""

    code: str
    number: int
    name: "str | Promise"
    question: "str | Promise"
    why: "str | Promise"
    example: "str | Promise"
    example_why: "str | Promise"
    kinds: tuple[RowKind, ...]
    tale: "str | Promise" = ""

    @property
    def label(self) -> "str | Promise":
        """Number and name; the card before the questions has no number."""
        return format_lazy("{}. {}", self.number, self.name) if self.number else self.name
