"""The people pages: who may see and press what."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from activity.models import Record
from members import reassignment
from members.forms import HandoverForm, MemberForm
from members.models import Invitation
from members.reassignment import Work
from members.services import CHANGEABLE, invite, revoke
from notifications.models import Delivery
from tests.at_once import at_once
from tests.conftest import ClientAs
from tests.factories import MembershipFactory, UserFactory
from tests.queries import queries_of
from workspaces.enums import Role
from workspaces.models import Membership

INVITE = {"way": "link", "role": "marketer", "engagement": "employee"}


def began(membership: Membership) -> str:
    """What the page of a membership, opened now, sends as its beginning."""
    initial = {name: getattr(membership, name) for name in CHANGEABLE}
    form = MemberForm(initial=initial, workspace=membership.workspace, roles=list(Role))
    return form.began_now


def address(name: str, admin: Membership, *, member: Membership | None = None) -> str:
    """The address ``members:name``, with the things that it needs."""
    kwargs: dict[str, object] = {"workspace": admin.workspace.slug}
    if name in {"change", "reassign", "remove"}:
        kwargs["member"] = (member or admin).uid
    if name in {"link", "again", "revoke"}:
        invitation, _token = invite(admin.workspace, by=admin.user, role=Role.READER)
        kwargs["invitation"] = invitation.uid
    return reverse(f"members:{name}", kwargs=kwargs)


@pytest.mark.parametrize("name", ["again", "revoke"])
def test_action_may_be_repeated(name: str, admin: Membership, client_as: ClientAs) -> None:
    url = address(name, admin)

    assert client_as(admin).post(url).status_code == 302
    assert client_as(admin).post(url).status_code == 302  # again: told, or a newer link


def test_list_shows_people_to_all_and_invitations_to_admins(
    admin: Membership, reader: Membership, stranger: Membership, client_as: ClientAs
) -> None:
    invite(admin.workspace, by=admin.user, role=Role.READER, email="kari@example.org")
    invite(stranger.workspace, by=stranger.user, role=Role.READER, email="ola@example.org")
    gone, _token = invite(admin.workspace, by=admin.user, role=Role.READER, email="eva@example.org")
    revoke(gone, by=admin.user)
    leaver = UserFactory.create(name="Lea Leaver")
    MembershipFactory.create(workspace=admin.workspace, user=leaver, left_at=admin.joined_at)
    url = reverse("members:list", args=["fjordlys"])

    seen_by_admin = client_as(admin).get(url).content.decode()
    seen_by_reader = client_as(reader).get(url).content.decode()

    assert "Rita Reader" in seen_by_admin
    assert "kari@example.org" in seen_by_admin
    assert "eva@example.org" not in seen_by_admin
    assert "Lea Leaver" not in seen_by_admin
    assert "ola@example.org" not in seen_by_admin
    assert "Stig Stranger" not in seen_by_admin
    assert "Ada Admin" in seen_by_reader
    assert "kari@example.org" not in seen_by_reader


def test_list_costs_the_same_for_thirty(admin: Membership, client_as: ClientAs) -> None:
    client, url = client_as(admin), reverse("members:list", args=["fjordlys"])
    invite(admin.workspace, by=admin.user, role=Role.READER)
    one = queries_of(client, url)
    MembershipFactory.create_batch(29, workspace=admin.workspace)
    for _number in range(29):
        invite(admin.workspace, by=admin.user, role=Role.READER)

    assert queries_of(client, url) == one


def test_link_is_shown_once(admin: Membership, client_as: ClientAs) -> None:
    client = client_as(admin)

    response = client.post(reverse("members:invite", args=["fjordlys"]), INVITE)

    token = Invitation.objects.get().token
    assert token in client.get(response.headers["Location"]).content.decode()
    assert token not in client.get(response.headers["Location"]).content.decode()


def test_invite_by_email_goes_out(admin: Membership, client_as: ClientAs) -> None:
    values = {**INVITE, "way": "email", "email": "kari@example.org"}

    response = client_as(admin).post(
        reverse("members:invite", args=["fjordlys"]), values, follow=True
    )

    assert "emailed the invitation to kari@example.org" in response.content.decode()
    assert Invitation.objects.get().email == "kari@example.org"


@pytest.mark.parametrize("way", [{"way": "link"}, {"way": "email", "email": "kari@example.org"}])
def test_invite_pressed_twice_invites_once(
    way: dict[str, str], admin: Membership, client_as: ClientAs
) -> None:
    client, url = client_as(admin), reverse("members:invite", args=["fjordlys"])
    form = {**INVITE, **way, "token": "of this page"}

    pages = [client.post(url, form, follow=True).content.decode() for _press in range(2)]

    invitation = Invitation.objects.get()
    assert (invitation.path in pages[1]) == (way["way"] == "link")
    assert "invited already" not in pages[1]
    assert Delivery.objects.count() == (way["way"] == "email")
    assert 'name="token" value="' in client.get(url).content.decode()


def test_half_an_address_does_not_keep_a_link_back(admin: Membership, client_as: ClientAs) -> None:
    client_as(admin).post(
        reverse("members:invite", args=["fjordlys"]), {**INVITE, "email": "kari@"}
    )

    assert Invitation.objects.get().email == ""


def test_invitation_of_another_press_or_used_up_is_not_given_again(
    admin: Membership, client_as: ClientAs
) -> None:
    client, url = client_as(admin), reverse("members:invite", args=["fjordlys"])
    form = {**INVITE, "token": "of this page"}
    client.post(url, form)
    first = Invitation.objects.get()
    revoke(first, by=admin.user)

    page = client.post(url, form, follow=True).content.decode()

    assert "made already" in page
    assert first.path not in page
    client.post(url, {**form, "token": "of the next page"})
    assert Invitation.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_invite_pressed_twice_at_once_invites_once(admin: Membership) -> None:
    uid = uuid.uuid4()

    (first, _token), (second, _same) = at_once(
        *[lambda: invite(admin.workspace, by=admin.user, role=Role.READER, uid=uid)] * 2
    )

    assert first == second
    assert Record.objects.count() == Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"way": "email", "email": ""}, "Write the address"),
        ({"way": "email", "email": "kari"}, "Write an email address"),
        ({"engagement": "external"}, "Name the company"),
        ({"engagement": "external", "company": "A"}, "Give the last day"),
        ({"engagement": "external", "company": "A", "engaged_until": "2020-01-01"}, "not over"),
        ({"way": "email", "email": "ada@fjordlys.example"}, "This person is a member already."),
        ({"role": "owner"}, "Choose again"),
        ({"engagement": "external", "company": "x" * 121}, "Keep this to 120"),
    ],
)
def test_invite_says_what_is_wrong(
    wrong: dict[str, str], sentence: str, admin: Membership, client_as: ClientAs
) -> None:
    response = client_as(admin).post(
        reverse("members:invite", args=["fjordlys"]), {**INVITE, **wrong}
    )

    assert sentence in response.content.decode()
    assert not Invitation.objects.exists()


def test_change_saves_and_the_last_admin_is_told(
    admin: Membership, reader: Membership, client_as: ClientAs
) -> None:
    client = client_as(admin)
    until = admin.workspace.today() + timedelta(days=9)
    values = {
        "role": "contributor",
        "engagement": "external",
        "company": "Nordlicht",
        "engaged_until": until.isoformat(),
    }

    page = {"began": began(reader)}
    assert client.post(address("change", admin, member=reader), values | page).status_code == 302
    demoted = {"role": "reader", "engagement": "employee", "began": began(admin)}
    refused = client.post(address("change", admin), demoted)

    reader.refresh_from_db()
    assert (reader.role, reader.company, reader.engaged_until) == (
        "contributor",
        "Nordlicht",
        until,
    )
    assert "at least one admin" in refused.content.decode()


def test_invite_an_external_through_today(admin: Membership, client_as: ClientAs) -> None:
    today = admin.workspace.today()
    external = {"engagement": "external", "company": "A", "engaged_until": today.isoformat()}

    client_as(admin).post(reverse("members:invite", args=["fjordlys"]), {**INVITE, **external})

    assert Invitation.objects.get().engaged_until == today


def test_revoke_page_closes_the_invitation_and_a_second_press_is_told(
    admin: Membership, client_as: ClientAs
) -> None:
    client, url = client_as(admin), address("revoke", admin)

    first = client.post(url, follow=True).content.decode()
    second = client.post(url, follow=True).content.decode()
    again = client.post(url.replace("revoke", "again"), follow=True).content.decode()

    assert "its link no longer works" in first
    assert "This invitation is not open any more." in second
    assert "This invitation is not open any more." in again
    assert Invitation.objects.get().revoked_by == admin.user


def test_remove_page_of_the_last_admin_is_refused_and_of_oneself_leads_out(
    admin: Membership, client_as: ClientAs
) -> None:
    client, url = client_as(admin), address("remove", admin)

    refused = client.post(url).content.decode()
    MembershipFactory.create(workspace=admin.workspace, role=Role.ADMIN)
    left = client.post(url)

    assert "You are alone here." in refused
    assert left.headers["Location"] == reverse("workspaces:list")


def test_work_is_offered_to_the_others_who_are_here(
    admin: Membership, manager: Membership, reader: Membership, stranger: Membership
) -> None:
    Membership.objects.filter(pk=reader.pk).update(left_at=admin.joined_at)
    papers, keys = (Work(code, code, lambda _: 1, lambda *_, **__: 0) for code in ("a", "b"))

    one = HandoverForm(membership=admin, held=[(papers, 1)])
    two = HandoverForm(membership=admin, held=[(papers, 1), (keys, 2)])

    assert list(one.fields) == ["everything"]
    assert list(two.fields) == ["everything", "a", "b"]
    for name in two.fields:
        people = [code for code, _name in two.fields[name].choices if code]  # type: ignore[attr-defined]
        assert people == [str(manager.uid)]


def test_work_goes_to_who_was_chosen_for_it_and_the_rest_to_who_takes_everything(
    admin: Membership, manager: Membership, reader: Membership
) -> None:
    held = [(Work(code, code, lambda _: 1, lambda *_, **__: 0), 1) for code in ("a", "b")]
    chosen = {"everything": str(manager.uid), "a": str(reader.uid)}

    form = HandoverForm(chosen, membership=admin, held=held, must_choose=True)

    assert form.is_valid()
    assert form.receivers() == {"a": reader, "b": manager}
    assert not HandoverForm({}, membership=admin, held=held, must_choose=True).is_valid()
    assert HandoverForm({}, membership=admin, held=held).is_valid()
    assert HandoverForm({}, membership=admin, held=[], must_choose=True).is_valid()


def test_change_keeps_what_somebody_else_changed_meanwhile(
    admin: Membership, reader: Membership, client_as: ClientAs
) -> None:
    page = {"began": began(reader)}
    Membership.objects.filter(pk=reader.pk).update(role="contributor")
    until = admin.workspace.today() + timedelta(days=9)
    values = {
        "role": "reader",
        "engagement": "external",
        "company": "Nordlicht",
        "engaged_until": until.isoformat(),
    }

    client_as(admin).post(address("change", admin, member=reader), values | page)

    reader.refresh_from_db()
    assert (reader.role, reader.company) == ("contributor", "Nordlicht")


def test_engagement_company_and_last_day_are_one_answer(
    admin: Membership, reader: Membership, client_as: ClientAs
) -> None:
    page = {"began": began(reader)}
    Membership.objects.filter(pk=reader.pk).update(
        engagement="external", company="Nordlicht", engaged_until=date(2030, 5, 17)
    )
    values = {"role": "reader", "engagement": "employee", "company": "Mine"}

    told = client_as(admin).post(address("change", admin, member=reader), values | page)

    text = told.content.decode()
    assert told.status_code == 409
    assert "External" in text
    assert "Nordlicht" in text
    assert "17\u00a0May\u00a02030" in text


@pytest.mark.parametrize("page", [{}, {"began": ""}, {"began": "[]"}])
def test_change_of_a_page_that_says_no_beginning_is_asked_about(
    page: dict[str, str], admin: Membership, reader: Membership, client_as: ClientAs
) -> None:
    client = client_as(admin)
    values = {"role": "manager", "engagement": "employee"}

    told = client.post(address("change", admin, member=reader), values | page)

    reader.refresh_from_db()
    text = told.content.decode()
    assert (told.status_code, reader.role) == (409, "reader")
    assert '<option value="manager" selected' in text
    assert client.post(
        address("change", admin, member=reader), values | {"began": began(reader)}
    ).headers["Location"]


def test_removal_ends_the_session_at_once(
    admin: Membership, reader: Membership, client_as: ClientAs
) -> None:
    theirs = client_as(reader)
    people = reverse("members:list", args=["fjordlys"])
    assert theirs.get(people).status_code == 200

    client_as(admin).post(address("remove", admin, member=reader))

    assert theirs.get(people).status_code == 404
    assert client_as(admin).get(address("remove", admin, member=reader)).status_code == 404


def test_leave_is_for_everyone_but_the_last_admin(
    admin: Membership, reader: Membership, client_as: ClientAs
) -> None:
    url = reverse("members:leave", args=["fjordlys"])

    assert client_as(reader).get(url).status_code == 200
    assert client_as(reader).post(url).headers["Location"] == reverse("workspaces:list")
    assert "You are alone here." in client_as(admin).post(url).content.decode()

    reader.refresh_from_db()
    assert reader.left_at is not None


def test_person_alone_is_led_to_invite_a_second(admin: Membership, client_as: ClientAs) -> None:
    people, told = reverse("members:list", args=["fjordlys"]), "You are alone here."
    client = client_as(admin)

    alone = client.get(people).content.decode()
    invite(admin.workspace, by=admin.user, role=Role.READER)
    invited = client.get(people).content.decode()

    assert told in alone
    assert told not in invited


@pytest.mark.parametrize("name", ["leave", "remove"])
def test_last_admin_is_told_instead_of_asked(
    name: str, admin: Membership, client_as: ClientAs
) -> None:
    client, url = client_as(admin), address(name, admin)
    leave = reverse("members:leave", args=["fjordlys"])
    people = reverse("members:list", args=["fjordlys"])

    told = client.get(url).content.decode()
    alone = client.get(people).content.decode()
    MembershipFactory.create(workspace=admin.workspace, role=Role.READER)
    beside_a_reader = client.get(url).content.decode()
    MembershipFactory.create(workspace=admin.workspace, role=Role.ADMIN)
    asked = client.get(url).content.decode()

    assert "You are alone here. Invite somebody and make them admin first." in told
    assert "You are the only admin. Make somebody else admin first." in beside_a_reader
    assert 'method="post" novalidate' not in told
    assert leave not in alone
    assert 'method="post" novalidate' in asked
    assert leave in client.get(people).content.decode()


def test_admins_with_a_last_day_do_not_make_up_for_the_last_who_stays(
    admin: Membership, reader: Membership, client_as: ClientAs
) -> None:
    passing = MembershipFactory.create(
        workspace=admin.workspace,
        role=Role.ADMIN,
        engaged_until=admin.workspace.today() + timedelta(days=9),
    )

    own = client_as(admin).get(address("leave", admin)).content.decode()
    theirs = client_as(passing).get(address("remove", admin)).content.decode()
    going = client_as(passing).get(address("leave", admin)).content.decode()

    assert "The workspace needs at least one admin who stays." in own
    assert "The workspace needs at least one admin who stays." in theirs
    assert "You have no work to hand over." in going


def test_parting_says_what_becomes_of_work_that_nobody_takes(
    admin: Membership, reader: Membership, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = Work("papers", "Papers", lambda _: 2, lambda *_, **__: 0)
    monkeypatch.setattr(reassignment.WORKS, "_entries", {"papers": papers})

    own = client_as(reader).get(address("leave", admin)).content.decode()
    remove = client_as(admin).get(address("remove", admin, member=reader)).content.decode()
    stays = client_as(admin).get(address("reassign", admin, member=reader)).content.decode()

    assert "your name stays, and nobody looks after it" in own
    assert f"the name of <bdi>{reader.user}</bdi> stays, and nobody looks after it" in remove
    assert "nobody looks after it" not in stays
