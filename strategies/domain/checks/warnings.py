"""What should be fixed. A field answered with *not known yet* becomes a milestone and is silent."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext, ngettext

from core.findings import Severity
from core.text import date_text
from networks.catalogue import NETWORKS
from networks.enums import ChannelState, OperatorKind
from strategies.domain.answer_types import AudienceAnswer, ChannelAnswer, KpiAnswer, Person, is_said
from strategies.domain.answers import Answers
from strategies.domain.cadence import cadence_of, cadence_text, kinds_by_channel
from strategies.domain.checks.registry import Context, Problem, check
from strategies.domain.checks.words import name_of, names_of
from strategies.domain.effort import effort
from strategies.domain.watching import OTHER, is_answered_on
from strategies.enums import Direction, PolicyNeed
from strategies.models.metrics import Family

PROMOTIONAL_WARNING = 70  # percent; B11 of the brief: pushing a product drives people away
CHANNELS_ONE_PERSON_CAN_OWN = 3
WORK_WITHOUT_HOURS = 8 * 60  # minutes a week: a working day
FAR_APART = 4  # times the lowest number
FAR_APART_AT_LEAST = 6  # posts; fewer are no matter


@check("period-is-over", Severity.WARNING, step="begin")
def period_is_over(answers: Answers, context: Context) -> Iterator[Problem]:
    """It could be approved, and would never be in force."""
    days = answers.period.days
    if days and days[1] < context.today:
        yield Problem(
            gettext("The period has been over since %(day)s.") % {"day": date_text(days[1])},
            gettext("Choose other days"),
            "period",
            answers.period.uid,
            "ends_on",
            task=gettext("Choose a period that is not over yet"),
        )


@check("campaign-outside-the-period", Severity.WARNING, step="fit")
def campaign_outside_the_period(answers: Answers, context: Context) -> Iterator[Problem]:
    """Days that were planned for another period: nothing of them is seen while this one holds."""
    if (days := answers.period.days) is None:
        return
    first, last = days
    for activity in answers.activities:
        begins, ends = activity.starts_on, activity.ends_on or activity.starts_on
        if (begins and begins > last) or (ends and ends < first):
            yield _outside("activity", activity.uid, activity.name, "starts_on", begins or ends)


@check("aim-outside-the-period", Severity.WARNING, step="success")
def aim_outside_the_period(answers: Answers, context: Context) -> Iterator[Problem]:
    """An objective of before the period, or work that is due before or after it."""
    if (days := answers.period.days) is None:
        return
    first, last = days
    for objective in answers.objectives:
        if objective.by_on and objective.by_on < first:
            yield _outside(
                "objective", objective.uid, objective.statement, "by_on", objective.by_on
            )
    for initiative in answers.initiatives:
        if initiative.due_on and not first <= initiative.due_on <= last:
            yield _outside(
                "initiative", initiative.uid, initiative.title, "due_on", initiative.due_on
            )


def _outside(kind: str, row: str, name: str, field: str, day: date | None) -> Problem:
    return Problem(
        gettext("“%(name)s” lies outside the period: %(day)s.")
        % {"name": name_of(name), "day": date_text(day) if day else ""},
        gettext("Choose another day"),
        kind,
        row,
        field,
        task=gettext("Choose a day in the period for “%(name)s”") % {"name": name_of(name)},
    )


@check("audience-without-message", Severity.WARNING, step="message")
def audience_without_message(answers: Answers, context: Context) -> Iterator[Problem]:
    """Silent while a message says that its audiences are not known yet: nobody can tell."""
    if not answers.messages or any("audiences" in row.not_known for row in answers.messages):
        return
    told = {uid for message in answers.messages for uid in message.audiences}
    for audience in answers.audiences:
        if audience.uid not in told:
            yield Problem(
                gettext("No key message is for “%(audience)s”.")
                % {"audience": name_of(audience.name)},
                gettext("Write one for them"),
                "message",
                "",
                "text",
                about=audience.uid,
                task=gettext("Write a key message for “%(audience)s”")
                % {"audience": name_of(audience.name)},
            )


@check("message-without-audience", Severity.WARNING, step="message")
def message_without_audience(answers: Answers, context: Context) -> Iterator[Problem]:
    """Asked once there are audiences to choose from."""
    for message in answers.messages if answers.audiences else ():
        if not is_said(message, "audiences"):
            yield Problem(
                gettext("“%(message)s” is for nobody yet.") % {"message": name_of(message.text)},
                gettext("Choose for whom"),
                "message",
                message.uid,
                "audiences",
                task=gettext("Choose for whom “%(message)s” is")
                % {"message": name_of(message.text)},
            )


@check("audience-where-we-have-no-channel", Severity.WARNING, step="audience")
def audience_where_we_have_no_channel(answers: Answers, context: Context) -> Iterator[Problem]:
    """Without any channel the blocker says it."""
    channels = open_channels(answers)
    for audience in answers.audiences if channels else ():
        missing = [
            code
            for code in audience.networks
            if not any(_is_found_on(audience, channel, code) for channel in channels)
        ]
        if missing:
            yield Problem(
                gettext("You look for “%(audience)s” on %(networks)s, and have no channel there.")
                % {
                    "audience": name_of(audience.name),
                    "networks": names_of(str(NETWORKS[code].name) for code in missing),
                },
                gettext("Add the channel, or choose another place"),
                "audience",
                audience.uid,
                "networks",
                task=gettext(
                    "Add a channel on %(networks)s for “%(audience)s”, or choose another place"
                )
                % {
                    "audience": name_of(audience.name),
                    "networks": names_of(str(NETWORKS[code].name) for code in missing),
                },
            )


@check("channel-without-audience", Severity.WARNING, step="audience")
def channel_without_audience(answers: Answers, context: Context) -> Iterator[Problem]:
    """Silent while nobody has said where an audience is found."""
    if not answers.audiences or not all(_is_placed(audience) for audience in answers.audiences):
        return
    for channel in open_channels(answers):
        if not any(
            _is_found_on(audience, channel, code)
            for audience in answers.audiences
            for code in audience.networks
        ):
            yield Problem(
                gettext("No audience uses %(channel)s.") % {"channel": name_of(channel.name)},
                gettext("Choose it for an audience, or close the channel"),
                "audience",
                answers.audiences[0].uid,
                "networks",
                about=channel.uid,
                task=gettext("Choose %(channel)s for an audience, or close it")
                % {"channel": name_of(channel.name)},
            )


@check("channel-nobody-watches", Severity.WARNING, step="ownership")
def channel_nobody_watches(answers: Answers, context: Context) -> Iterator[Problem]:
    """A channel in use has days on which somebody looks."""
    watches = {watch.channel: watch for watch in answers.watches}
    for channel in answers.channels:
        watch = watches.get(channel.uid)
        is_watched = watch is not None and is_said(watch, "days")
        if not channel.is_in_use or is_watched or not is_answered_on(channel):
            continue
        yield Problem(
            gettext("Nobody watches %(channel)s.") % {"channel": name_of(channel.name)},
            gettext("Say on which days it is watched"),
            "watch",
            watch.uid if watch else "",
            "days" if watch else "channel",
            about=channel.uid,
            task=gettext("Say on which days %(channel)s is watched")
            % {"channel": name_of(channel.name)},
        )


@check("externals-without-policy", Severity.WARNING, step="ownership")
def externals_without_policy(answers: Answers, context: Context) -> Iterator[Problem]:
    """B7 of the brief: whoever posts for you, hired in or not, is bound by a policy you have."""
    ownership = answers.ownership
    if context.policy_for_externals or ownership.policy_need == PolicyNeed.IN_PLACE:
        return
    if "policy_need" in ownership.not_known:
        return
    number = ownership.can_post_external or 0
    if number:
        sentence = ngettext(
            "%(number)d person from outside can post, and there is no policy.",
            "%(number)d people from outside can post, and there is no policy.",
            number,
        ) % {"number": number}
    elif any(map(_is_run_from_outside, open_channels(answers))):
        sentence = gettext("People from outside run channels, and there is no policy.")
    else:
        return
    yield Problem(
        sentence,
        gettext("Say where the policy stands"),
        "ownership",
        ownership.uid,
        "policy_need",
        task=gettext("Say where the policy for people from outside stands"),
    )


@check("one-person-owns-too-much", Severity.WARNING, step="ownership")
def one_person_owns_too_much(answers: Answers, context: Context) -> Iterator[Problem]:
    """Four channels or more on one pair of shoulders."""
    owned: dict[Person, list[ChannelAnswer]] = defaultdict(list)
    for channel in open_channels(answers):
        if channel.owner:
            owned[channel.owner].append(channel)
    for person, channels in owned.items():
        if len(channels) > CHANNELS_ONE_PERSON_CAN_OWN:
            yield Problem(
                ngettext(
                    "%(person)s owns %(number)d channel.",
                    "%(person)s owns %(number)d channels.",
                    len(channels),
                )
                % {"person": name_of(person.name), "number": len(channels)},
                gettext("Share them out"),
                "channel",
                channels[-1].uid,
                "owner",
                about=person.uid,
                task=gettext("Share out the channels of %(person)s")
                % {"person": name_of(person.name)},
            )


@check("mostly-selling", Severity.WARNING, step="content")
def mostly_selling(answers: Answers, context: Context) -> Iterator[Problem]:
    """Above 70 percent; above 50 it is a tip."""
    plan = answers.content_plan
    if plan.promotional is not None and plan.promotional > PROMOTIONAL_WARNING:
        yield Problem(
            gettext("%(number)d percent of the posts are meant to sell. That drives people away.")
            % {"number": plan.promotional},
            gettext("Give more room to the useful and to dialogue"),
            "content-plan",
            plan.uid,
            "promotional",
            task=gettext("Give more room to the useful and to dialogue in the mix"),
        )


@check("more-work-than-hours", Severity.WARNING, step="content")
def more_work_than_hours(answers: Answers, context: Context) -> Iterator[Problem]:
    """The posts planned, in minutes, above the hours by more than a quarter."""
    work = effort(answers)
    if not work.is_above:
        return
    heaviest = max(work.channels, key=lambda channel: channel.minutes).heaviest
    yield Problem(
        gettext("The posts are %(work)s of work a week; question 3 says %(hours)s.")
        % {"work": work.work, "hours": work.hours},
        gettext("Plan fewer posts, or find more hours"),
        "post-kind",
        heaviest.uid,
        "highest",
        task=gettext("Plan fewer posts than %(work)s of work a week, or find more hours")
        % {"work": work.work},
    )


@check("work-without-hours", Severity.WARNING, step="ownership")
def work_without_hours(answers: Answers, context: Context) -> Iterator[Problem]:
    """More than a working day of posts a week, and nothing said of the time for it."""
    work = effort(answers)
    ownership = answers.ownership
    if is_said(ownership, "hours_per_week") or work.minutes <= WORK_WITHOUT_HOURS:
        return
    yield Problem(
        gettext("The posts are %(work)s of work a week; question 3 says no hours for it.")
        % {"work": work.work},
        gettext("Say how many hours there are"),
        "ownership",
        ownership.uid,
        "hours_per_week",
        task=gettext("Say how many hours a week there are for the posts"),
    )


@check("posts-far-apart", Severity.WARNING, step="content")
def posts_far_apart(answers: Answers, context: Context) -> Iterator[Problem]:
    """A highest number far above the lowest is no plan: nobody can tell when there are enough."""
    for uid, kinds in kinds_by_channel(answers).items():
        cadence, channel = cadence_of(kinds), answers.channel(uid)
        lowest, highest = cadence.lowest, cadence.highest
        if channel is None or lowest is None or highest is None:
            continue
        if highest <= FAR_APART * max(lowest, 1) or highest - lowest < FAR_APART_AT_LEAST:
            continue
        widest = max(kinds, key=lambda kind: (kind.highest or 0) - (kind.lowest or 0))
        yield Problem(
            gettext("%(channel)s: %(posts)s. The highest number is far above the lowest.")
            % {"channel": name_of(channel.name), "posts": cadence_text(cadence)},
            gettext("Choose numbers closer together"),
            "post-kind",
            widest.uid,
            "highest",
            about=uid,
            task=gettext("Choose numbers of posts closer together for %(channel)s")
            % {"channel": name_of(channel.name)},
        )


@check("objective-without-figure", Severity.WARNING, step="measurement")
def objective_without_figure(answers: Answers, context: Context) -> Iterator[Problem]:
    """A sign that is seen or not is a figure too."""
    measured = {kpi.objective for kpi in answers.kpis}
    for objective in answers.objectives:
        if objective.uid not in measured:
            yield Problem(
                gettext("Nothing tells whether you reach “%(objective)s”.")
                % {"objective": name_of(objective.statement)},
                gettext("Add a figure or a sign for it"),
                "kpi",
                "",
                "metric",
                about=objective.uid,
                task=gettext("Add a figure or a sign for “%(objective)s”")
                % {"objective": name_of(objective.statement)},
            )


@check("figure-nobody-reads", Severity.WARNING, step="measurement")
def figure_nobody_reads(answers: Answers, context: Context) -> Iterator[Problem]:
    """Somebody reads it, and every so often."""
    for kpi in answers.kpis:
        if not is_said(kpi, "reader"):
            yield _of_kpi(
                gettext("Nobody reads “%(figure)s”."),
                kpi,
                gettext("Choose who reads it"),
                "reader",
                gettext("Choose who reads “%(figure)s”"),
            )
        elif not is_said(kpi, "read_every"):
            yield _of_kpi(
                gettext("Nobody knows how often “%(figure)s” is read."),
                kpi,
                gettext("Say how often"),
                "read_every",
                gettext("Say how often “%(figure)s” is read"),
            )


@check("figure-without-date", Severity.WARNING, step="measurement")
def figure_without_date(answers: Answers, context: Context) -> Iterator[Problem]:
    """The date of its objective will do."""
    dated = {row.uid for row in answers.objectives if is_said(row, "by_on")}
    for kpi in answers.kpis:
        if kpi.direction == Direction.FOLLOW:
            continue
        if not is_said(kpi, "by_on") and kpi.objective not in dated:
            yield _of_kpi(
                gettext("“%(figure)s” has no date to be reached by."),
                kpi,
                gettext("Choose a date"),
                "by_on",
                gettext("Choose a date by which “%(figure)s” is reached"),
            )


@check("only-likes-or-followers", Severity.WARNING, step="measurement")
def only_likes_or_followers(answers: Answers, context: Context) -> Iterator[Problem]:
    """Size says little of what people know or mean to do."""
    if only_size(answers.kpis):
        yield Problem(
            gettext("You measure only likes or followers."),
            gettext("Add what people know or mean to do"),
            "kpi",
            "",
            "metric",
            task=gettext("Add a figure of what people know or mean to do"),
        )


def open_channels(answers: Answers) -> list[ChannelAnswer]:
    """Return the channels in use or planned."""
    return [
        channel
        for channel in answers.channels
        if channel.state in {ChannelState.ACTIVE, ChannelState.PLANNED}
    ]


def only_size(kpis: tuple[KpiAnswer, ...]) -> bool:
    """Whether there are figures, and all of them count likes or followers."""
    return bool(kpis) and all(kpi.tells_of == Family.SIZE for kpi in kpis)


def _is_found_on(audience: AudienceAnswer, channel: ChannelAnswer, code: str) -> bool:
    """Whether ``channel`` is the place that ``code`` names for an audience.

    Other networks are told apart by their names, which stand under *other places*; where nothing
    stands there, any of them may be meant.
    """
    if channel.network != code:
        return False
    if code != OTHER or not audience.elsewhere or not channel.other_network:
        return True
    return channel.other_network.casefold() in audience.elsewhere.casefold()


def _is_placed(audience: AudienceAnswer) -> bool:
    return bool(audience.networks or audience.elsewhere)


def _is_run_from_outside(channel: ChannelAnswer) -> bool:
    people = (channel.owner, channel.operator, channel.backup)
    return channel.operator_kind == OperatorKind.AGENCY or any(
        person is not None and person.is_external for person in people
    )


def _of_kpi(sentence: str, kpi: KpiAnswer, link: str, field: str, task: str) -> Problem:
    words = {"figure": name_of(kpi.label)}
    return Problem(sentence % words, link, "kpi", kpi.uid, field, task=task % words)
