"""Making the demo: in demo mode only, once, on any day of the year."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.models import User
from activity.models import Record
from demo.build import build_demo
from measurement.models import Reading
from strategies.enums import MilestoneState
from strategies.models import Milestone, Period, StrategyVersion
from tests.factories import UserFactory
from workspaces.models import Workspace

pytestmark = pytest.mark.django_db


def test_demo_is_refused_outside_demo_mode() -> None:
    with pytest.raises(CommandError):
        call_command("create_demo")

    assert not User.objects.exists()


def test_build_demo_is_refused_outside_demo_mode() -> None:
    with pytest.raises(ImproperlyConfigured):
        build_demo()

    assert not User.objects.exists()


def test_demo_if_new_leaves_people_alone(settings: Settings) -> None:
    settings.DEMO_SIGN_INS = True
    UserFactory()

    call_command("create_demo", "--if-new")

    assert not User.objects.filter(is_demo=True).exists()


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2028, 2, 29), date(2026, 8, 31)])
def test_demo_is_made_once_and_its_roadmap_is_half_done_on_any_day(
    settings: Settings, day: date
) -> None:
    settings.DEMO_SIGN_INS = True
    with time_machine.travel(f"{day} 10:00"):
        call_command("create_demo")
        before = (User.objects.count(), Record.objects.count())
        call_command("create_demo")

        assert build_demo() is None
        assert (User.objects.count(), Record.objects.count()) == before
        workspace = Workspace.objects.get()
        today = workspace.today()
        approved = StrategyVersion.objects.for_workspace(workspace).in_force_on(today).get()
        roadmap = Milestone.objects.filter(strategy=approved.strategy)
        done = roadmap.filter(state=MilestoneState.DONE)
        undone = roadmap.exclude(state=MilestoneState.DONE)
        assert done.count() >= 6
        assert Reading.objects.for_workspace(workspace).count() >= 6
        assert 2 <= undone.filter(due_on__lt=today).count() <= 5
        assert undone.filter(due_on__gte=today).count() >= 8
        assert undone.filter(state=MilestoneState.BEGUN).exists()
        assert {milestone.phase for milestone in roadmap} == {"prepare", "start", "run", "review"}
        next_period = Period.objects.exclude(starts_on=None).order_by("-starts_on")[0]
        assert next_period.starts_on
        assert next_period.starts_on > today
