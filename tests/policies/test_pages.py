"""The pages of policies."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activity.activity_types import is_known
from activity.models import Record
from policies.models import Acknowledgement, Policy, PolicyVersion, RuleSetting
from tests.conftest import ClientAs
from tests.factories import MembershipFactory
from tests.policies.conftest import NEW_TEXT, TEXT, Publish
from workspaces.enums import Engagement
from workspaces.models import Membership, Workspace


@pytest.fixture
def managers(manager: Membership, client_as: ClientAs) -> Client:
    return client_as(manager)


@pytest.fixture
def admins(admin: Membership, client_as: ClientAs) -> Client:
    return client_as(admin)


def url(name: str, *args: Any) -> str:
    return reverse(f"policies:{name}", args=["fjordlys", *args])


def body(response: Any) -> str:
    return str(response.content.decode())


# --- list and beginning -------------------------------------------------------------------------


def test_list_of_nothing_offers_the_first_step_to_those_who_may(
    managers: Client, marketer: Membership, client_as: ClientAs
) -> None:
    assert url("add") in body(managers.get(url("list")))
    assert url("add") not in body(client_as(marketer).get(url("list")))


def test_draft_is_seen_by_those_who_draft_only(
    policy: Policy, managers: Client, marketer: Membership, client_as: ClientAs
) -> None:
    assert policy.title in body(managers.get(url("list")))
    assert policy.title not in body(client_as(marketer).get(url("list")))
    assert client_as(marketer).get(url("policy", policy.uid)).status_code == 404
    assert client_as(marketer).get(url("draft", policy.uid)).status_code == 403


def test_list_asks_the_same_number_of_queries_for_one_policy_and_for_many(
    policy: Policy, publish: Publish, managers: Client, admin: Membership
) -> None:
    publish()
    managers.get(url("list"))
    with CaptureQueriesContext(
        connection,
    ) as one:
        managers.get(url("list"))
    for number in range(20):
        Policy.objects.create(
            workspace=policy.workspace, title=f"Policy {number}", created_by=admin.user
        )
    with CaptureQueriesContext(connection) as many:
        managers.get(url("list"))

    assert len(many) == len(one)


def test_adding_with_a_starter_begins_with_its_text(managers: Client) -> None:
    response = managers.post(url("add"), {"begin_with": "externals", "token": "t"})

    policy = Policy.objects.get()
    assert response["Location"] == url("edit", policy.uid)
    assert policy.concerned == "externals"
    assert policy.text.startswith("## What you do for us\n\n")
    assert policy.title == "Policy for externals and agencies"


def test_adding_twice_with_one_page_makes_one_policy(managers: Client) -> None:
    for _again in range(2):
        managers.post(url("add"), {"begin_with": "everyone", "title": "Ours", "token": "t"})

    assert Policy.objects.get().title == "Ours"


def test_adding_an_empty_page_needs_a_title(managers: Client) -> None:
    response = managers.post(url("add"), {"begin_with": "blank"})

    assert "Give it a title." in body(response)
    assert not Policy.objects.exists()


def test_adding_from_a_file_takes_title_and_text(managers: Client) -> None:
    content = b"---\ntitle: Our policy\n---\n\n# Rules\n\nAsk {% slack_channel %} first.\n"
    file = SimpleUploadedFile("policy.md", content, "text/markdown")

    managers.post(url("add"), {"begin_with": "everyone", "file": file})

    policy = Policy.objects.get()
    assert policy.title == "Our policy"
    assert "{% slack_channel %}" in policy.text
    assert policy.text.startswith("```\ntitle: Our policy\n```")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00\x01\xff\xfe\x81", "not a text file"),
        (b"   \n", "no text in this file"),
        (b"a" * 200_001, "too long"),
        (b"a" * 1_000_001, "1 MB at most"),
    ],
)
def test_file_that_cannot_be_used_is_refused_with_a_sentence(
    managers: Client, content: bytes, said: str
) -> None:
    file = SimpleUploadedFile("policy.md", content)

    response = managers.post(url("add"), {"begin_with": "everyone", "file": file})

    assert said in body(response)
    assert not Policy.objects.exists()


# --- writing ------------------------------------------------------------------------------------


def answers(policy: Policy, **given: Any) -> dict[str, Any]:
    return {
        "title": policy.title,
        "concerned": policy.concerned,
        "text": policy.text,
        "revision": str(policy.revision),
        **given,
    }


def test_saving_writes_and_leads_to_the_preview(policy: Policy, managers: Client) -> None:
    response = managers.post(url("edit", policy.uid), answers(policy, text="## New\n\nWords."))

    policy.refresh_from_db()
    assert policy.text == "## New\n\nWords."
    assert response["Location"] == url("draft", policy.uid)
    assert is_known(Record.objects.filter(verb="policies.policy_saved").get().verb)


def test_saving_what_two_people_changed_asks_about_that_field_alone(
    policy: Policy, managers: Client, admins: Client
) -> None:
    page = managers.get(url("edit", policy.uid)).context["form"]
    mine = answers(policy, text="Mine.", began=page.began_now)
    admins.post(url("edit", policy.uid), answers(policy, text="Theirs.", title="Other title"))

    response = managers.post(url("edit", policy.uid), mine)

    assert response.status_code == 409
    assert [one.name for one in response.context["form"].conflicts] == ["text"]
    policy.refresh_from_db()
    assert (policy.text, policy.title) == ("Theirs.", "Other title")


def test_channels_of_another_workspace_are_refused(
    policy: Policy, managers: Client, other_workspace: Workspace
) -> None:
    foreign = other_workspace.channels.create(network="x", handle="@theirs", position=1)

    response = managers.post(url("edit", policy.uid), answers(policy, channels=[foreign.pk]))

    assert "channels" in response.context["form"].errors
    assert not policy.channels.exists()


def test_preview_names_what_is_left_to_fill_in_and_empty_sections(
    policy: Policy, managers: Client
) -> None:
    Policy.objects.update(text="## Who\n\nAsk [Name].\n\n## Empty\n\n## Last\n\nTODO")

    page = body(managers.get(url("draft", policy.uid)))

    assert "[Name]" in page
    assert "TODO" in page
    assert "Nothing stands under “<bdi>Empty</bdi>”" in page


def test_text_of_a_person_is_never_carried_out(policy: Policy, managers: Client) -> None:
    Policy.objects.update(text="## A\n\n<script>alert(1)</script><img src=x onerror=alert(1)>")

    page = body(managers.get(url("draft", policy.uid)))

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<img" not in page


# --- publishing ---------------------------------------------------------------------------------


def published(policy: Policy, **given: Any) -> dict[str, Any]:
    policy.refresh_from_db()
    return {"weight": "major", "revision": str(policy.revision), **given}


def test_admin_publishes_and_a_manager_may_not(
    policy: Policy, admins: Client, managers: Client
) -> None:
    assert managers.post(url("publish", policy.uid), published(policy)).status_code == 403

    response = admins.post(url("publish", policy.uid), published(policy))

    assert response["Location"] == url("policy", policy.uid)
    assert PolicyVersion.objects.get().text == TEXT


def test_before_publishing_one_reads_how_many_people_it_concerns(
    policy: Policy, admins: Client, marketer: Membership
) -> None:
    external = MembershipFactory.create(workspace=policy.workspace, engagement=Engagement.EXTERNAL)
    concerned = {"everyone": 0, "externals": 1}
    assert external.is_active
    for who, number in concerned.items():
        Policy.objects.update(concerned=who)
        number = number or Membership.objects.for_workspace(policy.workspace).count()
        words = "person" if number == 1 else "people"
        assert f"It concerns {number} {words} here." in body(admins.get(url("draft", policy.uid)))


def test_publishing_twice_from_one_page_makes_one_version(policy: Policy, admins: Client) -> None:
    sent = published(policy)

    admins.post(url("publish", policy.uid), sent)
    again = admins.post(url("publish", policy.uid), sent)

    assert again.status_code == 409
    assert PolicyVersion.objects.count() == 1


def test_publishing_what_somebody_changed_since_is_refused(
    policy: Policy, admins: Client, managers: Client
) -> None:
    sent = published(policy)
    managers.post(url("edit", policy.uid), answers(policy, text="Changed."))

    response = admins.post(url("publish", policy.uid), sent)

    assert response.status_code == 409
    assert "changed or published meanwhile" in body(response)
    assert not PolicyVersion.objects.exists()


def test_publishing_with_something_left_to_fill_in_is_refused(
    policy: Policy, admins: Client
) -> None:
    Policy.objects.update(text="Ask [name of the manager].")

    response = admins.post(url("publish", policy.uid), published(policy))

    assert response.status_code == 409
    assert not PolicyVersion.objects.exists()


def test_nothing_is_offered_for_publishing_where_nothing_has_changed(
    policy: Policy, publish: Publish, admins: Client
) -> None:
    publish()
    assert "Nothing has changed since version 1" in body(admins.get(url("draft", policy.uid)))

    Policy.objects.update(concerned="employees")

    assert "Nothing has changed" not in body(admins.get(url("draft", policy.uid)))


def test_text_that_was_only_wrapped_anew_shows_no_changes(
    policy: Policy, publish: Publish, managers: Client
) -> None:
    publish()
    Policy.objects.update(text=TEXT.replace("Only our own", "Only\nour own"))

    assert "<ins>" not in body(managers.get(url("draft", policy.uid)))


def test_coming_version_is_announced_and_can_be_taken_back(
    policy: Policy, publish: Publish, admins: Client, workspace: Workspace
) -> None:
    publish()
    day = workspace.today() + timedelta(days=3)
    Policy.objects.update(text=NEW_TEXT)

    admins.post(url("publish", policy.uid), published(policy, on=day.isoformat()))

    assert PolicyVersion.objects.coming(timezone.now()).get().number == 2
    page = body(admins.get(url("policy", policy.uid)))
    assert "Version 2 comes into force" in page
    assert "Ask first." in page
    admins.post(url("withdraw", policy.uid, 2))
    assert not PolicyVersion.objects.coming(timezone.now()).exists()


def test_archived_policy_is_gone_for_readers_and_comes_back(
    policy: Policy, publish: Publish, admins: Client, marketer: Membership, client_as: ClientAs
) -> None:
    publish()

    admins.post(url("archive", policy.uid))

    assert policy.title not in body(client_as(marketer).get(url("list")))
    assert client_as(marketer).get(url("policy", policy.uid)).status_code == 404
    assert client_as(marketer).get(url("versions", policy.uid)).status_code == 404
    admins.post(url("restore", policy.uid))
    assert client_as(marketer).get(url("policy", policy.uid)).status_code == 200


# --- reading ------------------------------------------------------------------------------------


def test_page_says_once_that_sections_without_a_rule_are_up_to_people(
    policy: Policy, publish: Publish, managers: Client
) -> None:
    publish()

    without = body(managers.get(url("policy", policy.uid)))
    RuleSetting.objects.create(policy=policy, rule="words", is_on=True, severity="warning")
    with_one = body(managers.get(url("policy", policy.uid)))

    assert without.count("up to you") == with_one.count("up to you") == 1
    assert "No rule checks posts here" in without
    assert "Where none stands, it is up to you." in with_one


def test_button_stands_beneath_the_text_and_nowhere_else(
    policy: Policy, publish: Publish, marketer: Membership, client_as: ClientAs
) -> None:
    publish()

    page = body(client_as(marketer).get(url("policy", policy.uid)))

    assert page.count("Read and understood") == 1
    assert page.index("Ask first.") < page.index("Read and understood")


def test_banner_leads_to_the_button_from_everywhere(
    policy: Policy, publish: Publish, managers: Client
) -> None:
    publish()

    assert 'href="#read"' in body(managers.get(url("policy", policy.uid)))
    for name in ("readers", "rules", "draft"):
        page = body(managers.get(url(name, policy.uid)))
        assert 'href="#read"' not in page
        assert "Read it" in page


def test_reading_is_noted_once_however_often_the_button_is_pressed(
    policy: Policy, publish: Publish, marketer: Membership, client_as: ClientAs
) -> None:
    publish()
    client = client_as(marketer)

    for _again in range(2):
        client.post(url("acknowledge", policy.uid), {"number": "1"})

    assert Acknowledgement.objects.get().member == marketer
    assert "You said so of version 1" in body(client.get(url("policy", policy.uid)))


def test_page_of_an_older_version_is_refused_and_shows_the_new_one(
    policy: Policy, publish: Publish, marketer: Membership, client_as: ClientAs
) -> None:
    publish()
    publish(NEW_TEXT)

    response = client_as(marketer).post(url("acknowledge", policy.uid), {"number": "1"})

    assert response.status_code == 409
    assert "Stop all posts." in body(response)
    assert 'value="2"' in body(response)
    assert not Acknowledgement.objects.exists()


def test_changes_are_marked_for_those_who_read_the_version_before(
    policy: Policy, publish: Publish, marketer: Membership, reader: Membership, client_as: ClientAs
) -> None:
    publish()
    client = client_as(marketer)
    client.post(url("acknowledge", policy.uid), {"number": "1"})
    publish(NEW_TEXT, summary="Children.")

    page = body(client.get(url("policy", policy.uid)))

    assert "<ins>" in page
    assert "What has changed since you read version 1" in page
    assert "<ins>" not in body(client.get(url("policy", policy.uid) + "?marks=off"))
    assert "<ins>" not in body(client_as(reader).get(url("policy", policy.uid)))


def test_banner_stands_on_every_page_until_it_is_read(
    policy: Policy, publish: Publish, contributor: Membership, client_as: ClientAs
) -> None:
    publish()
    client = client_as(contributor)
    channels = reverse("networks:list", args=["fjordlys"])

    assert "Posts already approved go out." in body(client.get(channels))
    client.post(url("acknowledge", policy.uid), {"number": "1"})
    assert "policy-banner" not in body(client.get(channels))


def test_banner_costs_one_query(
    policy: Policy, publish: Publish, contributor: Membership, client_as: ClientAs
) -> None:
    publish()
    client = client_as(contributor)
    page = reverse("networks:list", args=["fjordlys"])
    client.get(page)

    with CaptureQueriesContext(connection) as asked:
        client.get(page)

    # What waits for the person is counted in the one query that counts all kinds of it.
    about = [one["sql"] for one in asked if "policies_policy" in one["sql"]]
    assert len([sql for sql in about if "todo_kind" not in sql]) == 1


def test_versions_keep_their_text_and_show_what_changed(
    policy: Policy, publish: Publish, marketer: Membership, client_as: ClientAs
) -> None:
    publish()
    publish(NEW_TEXT)
    client = client_as(marketer)

    assert "Stop all posts." not in body(client.get(url("version", policy.uid, 1)))
    assert "<ins>" in body(client.get(url("version", policy.uid, 2)))
    assert "<ins>" not in body(client.get(url("version", policy.uid, 2) + "?since=0"))
    assert client.get(url("version", policy.uid, 3)).status_code == 404
    assert body(client.get(url("versions", policy.uid))).count("version-row") == 2


def test_who_has_read_it_is_for_those_who_draft(
    policy: Policy, publish: Publish, managers: Client, marketer: Membership, client_as: ClientAs
) -> None:
    publish()

    page = body(managers.get(url("readers", policy.uid)))

    assert "0 of 3 have read version 1" in page
    for name in ("readers", "readers_export"):
        assert client_as(marketer).get(url(name, policy.uid)).status_code == 403
    assert client_as(marketer).post(url("remind", policy.uid)).status_code == 403


def test_export_escapes_cells_that_look_like_formulas(
    policy: Policy, publish: Publish, managers: Client, marketer: Membership
) -> None:
    marketer.user.name = "=HYPERLINK(1)"
    marketer.user.save()
    publish()

    response = managers.get(url("readers_export", policy.uid))

    assert response["Content-Disposition"].endswith('social-media-policy-readers.csv"')
    assert "'=HYPERLINK(1)" in body(response)


def test_reminding_tells_each_once_a_day(
    policy: Policy, publish: Publish, managers: Client
) -> None:
    publish()

    first = managers.post(url("remind", policy.uid), follow=True)
    second = managers.post(url("remind", policy.uid), follow=True)

    assert "2 people were reminded." in body(first) or "3 people were reminded." in body(first)
    assert "Nobody is left to remind today." in body(second)


def test_signed_copy_is_noted_once(
    policy: Policy, publish: Publish, marketer: Membership, managers: Client, client_as: ClientAs
) -> None:
    publish()
    sent = {"name": "Pia Photo", "company": "Kyst", "signed_on": "2026-01-05", "token": "t"}

    for _again in range(2):
        client_as(marketer).post(url("signed_copy", policy.uid), sent)

    copy = Acknowledgement.objects.on_paper().get()
    assert (copy.outsider_name, copy.recorded_by) == ("Pia Photo", marketer.user)
    assert "Pia Photo" in body(managers.get(url("readers", policy.uid)))


def test_signed_copy_of_a_day_to_come_is_refused(
    policy: Policy, publish: Publish, managers: Client, workspace: Workspace
) -> None:
    publish()
    day = workspace.today() + timedelta(days=1)

    response = managers.post(
        url("signed_copy", policy.uid), {"name": "Pia", "signed_on": day.isoformat()}
    )

    assert response.status_code == 409
    assert not Acknowledgement.objects.exists()


# --- walls and methods --------------------------------------------------------------------------

WRITES = ("acknowledge", "publish", "archive", "restore", "remind")


@pytest.mark.parametrize("name", WRITES)
def test_reading_an_address_that_writes_changes_nothing(
    policy: Policy, publish: Publish, admins: Client, name: str
) -> None:
    publish()

    response = admins.get(url(name, policy.uid))

    assert response.status_code in {302, 405}
    assert not Acknowledgement.objects.exists()
    policy.refresh_from_db()
    assert policy.archived_at is None


@pytest.mark.parametrize(
    "name", ["policy", "edit", "draft", "versions", "readers", "rules", "signed_copy", *WRITES]
)
def test_stranger_finds_nothing(
    policy: Policy, publish: Publish, stranger: Membership, client_as: ClientAs, name: str
) -> None:
    publish()
    there = reverse(f"policies:{name}", args=["next-door", policy.uid])

    assert client_as(stranger).get(url(name, policy.uid)).status_code == 404
    assert client_as(stranger).post(url(name, policy.uid)).status_code == 404
    assert client_as(stranger).post(there).status_code in {404, 405}
    assert not Acknowledgement.objects.exists()
