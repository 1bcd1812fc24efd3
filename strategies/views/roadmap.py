"""The roadmap and its milestones."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from core.exceptions import Refusal
from core.idempotency import uid_from_submission
from core.merging import until_alone
from core.messages import success_with_undo
from core.text import isolated
from strategies.domain.milestone_actions import (
    MILESTONE_ACTIONS,
    InPlaceForm,
    NotInPlace,
    action_of,
)
from strategies.domain.roadmap import OWN, derive
from strategies.enums import MilestoneState
from strategies.forms.roadmap import MilestoneForm, MilestoneStateForm
from strategies.models import Milestone, StrategyVersion
from strategies.presentation.gantt import draw
from strategies.presentation.roadmap_lines import (
    by_phase,
    fold_readings,
    lines_of,
    preview_of,
    print_size,
)
from strategies.services.roadmap import (
    ReasonNeeded,
    add_milestone,
    record_conflict,
    remove_milestone,
    restore_milestone,
    save_milestone,
    set_state,
)
from strategies.views.mixins import StrategyView
from workspaces.permissions import Permission


class RoadmapPage(StrategyView):
    """What the roadmap's page and its fragment show."""

    def roadmap_url(self) -> str:
        """The address of the page."""
        return reverse("strategies:roadmap", args=[self.workspace.slug, self.strategy.uid])

    def approved_version(self) -> StrategyVersion | None:
        """The version that the milestones follow."""
        return self.strategy.versions.approved().without_snapshot().first()

    def roadmap(self, *, ticked: str = "") -> dict[str, Any]:
        """Return what its page shows; ``ticked`` is the milestone that keeps the focus."""
        version = self.approved_version()
        found = self.milestones(version) if version else self.preview()
        return {"version": version, "ticked": ticked, "now": timezone.now(), **found}

    def milestones(self, version: StrategyVersion) -> dict[str, Any]:
        """The milestones as they stand."""
        today = self.workspace.today()
        lines = lines_of(
            self.strategy.milestones.for_roadmap(),
            self.strategy,
            today=today,
            member=self.membership,
        )
        standing = fold_readings(line for line in lines if line.look != "dropped")
        late = [line for line in standing if line.look == "late"]
        done = sum(line.look == "done" for line in standing)
        return {
            "phases": by_phase(standing),
            "earlier": [line for line in standing if line.is_folded],
            "dropped": [line for line in lines if line.look == "dropped"],
            "number": len(standing),
            "print_size": print_size(standing),
            "done": done,
            "late": len(late),
            "to_come": len(standing) - done - len(late),
            "first_late": late[0] if late else None,
            "gantt": draw(
                standing, starts_on=version.starts_on, ends_on=version.ends_on, today=today
            ),
            "can_tick": self.strategy.is_open and self.membership.can(Permission.TICK_MILESTONE),
            "can_edit": self.strategy.is_open and self.membership.can(Permission.EDIT_ROADMAP),
        }

    def preview(self) -> dict[str, Any]:
        """What would follow from the answers now, were they approved today."""
        today = self.workspace.today()
        lines = [
            preview_of(derived, self.strategy)
            for derived in derive(self.answers, approved_on=today, today=today)
        ]
        period = self.answers.period
        return {
            "is_preview": True,
            "phases": by_phase(lines),
            "number": len(lines),
            "print_size": print_size(lines),
            "gantt": draw(lines, starts_on=period.starts_on, ends_on=period.ends_on, today=today)
            if lines and period.starts_on and period.ends_on
            else None,
        }


class RoadmapView(RoadmapPage):
    """By phase, and the same as a picture."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        return self.page("strategies/roadmap.html", **self.roadmap())


class MilestonePage(RoadmapPage):
    """The door of one milestone, and its page."""

    template_name = "strategies/milestone.html"
    milestone: Milestone

    def load_objects(self) -> None:
        """Find the milestone inside the strategy."""
        super().load_objects()
        self.milestone = get_object_or_404(
            self.strategy.milestones.select_related("owner__user", "done_by", "updated_by"),
            uid=self.kwargs["milestone"],
        )
        self.milestone.strategy = self.strategy

    def milestone_url(self) -> str:
        """The address of its page."""
        return reverse(
            "strategies:milestone",
            args=[self.workspace.slug, self.strategy.uid, self.milestone.uid],
        )

    def act(self, data: QueryDict | None = None) -> InPlaceForm | None:
        """The form that does what the milestone asks for, where it has one and is still open."""
        is_open = self.strategy.is_open and self.milestone.dropped_at is None
        action = action_of(self.milestone, self.membership)
        if not is_open or self.milestone.state == MilestoneState.DONE or action is None:
            return None
        if action.in_place is None:
            return None
        try:
            return action.in_place(data, self.milestone, self.workspace, self.membership)
        except NotInPlace:
            return None

    def answer(
        self,
        form: MilestoneForm | None = None,
        *,
        act: InPlaceForm | None = None,
        asks_reason: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        """The page with its forms; ``act`` is the one that does what the milestone asks for."""
        can_change = self.strategy.is_open and self.milestone.dropped_at is None
        today = self.workspace.today()
        (line,) = lines_of([self.milestone], self.strategy, today=today, member=self.membership)
        return self.page(
            status=status,
            form=form or MilestoneForm(workspace=self.workspace, milestone=self.milestone),
            act=act or self.act(),
            asks_reason=asks_reason,
            milestone=self.milestone,
            line=line,
            is_own=self.milestone.kind == OWN,
            states=[state for state in MilestoneState if state != self.milestone.state],
            can_tick=can_change,
            can_edit=can_change and self.membership.can(Permission.EDIT_ROADMAP),
            saved=self.milestone,
            roadmap_url=self.roadmap_url(),
        )


class MilestoneAddView(RoadmapPage):
    """A milestone of people's own."""

    template_name = "strategies/milestone_add.html"
    permission = Permission.EDIT_ROADMAP

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form; it begins as the person's own, in the running phase."""
        if not self.approved_version():
            return redirect(self.roadmap_url())
        initial = {"owner": self.membership.pk, "phase": "run"}
        return self.answer(MilestoneForm(workspace=self.workspace, initial=initial))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Add it."""
        form = MilestoneForm(request.POST, workspace=self.workspace)
        if not form.is_valid():
            return self.answer(form, status=422)
        try:
            milestone = add_milestone(
                self.strategy,
                values=form.values,
                by=self.membership.user,
                uid=uid_from_submission(
                    self.strategy.uid, f"milestone {self.membership.uid}", request.POST
                ),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.answer(form, status=422)
        messages.success(
            request, _("“%(title)s” is on the roadmap.") % {"title": isolated(milestone.title)}
        )
        return redirect(f"{self.roadmap_url()}#ms-{milestone.uid}")

    def answer(self, form: MilestoneForm, *, status: int = 200) -> HttpResponse:
        """The page with the form."""
        return self.page(status=status, form=form, roadmap_url=self.roadmap_url())


class MilestoneView(MilestonePage):
    """One milestone: begin it, tick it off; move and reassign it where the role may."""

    permission = Permission.TICK_MILESTONE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        if self.milestone.removed_at:
            return redirect(self.roadmap_url())
        return self.answer(MilestoneForm(workspace=self.workspace, milestone=self.milestone))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save date, owner and, of an own one, title and phase."""
        if not self.membership.can(Permission.EDIT_ROADMAP):
            raise PermissionDenied
        return until_alone(self.save)

    def save(self) -> HttpResponse:
        """Save once; raises Conflict when somebody else did at the same moment."""
        request = self.request
        self.load_objects()
        form = MilestoneForm(request.POST, workspace=self.workspace, milestone=self.milestone)
        if form.conflicts:
            record_conflict(self.milestone, both=form.both_texts, by=self.membership.user)
            return self.answer(form, status=409)
        if not form.is_valid():
            return self.answer(form, status=422)
        try:
            save_milestone(
                self.milestone,
                values=form.values,
                expected=self.milestone.revision,
                by=self.membership.user,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.answer(form, status=422)
        messages.success(
            request, _("Saved “%(title)s”.") % {"title": isolated(self.milestone.title)}
        )
        return redirect(f"{self.roadmap_url()}#ms-{self.milestone.uid}")


class MilestoneDoView(MilestonePage):
    """Do what the milestone asks for, in the form on its page; the fact then ends it."""

    permission = Permission.TICK_MILESTONE

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save; what somebody else saved meanwhile stays, field by field."""
        action = MILESTONE_ACTIONS.get(self.milestone.kind)
        if action is not None and not self.membership.can(action.permission):
            raise PermissionDenied
        return until_alone(self.save)

    def save(self) -> HttpResponse:
        """Save once; raises Conflict when somebody else did at the same moment."""
        self.load_objects()
        act = self.act(self.request.POST)
        if act is None:
            self.say_too_late()
            return redirect(self.milestone_url())
        form: Any = act.form
        if getattr(form, "conflicts", None):
            act.record_conflict(by=self.membership.user)
            return self.answer(act=act, status=409)
        if not form.is_valid():
            return self.answer(act=act, status=422)
        try:
            with transaction.atomic():
                act.save(by=self.membership.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.answer(act=act, status=422)
        self.milestone.refresh_from_db()
        title = isolated(self.milestone.title)
        if self.milestone.state == MilestoneState.DONE:
            messages.success(self.request, _("Done: %(title)s.") % {"title": title})
        else:
            messages.success(self.request, _("Saved “%(title)s”.") % {"title": title})
        return redirect(f"{self.roadmap_url()}#ms-{self.milestone.uid}")

    def say_too_late(self) -> None:
        """Say that what was typed is not wanted any more: somebody else may have been first."""
        if self.milestone.state == MilestoneState.DONE:
            messages.info(
                self.request, _("This milestone is done already. Nothing more was saved.")
            )
        else:
            messages.error(
                self.request, _("This milestone is no longer done here. Nothing was saved.")
            )


class MilestoneStateView(MilestonePage):
    """Tick off, begin, take back: one press."""

    permission = Permission.TICK_MILESTONE

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Move it, and show the roadmap or the page that the press came from, with a way back."""
        said = request.GET.copy()
        said.update(request.POST)
        form = MilestoneStateForm(said)
        if not form.is_valid():
            messages.error(request, _("That is not a state a milestone can have."))
            return redirect(self.roadmap_url())
        before, page = self.milestone.state, self.next_url(said.get("next", ""))
        try:
            state = MilestoneState(form.cleaned_data["state"])
            moved = set_state(
                self.milestone,
                state,
                by=self.membership.user,
                reason=form.cleaned_data["reason"],
            )
        except ReasonNeeded:
            return self.ask_reason()
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            if moved and state == MilestoneState.DONE and not request.htmx:  # type: ignore[attr-defined]
                success_with_undo(
                    request,
                    _("Done: %(title)s.") % {"title": isolated(self.milestone.title)},
                    f"{request.path}?{urlencode({'state': before, 'next': page})}",
                )
        if request.htmx:  # type: ignore[attr-defined]
            ticked = str(self.milestone.uid)
            return self.page("strategies/roadmap.html#road", **self.roadmap(ticked=ticked))
        return redirect(page)

    def ask_reason(self) -> HttpResponse:
        """Show the milestone's page, where the reason is asked."""
        if self.request.htmx:  # type: ignore[attr-defined]
            return HttpResponse(headers={"HX-Redirect": f"{self.milestone_url()}#by-hand"})
        return self.answer(asks_reason=True, status=422)

    def next_url(self, wanted: str) -> str:
        """Where the press came from, when that is a page of ours."""
        if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None):
            return wanted
        return f"{self.roadmap_url()}#ms-{self.milestone.uid}"


class MilestoneRemoveView(MilestonePage):
    """Put an own milestone away."""

    permission = Permission.EDIT_ROADMAP

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Remove, with a way back."""
        try:
            remove_milestone(self.milestone, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            success_with_undo(
                request,
                _("“%(title)s” is removed.") % {"title": isolated(self.milestone.title)},
                reverse(
                    "strategies:milestone_restore",
                    args=[self.workspace.slug, self.strategy.uid, self.milestone.uid],
                ),
            )
        return redirect(self.roadmap_url())


class MilestoneRestoreView(MilestonePage):
    """Bring an own milestone back."""

    permission = Permission.EDIT_ROADMAP

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Restore."""
        try:
            restore_milestone(self.milestone, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(f"{self.roadmap_url()}#ms-{self.milestone.uid}")
