"""People from outside read the policies before they get access to a channel."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from networks.findings import findings_on
from networks.models import AccessGrant, Channel
from networks.services_access import ConditionsUnmet, add_access
from policies.channel_findings import find_unread
from policies.models import Policy
from policies.services.reading import acknowledge, record_signed_copy
from tests.conftest import ClientAs
from tests.networks.accesses import OUTSIDER, make_access, make_channel, said
from tests.policies.conftest import Publish
from tests.queries import counted
from workspaces.models import Membership, Workspace


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return make_channel(workspace)


def unread_on(channel: Channel) -> list[str]:
    found = findings_on(channel.workspace, [channel], channel.workspace.today())
    return [str(one.sentence) for one in found if one.code == "access-policy-unread"]


def sign(policy: Policy, by: Membership) -> None:
    record_signed_copy(
        policy.versions.latest("number"),
        name="METTE Krogh",
        company=OUTSIDER["outsider_company"],
        signed_on=policy.workspace.today(),
        by=by.user,
        uid=uuid4(),
    )


def test_external_member_gets_access_once_the_policy_is_read(
    channel: Channel, publish: Publish, outsider: Membership, marketer: Membership
) -> None:
    version = publish()
    with pytest.raises(ConditionsUnmet, match="has not read “Social media policy”"):
        add_access(channel, said(outsider), by=marketer.user)
    assert not AccessGrant.objects.exists()

    acknowledge(version, by=outsider)
    assert add_access(channel, said(outsider), by=marketer.user).member == outsider


def test_outsider_gets_access_once_a_signed_copy_is_on_file(
    channel: Channel, policy: Policy, publish: Publish, marketer: Membership
) -> None:
    publish()
    with pytest.raises(ConditionsUnmet, match="signed by Mette Krogh"):
        add_access(channel, said(None), by=marketer.user)

    sign(policy, marketer)
    assert add_access(channel, said(None), by=marketer.user)


def test_employees_and_policies_of_other_channels_ask_nothing(
    channel: Channel, policy: Policy, publish: Publish, reader: Membership, marketer: Membership
) -> None:
    policy.channels.add(make_channel(channel.workspace, "@other"))
    publish()

    assert add_access(channel, said(reader), by=marketer.user)
    assert add_access(channel, said(None), by=marketer.user)


def test_second_access_waits_only_for_what_is_late(
    channel: Channel, publish: Publish, outsider: Membership, marketer: Membership
) -> None:
    make_access(make_channel(channel.workspace, "@first"), outsider)
    version = publish()

    assert add_access(channel, said(outsider), by=marketer.user)
    late = channel.workspace.today() - timedelta(days=1)
    type(version).objects.update(read_by_on=late)
    with pytest.raises(ConditionsUnmet):
        add_access(channel, said(outsider, level="admin"), by=marketer.user)


def test_access_that_is_there_already_is_recorded_and_to_be_looked_at(
    channel: Channel,
    policy: Policy,
    publish: Publish,
    client_as: ClientAs,
    marketer: Membership,
    outsider: Membership,
) -> None:
    version = publish()
    client, address = client_as(marketer), reverse("networks:access_add", args=["fjordlys"])
    data: dict[str, Any] = {
        "channel": str(channel.uid),
        "member": outsider.pk,
        "level": "editor",
        "login": "personal",
        "two_factor": "yes",
        "token": "t",
    }
    assert "has_it_already" not in client.get(address).content.decode()
    refused = client.post(address, data).content.decode()
    assert "Before this access is given" in refused
    assert policy.get_absolute_url() in refused
    assert not AccessGrant.objects.exists()

    client.post(address, {**data, "has_it_already": "on"})
    assert AccessGrant.objects.get().member == outsider
    assert unread_on(channel) == []  # its day has not come
    type(version).objects.update(read_by_on=channel.workspace.today() - timedelta(days=1))
    assert len(unread_on(channel)) == 1
    acknowledge(version, by=outsider)
    assert unread_on(channel) == []


def test_outsider_without_a_signed_copy_is_found_after_the_day(
    channel: Channel, policy: Policy, publish: Publish, marketer: Membership
) -> None:
    version = publish()
    make_access(channel, None)
    assert unread_on(channel) == []

    type(version).objects.update(read_by_on=timezone.now().date() - timedelta(days=2))
    assert "no signed copy" in unread_on(channel)[0]
    sign(policy, marketer)
    assert unread_on(channel) == []


def test_accesses_are_read_only_where_a_policy_binds_people_from_outside(
    channel: Channel, publish: Publish, workspace: Workspace
) -> None:
    make_access(channel, None)
    look = partial(find_unread, workspace, [channel], workspace.today())
    assert counted(lambda: list(look())) == 1

    publish()
    assert counted(lambda: list(look())) > 1


def test_findings_ask_the_same_number_of_questions_for_every_length(
    channel: Channel, publish: Publish, workspace: Workspace
) -> None:
    publish(read_by_on=workspace.today() + timedelta(days=1))
    make_access(channel, None)
    few = counted(lambda: findings_on(workspace, [channel], workspace.today()))
    channels = [make_channel(workspace, f"@{number}") for number in range(10)]
    for one in channels:
        make_access(one, None, name=f"Person {one}", company="Agency")

    assert counted(lambda: findings_on(workspace, channels, workspace.today())) == few
