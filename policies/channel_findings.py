"""What is to look at on channels: people from outside who have access and have not read a policy."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.findings import Severity
from core.text import isolated
from networks.findings import CHANNEL_FINDINGS, ChannelFinding
from networks.models import AccessGrant, Channel
from policies.services.access import Unread, unread_for
from workspaces.models import Workspace


def find_unread(
    workspace: Workspace, channels: Sequence[Channel], today: date
) -> Iterator[ChannelFinding]:
    """One finding a channel, person and policy whose day has passed."""
    by_pk = {channel.pk: channel for channel in channels}
    grants = AccessGrant.objects.for_workspace(workspace).current().of_externals()
    # Given as a queryset, which is asked only where a policy binds people from outside.
    of_channels = grants.filter(channel__in=by_pk).select_related("member__user")
    told = set()
    for unread in unread_for(workspace, of_channels, timezone.now()):
        key = (unread.grant.channel_id, unread.grant.person_uid, unread.version.pk)
        if unread.is_late and key not in told and not unread.grant.is_over(today):
            told.add(key)
            yield _finding(workspace, by_pk[unread.grant.channel_id], unread)


def _finding(workspace: Workspace, channel: Channel, unread: Unread) -> ChannelFinding:
    grant, policy = unread.grant, unread.version.policy
    words = {
        "person": isolated(grant.person_name),
        "channel": isolated(channel),
        "policy": isolated(unread.version.title),
    }
    if grant.member is not None:
        sentence = _("%(person)s has access to %(channel)s and has not read “%(policy)s”.")
        link, name = _("Open the policy"), "policies:policy"
    else:
        sentence = _(
            "%(person)s has access to %(channel)s, and no signed copy of “%(policy)s” is on file."
        )
        link, name = _("Note a signed copy"), "policies:signed_copy"
    return ChannelFinding(
        severity=Severity.WARNING,
        code="access-policy-unread",
        sentence=sentence % words,
        link=link,
        url=reverse(name, args=[workspace.slug, policy.uid]),
        channel=channel,
    )


CHANNEL_FINDINGS.register("policies.read", find_unread)
