"""How we are doing, and the page of each figure."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.due import late_words
from core.exceptions import Refusal
from core.idempotency import uid_from_submission
from core.merging import until_alone
from core.messages import success_with_undo
from core.text import isolated
from measurement.chart import chart_data
from measurement.figures import Figure, FigureVerdict, figure_of, figures_of, verdict_of
from measurement.forms import ReadingForm
from measurement.models import Reading
from measurement.services import (
    add_reading,
    correct_reading,
    record_conflict,
    remove_reading,
    restore_reading,
)
from strategies.enums import MilestoneState
from strategies.in_force import answers_of, next_version, version_in_force
from strategies.models import Milestone, Strategy
from workspaces.permissions import Permission
from workspaces.workspace_view import WorkspaceView


@dataclass(frozen=True)
class FigureLine:
    """A figure as the pages show it."""

    figure: Figure
    verdict: FigureVerdict
    chart: dict[str, Any] | None
    url: str


class MeasurementPage(WorkspaceView):
    """What the pages share."""

    nav = "results"

    def line_of(self, strategy: Strategy, figure: Figure) -> FigureLine:
        """Return the figure with its line, its verdict and its address."""
        return FigureLine(
            figure,
            verdict_of(figure, today=self.workspace.today()),
            chart_data(figure),
            reverse("measurement:figure", args=[self.workspace.slug, strategy.uid, figure.uid]),
        )


class ResultsView(MeasurementPage):
    """Each objective of the strategy in force with its figures, and what was promised and done."""

    template_name = "measurement/results.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show them."""
        today = self.workspace.today()
        version = version_in_force(self.workspace, today)
        if version is None:
            begins_next = next_version(self.workspace, after=today)
            name = isolated(begins_next.strategy.name) if begins_next else ""
            return self.page(strategy=None, begins_next=begins_next, begins_name=name)
        strategy = version.strategy
        lines = [self.line_of(strategy, figure) for figure in figures_of(version)]
        objectives = [
            (
                objective.statement,
                [one for one in lines if one.figure.kpi.objective == objective.uid],
            )
            for objective in answers_of(version).objectives
        ]
        placed = {one.figure.uid for _statement, found in objectives for one in found}
        promised = [
            (one, one.state == MilestoneState.DONE, late_words(one.due_on, self.workspace.today()))
            for one in Milestone.objects.live()
            .filter(strategy=strategy, dropped_at__isnull=True, kind="initiative")
            .order_by("due_on", "pk")
        ]
        return self.page(
            strategy=strategy,
            version=version,
            objectives=objectives,
            others=[one for one in lines if one.figure.uid not in placed],
            promised=promised,
            done=sum(is_done for _milestone, is_done, _late in promised),
            can_read=strategy.is_open and self.membership.can(Permission.TICK_MILESTONE),
        )


class FigureView(MeasurementPage):
    """One figure: its line, its readings, and a form for the next one."""

    template_name = "measurement/figure.html"
    strategy: Strategy
    figure: Figure

    def load_objects(self) -> None:
        """Find the figure in what was approved of the strategy."""
        self.strategy = get_object_or_404(
            Strategy.objects.for_workspace(self.workspace), uid=self.kwargs["strategy"]
        )
        self.strategy.workspace = self.workspace
        figure = figure_of(self.strategy, self.kwargs["figure"])
        if figure is None:
            raise Http404
        self.figure = figure

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        initial = {"read_on": self.workspace.today()}
        return self.answer(ReadingForm(figure=self.figure, initial=initial))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Write a reading down."""
        if not self.membership.can(Permission.TICK_MILESTONE):
            raise PermissionDenied
        form = ReadingForm(request.POST, figure=self.figure)
        if not form.is_valid():
            return self.answer(form, status=422)
        what = f"reading {self.figure.uid} {self.membership.uid}"
        try:
            reading = add_reading(
                self.strategy,
                figure=self.figure.uid,
                name=self.figure.kpi.label,
                values=form.values,
                by=self.membership.user,
                uid=uid_from_submission(self.strategy.uid, what, request.POST),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.answer(form, status=422)
        words = {"figure": isolated(self.figure.kpi.label)}
        messages.success(request, _("Saved the reading of “%(figure)s”.") % words)
        return redirect(f"{request.path}#reading-{reading.uid}")

    def answer(self, form: ReadingForm, *, status: int = 200) -> HttpResponse:
        """The page with the form."""
        may = self.strategy.is_open and self.membership.can(Permission.TICK_MILESTONE)
        return self.page(
            status=status,
            form=form,
            strategy=self.strategy,
            line=self.line_of(self.strategy, self.figure),
            figure=self.figure,
            can_read=may,
        )


class ReadingPage(MeasurementPage):
    """The door of one reading."""

    permission = Permission.TICK_MILESTONE
    reading: Reading
    figure: Figure

    def load_objects(self) -> None:
        """Find the reading, and the figure it is of."""
        self.reading = get_object_or_404(
            Reading.objects.for_workspace(self.workspace).select_related("strategy", "updated_by"),
            uid=self.kwargs["reading"],
        )
        self.reading.strategy.workspace = self.workspace
        figure = figure_of(self.reading.strategy, self.reading.figure)
        if figure is None:
            raise Http404
        self.figure = figure

    @property
    def name(self) -> str:
        """What the figure is called."""
        return self.figure.kpi.label


class ReadingView(ReadingPage):
    """Correct a reading."""

    template_name = "measurement/reading.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self.answer(ReadingForm(figure=self.figure, reading=self.reading))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save; what somebody else saved meanwhile stays, field by field."""
        return until_alone(self.save)

    def save(self) -> HttpResponse:
        """Save once; raises Conflict when somebody else did at the same moment."""
        self.load_objects()
        form = ReadingForm(self.request.POST, figure=self.figure, reading=self.reading)
        by = self.membership.user
        if form.conflicts:
            record_conflict(self.reading, name=self.name, both=form.both_texts, by=by)
            return self.answer(form, status=409)
        if not form.is_valid():
            return self.answer(form, status=422)
        try:
            correct_reading(
                self.reading,
                name=self.name,
                values=form.values,
                expected=self.reading.revision,
                by=by,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.answer(form, status=422)
        messages.success(self.request, _("The reading was corrected."))
        return redirect(self.reading.get_absolute_url())

    def answer(self, form: ReadingForm, *, status: int = 200) -> HttpResponse:
        """The page with the form."""
        return self.page(
            status=status,
            form=form,
            reading=self.reading,
            saved=self.reading,
            figure=self.figure,
            strategy=self.reading.strategy,
            figure_url=self.reading.get_absolute_url(),
        )


class ReadingRemoveView(ReadingPage):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Remove it, with a way back."""
        try:
            remove_reading(self.reading, name=self.name, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            undo = reverse("measurement:restore", args=[self.workspace.slug, self.reading.uid])
            success_with_undo(request, _("The reading was removed."), undo)
        return redirect(self.reading.get_absolute_url())


class ReadingRestoreView(ReadingPage):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            restore_reading(self.reading, name=self.name, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(self.reading.get_absolute_url())
