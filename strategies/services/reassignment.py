"""A leaver's milestones, and the answers that name the leaver."""

from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.models import User
from strategies.domain.questionnaire import KINDS, NOTE_KIND
from strategies.enums import StrategyState
from strategies.models import Milestone
from workspaces.models import Membership

# Where an answer names a person.
NAMED: tuple[tuple[type[Any], str], ...] = tuple(
    (kind.model, name)
    for kind in (*KINDS.values(), NOTE_KIND)
    if not kind.is_shared
    for name in kind.people
)


def milestones_of(member: Membership) -> int:
    """Return how many open milestones the member has."""
    return _milestones(member).count()


@transaction.atomic
def move_milestones(from_: Membership, to: Membership, *, by: User) -> int:
    """Give every open milestone to another; it stays so when the strategy is approved again."""
    return _milestones(from_).update(
        owner=to,
        is_owner_by_hand=True,
        revision=F("revision") + 1,
        updated_by=by,
        updated_at=timezone.now(),
    )


def answers_naming(member: Membership) -> int:
    """Return how many answers of open strategies name the member."""
    return sum(_naming(member, model, field).count() for model, field in NAMED)


@transaction.atomic
def move_answers(from_: Membership, to: Membership, *, by: User) -> int:
    """Name another wherever an answer of an open strategy names the member."""
    changed = {"revision": F("revision") + 1, "updated_by": by, "updated_at": timezone.now()}
    return sum(
        _naming(from_, model, field).update(**{field: to}, **changed) for model, field in NAMED
    )


def _milestones(member: Membership) -> "QuerySet[Milestone]":
    return (
        Milestone.objects.for_workspace(member.workspace)
        .open()
        .filter(owner=member, strategy__state=StrategyState.OPEN)
    )


def _naming(member: Membership, model: type[Any], field: str) -> "QuerySet[Any]":
    found: QuerySet[Any] = model._default_manager.filter(
        removed_at__isnull=True,
        strategy__workspace=member.workspace,
        strategy__state=StrategyState.OPEN,
        **{field: member},
    )
    return found
