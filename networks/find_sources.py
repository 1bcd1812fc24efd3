"""Channels, to be found by network, name and purpose."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from networks.catalogue import NETWORKS
from networks.models import Channel, ChannelQuerySet
from workspaces.find import FindSource, FoundThing, contains, has_words, register
from workspaces.models import Membership
from workspaces.permissions import Permission

FIELDS = ("handle", "other_network", "purpose", "address")


def find(member: Membership, words: Sequence[str]) -> ChannelQuerySet:
    """A word may also be a network's name, which is no text in the database."""
    found: ChannelQuerySet = Channel.objects.for_workspace(member.workspace).live().in_order()
    for word in words:
        named = [code for code, one in NETWORKS.items() if has_words(str(one.name), [word])]
        said = Q(network__in=named)
        for field in FIELDS:
            said |= contains(field, word)
        found = found.filter(said)
    return found


def describe(
    found: Iterable[Channel], member: Membership, words: Sequence[str]
) -> Iterator[FoundThing]:
    slug = member.workspace.slug
    for channel in found:
        url = reverse("networks:list", args=[slug])
        if member.can(Permission.EDIT_CHANNELS):
            url = reverse("networks:edit", args=[slug, channel.uid])
        yield FoundThing(str(channel), url, channel.get_state_display(), channel.purpose)


register(FindSource("channels", _("Channels"), "cast", 40, find, describe))
