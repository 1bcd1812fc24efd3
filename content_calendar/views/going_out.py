"""Saying that posts are out, handing them over to another tool, and the question afterwards."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content_calendar.domain.rights import may_draft
from content_calendar.findings import findings_of
from content_calendar.forms.going_out import (
    POSTS_AT_MOST,
    AddressForm,
    HandOverForm,
    HandOverManyForm,
    OutcomeForm,
)
from content_calendar.models import OutcomeAnswer, Post, PostVersion
from content_calendar.models.held_post import not_stopped_there
from content_calendar.services import going_out as service
from content_calendar.services.bulk import BULK_ACTIONS, way_back
from content_calendar.views.approval import INVALID, REFUSED, MovePost
from content_calendar.views.base import CalendarView, PostView
from content_calendar.views.bulk import say_done
from core.exceptions import Refusal
from core.messages import success_with_undo
from core.text import isolated
from workspaces.permissions import Permission

# --- one channel of one post ----------------------------------------------------------------------


class PostVersionView(PostView):
    """Turn the address into ``self.version``, looked up inside its post."""

    permission = Permission.DRAFT_POSTS
    version: PostVersion

    def load_objects(self) -> None:
        """Find the version."""
        super().load_objects()
        self.version = get_object_or_404(
            self.post_.versions.select_related("channel"),
            uid=self.kwargs["post_version"],
        )
        self.version.post = self.post_

    def refuse_unless_drafting(self) -> None:
        """Answer 403 to whoever does not work on the post."""
        if not may_draft(self.membership, self.post_):
            raise PermissionDenied

    def back(self) -> HttpResponse:
        """Return to where the channels of the post stand."""
        return redirect(f"{self.post_.get_absolute_url()}#going-out")


class VersionPublished(PostVersionView):
    """Say that a channel is out, with its address; or write the address afterwards."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Mark it."""
        self.refuse_unless_drafting()
        form = AddressForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(str(one) for one in form.errors["address"]))
            return self.back()
        address, by = form.cleaned_data["address"], self.membership.user
        try:
            if self.version.is_published and address != self.version.published_address:
                service.set_published_address(self.version, address, by=by)
            else:
                service.mark_published(
                    self.version,
                    address=address,
                    by=by,
                    findings=findings_of(self.post_),
                    went_out_all_the_same=form.cleaned_data["all_the_same"],
                )
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return self.back()
        undo = reverse(
            "calendar:not_published",
            args=[self.workspace.slug, self.post_.uid, self.version.uid],
        )
        words = {"post": isolated(self.post_), "channel": isolated(self.version.channel)}
        success_with_undo(request, _("“%(post)s” is out on %(channel)s.") % words, undo)
        return self.back()


class VersionNotPublished(PostVersionView):
    """Take a mistaken *published* back."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Unmark it."""
        self.refuse_unless_drafting()
        try:
            service.take_back_published(self.version, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request,
                _("“%(post)s” is not out on %(channel)s.")
                % {"post": isolated(self.post_), "channel": isolated(self.version.channel)},
            )
        return self.back()


# --- handed over ----------------------------------------------------------------------------------


class PostHandOver(MovePost):
    """Say which tool the post lies in."""

    def move(self) -> None:
        """Hand it over."""
        form = HandOverForm(self.request.POST)
        if not form.is_valid():
            raise Refusal(
                " ".join(str(error) for errors in form.errors.values() for error in errors)
            )
        service.hand_over(
            self.post_,
            tool=form.tool_name,
            by=self.membership.user,
            findings=findings_of(self.post_, leaves_now=True),
        )

    def done(self) -> str:
        """What the next page says."""
        return _("“%(post)s” is handed over.")


class PostTakeBack(MovePost):
    """Say that the post no longer lies in another tool."""

    def move(self) -> None:
        """Take it back."""
        service.take_back(self.post_, by=self.membership.user)

    def done(self) -> str:
        """What the next page says."""
        return _("“%(post)s” goes out by hand again.")


class HandOverMany(CalendarView):
    """Hand over many posts: those named by ``?posts=``, else what goes out next."""

    template_name = "content_calendar/hand_over_many.html"
    permission = Permission.EDIT_CALENDAR

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Ask which tool."""
        chosen = request.GET.getlist("posts")
        return self.show(HandOverManyForm(workspace=self.workspace, chosen=chosen))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Hand over those that can be, and name the others."""
        form = HandOverManyForm(request.POST, workspace=self.workspace)
        if not form.is_valid():
            return self.show(form, status=INVALID)
        handed_over, left_out = service.hand_over_many(
            form.cleaned_data["posts"],
            tool=form.tool_name,
            by=self.membership.user,
            findings_of=partial(findings_of, leaves_now=True),
        )
        if handed_over:
            number, action = len(handed_over), BULK_ACTIONS["hand_over"]
            text = ngettext(
                "%(number)d post lies in %(tool)s now.",
                "%(number)d posts lie in %(tool)s now.",
                number,
            ) % {"number": number, "tool": isolated(form.tool_name)}
            say_done(self, text, [way_back(action, post) for post in handed_over])
        for sentence in left_out:
            messages.warning(request, sentence)
        return redirect("calendar:home", self.workspace.slug)

    def show(self, form: HandOverManyForm, *, status: int = 200) -> HttpResponse:
        """The page."""
        return self.page(form=form, status=status)


# --- “these posts should be out” ------------------------------------------------------------------


class ShouldBeOut(CalendarView):
    """Posts that lie in other tools and whose minute has passed: did they go out?"""

    template_name = "content_calendar/should_be_out.html"
    permission = Permission.EDIT_CALENDAR

    def posts(self) -> list[Post]:
        """Those that are asked about, soonest first."""
        found = Post.objects.for_workspace(self.workspace).live().should_be_out(timezone.now())
        posts = list(not_stopped_there(found).in_order()[:POSTS_AT_MOST])
        for post in posts:
            post.workspace = self.workspace
        return posts

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Ask."""
        posts = self.posts()
        return self.show(OutcomeForm(workspace=self.workspace, posts=posts), posts)

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Mark those that went out, and give the others back to their owners."""
        posts = self.posts()
        form = OutcomeForm(request.POST, workspace=self.workspace, posts=posts)
        if not form.is_valid():
            return self.show(form, posts, status=INVALID)
        try:
            answer = service.answer_outcome(
                self.workspace,
                asked=[post.uid for post in form.cleaned_data["asked"]],
                not_out=[post.uid for post in form.cleaned_data["not_out"]],
                by=self.membership.user,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, posts, status=REFUSED)
        self.say(answer)
        return redirect("calendar:should_be_out", self.workspace.slug)

    def say(self, answer: OutcomeAnswer) -> None:
        """Say what was marked, with the way to take it back."""
        number, left = len(answer.out), len(answer.not_out)
        if not number and not left:
            messages.warning(self.request, _("Nothing was changed: these were dealt with already."))
            return
        sentences = [
            ngettext(
                "%(number)d post is marked as published.",
                "%(number)d posts are marked as published.",
                number,
            )
            % {"number": number}
        ]
        if left:
            sentences.append(
                ngettext(
                    "%(number)d did not go out and is published by hand.",
                    "%(number)d did not go out and are published by hand.",
                    left,
                )
                % {"number": left}
            )
        undo = reverse("calendar:should_be_out_undo", args=[self.workspace.slug, answer.uid])
        success_with_undo(self.request, " ".join(sentences), undo)

    def show(self, form: OutcomeForm, posts: list[Post], *, status: int = 200) -> HttpResponse:
        """The page."""
        ticked = {str(uid) for uid in form["not_out"].value() or ()}
        return self.page(
            status=status,
            form=form,
            posts=[(post, str(post.uid) in ticked) for post in posts],
            number=len(posts),
            tools=sorted({post.handed_over_to for post in posts}),
        )


class ShouldBeOutUndo(CalendarView):
    """Take an answer back."""

    permission = Permission.EDIT_CALENDAR
    answer: OutcomeAnswer

    def load_objects(self) -> None:
        """Find the answer."""
        answers = OutcomeAnswer.objects.for_workspace(self.workspace)
        self.answer = get_object_or_404(answers, uid=self.kwargs["outcome"])

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Undo it, once."""
        try:
            number = service.undo_outcome(self.answer, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request,
                ngettext(
                    "%(number)d post is as it was.", "%(number)d posts are as they were.", number
                )
                % {"number": number},
            )
        return redirect("calendar:should_be_out", self.workspace.slug)
