"""PDF by WeasyPrint, from a page of our own, where the libraries that it needs are installed."""

from collections.abc import Callable
from ctypes import CDLL
from functools import cache
from hashlib import sha256
from threading import BoundedSemaphore, Lock
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strategies.formats.registry import PaperFormat, Unavailable, register
from strategies.presentation.paper import Paper

#: Any of the names that a system may have for the library that WeasyPrint needs most.
PANGO = ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")
DEBIAN_PACKAGE = "libpangoft2-1.0-0"

#: Characters of the page: a second of work for about 60,000 of them, so this stays below 20 seconds.
LONGEST_PAGE = 1_000_000
#: Written last in this process: a version stays as it is, and so does its file.
FILES_KEPT = 8
_files: dict[bytes, bytes] = {}
_turn = Lock()
_places = BoundedSemaphore(3)


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
    if len(page) > LONGEST_PAGE:
        raise Unavailable(
            gettext(
                "This strategy is too long to be written as PDF here. Print the page and choose "
                "“Save as PDF” instead, or take another format."
            )
        )

    def drawn() -> bytes:
        # The page has all that it needs, and fonts are the system's.
        document: Any = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=()))
        written: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
        return written

    return _once(page, drawn)


def _once(page: str, draw: Callable[[], bytes]) -> bytes:
    """Return what ``draw`` makes of ``page``, or made of it before; one at a time.

    Raises Unavailable where others wait already: whoever waits keeps a thread of the server.
    """
    key = sha256(page.encode()).digest()
    if written := _files.get(key):
        return written
    if not _places.acquire(blocking=False):
        raise Unavailable(
            gettext("Other PDFs are being written. Try again in a minute, or take another format.")
        )
    try:
        with _turn:
            file = _files[key] = _files.get(key) or draw()
            while len(_files) > FILES_KEPT:
                del _files[next(iter(_files))]
            return file
    finally:
        _places.release()


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
