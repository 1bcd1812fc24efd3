"""A fixed cast: the people of Fjordlys Museum, and a stranger from next door."""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from accounts.models import User
from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory
from workspaces.enums import Role
from workspaces.models import Membership, Workspace

ClientAs = Callable[[Membership | User], Client]

# A slow machine fails no property.
settings.register_profile("planner", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("planner")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-with-database",
        action="store_true",
        help="leave out the tests that ask no database: what they hold does not depend on which one",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker waits for it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    if config.getoption("--only-with-database"):
        config.hook.pytest_deselected(items=[one for one in items if not asks_database(one)])
        items[:] = [one for one in items if asks_database(one)]


def asks_database(item: pytest.Item) -> bool:
    """Whether a test reads or writes a database."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(
        item.get_closest_marker("django_db")
        or fixtures & {"db", "transactional_db", "django_db_setup", "live_server"}
    )


@pytest.fixture
def workspace(db: None) -> Workspace:
    return WorkspaceFactory.create(name="Fjordlys Museum", slug="fjordlys")


@pytest.fixture
def reader(workspace: Workspace) -> Membership:
    return _member(workspace, "Rita Reader", Role.READER)


@pytest.fixture
def contributor(workspace: Workspace) -> Membership:
    return _member(workspace, "Chris Contributor", Role.CONTRIBUTOR)


@pytest.fixture
def marketer(workspace: Workspace) -> Membership:
    return _member(workspace, "Mari Marketer", Role.MARKETER)


@pytest.fixture
def manager(workspace: Workspace) -> Membership:
    return _member(workspace, "Magnus Manager", Role.MANAGER)


@pytest.fixture
def second_manager(workspace: Workspace) -> Membership:
    return _member(workspace, "Siri Second", Role.MANAGER)


@pytest.fixture
def admin(workspace: Workspace) -> Membership:
    return _member(workspace, "Ada Admin", Role.ADMIN)


@pytest.fixture
def other_workspace(db: None) -> Workspace:
    return WorkspaceFactory.create(name="Next Door", slug="next-door")


@pytest.fixture
def stranger(other_workspace: Workspace) -> Membership:
    """An admin, but of the other workspace."""
    return _member(other_workspace, "Stig Stranger", Role.ADMIN)


@pytest.fixture
def client_as() -> ClientAs:
    """Return a browser in which the person is signed in."""

    def sign_in(person: Membership | User) -> Client:
        client = Client()
        client.force_login(person.user if isinstance(person, Membership) else person)
        return client

    return sign_in


def _member(workspace: Workspace, name: str, role: Role) -> Membership:
    email = f"{name.split()[0].lower()}@{workspace.slug}.example"
    user = UserFactory.create(name=name, email=email)
    return MembershipFactory.create(workspace=workspace, user=user, role=role)
