"""Several fields of a row in one text, where they read better together than one by one."""

from collections.abc import Callable, Collection
from datetime import date

from django.utils.translation import gettext, ngettext

from core.text import (
    LIST_SEPARATOR,
    date_text,
    days_text,
    isolated,
    number_text,
    one_line,
    percent_text,
    time_text,
)
from networks.enums import OperatorKind, PostFormat
from strategies.domain.answer_types import (
    ActivityAnswer,
    ChannelAnswer,
    ContentPlanAnswer,
    DutyAnswer,
    HabitAnswer,
    KpiAnswer,
    PeriodAnswer,
    PostKindAnswer,
    WatchAnswer,
)
from strategies.domain.cadence import cadence_of, cadence_text
from strategies.domain.effort import minutes_of_format


def posts_text(kind: PostKindAnswer) -> str:
    """Write how many posts of a kind there are, empty where nothing is planned."""
    return cadence_text(cadence_of([kind]))


def span_text(
    first: date | None, last: date | None, *, written: Callable[[date], str] = date_text
) -> str:
    """Write from which day to which, as far as it is known."""
    if first and first == last:
        return written(first)
    if first and last:
        return gettext("%(first)s to %(last)s") % {
            "first": written(first),
            "last": written(last),
        }
    if first:
        return gettext("From %(day)s") % {"day": written(first)}
    if last:
        return gettext("To %(day)s") % {"day": written(last)}
    return ""


def activity_text(row: ActivityAnswer) -> str:
    """Write when a campaign or activity takes place."""
    return span_text(row.starts_on, row.ends_on)


def times_text(row: PostKindAnswer) -> str:
    """Write the good days and times, as far as they are said."""
    return LIST_SEPARATOR.join(filter(None, (days_text(row.days), *map(time_text, row.times))))


def minutes_text(row: ContentPlanAnswer) -> str:
    """Write what a post of each format takes."""
    return LIST_SEPARATOR.join(
        gettext("%(format)s %(minutes)s")
        % {"format": post_format.label.lower(), "minutes": number_text(minutes)}
        for post_format in PostFormat
        if (minutes := minutes_of_format(row, post_format)) is not None
    )


def hours_text(row: WatchAnswer) -> str:
    """Write on which days and at which hours, as far as it is said."""
    first, last = (time_text(at) if at else "" for at in (row.starts_at, row.ends_at))
    hours = {"first": first, "last": last}
    if first and last:
        at = gettext("%(first)s to %(last)s") % hours
    elif first:
        at = gettext("from %(first)s") % hours
    else:
        at = gettext("until %(last)s") % hours if last else ""
    return LIST_SEPARATOR.join(filter(None, (days_text(row.days), at)))


def answer_times_text(row: WatchAnswer) -> str:
    """Write how soon people are answered, empty where it is not said."""
    times = []
    if row.complaint_hours is not None:
        times.append(
            gettext("complaints within %(number)d\u00a0h") % {"number": row.complaint_hours}
        )
    if row.question_hours is not None:
        times.append(gettext("questions within %(number)d\u00a0h") % {"number": row.question_hours})
    return LIST_SEPARATOR.join(times)


def operator_names(row: ChannelAnswer) -> str:
    """Write who runs a channel, empty where nobody is named."""
    names = (row.operator.name if row.operator else "", row.operator_name)
    return LIST_SEPARATOR.join(filter(None, names))


def operator_text(row: ChannelAnswer) -> str:
    """Who runs a channel, and whether that is a team or an agency."""
    names = {"name": operator_names(row)}
    if not names["name"]:
        kind = str(OperatorKind(row.operator_kind).label)
        if "operator" in row.not_known:
            return kind
        return gettext("%(kind)s, not named yet") % {"kind": kind}
    if row.operator_kind == OperatorKind.TEAM:
        return gettext("%(name)s (a team)") % names
    if row.operator_kind == OperatorKind.AGENCY:
        return gettext("%(name)s (an agency)") % names
    return names["name"]


# --- the beginning of a card ------------------------------------------------------------------------
# Each takes the row and returns its words, and the fields that these say.

HOURS = ("days", "starts_at", "ends_at")
Written = tuple[list[str], Collection[str]]


def channel_card(row: ChannelAnswer) -> Written:
    words = []
    if row.owner:
        words.append(gettext("owner: %(name)s") % {"name": isolated(row.owner.name)})
    if runs := operator_names(row):
        words.append(gettext("run by %(name)s") % {"name": isolated(runs)})
    if row.backup:
        words.append(gettext("backup: %(name)s") % {"name": isolated(row.backup.name)})
    return words, {"owner", "operator_kind", "operator", "operator_name", "backup", "address"}


def post_kind_card(row: PostKindAnswer) -> Written:
    # Without how often, the format is only what every row begins with.
    is_planned = row.lowest is not None or row.highest is not None
    covered = {"lowest", "highest", "period", "days", "times"}
    covered |= set() if is_planned else {"format"}
    return [posts_text(row), times_text(row)], covered


def watch_card(row: WatchAnswer) -> Written:
    words = [hours_text(row), answer_times_text(row)]
    if row.takes_over:
        words.append(
            gettext("after hours: %(name)s") % {"name": isolated(one_line(row.takes_over))}
        )
    if row.whom_to_call:
        words.append(gettext("call: %(name)s") % {"name": isolated(one_line(row.whom_to_call))})
    times = {"complaint_hours", "question_hours"}
    return words, {*HOURS, *times, "takes_over", "whom_to_call"}


def duty_card(row: DutyAnswer) -> Written:
    holders = (row.holder.name if row.holder else "", row.holder_name)
    words = [LIST_SEPARATOR.join(filter(None, holders))]
    if row.hours_per_week is not None:
        number = number_text(row.hours_per_week)
        words.append(gettext("%(number)s h a week") % {"number": number})
    return words, {"holder", "holder_name", "hours_per_week"}


def habit_card(row: HabitAnswer) -> Written:
    if row.times_per_week is None:
        return [], ()
    times = ngettext("once a week", "%(number)d times a week", row.times_per_week)
    return [times % {"number": row.times_per_week}], {"times_per_week"}


def kpi_card(row: KpiAnswer) -> Written:
    if row.is_sign:
        return [gettext("a sign, seen or not")], {"is_sign", "direction"}
    words = []
    if row.baseline is not None:
        words.append(gettext("%(number)s today") % {"number": number_text(row.baseline)})
    if row.target is not None:
        words.append(gettext("%(number)s aimed at") % {"number": number_text(row.target)})
    return [LIST_SEPARATOR.join(words)], {"baseline", "target", "direction"}


def period_card(row: PeriodAnswer) -> Written:
    return [span_text(row.starts_on, row.ends_on)], {"starts_on", "ends_on"}


def mix_card(row: ContentPlanAnswer) -> Written:
    parts = (
        (row.promotional, gettext("%(percent)s selling")),
        (row.informative, gettext("%(percent)s useful")),
        (row.engagement, gettext("%(percent)s dialogue")),
    )
    said = [text % {"percent": percent_text(part)} for part, text in parts if part is not None]
    return [LIST_SEPARATOR.join(said)], {"promotional", "informative", "engagement"}


def activity_card(row: ActivityAnswer) -> Written:
    return [span_text(row.starts_on, row.ends_on)], {"starts_on", "ends_on"}
