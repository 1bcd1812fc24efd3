"""What is to look at on channels: a registry of functions that find it.

An app registers its own in ``<app>/channel_findings.py``, which is found by name. They stand on the
page of the channel, in the list of channels and beside the question about ownership.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.findings import Finding
from core.registry import Registry
from networks.models import Channel
from workspaces.models import Workspace


@dataclass(frozen=True, kw_only=True)
class ChannelFinding(Finding):
    """A finding about one channel; about several at once where ``channel`` is None."""

    channel: Channel | None


#: Looks at all channels given in a number of queries that does not grow with them.
FindOnChannels = Callable[[Workspace, Sequence[Channel], date], Iterable[ChannelFinding]]
CHANNEL_FINDINGS: Registry[FindOnChannels] = Registry("channel finding", module="channel_findings")


def findings_on(
    workspace: Workspace, channels: Sequence[Channel], today: date
) -> list[ChannelFinding]:
    """Return what is to look at on ``channels`` of the workspace, gravest first."""
    if not channels:
        return []
    found = [one for find in CHANNEL_FINDINGS for one in find(workspace, channels, today)]
    return sorted(found, key=lambda finding: finding.severity.rank)


def first_of(
    findings: Sequence[ChannelFinding], workspace: Workspace, *, at_most: int
) -> list[ChannelFinding]:
    """Return the first of ``findings``, and one that says how many more there are."""
    shown, rest = list(findings[:at_most]), findings[at_most:]
    if rest:
        sentence = ngettext(
            "%(number)d more thing to look at on your channels.",
            "%(number)d more things to look at on your channels.",
            len(rest),
        ) % {"number": len(rest)}
        shown.append(
            ChannelFinding(
                severity=rest[0].severity,
                code="more",
                sentence=sentence,
                link=_("See the channels"),
                url=reverse("networks:list", args=[workspace.slug]),
                channel=None,
                number=len(rest),
            )
        )
    return shown
