"""What a format is, and those that are there."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext

from core.exceptions import Refusal
from core.registry import Registry
from strategies.presentation.paper import Paper

LONGEST_NAME = 100  # characters; some file systems take 255 bytes
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u2066-\u2069\u202a-\u202e]+')


class Unavailable(Refusal):
    """This server cannot write the format; the sentence says what is missing."""


def _nothing() -> str:
    return ""


@dataclass(frozen=True)
class PaperFormat:
    """One way to take a strategy along.

    ``place`` says where it stands among the others. ``missing`` returns the sentence that says what this server lacks to write it, empty where
    nothing is missing; ``write`` raises Unavailable then.
    """

    code: str
    label: "str | Promise"
    ending: str
    content_type: str
    place: int
    write: Callable[[Paper], bytes]
    missing: Callable[[], str] = _nothing

    def name_of(self, paper: Paper, *, number: int | None) -> str:
        """Return the name of the file, without what file systems refuse."""
        words = {"name": paper.title, "number": number}
        name = gettext("%(name)s, version %(number)d") % words if number else paper.title
        if not paper.chapters:
            name = gettext("%(name)s, in short") % {"name": name}
        clean = _NOT_IN_NAMES.sub(" ", name)
        clean = " ".join(clean.split()).strip(". ")[:LONGEST_NAME].rstrip(". ")
        return f"{clean or gettext('Strategy')}.{self.ending}"


FORMATS: Registry[PaperFormat] = Registry("format of a strategy")


def formats() -> list[PaperFormat]:
    """Return all of them in their order."""
    return sorted(FORMATS, key=lambda one: one.place)


def register(paper_format: PaperFormat) -> PaperFormat:
    """Offer ``paper_format`` wherever a strategy can be taken along."""
    return FORMATS.register(paper_format.code, paper_format)
