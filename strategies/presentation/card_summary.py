"""What a folded card says of its row in one line: plain words made from the answers.

Most fields stand for themselves or beside their label. What reads better together is written by a
function of its kind; adding one is a function and its line in ``WRITERS``.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from core.text import LIST_SEPARATOR, cut, isolated, number_text, one_line
from strategies.domain.answers import (
    ActivityAnswer,
    Answer,
    ChannelAnswer,
    ContentPlanAnswer,
    DutyAnswer,
    HabitAnswer,
    KpiAnswer,
    PeriodAnswer,
    PostKindAnswer,
    WatchAnswer,
    is_value,
)
from strategies.domain.questionnaire import RowKind
from strategies.domain.titles import TITLE_FIELDS, beneath_title
from strategies.models import ChannelRow
from strategies.presentation.answer_display import Fact, labelled, percent_text
from strategies.presentation.summary import (
    answer_times_text,
    hours_text,
    operator_names,
    posts_text,
    span_text,
    times_text,
)

WORDS_AT_MOST = 160
BETWEEN = "\u00a0· "  # the dot stays at the end of a line
ENDS = " .;,"  # not before a dot


def line_of(kind: RowKind, row: Answer, found: Sequence[Fact]) -> str:
    """Return what ``found`` says of ``row`` in a line, title left out.

    As many whole answers as ``WORDS_AT_MOST`` characters hold.
    """
    written, covered = WRITERS[type(row)](row) if type(row) in WRITERS else ([], ())
    left_out = {*_said_by_title(kind, row), *covered}
    words = [word for word in written if word]
    if beneath := one_line(beneath_title(kind.code, row)):
        words.insert(0, beneath)
    elif words:
        words[0] = capfirst(words[0])
    words += [
        _in_line(row, fact)
        for fact in found
        if fact.field not in left_out and fact.text and is_value(getattr(row, fact.field))
    ]
    return _line(words)


def _line(words: Sequence[str]) -> str:
    """Set the answers one after the other, as many whole ones as there is room for."""
    line = ""
    for word in words:
        longer = f"{line.rstrip(ENDS)}{BETWEEN}{word}" if line else cut(word, WORDS_AT_MOST)
        if len(longer) > WORDS_AT_MOST:
            return line
        line = longer
    return line


def _in_line(row: Answer, fact: Fact) -> str:
    """Texts stand for themselves; numbers, dates and people need their label."""
    value = getattr(row, fact.field)
    text = one_line(fact.text)
    if isinstance(value, str | tuple):
        return text
    return labelled(fact.label, text)


def _said_by_title(kind: RowKind, row: Answer) -> set[str]:
    """The fields that the title says already."""
    if isinstance(row, ChannelAnswer):
        return {"network", "other_network", "handle", "address"}
    if isinstance(row, KpiAnswer):
        return {"metric", "name"}
    if issubclass(kind.model, ChannelRow):
        return {"channel"}
    return {TITLE_FIELDS.get(kind.code, "")}


# --- what reads better together -------------------------------------------------------------------
# Each takes the row and returns its words, and the fields that these say.

HOURS = ("days", "starts_at", "ends_at")
Written = tuple[list[str], Collection[str]]


def _channel(row: ChannelAnswer) -> Written:
    words = []
    if row.owner:
        words.append(gettext("owner: %(name)s") % {"name": isolated(row.owner.name)})
    if runs := operator_names(row):
        words.append(gettext("run by %(name)s") % {"name": isolated(runs)})
    if row.backup:
        words.append(gettext("backup: %(name)s") % {"name": isolated(row.backup.name)})
    return words, {"owner", "operator_kind", "operator", "operator_name", "backup"}


def _post_kind(row: PostKindAnswer) -> Written:
    # Without how often, the format is only what every row begins with.
    is_planned = row.lowest is not None or row.highest is not None
    covered = {"lowest", "highest", "period", "days", "times"}
    covered |= set() if is_planned else {"format"}
    return [posts_text(row), times_text(row)], covered


def _watch(row: WatchAnswer) -> Written:
    words = [hours_text(row), answer_times_text(row)]
    if row.takes_over:
        words.append(
            gettext("after hours: %(name)s") % {"name": isolated(one_line(row.takes_over))}
        )
    if row.whom_to_call:
        words.append(gettext("call: %(name)s") % {"name": isolated(one_line(row.whom_to_call))})
    times = {"complaint_hours", "question_hours"}
    return words, {*HOURS, *times, "takes_over", "whom_to_call"}


def _duty(row: DutyAnswer) -> Written:
    holders = (row.holder.name if row.holder else "", row.holder_name)
    words = [LIST_SEPARATOR.join(filter(None, holders))]
    if row.hours_per_week is not None:
        number = number_text(row.hours_per_week)
        words.append(gettext("%(number)s h a week") % {"number": number})
    return words, {"holder", "holder_name", "hours_per_week"}


def _habit(row: HabitAnswer) -> Written:
    if row.times_per_week is None:
        return [], ()
    times = ngettext("once a week", "%(number)d times a week", row.times_per_week)
    return [times % {"number": row.times_per_week}], {"times_per_week"}


def _kpi(row: KpiAnswer) -> Written:
    if row.is_sign:
        return [gettext("a sign, seen or not")], {"is_sign", "direction"}
    words = []
    if row.baseline is not None:
        words.append(gettext("%(number)s today") % {"number": number_text(row.baseline)})
    if row.target is not None:
        words.append(gettext("%(number)s aimed at") % {"number": number_text(row.target)})
    return [LIST_SEPARATOR.join(words)], {"baseline", "target", "direction"}


def _period(row: PeriodAnswer) -> Written:
    return [span_text(row.starts_on, row.ends_on)], {"starts_on", "ends_on"}


def _mix(row: ContentPlanAnswer) -> Written:
    parts = (
        (row.promotional, gettext("%(percent)s selling")),
        (row.informative, gettext("%(percent)s useful")),
        (row.engagement, gettext("%(percent)s dialogue")),
    )
    said = [text % {"percent": percent_text(part)} for part, text in parts if part is not None]
    return [LIST_SEPARATOR.join(said)], {"promotional", "informative", "engagement"}


def _activity(row: ActivityAnswer) -> Written:
    return [span_text(row.starts_on, row.ends_on)], {"starts_on", "ends_on"}


WRITERS: dict[type[Answer], Callable[[Any], Written]] = {
    ActivityAnswer: _activity,
    ChannelAnswer: _channel,
    ContentPlanAnswer: _mix,
    DutyAnswer: _duty,
    HabitAnswer: _habit,
    KpiAnswer: _kpi,
    PeriodAnswer: _period,
    PostKindAnswer: _post_kind,
    WatchAnswer: _watch,
}
