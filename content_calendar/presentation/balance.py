"""The balance beside the calendar, read from what is stored."""

import uuid
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, F, When
from django.urls import reverse
from django.utils.translation import gettext as _

from content_calendar.balance.balance import Balance, balance_of
from content_calendar.balance.days import Days, days_needed
from content_calendar.balance.findings import BalanceFinding
from content_calendar.balance.panel import ChannelLook, panel_of
from content_calendar.balance.posts import CountedPost, CountedVersion, StrategyPeriod
from content_calendar.enums import PostState
from content_calendar.models import Post
from core.findings import Finding
from networks.enums import ChannelState
from networks.models import Channel
from strategies.in_force import Answers, answers_of, next_version, versions_between
from workspaces.models import Workspace

#: What the balance counts by.
COUNTED = (
    "pk",
    "uid",
    "planned_on",
    "planned_at",
    "category",
    "origin",
    "message_uid",
    "audience_uids",
    "theme_uid",
    "campaign_uid",
    "state",
)


def read_balance(
    workspace: Workspace,
    strategies: Sequence[StrategyPeriod],
    channels: Sequence[Channel],
    *,
    first: date,
    last: date,
    today: date,
) -> Balance:
    """Return how the calendar stands for a view of the days given, as ``balance_panel`` does."""
    return balance_of(
        counted_posts(workspace, channels, days_needed(first, last, today)),
        strategies,
        today=today,
        first=first,
        last=last,
        week_start=workspace.week_start,
        open_channels={
            str(channel.uid)
            for channel in channels
            if channel.state == ChannelState.ACTIVE and channel.removed_at is None
        },
    )


def counted_posts(
    workspace: Workspace, channels: Sequence[Channel], days: Days
) -> list[CountedPost]:
    """Return the posts of ``days`` that count, with their versions on ``channels``: one query.

    Of thousands of posts only the columns that count are read, a row for each version.
    """
    zone = workspace.zone
    uids = {channel.pk: str(channel.uid) for channel in channels}
    found = Post.objects.for_workspace(workspace).live().counted().between(days.first, days.last)
    # The moment of its own is read only where a version has one: most go out with their post.
    own_moment = Case(When(versions__own_time__isnull=False, then="versions__goes_out_at"))
    rows = (
        found.order_by("pk")
        .annotate(
            channel=F("versions__channel_id"), format=F("versions__format"), own_moment=own_moment
        )
        .values_list(*COUNTED, "channel", "format", "own_moment", named=True)
    )
    posts = []
    for _pk, of_post in groupby(rows, key=attrgetter("pk")):
        versions = list(of_post)
        post = versions[0]
        at = post.planned_at.astimezone(zone)
        posts.append(
            CountedPost(
                uid=str(post.uid),
                day=post.planned_on,
                at=at,
                category=post.category,
                origin=post.origin,
                versions=tuple(
                    CountedVersion(
                        uids[one.channel],
                        one.own_moment.astimezone(zone) if one.own_moment else at,
                        one.format,
                    )
                    for one in versions
                    if one.channel
                ),
                message=str(post.message_uid or ""),
                audiences=tuple(post.audience_uids),
                theme=str(post.theme_uid or ""),
                campaign=str(post.campaign_uid or ""),
                is_published=post.state == PostState.PUBLISHED,
            )
        )
    return posts


def strategies_around(
    workspace: Workspace, *, first: date, last: date, today: date
) -> list[StrategyPeriod]:
    """Return what the approved strategies say that the balance of a view is judged by."""
    days = days_needed(first, last, today)
    return [
        StrategyPeriod(version.starts_on, version.ends_on, answers_of(version))
        for version in versions_between(workspace, days.first, days.last)
    ]


def answers_on(strategies: Sequence[StrategyPeriod], day: date) -> Answers | None:
    """Return what the strategy in force on ``day`` says, or None without one."""
    return next((one.answers for one in strategies if one.starts_on <= day <= one.ends_on), None)


def balance_panel(
    workspace: Workspace,
    strategies: Sequence[StrategyPeriod],
    channels: Sequence[Channel],
    *,
    first: date,
    last: date,
    today: date,
) -> dict[str, Any]:
    """Return what ``content_calendar/balance.html`` needs: one query, one more without a strategy.

    ``strategies`` are those of ``strategies_around`` the same days. ``channels`` are all of the
    workspace's, those that were removed too.
    """
    balance = read_balance(workspace, strategies, channels, first=first, last=last, today=today)
    looks = {str(channel.uid): ChannelLook(str(channel), channel.network) for channel in channels}
    panel = panel_of(balance, looks)
    return {
        "panel": panel,
        "balance_findings": [_with_address(one, workspace) for one in panel.findings],
        "begins_next": None if panel.has_strategy else next_version(workspace, after=today),
        "strategy_url": reverse("strategies:list", args=[workspace.slug]),
        "suggestion_action": "content_calendar/plan_suggestion.html",
        "suggestion_token": uuid.uuid4(),
    }


def _with_address(found: BalanceFinding, workspace: Workspace) -> Finding:
    """Lead to the post that it is about, or to its days in the agenda."""
    link, url = "", ""
    if found.posts:
        link, url = (
            _("Open the post"),
            reverse("calendar:post", args=[workspace.slug, found.posts[-1]]),
        )
    elif found.days:
        asked = urlencode({"from": found.days.first.isoformat()})
        link, url = (
            _("See these days"),
            f"{reverse('calendar:agenda', args=[workspace.slug])}?{asked}",
        )
    return Finding(
        severity=found.severity,
        code=found.code,
        sentence=found.sentence,
        link=link,
        url=url,
        number=found.number,
    )
