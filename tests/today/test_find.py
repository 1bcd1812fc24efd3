"""Find: what has the words, within the workspace and the person's rights."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from content_calendar.models import Post
from policies.models import Policy
from policies.services.policies import Publication, add_policy, publish_policy
from strategies.models import Audience, Goal, Strategy
from strategies.services.rows import remove_row
from strategies.services.strategies import create_strategy
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import make_channel, make_post
from today.find import SHOWN, find
from workspaces.find import EXCERPT, FIND_SOURCES, excerpt, has_words, words_of
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership) -> Strategy:
    return create_strategy(workspace, name="Winter lights", by=marketer.user)


def found(member: Membership, text: str) -> dict[str, list[str]]:
    return {group.source.code: [one.title for one in group.found] for group in find(member, text)}


def test_every_kind_is_found_and_led_to(
    strategy: Strategy, marketer: Membership, admin: Membership, client_as: ClientAs
) -> None:
    goal = Goal.objects.create(strategy=strategy, title="Winter tickets", position=1)
    channel = make_channel(marketer, handle="@winter")
    post = make_post(marketer, channel, text="A winter evening")
    policy = Policy.objects.create(
        workspace=strategy.workspace, title="In winter", created_by=admin.user
    )
    admin.user.name = "Winter Nes"
    admin.user.save()

    page = client_as(admin).get(reverse("today:find", args=["fjordlys"]), {"q": "winter"})
    text = page.content.decode()

    assert page.status_code == 200
    question = reverse("strategies:question", args=["fjordlys", strategy.uid, "begin"])
    for url in (
        strategy.get_absolute_url(),
        f"{question}?open={goal.uid}#row-{goal.uid}",
        post.get_absolute_url(),
        policy.get_absolute_url(),
        reverse("networks:edit", args=["fjordlys", channel.uid]),
        reverse("members:change", args=["fjordlys", admin.uid]),
    ):
        assert url in text, url
    assert text.count("btn-primary") == 1


def test_question_is_found_by_its_words(strategy: Strategy, reader: Membership) -> None:
    assert found(reader, "trying reach") == {"questions": ["1. Who are you trying to reach?"]}


def test_all_words_must_be_there_in_any_case_and_field(
    strategy: Strategy, reader: Membership
) -> None:
    Audience.objects.create(strategy=strategy, name="Families", needs="Where do we park?")
    Audience.objects.create(strategy=strategy, name="Østlandet", needs="Trains")

    assert found(reader, "PARK families")["answers"] == ["Families"]
    assert "answers" not in found(reader, "park trains")
    assert found(reader, "østlandet")["answers"] == ["Østlandet"]


@pytest.mark.parametrize("text", ["", "   ", "100%", "_", "no such word"])
def test_signs_stand_for_themselves(text: str, strategy: Strategy, reader: Membership) -> None:
    Goal.objects.create(strategy=strategy, title="Plain", position=1)

    assert find(reader, text) == []


def test_nothing_of_another_workspace_or_removed_is_found(
    strategy: Strategy, marketer: Membership, stranger: Membership
) -> None:
    goal = Goal.objects.create(strategy=strategy, title="Lantern", position=1)
    make_post(marketer, make_channel(marketer), text="Lantern")

    assert find(stranger, "lantern") == []

    remove_row(goal, strategy=strategy, by=marketer.user)
    Post.objects.update(removed_at="2026-11-20 10:00Z")
    assert find(marketer, "lantern") == []


def test_draft_of_a_policy_is_found_by_who_drafts(reader: Membership, admin: Membership) -> None:
    Policy.objects.create(workspace=admin.workspace, title="Lantern", created_by=admin.user)

    assert find(reader, "lantern") == []
    assert found(admin, "lantern") == {"policies": ["Lantern"]}


def test_title_that_is_being_written_is_not_shown_to_readers(
    reader: Membership, admin: Membership, client_as: ClientAs
) -> None:
    values = {"title": "Lantern rules", "text": "Light it."}
    policy = add_policy(admin.workspace, values, by=admin.user)
    publish_policy(policy, Publication(), expected=policy.revision, by=admin.user)
    Policy.objects.update(title="Secret lantern plan")

    assert found(reader, "lantern") == {"policies": ["Lantern rules"]}
    versions = reverse("policies:versions", args=["fjordlys", policy.uid])
    assert "Secret" not in client_as(reader).get(versions).content.decode()
    assert "Secret" in client_as(admin).get(versions).content.decode()


def test_reader_is_led_to_pages_that_readers_open(
    marketer: Membership, reader: Membership, client_as: ClientAs
) -> None:
    make_channel(marketer, handle="@mari")

    for group in find(reader, "mari"):
        for one in group.found:
            assert client_as(reader).get(one.url.partition("#")[0]).status_code == 200, one


def test_one_query_a_kind_however_much_there_is(strategy: Strategy, marketer: Membership) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            find(marketer, "lantern")
        return len(asked)

    Goal.objects.create(strategy=strategy, title="Lantern", position=1)
    one = queries()
    for number in range(30):
        Goal.objects.create(strategy=strategy, title=f"Lantern {number}", position=number + 2)

    assert queries() == one <= len(FIND_SOURCES)
    (group,) = find(marketer, "lantern")
    assert (len(group.found), group.has_more) == (SHOWN, True)


def test_too_long_a_text_is_refused_and_stays(reader: Membership, client_as: ClientAs) -> None:
    page = client_as(reader).get(reverse("today:find", args=["fjordlys"]), {"q": "x" * 101})

    assert page.status_code == 200
    assert "error-summary" in page.content.decode()


@given(some.text(max_size=600), some.lists(some.text(min_size=1, max_size=8), max_size=3))
def test_excerpt_is_short_and_one_line(text: str, words: list[str]) -> None:
    part = excerpt(text, words)

    assert len(part) <= EXCERPT + 1
    assert "\n" not in part


@given(some.text(max_size=300))
def test_words_are_few_and_each_once(text: str) -> None:
    words = words_of(text)

    assert len(words) == len(set(words)) <= 6
    assert has_words(text, words)
