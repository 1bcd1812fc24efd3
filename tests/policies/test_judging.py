"""The rules of all policies in force, on one draft; and the pages that set and try them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.exceptions import Conflict
from core.findings import Severity
from networks.models import Channel
from policies.models import Policy, RuleSetting
from policies.rules import RULES, RuleDraft
from policies.services.judging import judge
from policies.services.policies import Publication, add_policy, archive_policy, publish_policy
from policies.services.rules import save_rule, setting_of
from tests.conftest import ClientAs
from tests.policies.conftest import TEXT, Publish
from workspaces.models import Membership, Workspace

WORDS = RULES["words"]


def switch_on(policy: Policy, code: str, by: Membership, **values: Any) -> RuleSetting:
    rule = RULES[code]
    revision = setting_of(policy, rule).revision
    return save_rule(policy, rule, {"is_on": True, **values}, expected=revision, by=by.user)


def draft(text: str = "A guarantee.", **given: Any) -> RuleDraft:
    return RuleDraft(**{"text": text, "today": date(2026, 11, 20), **given})


@pytest.fixture
def words(policy: Policy, admin: Membership) -> RuleSetting:
    return switch_on(policy, "words", admin, words="guarantee", clause="Who may post")


def test_rule_judges_once_its_policy_is_in_force(
    workspace: Workspace, words: RuleSetting, publish: Publish
) -> None:
    assert judge(workspace, draft()) == []

    publish()

    (finding,) = judge(workspace, draft())
    assert finding.severity == Severity.WARNING
    assert finding.code == "word"
    assert (finding.rule, finding.clause) == ("words", "Who may post")
    assert judge(workspace, draft("A lamp.")) == []


def test_rule_of_a_policy_to_come_or_archived_rests(
    workspace: Workspace, policy: Policy, words: RuleSetting, publish: Publish, admin: Membership
) -> None:
    publish(on=workspace.today() + timedelta(days=1))
    assert judge(workspace, draft()) == []

    Policy.objects.update(archived_at=None)
    policy.versions.update(in_force_at=policy.created_at)
    assert judge(workspace, draft())
    archive_policy(policy, by=admin.user)
    assert judge(workspace, draft()) == []


def test_rule_that_is_off_says_nothing(
    workspace: Workspace, policy: Policy, words: RuleSetting, publish: Publish, admin: Membership
) -> None:
    publish()

    save_rule(policy, WORDS, {"is_on": False}, expected=words.revision, by=admin.user)

    assert judge(workspace, draft()) == []


def test_rule_holds_for_those_and_the_channels_that_its_policy_is_for(
    workspace: Workspace, policy: Policy, words: RuleSetting, publish: Publish
) -> None:
    channel = Channel.objects.create(workspace=workspace, network="x", position=1)
    policy.channels.add(channel)
    Policy.objects.update(concerned="externals")
    publish()
    here = {"channel": str(channel.uid), "engagement": "external"}

    assert judge(workspace, draft(**here))
    assert judge(workspace, draft(**{**here, "engagement": "employee"})) == []
    assert judge(workspace, draft(**{**here, "channel": "another"})) == []


def test_severity_is_the_admins_and_managers_wait_for_nobody(
    workspace: Workspace, policy: Policy, words: RuleSetting, publish: Publish, admin: Membership
) -> None:
    switch_on(policy, "words", admin, severity="needs_approval", asks_why=True)
    publish()

    (found,) = judge(workspace, draft(role="marketer"))
    assert (found.severity, found.asks_why) == (Severity.NEEDS_APPROVAL, True)
    (found,) = judge(workspace, draft(role="manager"))
    assert found.severity == Severity.WARNING


def test_nobody_is_asked_why_where_nobody_can_go_on(
    workspace: Workspace, policy: Policy, words: RuleSetting, publish: Publish, admin: Membership
) -> None:
    switch_on(policy, "words", admin, severity="blocker", asks_why=True)
    publish()

    (found,) = judge(workspace, draft())

    assert not found.asks_why


def test_two_policies_with_the_same_rule_say_it_once_at_its_gravest(
    workspace: Workspace, words: RuleSetting, publish: Publish, admin: Membership
) -> None:
    publish()
    second = add_policy(workspace, {"title": "Second", "text": TEXT}, by=admin.user)
    switch_on(second, "words", admin, words="guarantee", severity="blocker")
    publish_policy(second, Publication(), expected=second.revision, by=admin.user)

    (found,) = judge(workspace, draft())

    assert (found.severity, found.policy) == (Severity.BLOCKER, "Second")


def test_judging_asks_three_queries_however_many_rules_are_on(
    workspace: Workspace,
    policy: Policy,
    publish: Publish,
    admin: Membership,
    django_assert_num_queries: Any,
) -> None:
    publish()
    for rule in RULES:
        switch_on(policy, rule.code, admin)

    with django_assert_num_queries(3):
        judge(workspace, draft())


def test_other_workspaces_rules_are_not_asked(
    other_workspace: Workspace, words: RuleSetting, publish: Publish
) -> None:
    publish()

    assert judge(other_workspace, draft()) == []


def test_saving_a_rule_at_an_old_revision_is_a_conflict(
    policy: Policy, words: RuleSetting, admin: Membership
) -> None:
    with pytest.raises(Conflict):
        save_rule(policy, WORDS, {"words": "x"}, expected=words.revision - 1, by=admin.user)


# --- the pages ----------------------------------------------------------------------------------


@pytest.fixture
def admins(admin: Membership, client_as: ClientAs) -> Client:
    return client_as(admin)


def url(name: str, *args: Any) -> str:
    return reverse(f"policies:{name}", args=["fjordlys", *args])


def answers(**given: Any) -> dict[str, Any]:
    return {
        "is_on": "on",
        "severity": "blocker",
        "clause": "Pictures",
        "words": "free\nwinner",
        "how": "exact",
        "exceptions": "",
        "revision": "1",
        **given,
    }


def test_admin_sets_a_rule_and_a_manager_only_looks(
    policy: Policy, admins: Client, manager: Membership, client_as: ClientAs
) -> None:
    managers = client_as(manager)
    assert managers.post(url("rule", policy.uid, "words"), answers()).status_code == 403

    admins.post(url("rule", policy.uid, "words"), answers())

    setting = RuleSetting.objects.get()
    assert (setting.severity, setting.clause) == ("blocker", "Pictures")
    assert setting.parameters["words"] == "free\nwinner"
    page = managers.get(url("rules", policy.uid)).content.decode()
    assert "Must be fixed" in page
    assert url("rule", policy.uid, "words") not in page


def test_every_rule_can_be_opened_and_saved_with_its_defaults(
    policy: Policy, admins: Client
) -> None:
    for rule in RULES:
        form = admins.get(url("rule", policy.uid, rule.code)).context["form"]
        sent = {name: form[name].value() for name in form.fields}
        sent = {name: value for name, value in sent.items() if value not in (None, False)}
        response = admins.post(url("rule", policy.uid, rule.code), {**sent, "is_on": "on"})
        assert response.status_code == 302, response.context["form"].errors

    assert RuleSetting.objects.filter(is_on=True).count() == len(RULES)


@pytest.mark.parametrize(
    ("code", "given", "field"),
    [
        ("too_often", {"most_a_day": "51", "minutes_apart": "1"}, "most_a_day"),
        ("quiet_hours", {"begins": "25:00", "ends": "07:00"}, "begins"),
        ("sensitive_days", {"days": "22 July"}, "days"),
        ("words", {"how": "somehow"}, "how"),
        ("words", {"severity": "deadly"}, "severity"),
        ("words", {"clause": "No such clause"}, "clause"),
    ],
)
def test_what_a_rule_cannot_read_is_refused(
    policy: Policy, admins: Client, code: str, given: dict[str, str], field: str
) -> None:
    response = admins.post(url("rule", policy.uid, code), answers(**given))

    assert field in response.context["form"].errors
    assert not RuleSetting.objects.exists()


def test_two_admins_who_change_the_same_field_are_asked(policy: Policy, admins: Client) -> None:
    began = admins.get(url("rule", policy.uid, "words")).context["form"].began_now
    admins.post(url("rule", policy.uid, "words"), answers(words="theirs"))

    response = admins.post(url("rule", policy.uid, "words"), answers(words="mine", began=began))

    assert response.status_code == 409
    assert [one.name for one in response.context["form"].conflicts] == ["words"]
    assert RuleSetting.objects.get().parameters["words"] == "theirs"


def test_rule_that_there_is_not_is_not_found(policy: Policy, admins: Client) -> None:
    assert admins.get(url("rule", policy.uid, "no-such-rule")).status_code == 404


def test_trying_a_text_says_what_fires_and_why_and_keeps_nothing(
    words: RuleSetting, publish: Publish, marketer: Membership, client_as: ClientAs
) -> None:
    publish()
    client = client_as(marketer)

    page = client.post(url("try"), {"text": "A guarantee."}).content.decode()

    assert "Look at these words again" in page
    assert "Who may post" in page
    assert "No rule has anything to say" in client.post(url("try"), {"text": "Hi"}).content.decode()
    assert client.post(url("try"), {"text": ""}).context["form"].errors


def test_trying_takes_a_channel_of_the_workspace_only(
    other_workspace: Workspace, marketer: Membership, client_as: ClientAs
) -> None:
    foreign = Channel.objects.create(workspace=other_workspace, network="x", position=1)

    response = client_as(marketer).post(url("try"), {"text": "Hi", "channel": foreign.pk})

    assert "channel" in response.context["form"].errors
