"""The networks, as data. Adding one is one entry here; codes are stored and never change.

Frequencies are what others published, shown as *others say (year)* and never as a rule. Where no
reliable number was found, none stands. Sources, read in November 2026:
Hootsuite's 2023 article on posting frequency, as carried by tmp.4pmtech.com (Instagram, Facebook,
X, LinkedIn).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Frequency:
    """Posts a week that others advise, lowest and highest, with source and year."""

    lowest: int
    highest: int
    source: str
    year: int


@dataclass(frozen=True)
class Network:
    """One network: ``address`` is how a profile's address begins (help for typing it)."""

    code: str
    name: "str | Promise"
    address: str = ""
    frequency: Frequency | None = None


def _hootsuite(lowest: int, highest: int) -> Frequency:
    return Frequency(lowest, highest, "Hootsuite", 2023)


NETWORKS: dict[str, Network] = {
    network.code: network
    for network in (
        Network("facebook", "Facebook", "https://www.facebook.com/", _hootsuite(7, 14)),
        Network("instagram", "Instagram", "https://www.instagram.com/", _hootsuite(3, 7)),
        Network("linkedin", "LinkedIn", "https://www.linkedin.com/company/", _hootsuite(7, 35)),
        Network("x", "X", "https://x.com/", _hootsuite(7, 35)),
        Network("tiktok", "TikTok", "https://www.tiktok.com/@"),
        Network("youtube", "YouTube", "https://www.youtube.com/@"),
        Network("pinterest", "Pinterest", "https://www.pinterest.com/"),
        Network("threads", "Threads", "https://www.threads.net/@"),
        Network("bluesky", "Bluesky", "https://bsky.app/profile/"),
        Network("mastodon", "Mastodon"),
        Network("other", _("Other")),
    )
}

NETWORK_CHOICES = [(network.code, network.name) for network in NETWORKS.values()]
