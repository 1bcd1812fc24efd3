"""A post on one channel as rules see it: plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from core.enums import ContentCategory
from networks.text_parts import find_hashtags, find_links
from workspaces.enums import Engagement, Role


@dataclass(frozen=True)
class OtherPost:
    """Another post on the same channel; ``at`` is aware and in the workspace's zone.

    ``counts`` is False for what is no post in the feed of its own: a story, a reply, a thread.
    """

    text: str
    at: datetime
    counts: bool = True


@dataclass(frozen=True, kw_only=True)
class RuleDraft:
    """One post for one channel; a post for three channels is judged three times.

    ``at`` is aware and in the workspace's zone, None while no time is planned. ``format`` is a
    ``PostFormat``, ``category`` a ``ContentCategory``, ``origin`` one of us, others, followers.
    ``advertising`` says why it must be marked as such, empty where it is none. ``alt_texts`` has a
    text for each picture, empty where it lacks one. ``history`` is what else is out or planned on
    the channel around that time.
    """

    text: str
    today: date
    channel: str = ""  # uid
    network: str = ""
    format: str = ""
    category: str = ""
    origin: str = "us"
    source: str = ""
    has_permission: bool = False
    engagement: str = Engagement.EMPLOYEE
    role: str = Role.MARKETER
    at: datetime | None = None
    advertising: str = ""
    alt_texts: tuple[str, ...] = ()
    history: tuple[OtherPost, ...] = ()
    is_service_notice: bool = False
    is_in_series: bool = False

    @cached_property
    def hashtags(self) -> tuple[str, ...]:
        """Without their signs, each once."""
        return tuple(dict.fromkeys(find_hashtags(self.text)))

    @cached_property
    def links(self) -> tuple[str, ...]:
        """As they are typed, each once."""
        return tuple(dict.fromkeys(find_links(self.text)))

    @property
    def is_promotional(self) -> bool:
        return self.category == ContentCategory.PROMOTIONAL
