"""A strategy to be read and taken along: the whole document, or one sheet."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from strategies.domain.answers import Answers, answers_of
from strategies.formats import FORMATS, PaperFormat, Unavailable, formats
from strategies.models import StrategyVersion
from strategies.presentation.mix_picture import mix_parts
from strategies.presentation.paper import Paper, notes_on, notes_on_now, paper_of
from strategies.views.mixins import StrategyView
from workspaces.permissions import Permission

# A page in which nothing may be loaded, should a browser take a file for one.
FILE_POLICY = "default-src 'none'; sandbox"


def format_in(code: str) -> PaperFormat:
    """Return the format that an address names, or raise Http404."""
    found = FORMATS.get(code)
    if found is None:
        raise Http404
    return found


def file_of(paper: Paper, paper_format: PaperFormat, *, number: int | None) -> HttpResponse:
    """Return the paper as a file to be saved; raises Unavailable."""
    response = HttpResponse(paper_format.write(paper), content_type=paper_format.content_type)
    name = paper_format.name_of(paper, number=number)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Security-Policy"] = FILE_POLICY
    return response


class PaperView(StrategyView):
    """The answers as they are now or, where the address has a number, as they were submitted."""

    is_sheet = False
    version: StrategyVersion | None = None

    def load_objects(self) -> None:
        """Find the version."""
        super().load_objects()
        if "number" in self.kwargs:
            versions = self.strategy.versions.with_people()
            self.version = get_object_or_404(versions, number=self.kwargs["number"])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Answer; who only reads is led to the version that was approved."""
        if self.version is None and self.approved and not self.is_draft_read:
            return redirect(self.address_in(self.approved, kwargs.get("format")))
        return self.answer(**kwargs)

    def address_in(self, version: StrategyVersion, paper_format: str | None) -> str:
        """The same as it stands in ``version``: the page, or the file."""
        name = "sheet" if self.is_sheet else "document"
        inside = [self.workspace.slug, self.strategy.uid, version.number]
        if paper_format:
            return reverse(f"strategies:version_{name}_file", args=[*inside, paper_format])
        return reverse(f"strategies:version_{name}", args=inside)

    def answer(self, **kwargs: Any) -> HttpResponse:
        """Answer with a page; a file by itself in other views."""
        return self.shown()

    @cached_property
    def answers_shown(self) -> Answers:
        """What is read."""
        return answers_of(self.version) if self.version else self.answers

    @cached_property
    def paper(self) -> Paper:
        """What is read, with its notes."""
        if self.version:
            notes = notes_on(self.version, workspace=self.workspace)
        else:
            notes = notes_on_now(
                timezone.now(),
                workspace=self.workspace,
                is_changed=self.draft is not None and self.draft.is_changed,
            )
        return paper_of(
            self.answers_shown, workspace=self.workspace, notes=notes, is_sheet=self.is_sheet
        )

    def address(self, name: str, *more: Any) -> str:
        """An address of what is read."""
        place = [self.workspace.slug, self.strategy.uid]
        if self.version:
            name, place = f"version_{name}", [*place, self.version.number]
        return reverse(f"strategies:{name}", args=[*place, *more])

    def shown(self, *, missing: str = "", status: int = 200) -> HttpResponse:
        """The page, with the ways to take it along."""
        file = "sheet_file" if self.is_sheet else "document_file"
        found = [(one, self.address(file, one.code), one.missing()) for one in formats()]
        return self.page(
            "strategies/in_short.html" if self.is_sheet else "strategies/document.html",
            status=status,
            paper=self.paper,
            version=self.version,
            approved=None if self.version else self.approved,
            is_blank=not self.is_sheet and self.paper.is_blank,
            mix=mix_parts(self.answers_shown.content_plan),
            formats=[(one, url) for one, url, sentence in found if not sentence],
            missing=missing or " ".join(sentence for _one, _url, sentence in found if sentence),
            is_sheet=self.is_sheet,
            paper_name=_("In short") if self.is_sheet else _("As one page"),
            other_url=self.address("document" if self.is_sheet else "sheet"),
            may_share=self.membership.can(Permission.SHARE_STRATEGY),
        )


class DocumentView(PaperView):
    """The whole, as one page made to be read and printed; the sheet comes first."""


class SheetView(DocumentView):
    """What a board reads, on one page of paper."""

    is_sheet = True


class DocumentFileView(PaperView):
    """The whole, in one of the formats."""

    def answer(self, **kwargs: Any) -> HttpResponse:
        """The file; where it cannot be written here, the page that says what is missing."""
        number = self.version.number if self.version else None
        try:
            return file_of(self.paper, format_in(kwargs["format"]), number=number)
        except Unavailable as refusal:
            return self.shown(missing=str(refusal), status=503)


class SheetFileView(DocumentFileView):
    """The sheet alone, in one of the formats."""

    is_sheet = True
