"""Stopping all posts, what is held, and lifting the stop post by post."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content_calendar.enums import HoldAnswer
from content_calendar.forms.holds import AnswerForm, LiftForm, RestForm, StopForm
from content_calendar.models import Post
from content_calendar.presentation.holds import HeldLine, lines_of, tools_of, trail_of
from content_calendar.services import holds as service
from content_calendar.views.base import CalendarView, PostView
from core.exceptions import Refusal
from core.text import isolated
from policies.models import Hold
from workspaces.permissions import Permission

PAGE = 30
REFUSED = 409
INVALID = 422


class HoldStop(CalendarView):
    """The second press: stop posts, everywhere or on some channels."""

    template_name = "content_calendar/hold_stop.html"
    permission = Permission.STOP_POSTS

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Say what it does, and ask for nothing that may be left out."""
        return self.page(form=StopForm(workspace=self.workspace))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Stop them, and show what is held."""
        form = StopForm(request.POST, workspace=self.workspace)
        if not form.is_valid():
            return self.page(form=form, status=INVALID)
        hold, is_new = service.stop_posts(
            self.workspace,
            channels=list(form.cleaned_data["channels"]),
            reason=form.cleaned_data["reason"],
            by=self.membership.user,
        )
        if is_new:
            messages.success(request, _("Posts are stopped. Everybody who drafts posts is told."))
        elif hold.started_by_id == self.membership.user_id:
            messages.info(request, _("You have stopped them already."))
        else:
            messages.warning(
                request,
                _("%(person)s had stopped them already. What you pressed is noted.")
                % {"person": isolated(hold.started_by)},
            )
        return redirect("calendar:hold", self.workspace.slug, hold.uid)


class HoldList(CalendarView):
    """All stops, the newest first."""

    template_name = "content_calendar/hold_list.html"

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show a page of them."""
        found = Hold.objects.for_workspace(self.workspace)
        loaded = found.select_related("started_by", "lifted_by").prefetch_related("channels")
        return self.page(page_obj=self.page_of(loaded, size=PAGE))


class HoldView(CalendarView):
    """Turn the address into ``self.hold``, looked up inside the workspace only."""

    hold: Hold

    def load_objects(self) -> None:
        """Find the hold."""
        holds = Hold.objects.for_workspace(self.workspace)
        self.hold = get_object_or_404(
            holds.select_related("started_by", "lifted_by"), uid=self.kwargs["hold"]
        )
        self.hold.workspace = self.workspace

    def url(self, name: str) -> str:
        """Return the address of a page of this hold."""
        return reverse(f"calendar:{name}", args=[self.workspace.slug, self.hold.uid])


class HoldPage(HoldView):
    """What is held and what lies in other tools; afterwards the trail of what was done."""

    template_name = "content_calendar/hold.html"

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show it."""
        now = timezone.now()
        lines = lines_of(self.hold, now)
        tools = tools_of(lines)
        return self.page(
            hold=self.hold,
            channels=service.names_of(self.hold),
            lines=lines,
            number=service.held_posts(self.hold).count() if self.hold.is_on else len(lines),
            tools=tools,
            left=sum(tool.left for tool in tools),
            trail=trail_of(self.hold),
        )


class HoldPostView(HoldView):
    """Turn the address into ``self.post_`` too."""

    post_: Post

    def load_objects(self) -> None:
        """Find the post."""
        super().load_objects()
        posts = Post.objects.for_workspace(self.workspace).live()
        self.post_ = get_object_or_404(posts, uid=self.kwargs["post"])
        self.post_.workspace = self.workspace


class HoldTick(HoldPostView):
    """Somebody stopped the post by hand in the tool in which it lies."""

    permission = Permission.STOP_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Note it."""
        try:
            service.tick_off(self.hold, self.post_, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(f"{self.url('hold')}#tools")


class HoldUntick(HoldPostView):
    """It was not stopped there after all."""

    permission = Permission.STOP_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Take it back."""
        try:
            service.take_tick_back(self.hold, self.post_, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(f"{self.url('hold')}#tools")


# --- lifting --------------------------------------------------------------------------------------


class HoldLift(HoldView):
    """What was held, post by post; when each has its answer, the stop is lifted."""

    template_name = "content_calendar/hold_lift.html"
    permission = Permission.LIFT_HOLD

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show what waits for an answer, or the trail where it was lifted."""
        return self.show() if self.hold.is_on else redirect(self.url("hold"))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Lift it as the page showed it."""
        form = LiftForm(request.POST)
        if not form.is_valid():
            return self.show(status=INVALID)
        try:
            service.lift_hold(
                self.hold, expected=form.cleaned_data["revision"], by=self.membership.user
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(self.url("hold_lift" if self.hold.is_on else "hold"))
        messages.success(request, _("The stop is lifted. Posts go out again."))
        return redirect(self.url("hold"))

    def show(
        self, refused: tuple[Post, AnswerForm] | None = None, *, status: int = 200
    ) -> HttpResponse:
        """Show the page; ``refused`` is a post whose answer came back, with what was typed."""
        now = timezone.now()
        until = now + service.ANSWERED_WITHIN
        lines = lines_of(self.hold, now)
        waiting = [one for one in lines if not one.is_answered and _is_by(one, until)]
        held = service.held_posts(self.hold)
        return self.page(
            status=status,
            hold=self.hold,
            channels=service.names_of(self.hold),
            passed=[(one, self.form_of(one, refused)) for one in waiting if one.is_past],
            coming=[(one, self.form_of(one, refused)) for one in waiting if not one.is_past],
            number=service.to_answer(self.hold, now).count(),
            answered=[one for one in lines if one.is_answered],
            later=held.filter(planned_at__gt=until).count(),
            lift_form=LiftForm(initial={"revision": self.hold.revision}),
        )

    def form_of(self, line: HeldLine, refused: tuple[Post, AnswerForm] | None) -> AnswerForm:
        """Return the form of one post, or the one that came back."""
        if refused is not None and refused[0] == line.post:
            return refused[1]
        at = {"planned_time": line.post.planned_time}
        return AnswerForm(initial=at, auto_id=f"id_{line.post.pk}_%s")


class HoldAnswerView(HoldPostView, HoldLift):
    """Say what becomes of one post."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return redirect(self.url("hold_lift"))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Note the answer, or say why not."""
        form = AnswerForm(request.POST, auto_id=f"id_{self.post_.pk}_%s")
        if not form.is_valid():
            return self.show((self.post_, form), status=INVALID)
        answer = HoldAnswer(form.cleaned_data["answer"])
        try:
            changed = service.answer_for(
                self.hold,
                self.post_,
                answer,
                by=self.membership.user,
                day=form.cleaned_data["planned_on"],
                at=form.cleaned_data["planned_time"],
            )
        except Refusal as refusal:
            if not self.hold.is_on:
                messages.error(request, str(refusal))
                return redirect(self.url("hold"))
            form.add_error(None, str(refusal))
            return self.show((self.post_, form), status=REFUSED)
        messages.success(
            request,
            _("%(post)s: %(answer)s. It is %(state)s.")
            % {
                "post": isolated(changed),
                "answer": str(answer.label).lower(),
                "state": str(changed.get_state_display()).lower(),
            },
        )
        return redirect(self.url("hold_lift"))


class HoldRest(HoldView):
    """Everything else that the page showed, and is still to come, goes out as planned."""

    permission = Permission.LIFT_HOLD

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Note it for each of them."""
        form = RestForm(request.POST, workspace=self.workspace)
        if not form.is_valid():
            messages.error(request, _("Look at what is held again: it has changed."))
            return redirect(self.url("hold_lift"))
        try:
            number = service.let_rest_go(
                self.hold, form.cleaned_data["posts"], by=self.membership.user
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request,
                ngettext(
                    "%(number)d post goes out as planned.",
                    "%(number)d posts go out as planned.",
                    number,
                )
                % {"number": number},
            )
        return redirect(self.url("hold_lift"))


def _is_by(line: HeldLine, until: Any) -> bool:
    return line.post.planned_at is not None and line.post.planned_at <= until


# --- crisis information ---------------------------------------------------------------------------


class CrisisMark(PostView):
    """Let a post go out in spite of a stop."""

    permission = Permission.LIFT_HOLD
    is_crisis = True

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Mark it."""
        words = {"post": isolated(self.post_)}
        try:
            service.mark_crisis_information(self.post_, self.is_crisis, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, self.done() % words)
        return redirect(self.post_)

    def done(self) -> str:
        """What the next page says."""
        return _("“%(post)s” is crisis information: it goes out even while posts are stopped.")


class CrisisUnmark(CrisisMark):
    """Let a stop hold it again."""

    is_crisis = False

    def done(self) -> str:
        """What the next page says."""
        return _("“%(post)s” is no crisis information any more.")
