"""The posts of a person that go out on a day, in one list."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from content_calendar.enums import WAITING
from content_calendar.models import Post
from core.text import LIST_SEPARATOR
from notifications.enums import Topic
from notifications.models import Notification
from notifications.notification_types import NotificationType
from reminders.posts import responsible
from reminders.timed_kinds import COMMON, DailyKind, ToTell, register
from workspaces.models import Workspace

#: So many titles stand in the sentence; the calendar has them all.
TITLES_AT_MOST = 5


def _posts_of_day(workspace: Workspace, day: date) -> Iterator[tuple[User, Post]]:
    posts = Post.objects.for_workspace(workspace).live().between(day, day)
    waiting = posts.filter(state__in=WAITING).free().in_order()
    for post in waiting.select_related("owner__user", "created_by"):
        yield responsible(post)[0], post


def find(workspace: Workspace, day: date) -> Iterator[ToTell]:
    """Tell each person of all their posts at once."""
    by_person: dict[User, list[Post]] = defaultdict(list)
    for person, post in _posts_of_day(workspace, day):
        by_person[person].append(post)
    for person, posts in by_person.items():
        titles = [now("“%(title)s”") % {"title": post.name} for post in posts[:TITLES_AT_MOST]]
        yield ToTell(
            [person],
            source=f"posts of:{day}",
            params={"titles": LIST_SEPARATOR.join(titles), "day_on": day.isoformat()},
            url=reverse("calendar:day_check", args=[workspace.slug]),
            why="",
        )


def still_wanted(notification: Notification) -> "str | Promise":
    """Look whether anything of this person still goes out that day."""
    day = parse_date(notification.params["day_on"]) or date.min
    posts = _posts_of_day(notification.workspace, day)
    if any(person.pk == notification.recipient_id for person, _post in posts):
        return ""
    return now("Nothing of yours goes out that day any more.")


register(
    DailyKind(
        "posts_today",
        NotificationType(
            "reminders.posts_today",
            topic=Topic.POSTS,
            label=_("Your posts of the day"),
            sentence=_("On %(day_on)s these posts of yours go out: %(titles)s."),
            action=_("Look at them once more"),
            icon="cal",
            why=_("You own these posts, or wrote them and nobody owns them."),
            recheck=still_wanted,
            **COMMON,
        ),
        find=find,
    )
)
