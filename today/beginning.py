"""The three steps that a new workspace begins with."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from networks.models import Channel
from workspaces.models import Membership
from workspaces.permissions import Permission


@dataclass(frozen=True)
class Beginning:
    """One step; ``url`` is empty for a person whose role does not take it."""

    title: "str | Promise"
    text: "str | Promise"
    action: "str | Promise"
    url: str
    is_done: bool = False
    is_next: bool = False


def steps_to_begin(member: Membership) -> list[Beginning]:
    """Return the steps of ``member``: who invites people sees three, who edits two, others none."""
    slug = member.workspace.slug
    if not member.can(Permission.EDIT_STRATEGY):
        return []
    people = Membership.objects.for_workspace(member.workspace).active()
    channels = Channel.objects.for_workspace(member.workspace).live()
    steps = [
        Beginning(
            _("Invite the people you work with"),
            _(
                "A second reader approves the strategy. Alone you can approve it too, with a reason."
            ),
            _("Invite people"),
            reverse("members:list", args=[slug]) if member.can(Permission.MANAGE_MEMBERS) else "",
            is_done=people.exclude(pk=member.pk).exists(),
        ),
        Beginning(
            _("Add your channels"),
            _("The accounts that speak for you, each with one owner."),
            _("Add channels"),
            reverse("networks:list", args=[slug]) if member.can(Permission.EDIT_CHANNELS) else "",
            is_done=channels.exists(),
        ),
        Beginning(
            _("Begin a strategy"),
            _("Eight questions. The first pass takes about 30 minutes."),
            _("Begin a strategy"),
            reverse("strategies:new", args=[slug]),
        ),
    ]
    return _with_next(steps)


def _with_next(steps: list[Beginning]) -> list[Beginning]:
    """Mark the first step that is not done and that the person can take."""
    marked = []
    is_marked = False
    for step in steps:
        is_next = bool(step.url) and not step.is_done and not is_marked
        is_marked = is_marked or is_next
        marked.append(
            Beginning(step.title, step.text, step.action, step.url, step.is_done, is_next)
        )
    return marked
