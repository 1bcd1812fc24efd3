"""A strategy in ten lines: the page that is read first, and what the summary says of a question."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.enums import ContentCategory
from core.text import (
    LIST_SEPARATOR,
    cut,
    date_text,
    first_line,
    isolated,
    number_text,
    one_line,
    percent_text,
)
from strategies.domain.answer_types import (
    ActivityAnswer,
    Answer,
    ChannelAnswer,
    KpiAnswer,
    PostKindAnswer,
    StepNote,
    is_value,
)
from strategies.domain.answers import Answers
from strategies.domain.cadence import cadence_of, cadence_text, kinds_by_channel
from strategies.domain.checks.state import is_own_word, is_row_touched
from strategies.domain.checks.warnings import open_channels
from strategies.domain.row_kind import FieldsTogether, RowKind, Step
from strategies.domain.row_texts import posts_text, span_text
from strategies.domain.titles import row_titles
from strategies.models import ChannelRow
from strategies.presentation.answer_display import Fact, labelled, row_facts

LONGEST_ITEM = 140


@dataclass(frozen=True)
class SummaryLine:
    """What is said of one thing: ``items`` one after the other, ``more`` how many are left out.

    ``is_not_known`` tells that the question was answered with *not known yet*.
    """

    step: str
    label: "str | Promise"
    items: tuple[str, ...]
    more: int = 0
    is_numbered: bool = False
    is_not_known: bool = False


def ten_lines(answers: Answers, *, at_most: int = 6) -> list[SummaryLine]:
    """Return the ten lines, each with up to ``at_most`` items."""
    kinds = kinds_by_channel(answers)
    lines: tuple[tuple[str, str | Promise, Iterable[str]], ...] = (
        ("begin", _("Period"), _period(answers)),
        ("begin", _("Goals"), (goal.title for goal in answers.goals)),
        ("audience", _("Audiences"), (audience.name for audience in answers.audiences)),
        ("message", _("Key messages"), (message.text for message in answers.messages)),
        (
            "ownership",
            _("Channels"),
            (_channel(channel, kinds.get(channel.uid, ())) for channel in open_channels(answers)),
        ),
        ("content", _("Mix"), _mix(answers)),
        ("followers", _("Followers"), _followers(answers)),
        ("success", _("Objectives"), (first_line(row.statement) for row in answers.objectives)),
        ("measurement", _("Figures"), map(_figure, answers.kpis)),
        ("fit", _("Campaigns and activities"), map(_activity, answers.activities)),
    )
    return [_line(answers, step, label, items, at_most) for step, label, items in lines]


def said_elsewhere(answers: Answers, step: Step, *, at_most: int) -> SummaryLine:
    """Return what was said in a question beside that of which the ten lines tell.

    A question of which anything was answered never looks empty.
    """
    titles = row_titles(answers)
    items = [item for kind in step.kinds for item in _of_kind(answers, kind, titles)]
    notes = [
        words
        for note in answers.steps
        if note.step == step.code and note.is_not_known
        for words in _of_note(note)
    ]
    return _line(answers, step.code, step.name, [*items, *notes], at_most)


def _of_note(note: StepNote) -> Iterator[str]:
    """Yield that a question is not known yet, what must be found out, and who does it by when."""
    if note.find_out:
        yield gettext("Not known yet: %(what)s") % {"what": note.find_out}
    else:
        yield gettext("Not known yet")
    words = {
        "person": isolated(note.finder.name) if note.finder else "",
        "day": date_text(note.by_on) if note.by_on else "",
    }
    if note.finder and note.by_on:
        yield gettext("%(person)s finds out by %(day)s") % words
    elif note.finder:
        yield gettext("%(person)s finds out") % words
    elif note.by_on:
        yield gettext("To be found out by %(day)s") % words


def _of_kind(answers: Answers, kind: RowKind, titles: Mapping[str, str]) -> Iterator[str]:
    """Yield what is said in the rows of a kind; several kinds of post on a channel are one sum."""
    summed = {
        uid: cadence
        for uid, kinds in kinds_by_channel(answers).items()
        if (cadence := cadence_of(kinds)).kinds > 1
    }
    told: set[str] = set()
    for row in answers.of_kind(kind.code):
        if not is_row_touched(row, kind):
            continue
        if not isinstance(row, PostKindAnswer) or row.channel not in summed:
            yield from _of_row(kind, row, titles)
        elif row.channel not in told and (channel := answers.channel(row.channel)):
            told.add(row.channel)
            words = {"channel": channel.name, "said": cadence_text(summed[row.channel])}
            yield gettext("%(channel)s (%(said)s)") % words


def _of_row(kind: RowKind, row: Answer, titles: Mapping[str, str]) -> list[str]:
    """The title of a row; for one that has none of its own, what somebody answered in it."""
    title = titles[row.uid]
    if not kind.single and not issubclass(kind.model, ChannelRow):
        return [title]
    found = [
        fact
        for fact in row_facts(kind, row, title, titles)
        if fact.field != "channel" and is_own_word(row, kind, fact.field)
    ]
    told = [_labelled(fact) for fact in as_read(kind, row, found)]
    if kind.single:
        return told
    posts = posts_text(row) if isinstance(row, PostKindAnswer) else ""
    words = {"channel": title, "said": posts or told[0]}
    return [gettext("%(channel)s (%(said)s)") % words]


def _labelled(fact: Fact) -> str:
    if fact.label.endswith("?"):
        return gettext("%(label)s %(text)s") % {"label": fact.label, "text": fact.text}
    return labelled(fact.label, fact.text)


def mix_words(answers: Answers) -> list[tuple[str, int]]:
    """Return name and percent of each part of the mix that is chosen."""
    plan = answers.content_plan
    return [
        (str(category.label), percent)
        for category in ContentCategory
        if (percent := getattr(plan, category.value)) is not None
    ]


def as_read(kind: RowKind, row: Answer, found: list[Fact]) -> list[Fact]:
    """Return the facts of a row as they are read: days and hours are one thing, not three."""
    if isinstance(row, PostKindAnswer):
        found = _with_posts(row, found)
    for together in kind.read_together:
        found = _joined(row, found, together)
    return found


def _joined(row: Answer, found: list[Fact], together: FieldsTogether) -> list[Fact]:
    """Join what is said of ``together``; what is all not known yet stands as it is."""
    told = [fact for fact in found if fact.field in together.fields]
    if not any(is_value(getattr(row, fact.field)) for fact in told):
        return found
    unknown = (str(words) for name, words in together.unknown.items() if name in row.not_known)
    text = LIST_SEPARATOR.join([together.written(row), *unknown])
    joined = Fact(
        told[0].kind, row.uid, told[0].row_title, together.fields[0], str(together.label), text
    )
    return [
        joined if fact is told[0] else fact
        for fact in found
        if fact is told[0] or fact.field not in together.fields
    ]


def _with_posts(row: PostKindAnswer, found: list[Fact]) -> list[Fact]:
    others = [fact for fact in found if fact.field not in {"lowest", "highest", "period"}]
    text = _posts_or_not_known(row)
    if not text:
        return others
    posts = Fact(found[0].kind, row.uid, found[0].row_title, "highest", gettext("How often"), text)
    place = sum(fact.field in {"channel", "format", "pillar"} for fact in others)
    return [*others[:place], posts, *others[place:]]


def _posts_or_not_known(kind: PostKindAnswer) -> str:
    posts = posts_text(kind)
    if kind.highest is not None or "highest" not in kind.not_known:
        return posts
    if not posts:
        return gettext("Not known yet")
    return gettext("%(posts)s, the highest number is not known yet") % {"posts": posts}


def _line(
    answers: Answers, step: str, label: "str | Promise", items: Iterable[str], at_most: int
) -> SummaryLine:
    said = [one_line(item) for item in items if item.strip()]
    more = max(0, len(said) - at_most)
    # What is followed by another one ends with the dot between them, not with its own.
    followed = at_most if more else len(said) - 1
    said = [*(item.rstrip(".") or item for item in said[:followed]), *said[followed:]]
    return SummaryLine(
        step=step,
        label=label,
        items=tuple(cut(item, LONGEST_ITEM) for item in said[:at_most]),
        more=more,
        is_numbered=step == "audience" and len(said) > 1,
        is_not_known=answers.is_not_known(step),
    )


def _period(answers: Answers) -> list[str]:
    return [span_text(answers.period.starts_on, answers.period.ends_on)]


def _mix(answers: Answers) -> list[str]:
    return [
        gettext("%(category)s %(percent)s") % {"category": name, "percent": percent_text(percent)}
        for name, percent in mix_words(answers)
    ]


def _followers(answers: Answers) -> list[str]:
    aim = answers.follower_aim
    items = [aim.relevant]
    if aim.engagement_rate is not None:
        rate = percent_text(aim.engagement_rate)
        items.append(gettext("Engagement rate %(rate)s") % {"rate": rate})
    return items + [habit.text for habit in answers.habits]


def _channel(channel: ChannelAnswer, kinds: Sequence[PostKindAnswer]) -> str:
    owner = channel.owner.name if channel.owner else gettext("no owner yet")
    posts = cadence_text(cadence_of(kinds))
    if not posts and any("highest" in kind.not_known for kind in kinds):
        posts = gettext("posts not known yet")
    if posts:
        return gettext("%(channel)s (%(owner)s, %(posts)s)") % {
            "channel": channel.name,
            "owner": owner,
            "posts": posts,
        }
    return gettext("%(channel)s (%(owner)s)") % {"channel": channel.name, "owner": owner}


def _figure(kpi: KpiAnswer) -> str:
    words = {
        "figure": kpi.label,
        "today": number_text(kpi.baseline) if kpi.baseline is not None else "",
        "target": number_text(kpi.target) if kpi.target is not None else "",
    }
    if kpi.baseline is not None and kpi.target is not None:
        return gettext("%(figure)s: %(today)s today, %(target)s aimed at") % words
    if kpi.target is not None:
        return gettext("%(figure)s: %(target)s aimed at") % words
    return kpi.label


def _activity(activity: ActivityAnswer) -> str:
    first, last = activity.starts_on, activity.ends_on
    words = {"activity": activity.name, "days": span_text(first, last)}
    if first and last:
        return gettext("%(activity)s, %(days)s") % words
    if first:
        return gettext("%(activity)s, from %(day)s") % {**words, "day": date_text(first)}
    if last:
        return gettext("%(activity)s, to %(day)s") % {**words, "day": date_text(last)}
    return activity.name
