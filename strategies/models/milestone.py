"""The roadmap's rows."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.rows import Row, RowQuerySet
from strategies.enums import MilestoneState, Phase
from strategies.models.answers import person
from strategies.models.strategy import Strategy
from workspaces.models import Workspace


class MilestoneQuerySet(RowQuerySet):
    """Milestones of a roadmap."""

    def for_workspace(self, workspace: Workspace) -> Self:
        """Those of its own strategies."""
        return self.filter(strategy__workspace=workspace)

    def for_roadmap(self) -> Self:
        """Soonest first, with owner loaded; what no longer follows included."""
        return self.live().select_related("owner__user").order_by("due_on", "pk")

    def open(self) -> Self:
        """Still to be done, and still following from the approved answers."""
        return self.live().filter(dropped_at__isnull=True).exclude(state=MilestoneState.DONE)


class Milestone(Row):
    """Something to be done by somebody by a day.

    ``key`` is kind + uid of the row it follows from (decision 7 of docs/adr): what was ticked,
    moved or reassigned by hand survives re-approval. Own milestones have the kind ``own``.

    ``about`` names what belongs to the workspace and not to one strategy: whichever strategies ask
    the same of it, it is done once. ``done_reason`` is the fact that ended a milestone by itself
    (``is_done_by_fact``), or why a person says it is done although the fact is not there.
    """

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="milestones")
    key = models.CharField(max_length=120, editable=False)
    kind = models.CharField(max_length=40, editable=False)
    step = models.CharField(max_length=20, blank=True, editable=False)
    row_kind = models.CharField(max_length=40, blank=True, editable=False)
    row_uid = models.CharField(max_length=36, blank=True, editable=False)
    about = models.CharField(max_length=60, blank=True, editable=False)
    phase = models.CharField(_("phase"), max_length=10, choices=Phase.choices, default=Phase.RUN)
    title = models.CharField(_("what is to be done?"), max_length=400)
    due_on = models.DateField(_("due"))
    owner = person(_("whose is it?"))
    owner_name = models.CharField(_("or a name or team"), max_length=160, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=MilestoneState.choices, default=MilestoneState.TO_COME
    )
    is_due_by_hand = models.BooleanField(default=False, editable=False)
    is_owner_by_hand = models.BooleanField(default=False, editable=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_done_by_fact = models.BooleanField(default=False, editable=False)
    done_reason = models.CharField(max_length=400, blank=True, editable=False)
    dropped_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[MilestoneQuerySet] = MilestoneQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("milestone")
        constraints = [
            models.UniqueConstraint(fields=["strategy", "key"], name="milestone_key_once"),
            models.CheckConstraint(
                condition=Q(phase__in=Phase.values), name="milestone_phase_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=MilestoneState.DONE, done_at__isnull=False, done_by__isnull=False)
                    | (
                        Q(done_at__isnull=True, done_by__isnull=True)
                        & Q(state__in=[MilestoneState.TO_COME, MilestoneState.BEGUN])
                    )
                ),
                name="milestone_who_and_when_done",
            ),
            models.CheckConstraint(
                condition=Q(state=MilestoneState.DONE) | Q(is_done_by_fact=False, done_reason=""),
                name="milestone_why_done",
            ),
        ]

    def __str__(self) -> str:
        return self.title
