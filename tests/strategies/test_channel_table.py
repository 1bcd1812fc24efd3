"""The table of question 3: a line a channel, edited in place; the same for all, and back again."""

import json
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from activity.models import Record
from core.merging import Text
from core.text import isolated
from networks.models import Channel
from networks.services import add_channel
from strategies.domain.same_for_all import Spread, spread
from strategies.forms.channel_table import LINES_AT_MOST, ChannelTableForm
from strategies.models import ChannelStanding, ChannelWatch, Strategy
from strategies.services.rows import remove_row, save_row
from strategies.services.strategies import create_strategy
from tests.conftest import ClientAs
from tests.queries import counted
from tests.strategies.typed import add, question_url
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def channels(workspace: Workspace, marketer: Membership) -> list[Channel]:
    return [
        add_channel(workspace, {"network": "x", "handle": f"@{name}"}, by=marketer.user)
        for name in ("one", "two", "three")
    ]


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership, channels: list[Channel]) -> Strategy:
    return create_strategy(workspace, name="Spring", by=marketer.user)


@pytest.fixture
def signed_in(marketer: Membership, client_as: ClientAs) -> Client:
    return client_as(marketer)


def address(strategy: Strategy, name: str = "channel_table", *more: Any) -> str:
    return reverse(f"strategies:{name}", args=["fjordlys", strategy.uid, *more])


def sent(strategy: Strategy, **changes: Any) -> dict[str, Any]:
    """What a page sends on which the fields of ``changes`` were changed: {name_channel: value}."""
    form = ChannelTableForm(strategy=strategy)
    return {**form.texts, **changes, "began": form.began_now}


def key(name: str, channel: Channel) -> str:
    return f"{name}-{channel.uid}"


def watch_of(strategy: Strategy, channel: Channel) -> ChannelWatch:
    return ChannelWatch.objects.get(strategy=strategy, channel=channel, removed_at=None)


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_one_save_writes_all_lines(
    strategy: Strategy, channels: list[Channel], marketer: Membership, signed_in: Client
) -> None:
    one, two, _three = channels
    changes = {
        key("owner", one): str(marketer.uid),
        key("followers", one): "1 200",
        key("days", two): ["1", "2"],
        key("starts_at", two): "8",
    }

    answer = signed_in.post(
        address(strategy), sent(strategy, **changes), headers={"X-Autosave": "1"}
    )

    assert answer.status_code == 200
    one.refresh_from_db()
    assert one.owner == marketer
    assert ChannelStanding.objects.get(strategy=strategy, channel=one).followers == 1200
    assert watch_of(strategy, two).days == ("1", "2")
    assert str(watch_of(strategy, two).starts_at) == "08:00:00"
    began = json.loads(answer.json()["began"])
    assert began[key("starts_at", two)] == "08:00"


def test_what_nobody_changed_is_not_saved(strategy: Strategy, signed_in: Client) -> None:
    before = Record.objects.count()

    answer = signed_in.post(address(strategy), sent(strategy))

    assert answer["Location"] == f"{question_url(strategy, 'ownership')}#kind-watch"
    assert Record.objects.count() == before


def test_what_a_row_says_beside_the_table_stays(
    strategy: Strategy, channels: list[Channel], marketer: Membership, signed_in: Client
) -> None:
    watch = watch_of(strategy, channels[0])
    save_row(
        watch,
        strategy=strategy,
        values={"whom_to_call": "Kari"},
        not_known=("days", "takes_over"),
        expected=1,
        by=marketer.user,
    )

    signed_in.post(address(strategy), sent(strategy, **{key("days", channels[0]): ["5"]}))

    watch.refresh_from_db()
    assert (watch.days, watch.whom_to_call, watch.not_known) == (("5",), "Kari", ("takes_over",))


def test_two_people_change_different_fields_of_one_line(
    strategy: Strategy, channels: list[Channel], marketer: Membership, signed_in: Client
) -> None:
    page = sent(strategy, **{key("days", channels[0]): ["5"]})
    watch = watch_of(strategy, channels[0])
    save_row(watch, strategy=strategy, values={"question_hours": 4}, expected=1, by=marketer.user)

    answer = signed_in.post(address(strategy), page, headers={"X-Autosave": "1"})

    watch.refresh_from_db()
    assert (watch.days, watch.question_hours) == (("5",), 4)
    assert answer.json()["taken"] == {key("question_hours", channels[0]): "4"}


@pytest.mark.parametrize("headers", [{}, {"X-Autosave": "1"}])
def test_the_same_field_changed_twice_is_asked_about(
    strategy: Strategy,
    channels: list[Channel],
    marketer: Membership,
    signed_in: Client,
    headers: dict[str, str],
) -> None:
    page = sent(strategy, **{key("question_hours", channels[0]): "8"})
    watch = watch_of(strategy, channels[0])
    save_row(watch, strategy=strategy, values={"question_hours": 4}, expected=1, by=marketer.user)

    answer = signed_in.post(address(strategy), page, headers=headers)

    watch.refresh_from_db()
    assert (answer.status_code, watch.question_hours) == (409, 4)
    said = answer.json()["html"] if headers else answer.content.decode()
    assert "data-conflict-field" in said
    assert Record.objects.filter(verb="strategies.row_conflict").exists()


def test_what_cannot_be_read_comes_back_and_nothing_is_saved(
    strategy: Strategy, channels: list[Channel], signed_in: Client
) -> None:
    one, two, _three = channels
    wrong = sent(strategy, **{key("starts_at", one): "late", key("followers", two): "12"})

    page = signed_in.post(address(strategy), wrong)
    script = signed_in.post(address(strategy), wrong, headers={"X-Autosave": "1"})

    assert page.status_code == script.status_code == 422
    assert 'value="late"' in page.content.decode()
    assert list(script.json()["errors"]) == [key("starts_at", one)]
    assert ChannelStanding.objects.get(strategy=strategy, channel=two).followers is None


def test_a_channel_without_a_watch_gets_one(
    strategy: Strategy, channels: list[Channel], marketer: Membership, signed_in: Client
) -> None:
    remove_row(watch_of(strategy, channels[0]), strategy=strategy, by=marketer.user)

    signed_in.post(address(strategy), sent(strategy, **{key("days", channels[0]): ["5"]}))
    signed_in.post(address(strategy), sent(strategy))

    assert watch_of(strategy, channels[0]).days == ("5",)


def test_a_person_of_another_workspace_is_refused(
    strategy: Strategy, channels: list[Channel], stranger: Membership, signed_in: Client
) -> None:
    answer = signed_in.post(
        address(strategy), sent(strategy, **{key("owner", channels[0]): str(stranger.uid)})
    )

    channels[0].refresh_from_db()
    assert (answer.status_code, channels[0].owner) == (422, None)


def test_the_page_has_a_line_a_channel_and_the_posts_of_question_4(
    strategy: Strategy, channels: list[Channel], marketer: Membership, signed_in: Client
) -> None:
    add(
        strategy,
        "post-kind",
        by=marketer.user,
        channel=str(channels[0].uid),
        format="text",
        lowest=3,
        highest=5,
        period="week",
    )

    page = text_of(signed_in.get(question_url(strategy, "ownership")))

    assert page.count('<tr id="line-') == 3
    assert "3 to 5 posts a week" in page
    assert "Fill in for" not in page


def test_a_closed_channel_has_no_line(strategy: Strategy, channels: list[Channel]) -> None:
    Channel.objects.filter(pk=channels[0].pk).update(state="closed")

    lines = ChannelTableForm(strategy=strategy).lines

    assert [line.channel for line in lines] == channels[1:]


def test_a_row_that_stands_open_is_not_asked_twice(
    strategy: Strategy, channels: list[Channel], signed_in: Client
) -> None:
    watch = watch_of(strategy, channels[0])

    page = text_of(signed_in.get(f"{question_url(strategy, 'ownership')}?open={watch.uid}"))

    assert f'name="{key("days", channels[0])}"' not in page
    assert f'name="{key("days", channels[1])}"' in page
    assert 'id="open-form"' in page


def test_who_only_reads_sees_no_table(
    strategy: Strategy, reader: Membership, client_as: ClientAs
) -> None:
    client = client_as(reader)

    assert "channel-lines" not in text_of(client.get(question_url(strategy, "ownership")))
    assert client.post(address(strategy), {}).status_code == 403


def test_more_channels_than_a_form_may_send_keep_their_cards(
    strategy: Strategy, workspace: Workspace
) -> None:
    Channel.objects.bulk_create(
        Channel(workspace=workspace, network="x", handle=f"@{n}", position=n)
        for n in range(LINES_AT_MOST)
    )

    assert ChannelTableForm(strategy=strategy).lines == []


def test_queries_do_not_grow_with_the_lines(
    strategy: Strategy, workspace: Workspace, marketer: Membership
) -> None:
    few = counted(lambda: list(ChannelTableForm(strategy=strategy).lines))
    for number in range(20):
        add_channel(workspace, {"network": "x", "handle": f"@{number}"}, by=marketer.user)

    assert counted(lambda: list(ChannelTableForm(strategy=strategy).lines)) == few


def test_an_owner_who_cannot_be_chosen_does_not_empty_the_stored_one(
    strategy: Strategy,
    channels: list[Channel],
    marketer: Membership,
    stranger: Membership,
    signed_in: Client,
) -> None:
    Channel.objects.filter(pk=channels[0].pk).update(owner=marketer)
    wrong = sent(strategy, **{key("owner", channels[0]): str(stranger.uid)})

    page = signed_in.post(address(strategy), wrong)

    field = page.context["table"][key("owner", channels[0])]
    assert (page.status_code, field.value()) == (422, str(marketer.uid))
    assert field.errors


def test_a_save_after_a_save_touches_only_what_its_page_has(
    strategy: Strategy,
    workspace: Workspace,
    channels: list[Channel],
    marketer: Membership,
    signed_in: Client,
) -> None:
    page = sent(strategy, **{key("days", channels[0]): ["5"]})
    new = add_channel(workspace, {"network": "x", "handle": "@new"}, by=marketer.user)
    Channel.objects.filter(pk=new.pk).update(owner=marketer)

    for _time in range(2):
        answer = signed_in.post(address(strategy), page, headers={"X-Autosave": "1"})
        assert answer.status_code == 200
        page["began"] = answer.json()["began"]

    new.refresh_from_db()
    assert new.owner == marketer


def close(channel: Channel) -> None:
    Channel.objects.filter(pk=channel.pk).update(state="closed")


def remove(channel: Channel) -> None:
    Channel.objects.filter(pk=channel.pk).update(removed_at=timezone.now())


@pytest.mark.parametrize("take_away", [close, remove])
def test_what_was_typed_for_a_channel_that_is_gone_is_shown_to_be_copied(
    strategy: Strategy,
    channels: list[Channel],
    marketer: Membership,
    signed_in: Client,
    take_away: Callable[[Channel], None],
) -> None:
    one, two, _three = channels
    typed = {
        key("followers", one): "1 200",
        key("owner", one): str(marketer.uid),
        key("days", one): ["1", "2"],
        key("followers", two): "7",
    }
    page = sent(strategy, **typed)
    take_away(one)

    script = signed_in.post(address(strategy), page, headers={"X-Autosave": "1"})
    plain = signed_in.post(address(strategy), page)

    assert script.status_code == plain.status_code == 409
    for said in (script.json()["html"], plain.content.decode()):
        for text in ("X: @one", "1200", marketer.name, "Mon, Tue"):
            assert text in said
    assert "saved_at" not in script.json()
    assert set(script.json()["theirs"]) == {
        key(name, one) for name in ("followers", "owner", "days")
    }
    assert ChannelStanding.objects.get(strategy=strategy, channel=two).followers is None

    again = {**page, "began": script.json()["began"]}
    answer = signed_in.post(address(strategy), again, headers={"X-Autosave": "1"})

    assert answer.status_code == 200
    assert ChannelStanding.objects.get(strategy=strategy, channel=two).followers == 7

    more = {**again, "began": answer.json()["began"], key("followers", one): "1300"}
    answer = signed_in.post(address(strategy), more, headers={"X-Autosave": "1"})

    assert answer.status_code == 409
    assert "1300" in answer.json()["html"]
    assert marketer.name not in answer.json()["html"]


def test_a_channel_that_is_gone_and_was_left_alone_stops_nobody(
    strategy: Strategy, channels: list[Channel], signed_in: Client
) -> None:
    one, two, _three = channels
    ChannelStanding.objects.filter(channel=one).update(followers=1200)
    page = sent(strategy, **{key("followers", two): "7"})
    page[key("followers", one)] = "1 200"
    close(one)

    answer = signed_in.post(address(strategy), page, headers={"X-Autosave": "1"})

    assert answer.status_code == 200
    assert ChannelStanding.objects.get(strategy=strategy, channel=two).followers == 7


def test_a_channel_of_another_workspace_is_not_named(
    strategy: Strategy, channels: list[Channel], stranger: Membership, signed_in: Client
) -> None:
    theirs = add_channel(
        stranger.workspace, {"network": "x", "handle": "@secret"}, by=stranger.user
    )
    page = sent(strategy)
    began = json.loads(page["began"])
    page |= {
        key("followers", theirs): "1",
        "followers-nothing": "1",
        "began": json.dumps({**began, key("followers", theirs): "", "followers-nothing": ""}),
    }

    answer = signed_in.post(address(strategy), page, follow=True)

    assert "@secret" not in answer.content.decode()


def test_a_page_that_had_the_lines_saves_them_when_there_are_too_many(
    strategy: Strategy, workspace: Workspace, channels: list[Channel], signed_in: Client
) -> None:
    page = sent(strategy, **{key("followers", channels[0]): "7"})
    Channel.objects.bulk_create(
        Channel(workspace=workspace, network="x", handle=f"@{n}", position=n)
        for n in range(LINES_AT_MOST)
    )

    for followers in ("7", "8"):
        page[key("followers", channels[0])] = followers
        answer = signed_in.post(address(strategy), page, headers={"X-Autosave": "1"})
        page["began"] = answer.json()["began"]
        standing = ChannelStanding.objects.get(strategy=strategy, channel=channels[0])
        assert (answer.status_code, standing.followers) == (200, int(followers))


# --- the same for all -----------------------------------------------------------------------------


def test_one_press_takes_a_line_to_all_others_and_one_takes_it_back(
    strategy: Strategy, channels: list[Channel], marketer: Membership, signed_in: Client
) -> None:
    one, two, three = channels
    watch = watch_of(strategy, two)
    save_row(
        watch,
        strategy=strategy,
        values={"days": ("7",), "question_hours": 4},
        expected=1,
        by=marketer.user,
    )
    other = watch_of(strategy, three)
    save_row(other, strategy=strategy, values={}, not_known=("days",), expected=1, by=marketer.user)
    typed = {
        key("days", one): ["1", "2"],
        key("starts_at", one): "08:00",
        key("owner", one): str(marketer.uid),
    }

    page = signed_in.post(
        address(strategy, "same_for_all", one.uid), sent(strategy, **typed), follow=True
    )

    said = text_of(page)
    assert "2 other channels have the owner, days and hours of" in said
    assert "1 of them had something else before: X: @two." in said
    for channel in channels:
        channel.refresh_from_db()
        assert channel.owner == marketer
        assert watch_of(strategy, channel).days == ("1", "2")
    assert watch_of(strategy, two).question_hours == 4

    undo = said.partition(address(strategy, "same_undo"))[2].partition('"')[0]
    back = text_of(signed_in.post(address(strategy, "same_undo") + undo, follow=True))

    two.refresh_from_db()
    assert two.owner is None
    assert (watch_of(strategy, two).days, watch_of(strategy, two).starts_at) == (("7",), None)
    assert watch_of(strategy, three).not_known == ("days",)
    assert watch_of(strategy, one).days == ("1", "2")
    assert "The owners of 2 channels are as they were before." in back
    assert "The days and hours of 2 channels are as they were before." in back
    again = text_of(signed_in.post(address(strategy, "same_undo") + undo, follow=True))
    assert "nothing to take back any more" in again


@pytest.mark.parametrize(
    "change",
    [{"days": ("5",)}, {"starts_at": time(10)}, {"ends_at": time(15)}],
    ids=["its days", "its beginning", "its end, which the press had left as it was"],
)
def test_undo_leaves_the_whole_watch_that_somebody_changed_since(
    strategy: Strategy,
    channels: list[Channel],
    marketer: Membership,
    signed_in: Client,
    change: dict[str, Any],
) -> None:
    one, two, three = channels
    for channel in channels:
        watch = watch_of(strategy, channel)
        save_row(
            watch, strategy=strategy, values={"ends_at": time(16)}, expected=1, by=marketer.user
        )
    typed = {
        key("days", one): ["1"],
        key("starts_at", one): "08:00",
        key("owner", one): str(marketer.uid),
    }
    said = text_of(
        signed_in.post(
            address(strategy, "same_for_all", one.uid), sent(strategy, **typed), follow=True
        )
    )
    watch = watch_of(strategy, two)
    save_row(watch, strategy=strategy, values=change, expected=watch.revision, by=marketer.user)

    undo = said.partition(address(strategy, "same_undo"))[2].partition('"')[0]
    back = text_of(signed_in.post(address(strategy, "same_undo") + undo, follow=True))

    kept = {"days": ("1",), "starts_at": time(8), "ends_at": time(16), **change}
    left = watch_of(strategy, two)
    assert {name: getattr(left, name) for name in kept} == kept
    given_back = watch_of(strategy, three)
    assert (given_back.days, given_back.starts_at, given_back.ends_at) == ((), None, time(16))
    assert [channel.owner for channel in Channel.objects.in_order()] == [marketer, None, None]
    assert "The owners of 2 channels are as they were before." in back
    assert "The days and hours of 1 channel are as they were before." in back
    assert "The days and hours of 1 channel stay: they or the channel were changed since." in back
    assert back.count("changed since.") == 1


def test_undo_where_all_was_changed_since_claims_nothing(
    strategy: Strategy, channels: list[Channel], marketer: Membership, signed_in: Client
) -> None:
    one, two, three = channels
    said = text_of(
        signed_in.post(
            address(strategy, "same_for_all", one.uid),
            sent(strategy, **{key("owner", one): str(marketer.uid)}),
            follow=True,
        )
    )
    close(two)
    Channel.objects.filter(pk=three.pk).update(owner=None)

    undo = said.partition(address(strategy, "same_undo"))[2].partition('"')[0]
    back = text_of(signed_in.post(address(strategy, "same_undo") + undo, follow=True))

    assert "were before" not in back
    assert "The owners of 2 channels stay: they or the channels were changed since." in back


def test_an_owner_who_has_left_does_not_go_along(
    strategy: Strategy,
    channels: list[Channel],
    marketer: Membership,
    reader: Membership,
    signed_in: Client,
) -> None:
    one, two, _three = channels
    Channel.objects.filter(pk=one.pk).update(owner=reader)
    Channel.objects.filter(pk=two.pk).update(owner=marketer)
    Membership.objects.filter(pk=reader.pk).update(left_at=timezone.now())

    answer = signed_in.post(
        address(strategy, "same_for_all", one.uid),
        sent(strategy, **{key("days", one): ["1"]}),
        follow=True,
    )

    assert [channel.owner for channel in Channel.objects.in_order()] == [reader, marketer, None]
    assert [watch_of(strategy, channel).days for channel in channels] == [("1",)] * 3
    assert "did not go along" in text_of(answer)


def test_what_cannot_go_along_leaves_what_was_typed_unsaved(
    strategy: Strategy,
    channels: list[Channel],
    marketer: Membership,
    signed_in: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, two, _three = channels
    texts: dict[str, Text] = {key("starts_at", two): "late"}
    wrong = Spread(texts, {key("starts_at", two): ""}, (), (str(two.uid),))
    monkeypatch.setattr("strategies.views.channel_table.spread", lambda *_args: wrong)

    answer = signed_in.post(
        address(strategy, "same_for_all", one.uid),
        sent(strategy, **{key("followers", one): "7"}),
    )

    assert answer.status_code == 422
    assert answer.context["table"][key("followers", one)].value() == "7"
    assert ChannelStanding.objects.get(strategy=strategy, channel=one).followers is None
    assert "Nothing is saved" in text_of(answer)


def test_an_empty_line_is_taken_nowhere(
    strategy: Strategy, channels: list[Channel], signed_in: Client
) -> None:
    url = address(strategy, "same_for_all", channels[0].uid)

    page = text_of(signed_in.post(url, sent(strategy), follow=True))

    assert "This line says nothing to take along" in page


@pytest.mark.parametrize("take_away", [close, remove])
def test_the_same_for_all_of_a_channel_that_is_gone_saves_the_rest(
    strategy: Strategy,
    channels: list[Channel],
    signed_in: Client,
    take_away: Callable[[Channel], None],
) -> None:
    one, two, _three = channels
    page = sent(strategy, **{key("followers", two): "7"})
    take_away(one)

    answer = signed_in.post(address(strategy, "same_for_all", one.uid), page, follow=True)

    assert ChannelStanding.objects.get(strategy=strategy, channel=two).followers == 7
    assert f"{isolated(one)} was closed or removed meanwhile" in text_of(answer)


def test_the_same_for_all_of_a_channel_of_another_workspace_is_not_found(
    strategy: Strategy, stranger: Membership, signed_in: Client
) -> None:
    theirs = add_channel(
        stranger.workspace, {"network": "x", "handle": "@secret"}, by=stranger.user
    )

    url = address(strategy, "same_for_all", theirs.uid)

    assert signed_in.post(url, sent(strategy)).status_code == 404


def test_the_same_for_all_of_a_page_with_lines_goes_there_and_back_when_there_are_too_many(
    strategy: Strategy, workspace: Workspace, channels: list[Channel], signed_in: Client
) -> None:
    page = sent(strategy, **{key("days", channels[0]): ["1"]})
    Channel.objects.bulk_create(
        Channel(workspace=workspace, network="x", handle=f"@{n}", position=n)
        for n in range(LINES_AT_MOST)
    )
    url = address(strategy, "same_for_all", channels[0].uid)

    said = text_of(signed_in.post(url, page, follow=True))

    assert "2 other channels have the days and hours of" in said
    assert watch_of(strategy, channels[1]).days == ("1",)
    undo = said.partition(address(strategy, "same_undo"))[2].partition('"')[0]
    signed_in.post(address(strategy, "same_undo") + undo)
    assert watch_of(strategy, channels[1]).days == ()


def test_a_channel_that_nobody_watches_is_named_as_left_out(
    strategy: Strategy,
    workspace: Workspace,
    channels: list[Channel],
    marketer: Membership,
    signed_in: Client,
) -> None:
    blog = add_channel(
        workspace, {"network": "other", "other_network": "Blog", "handle": "ours"}, by=marketer.user
    )
    typed = {key("days", channels[0]): ["1"]}
    url = address(strategy, "same_for_all", channels[0].uid)

    said = text_of(signed_in.post(url, sent(strategy, **typed), follow=True))

    assert "2 other channels have the days and hours of" in said
    assert f"Days and hours did not go to {isolated(blog)}: nobody has to watch there." in said


def test_a_line_with_the_owner_of_all_others_does_not_claim_their_days(
    strategy: Strategy, channels: list[Channel], marketer: Membership, signed_in: Client
) -> None:
    Channel.objects.update(owner=marketer)
    typed = {key("days", channels[0]): ["1"]}
    url = address(strategy, "same_for_all", channels[1].uid)

    said = text_of(signed_in.post(url, sent(strategy, **typed), follow=True))

    assert "The other channels have this owner already." in said
    assert "say the same already" not in said


def test_a_group_goes_along_as_a_whole_and_a_newsletter_gets_no_watch() -> None:
    now: dict[str, Text] = {
        "owner-a": "kari",
        "days-a": ["1"],
        "starts_at-a": "",
        "ends_at-a": "16:00",
        "owner-b": "",
        "days-b": [],
        "starts_at-b": "09:00",
        "ends_at-b": "",
        "owner-c": "amir",
        "days-c": [],
        "starts_at-c": "",
        "ends_at-c": "",
    }

    plan = spread(now, "a", ["b", "c"], ["c"])

    assert plan is not None
    assert plan.texts == {
        "owner-b": "kari",
        "days-b": ["1"],
        "starts_at-b": "",
        "ends_at-b": "16:00",
        "owner-c": "kari",
    }
    assert plan.said_else == ("b", "c")
    assert plan.before["owner-c"] == "amir"


def test_an_empty_group_is_left_to_the_others() -> None:
    now: dict[str, Text] = {"owner-a": "", "days-a": ["1"], "owner-b": "amir", "days-b": []}

    plan = spread(now, "a", ["b"])

    assert plan is not None
    assert plan.texts == {"days-b": ["1"]}
    assert plan.said_else == ()
