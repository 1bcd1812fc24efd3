"""Fill calendars for ``make bench``: of 1,000 and of 10,000 posts a year, and many others beside them."""

import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strategy_planner.settings")
if not apps.ready:
    django.setup()

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from content_calendar.enums import PostState
from content_calendar.models import Post, PostVersion
from core.enums import ContentCategory
from networks.enums import PostFormat
from networks.models import Channel
from scripts.bench_pages import CALENDAR_PAGES, Filled
from scripts.bench_rows import WORDS, fill, session_of
from workspaces.models import Membership, Workspace

SIZES = (1_000, 10_000)  # posts of twelve months
CHANNELS = 5
OTHERS = int(os.environ.get("OTHERS", "200000"))  # posts of other workspaces and years
OTHER_WORKSPACES = 100
OTHER_YEARS = (-2, -1, 1, 2)
AHEAD = (
    PostState.DRAFT,
    PostState.IN_REVIEW,
    PostState.CHANGES_REQUESTED,
    PostState.APPROVED,
    PostState.SCHEDULED,
)
BATCH = 2_000


@transaction.atomic
def add_posts(workspace: Workspace, author: User, number: int, first: date, days: int) -> None:
    """Add ``number`` posts spread over ``days`` from ``first`` on; each goes out on two channels.

    What lies behind is published; ahead, one in 25 is an idea without a day.
    """
    now = timezone.now()
    channels = list(Channel.objects.filter(workspace=workspace)[:CHANNELS])
    owner = Membership.objects.filter(workspace=workspace, user=author).first()

    def posts() -> Iterator[Post]:
        for at in range(number):
            day = first + timedelta(days=at * days // number)
            planned_at = datetime.combine(day, time(6 + at % 16), UTC)
            state = PostState.PUBLISHED if planned_at < now else AHEAD[at % len(AHEAD)]
            if at % 25 == 0 and planned_at >= now:
                state = PostState.IDEA
            is_idea = state == PostState.IDEA
            yield Post(
                workspace=workspace,
                state=state,
                text=f"{at} {WORDS}",
                category=list(ContentCategory)[at % 3],
                planned_on=None if is_idea else day,
                planned_time=None if is_idea else planned_at.time(),
                planned_at=None if is_idea else planned_at,
                owner=owner,
                created_by=author,
            )

    def versions(made: list[Post]) -> Iterator[PostVersion]:
        for at, post in enumerate(made):
            is_out = post.state == PostState.PUBLISHED
            for step in range(min(2, len(channels))):
                yield PostVersion(
                    post=post,
                    channel=channels[(at + step) % len(channels)],
                    format=PostFormat.IMAGE,
                    goes_out_at=post.planned_at,
                    published_at=post.planned_at if is_out else None,
                    published_by=author if is_out else None,
                )

    waiting = posts()
    while batch := list(islice(waiting, BATCH)):
        PostVersion.objects.bulk_create(versions(Post.objects.bulk_create(batch)), BATCH)


def year_around(today: date) -> date:
    """Return the first day of the twelve months that have six behind and six ahead."""
    return today - timedelta(days=182)


@transaction.atomic
def fill_calendars(author: User, manager: User) -> dict[int, Filled]:
    """Make a workspace for each of the sizes, its strategy in force."""
    filled = {}
    for number in SIZES:
        one = fill(f"calendar-{number}", CHANNELS, author=author, manager=manager)
        Post.objects.filter(workspace=one.workspace).delete()
        add_posts(one.workspace, author, number, year_around(timezone.now().date()), 364)
        filled[number] = one
    return filled


def fill_others(author: User) -> int:
    """Add posts of other workspaces, and of other years of the same ones; return how many."""
    before = Post.objects.count()
    first = year_around(timezone.now().date())
    for number in SIZES:
        workspace = Workspace.objects.get(slug=f"calendar-{number}")
        for year in OTHER_YEARS:
            add_posts(workspace, author, number, first + timedelta(days=364 * year), 364)
    left = OTHERS - (Post.objects.count() - before)
    for number in range(OTHER_WORKSPACES):
        workspace = Workspace.objects.create(name=f"Other {number}", slug=f"other-{number}")
        for position in range(CHANNELS):
            Channel.objects.create(
                workspace=workspace, network="instagram", handle=f"@{position}", position=position
            )
        first_of_all = first + timedelta(days=364 * OTHER_YEARS[0])
        add_posts(workspace, author, left // OTHER_WORKSPACES, first_of_all, 364 * 10)
    return Post.objects.count() - before


def main() -> None:
    """Fill what the argument names, ``own`` or ``others``, and print what there is."""
    author, manager = (
        User.objects.get(email=email) for email in ("author@bench.example", "manager@bench.example")
    )
    if sys.argv[1] == "others":
        print(json.dumps({"others": fill_others(author)}))
    else:
        filled = fill_calendars(author, manager)
        print(
            json.dumps(
                {
                    "session": session_of(author),
                    "sizes": {
                        number: {
                            "floor": f"/w/{one.workspace.slug}/floor/",
                            "balance": f"/w/{one.workspace.slug}/balance/",
                            "pages": {page.name: page.url(one) for page in CALENDAR_PAGES},
                        }
                        for number, one in filled.items()
                    },
                    "rows": {page.name: page.rows for page in CALENDAR_PAGES},
                }
            )
        )
    if connection.vendor == "postgresql":
        # What autovacuum does soon after so many rows.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    main()
