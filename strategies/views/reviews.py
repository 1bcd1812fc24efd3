"""Submitting a strategy, reading its versions, deciding on them."""

from typing import Any, ClassVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.models import User
from core.exceptions import Refusal
from core.findings import Severity, how_many
from core.idempotency import uid_from_submission
from core.text import isolated
from members.models import Invitation
from strategies.enums import VersionState
from strategies.forms.reviews import (
    AloneForm,
    ChangesForm,
    DecisionForm,
    InviteReviewerForm,
    ReviewerForm,
    SubmitForm,
)
from strategies.models import ReviewRequest, StepComment, StrategyVersion
from strategies.presentation.review import read_version, usual_since
from strategies.services import versions as service
from strategies.views.mixins import StrategyView
from workspaces.permissions import Permission

REFUSED = 409
INVALID = 422


class ReviewPage(StrategyView):
    """What all pages of the review share."""

    @property
    def user(self) -> User:
        """The person signed in."""
        return self.membership.user

    def second_reader(self) -> dict[str, Any]:
        """What an admin sees where nobody else can decide: who is invited already, and the form."""
        invited = Invitation.objects.for_workspace(self.workspace).open()
        return {
            "invite_form": InviteReviewerForm(),
            "invited": invited.who_could(Permission.REVIEW_STRATEGY),
        }


# --- submitting -------------------------------------------------------------------------------


class SubmitView(ReviewPage):
    """What the checks say, who is asked, and the button."""

    permission = Permission.EDIT_STRATEGY

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The page before anything is sent."""
        return self.shown(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Submit, or say what must be fixed first."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.shown(form, status=INVALID)
        try:
            version = service.submit_strategy(
                self.strategy,
                reviewers=list(form.cleaned_data.get("reviewers", ())),
                note=form.cleaned_data["note"],
                by=self.user,
                uid=uid_from_submission(
                    self.membership.uid, f"version {self.strategy.uid}", self.request.POST
                ),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.shown(form, status=REFUSED)
        messages.success(
            request, _("Version %(number)d is sent for review.") % {"number": version.number}
        )
        return redirect(version)

    def form(self, data: Any = None) -> SubmitForm:
        """The form, with everybody who could decide."""
        able = service.who_can_review(self.workspace, author=self.user)
        return SubmitForm(data, able=able)

    def shown(self, form: SubmitForm, status: int = 200) -> HttpResponse:
        """Findings first, the form only where it can be sent."""
        blockers = [one for one in self.findings if one.severity == Severity.BLOCKER]
        others = [one for one in self.findings if one.severity != Severity.BLOCKER]
        return self.page(
            "strategies/submit.html",
            status=status,
            form=form,
            blockers=blockers,
            number_of_blockers=how_many(blockers),
            others=others,
            number_of_others=how_many(others),
            overlap=self.overlap,
            waiting=self.strategy.versions.waiting().without_snapshot().first(),
            unsent=form["note"].value() if form.is_bound else "",
            is_alone="reviewers" not in form.fields,
            **self.second_reader(),
        )


# --- reading ----------------------------------------------------------------------------------


class VersionsView(ReviewPage):
    """Every version, the latest first."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The list."""
        versions = self.strategy.versions.with_people().without_snapshot()
        return self.page(
            "strategies/versions.html",
            versions=versions,
            is_waiting=any(one.state == VersionState.SUBMITTED for one in versions),
        )


class VersionPage(ReviewPage):
    """A page of one version, looked up inside its strategy."""

    version: StrategyVersion

    def load_objects(self) -> None:
        """Find the version."""
        super().load_objects()
        self.version = get_object_or_404(
            self.strategy.versions.with_people().without_snapshot(), number=self.kwargs["number"]
        )
        self.version.strategy = self.strategy

    def frame(self) -> dict[str, Any]:
        """The version beside its strategy."""
        return {**super().frame(), "version": self.version}

    def show_review(
        self,
        *,
        form: DecisionForm | None = None,
        alone_form: AloneForm | None = None,
        unsent: Any = (),
        refusal: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """The review page; a decision that did not go through comes back with what was typed."""
        version = self.version
        versions = list(self.strategy.versions.with_people().without_snapshot().order_by("-number"))
        earlier = [one for one in versions if one.number < version.number]
        newest = next((one for one in versions if one.state != VersionState.WITHDRAWN), None)
        since = self.since(earlier)
        # What was said of the version that this one is read against: was it heard?
        comments = list(StepComment.objects.said_of(version, since))
        review = read_version(version, since=since, comments=comments)
        requests = list(ReviewRequest.objects.filter(version=version).with_people())
        asked = [request.reviewer_id for request in requests if request.released_at is None]
        may_decide = self.may_decide()
        if may_decide and form is None:
            form = DecisionForm(version=version, today=self.workspace.today())
        is_own = version.submitted_by_id == self.user.pk
        may_approve_alone = (
            is_own
            and version.state == VersionState.SUBMITTED
            and service.may_approve_alone(self.workspace, author=self.user)
        )
        return self.page(
            "strategies/version.html",
            status=status,
            review=review,
            earlier=earlier,
            newer=newest if newest and newest.number > version.number else None,
            since=since,
            requests=requests,
            may_ask_more=version.state == VersionState.SUBMITTED
            and service.who_can_review(self.workspace, author=version.submitted_by)
            .exclude(pk__in=asked)
            .exists(),
            form=form if may_decide else None,
            alone_form=(alone_form or self.alone_form()) if may_approve_alone else None,
            **(self.second_reader() if may_approve_alone else {}),
            is_own=is_own,
            is_waiting=version.state == VersionState.SUBMITTED,
            may_withdraw=version.state == VersionState.SUBMITTED
            and service.may_withdraw(version, by=self.user),
            unsent=unsent,
            refusal=refusal,
            overlap=service.overlap_of(self.strategy, version.starts_on, version.ends_on)
            if may_decide or may_approve_alone
            else None,
        )

    def alone_form(self, data: Any = None) -> AloneForm:
        """The form of an author whom nobody else can review."""
        return AloneForm(data, version=self.version, today=self.workspace.today())

    def since(self, earlier: list[StrategyVersion]) -> StrategyVersion | None:
        """The version that the address asks to compare with, else the usual one."""
        asked = self.request.GET.get("since", "")
        if asked == "0":
            return None
        chosen = (one for one in earlier if str(one.number) == asked)
        return next(chosen, usual_since(earlier))

    def may_decide(self) -> bool:
        """Whether the person signed in may decide on it now."""
        return (
            self.version.state == VersionState.SUBMITTED
            and self.version.submitted_by_id != self.user.pk
            and self.membership.can(Permission.REVIEW_STRATEGY)
        )

    def refused(self, refusal: Refusal, unsent: Any = (), **forms: Any) -> HttpResponse:
        """Say why nothing was recorded, on the page as it stands now."""
        self.version = get_object_or_404(
            StrategyVersion.objects.with_people(), pk=self.version.pk, strategy=self.strategy
        )
        self.version.strategy = self.strategy
        return self.show_review(status=REFUSED, refusal=str(refusal), unsent=unsent, **forms)


class VersionView(VersionPage):
    """Read a version, and decide at the end of it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The review page."""
        return self.show_review()


# --- deciding ---------------------------------------------------------------------------------


class PressedPage(VersionPage):
    """An address that a button sends to; who comes back to it by itself reads the version."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lead to the version."""
        return redirect(self.version)


class DecisionView(PressedPage):
    """One of the two answers; both are sent from the same form."""

    permission = Permission.REVIEW_STRATEGY
    form_class: ClassVar[type[DecisionForm]]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Decide; whatever goes wrong, what was typed stays on the page."""
        form = self.form_class(request.POST, version=self.version, today=self.workspace.today())
        if not form.is_valid() and self.may_decide():
            return self.show_review(form=form, status=INVALID)
        try:
            self.decide(form)
        except service.NotWaiting as refusal:
            return self.refused(refusal, unsent=form.written())
        except Refusal as refusal:
            return self.refused(refusal, form=form, unsent=self.unsent(form))
        messages.success(request, self.done())
        return redirect(self.version)

    def decide(self, form: DecisionForm) -> None:
        """Call the service, which refuses whoever may not decide."""
        raise NotImplementedError

    def done(self) -> str:
        """What the next page says."""
        raise NotImplementedError

    def unsent(self, form: DecisionForm) -> Any:
        """What stands in no form on the page, because this person may not decide."""
        return () if self.may_decide() else form.written()


class ApproveView(DecisionView):
    """Approve."""

    form_class = DecisionForm

    def decide(self, form: DecisionForm) -> None:
        """Put it in force."""
        service.approve(
            self.version,
            comments=form.comments,
            text=form.cleaned_data.get("text", ""),
            next_review_on=form.cleaned_data.get("next_review_on"),
            fixes=form.ticked,
            by=self.user,
        )

    def done(self) -> str:
        """What follows."""
        return _("Version %(number)d is approved, and its roadmap is ready.") % {
            "number": self.version.number
        }


class AskForChangesView(DecisionView):
    """Ask for changes."""

    form_class = ChangesForm

    def decide(self, form: DecisionForm) -> None:
        """Send it back."""
        service.ask_for_changes(
            self.version,
            comments=form.comments,
            text=form.cleaned_data.get("text", ""),
            by=self.user,
        )

    def done(self) -> str:
        """What follows."""
        return _("%(person)s is told what should change.") % {
            "person": isolated(self.version.submitted_by)
        }


class ApproveAloneView(PressedPage):
    """Approve an own version, with a reason, where nobody else can."""

    permission = Permission.APPROVE_ALONE

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Approve, or say why not."""
        form = self.alone_form(request.POST)
        if not form.is_valid():
            return self.show_review(alone_form=form, status=INVALID)
        try:
            service.approve_alone(
                self.version,
                reason=form.cleaned_data["reason"],
                fixes=form.ticked,
                by=self.user,
            )
        except Refusal as refusal:
            written = [("reason", str(form["reason"].label), form.cleaned_data["reason"])]
            return self.refused(refusal, alone_form=form, unsent=written)
        messages.success(
            request,
            _("Version %(number)d is approved without a second reader.")
            % {"number": self.version.number},
        )
        return redirect(self.version)


class WithdrawView(PressedPage):
    """Take it back."""

    permission = Permission.EDIT_STRATEGY

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Withdraw, or say why not."""
        try:
            service.withdraw(self.version, by=self.user)
        except Refusal as refusal:
            return self.refused(refusal)
        messages.success(
            request,
            _("Version %(number)d is withdrawn. Your answers are as they were.")
            % {"number": self.version.number},
        )
        return redirect(self.version)


class ReviewersView(VersionPage):
    """Ask somebody else, or one more."""

    permission = Permission.EDIT_STRATEGY

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form, with whom to ask instead of when the address says so."""
        form = ReviewerForm(
            version=self.version, initial={"instead_of": request.GET.get("instead_of", "")}
        )
        return self.shown(form)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        form = ReviewerForm(request.POST, version=self.version)
        if not form.is_valid():
            return self.shown(form, status=INVALID)
        to, instead_of = form.cleaned_data["to"], form.cleaned_data["instead_of"]
        try:
            if instead_of is None:
                service.add_reviewer(self.version, reviewer=to, by=self.user)
            else:
                asked = get_object_or_404(
                    ReviewRequest.objects.standing(), version=self.version, reviewer=instead_of
                )
                asked.version = self.version
                service.swap_reviewer(asked, to=to, by=self.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.shown(form, status=REFUSED)
        messages.success(
            request, _("%(person)s is asked to review it.") % {"person": isolated(to.name)}
        )
        return redirect(self.version)

    def shown(self, form: BaseForm, status: int = 200) -> HttpResponse:
        """The form by itself."""
        return self.page(
            "strategies/version_reviewers.html",
            status=status,
            form=form,
            is_waiting=self.version.state == VersionState.SUBMITTED,
        )
