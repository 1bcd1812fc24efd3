"""Channels as rows of question 3: written by ``networks.services``, as the Channels page does."""

import pytest
from django.test import Client

from activity.models import Record
from core.rows import RowRemoved
from networks.enums import OperatorKind
from networks.models import Channel
from networks.services import add_channel
from strategies.models import Strategy
from strategies.services.rows import move_row, remove_row, restore_row, save_row
from strategies.services.strategies import create_strategy
from tests.conftest import ClientAs
from tests.strategies.test_row_forms import filled
from tests.strategies.typed import add, add_url, places
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership) -> Strategy:
    return create_strategy(workspace, name="Spring", by=marketer.user)


@pytest.fixture
def marketers(marketer: Membership, client_as: ClientAs) -> Client:
    return client_as(marketer)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"address": "ftp://example.org"}, "address"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"network": "other", "other_network": ""}, "other_network"),
    ],
)
def test_what_the_channels_page_refuses_is_refused_here_too(
    strategy: Strategy, marketers: Client, wrong: dict[str, str], field: str
) -> None:
    form = filled(strategy, "channel", **wrong)
    answer = marketers.post(add_url(strategy, "channel"), {"network": "x", **wrong})

    assert field in form.errors
    assert answer.status_code == 422
    assert not Channel.objects.exists()


def test_positions_stay_dense_whoever_adds(strategy: Strategy, marketer: Membership) -> None:
    by = marketer.user
    for handle in ("@one", "@two", "@three"):
        add_channel(strategy.workspace, {"network": "x", "handle": handle}, by=by)
    two = Channel.objects.get(handle="@two")

    remove_row(two, strategy=strategy, by=by)
    add(strategy, "channel", by=by, network="x", handle="@four")
    add_channel(strategy.workspace, {"network": "x", "handle": "@five"}, by=by)
    restore_row(two, strategy=strategy, by=by)

    assert places(strategy, "channel") == [
        (1, "X: @one"),
        (2, "X: @two"),
        (3, "X: @three"),
        (4, "X: @four"),
        (5, "X: @five"),
    ]


def test_log_names_what_was_done_as_the_channels_page_does(
    strategy: Strategy, marketer: Membership
) -> None:
    by = marketer.user
    one = add(strategy, "channel", by=by, handle="@one")
    add(strategy, "channel", by=by, handle="@two")
    save_row(one, strategy=strategy, values={"handle": "@a"}, expected=1, by=by)
    move_row(one, strategy=strategy, direction="down", by=by)
    remove_row(one, strategy=strategy, by=by)
    restore_row(one, strategy=strategy, by=by)

    verbs = Record.objects.filter(subject_uid=str(one.uid)).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "networks.channel_added",
        "networks.channel_saved",
        "strategies.row_moved",
        "networks.channel_removed",
        "networks.channel_restored",
    ]


def test_save_of_a_removed_channel_is_refused(strategy: Strategy, marketer: Membership) -> None:
    row = add(strategy, "channel", by=marketer.user)
    remove_row(row, strategy=strategy, by=marketer.user)

    with pytest.raises(RowRemoved):
        save_row(row, strategy=strategy, values={"handle": "@x"}, expected=2, by=marketer.user)


def test_not_known_yet_says_nothing_of_a_person_where_a_team_runs_it(strategy: Strategy) -> None:
    form = filled(
        strategy,
        "channel",
        operator_kind=OperatorKind.TEAM,
        operator="",
        not_known=["operator", "backup"],
        backup="",
    )

    assert form.is_valid()
    assert form.answered_not_known == ("backup",)
