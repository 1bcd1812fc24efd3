"""Remembering where a person is in the first pass."""

from django.db import transaction

from strategies.domain.first_pass import SCREEN_BY_CODE
from strategies.domain.row_kind import RowKind
from strategies.models import FirstPassPlace, Strategy
from workspaces.models import Membership


def screen_left(strategy: Strategy, membership: Membership) -> RowKind | None:
    """Return the screen that ``membership`` had open last; None where there is none."""
    kept = FirstPassPlace.objects.filter(strategy=strategy, membership=membership).first()
    return SCREEN_BY_CODE.get(kept.kind) if kept else None


@transaction.atomic
def keep_screen(strategy: Strategy, membership: Membership, screen: RowKind) -> None:
    """Remember ``screen``; nobody else sees it, so the history does not tell of it."""
    if screen_left(strategy, membership) is not screen:
        FirstPassPlace.objects.update_or_create(
            strategy=strategy, membership=membership, defaults={"kind": screen.code}
        )


def forget_screen(strategy: Strategy, membership: Membership) -> None:
    """Begin anew next time."""
    FirstPassPlace.objects.filter(strategy=strategy, membership=membership).delete()
