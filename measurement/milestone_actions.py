"""*Read the figure* takes the number on the milestone's own page."""

from uuid import UUID

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.idempotency import uid_from_submission
from measurement.figures import Figure, figure_of
from measurement.forms import ReadingForm
from measurement.services import add_reading
from strategies.in_force import (
    READ,
    InPlaceForm,
    MilestoneAction,
    NotInPlace,
    register_milestone_action,
)
from strategies.models import Milestone, Strategy
from workspaces.models import Membership, Workspace


class ReadHere:
    """The form of a reading on the milestone's page."""

    submit: "str | Promise" = _("Save the reading")

    def __init__(
        self, data: QueryDict | None, strategy: Strategy, figure: Figure, member: Membership
    ) -> None:
        self.data, self.strategy, self.figure, self.member = data, strategy, figure, member
        initial = {"read_on": strategy.workspace.today()}
        self.reading_form = ReadingForm(data, figure=figure, initial=initial)

    @property
    def form(self) -> forms.BaseForm:
        """What the page draws."""
        return self.reading_form

    def save(self, *, by: User) -> None:
        """Write the reading down, once for one page."""
        add_reading(
            self.strategy,
            figure=self.figure.uid,
            name=self.figure.kpi.label,
            values=self.reading_form.values,
            by=by,
            uid=uid_from_submission(
                self.strategy.uid,
                f"reading {self.figure.uid} {self.member.uid}",
                self.data or QueryDict(),
            ),
        )

    def record_conflict(self, *, by: User) -> None:
        """Something new is in nobody's way."""


def _read_here(
    data: QueryDict | None, milestone: Milestone, workspace: Workspace, member: Membership
) -> InPlaceForm:
    milestone.strategy.workspace = workspace
    figure = figure_of(milestone.strategy, UUID(milestone.row_uid))
    if figure is None:
        raise NotInPlace
    return ReadHere(data, milestone.strategy, figure, member)


def _page(milestone: Milestone, workspace: Workspace) -> str:
    place = [workspace.slug, milestone.strategy.uid, milestone.uid]
    return f"{reverse('strategies:milestone', args=place)}#do"


def _results(milestone: Milestone, workspace: Workspace) -> str:
    return reverse("measurement:results", args=[workspace.slug])


register_milestone_action(MilestoneAction(READ, _("Type it in"), _page, in_place=_read_here))
register_milestone_action(MilestoneAction("mid-term", _("See how we are doing"), _results))
