"""What a row says beside its title, as sentences.

A kind of row whose short answers read better as sentences than behind labels has a function in
``PROSE``; whatever it does not say stands behind its label, so that a new kind or field is told
without a line here.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.text import LIST_SEPARATOR, isolated, number_text, one_line, without_stop
from networks.enums import ChannelState
from strategies.domain.answer_types import (
    ActivityAnswer,
    Answer,
    ChannelAnswer,
    DutyAnswer,
    HabitAnswer,
    InitiativeAnswer,
    KpiAnswer,
    ObjectiveAnswer,
    OwnershipAnswer,
    StandingAnswer,
    WatchAnswer,
)
from strategies.domain.row_texts import answer_times_text, habit_card, hours_text, operator_names
from strategies.enums import Direction, PolicyNeed
from strategies.models.metrics import METRICS, OWN_METRIC
from strategies.presentation.answer_display import Fact, labelled

Told = Mapping[str, Fact]  # what is left to be said, by field
Prose = Iterator[tuple[str, Collection[str]]]  # a sentence, and the fields that it says

POLICY: dict[str, "str | Promise"] = {
    PolicyNeed.IN_PLACE: _("A social media policy is in place."),
    PolicyNeed.NEEDED: _("A social media policy must be written."),
    PolicyNeed.NOT_NEEDED: _("No social media policy is needed."),
}


def sentences_of(code: str, row: Answer, told: Told) -> tuple[list[str], set[str]]:
    """Return sentences about a row of the kind ``code``, and the fields that they say."""
    write = PROSE.get(code)
    if write is None:
        return [], set()
    said = [(text, fields) for text, fields in write(row, told) if text]
    return [text for text, _fields in said], {field for _text, found in said for field in found}


def labelled_sentence(fact: Fact) -> str:
    """Write a fact behind its label, as a sentence."""
    return ended(labelled(fact.label, isolated(without_stop(one_line(fact.text)))))


def ended(text: str) -> str:
    """Return ``text`` with a stop."""
    return gettext("%(text)s.") % {"text": text}


def listed(names: Sequence[str]) -> str:
    """Set names one after the other; by semicolons where one of them holds a comma."""
    between = "; " if any(LIST_SEPARATOR in name for name in names) else LIST_SEPARATOR
    return between.join(isolated(without_stop(name)) for name in names)


def _together(parts: Mapping[str, str], fields: Collection[str]) -> Prose:
    """Yield one sentence of the parts that say something."""
    said = [part for part in parts.values() if part]
    if said:
        yield ended(capfirst("; ".join(said))), fields


def _text(told: Told, field: str) -> str:
    return isolated(without_stop(one_line(told[field].text))) if field in told else ""


def _period(row: Any, told: Told) -> Prose:
    first, last = _text(told, "starts_on"), _text(told, "ends_on")
    if first and last:
        yield gettext("%(first)s to %(last)s.") % {"first": first, "last": last}, told


def _standing(row: StandingAnswer, told: Told) -> Prose:
    words = {"followers": _text(told, "followers"), "posts": _text(told, "posts_last_90_days")}
    if row.followers is not None and row.posts_last_90_days is not None:
        text = gettext("%(followers)s followers, %(posts)s posts in the last 90 days.")
    elif row.followers is not None:
        text = gettext("%(followers)s followers.")
    elif row.posts_last_90_days is not None:
        text = gettext("%(posts)s posts in the last 90 days.")
    else:
        text = ""
    yield text % words, {"followers", "posts_last_90_days"}
    if row.verdict:
        yield ended(_text(told, "verdict")), {"verdict"}


def _audience(row: Any, told: Told) -> Prose:
    if row.size is not None:
        yield gettext("About %(number)s.") % {"number": number_text(row.size)}, {"size"}
    if row.networks and "networks" in told:
        yield (
            gettext("Found on %(networks)s.") % {"networks": _text(told, "networks")},
            {"networks"},
        )


def _message(row: Any, told: Told) -> Prose:
    if "audiences" in told and row.audiences:
        names = listed(told["audiences"].items)
        yield gettext("For %(audiences)s.") % {"audiences": names}, {"audiences"}


def _channel(row: ChannelAnswer, told: Told) -> Prose:
    if row.state != ChannelState.ACTIVE:
        yield ended(_text(told, "state")), {"state"}
    parts = {}
    if row.owner:
        parts["owner"] = gettext("owner: %(name)s") % {"name": isolated(row.owner.name)}
    if operator_names(row) and "operator_kind" in told:
        parts["operator"] = gettext("run by %(name)s") % {"name": _text(told, "operator_kind")}
    if row.backup:
        parts["backup"] = gettext("backup: %(name)s") % {"name": isolated(row.backup.name)}
    said = {name for name in ("owner", "backup") if name in parts} | (
        {"operator_kind", "operator", "operator_name"} if "operator" in parts else set()
    )
    yield from _together(parts, said)
    if row.address:
        yield row.address, {"address"}


def _ownership(row: OwnershipAnswer, told: Told) -> Prose:
    if row.hours_per_week is not None:
        text = gettext("%(number)s hours a week for social media, all people together.")
        yield text % {"number": number_text(row.hours_per_week)}, {"hours_per_week"}
    if row.can_post is not None and row.can_post_external is not None:
        text = gettext("%(number)s people can post today, %(outside)s of them from outside.")
        if row.can_post_external == 0:
            text = gettext("%(number)s people can post today, none of them from outside.")
        numbers = {
            "number": number_text(row.can_post),
            "outside": number_text(row.can_post_external),
        }
        yield text % numbers, {"can_post", "can_post_external"}
    if row.policy_need:
        yield str(POLICY[row.policy_need]), {"policy_need"}


def _watch(row: WatchAnswer, told: Told) -> Prose:
    parts = {}
    if hours_text(row) and "days" in told:
        parts["days"] = gettext("watched %(hours)s") % {"hours": told["days"].text}
    if answer_times_text(row) and "complaint_hours" in told:
        parts["answers"] = gettext("answers: %(times)s") % {"times": told["complaint_hours"].text}
    yield from _together(
        parts,
        {
            *(("days", "starts_at", "ends_at") if "days" in parts else ()),
            *(("complaint_hours", "question_hours") if "answers" in parts else ()),
        },
    )


def _holder(row: DutyAnswer) -> str:
    names = (row.holder.name if row.holder else "", row.holder_name)
    return LIST_SEPARATOR.join(isolated(name) for name in names if name)


def _duty(row: DutyAnswer, told: Told) -> Prose:
    parts = {"holder": _holder(row)}
    if row.hours_per_week is not None:
        hours = number_text(row.hours_per_week)
        parts["hours"] = gettext("%(number)s hours a week") % {"number": hours}
    fields = {"holder", "holder_name"} if parts["holder"] else set()
    yield from _together(parts, fields | ({"hours_per_week"} if "hours" in parts else set()))


def _post_kind(row: Any, told: Told) -> Prose:
    names = ("highest", "format", "pillar")
    parts = {name: _text(told, name) for name in names if getattr(row, name, None)}
    if row.lowest is not None and "highest" in told:
        parts = {"highest": _text(told, "highest"), **parts}
    if "format" in parts and "highest" in parts:
        parts["format"] = parts["format"].lower()
    yield from _together(parts, parts)


def _pillar(row: Any, told: Told) -> Prose:
    if "category" in told and row.category:
        text = gettext("Mostly %(category)s.")
        yield text % {"category": _text(told, "category").lower()}, {"category"}


def _follower_aim(row: Any, told: Told) -> Prose:
    if row.engagement_rate is not None:
        text = gettext("An engagement rate of %(rate)s.")
        yield text % {"rate": _text(told, "engagement_rate")}, {"engagement_rate"}
    if row.number is not None:
        text = gettext("%(number)s followers, all channels together.")
        yield text % {"number": number_text(row.number)}, {"number"}


def _habit(row: HabitAnswer, told: Told) -> Prose:
    parts = {"times": "".join(habit_card(row)[0])}
    if row.person:
        parts["person"] = isolated(row.person.name)
    fields = {"times_per_week"} if parts["times"] else set()
    yield from _together(parts, fields | ({"person"} if "person" in parts else set()))


def _objective(row: ObjectiveAnswer, told: Told) -> Prose:
    kind = _text(told, "other_kind") or _text(told, "kind")
    day = _text(told, "by_on") if row.by_on else ""
    parts = {"kind": kind, "by_on": gettext("by %(day)s") % {"day": day} if day else ""}
    yield from _together(parts, {"kind", "other_kind", *(("by_on",) if day else ())})
    yield from _serves(row.goal, told, "goal")
    yield from _message(row, told)


def _serves(uid: str | None, told: Told, field: str) -> Prose:
    if uid is not None and field in told:
        yield gettext("Serves “%(goal)s”.") % {"goal": _text(told, field)}, {field}


def _initiative(row: InitiativeAnswer, told: Told) -> Prose:
    owners = (row.owner.name if row.owner else "", row.owner_name)
    parts = {"owner": LIST_SEPARATOR.join(isolated(name) for name in owners if name)}
    if row.due_on:
        parts["due_on"] = gettext("by %(day)s") % {"day": _text(told, "due_on")}
    fields = {"owner_name", *(("owner",) if parts["owner"] else ())}
    yield from _together(parts, fields | ({"due_on"} if row.due_on else set()))


def _kpi(row: KpiAnswer, told: Told) -> Prose:
    if row.name and row.metric != OWN_METRIC and "metric" in told:
        yield ended(isolated(METRICS[row.metric].name)), {"metric"}
    parts = {}
    if row.baseline is not None:
        parts["baseline"] = gettext("%(number)s today") % {"number": number_text(row.baseline)}
    if row.target is not None:
        parts["target"] = _target(row, told)
    yield from _together(
        parts, {*parts, *(("by_on",) if "target" in parts else ()), *_direction_said(parts)}
    )
    if row.target is None and row.direction == Direction.DOWN:
        yield gettext("Lower is better."), {"direction"}
    elif row.target is None and row.direction == Direction.KEEP:
        yield gettext("It should stay as it is."), {"direction"}
    if "channels" in told and row.channels:
        text = gettext("On %(channels)s.")
        yield text % {"channels": listed(told["channels"].items)}, {"channels"}
    parts = {
        "read_every": _text(told, "read_every").lower() if row.read_every else "",
        "reader": gettext("by %(name)s") % {"name": isolated(row.reader.name)}
        if row.reader
        else "",
        "source": gettext("from %(source)s") % {"source": _text(told, "source")}
        if row.source
        else "",
    }
    if any(parts.values()):
        how = LIST_SEPARATOR.join(filter(None, parts.values()))
        yield (
            gettext("Read %(how)s.") % {"how": how},
            [field for field, text in parts.items() if text],
        )


def _direction_said(parts: Mapping[str, str]) -> Collection[str]:
    return {"direction"} if "target" in parts else ()


def _target(row: KpiAnswer, told: Told) -> str:
    words = {
        "number": number_text(row.target) if row.target is not None else "",
        "day": _text(told, "by_on"),
    }
    if row.direction == Direction.DOWN:
        text = gettext("down to %(number)s")
    elif row.direction == Direction.KEEP:
        text = gettext("to stay at %(number)s")
    else:
        text = "%(number)s" if row.by_on else gettext("%(number)s aimed at")
    if row.by_on:
        text = gettext("%(aim)s by %(day)s") % {"aim": text, "day": "%(day)s"}
    return text % words


def _activity(row: ActivityAnswer, told: Told) -> Prose:
    kind = _text(told, "other_kind") or _text(told, "kind")
    days = _text(told, "starts_on")
    if row.starts_on is None or row.ends_on is None:
        days = days[:1].lower() + days[1:]  # “from …” in the middle of a sentence
    parts = {
        "kind": kind,
        "starts_on": days,
        "owner": isolated(row.owner.name) if row.owner else "",
    }
    fields = {"kind", "other_kind", "starts_on", "ends_on"}
    yield from _together(parts, fields | ({"owner"} if row.owner else set()))
    if row.budget is not None:
        text = gettext("Budget for advertising: %(number)s.")
        yield text % {"number": number_text(row.budget)}, {"budget"}
    yield from _serves(row.goal, told, "goal")


PROSE: dict[str, Callable[[Any, Told], Prose]] = {
    "period": _period,
    "standing": _standing,
    "audience": _audience,
    "message": _message,
    "channel": _channel,
    "ownership": _ownership,
    "watch": _watch,
    "duty": _duty,
    "post-kind": _post_kind,
    "pillar": _pillar,
    "follower-aim": _follower_aim,
    "habit": _habit,
    "objective": _objective,
    "initiative": _initiative,
    "kpi": _kpi,
    "activity": _activity,
}
