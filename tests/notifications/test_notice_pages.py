"""Notices: telling once, the bell, the page, and letters that failed."""

import pytest
from django.test import Client
from django.urls import reverse

from notifications.enums import DeliveryState
from notifications.models import Delivery, Notification
from notifications.services import notify
from tests.conftest import ClientAs
from tests.notifications.kinds import TOLD
from tests.queries import queries_of
from workspaces.models import Membership

pytestmark = pytest.mark.usefixtures("told_kind")
URL = "/w/fjordlys/notices/"


def tell(*members: Membership, source: str = "once", url: str = "/w/fjordlys/people/") -> None:
    notify(
        workspace=members[0].workspace,
        recipients=[member.user for member in members],
        kind=TOLD,
        source=source,
        params={"thing": "the plan"},
        url=url,
        by=members[0].user,
    )


def failed(member: Membership) -> Delivery:
    tell(member)
    Delivery.objects.update(state=DeliveryState.FAILED, last_error="550 no such person")
    return Delivery.objects.get()


def test_same_cause_tells_nobody_twice(reader: Membership, manager: Membership) -> None:
    tell(reader)
    tell(reader, manager)
    tell(reader, manager)

    assert Notification.objects.count() == 2
    assert Delivery.objects.count() == 2


def test_bell_counts_and_opening_marks_read(reader: Membership, client_as: ClientAs) -> None:
    tell(reader)
    client = client_as(reader)
    notice = Notification.objects.get()
    opened = reverse("notifications:open", args=["fjordlys", notice.uid])

    assert "Notices, 1 new" in client.get(URL).content.decode()
    assert client.get(opened).status_code == 405
    assert client.post(opened).headers["Location"] == "/w/fjordlys/people/"
    first = Notification.objects.get().read_at
    client.post(opened)

    assert first is not None
    assert Notification.objects.get().read_at == first
    assert "Notices, 1 new" not in client.get(URL).content.decode()


def test_notice_never_leads_away(reader: Membership, client_as: ClientAs) -> None:
    tell(reader, url="//elsewhere.example/")
    notice = Notification.objects.get()

    response = client_as(reader).post(reverse("notifications:open", args=["fjordlys", notice.uid]))

    assert response.headers["Location"] == URL


def test_somebody_elses_notice_is_not_there(
    reader: Membership, manager: Membership, stranger: Membership, client_as: ClientAs
) -> None:
    tell(reader)
    url = reverse("notifications:open", args=["fjordlys", Notification.objects.get().uid])

    assert client_as(manager).post(url).status_code == 404
    assert client_as(stranger).post(url).status_code == 404
    assert Client().post(url).status_code == 302
    assert "tells you about" not in client_as(manager).get(URL).content.decode()
    assert Notification.objects.get().read_at is None


def test_all_read_is_only_mine(
    reader: Membership, manager: Membership, client_as: ClientAs
) -> None:
    tell(reader, manager)

    client_as(reader).post(reverse("notifications:read_all", args=["fjordlys"]))

    unread = Notification.objects.unread().get()
    assert unread.recipient == manager.user


def test_unread_stand_first(reader: Membership, client_as: ClientAs) -> None:
    tell(reader, source="first")
    tell(reader, source="second")
    newest = Notification.objects.latest("pk")
    client = client_as(reader)

    client.post(reverse("notifications:open", args=["fjordlys", newest.uid]))

    page = client.get(URL)
    assert [notice.read_at is None for notice, *_ in page.context["notices"]] == [True, False]


def test_page_costs_the_same_for_thirty(admin: Membership, client_as: ClientAs) -> None:
    client = client_as(admin)
    failed(admin)
    one = queries_of(client, URL)
    for number in range(29):
        tell(admin, source=f"{number}")
    Delivery.objects.update(state=DeliveryState.FAILED)

    assert queries_of(client, URL) == one


def test_failed_letters_are_for_admins(
    admin: Membership, manager: Membership, stranger: Membership, client_as: ClientAs
) -> None:
    delivery = failed(manager)
    urls = [
        reverse(f"notifications:{name}", args=["fjordlys", delivery.uid])
        for name in ("retry", "discard")
    ]

    assert "550 no such person" in client_as(admin).get(URL).content.decode()
    assert "550 no such person" not in client_as(manager).get(URL).content.decode()
    for url in urls:
        assert client_as(manager).post(url).status_code == 403
        assert client_as(stranger).post(url).status_code == 404
        assert client_as(admin).get(url).status_code == 405


def test_retry_and_discard_work_once(admin: Membership, client_as: ClientAs) -> None:
    delivery = failed(admin)
    client = client_as(admin)
    retry, discard = (
        reverse(f"notifications:{name}", args=["fjordlys", delivery.uid])
        for name in ("retry", "discard")
    )

    client.post(retry)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.WAITING
    again = client.post(discard, follow=True).content.decode()
    assert "no longer among those that failed" in again
    Delivery.objects.update(state=DeliveryState.FAILED)
    client.post(discard)

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.CANCELLED
