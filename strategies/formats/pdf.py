"""PDF by WeasyPrint, from a page of our own, where the libraries that it needs are installed."""

from ctypes import CDLL
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strategies.formats.registry import PaperFormat, Unavailable, register
from strategies.presentation.paper import Paper

#: Any of the names that a system may have for the library that WeasyPrint needs most.
PANGO = ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")
DEBIAN_PACKAGE = "libpangoft2-1.0-0"


@cache
def missing() -> str:
    """Say which package must be installed, empty where the library is there."""
    for name in PANGO:
        try:
            CDLL(name)
        except OSError:
            continue
        return ""
    return _how_to_mend()


def _how_to_mend() -> str:
    return gettext(
        "This server cannot write PDF: the library Pango is missing (on Debian the package "
        "%(package)s). Print the page and choose “Save as PDF” instead, or take another format."
    ) % {"package": DEBIAN_PACKAGE}


def write(paper: Paper) -> bytes:
    """Write the paper on A4, tagged for screen readers. Nothing is asked of any host."""
    if sentence := missing():
        raise Unavailable(sentence)
    try:
        # Takes a second and 55 MB, and not everybody wants PDF.
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise Unavailable(_how_to_mend()) from error
    page = render_to_string("strategies/paper_pdf.html", {"paper": paper})
    # The page has all that it needs, and fonts are the system's.
    document: Any = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=()))
    written: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return written


register(
    PaperFormat(
        code="pdf",
        label=_("PDF"),
        ending="pdf",
        content_type="application/pdf",
        place=1,
        write=write,
        missing=missing,
    )
)
