"""The table of question 3: a line a channel, edited in place."""

import copy
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.fields import CodesField
from core.forms import PlannerForm
from core.merging import MergingMixin, Text, as_list
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
#: More lines are more fields than one form may send; then each channel has its cards, as before.
LINES_AT_MOST = 60


@dataclass(frozen=True)
class Cell:
    """One field of a line: ``label`` is what stands above it, empty where the column says it.

    ``asked`` is what the field asks, whatever the column says.
    """

    bound: forms.BoundField
    label: "str | Promise"
    asked: "str | Promise"
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

    @property
    def columns(self) -> list[Column]:
        """The cells by column; none in a column whose row stands open on the page."""
        return [Column(code, HEADINGS[code], self.cells.get(code, [])) for code in COLUMNS]

    @property
    def watch_uid(self) -> str:
        """The row with what else is asked of its watch; empty where there is none yet."""
        row = self.rows["watch"]
        return str(row.uid) if row else ""


class ChannelTableForm(MergingMixin, PlannerForm):
    """One form for all lines, which merges field by field as the form of a row does.

    ``beside`` is the row whose own form stands open on the page: it is not asked twice. What comes
    back is judged by the fields that its page had.
    """

    unmarked = "__all__"

    def __init__(
        self, *args: Any, strategy: Strategy, beside: Row | None = None, **kwargs: Any
    ) -> None:
        self.strategy = strategy
        kwargs["auto_id"] = "id_line-%s"
        super().__init__(*args, **kwargs)
        self.lines = lines_of(strategy)
        known = self._names_begun() if self.is_bound else None
        members = offered_members(strategy)
        for line in self.lines:
            for code, names in COLUMNS.items():
                row = line.rows[code]
                if row is not None and beside is not None and row.uid == beside.uid:
                    continue
                for name in names:
                    key = f"{name}-{line.channel.uid}"
                    if known is None or key in known:
                        line.names[key] = code, name
                        self._ask(key, line, KINDS[code], name, members)
        self.dress()
        self.start_merging()
        for line in self.lines:
            for key, (code, name) in line.names.items():
                row = line.rows[code]
                is_not_known = row is not None and name in row.not_known
                is_not_known = is_not_known and not as_list(self[key].value())
                asked = row_form(KINDS[code]).base_fields[name].label or ""
                cell = Cell(self[key], IN_CELL.get(name, ""), asked, is_not_known)
                line.cells.setdefault(code, []).append(cell)

    def _names_begun(self) -> set[str] | None:
        """The fields that the page had; None where it does not say, and every one is judged."""
        begun = self._began_texts()
        return set(begun) if begun else None

    def _ask(
        self,
        key: str,
        line: ChannelLine,
        kind: RowKind,
        name: str,
        members: "Sequence[tuple[Any, str | Promise]]",
    ) -> None:
        field = copy.deepcopy(row_form(kind).base_fields[name])
        row = line.rows[kind.code]
        words = {"field": field.label, "channel": isolated(line.channel)}
        field.label = _now("%(channel)s: %(field)s") % words
        field.help_text = ""
        field.required = False
        if isinstance(field, RowChoiceField):
            now = getattr(row, name)
            has_left = [] if now is None or any(now == one for one, _w in members) else [now]
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


def lines_of(strategy: Strategy) -> list[ChannelLine]:
    """Return a line for each channel that is not closed; none where they are too many."""
    channels = rows_of(strategy, Channel).live().exclude(state=ChannelState.CLOSED).in_order()
    found = list(channels.select_related("owner__user", "updated_by")[: LINES_AT_MOST + 1])
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
