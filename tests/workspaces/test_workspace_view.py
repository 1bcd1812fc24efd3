"""The parts of a long list."""

import pytest

from activity.services import record
from activity.views import PAGE
from tests.conftest import ClientAs
from workspaces.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_pages(admin: Membership) -> None:
    for number in range(PAGE + 1):
        record(
            admin.workspace,
            by=admin.user,
            verb="networks.channel_added",
            subject=("channel", str(number)),
            label=f"Channel {number}",
        )


@pytest.mark.usefixtures("two_pages")
@pytest.mark.parametrize(
    ("asked", "is_oldest"),
    [("", False), ("?page=", False), ("?page=1", False), ("?page=2", True), ("?page=last", True)],
)
def test_long_list_shows_the_page_asked_for(
    admin: Membership, client_as: ClientAs, asked: str, is_oldest: bool
) -> None:
    shown = client_as(admin.user).get(f"/w/{admin.workspace.slug}/activity/{asked}")

    assert shown.status_code == 200
    assert ("“Channel 0”" in shown.content.decode()) is is_oldest


@pytest.mark.usefixtures("two_pages")
@pytest.mark.parametrize("asked", ["0", "3", "-1", "two"])
def test_page_that_a_long_list_does_not_have_is_not_found(
    admin: Membership, client_as: ClientAs, asked: str
) -> None:
    shown = client_as(admin.user).get(f"/w/{admin.workspace.slug}/activity/?page={asked}")

    assert shown.status_code == 404
