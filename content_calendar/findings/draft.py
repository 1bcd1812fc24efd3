"""A post as the checks see it: plain values, stored or only typed so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from content_calendar.enums import UNCOUNTED, MediaKind
from content_calendar.models import Post, PostMedia, PostVersion
from strategies.in_force import Answers, answers_of, version_in_force
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

    ``role`` and ``engagement`` are of the member who wrote it.
    """

    uid: str
    title: str = ""
    text: str = ""
    category: str = ""
    day: date | None = None
    versions: tuple[DraftVersion, ...] = ()
    alt_texts: tuple[str, ...] = ()
    has_video: bool = False
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
    role: str = Role.MARKETER
    engagement: str = Engagement.EMPLOYEE
    today: date
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
) -> Draft:
    """Read a post with what the checks need: a few queries, however long the plan is.

    ``versions`` are given where they are only typed so far; the post itself may be unsaved too, and
    then ``author`` says who types it.
    """
    workspace = post.workspace
    if versions is None:
        versions = list(post.versions.select_related("channel"))
    media = list(PostMedia.objects.live().filter(post=post)) if post.pk else []
    in_force = version_in_force(workspace, post.planned_on) if post.planned_on else None
    if author is None:
        author = _author_of(post)
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
            )
            for version in versions
        ),
        alt_texts=tuple(one.alt_text for one in media if one.kind == MediaKind.IMAGE),
        has_video=any(one.kind == MediaKind.VIDEO for one in media),
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
        others=_others(workspace, post, versions),
        advertising=post.advertising,
        role=author.role if author else Role.MARKETER,
        engagement=author.engagement if author else Engagement.EMPLOYEE,
        today=workspace.today(),
        week_start=workspace.week_start,
    )


def _author_of(post: Post) -> Membership | None:
    return Membership.objects.for_workspace(post.workspace).filter(user=post.created_by_id).first()


def _others(
    workspace: Workspace, post: Post, versions: Sequence[PostVersion]
) -> tuple[OtherVersion, ...]:
    if post.planned_on is None or not versions:
        return ()
    found = (
        PostVersion.objects.filter(
            channel__in=[version.channel_id for version in versions],
            post__workspace=workspace,
            post__removed_at__isnull=True,
            post__planned_on__range=(post.planned_on - AROUND, post.planned_on + AROUND),
            goes_out_at__isnull=False,
        )
        .exclude(post__uid=post.uid)
        .exclude(post__state__in=UNCOUNTED)
        .order_by("goes_out_at", "pk")
        .values_list("channel__uid", "goes_out_at", "own_text", "post__text", "format")
    )
    return tuple(
        OtherVersion(str(uid), moment.astimezone(workspace.zone), own_text or text, post_format)
        for uid, moment, own_text, text, post_format in found
        if moment
    )
