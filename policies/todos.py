"""What waits for a person in policies: those to read."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.due import by_words, late_words
from core.text import isolated
from notifications.todo_kinds import Todo, TodoKind, register
from policies.models.policy import PolicyVersionQuerySet
from policies.services.reading import due_of, unread_by
from workspaces.models import Membership


def find_unread(member: Membership) -> PolicyVersionQuerySet:
    return unread_by(member, timezone.now())


def _unread(found: QuerySet[Any], member: Membership, today: date) -> Iterator[Todo]:
    now = timezone.now()
    for version in found:
        due = due_of(version, member, now)
        yield Todo(
            title=_("Read “%(policy)s”") % {"policy": isolated(version.title)},
            by=by_words(due.by_on, today),
            icon="doc",
            url=due.url,
            verb=_("Read"),
            due_on=due.by_on,
            late=late_words(due.by_on, today),
        )


register(TodoKind("policies.unread", find_unread, _unread))
