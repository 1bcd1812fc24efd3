"""Posts, to be found by title, text and notes."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from content_calendar.models import Post
from content_calendar.models.post import PostQuerySet
from core.text import date_text
from workspaces.find import FindSource, FoundThing, excerpt, register, says
from workspaces.models import Membership


def find(member: Membership, words: Sequence[str]) -> PostQuerySet:
    posts = Post.objects.for_workspace(member.workspace).filter(removed_at__isnull=True)
    return posts.filter(says(words, "title", "text", "notes")).latest_first()


def describe(
    found: Iterable[Post], member: Membership, words: Sequence[str]
) -> Iterator[FoundThing]:
    for post in found:
        post.workspace = member.workspace
        day = date_text(post.planned_on) if post.planned_on else _now("No day yet")
        yield FoundThing(post.name, post.get_absolute_url(), day, excerpt(post.text, words))


register(FindSource("posts", _("Posts"), "cal", 30, find, describe))
