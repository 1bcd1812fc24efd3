"""One version, read by whoever has a link to it: no account, no way further into the workspace.

Opening it is written down, which is the one thing that reading changes here (docs/adr/0028).
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View

from accounts.limits import is_too_often
from core.secrets_in_addresses import keep_address_secret
from strategies.domain.answers import answers_of
from strategies.formats import Unavailable, formats
from strategies.models import ShareLink
from strategies.presentation.mix_picture import mix_parts
from strategies.presentation.paper import Paper, notes_on, paper_of
from strategies.services.share_links import link_of, note_opened
from strategies.views.documents import file_of, format_in

NOT_FOR_ROBOTS = "noindex, nofollow, noarchive"


@method_decorator([login_not_required, keep_address_secret], name="dispatch")
class SharedView(View):
    """Turn the address into ``self.link``; a wrong, ended or revoked one gives the same 404."""

    is_sheet = False
    limit = "shared_page"
    http_method_names = ["get", "head", "options"]
    link: ShareLink

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = self.answer(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = NOT_FOR_ROBOTS
        return response

    def answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Count the visit, then look the link up."""
        if is_too_often(request, self.limit):
            context = {"is_too_often": True}
            return render(request, "strategies/shared_closed.html", context, status=429)
        link = link_of(kwargs["token"])
        if link is None:
            return render(request, "strategies/shared_closed.html", status=404)
        self.link = link
        return super().dispatch(request, *args, **kwargs)

    @property
    def paper(self) -> Paper:
        """What the link shows."""
        version = self.link.version
        workspace = version.strategy.workspace
        return paper_of(
            answers_of(version),
            workspace=workspace,
            notes=notes_on(version, workspace=workspace),
            is_sheet=self.is_sheet,
        )

    def shown(self, *, missing: str = "", status: int = 200) -> HttpResponse:
        """The page, with the ways to take it along."""
        token = self.kwargs["token"]
        file = "shared:sheet_file" if self.is_sheet else "shared:document_file"
        paper = self.paper
        context = {
            "link": self.link,
            "owner": self.link.version.strategy.workspace,
            "paper": paper,
            "is_sheet": self.is_sheet,
            "mix": mix_parts(answers_of(self.link.version).content_plan),
            "formats": [
                (one, reverse(file, args=[token, one.code]))
                for one in formats()
                if not one.missing()
            ],
            "missing": missing,
            "other_url": reverse(
                "shared:document" if self.is_sheet else "shared:sheet", args=[token]
            ),
        }
        return render(self.request, "strategies/shared.html", context, status=status)


class SharedDocument(SharedView):
    """The whole, as a page."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        note_opened(self.link)
        return self.shown()

    def head(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Programs that look ahead are no readers."""
        return self.shown()


class SharedSheet(SharedDocument):
    """The sheet, as a page."""

    is_sheet = True


class SharedFile(SharedView):
    """The whole or the sheet, in one of the formats."""

    limit = "shared_file"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The file; where it cannot be written here, the page that says what is missing."""
        note_opened(self.link)
        paper_format = format_in(kwargs["format"])
        try:
            return file_of(self.paper, paper_format, number=self.link.version.number)
        except Unavailable as refusal:
            return self.shown(missing=str(refusal), status=503)

    def head(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Nothing is written for who asks only whether it is there."""
        return HttpResponse(content_type=format_in(kwargs["format"]).content_type)
