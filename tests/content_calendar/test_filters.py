"""Filters of the calendar: each field, the address, and those that are kept under a name."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine

from content_calendar.enums import PostState
from content_calendar.models import Post, SavedFilter
from networks.models import Channel
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import make_channel, make_post
from workspaces.models import Membership, Workspace

HOME = "/w/fjordlys/calendar/"
LIST = f"{HOME}list/"
NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_the_morning() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def channel(marketer: Membership) -> Channel:
    return make_channel(marketer)


@pytest.fixture
def posts(marketer: Membership, channel: Channel) -> dict[str, Post]:
    """Posts, each with something that no other has."""
    facebook = make_channel(marketer, "facebook")
    found = {
        "plain": make_post(marketer, planned_on=date(2026, 12, 24)),
        "missed": make_post(marketer, planned_on=date(2026, 11, 23)),
        "late": make_post(marketer, planned_on=date(2026, 11, 24)),
        "instagram": make_post(marketer, channel, planned_on=date(2026, 12, 24)),
        "partly": make_post(
            marketer, facebook, make_channel(marketer, "x"), planned_on=date(2026, 12, 24)
        ),
        "useful": make_post(marketer, category="informative", planned_on=date(2026, 12, 24)),
        "owned": make_post(marketer, owner=marketer, planned_on=date(2026, 12, 24)),
        "tagged": make_post(marketer, tags=["Winter"], planned_on=date(2026, 12, 24)),
        "worded": make_post(marketer, text="A lantern", planned_on=date(2026, 12, 24)),
        "idea": make_post(marketer, planned_on=None, planned_time=None),
    }
    version = found["partly"].versions.all()[0]
    version.published_at, version.published_by = NOW, marketer.user
    version.save()
    Post.objects.filter(pk=found["partly"].pk).update(state=PostState.SCHEDULED)
    return found


def test_what_is_filtered_by_is_named_and_taken_away_one_by_one(
    marketer: Membership, channel: Channel, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    by_channel = f"channel={channel.uid}"

    one = client.get(f"{LIST}?{by_channel}")
    two = client.get(f"{LIST}?{by_channel}&state=draft&tag=Winter%20%26%20ice&from=2026-12-01")

    assert one.context["filters"] == [("Channel", str(channel), LIST)]
    assert [(label, words) for label, words, _url in two.context["filters"]] == [
        ("Channel", str(channel)),
        ("State", "Draft"),
        ("Tag", "Winter & ice"),
    ]
    assert "3 filters:" in two.content.decode()
    without = client.get(two.context["filters"][1][2]).context["filters"]
    assert [words for _label, words, _url in without] == [str(channel), "Winter & ice"]
    assert not client.get(LIST).context["filters"]


def shown(client: object, query: str, posts: dict[str, Post]) -> list[str]:
    page = client.get(f"{LIST}?{query}").content.decode()  # type: ignore[attr-defined]
    return [name for name, post in posts.items() if f'data-post="{post.uid}"' in page]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("channel={channel}", ["instagram"]),
        ("state=idea", ["idea"]),
        ("state=missed", ["missed"]),
        ("state=late", ["late"]),
        ("state=partly", ["partly"]),
        ("category=informative", ["useful"]),
        ("owner={owner}", ["owned"]),
        ("tag=winter", ["tagged"]),
        ("text=LANTERN", ["worded"]),
        ("text=lantern&category=informative", []),
    ],
)
def test_filter_shows_those_asked_for(
    query: str,
    names: list[str],
    posts: dict[str, Post],
    channel: Channel,
    marketer: Membership,
    client_as: ClientAs,
) -> None:
    asked = query.format(channel=channel.uid, owner=marketer.uid)

    assert shown(client_as(marketer), asked, posts) == names


@pytest.mark.parametrize(
    ("state", "asked"), [(PostState.SCHEDULED, "due"), (PostState.HANDED_OVER, "should_be_out")]
)
def test_filter_shows_posts_whose_minute_has_come(
    state: PostState, asked: str, channel: Channel, marketer: Membership, client_as: ClientAs
) -> None:
    posts = {
        "then": make_post(marketer, channel, planned_on=date(2026, 11, 23)),
        "later": make_post(marketer, channel, planned_on=date(2026, 12, 24)),
    }
    Post.objects.update(state=state)

    assert shown(client_as(marketer), f"state={asked}", posts) == ["then"]


def test_filter_with_what_is_not_ours_or_no_choice_filters_nothing(
    posts: dict[str, Post], stranger: Membership, marketer: Membership, client_as: ClientAs
) -> None:
    theirs = make_channel(stranger)
    client = client_as(marketer)

    for query in (
        f"channel={theirs.uid}",
        f"owner={stranger.uid}",
        "state=odd",
        f"message={uuid4()}",
    ):
        assert shown(client, query, posts) == list(posts)


def test_filter_is_kept_from_view_to_view(marketer: Membership, client_as: ClientAs) -> None:
    page = client_as(marketer).get(f"{HOME}month/2026-11/?category=informative&text=a+b")

    for view in page.context["views"]:
        assert view.url.endswith("category=informative&text=a+b")
    assert page.context["after"] == f"{HOME}month/2026-12/?category=informative&text=a+b"


@pytest.mark.parametrize("view", ["month/2026-12/", "agenda/", "board/?from=2026-12-01", "list/"])
def test_every_view_filters(
    view: str, posts: dict[str, Post], marketer: Membership, client_as: ClientAs
) -> None:
    join = "&" if "?" in view else "?"

    page = client_as(marketer).get(f"{HOME}{view}{join}tag=winter").content.decode()

    assert page.count("data-post=") == 1
    assert str(posts["tagged"].uid) in page


def keep(client: object, **said: str) -> None:
    data = {"name": "Winter", "query": "tag=winter&page=3&state=odd", "next": LIST, **said}
    client.post(f"{HOME}filters/save/", data)  # type: ignore[attr-defined]


def test_filter_is_kept_for_oneself_or_for_everybody(
    marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)

    keep(client)
    keep(client, name="For all", is_for_all="on")

    assert f'href="{LIST}?tag=winter"' in client.get(LIST).content.decode()
    others = client_as(manager).get(LIST).content.decode()
    assert "For all" in others
    assert "Winter" not in others


def test_filter_of_the_same_name_is_written_over_and_an_empty_one_refused(
    marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    keep(client)
    keep(client, query="tag=summer")
    keep(client, name="Empty", query="")

    assert [(one.name, one.query) for one in SavedFilter.objects.all()] == [
        ("Winter", "tag=summer")
    ]


def test_contributor_keeps_filters_for_oneself_only(
    contributor: Membership, client_as: ClientAs
) -> None:
    keep(client_as(contributor), is_for_all="on")

    assert not SavedFilter.objects.exists()


@pytest.fixture
def filter_of(workspace: Workspace) -> Callable[..., SavedFilter]:
    def make(owner: Membership | None) -> SavedFilter:
        return SavedFilter.objects.create(workspace=workspace, owner=owner, name="W", query="tag=w")

    return make


def test_filter_is_removed_by_whom_it_belongs_to(
    marketer: Membership,
    contributor: Membership,
    stranger: Membership,
    client_as: ClientAs,
    filter_of: Callable[..., SavedFilter],
) -> None:
    own, for_all = filter_of(contributor), filter_of(None)

    def remove(who: Membership, saved: SavedFilter) -> int:
        url = f"{HOME}filters/{saved.uid}/remove/"
        return int(client_as(who).post(url).status_code)

    assert remove(marketer, own) == 404
    assert remove(stranger, for_all) == 404
    assert remove(contributor, for_all) == 403
    assert remove(contributor, own) == 302
    assert remove(marketer, for_all) == 302
    assert not SavedFilter.objects.exists()
