"""A person's reminders: those they set, and those that others set for them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone as clock
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.exceptions import Refusal
from core.idempotency import uid_from_submission
from core.merging import until_alone
from core.messages import success_with_undo
from core.templatetags.ui_tags import when
from reminders.forms import ReminderForm, thing_in
from reminders.models import Firing, Schedule
from reminders.services import (
    change_reminder,
    pause_reminder,
    remove_reminder,
    restore_reminder,
    resume_reminder,
    set_reminder,
)
from reminders.subjects import find_subject, find_subjects
from reminders.timed_kinds import label_of
from workspaces.permissions import Permission
from workspaces.workspace_view import WorkspaceView

PAGE = 100
FIRST_TIME = "09:00"
#: How long the list keeps what was too late to be told.
EXPIRED_SHOWN = timedelta(days=30)


class ReminderList(WorkspaceView):
    """What the person has set, and what others have set for them."""

    template_name = "reminders/reminder_list.html"
    nav = "notices"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show each reminder with the thing that it is about."""
        own = Schedule.objects.for_workspace(self.workspace).own().of(self.membership.user)
        schedules = list(own.for_list()[:PAGE])
        things = find_subjects(self.workspace, [one.subject for one in schedules])
        lines = [(one, things.get(one.subject) if one.subject else None) for one in schedules]
        return self.page(lines=lines, **self.expired())

    def expired(self) -> dict[str, Any]:
        """Return what was so late that nobody was told, for those who look after the workspace."""
        if not self.membership.can(Permission.EDIT_SETTINGS):
            return {}
        found = Firing.objects.for_workspace(self.workspace).expired()
        since = clock.now() - EXPIRED_SHOWN
        shown = found.filter(due_at__gt=since).select_related("schedule__recipient")
        return {
            "expired_number": found.filter(due_at__gt=since).count(),
            "expired": [(one, label_of(one.kind)) for one in shown[:PAGE]],
        }


class ReminderAdd(WorkspaceView):
    """Set a reminder, of a thing (``?about=milestone:<uid>``) or of anything."""

    template_name = "reminders/reminder_form.html"
    nav = "notices"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Tomorrow at nine is the first guess."""
        about = request.GET.get("about", "")
        thing = thing_in(about, self.membership)
        today = clock.now().astimezone(ZoneInfo(self.membership.user.timezone)).date()
        initial = {
            "about": about if thing else "",
            "starts_on": today + timedelta(days=1),
            "starts_time": FIRST_TIME,
            "recipient": self.membership.uid,
        }
        return self.page(form=ReminderForm(member=self.membership, initial=initial), thing=thing)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Set it, once for one page however often the button was pressed."""
        form = ReminderForm(request.POST, member=self.membership)
        thing = thing_in(str(form["about"].value() or ""), self.membership)
        if not form.is_valid():
            return self.page(form=form, thing=thing)
        try:
            schedule = set_reminder(
                self.workspace,
                subject=form.subject,
                values=form.values,
                by=self.membership.user,
                uid=uid_from_submission(self.membership.uid, "reminder", request.POST),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.page(form=form, thing=thing)
        say_when(request, schedule, self.membership.user)
        return redirect(thing.url) if thing else redirect("reminders:list", self.workspace.slug)


def say_when(request: HttpRequest, schedule: Schedule, user: User) -> None:
    """Say the moment that a reminder comes at, which may differ from the time that was typed."""
    sentence = gettext("The reminder is set. It comes %(moment)s.")
    messages.success(request, sentence % {"moment": when(schedule.next_at, user)})


class ReminderView(WorkspaceView):
    """Turn the address into ``self.schedule``, looked up among the person's own only."""

    nav = "notices"
    schedule: Schedule
    is_for_owner: ClassVar[bool] = True

    def load_objects(self) -> None:
        """Find the reminder, once the membership has been checked."""
        user = self.membership.user
        found = Schedule.objects.for_workspace(self.workspace).filter(owner__isnull=False)
        found = found.filter(owner=user) if self.is_for_owner else found.of(user)
        self.schedule = get_object_or_404(
            found.select_related("owner", "recipient"),
            uid=self.kwargs["reminder"],
        )
        self.schedule.workspace = self.workspace

    def to_list(self) -> HttpResponse:
        """Back to the reminders."""
        return redirect("reminders:list", self.workspace.slug)


class ReminderEdit(ReminderView):
    """Change a reminder; a change from another window in between is shown beside this one."""

    template_name = "reminders/reminder_form.html"

    def form(self, data: QueryDict | None = None) -> ReminderForm:
        """Return the form over what is saved now."""
        saved = Schedule.objects.get(pk=self.schedule.pk)
        return ReminderForm(data, member=self.membership, schedule=saved)

    def page_with(self, form: ReminderForm, *, status: int = 200) -> HttpResponse:
        """Show the form, with the thing that the reminder is about."""
        thing = find_subject(self.workspace, self.schedule.subject)
        return self.page(form=form, schedule=self.schedule, thing=thing, status=status)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page_with(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save; what was saved meanwhile stays, field by field."""
        return until_alone(self.save)

    def save(self) -> HttpResponse:
        """Save once; raises Conflict when it was saved at the same moment."""
        form = self.form(self.request.POST)
        if form.conflicts:
            return self.page_with(form, status=409)
        if not form.is_valid():
            return self.page_with(form)
        saved: Any = form.schedule
        try:
            change_reminder(
                saved, values=form.values, expected=saved.revision, by=self.membership.user
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.page_with(form, status=409)
        saved.refresh_from_db()
        say_when(self.request, saved, self.membership.user)
        return self.to_list()


class ReminderAction(ReminderView):
    """One press on a reminder; who it reminds may do so too."""

    http_method_names = ["post"]
    is_for_owner = False
    deed: ClassVar[Callable[..., bool]]
    says: "ClassVar[str | Promise]"

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Do it; a second press changes nothing."""
        type(self).deed(self.schedule, by=self.membership.user)
        self.say(request)
        return self.to_list()

    def say(self, request: HttpRequest) -> None:
        """Say what was done."""
        messages.success(request, str(self.says))


class ReminderPause(ReminderAction):
    """Let it rest."""

    deed = staticmethod(pause_reminder)
    says = _("The reminder is paused.")


class ReminderResume(ReminderAction):
    """Go on."""

    deed = staticmethod(resume_reminder)
    says = _("The reminder comes again.")


class ReminderRemove(ReminderAction):
    """Take it away."""

    deed = staticmethod(remove_reminder)
    says = _("The reminder was removed.")

    def say(self, request: HttpRequest) -> None:
        """Offer to take that back."""
        undo = reverse("reminders:restore", args=[self.workspace.slug, self.schedule.uid])
        success_with_undo(request, self.says, undo)


class ReminderRestore(ReminderAction):
    """Bring it back."""

    deed = staticmethod(restore_reminder)
    says = _("The reminder is back.")
