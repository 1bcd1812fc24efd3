"""A person's workspaces, settings, and the table of permissions."""

import uuid
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from activity.models import Record
from core.exceptions import Conflict
from tests.at_once import at_once
from tests.conftest import ClientAs
from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory
from tests.queries import queries_of
from workspaces.forms import SettingsForm
from workspaces.models import Membership, Workspace, home_of
from workspaces.permissions import Permission
from workspaces.services import (
    SETTINGS,
    TooManyWorkspaces,
    _with_free_slug,
    change_settings,
    create_workspace,
    slug_for,
)

SETTINGS_URL = "/w/fjordlys/settings/"


def as_they_are(workspace: Workspace) -> dict[str, object]:
    return {name: getattr(workspace, name) for name in SETTINGS} | {
        "began": SettingsForm(instance=workspace).began_now
    }


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Fjordlys Museum", "fjordlys-museum"),
        ("Blåbærøya", "blabaeroya"),
        ("Größe", "grosse"),
        ("東京", "workspace"),
        ("🙂", "workspace"),
        ("x" * 80, "x" * 48),
        (f"{'x' * 47} {'y' * 9}", "x" * 47),
    ],
)
def test_slug_is_made_from_the_name(name: str, slug: str) -> None:
    assert slug_for(name) == slug


def test_same_name_twice_gets_two_addresses(db: None) -> None:
    person = UserFactory.create()

    first, second = (create_workspace(name="東京", by=person) for _ in range(2))

    assert first.slug == "workspace"
    assert second.slug.startswith("workspace-")
    assert Record.objects.filter(verb="workspaces.created").count() == 2


def test_create_makes_the_person_admin(db: None, client_as: ClientAs) -> None:
    person = UserFactory.create(timezone="Asia/Tokyo")
    client, url = client_as(person), reverse("workspaces:create")

    assert '<option value="Asia/Tokyo" selected>' in client.get(url).content.decode()
    response = client.post(url, {"name": "Ny", "timezone": "Asia/Tokyo", "week_start": "6"})

    member = Membership.objects.select_related("workspace").get(user=person)
    assert response.headers["Location"] == "/w/ny/"
    assert member.can(Permission.MANAGE_MEMBERS)
    assert (member.workspace.timezone, member.workspace.week_start) == ("Asia/Tokyo", 6)


def test_create_pressed_twice_makes_one(db: None, client_as: ClientAs) -> None:
    client, url = client_as(UserFactory.create()), reverse("workspaces:create")
    form = {"name": "Ny", "timezone": "Asia/Tokyo", "week_start": "0", "token": "of this page"}

    led_to = {client.post(url, form).headers["Location"] for _press in range(2)}

    assert led_to == {"/w/ny/"}
    assert Workspace.objects.count() == 1
    assert client.post(url, form | {"name": "Nyere"}).headers["Location"] == "/w/nyere/"
    assert 'name="token" value="' in client.get(url).content.decode()


def test_create_with_the_press_of_somebody_else_makes_ones_own(db: None) -> None:
    press, first, second = uuid.uuid4(), UserFactory.create(), UserFactory.create()
    create_workspace(name="Ny", by=first, uid=press)

    with pytest.raises(IntegrityError):
        create_workspace(name="Ny", by=second, uid=press)

    assert Workspace.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_create_pressed_twice_at_once_makes_one() -> None:
    person, press = UserFactory.create(), uuid.uuid4()

    first, second = at_once(
        *[lambda: create_workspace(name="Ny", by=person, uid=press)] * 2,
    )

    assert first == second
    assert Workspace.objects.count() == Membership.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"name": "x" * 81}, {"timezone": "Mars"}, {"week_start": "3"}]
)
def test_create_refuses(wrong: dict[str, str], db: None, client_as: ClientAs) -> None:
    values = {"name": "Ny", "timezone": "Asia/Tokyo", "week_start": "0", **wrong}

    response = client_as(UserFactory.create()).post(reverse("workspaces:create"), values)

    assert response.status_code == 200
    assert not Workspace.objects.exists()


def test_list_shows_own_workspaces_only(
    admin: Membership, stranger: Membership, client_as: ClientAs
) -> None:
    page = client_as(admin).get(reverse("workspaces:list")).content.decode()

    assert "Fjordlys Museum" in page
    assert "Next Door" not in page
    assert Client().get(reverse("workspaces:list")).status_code == 302


def test_list_costs_the_same_for_thirty(admin: Membership, client_as: ClientAs) -> None:
    client, url = client_as(admin), reverse("workspaces:list")
    one = queries_of(client, url)
    for _number in range(29):
        MembershipFactory.create(workspace=WorkspaceFactory.create(), user=admin.user)

    assert queries_of(client, url) == one


def test_settings_are_saved_and_written_down(admin: Membership, client_as: ClientAs) -> None:
    values = {**as_they_are(admin.workspace), "name": "Fjordlys", "review_days": "7"}

    assert client_as(admin).post(SETTINGS_URL, values).headers["Location"] == SETTINGS_URL

    admin.workspace.refresh_from_db()
    assert (admin.workspace.name, admin.workspace.review_days) == ("Fjordlys", 7)
    assert Record.objects.get().changes == {
        "name": ["Fjordlys Museum", "Fjordlys"],
        "review_days": [4, 7],
    }


@pytest.mark.parametrize("number", ["0", "-1", "721", "1.5", "1.234,5", "1000000000000", "٣x", ""])
def test_settings_refuse_a_wrong_number(
    number: str, admin: Membership, client_as: ClientAs
) -> None:
    values = {**as_they_are(admin.workspace), "lead_time_hours": number, "name": "Other"}

    response = client_as(admin).post(SETTINGS_URL, values)

    assert response.status_code == 200
    assert (f'value="{number}"' if number else "Fill this in.") in response.content.decode()
    admin.workspace.refresh_from_db()
    assert admin.workspace.name == "Fjordlys Museum"


def test_what_somebody_else_changed_meanwhile_stays(admin: Membership, client_as: ClientAs) -> None:
    client, old = client_as(admin), as_they_are(admin.workspace)
    client.post(SETTINGS_URL, {**old, "name": "Fjordlys"})

    response = client.post(SETTINGS_URL, {**old, "review_days": "9"})

    assert response.status_code == 302
    admin.workspace.refresh_from_db()
    assert (admin.workspace.name, admin.workspace.review_days) == ("Fjordlys", 9)


def test_a_setting_that_both_changed_is_asked_about_alone(
    admin: Membership, client_as: ClientAs
) -> None:
    client, old = client_as(admin), as_they_are(admin.workspace)
    client.post(SETTINGS_URL, {**old, "name": "Fjordlys"})

    response = client.post(SETTINGS_URL, {**old, "name": "Lysfjord", "review_days": "9"})

    page = response.content.decode()
    assert response.status_code == 409
    assert page.count("data-conflict-field") == 1
    assert "Fjordlys" in page
    admin.workspace.refresh_from_db()
    assert (admin.workspace.name, admin.workspace.review_days) == ("Fjordlys", 4)
    assert Record.objects.get(verb="workspaces.conflict").changes == {
        "name": ["Fjordlys", "Lysfjord"]
    }


def test_service_raises_conflict_and_ignores_what_is_the_same(admin: Membership) -> None:
    change_settings(admin.workspace, values={"review_days": 4}, expected=7, by=admin.user)
    with pytest.raises(Conflict):
        change_settings(admin.workspace, values={"review_days": 5}, expected=7, by=admin.user)

    assert not Record.objects.exists()


def test_permissions_are_for_every_member_to_read(reader: Membership, client_as: ClientAs) -> None:
    url = reverse("workspaces:permissions", args=["fjordlys"])

    page = client_as(reader).get(url).content.decode()

    for permission in Permission:
        assert str(permission.label) in page


def test_session_is_written_only_when_the_workspace_changes(
    reader: Membership, client_as: ClientAs
) -> None:
    client, url = client_as(reader), reverse("workspaces:permissions", args=["fjordlys"])

    first, second = client.get(url), client.get(url)

    assert "sessionid" in first.cookies
    assert "sessionid" not in second.cookies
    assert client.session["workspace"] == "fjordlys"


def test_home_is_the_workspace_visited_last(
    reader: Membership, stranger: Membership, client_as: ClientAs
) -> None:
    MembershipFactory.create(workspace=stranger.workspace, user=reader.user)
    client = client_as(reader)

    assert client.get("/").headers["Location"] == reverse("workspaces:list")
    client.get(reverse("workspaces:permissions", args=["next-door"]))
    assert client.get("/").headers["Location"] == "/w/next-door/"
    Membership.objects.filter(workspace=stranger.workspace).update(left_at=timezone.now())
    assert client.get("/").headers["Location"] == "/w/fjordlys/"


def test_home_is_never_a_workspace_of_others(
    reader: Membership, stranger: Membership, client_as: ClientAs
) -> None:
    gone = MembershipFactory.create(user=reader.user, left_at=timezone.now())

    assert list(Workspace.objects.open_to(reader.user)) == [reader.workspace]
    assert home_of(reader.user) == reader.workspace
    for theirs in (stranger.workspace, gone.workspace):
        assert home_of(reader.user, last=theirs.slug) == reader.workspace
    assert client_as(reader).get("/").headers["Location"] == "/w/fjordlys/"


def test_home_of_who_is_in_none_or_in_many_is_the_list(reader: Membership) -> None:
    MembershipFactory.create(user=reader.user)

    assert home_of(reader.user) is None
    assert home_of(reader.user, last="fjordlys") == reader.workspace
    assert home_of(UserFactory.create()) is None


LINK = "Win at prize.example"
REFUSED = "Write a name without a web or email address in it."


def test_names_with_an_address_are_refused_wherever_they_are_set(
    admin: Membership, client_as: ClientAs, settings: Settings
) -> None:
    settings.OPEN_SIGN_UP = True
    client = client_as(admin)
    engagement = {"way": "link", "role": "reader", "engagement": "external", "company": LINK}
    forms = [
        (client, reverse("workspaces:create"), {"name": LINK}),
        (client, SETTINGS_URL, {"name": LINK}),
        (client, reverse("accounts:profile"), {"name": LINK}),
        (client, "/w/fjordlys/people/invite/", engagement),
        (client, f"/w/fjordlys/people/{admin.uid}/", engagement),
        (Client(), reverse("account_signup"), {"name": LINK}),
    ]

    for browser, url, values in forms:
        assert REFUSED in browser.post(url, values).content.decode(), url


def test_one_person_creates_a_limited_number_of_workspaces_a_day(
    db: None, client_as: ClientAs, settings: Settings
) -> None:
    settings.WORKSPACES_A_DAY = 2
    person, other = UserFactory.create(), UserFactory.create()
    values = {"name": "Third", "timezone": "Europe/Oslo", "week_start": 0}
    first = uuid.uuid4()
    made = create_workspace(name="First", by=person, uid=first)
    create_workspace(name="Second", by=person)

    page = client_as(person).post(reverse("workspaces:create"), values).content.decode()

    assert "You can create 2 workspaces a day. Go on tomorrow." in page
    assert 'value="Third"' in page
    assert create_workspace(name="First", by=person, uid=first) == made
    create_workspace(name="Third", by=other)
    Workspace.objects.filter(created_by=person).update(
        created_at=timezone.now() - timedelta(days=1, minutes=1)
    )
    create_workspace(name="Third", by=person)


@pytest.mark.django_db(transaction=True)
def test_workspaces_created_at_once_keep_to_the_limit(settings: Settings) -> None:
    settings.WORKSPACES_A_DAY = 1
    person, press = UserFactory.create(), uuid.uuid4()

    same = at_once(*[partial(create_workspace, name="X", by=person, uid=press)] * 4)
    others = at_once(*[partial(create_workspace, name="Y", by=person) for _number in range(2)])

    assert {workspace.pk for workspace in same} == {Workspace.objects.get().pk}
    assert {type(refusal) for refusal in others} == {TooManyWorkspaces}


def test_workspace_that_is_refused_for_another_reason_than_its_address_is_refused(
    marketer: Membership,
) -> None:
    with pytest.raises(IntegrityError):
        _with_free_slug(Workspace(name="Lights", lead_time_hours=0, created_by=marketer.user))

    assert _with_free_slug(
        Workspace(name=marketer.workspace.name, created_by=marketer.user)
    ).slug.startswith("fjordlys-")
