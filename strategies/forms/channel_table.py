"""The table of question 3: a line a channel, edited in place."""

import copy
import json
import uuid
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.fields import CodesField
from core.forms import PlannerForm
from core.merging import MergingMixin, Text, as_list, same
from core.rows import Row, RowQuerySet, is_blank
from core.text import isolated
from networks.enums import ChannelState
from networks.models import Channel
from strategies.domain.questionnaire import KINDS
from strategies.domain.row_kind import RowKind
from strategies.forms.fields import RowChoiceField
from strategies.forms.rows import initial_texts, offered_members, row_form
from strategies.models import Strategy
from strategies.services.channel_lines import ChannelValues
from strategies.services.rows import rows_of

#: What the table asks of each channel: the fields of these kinds, in the order of its columns.
COLUMNS: dict[str, tuple[str, ...]] = {
    "channel": ("owner",),
    "standing": ("followers", "posts_last_90_days", "verdict"),
    "watch": ("days", "starts_at", "ends_at", "complaint_hours", "question_hours"),
}
HEADINGS: dict[str, "str | Promise"] = {
    "channel": _("Owner"),
    "standing": _("Where it stands today"),
    "watch": _("Watched"),
}
#: What a field is called in its cell, where the column does not say it.
IN_CELL: dict[str, "str | Promise"] = {
    "followers": _("Followers"),
    "posts_last_90_days": _("Posts in 90 days"),
    "verdict": _("Keep it?"),
    "starts_at": _("From"),
    "ends_at": _("To"),
    "complaint_hours": _("Complaints within, hours"),
    "question_hours": _("Questions within, hours"),
}
CODE_OF = {name: code for code, names in COLUMNS.items() for name in names}
#: More lines are more fields than one form may send; then each channel has its cards, as before.
LINES_AT_MOST = 60


@dataclass(frozen=True)
class Cell:
    """One field of a line: ``label`` is what stands above it, empty where the column says it.

    ``asked`` is what the field asks, whatever the column says.
    """

    bound: forms.BoundField
    label: str
    asked: str
    is_not_known: bool = False


@dataclass(frozen=True)
class Column:
    """What one line says in one column."""

    code: str
    label: "str | Promise"
    cells: list[Cell]


@dataclass
class ChannelLine:
    """One channel: its ``rows`` by kind, None where there is none yet, and its fields by name."""

    channel: Channel
    rows: dict[str, Row | None]
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    posts: str = ""
    owner_has_left: bool = False

    @property
    def columns(self) -> list[Column]:
        """The cells by column; none in a column whose row stands open on the page."""
        return [Column(code, HEADINGS[code], self.cells.get(code, [])) for code in COLUMNS]

    @property
    def watch_uid(self) -> str:
        """The row with what else is asked of its watch; empty where there is none yet."""
        row = self.rows["watch"]
        return str(row.uid) if row else ""


@dataclass(frozen=True)
class LeftOver:
    """What was typed for a ``channel`` without a line by now: each field's label and its words."""

    channel: Channel
    said: list[tuple[str, str]]


class _FieldsLeft(MergingMixin, PlannerForm):
    """Fields of channels without a line by now, which can be read but not saved."""

    def text_of(self, key: str) -> Text:
        """What was typed, as it would be stored."""
        return self._typed_text(key)


class ChannelTableForm(MergingMixin, PlannerForm):
    """One form for all lines, which merges field by field as the form of a row does.

    ``beside`` is the row whose own form stands open on the page: it is not asked twice. What comes
    back is judged by the fields that its page had, however many channels there are by now;
    ``among`` are the uids of the channels of such a page.
    """

    unmarked = "__all__"

    #: What was typed for channels without a line by now; it must be shown before the rest is saved.
    left_over: list[LeftOver]
    #: The texts of all fields of such channels, changed or not.
    without_line: dict[str, Text]

    def __init__(
        self,
        *args: Any,
        strategy: Strategy,
        beside: Row | None = None,
        among: Collection[str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.strategy = strategy
        kwargs["auto_id"] = "id_line-%s"
        super().__init__(*args, **kwargs)
        self.begun: Mapping[str, Text] = self._began_texts() if self.is_bound else {}
        known = set(self.begun) or None
        self.lines = lines_of(strategy, channels_in(known) if known else among)
        members = offered_members(strategy)
        for line in self.lines:
            channel = isolated(line.channel)
            for code, names in COLUMNS.items():
                row = line.rows[code]
                if row is not None and beside is not None and row.uid == beside.uid:
                    continue
                for name in names:
                    key = f"{name}-{line.channel.uid}"
                    if known is None or key in known:
                        line.names[key] = code, name
                        self._ask(key, line, channel, KINDS[code], name, members)
        self.dress()
        self.left_over, self.without_line = [], {}
        if known:
            self._read_left_over(members)
        self.start_merging()
        in_cell = {name: str(words) for name, words in IN_CELL.items()}
        asked = {
            name: str(row_form(KINDS[code]).base_fields[name].label or "")
            for name, code in CODE_OF.items()
        }
        for line in self.lines:
            for key, (code, name) in line.names.items():
                row = line.rows[code]
                is_not_known = row is not None and name in row.not_known
                is_not_known = is_not_known and not as_list(self[key].value())
                cell = Cell(self[key], in_cell.get(name, ""), asked[name], is_not_known)
                line.cells.setdefault(code, []).append(cell)

    def full_clean(self) -> None:
        """Show what is stored where a choice is not on offer: an empty one would be saved next."""
        super().full_clean()
        for key in self.errors if self.is_bound else ():
            if isinstance(self.fields.get(key), forms.ChoiceField):
                self._put(key, self._initial_text(key))

    def _read_left_over(self, members: "Sequence[tuple[Any, str | Promise]]") -> None:
        """Find what was typed for channels that were closed or removed meanwhile."""
        lines = {str(line.channel.uid) for line in self.lines}
        gone = channels_in(self.begun) - lines
        if not gone:
            return
        channels = rows_of(self.strategy, Channel).filter(uid__in=gone).in_order()
        for channel in channels:
            keys = [(f"{name}-{channel.uid}", name, code) for name, code in CODE_OF.items()]
            keys = [one for one in keys if one[0] in self.begun]
            form = _FieldsLeft(self.data)
            for key, name, code in keys:
                field = copy.deepcopy(row_form(KINDS[code]).base_fields[name])
                if isinstance(field, RowChoiceField):
                    field.offer(members)
                form.fields[key] = field
            texts = {key: form.text_of(key) for key, _name, _code in keys}
            self.without_line |= texts
            said = [
                (str(form.fields[key].label or ""), form.words_of(key, text))
                for key, text in texts.items()
                if not same(text, self.begun[key])
            ]
            if said:
                self.left_over.append(LeftOver(channel, said))

    def _ask(
        self,
        key: str,
        line: ChannelLine,
        channel: str,
        kind: RowKind,
        name: str,
        members: "Sequence[tuple[Any, str | Promise]]",
    ) -> None:
        field = copy.deepcopy(row_form(kind).base_fields[name])
        row = line.rows[kind.code]
        words = {"field": field.label, "channel": channel}
        field.label = _now("%(channel)s: %(field)s") % words
        field.help_text = ""
        field.required = False
        if isinstance(field, RowChoiceField):
            now = getattr(row, name)
            has_left = [] if now is None or any(now == one for one, _w in members) else [now]
            line.owner_has_left = bool(has_left)
            left = [(one, _now("%(name)s (has left)") % {"name": one.name}) for one in has_left]
            field.offer([*members, *left])
        self.fields[key] = field
        self.initial[key] = initial_texts(row or kind.model(), (name,))[name]

    # --- what is saved ----------------------------------------------------------------------

    def values(self, unknown: Container[str] = ()) -> Iterator[ChannelValues]:
        """Yield each row with the values of its fields, for ``save_channel_lines``.

        ``unknown`` has the fields that are not known yet again, where they say nothing.
        """
        for line in self.lines:
            for code in COLUMNS:
                values: dict[str, Any] = {
                    name: self._value(KINDS[code], key, name)
                    for key, (its, name) in line.names.items()
                    if its == code
                }
                row = line.rows[code]
                if values and (row is not None or not all(map(is_blank, values.values()))):
                    again = [
                        name
                        for key, (its, name) in line.names.items()
                        if its == code and key in unknown
                    ]
                    yield ChannelValues(line.channel, KINDS[code], row, values, again)

    def _value(self, kind: RowKind, key: str, name: str) -> Any:
        value, column = self.cleaned_data[key], kind.model._meta.get_field(name)
        return column.to_python(value) if isinstance(column, CodesField) else value

    @property
    def texts(self) -> dict[str, Text]:
        """What is stored, as the browser would send it."""
        return {name: self._initial_text(name) for line in self.lines for name in line.names}

    @property
    def shown(self) -> set[str]:
        """The uids of the channels that have a line."""
        return {str(line.channel.uid) for line in self.lines}

    def beginning(self, texts: Mapping[str, Text]) -> str:
        """Return what the page begins with from now on, when ``texts`` are those of its lines.

        A page that stays open has the fields of the lines that it had, and no others.
        """
        mine = {name: texts[name] for line in self.lines for name in line.names if name in texts}
        return json.dumps({**mine, **self.without_line})

    def sending(self, texts: Mapping[str, Text]) -> "ChannelTableForm":
        """Return the form as if a person had changed the fields of ``texts`` and nothing else."""
        data = QueryDict(mutable=True)
        for name, text in {**self.texts, **texts}.items():
            data.setlist(name, as_list(text))
        data["began"] = self.began_now
        return type(self)(data, strategy=self.strategy)

    def where(self, key: str) -> tuple[ChannelLine, RowKind, str]:
        """The line, the kind of row and the field that ``key`` stands for."""
        line = next(line for line in self.lines if key in line.names)
        code, name = line.names[key]
        return line, KINDS[code], name


def channels_in(keys: Collection[str]) -> set[str]:
    """Return the uids of the channels that keys of the form speak of."""
    found = set()
    for key in keys:
        name, _dash, uid = key.partition("-")
        try:
            if name in CODE_OF:
                found.add(str(uuid.UUID(uid)))
        except ValueError:
            continue
    return found


def lines_of(strategy: Strategy, among: Collection[str] | None = None) -> list[ChannelLine]:
    """Return a line for each channel that is not closed; none where they are too many.

    Of ``among``, the uids of the channels of a page, each that is still there has its line.
    """
    channels = rows_of(strategy, Channel).live().exclude(state=ChannelState.CLOSED).in_order()
    channels = channels.select_related("owner__user", "updated_by")
    if among is not None:
        found = list(channels.filter(uid__in=among))
    else:
        found = list(channels[: LINES_AT_MOST + 1])
        if len(found) > LINES_AT_MOST:
            return []
    own = {
        code: _by_channel(rows_of(strategy, KINDS[code].model).live().in_order())
        for code in COLUMNS
        if code != "channel"
    }
    return [
        ChannelLine(one, {"channel": one, **{code: rows.get(one.pk) for code, rows in own.items()}})
        for one in found
    ]


def _by_channel(rows: RowQuerySet) -> Mapping[int, Row]:
    found: dict[int, Row] = {}
    for row in rows.select_related("updated_by"):
        found.setdefault(row.channel_id, row)
    return found
