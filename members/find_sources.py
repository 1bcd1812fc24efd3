"""People, to be found by their names."""

from collections.abc import Iterable, Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workspaces.find import FindSource, FoundThing, register, says
from workspaces.models import Membership, MembershipQuerySet
from workspaces.permissions import Permission


def find(member: Membership, words: Sequence[str]) -> MembershipQuerySet:
    members = Membership.objects.for_workspace(member.workspace).active().by_name()
    return members.filter(says(words, "user__name", "company"))


def describe(
    found: Iterable[Membership], member: Membership, words: Sequence[str]
) -> Iterator[FoundThing]:
    slug = member.workspace.slug
    for one in found:
        url = f"{reverse('members:list', args=[slug])}#member-{one.uid}"
        if member.can(Permission.MANAGE_MEMBERS):
            url = reverse("members:change", args=[slug, one.uid])
        yield FoundThing(one.name, url, one.get_role_display())


register(FindSource("people", _("People"), "people", 50, find, describe))
