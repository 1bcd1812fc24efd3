"""Check what is planned for a channel against the limits of its network."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext_lazy

from core.findings import Severity
from core.text import number_text
from networks.catalogue import NETWORKS, Network
from networks.counters import graphemes
from networks.counting import count, text_limit_of
from networks.limits import Limit
from networks.text_parts import find_hashtags, find_links, find_mentions


@dataclass(frozen=True)
class LimitFinding:
    """What is too much, or missing, for a network; the sentence says what to do."""

    severity: Severity
    code: str
    sentence: str


# Each with the number of what is too much or missing, the network and its limit.
SENTENCES: dict[str, Promise] = {
    "text_too_long": ngettext_lazy(
        "%(number)s too many for %(network)s. Shorten the text to %(limit)s.",
        "%(number)s too many for %(network)s. Shorten the text to %(limit)s.",
        "count",
    ),
    "text_too_many_bytes": ngettext_lazy(
        "%(number)s byte too long for %(network)s. Shorten the text or use fewer emoji.",
        "%(number)s bytes too long for %(network)s. Shorten the text or use fewer emoji.",
        "count",
    ),
    "title_too_long": ngettext_lazy(
        "The title is %(number)s character too long for %(network)s. Shorten it to %(limit)s.",
        "The title is %(number)s characters too long for %(network)s. Shorten it to %(limit)s.",
        "count",
    ),
    "too_many_hashtags": ngettext_lazy(
        "%(number)s hashtag too many for %(network)s. Keep %(limit)s at most.",
        "%(number)s hashtags too many for %(network)s. Keep %(limit)s at most.",
        "count",
    ),
    "too_many_mentions": ngettext_lazy(
        "%(number)s mention too many for %(network)s. Keep %(limit)s at most.",
        "%(number)s mentions too many for %(network)s. Keep %(limit)s at most.",
        "count",
    ),
    "too_many_links": ngettext_lazy(
        "%(number)s link too many for %(network)s. Keep %(limit)s at most.",
        "%(number)s links too many for %(network)s. Keep %(limit)s at most.",
        "count",
    ),
    "too_many_images": ngettext_lazy(
        "%(number)s image too many for %(network)s. Keep %(limit)s at most.",
        "%(number)s images too many for %(network)s. Keep %(limit)s at most.",
        "count",
    ),
    "alt_text_too_long": ngettext_lazy(
        "An alt text is %(number)s character too long for %(network)s. Shorten it to %(limit)s.",
        "An alt text is %(number)s characters too long for %(network)s. Shorten it to %(limit)s.",
        "count",
    ),
    "alt_text_required": ngettext_lazy(
        "%(number)s image has no alt text, which %(network)s requires. Describe what it shows.",
        "%(number)s images have no alt text, which %(network)s requires. Describe what they show.",
        "count",
    ),
    "alt_text_missing": ngettext_lazy(
        "%(number)s image has no alt text. Describe it for people who cannot see it.",
        "%(number)s images have no alt text. Describe them for people who cannot see them.",
        "count",
    ),
}


def check_version(
    network_code: str,
    text: str,
    *,
    format: str = "",
    images: Sequence[str] = (),
    title: str = "",
    has_video: bool = False,
) -> list[LimitFinding]:
    """Return what is above the network's limits, and images without alt text.

    ``format`` is a PostFormat, empty where none is chosen; ``images`` are the alt texts, one for
    each image.
    """
    network = NETWORKS[network_code]
    limits = network.limits
    length = count(network_code, text, format=format, has_video=has_video)
    checks: list[tuple[str, Limit | None, int]] = [
        ("title_too_long", limits.title, graphemes(title)),
        ("too_many_hashtags", limits.hashtags, len(find_hashtags(text))),
        ("too_many_mentions", limits.mentions, len(find_mentions(text))),
        ("too_many_links", limits.links, len(set(find_links(text)))),
        ("too_many_images", limits.images, len(images)),
        ("alt_text_too_long", limits.alt_text, max(map(graphemes, images), default=0)),
    ]
    if length.over:
        text_limit = text_limit_of(network_code, format=format, has_video=has_video)
        checks.insert(0, ("text_too_long", text_limit, length.used))
    elif length.over_bytes:
        checks.insert(0, ("text_too_many_bytes", limits.text_bytes, length.used_bytes))
    return [
        *(
            _above(network, code, limit, number - limit.value)
            for code, limit, number in checks
            if limit and number > limit.value
        ),
        *_without_alt_text(network, images),
    ]


def _above(network: Network, code: str, limit: Limit, over: int) -> LimitFinding:
    sentence = _sentence(network, code, over, limit.value)
    if limit.why:
        sentence = gettext("%(finding)s %(why)s") % {"finding": sentence, "why": limit.why}
    return LimitFinding(limit.severity, code, sentence)


def _without_alt_text(network: Network, images: Sequence[str]) -> Iterator[LimitFinding]:
    number = sum(1 for alt_text in images if not alt_text.strip())
    if number and network.limits.alt_text_required:
        code, severity = "alt_text_required", Severity.BLOCKER
    else:
        code, severity = "alt_text_missing", Severity.WARNING
    if number:
        yield LimitFinding(severity, code, _sentence(network, code, number))


def _sentence(network: Network, code: str, number: int, limit: int = 0) -> str:
    return str(
        SENTENCES[code]
        % {
            "count": number,
            "number": number_text(number),
            "network": network.name,
            "limit": number_text(limit),
        }
    )
