"""What was stored before a migration is there after it."""

from datetime import time
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from networks.models import Channel
from strategies.models import Strategy
from workspaces.models import Membership

BEFORE = [("strategies", "0001_initial")]
AFTER = [("strategies", "0004_remove_good_hours")]


def migrate(to: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps


@pytest.mark.django_db(transaction=True)
def test_plans_of_channels_become_kinds_of_post_and_back(marketer: Membership) -> None:
    workspace = marketer.workspace
    strategy = Strategy.objects.create(workspace=workspace, name="Autumn")
    channel = Channel.objects.create(workspace=workspace, network="instagram")
    try:
        old = migrate(BEFORE)
        plan = old.get_model("strategies", "ChannelPlan").objects.create(
            strategy_id=strategy.pk,
            channel_id=channel.pk,
            format="video",
            lowest=3,
            highest=5,
            period="month",
            starts_at=time(17),
            ends_at=time(20),
            not_known=("days",),
        )
        old.get_model("strategies", "ContentPlan").objects.create(
            strategy_id=strategy.pk, minutes_video=200
        )
        old.get_model("strategies", "Milestone").objects.create(
            strategy_id=strategy.pk,
            key="find-out:channel-plan:days",
            kind="find-out",
            row_kind="channel-plan",
            row_uid=str(plan.uid),
            title="Find out",
            due_on="2027-01-01",
        )

        new = migrate(AFTER)

        kind = new.get_model("strategies", "PostKind").objects.get(uid=plan.uid)
        assert (kind.format, kind.lowest, kind.highest) == ("short_video", 3, 5)
        assert (kind.period, kind.times, kind.not_known) == (
            "month",
            (time(17), time(20)),
            ("days",),
        )
        content = new.get_model("strategies", "ContentPlan").objects.get()
        assert (content.minutes_short_video, content.minutes_image) == (200, 30)
        milestone = new.get_model("strategies", "Milestone").objects.get()
        assert (milestone.key, milestone.row_kind) == ("find-out:post-kind:days", "post-kind")

        back = migrate(BEFORE)

        again = back.get_model("strategies", "ChannelPlan").objects.get(uid=plan.uid)
        assert (again.format, again.starts_at, again.ends_at) == ("video", time(17), time(20))
    finally:
        migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
def test_networks_of_figures_become_channels_and_back(marketer: Membership) -> None:
    strategy = Strategy.objects.create(workspace=marketer.workspace, name="Autumn")
    ours = Channel.objects.create(workspace=marketer.workspace, network="instagram")
    Channel.objects.create(workspace=marketer.workspace, network="x")
    try:
        old = migrate([("strategies", "0008_room_for_real_texts")])
        old_kpis = old.get_model("strategies", "Kpi").objects
        figure = old_kpis.create(strategy_id=strategy.pk, networks=("instagram", "tiktok"))

        new = migrate([("strategies", "0009_figures_name_channels")])

        found = new.get_model("strategies", "Kpi").objects.get(pk=figure.pk).channels
        assert list(found.values_list("pk", flat=True)) == [ours.pk]

        old = migrate([("strategies", "0008_room_for_real_texts")])

        assert old.get_model("strategies", "Kpi").objects.get(pk=figure.pk).networks == (
            "instagram",
        )
    finally:
        migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
