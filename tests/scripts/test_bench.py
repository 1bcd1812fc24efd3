"""What ``make bench`` measures is there, and asks no more of the database for more rows."""

import pytest
from django.test import Client

from accounts.models import User
from scripts.bench_calendar import add_posts, year_around
from scripts.bench_pages import CALENDAR_PAGES, PAGES
from scripts.bench_rows import fill, fill_both
from tests.queries import queries_of
from workspaces.models import Membership


@pytest.mark.django_db
def test_pages_ask_as_many_queries_with_30_rows_as_with_one(client: Client) -> None:
    author, few, many = fill_both()
    client.force_login(author)

    asked = {
        page.name: (queries_of(client, page.url(few)), queries_of(client, page.url(many)))
        for page in PAGES
        if page.save is None
    }

    assert {name: both for name, both in asked.items() if both[0] != both[1]} == {}


@pytest.mark.django_db
def test_calendar_asks_at_most_16_queries_whatever_its_number_of_posts(
    client: Client, marketer: Membership, manager: Membership
) -> None:
    author: User = marketer.user
    client.force_login(author)
    calendar = fill("bench", 5, author=author, manager=manager.user)

    asked = []
    for number in (100, 500):  # of a hundred some ideas lie ahead, whatever the hour
        add_posts(calendar.workspace, author, number, year_around(calendar.workspace.today()), 364)
        asked.append({page.name: queries_of(client, page.url(calendar)) for page in CALENDAR_PAGES})

    assert asked[0] == asked[1]
    assert max(asked[0].values()) <= 16  # one of them is asked for managers only: does work go on?
