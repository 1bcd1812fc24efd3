"""Publishing and reading: what the services do, and every way in which they refuse."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.exceptions import Conflict, Refusal
from networks.models import Channel
from notifications.models import Delivery, Notification
from notifications.notification_types import type_of
from policies.models import Acknowledgement, Policy, PolicyVersion
from policies.services import policies as services
from policies.services.policies import (
    Publication,
    archive_policy,
    publish_policy,
    restore_policy,
    save_policy,
    withdraw_version,
)
from policies.services.reading import (
    NotInForce,
    acknowledge,
    due_for,
    may_post,
    readers_of,
    record_signed_copy,
    remind_readers,
)
from tests.factories import MembershipFactory
from tests.policies.conftest import NEW_TEXT, TEXT, Publish
from workspaces.enums import Engagement
from workspaces.models import Membership, Workspace

DAY = timedelta(days=1)


# --- publishing ---------------------------------------------------------------------------------


def test_first_version_must_be_read(publish: Publish) -> None:
    with pytest.raises(Refusal, match="Publish the first version"):
        publish(is_major=False)


def test_version_is_to_be_read_within_a_week(publish: Publish, workspace: Workspace) -> None:
    assert publish().read_by_on == workspace.today() + 7 * DAY


def test_refuses_an_empty_text(policy: Policy, publish: Publish) -> None:
    Policy.objects.update(text=" \n")

    with pytest.raises(Refusal, match="no text"):
        publish()


def test_refuses_what_has_not_changed(publish: Publish) -> None:
    publish()

    with pytest.raises(Refusal, match="Nothing has changed"):
        publish()


def test_refuses_days_that_do_not_fit(publish: Publish, workspace: Workspace) -> None:
    today = workspace.today()

    with pytest.raises(Refusal, match="today or a later day"):
        publish(on=today - DAY)
    with pytest.raises(Refusal, match="before it is published"):
        publish(on=today + 2 * DAY, read_by_on=today + DAY)


def test_refuses_a_second_coming_version(publish: Publish, workspace: Workspace) -> None:
    publish()
    publish(NEW_TEXT, on=workspace.today() + DAY)

    with pytest.raises(Refusal, match="Take it back first"):
        publish("Other.")


def test_small_change_asks_nobody_but_one_for_other_people_does(
    policy: Policy, publish: Publish, marketer: Membership
) -> None:
    acknowledge(publish(), by=marketer)

    publish(NEW_TEXT, is_major=False)

    assert due_for(marketer, timezone.now()) == []
    Policy.objects.update(concerned="employees", text="Another text.")
    with pytest.raises(Refusal, match="other people or channels"):
        publish(is_major=False)


def test_archived_policy_is_neither_saved_nor_published(
    policy: Policy, publish: Publish, admin: Membership
) -> None:
    archive_policy(policy, by=admin.user)

    with pytest.raises(Refusal, match="archived"):
        publish()
    with pytest.raises(Refusal, match="archived"):
        save_policy(policy, {"text": "x"}, expected=policy.revision, by=admin.user)


def test_publishing_at_an_old_revision_is_a_conflict(policy: Policy, admin: Membership) -> None:
    with pytest.raises(Conflict):
        publish_policy(policy, Publication(), expected=policy.revision + 1, by=admin.user)

    assert not PolicyVersion.objects.exists()


def test_version_comes_into_force_at_midnight_of_the_workspace(
    publish: Publish, workspace: Workspace
) -> None:
    day = workspace.today() + 3 * DAY

    version = publish(on=day)

    assert version.in_force_at.astimezone(workspace.zone) == datetime(
        day.year, day.month, day.day, tzinfo=workspace.zone
    )
    assert not PolicyVersion.objects.in_force(version.in_force_at - timedelta(seconds=1)).exists()
    assert PolicyVersion.objects.in_force(version.in_force_at).get() == version


def test_version_in_force_is_not_taken_back(publish: Publish, admin: Membership) -> None:
    version = publish()

    with pytest.raises(Refusal, match="in force already"):
        withdraw_version(version, by=admin.user)


def test_taking_back_twice_does_it_once_and_frees_the_way(
    publish: Publish, admin: Membership, workspace: Workspace
) -> None:
    version = publish(on=workspace.today() + DAY)

    assert withdraw_version(version, by=admin.user)
    assert not withdraw_version(version, by=admin.user)
    assert publish().number == 2
    assert not Delivery.objects.filter(
        notification__subject_uid=version.uid, state="waiting"
    ).exists()


def test_archiving_and_restoring_do_it_once(policy: Policy, admin: Membership) -> None:
    assert archive_policy(policy, by=admin.user)
    assert not archive_policy(policy, by=admin.user)
    assert restore_policy(policy, by=admin.user)
    assert not restore_policy(policy, by=admin.user)


def test_too_many_policies_are_refused(
    policy: Policy, admin: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "POLICIES_AT_MOST", 1)

    with pytest.raises(Refusal, match="the most there may be"):
        services.add_policy(policy.workspace, {"title": "Another"}, by=admin.user)
    archive_policy(policy, by=admin.user)
    services.add_policy(policy.workspace, {"title": "Another"}, by=admin.user)
    with pytest.raises(Refusal, match="the most there may be"):
        restore_policy(policy, by=admin.user)


def test_version_keeps_title_text_and_channels_for_ever(
    policy: Policy, publish: Publish, admin: Membership
) -> None:
    channel = Channel.objects.create(workspace=policy.workspace, network="x", position=1)
    policy.channels.add(channel)
    first = publish()

    save_policy(
        policy,
        {"text": NEW_TEXT, "title": "Other", "channels": []},
        expected=Policy.objects.get().revision,
        by=admin.user,
    )

    first.refresh_from_db()
    assert (first.title, first.text) == ("Social media policy", TEXT)
    assert list(first.channels.all()) == [channel]


# --- reading ------------------------------------------------------------------------------------


def test_acceptance_stays_with_its_version(publish: Publish, marketer: Membership) -> None:
    first = publish()
    acknowledge(first, by=marketer)

    publish(NEW_TEXT)

    assert Acknowledgement.objects.get(member=marketer).version.text == TEXT
    assert [due.version.number for due in due_for(marketer, timezone.now())] == [2]


def test_older_and_coming_versions_cannot_be_accepted(
    publish: Publish, marketer: Membership, workspace: Workspace
) -> None:
    first = publish()
    second = publish(NEW_TEXT)
    coming = publish("Third.", on=workspace.today() + DAY)

    for version in (first, coming):
        with pytest.raises(NotInForce):
            acknowledge(version, by=marketer)
    assert acknowledge(second, by=marketer)
    assert not acknowledge(second, by=marketer)


def test_archived_policy_cannot_be_accepted(
    policy: Policy, publish: Publish, marketer: Membership, admin: Membership
) -> None:
    version = publish()
    archive_policy(policy, by=admin.user)

    with pytest.raises(NotInForce):
        acknowledge(version, by=marketer)


def test_policy_for_externals_asks_only_them(
    policy: Policy, publish: Publish, marketer: Membership, outsider: Membership
) -> None:
    Policy.objects.update(concerned="externals")
    version = publish()

    assert due_for(marketer, timezone.now()) == []
    with pytest.raises(Refusal, match="for others"):
        acknowledge(version, by=marketer)
    assert [reader.member for reader in readers_of(version, timezone.now())] == [outsider]


def test_database_keeps_one_acceptance_a_member(publish: Publish, marketer: Membership) -> None:
    version = publish()
    acknowledge(version, by=marketer)

    with pytest.raises(IntegrityError), transaction.atomic():
        Acknowledgement.objects.create(version=version, member=marketer, recorded_by=marketer.user)


# --- what follows from not having read it ---------------------------------------------------------


def test_nothing_follows_until_the_day_is_over_and_then_new_posts_wait(
    publish: Publish, contributor: Membership, workspace: Workspace
) -> None:
    version = publish()
    assert version.read_by_on
    last = datetime.combine(
        version.read_by_on, datetime.max.time().replace(microsecond=0), tzinfo=workspace.zone
    )

    assert may_post(contributor, last).allowed
    answer = may_post(contributor, last + timedelta(seconds=1))
    assert not answer.allowed
    assert "Social media policy" in answer.why
    assert answer.url == version.policy.get_absolute_url()


def test_having_read_it_late_lifts_it(publish: Publish, contributor: Membership) -> None:
    version = publish()
    later = timezone.now() + 30 * DAY
    assert not may_post(contributor, later).allowed

    acknowledge(version, by=contributor)

    assert may_post(contributor, later).allowed


def test_employee_who_joins_later_is_due_on_joining(
    publish: Publish, contributor: Membership, workspace: Workspace
) -> None:
    version = publish()
    joined = version.in_force_at + 2 * DAY
    contributor.joined_at = joined

    (due,) = due_for(contributor, joined)

    assert due.by_on == workspace.today(joined)
    assert not due.is_late
    assert not may_post(contributor, joined + DAY).allowed


def test_external_who_joins_later_reads_first(publish: Publish, outsider: Membership) -> None:
    version = publish()
    assert may_post(outsider, version.in_force_at).allowed
    outsider.joined_at = version.in_force_at + timedelta(hours=1)

    assert not may_post(outsider, outsider.joined_at).allowed


def test_policy_for_some_channels_stops_posts_on_these_only(
    policy: Policy, publish: Publish, contributor: Membership
) -> None:
    mine, other = (
        Channel.objects.create(workspace=policy.workspace, network=code, position=place)
        for place, code in enumerate(("x", "instagram"), start=1)
    )
    policy.channels.add(mine)
    publish()
    later = timezone.now() + 30 * DAY

    assert not may_post(contributor, later).allowed
    assert not may_post(contributor, later, channels=[mine.uid]).allowed
    assert may_post(contributor, later, channels=[other.uid]).allowed


def test_archived_and_coming_policies_ask_nothing(
    policy: Policy, publish: Publish, contributor: Membership, admin: Membership
) -> None:
    publish(on=policy.workspace.today() + DAY)
    assert due_for(contributor, timezone.now()) == []
    later = timezone.now() + 30 * DAY
    assert due_for(contributor, later)

    archive_policy(policy, by=admin.user)

    assert due_for(contributor, later) == []


def test_day_counts_in_the_zone_of_the_workspace(
    publish: Publish, contributor: Membership, workspace: Workspace
) -> None:
    workspace.timezone = "Pacific/Auckland"
    workspace.save()
    contributor.workspace = workspace
    with time_machine.travel(datetime(2027, 4, 1, 12, tzinfo=UTC), tick=False):
        version = publish(read_by_on=date(2027, 4, 3))

    # The clocks go back in the night to 4 April: midnight is 11:00 UTC.
    assert version.read_by_on == date(2027, 4, 3)
    assert may_post(contributor, datetime(2027, 4, 3, 10, 59, tzinfo=UTC)).allowed
    assert not may_post(contributor, datetime(2027, 4, 3, 11, 0, tzinfo=UTC)).allowed


# --- telling people -----------------------------------------------------------------------------


def test_publishing_tells_those_concerned_but_not_who_did_it(
    publish: Publish, admin: Membership, marketer: Membership, outsider: Membership
) -> None:
    publish()

    told = Notification.objects.filter(kind="policies.published")
    assert {notice.recipient for notice in told} == {marketer.user, outsider.user}
    assert Delivery.objects.filter(notification__in=told, way="email").count() == 2


def test_small_change_tells_nobody(publish: Publish, marketer: Membership) -> None:
    publish()
    Notification.objects.all().delete()

    publish(NEW_TEXT, is_major=False)

    assert not Notification.objects.exists()


def test_email_about_a_coming_version_waits_for_its_day(
    publish: Publish, marketer: Membership, workspace: Workspace
) -> None:
    version = publish(on=workspace.today() + 2 * DAY)

    assert Delivery.objects.get().due_at == version.in_force_at


def test_email_is_not_sent_once_it_was_read_and_the_notice_counts_as_read(
    publish: Publish, marketer: Membership
) -> None:
    version = publish()
    notice = Notification.objects.get(recipient=marketer.user)
    recheck = type_of(notice.kind).recheck
    assert recheck(notice) == ""

    acknowledge(version, by=marketer)

    notice.refresh_from_db()
    assert notice.read_at is not None
    assert "has been read" in str(recheck(notice))


def test_email_says_until_when(publish: Publish, marketer: Membership) -> None:
    version = publish()
    notice = Notification.objects.get(recipient=marketer.user)

    more = type_of(notice.kind).more(notice)

    assert more["due"].by_on == version.read_by_on


def test_reminding_leaves_out_those_who_have_read(
    publish: Publish, marketer: Membership, contributor: Membership, admin: Membership
) -> None:
    version = publish()
    acknowledge(version, by=marketer)
    acknowledge(version, by=admin)

    assert remind_readers(version, by=admin.user) == 1
    assert remind_readers(version, by=admin.user) == 0
    assert Notification.objects.get(kind="policies.reminded").recipient == contributor.user


# --- who has read -------------------------------------------------------------------------------


def test_readers_ask_the_same_number_of_queries_for_many(
    publish: Publish, workspace: Workspace, django_assert_num_queries: object
) -> None:
    version = publish()
    version.policy.workspace = workspace
    for number in range(30):
        member = MembershipFactory.create(workspace=workspace, engagement=Engagement.EMPLOYEE)
        if number % 2:
            acknowledge(version, by=member)

    with django_assert_num_queries(2):  # type: ignore[operator]
        readers = readers_of(version, timezone.now())

    assert len(readers) == 31
    assert [reader.read_at is None for reader in readers] == [True] * 16 + [False] * 15


def test_signed_copy_of_another_version_is_refused(publish: Publish, admin: Membership) -> None:
    first = publish()
    publish(NEW_TEXT)

    with pytest.raises(NotInForce):
        record_signed_copy(
            first,
            name="Pia",
            company="",
            signed_on=date(2026, 1, 1),
            by=admin.user,
            uid=first.uid,
        )
