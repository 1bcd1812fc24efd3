"""Doing one thing to several posts, and taking it back in one press."""

import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content_calendar.forms.bulk import REFUSED_BULK, BulkForm
from content_calendar.models import Post
from content_calendar.services.bulk import BulkResult, take_back, treat_together
from content_calendar.views.base import CalendarView
from core.messages import success_with_undo
from core.text import isolated, without_stop
from workspaces.permissions import Permission

#: Where the session keeps what the last change of several posts was, so that it can be undone.
LAST_BULK = "calendar_bulk"
#: Posts whose uids fit into an address.
IN_AN_ADDRESS = 80


class BulkChange(CalendarView):
    """Do one thing to several posts."""

    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Do it to those that allow it, and say how many did not."""
        form = BulkForm(request.POST, workspace=self.workspace)
        if not form.is_valid():
            for sentence in form.refusals():
                messages.error(request, sentence)
            request.session[REFUSED_BULK] = form.as_sent
            return redirect(self.way_back(request.POST.get("next", "")))
        action = form.chosen_action
        if not self.membership.can(action.permission):
            raise PermissionDenied
        if action.page:
            return self.lead_on(action.page, form.cleaned_data["posts"])
        posts = list(form.cleaned_data["posts"].prefetch_related("tags"))
        result = treat_together(action, posts, form.value, by=self.membership)
        self.say(result)
        return redirect(self.way_back(form.cleaned_data["next"]))

    def lead_on(self, page: str, posts: Sequence[Post]) -> HttpResponse:
        """Go to the page where the action is done, with the posts in its address."""
        if len(posts) > IN_AN_ADDRESS:
            words = {"number": IN_AN_ADDRESS}
            messages.error(self.request, _("Choose %(number)d posts or fewer.") % words)
            back = self.request.POST.get("next", "")
            self.request.session[REFUSED_BULK] = {
                "posts": [str(post.uid) for post in posts],
                "next": back,
            }
            return redirect(self.way_back(back))
        chosen = urlencode({"posts": [post.uid.hex for post in posts]}, doseq=True)
        return redirect(f"{reverse(page, args=[self.workspace.slug])}?{chosen}")

    def say(self, result: BulkResult) -> None:
        """Say what was done, with one button that takes all of it back."""
        if result.done:
            words = ngettext(
                "%(number)d post was changed.", "%(number)d posts were changed.", result.done
            )
            say_done(self, words % {"number": result.done}, result.undo)
        elif not result.refused:
            messages.info(self.request, _("Nothing had to be changed."))
        say_refused(self.request, result)


class BulkUndo(CalendarView):
    """Take back what was last done to several posts."""

    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, change: str, **_kwargs: Any) -> HttpResponse:
        """Put them back; what somebody changed since stays."""
        back = redirect(self.way_back(request.GET.get("next", "")))
        last = request.session.get(LAST_BULK)
        if not last or last["change"] != change:
            messages.error(request, _("This was undone already, or something else came after it."))
            return back
        del request.session[LAST_BULK]
        result = take_back(last["undo"], by=self.membership)
        words = ngettext(
            "%(number)d post is as it was.", "%(number)d posts are as they were.", result.done
        )
        messages.success(request, words % {"number": result.done})
        say_refused(request, result)
        return back


def say_done(view: CalendarView, text: str, undo: Sequence[dict[str, Any]]) -> None:
    """Say ``text`` with one button that takes all of it back; ``undo`` is for ``take_back``."""
    change = uuid.uuid4().hex
    view.request.session[LAST_BULK] = {"change": change, "undo": undo}
    back = urlencode({"next": view.request.POST.get("next", "")})
    url = reverse("calendar:bulk_undo", args=[view.workspace.slug, change])
    success_with_undo(view.request, text, f"{url}?{back}")


def say_refused(request: HttpRequest, result: BulkResult) -> None:
    """Name the first few posts that stayed as they are, with the reason."""
    for post, reason in result.refused[:5]:
        messages.warning(
            request,
            _("“%(post)s” stays as it is: %(reason)s")
            % {"post": isolated(without_stop(post.name)), "reason": reason},
        )
    if len(result.refused) > 5:
        words = ngettext(
            "%(number)d more stays as it is.",
            "%(number)d more stay as they are.",
            len(result.refused) - 5,
        )
        messages.warning(request, words % {"number": len(result.refused) - 5})
