"""What is seen of a post before anybody opens it."""

from dataclasses import dataclass

from networks.catalogue import NETWORKS
from networks.counters import letters
from networks.text_parts import link_spans, outside


@dataclass(frozen=True)
class Preview:
    """The text as the network shows it; ``hidden`` stands behind “more”, empty where all is seen.

    Where the network cuts differs by a few letters from screen to screen.
    """

    visible: str
    hidden: str = ""


def preview(network_code: str, text: str) -> Preview:
    """Return ``text`` with its links shortened, in what is visible and what is hidden."""
    network = NETWORKS[network_code]
    text = text.replace("\r\n", "\n").strip()
    spans = link_spans(text)
    links = [network.show_link(text[start:end]) for start, end in spans]
    pieces = outside(text, spans)
    text = "".join(f"{piece}{link}" for piece, link in zip(pieces, [*links, ""], strict=True))
    if network.limits.before_more is None:
        return Preview(text)
    return _cut(text, network.limits.before_more.value)


def _cut(text: str, most: int) -> Preview:
    """Cut behind ``most`` letters, or behind the last word that ends in their second half."""
    shown = letters(text)[:most]
    end = len("".join(shown))
    if end == len(text):
        return Preview(text)
    if not text[end].isspace():
        word_end = max(text.rfind(" ", end // 2, end), text.rfind("\n", end // 2, end))
        end = word_end if word_end > 0 else end
    return Preview(text[:end].rstrip(), text[end:].strip())
