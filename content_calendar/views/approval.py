"""Moving a post from state to state, reading it before a decision, and deciding."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from content_calendar.domain.fingerprint import seen_in
from content_calendar.domain.post_finding import said_once
from content_calendar.domain.rights import (
    approval_needed,
    may_decide,
    may_draft,
    why_not_publish_now,
)
from content_calendar.enums import PostState
from content_calendar.findings import PostFinding, findings_of
from content_calendar.forms.approval import (
    CorrectionForm,
    PostAloneForm,
    PostChangesForm,
    PostDecisionForm,
    PublishNowForm,
    SeenForm,
)
from content_calendar.presentation.post_state import standing_of
from content_calendar.services import approval as service
from content_calendar.services.asking import who_can_decide
from content_calendar.services.publish_now import NEEDS_NO_APPROVAL, publish_now, with_later_times
from content_calendar.services.reasons import reasons_of
from content_calendar.views.base import PostView
from core.exceptions import Refusal
from core.text import isolated
from workspaces.permissions import Permission

REFUSED = 409
INVALID = 422


# --- one button, one state ------------------------------------------------------------------------


class MovePost(PostView):
    """A button that moves the post to another state, for who works on it."""

    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Do it, or say why not, and show the post."""
        if not may_draft(self.membership, self.post_):
            raise PermissionDenied
        try:
            self.move()
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, self.done() % {"post": isolated(self.post_)})
        return redirect(self.post_)

    def move(self) -> None:
        """Call the service."""
        raise NotImplementedError

    def done(self) -> str:
        """What the next page says; ``%(post)s`` is the post."""
        raise NotImplementedError

    @property
    def findings(self) -> list[PostFinding]:
        """What is to look at in the post as it is stored."""
        return findings_of(self.post_)


class PostSubmit(MovePost):
    """Ask the managers to approve the post."""

    def move(self) -> None:
        """Submit it."""
        service.submit_post(self.post_, by=self.membership.user, findings=self.findings)

    def done(self) -> str:
        """What the next page says."""
        return _("“%(post)s” waits for approval now.")


class PostSchedule(MovePost):
    """Fix its time."""

    def move(self) -> None:
        """Schedule it."""
        service.schedule_post(self.post_, by=self.membership.user, findings=self.findings)

    def done(self) -> str:
        """What the next page says."""
        return _("“%(post)s” is scheduled.")


class PostMakeDraft(MovePost):
    """Withdraw, unschedule, or take up again."""

    def move(self) -> None:
        """Make it a draft."""
        service.make_draft(self.post_, by=self.membership.user)

    def done(self) -> str:
        """What the next page says."""
        return _("“%(post)s” can be worked on again.")


class PostCancel(MovePost):
    """Let it not go out."""

    def move(self) -> None:
        """Cancel it."""
        service.cancel_post(self.post_, by=self.membership.user)

    def done(self) -> str:
        """What the next page says."""
        return _("“%(post)s” is cancelled.")


class PostPublishNow(PostView):
    """Publish without waiting for an approval, with a reason that the managers are told."""

    template_name = "content_calendar/post_publish_now.html"
    permission = Permission.EDIT_CALENDAR

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Ask why it cannot wait."""
        refusal = why_not_publish_now(self.membership, self.post_)
        if not refusal and not approval_needed(
            self.membership, findings_of(self.post_), post=self.post_
        ):
            refusal = str(NEEDS_NO_APPROVAL)
        if refusal:
            messages.error(request, refusal)
            return redirect(self.post_)
        return self.show(PublishNowForm())

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Make it due now; whatever goes wrong, the reason stays on the page."""
        form = PublishNowForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=INVALID)
        try:
            publish_now(
                self.post_,
                reason=form.cleaned_data["reason"],
                by=self.membership.user,
                findings_of=findings_of,
            )
        except Refusal as refusal:
            self.load_objects()
            return self.show(form, status=REFUSED, refusal=str(refusal))
        text = _("“%(post)s” is due now, and the managers are told. Copy the text and publish it.")
        messages.success(request, text % {"post": isolated(self.post_)})
        return redirect(self.post_)

    def show(self, form: PublishNowForm, *, status: int = 200, refusal: str = "") -> HttpResponse:
        """The page, with what is to look at and who is told."""
        return self.page(
            status=status,
            post=self.post_,
            form=form,
            findings=said_once(findings_of(self.post_)),
            managers=[one.name for one in who_can_decide(self.post_)],
            later=with_later_times(self.post_),
            refusal=refusal,
        )


# --- reading and deciding -------------------------------------------------------------------------


class PostReview(PostView):
    """The post as people will see it, and the decision at the end."""

    template_name = "content_calendar/post_review.html"

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show it."""
        return self.show()

    def show(
        self, form: SeenForm | None = None, *, status: int = 200, refusal: str = ""
    ) -> HttpResponse:
        """The page; a decision that did not go through comes back with what was typed."""
        post = self.post_
        is_waiting = post.state == PostState.IN_REVIEW and post.removed_at is None
        decides = may_decide(self.membership, post)
        alone = is_waiting and service.may_approve_alone(post, by=self.membership.user)
        findings = findings_of(post)
        return self.page(
            status=status,
            post=post,
            seen=seen_in(post),
            standing=standing_of(
                post,
                self.membership,
                now=timezone.now(),
                findings=findings,
                hold=self.hold_on,
            ),
            findings=findings,
            reasons=reasons_of(post).values(),
            form=self.form_to_show(PostDecisionForm, form) if decides else None,
            correction_form=self.form_to_show(CorrectionForm, form) if decides else None,
            alone_form=self.form_to_show(PostAloneForm, form) if alone else None,
            refusal=refusal,
            unsent=form if refusal and not (decides or alone) else None,
        )

    def form_to_show(self, kind: type[SeenForm], typed: SeenForm | None) -> SeenForm:
        """What was typed into a form of this kind, else a new one."""
        return typed if isinstance(typed, kind) else kind(post=self.post_)


class DecideOnPost(PostReview):
    """An address that a button on the review page sends to."""

    permission = Permission.APPROVE_POSTS
    form_class: ClassVar[type[SeenForm]]

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Lead who comes back by itself to the post."""
        return redirect(self.post_)

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Decide; whatever goes wrong, what was typed stays on the page."""
        form = self.form_class(request.POST, post=self.post_)
        if not form.is_valid():
            return self.show(form, status=INVALID)
        try:
            self.decide(form)
        except Refusal as refusal:
            self.load_objects()
            form.post = self.post_
            form.show_again()
            return self.show(form, status=REFUSED, refusal=str(refusal))
        messages.success(request, self.done() % {"post": isolated(self.post_)})
        return redirect(self.post_)

    def decide(self, form: Any) -> None:
        """Call the service, which refuses whoever may not decide."""
        raise NotImplementedError

    def done(self) -> str:
        """What the next page says; ``%(post)s`` is the post."""
        raise NotImplementedError


class PostApprove(DecideOnPost):
    """Approve."""

    form_class = PostDecisionForm

    def decide(self, form: PostDecisionForm) -> None:
        """Approve what the page showed."""
        service.approve(
            self.post_,
            fingerprint=form.cleaned_data["fingerprint"],
            comment=form.cleaned_data["comment"],
            by=self.membership.user,
            findings=findings_of(self.post_),
        )

    def done(self) -> str:
        """What the next page says."""
        return _("“%(post)s” is approved.")


class PostAskForChanges(DecideOnPost):
    """Ask for changes."""

    form_class = PostChangesForm

    def decide(self, form: PostChangesForm) -> None:
        """Send it back."""
        service.ask_for_changes(
            self.post_,
            fingerprint=form.cleaned_data["fingerprint"],
            comment=form.cleaned_data["comment"],
            by=self.membership.user,
        )

    def done(self) -> str:
        """What the next page says."""
        return _("Whoever wrote “%(post)s” is told what should change.")


class PostCorrect(DecideOnPost):
    """Correct the text and approve it."""

    form_class = CorrectionForm

    def decide(self, form: CorrectionForm) -> None:
        """Write the texts and approve them."""
        service.correct_and_approve(
            self.post_,
            form.texts,
            fingerprint=form.cleaned_data["fingerprint"],
            comment=form.cleaned_data["correction_comment"],
            by=self.membership.user,
            findings=findings_of(self.post_),
        )

    def done(self) -> str:
        """What the next page says."""
        return _("“%(post)s” is corrected and approved.")


class PostApproveAlone(DecideOnPost):
    """Approve an own post, with a reason, where nobody else can."""

    permission = Permission.APPROVE_ALONE
    form_class = PostAloneForm

    def decide(self, form: PostAloneForm) -> None:
        """Approve it, with the reason."""
        service.approve_alone(
            self.post_,
            fingerprint=form.cleaned_data["fingerprint"],
            reason=form.cleaned_data["reason"],
            by=self.membership.user,
            findings=findings_of(self.post_),
        )

    def done(self) -> str:
        """What the next page says."""
        return _("“%(post)s” is approved without a second reader.")
