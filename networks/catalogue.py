"""The networks, as data. Adding one is one entry here; codes are stored and never change.

Frequencies are what others published, shown as *others say (year)* and never as a rule. Where no
reliable number was found, none stands. Sources, read in November 2026:
Hootsuite's 2023 article on posting frequency, as carried by tmp.4pmtech.com (Instagram, Facebook,
X, LinkedIn).

Limits change and sources disagree, so each says where it was read and when. What a tool sets for
itself (5,000 on Facebook in Buffer) or what X and Mastodon servers sell or set as more is not
known here.

Where a post is written, read in November 2026: Bluesky
https://docs.bsky.app/docs/advanced-guides/intent-links, Threads
https://developers.facebook.com/documentation/threads/threads-web-intents, Facebook
https://shkspr.mobi/blog/2025/08/what-about-using-relshare-url-to-expose-sharing-intents;
for LinkedIn, X, YouTube Studio, Pinterest and Mastodon no page was read, nor for how X, Bluesky and
Mastodon shorten links: try these before relying on them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from networks.counters import as_mastodon, emoji_as_bytes, graphemes, utf16_units, weighted_as_x
from networks.enums import WITHOUT_MEDIA, PostFormat
from networks.limits import Limit, Limits, Source
from networks.shown_links import address_cut, as_typed, path_cut


@dataclass(frozen=True)
class Frequency:
    """Posts a week that others advise, lowest and highest, with source and year."""

    lowest: int
    highest: int
    source: str
    year: int


@dataclass(frozen=True)
class Network:
    """One network: ``address`` is how a profile's address begins (help for typing it).

    ``compose`` is where a new post is written: ``{text}`` stands for the text, ``{link}`` for its
    first link, ``{server}`` for the server of the account. ``show_link`` shortens a link as the
    network does on its pages. ``formats`` are what it can post, the usual one first.
    """

    code: str
    name: "str | Promise"
    address: str = ""
    frequency: Frequency | None = None
    limits: Limits = field(default_factory=Limits)
    compose: str = ""
    show_link: Callable[[str], str] = as_typed
    formats: tuple[PostFormat, ...] = tuple(PostFormat)

    @property
    def needs_media(self) -> bool:
        """Whether nothing can be posted there with neither picture nor video."""
        return WITHOUT_MEDIA.isdisjoint(self.formats)


def _hootsuite(lowest: int, highest: int) -> Frequency:
    return Frequency(lowest, highest, "Hootsuite", 2023)


_DAY = date(2026, 11, 23)
_BUFFER = Source("https://developers.buffer.com/guides/character-limits.md", _DAY)
_TRYPOST = Source("TryPost source, Platform.php and InstagramPublishException.php", _DAY)
_PLATFORM_LIMITS = Source(
    "https://raw.githubusercontent.com/coreyhaines31/marketingskills/HEAD/skills/social/references/platform-limits.md",
    _DAY,
)
_SOCIALK = Source("https://socialk.it/en/tools/social-media-character-limits", _DAY)
_ATPROTO_IMAGES = Source(
    "https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/images.json", _DAY
)
_ATCUTE = Source("https://app.unpkg.com/@atcute/bluesky@3.3.0/files/lib/limits.ts", _DAY)


_F = PostFormat
_EMOJI_ARE_TWO = _("Most emoji count as 2 characters or more.")

NETWORKS: dict[str, Network] = {
    network.code: network
    for network in (
        Network(
            "facebook",
            "Facebook",
            "https://www.facebook.com/",
            _hootsuite(7, 14),
            Limits(
                measure=utf16_units,
                how_counted=_EMOJI_ARE_TWO,
                text=Limit(63206, Source("Postiz source, brightbean source", _DAY)),
                images=Limit(10, _TRYPOST),
                before_more=Limit(125, _SOCIALK),  # on a phone; on a computer about 477
            ),
            compose="https://www.facebook.com/sharer/sharer.php?u={link}",
            formats=(
                _F.TEXT,
                _F.IMAGE,
                _F.CAROUSEL,
                _F.SHORT_VIDEO,
                _F.STORY,
                _F.LONG_VIDEO,
                _F.LIVE,
            ),
        ),
        Network(
            "instagram",
            "Instagram",
            "https://www.instagram.com/",
            _hootsuite(3, 7),
            Limits(
                measure=utf16_units,
                how_counted=_EMOJI_ARE_TWO,
                text=Limit(2200, _BUFFER),
                hashtags=Limit(
                    5,
                    Source(
                        "https://www.businesstoday.in/technology/news/story/no-more-hashtag-stuffing-instagram-limits-hashtag-usage-to-just-5-per-reel-and-post-507444-2025-12-19",
                        _DAY,
                    ),
                ),
                mentions=Limit(
                    20, _TRYPOST, Severity.WARNING, _("Sources disagree about this limit.")
                ),  # one vendor says 3
                images=Limit(10, _TRYPOST),
                before_more=Limit(125, _SOCIALK),
            ),
            formats=(_F.IMAGE, _F.CAROUSEL, _F.SHORT_VIDEO, _F.STORY, _F.LIVE),
        ),
        Network(
            "linkedin",
            "LinkedIn",
            "https://www.linkedin.com/company/",
            _hootsuite(7, 35),
            Limits(
                measure=utf16_units,
                how_counted=_EMOJI_ARE_TWO,
                text=Limit(3000, _BUFFER),
                before_more=Limit(210, _SOCIALK),
            ),
            compose="https://www.linkedin.com/feed/?shareActive=true&text={text}",
            formats=(
                _F.TEXT,
                _F.IMAGE,
                _F.CAROUSEL,
                _F.SHORT_VIDEO,
                _F.LONG_VIDEO,
                _F.LIVE,
                _F.ARTICLE,
            ),
        ),
        Network(
            "x",
            "X",
            "https://x.com/",
            _hootsuite(7, 35),
            Limits(
                measure=weighted_as_x,
                how_counted=_(
                    "A link counts as 23; an emoji, a sign such as € and a Chinese, Japanese or "
                    "Korean character as 2."
                ),
                text=Limit(
                    280, Source("https://docs.x.com/fundamentals/counting-characters.md", _DAY)
                ),
                images=Limit(4, _TRYPOST),
            ),
            compose="https://x.com/intent/post?text={text}",
            show_link=partial(path_cut, longest=15, kept=15, mark="…", hidden=r"https?://(www\.)?"),
            formats=(
                _F.TEXT,
                _F.IMAGE,
                _F.SHORT_VIDEO,
                _F.LONG_VIDEO,
                _F.THREAD,
                _F.LIVE,
                _F.ARTICLE,
            ),
        ),
        Network(
            "tiktok",
            "TikTok",
            "https://www.tiktok.com/@",
            limits=Limits(
                measure=utf16_units,
                how_counted=_EMOJI_ARE_TWO,
                text=Limit(4000, _BUFFER),
                text_with_video=Limit(2200, _BUFFER),
                hashtags=Limit(
                    5, _PLATFORM_LIMITS, Severity.WARNING, _("Only one source says so.")
                ),
                images=Limit(
                    35, Source("https://docs.getlate.dev/resources/media-guidelines/tiktok", _DAY)
                ),
                before_more=Limit(150, _SOCIALK),
            ),
            formats=(_F.SHORT_VIDEO, _F.LONG_VIDEO, _F.CAROUSEL, _F.IMAGE, _F.STORY, _F.LIVE),
        ),
        Network(
            "youtube",
            "YouTube",
            "https://www.youtube.com/@",
            limits=Limits(
                measure=utf16_units,
                how_counted=_EMOJI_ARE_TWO,
                text=Limit(5000, _BUFFER),  # one checker says bytes
                title=Limit(100, _BUFFER),
                hashtags=Limit(
                    15,
                    Source("https://lettercounter.org/blog/category/social-media", _DAY),
                    Severity.WARNING,
                    _("YouTube ignores all hashtags of a video that has more."),
                ),
            ),
            compose="https://studio.youtube.com/",
            formats=(_F.LONG_VIDEO, _F.SHORT_VIDEO, _F.LIVE, _F.TEXT, _F.IMAGE),
        ),
        Network(
            "pinterest",
            "Pinterest",
            "https://www.pinterest.com/",
            limits=Limits(
                measure=utf16_units,
                how_counted=_EMOJI_ARE_TWO,
                text=Limit(500, _BUFFER),
                title=Limit(100, _BUFFER),
                alt_text=Limit(
                    500,
                    Source(
                        "https://help.publer.com/en/article/what-is-the-character-limit-for-all-social-networks-1a3utwz",
                        _DAY,
                    ),
                ),
            ),
            compose="https://www.pinterest.com/pin-creation-tool/",
            formats=(_F.IMAGE, _F.CAROUSEL, _F.SHORT_VIDEO),
        ),
        Network(
            "threads",
            "Threads",
            "https://www.threads.net/@",
            limits=Limits(
                measure=emoji_as_bytes,
                how_counted=_("An emoji counts as 4 characters or more."),
                text=Limit(
                    500, Source("https://developers.facebook.com/documentation/threads/posts", _DAY)
                ),
                hashtags=Limit(
                    1,
                    Source("https://www.thereelstars.com/?p=21114", _DAY),
                    Severity.WARNING,
                    _("Threads turns one hashtag into a tag; the others stay plain text."),
                ),
                links=Limit(
                    5,
                    Source(
                        "https://developers.facebook.com/documentation/threads/create-posts/text-attachments",
                        date(2026, 11, 30),
                    ),
                ),
            ),
            compose="https://www.threads.com/intent/post?text={text}",
            formats=(_F.TEXT, _F.IMAGE, _F.CAROUSEL, _F.SHORT_VIDEO, _F.THREAD),
        ),
        Network(
            "bluesky",
            "Bluesky",
            "https://bsky.app/profile/",
            limits=Limits(
                measure=graphemes,  # Bluesky's own app shortens links first; other tools do not
                how_counted=_(
                    "An emoji counts as 1, but the whole text may take 3,000 bytes at most."
                ),
                text=Limit(300, _ATCUTE),
                text_bytes=Limit(3000, _ATCUTE),
                images=Limit(4, _ATPROTO_IMAGES),
                alt_text_required=_ATPROTO_IMAGES,
                video_minutes=Limit(
                    3, Source("https://publish.obsidian.md/debbieohi/images-and-video", _DAY)
                ),
            ),
            compose="https://bsky.app/intent/compose?text={text}",
            show_link=partial(path_cut, longest=15, kept=13, mark="..."),
            formats=(_F.TEXT, _F.IMAGE, _F.SHORT_VIDEO, _F.THREAD),
        ),
        Network(
            "mastodon",
            "Mastodon",
            limits=Limits(
                measure=as_mastodon,
                how_counted=_(
                    "A link with https:// counts as 23, an emoji as 1; the server in a mention is "
                    "not counted."
                ),
                text=Limit(
                    500,
                    Source(
                        "https://help.publer.com/en/article/what-is-the-character-limit-for-all-social-networks-1a3utwz",
                        _DAY,
                    ),
                    Severity.WARNING,
                    _("Each server has its own limit; this is the usual one."),
                ),
                images=Limit(4, _TRYPOST),
            ),
            compose="https://{server}/share?text={text}",
            show_link=partial(address_cut, kept=30, mark="…"),
            formats=(_F.TEXT, _F.IMAGE, _F.SHORT_VIDEO, _F.THREAD),
        ),
        Network("other", _("Other")),
    )
}

NETWORK_CHOICES = [(network.code, network.name) for network in NETWORKS.values()]
