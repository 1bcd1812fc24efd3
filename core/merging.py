"""Merge by field what two people typed into the same form.

A form over something stored carries the texts that its page began with, hidden, as ``began``. When
it comes back, every field has three texts: begun with, stored now, and typed. A field that only one
side changed is taken from that side; a field that both changed differently is a conflict, and the
person is asked about that field alone. Nothing is written while there is a conflict.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from core.text import date_words
from core.text_input import clean_text

if TYPE_CHECKING:
    _Form = forms.BaseForm
else:
    _Form = object

#: How a choice names a row: by its uid, or by its number.
_OF_A_ROW = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}|\d+", re.IGNORECASE)
#: What the browser sends for a field: one text, or the texts of the boxes that are ticked.
Text = str | list[str]


@dataclass(frozen=True)
class FieldConflict:
    """A field that two people changed differently, in words and as the browser would send it.

    ``key`` is the field's name in the page, with the form's prefix.
    """

    name: str
    key: str
    label: str
    mine: str
    theirs: str
    typed: Text
    stored: Text

    @property
    def typed_texts(self) -> list[str]:
        """What was typed, as hidden inputs carry it."""
        return self.typed if isinstance(self.typed, list) else [self.typed]

    @property
    def typed_json(self) -> str:
        """What was typed, as a list for the script."""
        return json.dumps(self.typed_texts)

    @property
    def stored_json(self) -> str:
        """What is stored, as a list for the script."""
        return json.dumps(self.stored if isinstance(self.stored, list) else [self.stored])


class MergingMixin(_Form):
    """A form that merges with what was saved after its page was made.

    Call ``start_merging`` at the end of ``__init__``. A bound form then holds the merged texts, and
    ``conflicts`` names the fields to ask about. The form must be made over the stored values as
    they are now: they are its initial values.
    """

    #: Fields that only make sense together; a change to one of them is a change to all.
    merged_together: ClassVar[tuple[tuple[str, ...], ...]] = ()
    #: Sets of boxes in which each box is an answer of its own.
    merged_by_box: ClassVar[tuple[str, ...]] = ()

    data: Any  # a QueryDict of our own once it is merged
    conflicts: list[FieldConflict]
    #: Names of the fields that were taken from what somebody else saved.
    taken: list[str]

    def start_merging(self, *, is_stored: bool = True, goes_on: bool = False) -> None:
        """Add the hidden field, and merge when the form came back.

        ``is_stored`` is False for a form that will make something new: there is nothing to merge
        with. ``goes_on`` accepts a text that continues the stored one (an answer to the browser
        was lost, and the person kept typing).
        """
        self.conflicts, self.taken = [], []
        stored = {name: self._initial_text(name) for name in self._merged_names()}
        self.fields["began"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=json.dumps(stored)
        )
        if self.is_bound and is_stored:
            self._merge(stored, goes_on=goes_on)

    @property
    def began_now(self) -> str:
        """The JSON that the hidden field must hold when this form is shown (again)."""
        return str(self["began"].value())

    @property
    def taken_texts(self) -> dict[str, Text]:
        """The texts that were taken from what somebody else saved, for the script."""
        return {name: self._typed_text(name) for name in self.taken}

    @property
    def both_texts(self) -> dict[str, list[str]]:
        """What both sides say of each field in conflict, for the log: {field: [saved, typed]}."""
        return {one.name: [one.theirs, one.mine] for one in self.conflicts}

    def words_of(self, name: str, text: Text) -> str:
        """Return a field's text as a person reads it: the words of what is chosen."""
        field = self.fields[name]
        choices: Any = getattr(field, "choices", None)
        if choices is None and isinstance(field, forms.DateField) and isinstance(text, str):
            day = parse_date(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
            return date_words(day, with_year=True) if day else text
        if choices is None:
            return _("Yes") if text == ["on"] else str(text or "")
        words = {str(code): str(label) for code, label in _flat(choices)}
        return ", ".join(words.get(one) or _gone(one) for one in as_list(text) if one)

    # --- the three texts --------------------------------------------------------------------

    def _merged_names(self) -> list[str]:
        return [name for name, field in self.fields.items() if not field.widget.is_hidden]

    def _initial_text(self, name: str) -> Text:
        bound: Any = self[name]
        return written(bound.field.prepare_value(bound.initial), bound.field)

    def _typed_text(self, name: str) -> Text:
        bound: Any = self[name]
        return _plain(written(bound.value(), bound.field), bound.field)

    def _began_texts(self) -> Mapping[str, Text]:
        try:
            found = json.loads(self.data.get(self.add_prefix("began")) or "{}")
        except (ValueError, RecursionError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {
            name: value
            for name, value in found.items()
            if isinstance(value, str)
            or (isinstance(value, list) and all(isinstance(one, str) for one in value))
        }

    # --- merging ----------------------------------------------------------------------------

    def _merge(self, stored: Mapping[str, Text], *, goes_on: bool) -> None:
        began = self._began_texts()
        if not began and self._names_stored_revision():
            began = stored
        self.data = changeable(self.data)
        self._take_what_was_chosen(stored)
        for unit in self._units(stored):
            typed = {name: self._typed_text(name) for name in unit}
            theirs = [name for name in unit if not same(stored[name], began.get(name))]
            mine = [name for name in unit if not same(typed[name], began.get(name))]
            apart = [name for name in unit if not same(typed[name], stored[name])]
            if not theirs or not apart:
                continue
            if len(unit) == 1 and unit[0] in self.merged_by_box:
                self._merge_boxes(unit[0], began, stored)
            elif not mine:
                self._take(apart, stored)
            elif not (goes_on and all(_continues(typed[name], stored[name]) for name in apart)):
                self.conflicts += [
                    self._conflict(name, typed[name], stored[name]) for name in apart
                ]
        self.data[self.add_prefix("began")] = json.dumps(stored)

    def _units(self, names: Iterable[str]) -> Iterator[Sequence[str]]:
        left = list(names)
        for group in self.merged_together:
            unit = [name for name in group if name in left]
            left = [name for name in left if name not in unit]
            if unit:
                yield unit
        yield from ([name] for name in left)

    def _names_stored_revision(self) -> bool:
        """Whether a page that did not send ``began`` has read the newest revision."""
        field = self.fields.get("revision")
        if field is None:
            return False
        read = self.data.get(self.add_prefix("revision"))
        return str(read) == str(self["revision"].initial)

    def _take_what_was_chosen(self, stored: Mapping[str, Text]) -> None:
        """Without script: a field is theirs when the person chose so and left their own text alone."""
        for name, text in stored.items():
            key = self.add_prefix(name)
            if self.data.get(f"take-{key}") != "theirs":
                continue
            asked = self.data.getlist(f"mine-{key}")
            if same(self._typed_text(name), asked if isinstance(text, list) else "".join(asked)):
                self._put(name, text)

    def _take(self, names: Iterable[str], stored: Mapping[str, Text]) -> None:
        for name in names:
            self._put(name, stored[name])
            self.taken.append(name)

    def _merge_boxes(
        self, name: str, began: Mapping[str, Text], stored: Mapping[str, Text]
    ) -> None:
        """Take each box from the side that changed it."""
        before, theirs = set(as_list(began.get(name))), as_list(stored[name])
        mine = as_list(self._typed_text(name))
        both = dict.fromkeys([*theirs, *mine])
        merged = [
            box for box in both if box in (mine if (box in mine) != (box in before) else theirs)
        ]
        self._put(name, merged)
        self.taken.append(name)

    def _put(self, name: str, text: Text) -> None:
        key = self.add_prefix(name)
        self.data.setlist(key, as_list(text) if isinstance(text, list) else [text])
        if text == []:
            del self.data[key]

    def _conflict(self, name: str, typed: Text, stored: Text) -> FieldConflict:
        label = str(self.fields[name].label or "")
        mine, theirs = self.words_of(name, typed), self.words_of(name, stored)
        key = self.add_prefix(name)
        return FieldConflict(name, key, label, mine, theirs, typed, stored)


def _gone(code: str) -> str:
    """Return words for what can no longer be chosen: nobody reads a uid or the number of a row."""
    return _("removed meanwhile") if _OF_A_ROW.fullmatch(code) else code


def until_alone(save: Callable[[], HttpResponse], *, tries: int = 20) -> HttpResponse:
    """Call ``save`` until nobody else saves between its reading and its writing.

    ``save`` reads, merges and writes; it raises Conflict when the revision that it read is gone.
    """
    for _again in range(tries - 1):
        try:
            return save()
        except Conflict:
            continue
    return save()


def written(value: Any, field: forms.Field) -> Text:
    """Return a field's value as the browser would send it."""
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return as_list(value)
    if isinstance(field, forms.BooleanField):
        return ["on"] if value else []
    prepared = field.widget.format_value(value) if not isinstance(value, str) else value
    if isinstance(prepared, list):
        prepared = prepared[0] if prepared else ""
    return "" if prepared is None else clean_text(str(prepared))


def same(one: Text | None, other: Text | None) -> bool:
    """Whether two texts of a field say the same; boxes have no order."""
    if isinstance(one, list) and isinstance(other, list):
        return set(one) == set(other)
    return one == other


def as_list(value: Any) -> list[str]:
    """Return the texts of ticked boxes, or a single text, as a list; nothing gives an empty one."""
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return [] if value in (None, "", False) else [str(value)]


def _plain(text: Text, field: forms.Field) -> Text:
    """Return what was typed as it would be stored: “24.11.2026” is “2026-11-24”."""
    if isinstance(text, list) or isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return text
    try:
        return written(field.prepare_value(field.to_python(text)), field)
    except ValidationError:
        return text


def _continues(typed: Text, stored: Text) -> bool:
    if isinstance(typed, str) and isinstance(stored, str):
        return typed.startswith(stored.strip())
    return set(as_list(stored)) <= set(as_list(typed))


def changeable(data: Any) -> QueryDict:
    """Return a copy of what a form was sent, in which texts may be put."""
    made = QueryDict(mutable=True)
    items = data.lists() if hasattr(data, "lists") else data.items()
    for name, value in items:
        made.setlist(name, list(value) if isinstance(value, list | tuple) else [value])
    return made


def _flat(choices: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    for code, words in choices:
        if isinstance(words, list | tuple):
            yield from words
        else:
            yield code, words
