"""The back button brings a sent page again: pressed twice is once, another text is kept."""

import pytest
from django.test import Client
from django.urls import reverse

from networks.models import Channel
from strategies.domain.questionnaire import KINDS
from strategies.models import Audience, Initiative, Milestone, Strategy
from strategies.services.roadmap import remove_milestone
from strategies.services.rows import paste_rows, remove_row
from strategies.services.strategies import create_strategy
from tests.conftest import ClientAs
from tests.strategies.approved import approve_answers, make_strategy
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_as: ClientAs, marketer: Membership) -> Client:
    return client_as(marketer)


def test_strategy(client: Client, workspace: Workspace) -> None:
    url = reverse("strategies:new", args=[workspace.slug])
    for name in ("Spring", "Spring", "Autumn"):
        client.post(url, {"name": name, "start": "blank", "token": "this page"})

    assert set(Strategy.objects.values_list("name", flat=True)) == {"Spring", "Autumn"}
    assert Strategy.objects.count() == 2


def test_channel(client: Client, workspace: Workspace) -> None:
    url = reverse("networks:add", args=[workspace.slug])
    sent = {"network": "x", "state": "active", "operator_kind": "person", "token": "this page"}
    for handle in ("@one", "@one", "@two"):
        client.post(url, {**sent, "handle": handle})
    assert list(Channel.objects.order_by("pk").values_list("handle", flat=True)) == ["@one", "@two"]

    one = Channel.objects.get(handle="@one")
    client.post(reverse("networks:remove", args=[workspace.slug, one.uid]))
    client.post(url, {**sent, "handle": "@one"})

    assert Channel.objects.live().filter(handle="@one").count() == 1


def test_milestone(client: Client, workspace: Workspace, marketer: Membership) -> None:
    strategy = make_strategy(workspace)
    Initiative.objects.create(strategy=strategy, title="Ask the visitors")
    approve_answers(strategy, by=marketer)
    url = reverse("strategies:milestone_add", args=[workspace.slug, strategy.uid])
    assert 'name="token" value="' in client.get(url).content.decode()
    typed = {"due_on": "2026-12-24", "phase": "run", "token": "this page"}
    for title in ("Buy a cake", "Buy a cake", "Eat it"):
        client.post(url, {**typed, "title": title})
    own = Milestone.objects.filter(strategy=strategy, kind="own")
    assert sorted(own.values_list("title", flat=True)) == ["Buy a cake", "Eat it"]

    remove_milestone(own.get(title="Buy a cake"), by=marketer.user)
    client.post(url, {**typed, "title": "Buy a cake"})

    assert own.live().filter(title="Buy a cake").count() == 1


def test_pasted_lines(workspace: Workspace, marketer: Membership) -> None:
    strategy = create_strategy(workspace, name="Spring", by=marketer.user)

    def paste(text: str) -> None:
        paste_rows(strategy, KINDS["audience"], text=text, by=marketer.user, token="t")

    def names() -> list[str]:
        rows = Audience.objects.live().in_order()
        return [row.name for row in rows]

    paste("One\nTwo")
    paste("One\nTwo\nThree")
    paste("One\nOther")
    assert names() == ["One", "Two", "Three", "Other"]

    remove_row(Audience.objects.get(name="Two"), strategy=strategy, by=marketer.user)
    paste("One\nTwo")

    assert sorted(names()) == ["One", "Other", "Three", "Two"]
