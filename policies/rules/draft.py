"""A post on one channel as rules see it: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from core.enums import ContentCategory
from networks.text_parts import find_hashtags, find_links
from policies.enums import HashtagVerdict
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
class KnownTag:
    """What the newest check of a hashtag says; ``by`` is the name of who looked.

    It holds through ``until`` (None: until somebody says otherwise). ``employed_until`` is the same
    of the newest check by somebody employed, None where nobody was.
    """

    verdict: str
    about: str
    by: str
    at: datetime
    until: datetime | None
    employed_until: datetime | None = None

    def is_avoided(self, moment: datetime | None) -> bool:
        """Whether posts that go out at ``moment`` (None: at any time) may not have it."""
        is_over = self.until is not None and moment is not None and moment > self.until
        return self.verdict == HashtagVerdict.AVOID and not is_over

    def holds(self, moment: datetime, *, for_external: bool) -> bool:
        """Whether it was checked for a post at ``moment``; what externals write by an employee."""
        until = self.employed_until if for_external else self.until
        return until is not None and moment <= until


@dataclass(frozen=True, kw_only=True)
class RuleDraft:
    """One post for one channel; a post for three channels is judged three times.

    ``at`` is aware and in the workspace's zone, None while no time is planned. ``format`` is a
    ``PostFormat``, ``category`` a ``ContentCategory``, ``origin`` one of us, others, followers.
    ``advertising`` says why it must be marked as such, empty where it is none. ``alt_texts`` has a
    text for each picture, empty where it lacks one. ``history`` is what else is out or planned on
    the channel around that time.

    ``now`` is aware and in the workspace's zone. ``known_tags`` has what is known of the hashtags, by
    their keys. ``is_out``: somebody said that it is published. ``is_looked_at`` says whether somebody
    made the check of the day; ``touched_at``, when somebody last wrote, moved, approved or handed over
    a post that waits for its minute. ``leaves_now``: it is handed over to a tool that will publish it
    unasked. ``videos_without_captions`` counts, and ``retouching`` is a
    ``content_calendar`` Retouching, empty where no body is retouched.
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
    now: datetime | None = None
    known_tags: Mapping[str, KnownTag] = field(default_factory=dict)
    is_out: bool = False
    is_looked_at: bool = False
    touched_at: datetime | None = None
    leaves_now: bool = False
    videos_without_captions: int = 0
    retouching: str = ""
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
