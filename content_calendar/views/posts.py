"""The pages of a post: adding, looking at and changing it, removing and restoring it."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from content_calendar.domain.rights import may_restore
from content_calendar.findings import findings_of
from content_calendar.forms.media import DescriptionsForm
from content_calendar.forms.post import PostForm, initial_of
from content_calendar.models import PostMedia, PostTemplate
from content_calendar.presentation.post_checks import checks_of
from content_calendar.services.copies import values_of_template
from content_calendar.services.media import describe_media
from content_calendar.services.posts import (
    DEFAULT_TIME,
    add_post,
    record_conflict,
    remove_post,
    restore_post,
    save_post,
)
from content_calendar.views.base import CalendarView, PostView
from content_calendar.views.post_parts import (
    comments_on,
    copies_of,
    history_of,
    media_of,
    state_parts,
)
from core.exceptions import Refusal
from core.form_fields import EARLIEST, LATEST
from core.idempotency import uid_from_submission
from core.merging import until_alone
from core.messages import success_with_undo
from core.text import isolated
from workspaces.permissions import Permission


class PostAdd(CalendarView):
    """Add a post; ``?day=`` puts it on a day, ``?template=`` begins with one."""

    template_name = "content_calendar/post_add.html"
    permission = Permission.DRAFT_POSTS

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show an empty form."""
        initial: dict[str, Any] = {"owner": self.membership.pk}
        day = parse_day(request.GET.get("day", ""))
        if day:
            initial |= {"planned_on": day, "planned_time": DEFAULT_TIME}
        template = self.template(request.GET.get("template", ""))
        if template is not None:
            initial |= initial_of(values_of_template(template))
        return self.show(PostForm(workspace=self.workspace, initial=initial))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Add it, once for one page however often the button was pressed."""
        form = PostForm(request.POST, workspace=self.workspace)
        if not form.is_valid():
            return self.show(form)
        try:
            post = add_post(
                self.workspace,
                form.values,
                by=self.membership.user,
                uid=uid_from_submission(self.membership.uid, "post", request.POST),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form)
        messages.success(request, _("“%(post)s” was added.") % {"post": isolated(post)})
        return redirect(post)

    def show(self, form: PostForm) -> HttpResponse:
        """Show the form with what was typed."""
        return self.page(
            form=form,
            templates=PostTemplate.objects.for_workspace(self.workspace).live(),
            **(checks_of(*form.typed, author=self.membership) if form.is_bound else {}),
        )

    def template(self, uid: str) -> PostTemplate | None:
        """The template that the address names, if there is one."""
        try:
            named = uuid.UUID(uid)
        except ValueError:
            return None
        return PostTemplate.objects.for_workspace(self.workspace).live().filter(uid=named).first()


class PostPage(PostView):
    """One post: its form for those who may change it, its text for everybody else."""

    template_name = "content_calendar/post.html"

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show it."""
        form = self.form() if self.may_edit else None
        return self.show(form)

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Save; what somebody else saved meanwhile stays, field by field."""
        if not self.membership.can(Permission.DRAFT_POSTS):
            raise PermissionDenied
        return until_alone(self.save)

    def save(self) -> HttpResponse:
        """Save once; raises Conflict when somebody else did at the same moment."""
        form = self.form(self.request.POST)
        if form.conflicts:
            record_conflict(self.post_, both=form.both_texts, by=self.membership.user)
            return self.show(form, status=409, saved=self.post_)
        if not form.is_valid():
            return self.show(form)
        if not self.may_edit:
            form.add_error(
                None, _("This post cannot be changed by you now. Your text is still here.")
            )
            return self.show(form, status=409)
        descriptions = self.descriptions()
        if descriptions is not None and not descriptions.is_valid():
            form.add_error(None, _("Look at the descriptions of the images."))
            return self.show(form, **media_of(self.post_, descriptions=descriptions))
        by = self.membership.user
        try:
            with transaction.atomic():
                saved = save_post(self.post_, form.values, expected=self.revision_of(form), by=by)
                if descriptions is not None:
                    describe_media(saved, descriptions.texts, descriptions.captions, by=by)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, status=409)
        messages.success(self.request, _("“%(post)s” was saved.") % {"post": isolated(saved)})
        return redirect(saved)

    def descriptions(self) -> DescriptionsForm | None:
        """What was typed of the images and videos, where the page had any."""
        if not DescriptionsForm.is_in(self.request.POST):
            return None
        media = PostMedia.objects.live().filter(post=self.post_)
        return DescriptionsForm(self.request.POST, media=media)

    @staticmethod
    def revision_of(form: PostForm) -> int:
        """The revision of the values that the form was merged with."""
        return int(form["revision"].initial)

    def checks(self, form: PostForm | None) -> dict[str, Any]:
        """What is to look at in the post as it is typed, or stored where nobody types."""
        if form is not None and form.is_bound:
            return checks_of(*form.typed)
        return checks_of(self.post_, can_edit=form is not None)

    def show(self, form: PostForm | None, *, status: int = 200, **more: Any) -> HttpResponse:
        """The page."""
        checks = self.checks(form)
        is_stored = form is None or not form.is_bound
        stored = checks["found"] if is_stored else findings_of(self.post_)
        parts = {
            **checks,
            **media_of(self.post_),
            **comments_on(self.post_),
            **history_of(self.post_),
            **copies_of(self.post_),
            **state_parts(self.post_, self.membership, stored, hold=self.hold_on),
            **more,
        }
        return self.page(post=self.post_, form=form, status=status, **parts)


class PostRemove(PostView):
    """Take a post off the calendar."""

    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Remove it and offer to take that back."""
        self.refuse_unless_may_edit()
        remove_post(self.post_, by=self.membership.user)
        undo = reverse("calendar:restore", args=[self.workspace.slug, self.post_.uid])
        success_with_undo(
            request, _("“%(post)s” was removed.") % {"post": isolated(self.post_)}, undo
        )
        return redirect("calendar:home", self.workspace.slug)


class PostRestore(PostView):
    """Bring a post back."""

    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Restore it where it was."""
        if not may_restore(self.membership, self.post_):
            raise PermissionDenied
        restore_post(self.post_, by=self.membership.user)
        messages.success(request, _("“%(post)s” is back.") % {"post": isolated(self.post_)})
        return redirect(self.post_)


def parse_day(text: str) -> date | None:
    """Return the day that an address names as 2026-11-24, or None, also where it is too far away."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and EARLIEST <= day <= LATEST else None
