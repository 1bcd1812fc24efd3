"""What the pages of a hold show: what is held, what lies in other tools, and what was done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from activity.entries import LogEntry, entries_of
from activity.models import Record
from content_calendar.enums import PostState
from content_calendar.models import HeldPost, Post
from content_calendar.models.post import MISSED_AFTER, versions_for_cards
from content_calendar.services.holds import held_posts
from core.text import cut
from policies.models import Hold

#: So many held posts are listed; the calendar has them all.
POSTS_AT_MOST = 100
RECORDS_AT_MOST = 500
WORDS = 280  # characters of a post on the page on which it is decided on


@dataclass(frozen=True)
class HeldLine:
    """One post of a hold, with what was said of it, if anything."""

    post: Post
    said: HeldPost | None
    is_past: bool
    is_long_past: bool = False

    @property
    def planned_at(self) -> datetime | None:
        """When it was to go out, as it stood when something was said of it."""
        return self.said.planned_at if self.said else self.post.planned_at

    @property
    def words(self) -> str:
        """What it says, enough of it to decide on; its title is for own lists only."""
        return cut(" ".join(self.post.text.split()), WORDS)

    @property
    def is_stopped_there(self) -> bool:
        return self.said is not None and self.said.stopped_at is not None

    @property
    def is_answered(self) -> bool:
        return self.said is not None and bool(self.said.answer)


@dataclass(frozen=True)
class Tool:
    """Another tool, with the held posts that lie in it."""

    name: str
    lines: Sequence[HeldLine]

    @property
    def left(self) -> int:
        """How many nobody has ticked off."""
        return sum(not line.is_stopped_there for line in self.lines)


def lines_of(hold: Hold, now: datetime) -> list[HeldLine]:
    """Return the posts of a hold, soonest first, in a number of queries that does not grow.

    While it is on that is all that it stops and all of which something was said; afterwards the
    latter.
    """
    said = {row.post_id: row for row in _rows(hold)}
    lines = [_line(row.post, row, now, hold) for row in said.values()]
    if hold.is_on:
        held = held_posts(hold).exclude(pk__in=said).prefetch_related(versions_for_cards())
        lines += [_line(post, None, now, hold) for post in held[:POSTS_AT_MOST]]
    return sorted(lines, key=lambda line: (line.planned_at or now, line.post.pk))


def tools_of(lines: Iterable[HeldLine]) -> list[Tool]:
    """Return the other tools in which posts of the hold lie or lay, by name."""
    lying = [(name, line) for line in lines if (name := _tool_of(line))]
    by_name = groupby(sorted(lying, key=lambda pair: pair[0]), key=lambda pair: pair[0])
    return [Tool(name, [line for _name, line in pairs]) for name, pairs in by_name]


def trail_of(hold: Hold) -> list[LogEntry]:
    """Return what was done, oldest first."""
    records = Record.objects.for_workspace(hold.workspace).filter(
        subject_kind="hold", subject_uid=str(hold.uid)
    )
    newest_first = records.select_related("by").order_by("-at", "-pk")[:RECORDS_AT_MOST]
    return entries_of(newest_first)[::-1]


def _rows(hold: Hold) -> Iterable[HeldPost]:
    rows = HeldPost.objects.filter(hold=hold).select_related(
        "post", "post__owner__user", "post__created_by", "stopped_by", "answered_by"
    )
    return rows.prefetch_related("post__versions__channel")


def _tool_of(line: HeldLine) -> str:
    if line.said is not None and line.said.tool:
        return line.said.tool
    is_there = line.post.state == PostState.HANDED_OVER
    return line.post.handed_over_to if is_there else ""


def _line(post: Post, said: HeldPost | None, now: datetime, hold: Hold) -> HeldLine:
    post.workspace = hold.workspace
    at = post.planned_at
    return HeldLine(
        post=post,
        said=said,
        is_past=at is not None and at <= now,
        is_long_past=at is not None and at <= now - MISSED_AFTER,
    )
