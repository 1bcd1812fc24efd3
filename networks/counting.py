"""How long a text is on a network, and how much is left."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.text import number_text
from networks.catalogue import NETWORKS
from networks.counters import utf8_bytes
from networks.enums import PostFormat
from networks.limits import Limit

VIDEO_FORMATS = {PostFormat.SHORT_VIDEO, PostFormat.LONG_VIDEO, PostFormat.LIVE}
# A thread is several posts, and an article is no post.
FORMATS_WITHOUT_TEXT_LIMIT = {PostFormat.THREAD, PostFormat.ARTICLE}


@dataclass(frozen=True)
class Count:
    """The length of a text in the network's units, and in bytes where these are limited, too.

    A limit is None where none is known.
    """

    used: int
    limit: int | None = None
    used_bytes: int = 0
    limit_bytes: int | None = None

    @property
    def left(self) -> int | None:
        """How much more may follow, 0 if nothing."""
        return None if self.limit is None else max(0, self.limit - self.used)

    @property
    def over(self) -> int:
        """How much is too much."""
        return 0 if self.limit is None else max(0, self.used - self.limit)

    @property
    def left_bytes(self) -> int | None:
        """How many more bytes may follow, 0 if none."""
        return None if self.limit_bytes is None else max(0, self.limit_bytes - self.used_bytes)

    @property
    def over_bytes(self) -> int:
        """How many bytes are too many."""
        return 0 if self.limit_bytes is None else max(0, self.used_bytes - self.limit_bytes)

    @property
    def is_over(self) -> bool:
        """Whether the text is too long."""
        return bool(self.over or self.over_bytes)

    @property
    def words(self) -> str:
        """What a person reads beside the text: “10 left”, “10 too many”, “25 bytes too long”."""
        if self.over:
            return ngettext("%(number)s too many", "%(number)s too many", self.over) % {
                "number": number_text(self.over)
            }
        if self.over_bytes:
            return ngettext(
                "%(number)s byte too long", "%(number)s bytes too long", self.over_bytes
            ) % {"number": number_text(self.over_bytes)}
        if self.left is None:
            return ngettext("%(number)s character", "%(number)s characters", self.used) % {
                "number": number_text(self.used)
            }
        if self.left_bytes is not None and self.left_bytes < self.left:
            return ngettext("%(number)s byte left", "%(number)s bytes left", self.left_bytes) % {
                "number": number_text(self.left_bytes)
            }
        return _("%(number)s left") % {"number": number_text(self.left)}


def count(network_code: str, text: str, *, format: str = "", has_video: bool = False) -> Count:
    """Count ``text`` as the network does. ``format`` is a PostFormat, empty where none is chosen.

    A line break is one character, however the browser sent it.
    """
    limits = NETWORKS[network_code].limits
    text = text.replace("\r\n", "\n")
    limit = text_limit_of(network_code, format=format, has_video=has_video)
    return Count(
        used=limits.measure(text),
        limit=limit.value if limit else None,
        used_bytes=utf8_bytes(text),
        limit_bytes=limits.text_bytes.value if limit and limits.text_bytes else None,
    )


def text_limit_of(network_code: str, *, format: str = "", has_video: bool = False) -> Limit | None:
    """Return the limit of the text of a post, None where none is known or the format has none."""
    limits = NETWORKS[network_code].limits
    if format in FORMATS_WITHOUT_TEXT_LIMIT:
        return None
    if has_video or format in VIDEO_FORMATS:
        return limits.text_with_video or limits.text
    return limits.text
