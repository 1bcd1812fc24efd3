"""What is to look at in the access register of channels."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.findings import Severity
from core.text import LIST_SEPARATOR, isolated
from networks.enums import AccessLevel, ConfirmationState, LoginKind, TwoFactor
from networks.findings import CHANNEL_FINDINGS, ChannelFinding
from networks.models import IN_USE, AccessGrant, Channel
from workspaces.models import Workspace

NAMED_AT_MOST = 3  # people in one sentence
TO_CONFIRM = (ConfirmationState.NEVER, ConfirmationState.DUE)


@dataclass(frozen=True)
class AccessProblem:
    """One thing about the accesses of a channel: where it is mended, by name of the address."""

    code: str
    severity: Severity
    sentence: str
    link: "str | Promise"
    url_name: str


def find_access(
    workspace: Workspace, channels: Sequence[Channel], today: date
) -> Iterator[ChannelFinding]:
    """Look at all ``channels`` in two queries; accesses are read only where one is to look at."""
    by_pk = {channel.pk: channel for channel in channels}
    states = Channel.objects.filter(pk__in=by_pk).with_access_state(today).order_by()
    found = list(states.values_list("pk", "is_access_noted", "is_access_to_look_at"))
    is_noted = {pk: is_access_noted for pk, is_access_noted, _to_look_at in found}
    to_look_at = [pk for pk, _is_noted, is_to_look_at in found if is_to_look_at]
    if to_look_at:
        here = AccessGrant.objects.for_workspace(workspace).current()
        by_channel: defaultdict[int, list[AccessGrant]] = defaultdict(list)
        for grant in here.filter(channel__in=to_look_at).select_related("member__user"):
            by_channel[grant.channel_id].append(grant)
        for pk, channel in by_pk.items():
            for problem in problems_of(channel, by_channel[pk], today):
                yield _finding(workspace, channel, problem)
    unnoted = [
        channel
        for channel in channels
        if not is_noted[channel.pk] and channel.state in IN_USE and channel.removed_at is None
    ]
    if unnoted:
        yield _nobody_noted(workspace, unnoted)


CHANNEL_FINDINGS.register("networks.access", find_access)


def problems_of(
    channel: Channel, grants: Sequence[AccessGrant], today: date
) -> Iterator[AccessProblem]:
    """Yield what is wrong with the current accesses of one channel, the gravest first."""
    if not grants:
        return
    over = [grant for grant in grants if grant.is_over(today)]
    if over:
        yield _problem(
            "access-over",
            ngettext(
                "%(people)s should not have access to %(channel)s any more.",
                "%(people)s should not have access to %(channel)s any more.",
                len(over),
            ),
            _("Take it back"),
            channel,
            over,
        )
    unconfirmed = [
        grant for grant in grants if grant not in over and grant.confirmation(today) in TO_CONFIRM
    ]
    if unconfirmed:
        yield _problem(
            "access-to-confirm",
            ngettext(
                "Nobody has confirmed lately that %(people)s still needs access to %(channel)s.",
                "Nobody has confirmed lately that %(people)s still need access to %(channel)s.",
                _number_of_people(unconfirmed),
            ),
            _("Confirm it"),
            channel,
            unconfirmed,
        )
    unsafe = [
        grant
        for grant in grants
        if grant.login == LoginKind.SHARED and grant.two_factor == TwoFactor.NO
    ]
    if unsafe:
        yield _problem(
            "access-without-two-factor",
            _(
                "The shared login of %(channel)s has no two-factor: whoever learns the password is in."
            ),
            _("Turn it on and record it"),
            channel,
            unsafe,
        )
    if channel.state not in IN_USE:
        return
    admins = [grant for grant in grants if grant.level == AccessLevel.ADMIN]
    if _number_of_people(admins) == 1:
        yield _problem(
            "access-one-admin",
            _(
                "%(people)s is the only admin of %(channel)s: without them nobody can let others in."
            ),
            _("Name a second one"),
            channel,
            admins,
        )
    if not any(grant.holds_recovery_email or grant.holds_recovery_phone for grant in grants):
        yield _problem(
            "access-without-recovery",
            _(
                "Nobody holds the recovery email or phone of %(channel)s: a lost password would lose the account."
            ),
            _("Record who holds it"),
            channel,
            grants,
        )


#: code → the page on which it is mended, and whether that page is the channel's
_MENDED = {
    "access-over": "networks:access",
    "access-to-confirm": "networks:access_confirm",
    "access-without-two-factor": "networks:access",
    "access-one-admin": "networks:access_add",
    "access-without-recovery": "networks:access",
}


def _problem(
    code: str,
    sentence: str,
    link: str,
    channel: Channel,
    grants: Sequence[AccessGrant],
) -> AccessProblem:
    words = {"people": people_words(grants), "channel": isolated(channel)}
    return AccessProblem(code, Severity.WARNING, sentence % words, link, _MENDED[code])


def _finding(workspace: Workspace, channel: Channel, problem: AccessProblem) -> ChannelFinding:
    page = reverse(problem.url_name, args=[workspace.slug])
    return ChannelFinding(
        severity=problem.severity,
        code=problem.code,
        sentence=problem.sentence,
        link=problem.link,
        url=f"{page}?channel={channel.uid}",
        channel=channel,
    )


def _nobody_noted(workspace: Workspace, channels: Sequence[Channel]) -> ChannelFinding:
    """Channels in use of which nothing is noted, together in one sentence."""
    words = {"channel": isolated(channels[0]), "number": len(channels)}
    sentence = ngettext(
        "Nobody is recorded yet as having access to %(channel)s.",
        "Nobody is recorded yet as having access to %(number)d channels.",
        len(channels),
    )
    one = channels[0] if len(channels) == 1 else None
    page = reverse("networks:access_add" if one else "networks:access", args=[workspace.slug])
    return ChannelFinding(
        severity=Severity.TIP,
        code="access-not-noted",
        sentence=sentence % words,
        link=_("Add who has access"),
        url=f"{page}?channel={one.uid}" if one else page,
        channel=one,
    )


def people_words(grants: Iterable[AccessGrant]) -> str:
    """Name the people of some accesses, each once; of many the first few and how many more."""
    names = list({grant.person_uid: isolated(grant.person_name) for grant in grants}.values())
    shown, rest = names[:NAMED_AT_MOST], len(names) - NAMED_AT_MOST
    if rest > 0:
        others = ngettext("%(number)d more", "%(number)d more", rest) % {"number": rest}
        return LIST_SEPARATOR.join([*shown, others])
    if len(shown) > 1:
        return _("%(first)s and %(last)s") % {
            "first": LIST_SEPARATOR.join(shown[:-1]),
            "last": shown[-1],
        }
    return "".join(shown)


def _number_of_people(grants: Iterable[AccessGrant]) -> int:
    return len({grant.person_uid for grant in grants})
