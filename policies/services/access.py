"""What people from outside have to read before they get access to a channel.

A member from outside reads here; somebody without an account signs a copy, which a member notes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from networks.models import AccessGrant
from policies.enums import CONCERNING
from policies.models import Acknowledgement, PolicyVersion
from policies.services.reading import due_of
from workspaces.enums import Engagement
from workspaces.models import Workspace


@dataclass(frozen=True)
class Unread:
    """A policy that binds the holder of an access and was not read, or not signed.

    ``is_late``: not even somebody who has access already may wait any longer.
    """

    grant: AccessGrant
    version: PolicyVersion
    is_late: bool


def has_policy_for_externals(workspace: Workspace) -> bool:
    """Whether a policy in force binds people from outside; one query."""
    versions = PolicyVersion.objects.for_workspace(workspace).in_force(timezone.now())
    return versions.filter(concerned__in=CONCERNING[Engagement.EXTERNAL]).exists()


def unread_for(
    workspace: Workspace, grants: Iterable[AccessGrant], now: datetime
) -> Iterator[Unread]:
    """Yield what holders from outside have not read: three queries, however many accesses.

    ``grants`` are not looked at where no policy binds people from outside.
    """
    versions = _binding(workspace, now)
    if not versions:
        return
    external = [grant for grant in grants if grant.is_external]
    if not external:
        return
    read, signed = _read(versions)
    for grant in external:
        for version in versions:
            channels = [channel.pk for channel in version.channels.all()]
            if channels and grant.channel_id not in channels:
                continue
            if grant.member is not None:
                has_read = (version.policy_id, grant.member.pk) in read
            else:
                has_read = (version.policy_id, grant.outsider_name.casefold()) in signed
            if not has_read:
                yield Unread(grant, version, is_late=_is_late(version, grant, workspace, now))


def _binding(workspace: Workspace, now: datetime) -> list[PolicyVersion]:
    versions = (
        PolicyVersion.objects.for_workspace(workspace)
        .to_be_read(now)
        .filter(concerned__in=CONCERNING[Engagement.EXTERNAL])
        .select_related("policy")
        .defer("text", "policy__text")
        .order_by("read_by_on", "pk")
    )
    found = list(versions.prefetch_related("channels"))
    for version in found:
        version.policy.workspace = workspace
    return found


def _read(
    versions: Sequence[PolicyVersion],
) -> tuple[set[tuple[int, int]], set[tuple[int, str]]]:
    """Return who has read which policy: (policy, member), and (policy, name) of signed copies."""
    least: Mapping[int, int] = {version.policy_id: version.number for version in versions}
    read: set[tuple[int, int]] = set()
    signed: set[tuple[int, str]] = set()
    found = Acknowledgement.objects.filter(version__policy__in=least)
    for one in found.select_related("version").defer("version__text"):
        policy = one.version.policy_id
        if one.version.number < least[policy]:
            continue
        if one.member_id is None:
            signed.add((policy, one.outsider_name.casefold()))
        else:
            read.add((policy, one.member_id))
    return read, signed


def _is_late(
    version: PolicyVersion, grant: AccessGrant, workspace: Workspace, now: datetime
) -> bool:
    if grant.member is not None:
        grant.member.workspace = workspace
        return due_of(version, grant.member, now).is_late
    return version.read_by_on is None or workspace.today(now) > version.read_by_on
