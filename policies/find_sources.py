"""Policies, to be found by title and text."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from policies.models import Policy, PolicyVersion
from policies.models.policy import PolicyQuerySet
from workspaces.find import FindSource, FoundThing, excerpt, register, says
from workspaces.models import Membership
from workspaces.permissions import Permission


def find(member: Membership, words: Sequence[str]) -> PolicyQuerySet:
    """Those that ``member`` may see: drafts only where they may be drafted."""
    policies = Policy.objects.for_workspace(member.workspace).current()
    if member.can(Permission.DRAFT_POLICIES):
        return policies.filter(says(words, "title", "text"))
    versions = PolicyVersion.objects.in_force(timezone.now()).filter(policy=OuterRef("pk"))
    return policies.filter(Exists(versions.filter(says(words, "title", "text"))))


def describe(
    found: Iterable[Policy], member: Membership, words: Sequence[str]
) -> Iterator[FoundThing]:
    policies = list(found)
    if member.can(Permission.DRAFT_POLICIES):
        shown = {policy.pk: (policy.title, policy.text) for policy in policies}
    else:
        versions = PolicyVersion.objects.in_force(timezone.now()).filter(policy__in=policies)
        shown = {version.policy_id: (version.title, version.text) for version in versions}
    for policy in policies:
        policy.workspace = member.workspace
        title, text = shown[policy.pk]
        yield FoundThing(title, policy.get_absolute_url(), excerpt=excerpt(text, words))


register(FindSource("policies", _("Policies"), "doc", 35, find, describe))
