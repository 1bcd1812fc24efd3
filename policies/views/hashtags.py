"""The pages of hashtags: their list, the history of one, and looking one up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.exceptions import Refusal
from core.idempotency import uid_from_submission
from core.site import is_page_below
from core.text import isolated
from networks.text_parts import hashtag_key
from policies.enums import HashtagVerdict
from policies.forms.hashtags import HashtagCheckForm, HashtagFilter, LastingForm
from policies.models import Hashtag, HashtagCheck
from policies.services.hashtags import (
    approve_lasting,
    check_hashtag,
    hours_of,
    may_approve_lasting,
)
from policies.services.judging import rules_in_force
from workspaces.enums import Engagement
from workspaces.permissions import Permission
from workspaces.workspace_view import WorkspaceView

PAGE = 50
CHECKS = 5  # on the form


#: verdict → icon and look
LOOKS: dict[str, tuple[str, str]] = {
    HashtagVerdict.SAFE: ("done", "good"),
    HashtagVerdict.CAUTION: ("warn", "warn"),
    HashtagVerdict.AVOID: ("block", "bad"),
}


@dataclass(frozen=True)
class HashtagLine:
    """One hashtag with a check of it; ``holds`` says whether it still does."""

    hashtag: Hashtag
    check: HashtagCheck
    holds: bool

    @property
    def icon(self) -> str:
        return LOOKS[self.check.verdict][0]

    @property
    def look(self) -> str:
        return LOOKS[self.check.verdict][1]


def line_of(hashtag: Hashtag, check: HashtagCheck, now: datetime) -> HashtagLine:
    check.hashtag = hashtag
    return HashtagLine(hashtag, check, check.holds_at(now))


class HashtagView(WorkspaceView):
    nav = "policies"

    @property
    def list_url(self) -> str:
        return reverse("policies:hashtags", args=[self.workspace.slug])


class HashtagList(HashtagView):
    """Every hashtag that somebody looked up, found by its name, verdict and kind."""

    template_name = "policies/hashtag_list.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = HashtagFilter(request.GET or None)
        page = self.page_of(form.narrow(Hashtag.objects.for_workspace(self.workspace)), size=PAGE)
        keys = [hashtag.newest for hashtag in page.object_list]  # type: ignore[attr-defined]
        checks = HashtagCheck.objects.select_related("by").in_bulk(keys)
        now = timezone.now()
        return self.page(
            filter=form,
            query=form.query,
            page_obj=page,
            lines=[
                line_of(hashtag, checks[hashtag.newest], now)  # type: ignore[attr-defined]
                for hashtag in page.object_list
            ],
            may_approve=may_approve_lasting(self.membership),
        )


class HashtagRead(HashtagView):
    """One hashtag and every check of it, newest first."""

    template_name = "policies/hashtag.html"
    hashtag: Hashtag

    def load_objects(self) -> None:
        self.hashtag = get_object_or_404(
            Hashtag.objects.for_workspace(self.workspace), uid=self.kwargs["hashtag"]
        )
        self.hashtag.workspace = self.workspace

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        page = self.page_of(self.hashtag.checks.select_related("by"), size=PAGE)
        return self.page(
            hashtag=self.hashtag,
            page_obj=page,
            lines=[line_of(self.hashtag, check, now) for check in page.object_list],
        )


class HashtagCheckAdd(HashtagView):
    """Look a hashtag up: ``?tag=`` names it, ``?next=`` is the post that it stands in."""

    template_name = "policies/hashtag_check.html"
    permission = Permission.DRAFT_POSTS

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        tag = request.GET.get("tag", "").lstrip("#＃")
        hashtag = self.hashtag(tag)
        initial = {
            "tag": f"#{tag}" if tag else "",
            "is_lasting": bool(hashtag and hashtag.is_lasting),
        }
        return self.show(self.form(initial=initial), hashtag)

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, self.hashtag(request.POST.get("tag", "")))
        tag = form.cleaned_data["tag"]
        try:
            check = check_hashtag(
                self.workspace,
                tag,
                form.looked,
                by=self.membership,
                uid=uid_from_submission(self.membership.uid, "hashtag check", request.POST),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, self.hashtag(tag), status=409)
        words = {"tag": isolated(check.hashtag), "verdict": check.get_verdict_display().lower()}
        messages.success(request, _("Your check of %(tag)s is noted: %(verdict)s.") % words)
        return redirect(self.way_back or check.hashtag.get_absolute_url())

    def form(self, data: Any = None, **more: Any) -> HashtagCheckForm:
        may = may_approve_lasting(self.membership)
        return HashtagCheckForm(data, may_approve_lasting=may, **more)

    def hashtag(self, tag: str) -> Hashtag | None:
        """Return what is known by that name."""
        found = Hashtag.objects.for_workspace(self.workspace).filter(key=hashtag_key(tag)).first()
        if found:
            found.workspace = self.workspace
        return found

    @property
    def way_back(self) -> str:
        """The page of this workspace that it was opened from, empty without one."""
        wanted = self.request.GET.get("next", "")
        home = reverse("today:today", args=[self.workspace.slug])
        return wanted if is_page_below(home, wanted) else ""

    def show(
        self, form: HashtagCheckForm, hashtag: Hashtag | None, *, status: int = 200
    ) -> HttpResponse:
        now = timezone.now()
        checks = hashtag.checks.select_related("by")[:CHECKS] if hashtag else []
        return self.page(
            status=status,
            form=form,
            hashtag=hashtag,
            lines=[line_of(hashtag, check, now) for check in checks if hashtag],
            hours=hours_of(rules_in_force(self.workspace)).seconds // 3600,
            is_external=self.membership.engagement == Engagement.EXTERNAL,
            cancel_url=self.way_back or self.list_url,
        )


class LastingApprove(HashtagView):
    """Approve lasting tags, several at once."""

    template_name = "policies/hashtags_lasting.html"
    permission = Permission.APPROVE_POSTS

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(form=LastingForm())

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        form = LastingForm(request.POST)
        if not form.is_valid():
            return self.page(form=form)
        said = form.cleaned_data
        try:
            approved = approve_lasting(
                self.workspace, said["tags"], about=said["about"], by=self.membership
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.page(form=form, status=409)
        number = len(approved)
        words = ngettext(
            "%(number)d hashtag is approved for a year.",
            "%(number)d hashtags are approved for a year.",
            number,
        )
        messages.success(request, words % {"number": number})
        return redirect(self.list_url)
