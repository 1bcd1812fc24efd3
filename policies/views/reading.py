"""The pages on which policies are read, and on which one sees who has."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.exceptions import Refusal
from core.idempotency import uid_from_submission
from core.spreadsheet import csv_text
from core.text import isolated
from policies.domain.text import minutes_to_read
from policies.enums import CONCERNING
from policies.forms.policies import SignedCopyForm, VersionNumberForm
from policies.models import Acknowledgement, PolicyVersion
from policies.models.acknowledgement import read_at_by
from policies.presentation.document import document_of
from policies.services.reading import (
    NotInForce,
    acknowledge,
    due_for,
    readers_of,
    record_signed_copy,
    remind_readers,
    signed_copies_of,
)
from policies.views.mixins import PolicyMixin, ReadVersionMixin, VersionMixin
from workspaces.permissions import Permission


class PolicyRead(PolicyMixin):
    """The version in force, with what has changed for this reader and the button beneath it."""

    template_name = "policies/policy.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        version = self.in_force(now)
        drafts = self.membership.can(Permission.DRAFT_POLICIES)
        if version is None and drafts:
            return redirect(self.url("draft"))
        if version is None or (self.policy.archived_at and not drafts):
            raise Http404
        return self.read(version, now)

    def in_force(self, now: datetime) -> PolicyVersion | None:
        versions = self.policy.versions.published(now).select_related("published_by")
        return versions.prefetch_related("channels").first()

    def read(self, version: PolicyVersion, now: datetime, *, status: int = 200) -> HttpResponse:
        """Return the page of ``version``."""
        earlier = self.read_before(version)
        shows_marks = earlier is not None and self.request.GET.get("marks") != "off"
        due = [one for one in due_for(self.membership, now) if one.version.policy == self.policy]
        return self.page(
            status=status,
            policy=self.policy,
            read_here=self.policy,
            version=version,
            coming=self.policy.versions.coming(now).first(),
            earlier=earlier,
            shows_marks=shows_marks,
            document=document_of(
                version.text,
                before=earlier.text if earlier and shows_marks else None,
                settings=self.policy.rule_settings.filter(is_on=True),
            ),
            minutes=minutes_to_read(version.text),
            due=due[0] if due else None,
            read_at=read_at_by(version, self.membership),
            is_concerned=version.concerned in CONCERNING[self.membership.engagement],
            form=VersionNumberForm(initial={"number": version.number}),
        )

    def read_before(self, version: PolicyVersion) -> PolicyVersion | None:
        """Return the version that this member has read last, before ``version``."""
        return (
            PolicyVersion.objects.filter(
                policy=self.policy,
                number__lt=version.number,
                acknowledgements__member=self.membership,
            )
            .order_by("-number")
            .first()
        )


class PolicyAcknowledge(PolicyRead):
    """*Read and understood*, of the version that the page showed."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect(self.url("policy"))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Note it; a page of an older version is refused and shows the one in force."""
        now = timezone.now()
        current = self.in_force(now)
        if current is None:
            raise Http404
        form = VersionNumberForm(request.POST)
        number = form.cleaned_data["number"] if form.is_valid() else 0
        version = self.policy.versions.filter(number=number).first()
        if version is None:
            messages.error(request, _("Read the policy first; the button stands beneath it."))
            return redirect(self.url("policy"))
        version.policy = self.policy
        try:
            acknowledge(version, by=self.membership)
        except NotInForce as refusal:
            messages.error(request, str(refusal))
            return self.read(current, now, status=409)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(self.url("policy"))
        messages.success(
            request,
            _("Thank you. You have read and understood version %(number)d.")
            % {"number": version.number},
        )
        return redirect(self.url("policy"))


class VersionList(PolicyMixin):
    """All versions that were published, newest first."""

    template_name = "policies/version_list.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        versions = self.policy.versions.select_related("published_by").defer("text")
        title = self.policy.title
        if not self.membership.can(Permission.DRAFT_POLICIES):
            versions = versions.published(now)
            newest = versions.first()
            if self.policy.archived_at or newest is None:
                raise Http404
            title = newest.title  # what is being written is not for everybody
        found = self.page_of(versions, size=30)
        own = Acknowledgement.objects.filter(member=self.membership, version__in=list(found))
        read = dict(own.values_list("version_id", "at"))
        lines = [(version, read.get(version.pk), version.is_coming(now)) for version in found]
        return self.page(policy=self.policy, title=title, lines=lines, page_obj=found)


class VersionRead(VersionMixin):
    """One version as it was published, with what has changed since an earlier one."""

    template_name = "policies/policy_version.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        drafts = self.membership.can(Permission.DRAFT_POLICIES)
        is_hidden = self.policy.archived_at or self.version.withdrawn_at
        own = read_at_by(self.version, self.membership)
        if is_hidden and not drafts and own is None:
            raise Http404
        earlier = list(
            self.policy.versions.standing().filter(number__lt=self.version.number).defer("text")
        )
        since = self.since(earlier)
        return self.page(
            policy=self.policy,
            version=self.version,
            is_coming=self.version.is_coming(now),
            is_in_force=self.policy.versions.published(now).first() == self.version,
            channels=list(self.version.channels.in_order()),
            earlier=earlier,
            since=since,
            document=document_of(self.version.text, before=since.text if since else None),
            read_at=own,
        )

    def since(self, earlier: list[PolicyVersion]) -> PolicyVersion | None:
        """Return the version to compare with: the one asked for, the one before, or none (0)."""
        asked = self.request.GET.get("since")
        if asked is None:
            return earlier[0] if earlier else None
        return next((one for one in earlier if str(one.number) == asked), None)


class ReaderList(ReadVersionMixin):
    """Who has read the policy and who has not."""

    template_name = "policies/reader_list.html"
    permission = Permission.DRAFT_POLICIES

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        readers = readers_of(self.version, timezone.now())
        return self.page(
            policy=self.policy,
            version=self.version,
            unread=[one for one in readers if one.read_at is None],
            read=[one for one in readers if one.read_at],
            total=len(readers),
            copies=signed_copies_of(self.version),
        )


class ReaderExport(ReadVersionMixin):
    """The list as a table for a spreadsheet."""

    permission = Permission.DRAFT_POLICIES

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        def written(moment: datetime | None) -> str:
            there = moment.astimezone(self.workspace.zone) if moment else None
            return f"{there:%Y-%m-%d %H:%M}" if there else ""

        rows: list[list[object]] = [
            [_("Name"), _("Company"), _("Engagement"), _("To be read by"), _("Read"), _("Version")]
        ]
        for one in readers_of(self.version, timezone.now()):
            member = one.member
            rows.append(
                [
                    member.user,
                    member.company,
                    member.get_engagement_display(),
                    one.by_on.isoformat(),
                    written(one.read_at),
                    one.number or "",
                ]
            )
        for copy in signed_copies_of(self.version):
            rows.append(
                [
                    copy.outsider_name,
                    copy.outsider_company,
                    _("Signed copy on file"),
                    "",
                    copy.signed_on or "",
                    copy.version.number,
                ]
            )
        name = slugify(self.policy.title) or "policy"
        return HttpResponse(
            csv_text(rows),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}-readers.csv"'},
        )


class ReadersRemind(ReadVersionMixin):
    permission = Permission.DRAFT_POLICIES

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Remind those who have not read it; each once a day."""
        told = remind_readers(self.version, by=self.membership.user)
        if told:
            words = ngettext(
                "%(number)d person was reminded.", "%(number)d people were reminded.", told
            )
            messages.success(request, words % {"number": told})
        else:
            messages.info(request, _("Nobody is left to remind today."))
        return redirect(self.url("readers"))


class SignedCopyAdd(ReadVersionMixin):
    """Note a copy that somebody without an account has signed."""

    template_name = "policies/signed_copy.html"
    permission = Permission.EDIT_CHANNELS

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = SignedCopyForm(initial={"signed_on": self.workspace.today()})
        return self.page(policy=self.policy, form=form)

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        form = SignedCopyForm(request.POST)
        if not form.is_valid():
            return self.page(policy=self.policy, form=form)
        current = self.policy.versions.published(timezone.now()).first()
        if current is None:
            raise Http404
        current.policy = self.policy
        try:
            record_signed_copy(
                current,
                name=form.cleaned_data["name"],
                company=form.cleaned_data["company"],
                signed_on=form.cleaned_data["signed_on"],
                by=self.membership.user,
                uid=uid_from_submission(self.membership.uid, "signed copy", request.POST),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.page(policy=self.policy, form=form, status=409)
        messages.success(
            request,
            _("The signed copy of %(name)s is noted.")
            % {"name": isolated(form.cleaned_data["name"])},
        )
        if self.membership.can(Permission.DRAFT_POLICIES):
            return redirect(self.url("readers"))
        return redirect(self.url("policy"))
