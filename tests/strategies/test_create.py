"""Beginning a strategy: blank, as a copy, from a starter; naming it and putting it away."""

import uuid
from contextlib import suppress
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activity.models import Record
from core.exceptions import Refusal
from core.fields import CodesField, TimesField
from networks.enums import ChannelState
from networks.models import Channel
from strategies.domain.answers import SCHEMA, Answers, load_answers, to_snapshot
from strategies.domain.questionnaire import KINDS, single_kinds
from strategies.enums import StrategyState, VersionState
from strategies.models import (
    AnswerRow,
    Audience,
    ChannelStanding,
    ChannelWatch,
    Goal,
    KeyMessage,
    Objective,
    Period,
    PostKind,
    StepAnswer,
    Strategy,
    StrategyVersion,
)
from strategies.services.strategies import (
    ANSWER_MODELS,
    archive_strategy,
    create_strategy,
    rename_strategy,
    reopen_strategy,
)
from strategies.starters import STARTERS, Starter
from workspaces.models import Membership, Workspace

BOOKKEEPING = {
    "id",
    "uid",
    "strategy",
    "revision",
    "removed_at",
    "created_at",
    "updated_at",
    "updated_by",
}


@pytest.fixture
def channel(workspace: Workspace, marketer: Membership) -> Channel:
    return Channel.objects.create(workspace=workspace, network="x", handle="@fjordlys", position=1)


@pytest.fixture
def full(workspace: Workspace, marketer: Membership, channel: Channel) -> Strategy:
    """A strategy with two rows of every kind (one of a single one), each field answered."""
    strategy = Strategy.objects.create(workspace=workspace, name="Last year")
    made: dict[type[models.Model], list[Any]] = {
        Strategy: [strategy],
        Membership: [marketer],
        Channel: [channel],
    }
    for model in ANSWER_MODELS:
        single = any(kind.model is model for kind in single_kinds()) or model is StepAnswer
        made[model] = [answered(model, made, at) for at in range(1 if single else 2)]
    return strategy


def answered(model: type[AnswerRow], made: dict[type[models.Model], list[Any]], at: int) -> Any:
    """Create a row with something in every field that a person answers."""
    row: Any = model(strategy=made[Strategy][0], position=at + 3)
    row.not_known = ("size",)
    for field in model._meta.concrete_fields:
        if field.name not in BOOKKEEPING | {"position", "not_known"}:
            setattr(row, field.name, something(field, made, at))
    row.save()
    for many in model._meta.many_to_many:
        getattr(row, many.name).set(made[many.related_model])
    return row


def something(
    field: "models.Field[Any, Any]", made: dict[type[models.Model], list[Any]], at: int
) -> Any:
    if isinstance(field, models.ForeignKey):
        return made[field.related_model][-1]
    if isinstance(field, CodesField):
        return (field.flatchoices[at][0],)
    if isinstance(field, TimesField):
        return (time(8 + at), time(17))
    if field.choices:
        return field.flatchoices[at][0]
    if isinstance(field, models.CharField | models.TextField):
        return f"{field.name} {at}"
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.DateField):
        return date(2026, 3, 1 + at)
    if isinstance(field, models.TimeField):
        return f"0{8 + at}:00"
    return 11 + at


def without_uids(answers: Answers) -> dict[str, Any]:
    """Return a snapshot in which a row is named by its kind and place instead of its uid."""
    named = {
        row.uid: f"{code} {place}"
        for code in KINDS
        if code != "channel"
        for place, row in enumerate(answers.of_kind(code))
    }
    named |= {note.uid: f"step {note.step}" for note in answers.steps}

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [plain(item) for item in value]
        return named.get(value, value) if isinstance(value, str) else value

    found: dict[str, Any] = plain(to_snapshot(answers))
    return found


# --- blank --------------------------------------------------------------------------------------


def test_blank_strategy_has_each_single_row_once(
    workspace: Workspace, marketer: Membership
) -> None:
    strategy = create_strategy(workspace, name="Spring", by=marketer.user)

    for kind in single_kinds():
        rows = kind.model._default_manager.filter(strategy=strategy)  # type: ignore[misc]
        assert rows.count() == 1, kind.code


def test_blank_strategy_asks_about_every_channel_in_use(
    workspace: Workspace, marketer: Membership, channel: Channel
) -> None:
    closed = Channel.objects.create(
        workspace=workspace, network="x", handle="@old", state=ChannelState.CLOSED
    )
    Channel.objects.create(
        workspace=workspace, network="x", handle="@gone", removed_at=timezone.now()
    )

    strategy = create_strategy(workspace, name="Spring", by=marketer.user)

    for model in (ChannelStanding, ChannelWatch, PostKind):
        assert [row.channel for row in model.objects.filter(strategy=strategy)] == [channel]
    assert closed.removed_at is None


def test_second_strategy_has_rows_of_its_own(
    workspace: Workspace, marketer: Membership, channel: Channel, other_workspace: Workspace
) -> None:
    Channel.objects.create(workspace=other_workspace, network="x", handle="@theirs")
    first, second = (
        create_strategy(workspace, name="Spring", by=marketer.user) for _number in range(2)
    )

    asked: list[Any] = [ChannelStanding, ChannelWatch, PostKind]
    for model in [*(kind.model for kind in single_kinds()), *asked]:
        rows = model._default_manager.order_by("pk")
        assert [(row.strategy, row.position) for row in rows] == [(first, 1), (second, 1)], model
        assert {row.updated_by for row in rows} == {marketer.user}


def test_create_leaves_one_record(workspace: Workspace, marketer: Membership) -> None:
    strategy = create_strategy(workspace, name="Spring", by=marketer.user)

    record = Record.objects.get(workspace=workspace)
    assert record.verb == "strategies.strategy_created"
    assert record.subject_uid == str(strategy.uid)
    assert record.by == marketer.user


def test_create_with_the_same_uid_makes_one_strategy(
    workspace: Workspace, marketer: Membership
) -> None:
    uid = uuid.uuid4()

    first = create_strategy(workspace, name="Spring", by=marketer.user, uid=uid)
    second = create_strategy(workspace, name="Spring again", by=marketer.user, uid=uid)

    assert first.pk == second.pk
    assert second.name == "Spring"
    assert Period.objects.filter(strategy=first).count() == 1
    assert Record.objects.count() == 1


# --- a copy -------------------------------------------------------------------------------------


def test_every_row_model_of_the_questionnaire_is_copied() -> None:
    expected = {kind.model for kind in KINDS.values() if not kind.is_shared} | {StepAnswer}

    assert set(ANSWER_MODELS) == expected
    assert expected == concrete(AnswerRow)


def concrete(model: type[models.Model]) -> set[type[models.Model]]:
    below = {leaf for child in model.__subclasses__() for leaf in concrete(child)}
    return below if model._meta.abstract else {model, *below}


def test_references_of_every_kind_lead_to_kinds_copied_before() -> None:
    seen: set[Any] = {Channel, Membership}
    for model in ANSWER_MODELS:
        references = {
            field.related_model
            for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
            if field.is_relation and field.name not in BOOKKEEPING
        }
        assert references <= seen, model
        seen.add(model)


def test_copy_holds_the_same_answers_of_every_kind(
    workspace: Workspace, marketer: Membership, full: Strategy
) -> None:
    copy = create_strategy(workspace, name="Last year", by=marketer.user, copy_of=full)

    before, after = without_uids(load_answers(full)), without_uids(load_answers(copy))
    assert before["period"].pop("starts_on")
    assert before["period"].pop("ends_on")
    assert after["period"].pop("starts_on") is None
    assert after["period"].pop("ends_on") is None
    assert after == before
    assert copy.copied_from == full


@pytest.mark.parametrize("model", ANSWER_MODELS)
def test_copy_has_rows_of_its_own(
    workspace: Workspace, marketer: Membership, full: Strategy, model: type[AnswerRow]
) -> None:
    before = set(model._default_manager.filter(strategy=full).values_list("uid", "pk"))

    copy = create_strategy(workspace, name="Next", by=marketer.user, copy_of=full)

    rows = model._default_manager.filter(strategy=copy)
    assert len(rows) == len(before)
    assert before.isdisjoint(rows.values_list("uid", "pk"))
    assert set(model._default_manager.filter(strategy=full).values_list("uid", "pk")) == before
    assert {row.revision for row in rows} == {1}
    assert {row.updated_by for row in rows} == {marketer.user}
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        if field.is_relation and field.related_model in ANSWER_MODELS:
            theirs = field.related_model._default_manager.filter(strategy=copy)
            for row in rows:
                referred = getattr(row, field.name)
                referred = list(referred.all()) if field.many_to_many else [referred]
                assert referred
                assert set(referred) <= set(theirs)


def test_copy_of_a_copy_keeps_the_answers(
    workspace: Workspace, marketer: Membership, full: Strategy
) -> None:
    first = create_strategy(workspace, name="Last year", by=marketer.user, copy_of=full)
    second = create_strategy(workspace, name="Last year", by=marketer.user, copy_of=first)

    assert without_uids(load_answers(second)) == without_uids(load_answers(first))


def test_copy_leaves_out_what_was_removed_and_who_left(
    workspace: Workspace, marketer: Membership, manager: Membership, channel: Channel
) -> None:
    source = Strategy.objects.create(workspace=workspace, name="Last year")
    goal = Goal.objects.create(strategy=source, title="Gone", removed_at=timezone.now())
    gone = Audience.objects.create(strategy=source, name="Gone", removed_at=timezone.now())
    stays = Audience.objects.create(strategy=source, name="Stays")
    objective = Objective.objects.create(strategy=source, statement="Sell", goal=goal)
    objective.audiences.set([gone, stays])
    StepAnswer.objects.create(strategy=source, step="fit", finder=manager, is_not_known=True)
    ChannelStanding.objects.create(strategy=source, channel=channel, followers=7)
    channel.removed_at = manager.left_at = timezone.now()
    channel.save()
    manager.save()

    copy = create_strategy(workspace, name="Next", by=marketer.user, copy_of=source)

    (copied,) = Objective.objects.filter(strategy=copy)
    assert copied.goal is None
    assert [audience.name for audience in copied.audiences.all()] == ["Stays"]
    assert not Goal.objects.filter(strategy=copy).exists()
    assert not ChannelStanding.objects.filter(strategy=copy).exists()
    note = StepAnswer.objects.get(strategy=copy)
    assert note.is_not_known
    assert note.finder is None


def test_copy_asks_about_channels_that_came_later(
    workspace: Workspace, marketer: Membership, full: Strategy
) -> None:
    later = Channel.objects.create(workspace=workspace, network="tiktok", handle="@later")

    copy = create_strategy(workspace, name="Next", by=marketer.user, copy_of=full)

    for model in (ChannelStanding, ChannelWatch, PostKind):
        assert model.objects.filter(strategy=copy, channel=later).count() == 1


def test_copy_of_another_workspace_is_refused(
    workspace: Workspace, marketer: Membership, other_workspace: Workspace
) -> None:
    foreign = Strategy.objects.create(workspace=other_workspace, name="Theirs")

    with pytest.raises(Refusal):
        create_strategy(workspace, name="Mine", by=marketer.user, copy_of=foreign)

    assert not Strategy.objects.filter(workspace=workspace).exists()


def test_copy_costs_the_same_number_of_queries_with_1_and_30_rows(
    workspace: Workspace, marketer: Membership, full: Strategy
) -> None:
    with CaptureQueriesContext(connection) as few:
        create_strategy(workspace, name="Next", by=marketer.user, copy_of=full)
    for number in range(30):
        audience = Audience.objects.create(strategy=full, name=f"Audience {number}")
        message = KeyMessage.objects.create(strategy=full, text=f"Message {number}")
        message.audiences.add(audience)

    with CaptureQueriesContext(connection) as many:
        create_strategy(workspace, name="Next", by=marketer.user, copy_of=full)

    assert len(many) == len(few)


# --- a starter ---------------------------------------------------------------------------------


@pytest.mark.parametrize("starter", STARTERS.values(), ids=list(STARTERS))
@time_machine.travel("2026-11-23 12:00")
def test_starter_answers_every_kind_with_values_that_fit(
    workspace: Workspace, marketer: Membership, starter: Starter
) -> None:
    strategy = create_strategy(workspace, name="Shop", by=marketer.user, starter=starter)

    answers = load_answers(strategy)
    for code in KINDS:
        assert answers.of_kind(code), code
    for kind in KINDS.values():
        owner = {"workspace": workspace} if kind.is_shared else {"strategy": strategy}
        for row in kind.model._default_manager.filter(**owner):
            row.full_clean()
            for name in kind.fields:
                assert "__proxy__" not in str(getattr(row, name))
    plan = answers.content_plan
    assert (plan.promotional or 0) + (plan.informative or 0) + (plan.engagement or 0) == 100
    assert answers.period.starts_on == date(2026, 12, 1)
    assert answers.period.ends_on == date(2027, 5, 31)


@pytest.mark.parametrize("starter", STARTERS.values(), ids=list(STARTERS))
def test_starter_keeps_every_reference_of_its_rows(
    workspace: Workspace, marketer: Membership, starter: Starter
) -> None:
    create_strategy(workspace, name="Shop", by=marketer.user, starter=starter)

    for kind in KINDS.values():
        for many in kind.model._meta.many_to_many:
            drafts = [draft for draft in starter.rows if draft.kind == kind.code]
            wanted = sum(len(draft.values.get(many.name, ())) for draft in drafts)
            through: Any = many.remote_field.through
            assert through.objects.count() == wanted, many


@pytest.mark.parametrize("starter", STARTERS.values(), ids=list(STARTERS))
def test_days_of_an_outline_lie_in_its_period_on_any_day_it_is_used(
    workspace: Workspace, marketer: Membership, starter: Starter
) -> None:
    for month in range(1, 13):
        with time_machine.travel(date(2027, month, 28)):
            strategy = create_strategy(workspace, name="Shop", by=marketer.user, starter=starter)
        period = Period.objects.get(strategy=strategy)
        assert period.starts_on
        assert period.ends_on
        assert period.starts_on.day == 1
        assert (period.ends_on + timedelta(days=1)).day == 1
        answers = load_answers(strategy)
        for objective in answers.objectives:
            assert objective.by_on
            assert period.starts_on <= objective.by_on <= period.ends_on
        for activity in answers.activities:
            assert activity.starts_on
            assert activity.ends_on
            assert period.starts_on <= activity.starts_on <= activity.ends_on <= period.ends_on


def test_starter_takes_the_channels_that_are_there(
    workspace: Workspace, marketer: Membership
) -> None:
    mine = Channel.objects.create(workspace=workspace, network="instagram", handle="@mine")

    create_strategy(workspace, name="Shop", by=marketer.user, starter=STARTERS["small-shop"])

    assert list(Channel.objects.filter(network="instagram")) == [mine]
    made = Channel.objects.exclude(pk=mine.pk)
    assert {channel.state for channel in made} == {ChannelState.PLANNED}
    assert {channel.network for channel in made} == {"facebook", "other"}


def test_starter_takes_no_channel_that_was_removed_or_is_of_another_workspace(
    workspace: Workspace, marketer: Membership, other_workspace: Workspace
) -> None:
    for here, gone in ((workspace, timezone.now()), (other_workspace, None)):
        Channel.objects.create(workspace=here, network="instagram", removed_at=gone)

    create_strategy(workspace, name="Shop", by=marketer.user, starter=STARTERS["small-shop"])

    made = Channel.objects.for_workspace(workspace).live().get(network="instagram")
    assert made.state == ChannelState.PLANNED


def test_starter_again_adds_no_channel(workspace: Workspace, marketer: Membership) -> None:
    for _ in range(2):
        create_strategy(workspace, name="Shop", by=marketer.user, starter=STARTERS["small-shop"])

    assert Channel.objects.count() == len(STARTERS["small-shop"].channels)


def test_starter_can_be_copied(workspace: Workspace, marketer: Membership) -> None:
    source = create_strategy(
        workspace, name="Shop", by=marketer.user, starter=STARTERS["small-shop"]
    )

    copy = create_strategy(workspace, name="Shop", by=marketer.user, copy_of=source)

    before, after = without_uids(load_answers(source)), without_uids(load_answers(copy))
    before.pop("period")
    after.pop("period")
    assert after == before


# --- name and state -----------------------------------------------------------------------------


def test_rename_leaves_before_and_after(workspace: Workspace, marketer: Membership) -> None:
    strategy = Strategy.objects.create(workspace=workspace, name="Spring")

    rename_strategy(strategy, name="Spring 2027", before="Spring", by=marketer.user)

    strategy.refresh_from_db()
    assert strategy.name == "Spring 2027"
    assert Record.objects.get().changes == {"name": ["Spring", "Spring 2027"]}


def test_rename_to_the_same_name_leaves_nothing(workspace: Workspace, marketer: Membership) -> None:
    strategy = Strategy.objects.create(workspace=workspace, name="Spring")

    rename_strategy(strategy, name="Spring", before="Spring", by=marketer.user)

    assert not Record.objects.exists()


def test_archive_and_reopen(workspace: Workspace, marketer: Membership) -> None:
    strategy = Strategy.objects.create(workspace=workspace, name="Spring")

    archive_strategy(strategy, by=marketer.user)
    archive_strategy(strategy, by=marketer.user)
    strategy.refresh_from_db()
    archived = strategy.state
    reopen_strategy(strategy, by=marketer.user)
    reopen_strategy(strategy, by=marketer.user)
    strategy.refresh_from_db()

    assert archived == StrategyState.ARCHIVED
    assert strategy.state == StrategyState.OPEN
    assert [record.verb for record in Record.objects.order_by("pk")] == [
        "strategies.strategy_archived",
        "strategies.strategy_reopened",
    ]


def version_of(strategy: Strategy, state: VersionState, **values: Any) -> StrategyVersion:
    """A version straight in the database."""
    author = Membership.objects.filter(workspace=strategy.workspace).first()
    assert author
    decided = {"decided_by": author.user, "decided_at": timezone.now()}
    return StrategyVersion.objects.create(
        **{
            "strategy": strategy,
            "number": 1,
            "state": state,
            "schema": SCHEMA,
            "snapshot": {},
            "starts_on": date(2026, 7, 1),
            "ends_on": date(2026, 12, 31),
            "promotional": 20,
            "informative": 40,
            "engagement": 40,
            "submitted_by": author.user,
            "answer_by_on": date(2026, 12, 1),
            **(decided if state != VersionState.SUBMITTED else {}),
            **values,
        }
    )


@pytest.mark.parametrize("state", [VersionState.SUBMITTED, VersionState.APPROVED])
@time_machine.travel("2026-11-23 12:00")
def test_archive_is_refused_while_a_version_waits_or_holds(
    workspace: Workspace, marketer: Membership, state: VersionState
) -> None:
    strategy = Strategy.objects.create(workspace=workspace, name="Spring")
    version_of(strategy, state)

    with pytest.raises(Refusal):
        archive_strategy(strategy, by=marketer.user)

    strategy.refresh_from_db()
    assert strategy.is_open


@pytest.mark.parametrize(
    ("now", "is_open"), [("2026-12-31 22:59", True), ("2026-12-31 23:01", False)]
)
def test_archive_is_refused_through_the_last_day_in_the_zone_of_the_workspace(
    workspace: Workspace, marketer: Membership, now: str, is_open: bool
) -> None:
    strategy = Strategy.objects.create(workspace=workspace, name="Spring")
    version_of(strategy, VersionState.APPROVED)

    with time_machine.travel(now, tick=False), suppress(Refusal):
        archive_strategy(strategy, by=marketer.user)

    strategy.refresh_from_db()
    assert strategy.is_open == is_open


@time_machine.travel("2026-11-23 12:00")
def test_archive_is_open_to_a_strategy_whose_versions_are_all_decided(
    workspace: Workspace, marketer: Membership
) -> None:
    strategy = Strategy.objects.create(workspace=workspace, name="Spring")
    other = Strategy.objects.create(workspace=workspace, name="Other")
    version_of(strategy, VersionState.CHANGES_REQUESTED)
    version_of(other, VersionState.SUBMITTED)

    archive_strategy(strategy, by=marketer.user)

    strategy.refresh_from_db()
    assert not strategy.is_open


def test_renaming_archiving_and_reopening_touch_no_other(
    workspace: Workspace, marketer: Membership
) -> None:
    strategy, other = (
        Strategy.objects.create(workspace=workspace, name="Spring") for _number in range(2)
    )
    away = Strategy.objects.create(workspace=workspace, name="Away", state=StrategyState.ARCHIVED)

    rename_strategy(strategy, name="Mine", before="Spring", by=marketer.user)
    archive_strategy(strategy, by=marketer.user)
    other.refresh_from_db()
    assert (other.name, other.state) == ("Spring", StrategyState.OPEN)

    reopen_strategy(strategy, by=marketer.user)
    away.refresh_from_db()
    assert (away.name, away.state) == ("Away", StrategyState.ARCHIVED)


def test_reopen_of_one_that_is_open_leaves_no_record(
    workspace: Workspace, marketer: Membership
) -> None:
    strategy = Strategy.objects.create(workspace=workspace, name="Spring")

    reopen_strategy(strategy, by=marketer.user)

    assert strategy.is_open
    assert not Record.objects.exists()


@time_machine.travel("2027-01-02 12:00")
def test_archive_after_the_period(workspace: Workspace, marketer: Membership) -> None:
    strategy = Strategy.objects.create(workspace=workspace, name="Spring")
    version_of(strategy, VersionState.APPROVED)

    archive_strategy(strategy, by=marketer.user)

    strategy.refresh_from_db()
    assert not strategy.is_open
