"""Tags and filters that every template may use: icons, dates, faces, messages, error summaries."""

import re
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django import template
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm, BoundField
from django.template import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import normalize_newlines
from django.utils.translation import pgettext

from core.findings import Severity
from core.messages import UNDO
from core.navigation import NAVIGATION, NavigationEntry
from core.text import date_words, web_link

register = template.Library()
register.filter(web_link)

FACE_COLOURS = 6
_DECORATION = SafeString('aria-hidden="true"')


class HasZone(Protocol):
    """A workspace, as far as dates are concerned."""

    timezone: str


# --- pictures ---------------------------------------------------------------------------------


@cache
def _sprite() -> str:
    return static("dist/sprite.svg")


@lru_cache(maxsize=1024)
def _drawn(name: str, small: bool, label: str) -> SafeString:
    """One icon. A page of 30 rows has some 200 of them, so each is written once a process."""
    return format_html(
        '<svg class="i{}" {}><use href="{}#i-{}"/></svg>',
        " i-s" if small else "",
        format_html('role="img" aria-label="{}"', label) if label else _DECORATION,
        _sprite(),
        name,
    )


@register.simple_tag
def icon(name: str, small: bool = False, label: "str | Promise" = "") -> SafeString:
    """Draw one icon of the sprite; hidden from screen readers unless ``label`` says what it means."""
    return _drawn(name, small, str(label))


@register.filter
def initials(name: object) -> str:
    """One or two letters for a round mark: the first of the first and of the last word."""
    words = re.findall(r"\w+", str(name))
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()


@register.simple_tag
def face(name: object, small: bool = False) -> SafeString:
    """A round mark with initials; the same name has the same colour everywhere."""
    colour = zlib.crc32(str(name).encode()) % FACE_COLOURS + 1
    return format_html(
        '<span class="face face-{}{}" aria-hidden="true">{}</span>',
        colour,
        " face-s" if small else "",
        initials(name),
    )


# --- time and text ----------------------------------------------------------------------------


def _day(value: date, today: date) -> str:
    return date_words(value, with_year=value.year != today.year)


def _place(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


@register.filter
def when(moment: datetime | None, workspace: HasZone | None = None) -> str:
    """Write a moment in the workspace's zone and name the place: “Tue 24 Nov, 14:30 (Oslo)”."""
    if not isinstance(moment, datetime):
        return ""
    zone = ZoneInfo(workspace.timezone) if workspace else timezone.get_current_timezone()
    local = moment.astimezone(zone)
    return pgettext("moment", "%(day)s, %(time)s (%(place)s)") % {
        "day": _day(local.date(), timezone.now().astimezone(zone).date()),
        "time": date_format(local, "H:i"),
        "place": _place(str(zone)),
    }


@register.filter
def place(workspace: HasZone) -> str:
    """The place that a workspace's times are told by: “Oslo”."""
    return _place(workspace.timezone)


@register.filter
def clock(moment: datetime | None, workspace: HasZone | None = None) -> str:
    """Only the hour and minute of a moment, in the workspace's zone: “12:03”."""
    if not isinstance(moment, datetime):
        return ""
    zone = ZoneInfo(workspace.timezone) if workspace else timezone.get_current_timezone()
    return date_format(moment.astimezone(zone), "H:i")


@register.filter
def day(value: date | None) -> str:
    """Write a date as “Tue 24 Nov”, with the year when it is not this year's."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    if not isinstance(value, date):
        return ""
    return _day(value, timezone.localdate())


_ISOLATED = re.compile("\u2068([^\u2068\u2069]*)\u2069")


@register.filter
def sentence(text: object) -> SafeString:
    """Write a sentence that was put together in Python, its names (``core.text.isolated``) as <bdi>."""
    return SafeString(_ISOLATED.sub(r"<bdi>\1</bdi>", conditional_escape(str(text))))


@register.filter
def paragraphs(text: object) -> SafeString:
    """Text that a person typed, as paragraphs; each finds its own writing direction."""
    if not text:
        return SafeString("")
    blocks = re.split(r"\n\s*\n", normalize_newlines(str(text)).strip())
    line_end = SafeString("<br>")
    written = (
        format_html_join(line_end, "{}", ((line,) for line in block.split("\n")))
        for block in blocks
    )
    return format_html_join("\n", '<p dir="auto">{}</p>', ((lines,) for lines in written))


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[NavigationEntry]:
    """Return the entries of the main navigation that the person may follow, in their order."""
    may = context.get("may") or {}
    entries = sorted(NAVIGATION, key=lambda entry: entry.place)
    return [entry for entry in entries if not entry.permission or may.get(entry.permission)]


# --- findings and messages --------------------------------------------------------------------

_LOOKS = {
    Severity.BLOCKER: "bad",
    Severity.NEEDS_APPROVAL: "warn",
    Severity.WARNING: "warn",
    Severity.TIP: "tip",
}
_ICONS = {
    Severity.BLOCKER: "block",
    Severity.NEEDS_APPROVAL: "user",
    Severity.WARNING: "warn",
    Severity.TIP: "tip",
}


@register.filter
def look(severity: str) -> str:
    """The colour word of a severity, for the class ``is-…``."""
    return _LOOKS[Severity(severity)]


@register.filter
def severity_icon(severity: str) -> str:
    return _ICONS[Severity(severity)]


@register.filter
def severity_label(severity: str) -> str:
    return str(Severity(severity).label)


@register.filter
def undo_url(message: Message) -> str:
    """Where to POST to take back what the message tells, or nothing."""
    tags = message.extra_tags or ""
    return tags[len(UNDO) :] if tags.startswith(UNDO) else ""


@register.filter
def message_look(message: Message) -> str:
    """The colour word of a message."""
    if message.level >= constants.ERROR:
        return "bad"
    if message.level >= constants.WARNING:
        return "warn"
    return "good" if message.level >= constants.SUCCESS else "tip"


@register.filter
def message_icon(message: Message) -> str:
    return {"bad": "block", "warn": "warn", "good": "check", "tip": "tip"}[message_look(message)]


# --- forms ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ErrorItem:
    """One line of an error summary: ``target`` is the id to jump to, empty for the whole form."""

    target: str
    label: str
    sentence: str


def _focusable_id(field: BoundField) -> str:
    """The id of what takes the typing: for a group of boxes its first box."""
    return field.id_for_label or f"{field.auto_id}_0"


def _before_sentence(label: str) -> str:
    return label if label[-1:] in "?!:." else f"{label}:"


@register.simple_tag
def error_items(form: BaseForm | None) -> list[ErrorItem]:
    """Every error of a form, in the order of its fields.

    The form remembers that its summary stands on the page, so that drawing its fields does not
    repeat the sentences that belong to the whole form.
    """
    if not isinstance(form, BaseForm) or not form.is_bound:
        return []
    form.has_summary = True  # type: ignore[attr-defined]  # read by bootstrap5/errors.html
    found = [ErrorItem("", "", str(sentence)) for sentence in form.non_field_errors()]
    for field in form:
        label = "" if field.is_hidden else _before_sentence(str(field.label))
        target = "" if field.is_hidden else _focusable_id(field)
        found += [ErrorItem(target, label, str(sentence)) for sentence in field.errors]
    return found


@register.filter
def name_a_field(items: list[ErrorItem]) -> bool:
    """Whether a field can be mended; otherwise the whole form was refused, whatever was typed."""
    return any(item.target for item in items)


@register.filter
def is_marked_optional(field: BoundField) -> bool:
    """Whether “(optional)” stands behind the label: not for a lone box, nor where the form says so."""
    unmarked: tuple[str, ...] | str = getattr(field.form, "unmarked", ())
    if field.field.required or unmarked == "__all__" or field.name in unmarked:
        return False
    return getattr(field.field.widget, "input_type", "") != "checkbox" or field.use_fieldset


@register.filter
def kind_of(field: BoundField) -> str:
    """How a field is drawn: ``picks``, ``check``, ``select``, ``file``, ``group`` or ``text``."""
    widget: Any = field.field.widget
    input_type = getattr(widget, "input_type", "")
    if input_type == "checkbox":
        return "picks" if field.use_fieldset else "check"
    if input_type == "radio":
        return "picks"
    if input_type in {"select", "file"}:
        return str(input_type)
    return "group" if field.use_fieldset else "text"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Draw a field's widget with our classes, leaving the form's own attributes as they are."""
    own = {"check": "form-check-input", "select": "form-select"}.get(kind_of(field), "form-control")
    classes = [own, *str(field.field.widget.attrs.get("class", "")).split()]
    if field.errors:
        classes.append("is-invalid")
    # Somebody else's form repeats its label there.
    field.field.widget.attrs.pop("placeholder", None)
    return field.as_widget(attrs={"class": " ".join(dict.fromkeys(classes))})


@register.simple_tag
def picks(field: BoundField) -> list[tuple[SafeString, str, str]]:
    """The boxes or buttons of a group: each one's input, id and label."""
    widget = field.field.widget
    widget.attrs.setdefault("class", "form-check-input")
    return [
        (option.tag(), option.id_for_label, str(option.choice_label)) for option in field.subwidgets
    ]
