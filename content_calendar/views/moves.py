"""Putting posts on days: quick add and *Move to date…*."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from content_calendar.domain.moments import NoSuchTime
from content_calendar.forms.move import PostMoveForm, QuickAddForm
from content_calendar.models import Post
from content_calendar.services.posts import DEFAULT_TIME, add_post, move_post
from content_calendar.views.base import CalendarView, PostView
from core.exceptions import Conflict, Refusal
from core.idempotency import uid_from_submission
from core.messages import success_with_undo
from core.text import date_words, isolated, without_stop
from workspaces.permissions import Permission


class QuickAdd(CalendarView):
    """Add a draft in one line."""

    template_name = "content_calendar/quick_add.html"
    permission = Permission.DRAFT_POSTS

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show the line on a page of its own."""
        return self.show(QuickAddForm(initial={"planned_on": self.workspace.today()}))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Add it at the default time, once however often Enter was pressed."""
        form = QuickAddForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        day = form.cleaned_data["planned_on"]
        values = {
            "text": form.cleaned_data["text"],
            "planned_on": day,
            "planned_time": DEFAULT_TIME if day else None,
            "owner": self.membership,
        }
        uid = uid_from_submission(self.membership.uid, "post", request.POST)
        try:
            post = add_post(self.workspace, values, by=self.membership.user, uid=uid)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form)
        messages.success(
            request, _("“%(post)s” was added.") % {"post": isolated(without_stop(post.name))}
        )
        return redirect(f"{self.way_back(form.cleaned_data['next'])}#post-{post.uid}")

    def show(self, form: QuickAddForm) -> HttpResponse:
        """Show the line with what was typed."""
        return self.page(form=form)


class PostMove(PostView):
    """Move a post to another day: by *Move to date…*, by the mouse, by keys; and move it back.

    The address of *Undo* has the day, the time and the revision in its query.
    """

    template_name = "content_calendar/post_move.html"
    permission = Permission.DRAFT_POSTS

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Ask for the day and the time."""
        self.refuse_unless_may_edit()
        return self.show(PostMoveForm(initial=self.as_it_is(request.GET.get("next", ""))))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Move it, unless somebody changed it since it was looked at."""
        self.refuse_unless_may_edit()
        form = PostMoveForm({**request.GET.dict(), **request.POST.dict()})
        if not form.is_valid():
            return self.show(form, status=422)
        day, at = form.cleaned_data["planned_on"], form.cleaned_data["planned_time"]
        try:
            moved = move_post(
                self.post_,
                day,
                at,
                by=self.membership.user,
                expected=form.cleaned_data["revision"],
            )
        except Conflict:
            return self.ask_again(form)
        except NoSuchTime as refusal:
            form.add_error(None, str(refusal))
            is_of_post = refusal.at == (at or self.post_.planned_time or DEFAULT_TIME)
            return self.show(form, status=409, instead=refusal.instead if is_of_post else None)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, status=409)
        self.say(moved)
        return redirect(f"{self.way_back(form.cleaned_data['next'])}#post-{moved.uid}")

    def as_it_is(self, back: str) -> dict[str, Any]:
        """What the form begins with: the post as it is stored."""
        return {
            "planned_on": self.post_.planned_on,
            "planned_time": self.post_.planned_time or DEFAULT_TIME,
            "revision": self.post_.revision,
            "next": back,
        }

    def ask_again(self, form: PostMoveForm) -> HttpResponse:
        """Show the post as somebody else has left it; pressing again moves it from there."""
        self.post_ = Post.objects.select_related("workspace", "updated_by").get(pk=self.post_.pk)
        now = PostMoveForm({**form.data, "revision": self.post_.revision})
        now.is_valid()
        now.add_error(
            None, _("Somebody else changed this post meanwhile. Look at it, then move it again.")
        )
        return self.show(now, status=409)

    def say(self, moved: Post) -> None:
        """Say where it stands now, and offer to take that back."""
        if moved.revision == self.post_.revision:
            return
        names = {"post": isolated(without_stop(moved.name))}
        if moved.planned_on and moved.planned_time:
            other_year = moved.planned_on.year != self.workspace.today().year
            names |= {
                "day": date_words(moved.planned_on, with_year=other_year),
                "time": f"{moved.planned_time:%H:%M}",
            }
            text = _("“%(post)s” was moved to %(day)s, %(time)s.") % names
        else:
            text = _("“%(post)s” is an idea again, without a date.") % names
        before = self.post_
        back = {
            "planned_on": before.planned_on.isoformat() if before.planned_on else "",
            "planned_time": f"{before.planned_time:%H:%M}" if before.planned_time else "",
            "revision": moved.revision,
            "next": self.request.POST.get("next", ""),
        }
        undo = reverse("calendar:move", args=[self.workspace.slug, moved.uid])
        success_with_undo(self.request, text, f"{undo}?{urlencode(back)}")

    def show(self, form: PostMoveForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Show the form."""
        return self.page(post=self.post_, form=form, status=status, **more)
