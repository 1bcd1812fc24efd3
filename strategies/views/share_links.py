"""The links to a version: who may read it without an account, until when, and whether they did."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.exceptions import Refusal
from core.idempotency import uid_from_submission
from core.site import site_address
from core.text import isolated
from strategies.forms.share_links import ShareLinkForm
from strategies.models import ShareLink, StrategyVersion
from strategies.services.share_links import create_link, revoke_link
from strategies.views.mixins import StrategyView
from workspaces.permissions import Permission

#: The session names the link that is to be shown once; never its secret.
SHOW_SHARE_LINK = "show_share_link"
LINKS_AT_MOST = 200


class SharingView(StrategyView):
    """Turn the address into ``self.version``, looked up inside its strategy."""

    permission = Permission.SHARE_STRATEGY
    version: StrategyVersion

    def load_objects(self) -> None:
        """Find the version, once the membership has been checked."""
        super().load_objects()
        self.version = get_object_or_404(
            self.strategy.versions.without_snapshot(), number=self.kwargs["number"]
        )
        self.version.strategy = self.strategy

    def frame(self) -> dict[str, Any]:
        """The version beside its strategy."""
        return {**super().frame(), "version": self.version}

    @property
    def place(self) -> list[Any]:
        """What stands in the address of the list."""
        return [self.workspace.slug, self.strategy.uid, self.version.number]


class LinksView(SharingView):
    """Every link to the version, and a form for one more."""

    template_name = "strategies/links.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.shown(ShareLinkForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Make a link, and show it once."""
        form = ShareLinkForm(request.POST)
        if not form.is_valid():
            return self.shown(form)
        try:
            link = self.made(form, request.POST)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.shown(form)
        request.session[SHOW_SHARE_LINK] = str(link.uid)
        return redirect("strategies:link", *self.place, link.uid)

    def made(self, form: ShareLinkForm, sent: QueryDict) -> ShareLink:
        """Make what the form says."""
        return create_link(
            self.version,
            label=form.cleaned_data["label"],
            days=form.cleaned_data["days"],
            by=self.membership.user,
            uid=uid_from_submission(self.membership.uid, f"link {self.version.uid}", sent),
        )

    def shown(self, form: ShareLinkForm) -> HttpResponse:
        """The page."""
        links = ShareLink.objects.filter(version=self.version).for_list()
        return self.page(form=form, links=list(links[:LINKS_AT_MOST]))


class OneLinkView(SharingView):
    """Turn the address into ``self.link``, looked up inside its version."""

    link: ShareLink

    def load_objects(self) -> None:
        """Find the link."""
        super().load_objects()
        self.link = get_object_or_404(
            ShareLink.objects.filter(version=self.version), uid=self.kwargs["link"]
        )
        self.link.version = self.version


class LinkView(OneLinkView):
    """The page that shows a link, once."""

    template_name = "strategies/link.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the link, the first time after it was made."""
        address = ""
        if request.session.get(SHOW_SHARE_LINK) == str(self.link.uid) and self.link.is_open:
            del request.session[SHOW_SHARE_LINK]
            address = site_address(self.link.path)
        return self.page(link=self.link, address=address)


class RevokeLinkView(OneLinkView):
    """End a link at once."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Revoke; a second press says that it has ended already."""
        try:
            revoke_link(self.link, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request,
                _("The link for %(whom)s no longer works.") % {"whom": isolated(self.link.label)},
            )
        return redirect("strategies:links", *self.place)
