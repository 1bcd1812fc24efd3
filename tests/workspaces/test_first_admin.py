"""``manage.py first_admin`` and ``show_sign_ins``."""

import io

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.models import User
from tests.factories import PASSWORD, MembershipFactory, UserFactory
from workspaces.enums import Role
from workspaces.models import Membership, Workspace

FLAGS = {"name": "Ada", "email": "Ada@Example.org", "workspace": "Fjordlys"}


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRST_ADMIN_PASSWORD", PASSWORD)


def call(command: str, **options: object) -> str:
    out = io.StringIO()
    call_command(command, stdout=out, **options)
    return out.getvalue()


@pytest.mark.usefixtures("password", "db")
def test_first_admin_makes_person_and_workspace() -> None:
    assert "ada@example.org is admin of Fjordlys (/w/fjordlys/)" in call("first_admin", **FLAGS)

    member = Membership.objects.select_related("user").get()
    assert member.role == Role.ADMIN
    assert member.user.check_password(PASSWORD)
    assert not member.user.is_staff


@pytest.mark.usefixtures("password", "db")
def test_first_admin_takes_names_in_the_one_form_of_text() -> None:
    call("first_admin", **{**FLAGS, "name": "A\x07da\u202e", "workspace": "Cafe\u0301\nOslo"})

    member = Membership.objects.select_related("user", "workspace").get()
    assert (member.user.name, member.workspace.name) == ("Ada", "Café Oslo")


@pytest.mark.usefixtures("db")
def test_first_admin_refuses_a_weak_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRST_ADMIN_PASSWORD", "password1234")

    with pytest.raises(CommandError, match="too common"):
        call("first_admin", **FLAGS)

    assert not User.objects.exists()
    assert not Workspace.objects.exists()


@pytest.mark.usefixtures("password", "db")
@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "ada"},
        {"name": None},
        {"workspace": " "},
        {"workspace": "\u200b"},
        {"name": "Ada at prize.example"},
        {"workspace": "https://prize"},
        {"time_zone": "Mars"},
    ],
)
def test_first_admin_says_what_is_wrong(
    wrong: dict[str, str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())

    with pytest.raises(CommandError):
        call("first_admin", **{**FLAGS, **wrong})


@pytest.mark.usefixtures("password", "db")
def test_first_admin_refuses_a_second_account() -> None:
    call("first_admin", **FLAGS)

    with pytest.raises(CommandError, match="has an account already"):
        call("first_admin", **{**FLAGS, "workspace": "Other"})

    assert Workspace.objects.count() == 1


def test_sign_ins_are_shown_in_a_demo_only(workspace: Workspace, settings: Settings) -> None:
    user = UserFactory.create(name="Eli Demo", is_demo=True)
    MembershipFactory.create(workspace=workspace, user=user, role=Role.ADMIN)

    assert call("show_sign_ins") == ""
    settings.DEMO_SIGN_INS = True
    assert "Eli Demo" in call("show_sign_ins")
