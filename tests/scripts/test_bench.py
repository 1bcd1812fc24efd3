"""What ``make bench`` measures is there, and asks no more of the database for more rows."""

import pytest
from django.test import Client

from scripts.bench_pages import PAGES
from scripts.bench_rows import fill_both
from tests.queries import queries_of


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
