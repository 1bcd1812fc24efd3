"""What waits in the access register, for who keeps it: the owner of a channel, else the admins."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.text import isolated
from networks.findings import findings_on
from networks.models import Channel, ChannelQuerySet
from notifications.todo_kinds import Todo, TodoKind, register
from workspaces.models import Membership

Words = Callable[[Channel, str, Membership], Todo]

#: What can wait until the person gets to it.
AT_RISK = ("access-without-two-factor", "access-one-admin", "access-without-recovery")


def find_over(member: Membership) -> ChannelQuerySet:
    return _kept(member).with_access_over(member.workspace.today())


def find_to_confirm(member: Membership) -> ChannelQuerySet:
    return _kept(member).with_access_to_confirm(member.workspace.today())


def find_at_risk(member: Membership) -> ChannelQuerySet:
    return _kept(member).with_access_at_risk()


def _kept(member: Membership) -> ChannelQuerySet:
    channels: ChannelQuerySet = Channel.objects.access_kept_by(member)
    return channels


# --- in words -----------------------------------------------------------------------------------


def _todos(
    found: QuerySet[Any],
    member: Membership,
    today: date,
    *,
    codes: tuple[str, ...],
    words: Words,
) -> Iterator[Todo]:
    """One todo a channel, with all that is found of it in one sentence after the other."""
    channels = list(found.order_by("position", "pk"))
    findings = findings_on(member.workspace, channels, today)
    for channel in channels:
        said = [
            str(one.sentence) for one in findings if one.code in codes and one.channel == channel
        ]
        if said:
            yield words(channel, " ".join(said), member)


def _over(channel: Channel, said: str, member: Membership) -> Todo:
    return Todo(
        title=_("Take back access to %(channel)s") % {"channel": isolated(channel)},
        by=said,
        icon="key",
        url=_page("networks:access", channel, member),
        verb=_("Take it back"),
    )


def _to_confirm(channel: Channel, said: str, member: Membership) -> Todo:
    return Todo(
        title=_("Confirm who has access to %(channel)s") % {"channel": isolated(channel)},
        by=said,
        icon="key",
        url=_page("networks:access_confirm", channel, member),
        verb=_("Confirm it"),
    )


def _at_risk(channel: Channel, said: str, member: Membership) -> Todo:
    return Todo(
        title=_("Make sure that %(channel)s cannot be lost") % {"channel": isolated(channel)},
        by=said,
        icon="key",
        url=reverse("networks:channel", args=[member.workspace.slug, channel.uid]),
        verb=_("See who has access"),
        can_wait=True,
    )


def _page(name: str, channel: Channel, member: Membership) -> str:
    due = "&due=over" if name == "networks:access" else ""
    return f"{reverse(name, args=[member.workspace.slug])}?channel={channel.uid}{due}"


register(
    TodoKind(
        "networks.access_over",
        find_over,
        partial(_todos, codes=("access-over",), words=_over),
    )
)
register(
    TodoKind(
        "networks.access_to_confirm",
        find_to_confirm,
        partial(_todos, codes=("access-to-confirm",), words=_to_confirm),
    )
)
register(
    TodoKind(
        "networks.access_at_risk",
        find_at_risk,
        partial(_todos, codes=AT_RISK, words=_at_risk),
    )
)
