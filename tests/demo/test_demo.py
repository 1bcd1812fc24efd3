"""What the demo shows: every state, every kind of answer. Made once for all tests of this file."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import DateTimeField
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.models import User
from activity.activity_types import is_known
from activity.models import Record
from core.findings import Severity
from demo.build import build_demo
from demo.history import MOMENTS
from members.models import Invitation
from networks.models import Channel
from notifications.enums import EMAIL, DeliveryState
from notifications.models import Delivery, Notification
from notifications.models_webhooks import WebhookEndpoint
from policies.domain.text import clauses_of
from policies.models import PolicyVersion
from policies.services.judging import rules_in_force
from policies.services.reading import readers_of
from reminders.models import Schedule
from strategies.domain.answers import from_snapshot, load_answers
from strategies.domain.checks import run_checks
from strategies.domain.questionnaire import KINDS
from strategies.enums import VersionState
from strategies.models import StepComment, Strategy, StrategyVersion
from workspaces.enums import Engagement, Role
from workspaces.models import Membership, Workspace

MAY_LIE_AHEAD = {"expires_at", "next_at", "planned_at", "goes_out_at", "until"}


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Workspace]:
    """The demo inside a transaction around all tests of this file; each test is one inside it."""
    with django_db_blocker.unblock(), override_settings(DEMO_SIGN_INS=True), transaction.atomic():
        workspace = build_demo()
        assert workspace
        yield workspace
        transaction.set_rollback(True)


@pytest.fixture
def demo(made: Workspace, db: None) -> Workspace:
    return made


def in_force(workspace: Workspace) -> StrategyVersion:
    return StrategyVersion.objects.for_workspace(workspace).in_force_on(workspace.today()).get()


def test_demo_has_a_sign_in_for_every_role_and_somebody_from_outside(demo: Workspace) -> None:
    members = Membership.objects.for_workspace(demo).active()

    assert {member.role for member in members} == set(Role.values)
    assert {member.user.email for member in members} >= {
        f"{role}@fjordlys.example" for role in Role.values
    }
    assert all(member.user.is_demo for member in members)
    assert not any(person.has_usable_password() for person in User.objects.all())
    outsider = members.get(engagement=Engagement.EXTERNAL)
    assert outsider.company
    assert outsider.engaged_until
    assert outsider.engaged_until > demo.today()
    assert Invitation.objects.open().filter(workspace=demo).count() == 1


def test_demo_has_a_strategy_in_each_state(demo: Workspace) -> None:
    approved = in_force(demo)
    waiting = StrategyVersion.objects.for_workspace(demo).waiting().get()
    earlier = StrategyVersion.objects.get(strategy=waiting.strategy, number=1)
    begun = Strategy.objects.for_workspace(demo).get(versions=None)

    assert approved.number == 1
    assert (waiting.number, earlier.state) == (2, VersionState.CHANGES_REQUESTED)
    assert StepComment.objects.filter(version=earlier).count() == 3
    assert waiting.snapshot != earlier.snapshot
    assert waiting.answer_by_on >= demo.today()
    assert load_answers(begun).audiences
    assert not load_answers(begun).messages


def test_demo_has_a_policy_that_two_have_not_read_and_some_rules(demo: Workspace) -> None:
    now = timezone.now()
    version = PolicyVersion.objects.for_workspace(demo).in_force(now).get()
    unread = [reader for reader in readers_of(version, now) if reader.read_at is None]

    assert version.number == 2
    assert {reader.member.user.name for reader in unread} == {"Jonas Berg", "Tomas Wirth"}
    assert {reader.by_on for reader in unread} == {demo.today() + timedelta(days=3)}
    assert len(rules_in_force(demo)) > 4
    titles = {clause.title for clause in clauses_of(version.text)}
    assert {one.clause for one in rules_in_force(demo)} <= {"", *titles}


def test_demo_answers_every_kind_in_the_strategy_in_force(demo: Workspace) -> None:
    answers = from_snapshot(in_force(demo).snapshot)

    for code in KINDS:
        rows = answers.of_kind(code)
        assert rows, code
        assert rows[0].uid, code


def test_demo_has_things_to_look_at_but_nothing_that_must_be_fixed(demo: Workspace) -> None:
    for version in StrategyVersion.objects.for_workspace(demo):
        findings = run_checks(
            from_snapshot(version.snapshot),
            version.strategy,
            reviewers_available=True,
            today=demo.today(),
        )

        severities = {finding.severity for finding in findings}
        assert severities == {Severity.WARNING, Severity.TIP}


def test_demo_rows_hold_what_a_form_would_take(demo: Workspace) -> None:
    for strategy in Strategy.objects.for_workspace(demo):
        for model in MOMENTS:
            if any(field.name == "strategy" for field in model._meta.fields):
                for row in model._default_manager.filter(strategy=strategy):
                    row.full_clean()
    for channel in Channel.objects.for_workspace(demo):
        channel.full_clean()


def test_demo_leaves_notices_unread_and_sends_no_old_letters(demo: Workspace) -> None:
    notices = Notification.objects.for_workspace(demo)

    for email in ("manager@fjordlys.example", "marketer@fjordlys.example"):
        assert notices.unread().filter(recipient__email=email).exists()
    assert notices.filter(read_at__isnull=False).exists()
    emails = Delivery.objects.filter(way=EMAIL)
    assert set(emails.values_list("state", flat=True)) == {DeliveryState.SENT}


def test_demo_has_an_example_of_a_webhook_that_is_off(demo: Workspace) -> None:
    (endpoint,) = WebhookEndpoint.objects.for_workspace(demo)
    (delivery,) = Delivery.objects.to_endpoint(endpoint)

    assert not endpoint.is_on
    assert endpoint.host.endswith(".example")
    assert delivery.state == DeliveryState.CANCELLED


def test_demo_log_is_told_in_sentences_and_lies_in_the_past(demo: Workspace) -> None:
    records = Record.objects.for_workspace(demo)
    verbs = set(records.values_list("verb", flat=True))

    assert records.count() > 50
    assert not [verb for verb in verbs if not is_known(verb)]
    days = {record.at.date() for record in records}
    assert len(days) > 8


def test_demo_happened_before_today(demo: Workspace) -> None:
    """Of every model: one that ``MOMENTS`` has forgotten would have been written just now."""
    today = datetime.combine(demo.today(), time.min, tzinfo=demo.zone)
    late = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in settings.LOCAL_APPS
        for field in model._meta.fields
        if isinstance(field, DateTimeField) and field.name not in MAY_LIE_AHEAD
        if model._default_manager.filter(**{f"{field.name}__gte": today}).exists()
    ]

    assert late == []


def test_demo_has_reminders_that_came_and_one_a_role_that_comes_in_a_minute(
    demo: Workspace,
) -> None:
    came = Notification.objects.for_workspace(demo).filter(kind__startswith="reminders.")
    soon = Schedule.objects.own().due(timezone.now() + timedelta(minutes=2))

    assert came.filter(kind="reminders.own").exists()
    assert came.filter(kind="reminders.from_other").exists()
    assert all(notice.url.startswith("/w/") for notice in came)
    emails = {f"{role}@fjordlys.example" for role in Role.values}
    assert set(soon.values_list("recipient__email", flat=True)) == emails
