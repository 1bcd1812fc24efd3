"""A post as the checks see it: plain values, stored or only typed so far."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from content_calendar.enums import UNCOUNTED, WAITING, MediaKind
from content_calendar.models import DayCheck, Post, PostMedia, PostVersion
from policies.rules.draft import KnownTag
from policies.services.hashtags import known_tags
from strategies.in_force import Answers, answers_of, version_in_force
from strategies.models import StrategyVersion
from workspaces.enums import Engagement, Role
from workspaces.models import Membership, Workspace

#: Days before and after a post whose other versions the checks may count: two months of a plan.
AROUND = timedelta(days=45)


@dataclass(frozen=True)
class DraftVersion:
    """The version for one channel: ``at`` is aware and in the workspace's zone."""

    channel: str  # uid
    channel_name: str
    network: str
    state: str  # of the channel
    text: str
    format: str
    at: datetime | None = None
    is_out: bool = False


@dataclass(frozen=True)
class OtherVersion:
    """What else is planned or out on a channel; ``at`` is aware and in the workspace's zone."""

    channel: str  # uid
    at: datetime
    text: str
    format: str


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One post. ``others`` is what else is planned or out on its channels around its day.

    ``role`` and ``engagement`` are of the member who wrote it; ``now`` is in the workspace's zone.
    ``has_media``: an image, a video or a link to one.
    ``is_looked_at``: somebody made the check of today. ``touched_at``: when somebody last changed a
    post that waits for its minute. ``leaves_now``: it is being handed over to another tool.
    """

    uid: str
    title: str = ""
    text: str = ""
    category: str = ""
    day: date | None = None
    versions: tuple[DraftVersion, ...] = ()
    alt_texts: tuple[str, ...] = ()
    has_video: bool = False
    has_media: bool = False
    message: str = ""
    audiences: tuple[str, ...] = ()
    theme: str = ""
    campaign: str = ""
    origin: str = "us"
    source: str = ""
    has_permission: bool = False
    licence_until: date | None = None
    consent_until: date | None = None
    answers: Answers | None = None
    others: tuple[OtherVersion, ...] = ()
    advertising: str = ""
    retouching: str = ""
    videos_without_captions: int = 0
    known_tags: Mapping[str, KnownTag] = field(default_factory=dict)
    is_looked_at: bool = False
    touched_at: datetime | None = None
    leaves_now: bool = False
    role: str = Role.MARKETER
    engagement: str = Engagement.EMPLOYEE
    today: date
    now: datetime | None = None
    week_start: int = 0
    strategy_days: tuple[date, date] | None = None

    def others_on(self, channel: str) -> list[OtherVersion]:
        """Return what else goes out on a channel, the earliest first."""
        return [one for one in self.others if one.channel == channel]


def draft_of(
    post: Post,
    versions: Sequence[PostVersion] | None = None,
    *,
    author: Membership | None = None,
    media: Sequence[PostMedia] | None = None,
    leaves_now: bool = False,
) -> Draft:
    """Read a post with what the checks need: a few queries, however long the plan is.

    ``versions`` are given where they are only typed so far; the post itself may be unsaved too, and
    then ``author`` says who types it. ``media`` are given where they were read already.
    """
    workspace = post.workspace
    if versions is None:
        versions = list(post.versions.select_related("channel"))
    if media is None:
        media = media_of(post)
    in_force = version_in_force(workspace, post.planned_on) if post.planned_on else None
    if author is None:
        author = _author_of(post)
    now = timezone.now().astimezone(workspace.zone)
    may_be_looked_at = post.pk is not None and post.planned_on == now.date()
    return _draft(
        workspace,
        post,
        versions,
        media=media,
        author=author,
        others=_others(workspace, post, versions),
        in_force=in_force,
        known=known_tags(workspace, [version.own_text or post.text for version in versions]),
        is_looked_at=may_be_looked_at
        and DayCheck.objects.filter(post=post, day=now.date()).exists(),
        leaves_now=leaves_now,
        now=now,
    )


def media_of(post: Post) -> list[PostMedia]:
    """Return the images, videos and links of a post in their order."""
    return list(PostMedia.objects.live().filter(post=post).in_order()) if post.pk else []


def drafts_of(workspace: Workspace, posts: Sequence[Post]) -> dict[Post, Draft]:
    """Read many stored posts with what rules need: seven queries, however many there are.

    The strategy is left out: this is for the rules of policies.
    """
    now = timezone.now().astimezone(workspace.zone)
    keys = [post.pk for post in posts]
    versions: dict[int, list[PostVersion]] = defaultdict(list)
    for version in PostVersion.objects.filter(post__in=keys).select_related("channel"):
        versions[version.post_id].append(version)
    media: dict[int, list[PostMedia]] = defaultdict(list)
    for one in PostMedia.objects.live().filter(post__in=keys):
        media[one.post_id].append(one)
    here = Membership.objects.for_workspace(workspace)
    authors = {one.user_id: one for one in here.filter(user__in={p.created_by_id for p in posts})}
    looked_at = set(
        DayCheck.objects.filter(post__in=keys, day=now.date()).values_list("post", flat=True)
    )
    known = known_tags(
        workspace,
        [one.own_text or post.text for post in posts for one in versions[post.pk]],
    )
    nearby = _Nearby(workspace, posts, versions)
    return {
        post: _draft(
            workspace,
            post,
            versions[post.pk],
            media=media[post.pk],
            author=authors.get(post.created_by_id),
            others=nearby.of(post, versions[post.pk]),
            in_force=None,
            known=known,
            is_looked_at=post.pk in looked_at,
            now=now,
        )
        for post in posts
    }


def _draft(
    workspace: Workspace,
    post: Post,
    versions: Sequence[PostVersion],
    *,
    media: Sequence[PostMedia],
    author: Membership | None,
    others: tuple[OtherVersion, ...],
    in_force: StrategyVersion | None,
    known: Mapping[str, KnownTag],
    is_looked_at: bool,
    now: datetime,
    leaves_now: bool = False,
) -> Draft:
    return Draft(
        uid=str(post.uid),
        title=post.title,
        text=post.text,
        category=post.category,
        day=post.planned_on,
        versions=tuple(
            DraftVersion(
                channel=str(version.channel.uid),
                channel_name=str(version.channel),
                network=version.channel.network,
                state=version.channel.state,
                text=version.own_text or post.text,
                format=version.format,
                at=version.goes_out_at.astimezone(workspace.zone) if version.goes_out_at else None,
                is_out=version.is_published,
            )
            for version in versions
        ),
        alt_texts=tuple(one.alt_text for one in media if one.kind == MediaKind.IMAGE),
        has_video=any(one.kind == MediaKind.VIDEO for one in media),
        has_media=bool(media),
        message=str(post.message_uid or ""),
        audiences=tuple(post.audience_uids),
        theme=str(post.theme_uid or ""),
        campaign=str(post.campaign_uid or ""),
        origin=post.origin,
        source=post.source,
        has_permission=post.has_permission,
        licence_until=post.licence_until,
        consent_until=post.consent_until,
        answers=answers_of(in_force) if in_force else None,
        strategy_days=(in_force.starts_on, in_force.ends_on) if in_force else None,
        others=others,
        advertising=post.advertising,
        retouching=post.retouching,
        videos_without_captions=sum(
            one.kind == MediaKind.VIDEO and not one.has_captions for one in media
        ),
        known_tags=known,
        is_looked_at=is_looked_at,
        touched_at=post.updated_at.astimezone(workspace.zone) if post.state in WAITING else None,
        leaves_now=leaves_now,
        role=author.role if author else Role.MARKETER,
        engagement=author.engagement if author else Engagement.EMPLOYEE,
        today=now.date(),
        now=now,
        week_start=workspace.week_start,
    )


def _author_of(post: Post) -> Membership | None:
    return Membership.objects.for_workspace(post.workspace).filter(user=post.created_by_id).first()


def _others(
    workspace: Workspace, post: Post, versions: Sequence[PostVersion]
) -> tuple[OtherVersion, ...]:
    return _Nearby(workspace, [post], {post.pk: versions}).of(post, versions)


class _Nearby:
    """What else goes out on the channels of some posts around their days: one query for all."""

    def __init__(
        self,
        workspace: Workspace,
        posts: Sequence[Post],
        versions: Mapping[int, Sequence[PostVersion]],
    ) -> None:
        self.on: dict[int, list[tuple[date, UUID, OtherVersion]]] = defaultdict(list)
        days = [post.planned_on for post in posts if post.planned_on and versions[post.pk]]
        if not days:
            return
        found = (
            PostVersion.objects.filter(
                channel__in={one.channel_id for post in posts for one in versions[post.pk]},
                post__workspace=workspace,
                post__removed_at__isnull=True,
                post__planned_on__range=(min(days) - AROUND, max(days) + AROUND),
                goes_out_at__isnull=False,
            )
            .exclude(post__state__in=UNCOUNTED)
            .order_by("goes_out_at", "pk")
            .values_list(
                "channel",
                "channel__uid",
                "post__uid",
                "post__planned_on",
                "goes_out_at",
                "own_text",
                "post__text",
                "format",
            )
        )
        for channel, uid, post_uid, day, moment, own_text, text, post_format in found:
            if moment and day:
                at = moment.astimezone(workspace.zone)
                other = OtherVersion(str(uid), at, own_text or text, post_format)
                self.on[channel].append((day, post_uid, other))

    def of(self, post: Post, versions: Sequence[PostVersion]) -> tuple[OtherVersion, ...]:
        """Return what goes out beside one post, the earliest first."""
        if post.planned_on is None:
            return ()
        first, last = post.planned_on - AROUND, post.planned_on + AROUND
        found = [
            other
            for channel in {version.channel_id for version in versions}
            for day, uid, other in self.on[channel]
            if first <= day <= last and uid != post.uid
        ]
        return tuple(sorted(found, key=lambda other: other.at))
