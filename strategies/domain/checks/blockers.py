"""What must be fixed before a strategy can be submitted. *Not known yet* does not lift it."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from strategies.domain.answers import Answers
from strategies.domain.checks.registry import Context, Problem, check
from strategies.domain.checks.words import name_of

MIX: tuple[tuple[str, "str | Promise"], ...] = (
    ("promotional", _("The mix does not say how much should sell.")),
    ("informative", _("The mix does not say how much should be useful.")),
    ("engagement", _("The mix does not say how much should be dialogue.")),
)


@check("no-period", Severity.BLOCKER, step="begin")
def no_period(answers: Answers, context: Context) -> Iterator[Problem]:
    """A version holds from a day to a day."""
    period = answers.period
    for field, sentence, link in (
        ("starts_on", gettext("The period has no first day."), gettext("Say when it begins")),
        ("ends_on", gettext("The period has no last day."), gettext("Say when it ends")),
    ):
        if getattr(period, field) is None:
            yield Problem(sentence, link, "period", period.uid, field)


@check("ends-before-it-begins", Severity.BLOCKER, step="begin")
def ends_before_it_begins(answers: Answers, context: Context) -> Iterator[Problem]:
    """The last day may be the first, not earlier."""
    period = answers.period
    if period.starts_on and period.ends_on and period.ends_on < period.starts_on:
        yield Problem(
            gettext("The period ends before it begins."),
            gettext("Choose another day"),
            "period",
            period.uid,
            "ends_on",
        )


@check("no-audience", Severity.BLOCKER, step="audience")
def no_audience(answers: Answers, context: Context) -> Iterator[Problem]:
    """Everything else is chosen for somebody."""
    if not answers.audiences:
        yield Problem(
            gettext("There is no audience yet."),
            gettext("Add the first one"),
            "audience",
            "",
            "name",
        )


@check("no-message", Severity.BLOCKER, step="message")
def no_message(answers: Answers, context: Context) -> Iterator[Problem]:
    """A post carries one of them."""
    if not answers.messages:
        yield Problem(
            gettext("There is no key message yet."),
            gettext("Write the first one"),
            "message",
            "",
            "text",
        )


@check("no-channel", Severity.BLOCKER, step="ownership")
def no_channel(answers: Answers, context: Context) -> Iterator[Problem]:
    """A closed or frozen channel carries nothing."""
    if any(channel.state in {"active", "planned"} for channel in answers.channels):
        return
    yield Problem(
        gettext("There is no channel in use or planned."),
        gettext("Add one"),
        "channel",
        "",
        "network",
    )


@check("channel-without-owner", Severity.BLOCKER, step="ownership")
def channel_without_owner(answers: Answers, context: Context) -> Iterator[Problem]:
    """A channel in use belongs to one person; a planned one gets a milestone instead."""
    for channel in answers.channels:
        if channel.is_in_use and (channel.owner is None or channel.owner.has_left):
            words = {
                "channel": name_of(channel.name),
                "person": channel.owner and channel.owner.name,
            }
            yield Problem(
                gettext("%(channel)s has no owner: %(person)s has left.") % words
                if channel.owner
                else gettext("%(channel)s has no owner.") % words,
                gettext("Name one person"),
                "channel",
                channel.uid,
                "owner",
            )


@check("mix-is-not-100", Severity.BLOCKER, step="content")
def mix_is_not_100(answers: Answers, context: Context) -> Iterator[Problem]:
    """The three parts are whole percents of one whole."""
    plan = answers.content_plan
    missing = [(field, sentence) for field, sentence in MIX if getattr(plan, field) is None]
    if missing:
        field, sentence = missing[0]
        if len(missing) == len(MIX):
            sentence = gettext("The mix is not chosen yet.")
        yield Problem(sentence, gettext("Choose it"), "content-plan", plan.uid, field)
        return
    total = sum(getattr(plan, field) for field, _sentence in MIX)
    if total == 100:
        return
    apart = abs(total - 100)
    sentence = (
        ngettext(
            "The mix adds up to %(total)d percent: %(apart)d point is missing.",
            "The mix adds up to %(total)d percent: %(apart)d points are missing.",
            apart,
        )
        if total < 100
        else ngettext(
            "The mix adds up to %(total)d percent: %(apart)d point too many.",
            "The mix adds up to %(total)d percent: %(apart)d points too many.",
            apart,
        )
    ) % {"total": total, "apart": apart}
    yield Problem(sentence, gettext("Mend the mix"), "content-plan", plan.uid, "promotional")


@check("no-objective", Severity.BLOCKER, step="success")
def no_objective(answers: Answers, context: Context) -> Iterator[Problem]:
    """Without one nobody can tell whether it worked."""
    if not answers.objectives:
        yield Problem(
            gettext("There is no objective yet."),
            gettext("Write the first one"),
            "objective",
            "",
            "statement",
        )


@check("nobody-can-approve", Severity.BLOCKER, step="")
def nobody_can_approve(answers: Answers, context: Context) -> Iterator[Problem]:
    """The link leads to the people of the workspace, where a reviewer is invited."""
    if not context.reviewers_available:
        yield Problem(
            gettext("Nobody in this workspace can approve the strategy."),
            gettext("Invite a reviewer"),
        )
