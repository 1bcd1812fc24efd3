"""The pages of the access register."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.exceptions import Refusal
from core.idempotency import uid_from_submission
from core.merging import until_alone
from core.messages import success_with_undo
from core.text import isolated
from networks.access_conditions import Unmet
from networks.channel_findings import people_words
from networks.enums import AccessLevel, LoginKind
from networks.findings import findings_on
from networks.forms_access import (
    AccessFilter,
    AccessForm,
    AccessUploadForm,
    ConfirmForm,
    TakeBackForm,
)
from networks.models import AccessGrant, AccessGrantQuerySet, AccessUpload, Channel
from networks.services_access import (
    ConditionsUnmet,
    add_access,
    confirm_accesses,
    end_access,
    record_access_conflict,
    restore_access,
    save_access,
    take_back,
)
from networks.services_access_import import exported, keep_upload, plan_of, take_over
from workspaces.models import Membership
from workspaces.permissions import Permission
from workspaces.workspace_view import WorkspaceView

PAGE = 100
#: Lines of one sitting: each is two fields of the form, of which a page may send 2,000.
SITTING = 200
LINES_SHOWN = 100  # of a list that was brought in


class AccessView(WorkspaceView):
    """What the pages of the register share."""

    nav = "channels"
    permission = Permission.EDIT_CHANNELS

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"networks:{name}", args=[self.workspace.slug, *args])

    def current(self) -> AccessGrantQuerySet:
        return AccessGrant.objects.for_workspace(self.workspace).current()

    def lines(self, grants: "Page[AccessGrant] | list[AccessGrant]") -> list[dict[str, Any]]:
        """Return what a table shows of each access."""
        today = self.workspace.today()
        return [lines_of(grant, today) for grant in grants]


class FilteredView(AccessView):
    """A page that shows what the address asks for."""

    def filter(self) -> AccessFilter:
        return AccessFilter(self.request.GET, workspace=self.workspace)


def lines_of(grant: AccessGrant, today: date) -> dict[str, Any]:
    """Return what a table shows of one access."""
    return {
        "grant": grant,
        "level": AccessLevel(grant.level).label,
        "login": LoginKind(grant.login).label,
        "is_over": grant.is_over(today),
        "confirmation": grant.confirmation(today),
        "confirm_by_on": grant.confirm_by_on,
    }


class AccessRegister(FilteredView):
    """Everybody who has access to a channel, as one table."""

    template_name = "networks/access_register.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the accesses that the address asks for; the number of queries is the same for all."""
        narrowed = self.filter()
        found = narrowed.narrow(self.current())
        page = self.page_of(found.with_people().in_order(), size=PAGE)
        today = self.workspace.today()
        return self.page(
            filter=narrowed,
            query=narrowed.query,
            page_obj=page,
            lines=self.lines(page),
            total=page.paginator.count,
            number_due=self.current().to_confirm(today).count(),
            number_over=self.current().over(today).count(),
            is_empty=not narrowed.chosen and not page.paginator.count,
        )


class AccessExport(FilteredView):
    """The accesses that the address asks for, as a table for a spreadsheet."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = self.filter().narrow(self.current())
        return HttpResponse(
            exported(found.with_people().in_order()),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{self.workspace.slug}-access.csv"'
            },
        )


class AccessAdd(AccessView):
    template_name = "networks/access_form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        initial = {
            "channel": request.GET.get("channel", ""),
            "starts_on": self.workspace.today(),
        }
        return self.show(AccessForm(workspace=self.workspace, initial=initial))

    def show(self, form: AccessForm, *, unmet: list[Unmet] | None = None) -> HttpResponse:
        return self.page(form=form, unmet=unmet or [])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Note it, once for one page however often the button was pressed."""
        form = AccessForm(request.POST, workspace=self.workspace)
        if not form.is_valid():
            return self.show(form)
        channel: Channel = form.cleaned_data["channel"]
        channel.workspace = self.workspace
        try:
            grant = add_access(
                channel,
                form.values,
                by=self.membership.user,
                uid=uid_from_submission(self.membership.uid, "access", request.POST),
                has_it_already=form.cleaned_data.get("has_it_already", False),
            )
        except ConditionsUnmet as refusal:
            form = AccessForm(request.POST, workspace=self.workspace, asks_already=True)
            form.is_valid()
            return self.show(form, unmet=refusal.unmet)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form)
        words = {"person": isolated(grant.person_name), "channel": isolated(channel)}
        messages.success(request, _("%(person)s’s access to %(channel)s was added.") % words)
        return redirect(channel)


class GrantView(AccessView):
    """Turn the address into ``self.grant``, looked up inside the workspace only."""

    grant: AccessGrant

    def load_objects(self) -> None:
        """Find the access, once the membership has been checked."""
        grants = AccessGrant.objects.for_workspace(self.workspace).with_people()
        self.grant = get_object_or_404(grants, uid=self.kwargs["grant"])
        self.grant.workspace = self.grant.channel.workspace = self.workspace


class AccessEdit(GrantView):
    """Change an access; a change by somebody else in between is shown beside one's own."""

    template_name = "networks/access_form.html"

    def form(self, data: QueryDict | None = None) -> AccessForm:
        """Return the form over what is saved now."""
        saved = AccessGrant.objects.with_people().select_related("updated_by")
        return AccessForm(data, workspace=self.workspace, instance=saved.get(pk=self.grant.pk))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(self.form())

    def show(self, form: AccessForm, *, status: int = 200) -> HttpResponse:
        return self.page(
            form=form,
            grant=self.grant,
            line=lines_of(self.grant, self.workspace.today()),
            saved=form.instance,
            status=status,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save; what somebody else saved meanwhile stays, field by field."""
        return until_alone(self.save)

    def save(self) -> HttpResponse:
        """Save once; raises Conflict when somebody else did at the same moment."""
        form = self.form(self.request.POST)
        if form.conflicts:
            record_access_conflict(self.grant, both=form.both_texts, by=self.membership.user)
            return self.show(form, status=409)
        if not form.is_valid():
            return self.show(form)
        try:
            saved = save_access(
                self.grant,
                form.values,
                expected=form.instance.revision,
                by=self.membership.user,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, status=409)
        words = {"person": isolated(saved.person_name), "channel": isolated(saved.channel)}
        messages.success(
            self.request,
            _("%(person)s’s access to %(channel)s was saved and confirmed.") % words,
        )
        if self.request.GET.get("then") == "confirm":
            return redirect(self.url("access_confirm"))
        return redirect(self.url("channel", saved.channel.uid))


class AccessEnd(GrantView):
    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Note that it was taken back, and offer to undo that."""
        end_access(self.grant, by=self.membership.user)
        words = {
            "person": isolated(self.grant.person_name),
            "channel": isolated(self.grant.channel),
        }
        success_with_undo(
            request,
            _("%(person)s’s access to %(channel)s was ended.") % words,
            self.url("access_restore", self.grant.uid),
        )
        return redirect(self.url("channel", self.grant.channel.uid))


class AccessRestore(GrantView):
    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Bring an ended access back."""
        try:
            restore_access(self.grant, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            words = {"person": isolated(self.grant.person_name)}
            messages.success(request, _("%(person)s’s access is back.") % words)
        return redirect(self.url("channel", self.grant.channel.uid))


class AccessConfirm(FilteredView):
    """Confirm many accesses in one sitting: a line each, one save."""

    template_name = "networks/access_confirm.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what is due; with ``due=all`` everything."""
        narrowed = self.filter()
        everything = narrowed.narrow(self.current())
        today = self.workspace.today()
        due = everything.to_confirm(today) | everything.over(today)
        shows_all = request.GET.get("all") == "1"
        found = everything if shows_all else due
        page = self.page_of(found.with_people().in_order(), size=SITTING)
        to_change = self.current().with_people().filter(uid__in=self.asked_to_change())
        kept = {**narrowed.chosen, **({"all": "1"} if shows_all else {})}
        return self.page(
            filter=narrowed,
            channel=narrowed.channel_chosen,
            page_obj=page,
            lines=self.lines(page),
            total=everything.count(),
            shows_all=shows_all,
            query=urlencode(kept),
            narrowed_query=narrowed.query,
            to_change=list(to_change),
        )

    def asked_to_change(self) -> list[str]:
        """The accesses that were said to have changed, from the address."""
        named = self.request.GET.getlist("change")[:SITTING]
        known = (
            {str(uid) for uid in self.current().values_list("uid", flat=True)} if named else set()
        )
        return [uid for uid in named if uid in known]

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Write all answers of the page at once."""
        form = ConfirmForm(request.POST)
        form.is_valid()
        sitting = confirm_accesses(
            self.workspace,
            right=form.answered(form.RIGHT),
            ended=form.answered(form.ENDED),
            by=self.membership.user,
        )
        changed = form.answered(form.CHANGED)
        for words in _what_was_done(len(sitting.confirmed), len(sitting.ended)):
            messages.success(request, words)
        if sitting.changed_meanwhile:
            messages.warning(
                request,
                _(
                    "Somebody else changed what is recorded for %(people)s meanwhile. Look at it again."
                )
                % {"people": people_words(sitting.changed_meanwhile)},
            )
        if not sitting.confirmed and not sitting.ended and not changed:
            messages.info(request, _("Nothing was marked, so nothing has changed."))
        kept = [(name, value) for name, value in self.filter().chosen.items()]
        query = urlencode([*kept, *(("change", str(uid)) for uid in changed)])
        return redirect(f"{self.url('access_confirm')}{'?' if query else ''}{query}")


def _what_was_done(confirmed: int, ended: int) -> list[str]:
    said = []
    if confirmed:
        said.append(
            ngettext(
                "%(number)d entry was confirmed.", "%(number)d entries were confirmed.", confirmed
            )
            % {"number": confirmed}
        )
    if ended:
        said.append(
            ngettext("%(number)d entry was ended.", "%(number)d entries were ended.", ended)
            % {"number": ended}
        )
    return said


class LeaverList(AccessView):
    """What to take back from one person, a member or somebody from outside; it can be printed."""

    template_name = "networks/leaver_list.html"
    member: Membership | None
    #: All that the person has had, and of it what is left to take back.
    all: list[AccessGrant]
    grants: list[AccessGrant]

    def load_objects(self) -> None:
        """Find the person by what they have; a member may have nothing."""
        person = self.kwargs["person"]
        members = Membership.objects.for_workspace(self.workspace).select_related("user")
        self.member = members.filter(uid=person).first()
        own = AccessGrant.objects.for_workspace(self.workspace).filter(person_uid=person)
        self.all = list(own.with_people().in_order())
        self.grants = [
            one for one in self.all if one.ended_at is None and one.channel.removed_at is None
        ]
        if self.member is None and not self.all:
            raise Http404

    @property
    def person_name(self) -> str:
        if self.member:
            return self.member.name
        return self.all[-1].person_name

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        shared = {grant.channel_id for grant in self.grants if grant.login == "shared"}
        owned = Channel.objects.for_workspace(self.workspace).live().in_order()
        return self.page(
            member=self.member,
            person_name=self.person_name,
            person=self.kwargs["person"],
            lines=self.lines(self.grants),
            number_shared=len(shared),
            owned=list(owned.filter(owner=self.member)) if self.member else [],
        )

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """End what was ticked off; the rest stays on the list."""
        form = TakeBackForm(request.POST, grants=self.all)
        chosen = form.chosen if form.is_valid() else []
        number = take_back(self.workspace, chosen, by=self.membership.user)
        left = len(self.grants) - number
        if number and not left:
            words = _("Everything was taken back from %(person)s.")
            messages.success(request, words % {"person": isolated(self.person_name)})
        elif number:
            messages.success(
                request,
                ngettext(
                    "%(number)d entry was ticked off; %(left)d to go.",
                    "%(number)d entries were ticked off; %(left)d to go.",
                    number,
                )
                % {"number": number, "left": left},
            )
        else:
            messages.info(request, _("Tick what you have taken back, then save."))
        return redirect(self.url("leaver_list", self.kwargs["person"]))


class AccessImport(AccessView):
    """Bring in a list; nothing is written before its preview was looked at."""

    template_name = "networks/access_import.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(form=AccessUploadForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep the list and show what it would do."""
        form = AccessUploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form=form)
        said = form.cleaned_data
        try:
            upload = keep_upload(
                self.workspace, name=said["name"], text=said["text"], by=self.membership.user
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.page(form=form)
        return redirect(self.url("access_upload", upload.uid))


class AccessUploadPreview(AccessView):
    """What a list that one brought in would do: take it over, or mend it first."""

    template_name = "networks/access_preview.html"
    upload: AccessUpload

    def load_objects(self) -> None:
        """Find the person's own list."""
        own = AccessUpload.objects.filter(
            workspace=self.workspace, uploaded_by=self.membership.user
        )
        self.upload = get_object_or_404(own, uid=self.kwargs["upload"])
        self.upload.workspace = self.workspace

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show()

    def show(self, *, status: int = 200) -> HttpResponse:
        """Say what it would do now, and which lines are wrong; or that nothing is left of it."""
        if self.upload.cleared_at is not None:
            return self.page(upload=self.upload, status=status)
        plan = plan_of(self.workspace, self.upload.text)
        return self.page(
            upload=self.upload,
            plan=plan,
            errors=plan.errors[:LINES_SHOWN],
            more_errors=max(0, len(plan.errors) - LINES_SHOWN),
            added=plan.added[:LINES_SHOWN],
            more_added=max(0, len(plan.added) - LINES_SHOWN),
            changed=plan.changed[:LINES_SHOWN],
            more_changed=max(0, len(plan.changed) - LINES_SHOWN),
            status=status,
        )

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Take all of it over."""
        try:
            plan = take_over(self.upload, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            self.upload.refresh_from_db()
            return self.show(status=409)
        messages.success(
            request,
            _("Imported: %(added)d added, %(changed)d changed, %(same)d as before.")
            % {"added": len(plan.added), "changed": len(plan.changed), "same": plan.same},
        )
        return redirect(self.url("access"))


class ChannelPage(WorkspaceView):
    """One channel: what it is, who answers for it, and for who edits channels who has access."""

    template_name = "networks/channel.html"
    nav = "channels"
    channel: Channel

    def load_objects(self) -> None:
        """Find the channel, once the membership has been checked."""
        channels = Channel.objects.for_workspace(self.workspace).live().with_people()
        self.channel = get_object_or_404(channels, uid=self.kwargs["channel"])
        self.channel.workspace = self.workspace

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        today = self.workspace.today()
        keeps = self.membership.can(Permission.EDIT_CHANNELS)
        grants = AccessGrant.objects.for_workspace(self.workspace).filter(channel=self.channel)
        current = grants.current().with_people().in_order() if keeps else grants.none()
        ended = grants.filter(ended_at__isnull=False).with_people().select_related("ended_by")
        return self.page(
            channel=self.channel,
            lines=[lines_of(grant, today) for grant in current],
            ended=list(ended.order_by("-ended_at")[:20]) if keeps else [],
            findings=findings_on(self.workspace, [self.channel], today) if keeps else [],
        )
