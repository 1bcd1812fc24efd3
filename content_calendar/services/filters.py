"""Keeping filters under a name."""

from django.db import transaction
from django.utils.translation import gettext as _

from content_calendar.models import SavedFilter
from core.exceptions import Refusal
from workspaces.models import Membership
from workspaces.permissions import Permission

FILTERS_AT_MOST = 50  # that one person sees


@transaction.atomic
def save_filter(name: str, query: str, *, is_for_all: bool, by: Membership) -> SavedFilter:
    """Keep ``query`` under a name, for oneself or for everybody; the same name is written over.

    Raises Refusal for a filter that is empty, for one too many, and for everybody's without the
    permission to plan.
    """
    if not query:
        raise Refusal(_("Choose something to filter by first."))
    if is_for_all and not by.can(Permission.EDIT_CALENDAR):
        raise Refusal(_("You can keep filters for yourself only."))
    owner = None if is_for_all else by
    seen = SavedFilter.objects.for_member(by)
    found = seen.filter(owner=owner, name=name).first()
    if found is None and seen.count() >= FILTERS_AT_MOST:
        raise Refusal(_("There are many filters already. Remove one first."))
    saved = found or SavedFilter(workspace=by.workspace, owner=owner, name=name)
    saved.query = query
    saved.save()
    return saved


def may_remove(saved: SavedFilter, by: Membership) -> bool:
    """Whether ``by`` may remove the filter: one's own, and everybody's where one may plan."""
    return saved.owner_id == by.pk or (saved.owner_id is None and by.can(Permission.EDIT_CALENDAR))


@transaction.atomic
def remove_filter(saved: SavedFilter) -> None:
    """Remove it for good: nothing but a name is lost."""
    saved.delete()
