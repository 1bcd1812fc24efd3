"""Long lists of posts are read from an index in their order, and not sorted."""

import pytest
from django.db import connection

from content_calendar.models import Post
from content_calendar.models.post import PostQuerySet
from content_calendar.todos import find_should_be_out
from tests.content_calendar.calendar_of import DAY
from workspaces.models import Membership, Workspace

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="plans differ by database"),
]


def cards(workspace: Workspace) -> PostQuerySet:
    return Post.objects.for_workspace(workspace).live().for_calendar()


def test_agenda_is_read_in_the_order_of_its_index(workspace: Workspace) -> None:
    plan = cards(workspace).filter(planned_on__gte=DAY).in_order()[:50].explain()

    assert "post_by_day" in plan
    assert "TEMP B-TREE" not in plan


def test_list_is_read_in_the_order_of_its_index(workspace: Workspace) -> None:
    plan = cards(workspace).latest_first()[:50].explain()

    assert "post_by_day" in plan
    assert "TEMP B-TREE" not in plan


def test_posts_that_should_be_out_are_found_by_their_state(marketer: Membership) -> None:
    plan = find_should_be_out(marketer).explain()

    assert "post_by_state" in plan
