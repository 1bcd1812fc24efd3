"""The page of a post: what it shows, what it fills in, and what it answers while somebody types."""

import pytest

from content_calendar.models import Post
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import make_channel, make_post
from tests.content_calendar.forms_of import sent_from
from workspaces.models import Membership

ADD = "/w/fjordlys/calendar/posts/add/"


def test_page_shows_state_moment_and_owner(marketer: Membership, client_as: ClientAs) -> None:
    post = make_post(marketer, make_channel(marketer), owner=marketer)

    page = client_as(marketer).get(post.get_absolute_url()).content.decode()

    assert "Draft" in page
    assert "Tue\xa024\xa0Nov, 09:00 (Oslo)" in page
    assert "Mari Marketer" in page


def test_reader_reads_and_gets_no_form(
    marketer: Membership, reader: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer, make_channel(marketer))

    response = client_as(reader).get(post.get_absolute_url())

    assert "Winter lights open on Saturday." in response.content.decode()
    assert response.context["form"] is None
