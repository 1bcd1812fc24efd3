"""What would make it better. Silent where nothing of the kind was said, or it is not known yet."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext, ngettext

from core.findings import Severity
from core.text import date_text
from strategies.domain.answer_types import is_said
from strategies.domain.answers import Answers
from strategies.domain.checks.registry import Context, Problem, check
from strategies.domain.checks.warnings import PROMOTIONAL_WARNING, only_size, open_channels
from strategies.domain.checks.words import name_of
from strategies.enums import ListeningKind
from strategies.models.metrics import Family

PROMOTIONAL_TIP = 50  # percent
AUDIENCES_AT_MOST = 5  # question 1 asks for two to four
OBJECTIVES_AT_MOST = 3
MESSAGES_AT_MOST = 5
DATES_AT_LEAST = 3  # fewer on one day are no sign of carelessness


@check("figure-without-today", Severity.TIP, step="measurement")
def figure_without_today(answers: Answers, context: Context) -> Iterator[Problem]:
    """A sign has no number."""
    for kpi in answers.kpis:
        if not kpi.is_sign and not is_said(kpi, "baseline"):
            yield Problem(
                gettext("“%(figure)s” has no figure today: measure it in the first four weeks.")
                % {"figure": name_of(kpi.label)},
                gettext("Type it in, or say that it is not known yet"),
                "kpi",
                kpi.uid,
                "baseline",
            )


@check("channel-without-backup", Severity.TIP, step="ownership")
def channel_without_backup(answers: Answers, context: Context) -> Iterator[Problem]:
    """Owners fall ill and go on holiday."""
    for channel in open_channels(answers):
        if not is_said(channel, "backup"):
            yield Problem(
                gettext("%(channel)s has no backup.") % {"channel": name_of(channel.name)},
                gettext("Name who takes over"),
                "channel",
                channel.uid,
                "backup",
            )


@check("channels-alike", Severity.TIP, step="ownership")
def channels_alike(answers: Answers, context: Context) -> Iterator[Problem]:
    """Two of the same name read as one wherever a channel is named."""
    seen: set[str] = set()
    for channel in open_channels(answers):
        name = channel.name.casefold()
        if name in seen:
            yield Problem(
                gettext("Two channels are called %(channel)s.")
                % {"channel": name_of(channel.name)},
                gettext("Write the account, so that they can be told apart"),
                "channel",
                channel.uid,
                "handle",
            )
        seen.add(name)


@check("half-selling", Severity.TIP, step="content")
def half_selling(answers: Answers, context: Context) -> Iterator[Problem]:
    """Above 50 percent; above 70 it is a warning."""
    plan = answers.content_plan
    if plan.promotional is not None and PROMOTIONAL_TIP < plan.promotional <= PROMOTIONAL_WARNING:
        yield Problem(
            gettext("More than half of the posts are meant to sell: %(number)d percent.")
            % {"number": plan.promotional},
            gettext("Look at the mix again"),
            "content-plan",
            plan.uid,
            "promotional",
        )


@check("no-awareness-or-intention", Severity.TIP, step="measurement")
def no_awareness_or_intention(answers: Answers, context: Context) -> Iterator[Problem]:
    """B19 of the brief; where only likes or followers are counted, the warning says it."""
    families = {kpi.tells_of for kpi in answers.kpis}
    if families and not families & {Family.AWARENESS, Family.INTENTION}:
        if only_size(answers.kpis):
            return
        yield Problem(
            gettext("No figure tells whether more people know you or mean to act."),
            gettext("Add one"),
            "kpi",
            "",
            "metric",
        )


@check("many-audiences", Severity.TIP, step="audience")
def many_audiences(answers: Answers, context: Context) -> Iterator[Problem]:
    """Who writes for everybody reaches nobody in particular."""
    number = len(answers.audiences)
    if number > AUDIENCES_AT_MOST:
        yield Problem(
            ngettext(
                "There is %(number)d audience. Few groups can be written for, one post at a time.",
                "There are %(number)d audiences. Few groups can be written for, one post at a time.",
                number,
            )
            % {"number": number},
            gettext("Join some, or leave some out"),
            "audience",
            answers.audiences[AUDIENCES_AT_MOST].uid,
            "name",
        )


@check("many-objectives", Severity.TIP, step="success")
def many_objectives(answers: Answers, context: Context) -> Iterator[Problem]:
    """One to three are remembered."""
    number = len(answers.objectives)
    if number > OBJECTIVES_AT_MOST:
        yield Problem(
            ngettext(
                "There is %(number)d objective. Up to three are remembered.",
                "There are %(number)d objectives. Up to three are remembered.",
                number,
            )
            % {"number": number},
            gettext("Choose the most important"),
            "objective",
            answers.objectives[OBJECTIVES_AT_MOST].uid,
            "statement",
        )


@check("many-messages", Severity.TIP, step="message")
def many_messages(answers: Answers, context: Context) -> Iterator[Problem]:
    """Up to five can be repeated often enough."""
    number = len(answers.messages)
    if number > MESSAGES_AT_MOST:
        yield Problem(
            ngettext(
                "There is %(number)d key message. Up to five can be repeated often enough.",
                "There are %(number)d key messages. Up to five can be repeated often enough.",
                number,
            )
            % {"number": number},
            gettext("Choose the most important"),
            "message",
            answers.messages[MESSAGES_AT_MOST].uid,
            "text",
        )


@check("initiative-without-owner-or-date", Severity.TIP, step="success")
def initiative_without_owner_or_date(answers: Answers, context: Context) -> Iterator[Problem]:
    """The roadmap would give it to the author, and to the last day."""
    for row in answers.initiatives:
        has_owner = is_said(row, "owner") or is_said(row, "owner_name")
        has_date = is_said(row, "due_on")
        if has_owner and has_date:
            continue
        if has_date:
            sentence = gettext("“%(initiative)s” is nobody’s yet: it would become the author’s.")
        elif has_owner:
            sentence = gettext("“%(initiative)s” has no day: it would be due on the last one.")
        else:
            sentence = gettext("“%(initiative)s” is nobody’s yet, and has no day.")
        yield Problem(
            sentence % {"initiative": name_of(row.title)},
            gettext("Choose a day") if has_owner else gettext("Name who does it"),
            "initiative",
            row.uid,
            "due_on" if has_owner else "owner",
        )


@check("follower-number-without-relevance", Severity.TIP, step="followers")
def follower_number_without_relevance(answers: Answers, context: Context) -> Iterator[Problem]:
    """A number of followers says nothing of who they are."""
    aim = answers.follower_aim
    if aim.number is not None and not is_said(aim, "relevant"):
        yield Problem(
            gettext("You aim at a number of followers, and not at whom."),
            gettext("Say who counts as relevant"),
            "follower-aim",
            aim.uid,
            "relevant",
        )


@check("no-competitor", Severity.TIP, step="measurement")
def no_competitor(answers: Answers, context: Context) -> Iterator[Problem]:
    """Asked once something of question 7 is said."""
    if not answers.kpis and not answers.listening:
        return
    if all(row.kind != ListeningKind.COMPETITOR for row in answers.listening):
        yield Problem(
            gettext("No competitor is named to listen for."),
            gettext("Add one"),
            "listening",
            "",
            "term",
        )


@check("same-date-for-everything", Severity.TIP, step="success")
def same_date_for_everything(answers: Answers, context: Context) -> Iterator[Problem]:
    """Everything on one day is usually a date that nobody chose."""
    dated: list[tuple[date, str, str, str]] = [
        (day, kind, row.uid, field)
        for kind, rows, field in (
            ("initiative", answers.initiatives, "due_on"),
            ("objective", answers.objectives, "by_on"),
        )
        for row in rows
        if (day := getattr(row, field)) is not None
    ]
    days = [day for day, *_rest in dated] + [kpi.by_on for kpi in answers.kpis if kpi.by_on]
    if not dated or len(days) < DATES_AT_LEAST or len(set(days)) > 1:
        return
    day, kind, uid, field = dated[0]
    yield Problem(
        gettext("Everything is due on the same day, %(day)s.") % {"day": date_text(day)},
        gettext("Spread it over the period"),
        kind,
        uid,
        field,
    )
