"""One tree of answers, from rows or from a snapshot alike."""

import json
from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strategies.domain.answer_types import Answer, ChannelAnswer, StepNote
from strategies.domain.answers import (
    PLACES,
    SCHEMA,
    Answers,
    from_snapshot,
    load_answers,
    to_snapshot,
)
from strategies.domain.questionnaire import KINDS, STEP_OF_KIND, STEPS
from strategies.models import Audience, KeyMessage, StepAnswer, Strategy
from tests.crawl.world import World, build_world
from tests.strategies.answers_of import complete, empty

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world("CANARY")


def own_fields(struct: type[Answer]) -> set[str]:
    return set(struct.__struct_fields__) - {"uid", "not_known"}


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_has_the_same_fields_in_model_struct_and_questionnaire(code: str) -> None:
    kind = KINDS[code]
    bookkeeping = {"position", "revision", "removed_at", "created_at", "updated_at", "updated_by"}
    model_fields = {
        column.name
        for column in [*kind.model._meta.concrete_fields, *kind.model._meta.many_to_many]
        if column.name not in bookkeeping | {"id", "uid", "not_known", "strategy", "workspace"}
    }

    assert own_fields(kind.answer) == model_fields == set(kind.fields)
    assert set(kind.knowable) <= model_fields
    assert len(set(kind.fields)) == len(kind.fields)


def test_every_place_is_a_kind_and_every_field_of_the_tree_has_a_place() -> None:
    assert set(PLACES) == set(KINDS)
    assert set(PLACES.values()) | {"name", "steps"} == set(Answers.__struct_fields__)


def test_step_note_has_the_fields_of_its_model() -> None:
    assert own_fields(StepNote) <= {column.name for column in StepAnswer._meta.concrete_fields}


def test_steps_are_numbered_in_order_and_every_kind_belongs_to_one() -> None:
    assert [step.number for step in STEPS] == list(range(9))
    assert set(STEP_OF_KIND) == set(KINDS)


def test_load_answers_of_every_kind_survives_the_snapshot(world: World) -> None:
    answers = load_answers(world.things["strategy"])

    kept = json.loads(json.dumps(to_snapshot(answers)))

    assert from_snapshot(kept, SCHEMA) == answers
    assert all(answers.of_kind(code)[0].uid for code in KINDS)
    assert answers.messages[0].audiences == (answers.audiences[0].uid,)
    assert answers.kpis[0].reader is not None
    assert "CANARY" in answers.kpis[0].reader.name


def test_from_snapshot_of_the_first_schema_reads_a_plan_as_a_kind_of_post() -> None:
    snapshot = json.loads(json.dumps(to_snapshot(complete())))
    (kind,) = snapshot.pop("post_kinds")
    plan = {**kind, "format": "video", "starts_at": "17:00:00", "ends_at": "20:00:00"}
    snapshot["channel_plans"] = [
        {name: value for name, value in plan.items() if name not in {"times", "pillar"}}
    ]
    snapshot["content_plan"] = {
        "uid": "mix",
        "promotional": 20,
        "informative": 40,
        "engagement": 40,
        "minutes_story": 10,
        "minutes_text": 45,
        "minutes_carousel": 120,
        "minutes_video": 200,
    }

    answers = from_snapshot(snapshot, 1)

    (read,) = answers.post_kinds
    assert (read.uid, read.format, read.lowest, read.highest) == ("plan", "short_video", 3, 5)
    assert read.times == (time(17), time(20))
    assert answers.content_plan.minutes_short_video == 200
    assert answers.content_plan.minutes_story == 10
    assert answers.content_plan.minutes_article == 240  # as every strategy begins
    assert answers.messages == complete().messages


@pytest.mark.parametrize(
    ("span", "times"),
    [
        ((None, None), ()),
        (("08:00:00", None), (time(8),)),
        ((None, "20:00:00"), (time(20),)),
        (("20:00:00", "08:00:00"), (time(8), time(20))),
        (("08:00:00", "08:00:00"), (time(8),)),
    ],
)
def test_from_snapshot_of_the_first_schema_keeps_what_was_said_of_hours(
    span: tuple[str | None, str | None], times: tuple[time, ...]
) -> None:
    snapshot = json.loads(json.dumps(to_snapshot(empty())))
    del snapshot["post_kinds"]
    plan = {"uid": "plan", "channel": "gone", "format": "text"}
    snapshot["channel_plans"] = [{**plan, "starts_at": span[0], "ends_at": span[1]}]

    assert from_snapshot(snapshot, 1).post_kinds[0].times == times


def test_from_snapshot_of_an_unknown_schema_refuses(world: World) -> None:
    snapshot = to_snapshot(load_answers(world.things["strategy"]))

    with pytest.raises(ValueError, match="schema 99"):
        from_snapshot(snapshot, 99)


def test_load_answers_leaves_out_removed_rows_and_references_to_them(world: World) -> None:
    audience = world.things["row:audience"]
    audience.removed_at = audience.created_at
    audience.save(update_fields=["removed_at"])
    channel = world.things["row:channel"]
    channel.removed_at = channel.created_at
    channel.save(update_fields=["removed_at"])

    answers = load_answers(world.things["strategy"])

    assert answers.audiences == ()
    assert answers.messages[0].audiences == ()
    assert answers.post_kinds == ()


def test_load_answers_of_another_strategy_holds_none_of_these_rows(world: World) -> None:
    other = Strategy.objects.create(workspace=world.workspace, name="Other")

    answers = load_answers(other)

    assert answers.audiences == ()
    assert answers.period.uid == ""
    assert len(answers.channels) == 1  # channels belong to the workspace


def test_load_answers_costs_the_same_with_many_rows(world: World) -> None:
    strategy = world.things["strategy"]
    with CaptureQueriesContext(connection) as few:
        load_answers(strategy)
    for number in range(30):
        audience = Audience.objects.create(strategy=strategy, name=f"A{number}")
        message = KeyMessage.objects.create(strategy=strategy, text=f"M{number}")
        message.audiences.add(audience)

    with CaptureQueriesContext(connection) as many:
        load_answers(strategy)

    assert len(many) == len(few)


def test_load_answers_knows_who_has_left(world: World) -> None:
    owner = world.members["marketer"]
    owner.left_at = owner.joined_at
    owner.save(update_fields=["left_at"])

    (channel,) = load_answers(world.things["strategy"]).channels

    assert channel.owner is not None
    assert channel.owner.has_left


def test_channel_is_named_by_its_network_unless_that_is_another_one() -> None:
    def name(network: str) -> str:
        named = ChannelAnswer(uid="c", network=network, other_network="Podcast", handle="@fjord")
        return named.name

    assert name("other") == "Podcast: @fjord"
    assert name("facebook") == "Facebook: @fjord"


def test_a_figure_that_named_networks_names_their_channels() -> None:
    snapshot = to_snapshot(complete())
    (figure,) = snapshot["kpis"]
    del figure["channels"]
    figure["networks"] = ["instagram", "tiktok"]

    (kpi,) = from_snapshot(snapshot).kpis

    assert kpi.channels == ("instagram",)
    assert "networks" in figure  # what was stored stays as it was
