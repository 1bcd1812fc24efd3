"""Month, week, day, agenda, board, list, year and who hears what."""

import uuid
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from content_calendar.enums import PostState
from content_calendar.models import Post, PostVersion
from strategies.in_force import answers_of
from strategies.models.answers import MarketingActivity
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import DAY, make_channel, make_post
from tests.queries import queries_of
from tests.strategies.approved import approve_answers, make_strategy
from tests.strategies.ready import ready_strategy
from workspaces.models import Membership, Workspace

NOW = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Oslo"))
HOME = "/w/fjordlys/calendar/"
VIEWS = {
    "home": HOME,
    "month": f"{HOME}month/2026-11/",
    "week": f"{HOME}week/2026-11-24/",
    "day": f"{HOME}day/2026-11-24/",
    "agenda": f"{HOME}agenda/?from=2026-11-01",
    "board": f"{HOME}board/?from=2026-11-10",
    "list": f"{HOME}list/",
}
OVERVIEWS = {"year": f"{HOME}year/2026/", "hearing": f"{HOME}who-hears-what/2026-11/"}
EVERY = VIEWS | OVERVIEWS


@pytest.fixture(autouse=True)
def _at_noon() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("url", VIEWS.values(), ids=VIEWS)
def test_view_shows_the_post_with_time_network_category_and_state(
    url: str, reader: Membership, marketer: Membership, client_as: ClientAs
) -> None:
    make_post(marketer, make_channel(marketer))

    page = client_as(reader).get(url).content.decode()

    for shown in ("Winter lights open on Saturday.", "09:00", "Instagram", "Selling", "draft"):
        assert shown in page


@pytest.mark.parametrize("url", VIEWS.values(), ids=VIEWS)
def test_view_shows_nothing_of_another_workspace(
    url: str, reader: Membership, stranger: Membership, client_as: ClientAs
) -> None:
    make_post(stranger, make_channel(stranger))

    assert "Winter lights" not in client_as(reader).get(url).content.decode()
    assert client_as(stranger).get(url).status_code == 404


@pytest.mark.parametrize("url", EVERY.values(), ids=EVERY)
def test_view_takes_as_few_queries_for_1_post_as_for_200(
    url: str, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    channels = [make_channel(marketer), make_channel(marketer, "facebook")]
    make_post(marketer, *channels)
    make_post(marketer, *channels, planned_on=None, planned_time=None)
    few = queries_of(client, url)

    many_posts(marketer, 200)

    assert queries_of(client, url) == few
    assert few <= 15


def many_posts(member: Membership, number: int) -> None:
    """Copies of posts that are there, over the days around them, with their versions."""
    pattern = Post.objects.filter(planned_on__isnull=False).first()
    assert pattern
    first_on, first_at = pattern.planned_on, pattern.planned_at
    assert first_on
    assert first_at
    versions = list(pattern.versions.all())
    for at in range(number):
        days = timedelta(days=at % 28 - 14)
        post = Post.objects.get(pk=pattern.pk)
        post.pk, post.uid = None, uuid.uuid4()
        post.planned_on = first_on + days
        post.planned_at = first_at + days
        post.save(force_insert=True)
        PostVersion.objects.bulk_create(
            PostVersion(post=post, channel=one.channel, goes_out_at=post.planned_at)
            for one in versions
        )


@pytest.mark.parametrize(
    "url", [f"{HOME}month/2026-13/", f"{HOME}week/2026-11-31/", f"{HOME}year/9999/"]
)
def test_day_that_is_none_is_not_found(url: str, reader: Membership, client_as: ClientAs) -> None:
    assert client_as(reader).get(url).status_code == 404


def test_full_day_comes_with_its_first_posts_and_leads_to_the_others(
    marketer: Membership, client_as: ClientAs
) -> None:
    make_post(marketer, make_channel(marketer))
    many_posts(marketer, 28 * 9)
    client = client_as(marketer)

    month = client.get(VIEWS["month"]).content.decode()
    cards = client.get(VIEWS["day"], headers={"HX-Request": "true"}).content.decode()

    assert month.count('data-day="2026-11-24"') == 4
    assert 'href="/w/fjordlys/calendar/day/2026-11-24/">6 more' in month
    assert cards.count('data-day="2026-11-24"') == 10
    assert "<html" not in cards


def test_week_begins_on_the_workspaces_first_day(
    workspace: Workspace, marketer: Membership, client_as: ClientAs
) -> None:
    workspace.week_start = 6
    workspace.save()

    page = client_as(marketer).get(VIEWS["week"]).content.decode()

    assert 'data-first="2026-11-22"' in page
    assert 'data-last="2026-11-28"' in page


def test_post_that_should_be_out_is_marked_as_not_published(
    marketer: Membership, client_as: ClientAs
) -> None:
    make_post(marketer, planned_on=date(2026, 11, 19))
    make_post(marketer, planned_on=date(2026, 11, 21))

    cards = client_as(marketer).get(VIEWS["month"]).content.decode()

    assert cards.count('aria-label="Not published"') == 1
    assert cards.count('was late"') == 1
    assert cards.count('aria-label="Late draft"') == 1


def test_board_has_a_column_for_each_state_and_counts_all_of_it(
    marketer: Membership, client_as: ClientAs
) -> None:
    make_post(marketer)
    many_posts(marketer, 27)

    page = client_as(marketer).get(VIEWS["board"])

    columns = {one["label"]: one for one in page.context["columns"]}
    assert len(columns) == len(PostState)
    assert columns["Draft"]["number"] == 28
    assert len(columns["Draft"]["cards"]) == 15


def test_agenda_and_list_are_paged(marketer: Membership, client_as: ClientAs) -> None:
    make_post(marketer)
    many_posts(marketer, 60)
    client = client_as(marketer)

    for url, join in ((VIEWS["agenda"], "&"), (VIEWS["list"], "?")):
        first = client.get(url).content.decode()
        second = client.get(f"{url}{join}page=2").content.decode()
        assert first.count("data-post=") == 50
        assert second.count("data-post=") == 11


def test_year_counts_the_posts_of_each_week(marketer: Membership, client_as: ClientAs) -> None:
    make_post(marketer)
    make_post(marketer, planned_on=DAY + timedelta(days=1))
    make_post(marketer, planned_on=DAY + timedelta(days=7))

    page = client_as(marketer).get(OVERVIEWS["year"])

    weeks = {week.number: week.posts for month in page.context["months"] for week in month.weeks}
    assert (weeks[48], weeks[49], sum(weeks.values())) == (2, 1, 3)
    assert len(weeks) == 52


def test_what_was_removed_is_shown_nowhere(marketer: Membership, client_as: ClientAs) -> None:
    post = make_post(marketer)
    Post.objects.filter(pk=post.pk).update(removed_at=NOW)
    client = client_as(marketer)

    for url in VIEWS.values():
        assert "Winter lights" not in client.get(url).content.decode()


def test_who_hears_what_counts_posts_by_audience_and_message(
    marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    answers = answers_of(approve_answers(ready_strategy(marketer), by=manager))
    audience, message = answers.audiences[0], answers.messages[0]
    both = {"audience_uids": (audience.uid,), "message_uid": message.uid}
    make_post(marketer, **both)
    make_post(marketer, audience_uids=(audience.uid,))
    make_post(marketer, **both, planned_on=date(2026, 12, 1))
    make_post(marketer)

    hearing = client_as(marketer).get(OVERVIEWS["hearing"]).context["hearing"]

    row = hearing.rows[0]
    assert (row.name, row.number, row.other) == (audience.name, 2, 1)
    assert [cell.number for cell in row.cells if cell.message == message.uid] == [1]
    assert (hearing.number, hearing.without) == (3, 1)


def test_campaigns_of_the_strategy_in_force_stand_above_the_days(
    marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    strategy = ready_strategy(marketer)
    row = MarketingActivity.objects.create(
        strategy=strategy,
        name="Winter lights",
        starts_on=date(2026, 11, 23),
        ends_on=date(2026, 12, 6),
    )
    approve_answers(strategy, by=manager)
    client = client_as(marketer)

    november = client.get(VIEWS["month"]).content.decode()
    september = client.get(f"{HOME}month/2026-09/").content.decode()

    bar = f'data-campaign="{row.uid}"'
    assert bar in november
    assert 'data-first="2026-11-23"' in november
    assert bar not in september


@pytest.mark.parametrize("view", ["agenda", "board"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2100-12-31", "2000-01-01", "soon"])
def test_address_with_any_day_is_answered(
    view: str, day: str, reader: Membership, client_as: ClientAs
) -> None:
    assert client_as(reader).get(f"{HOME}{view}/?from={day}").status_code == 200


@pytest.mark.parametrize("view", ["board", "list"])
def test_view_without_posts_offers_nothing_to_do_with_several(
    view: str, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    assert 'id="bulk"' not in client.get(VIEWS[view]).content.decode()

    make_post(marketer)

    assert 'id="bulk"' in client.get(VIEWS[view]).content.decode()


@time_machine.travel("2026-11-24 10:00")
def test_what_is_to_look_at_in_the_balance_stands_beside_the_month(
    workspace: Workspace, marketer: Membership, client_as: ClientAs
) -> None:
    approve_answers(make_strategy(workspace), by=marketer)
    channel, today = make_channel(marketer), workspace.today()
    for at in (time(22), time(22, 10)):
        make_post(marketer, channel, planned_on=today, planned_time=at)

    month = client_as(marketer).get(HOME).content.decode()

    assert "are 10 minutes apart. Move one." in month
    assert "Open the post" in month
