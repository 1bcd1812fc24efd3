"""Several pasted lines become several rows: pure reading of what was pasted."""

import re
from dataclasses import dataclass

AT_MOST = 200

_BULLET = re.compile(r"^(?:[*•‣◦▪·●○–—-]\s+|[•‣◦▪●○]|\[[ xX]?\]\s+)+(?=\S)")
# A space must follow: “1.5 million visitors” is text.
_NUMBER = re.compile(r"^\(?(\d{1,3})[.)]\s+(?=\S)")
_RULER = re.compile(r"[\s*•‣◦▪·●○_=–—-]*")


@dataclass(frozen=True)
class Line:
    """One line: ``number`` is its place in what was pasted, from 1."""

    number: int
    text: str


def without_bullet(line: str) -> str:
    """Return a line without the bullet that somebody typed before it."""
    return _BULLET.sub("", line.lstrip(), count=1)


def lines_of(text: str) -> list[Line]:
    """Return the lines that hold something, without bullets, numbering and outer spaces.

    Numbers are taken away only from a list that begins with 1: “5. klasse” is a name.
    """
    found = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        clean = without_bullet(" ".join(line.split()))
        if not _RULER.fullmatch(clean):
            found.append(Line(number, clean))
    numbers = [match[1] for line in found if (match := _NUMBER.match(line.text))]
    if numbers[:1] in (["1"], ["01"]):
        found = [Line(line.number, _NUMBER.sub("", line.text, count=1)) for line in found]
    return found
