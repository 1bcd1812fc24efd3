"""Notices: telling once, the bell, the page, and emails that failed."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from notifications.enums import DeliveryState
from notifications.models import Delivery, Notification
from notifications.services import (
    cancel,
    discard,
    mark_answered,
    mark_read,
    notify,
    retry_now,
    write_to,
)
from tests.conftest import ClientAs
from tests.factories import MembershipFactory
from tests.notifications.notification_types import TOLD
from tests.queries import queries_of
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.usefixtures("told_type")
URL = "/w/fjordlys/notices/"


def tell(
    *members: Membership,
    source: str = "once",
    url: str = "/w/fjordlys/people/",
    **more: Any,
) -> None:
    notify(
        **more,
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
    Delivery.objects.update(state=DeliveryState.FAILED, last_error="550 no such person", attempts=8)
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


def test_notices_stand_unread_first_then_by_when_they_were_told(reader: Membership) -> None:
    for source in ("first", "second", "third", "fourth"):
        tell(reader, source=source)
    first, second, third, fourth = Notification.objects.order_by("pk")

    for read in (third, first, fourth):  # not in the order in which they were told
        mark_read(read)

    assert list(Notification.objects.for_page()) == [second, fourth, third, first]


@pytest.mark.parametrize(
    "away", ["//elsewhere.example/", "https://elsewhere.example/", "workspaces:list", "Infinity"]
)
def test_notice_never_leads_away(away: str, reader: Membership, client_as: ClientAs) -> None:
    tell(reader, url=away)
    notice = Notification.objects.get()

    response = client_as(reader).post(reverse("notifications:open", args=["fjordlys", notice.uid]))

    assert response.headers["Location"] == URL


def test_all_read_is_only_mine_and_only_here(
    reader: Membership,
    manager: Membership,
    other_workspace: Workspace,
    client_as: ClientAs,
) -> None:
    elsewhere = MembershipFactory.create(workspace=other_workspace, user=reader.user)
    tell(reader, manager)
    tell(elsewhere)
    tell(reader, source="read before")
    before, yesterday = Notification.objects.latest("pk"), timezone.now() - timedelta(days=1)
    mark_read(before, now=yesterday)

    page = client_as(reader).post(reverse("notifications:read_all", args=["fjordlys"]), follow=True)

    unread = Notification.objects.unread().order_by("pk")
    assert [(notice.recipient, notice.workspace) for notice in unread] == [
        (manager.user, manager.workspace),
        (reader.user, other_workspace),
    ]
    assert "1 notice marked as read." in page.content.decode()
    assert len(page.context["notices"]) == 2
    before.refresh_from_db()
    assert before.read_at == yesterday


def test_own_notice_of_another_workspace_is_not_there(
    reader: Membership, other_workspace: Workspace, client_as: ClientAs
) -> None:
    tell(MembershipFactory.create(workspace=other_workspace, user=reader.user))
    url = reverse("notifications:open", args=["fjordlys", Notification.objects.get().uid])

    assert client_as(reader).post(url).status_code == 404
    assert Notification.objects.unread().exists()


def test_answered_is_read_for_everybody_about_this_subject_only(
    reader: Membership, manager: Membership, stranger: Membership
) -> None:
    """Notices that lead to the same page are about different things."""
    asked, other = ("version", uuid.uuid4()), ("version", uuid.uuid4())
    tell(reader, manager, subject=asked)
    tell(reader, source="another version", subject=other)
    tell(reader, source="another kind of thing", subject=("policy", asked[1]))
    tell(reader, source="nothing in particular")
    tell(stranger, subject=asked)
    Notification.objects.filter(recipient=manager.user).update(kind="members.joined")

    assert mark_answered(reader.workspace, kind=TOLD, subject=asked) == 1

    unread = Notification.objects.unread().order_by("pk")
    assert [(notice.recipient, notice.subject_kind, notice.subject_uid) for notice in unread] == [
        (manager.user, "version", asked[1]),
        (reader.user, "version", other[1]),
        (reader.user, "policy", asked[1]),
        (reader.user, "", None),
        (stranger.user, "version", asked[1]),
    ]
    assert mark_answered(reader.workspace, kind=TOLD, subject=asked) == 0


def test_subject_is_whole_or_not_there(reader: Membership) -> None:
    tell(reader)

    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.update(subject_kind="version")
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.update(subject_uid=uuid.uuid4())


def test_letter_to_an_address_is_written_once_however_it_is_spelled(workspace: Workspace) -> None:
    for address in ("kari@example.org", "Kari@Example.org"):
        write_to(address, workspace=workspace, kind=TOLD, source="once")
    write_to("ola@example.org", workspace=workspace, kind=TOLD, source="once")
    write_to("kari@example.org", workspace=workspace, kind=TOLD, source="twice")

    letters = Delivery.objects.order_by("pk").values_list("address", flat=True)
    assert list(letters) == ["kari@example.org", "ola@example.org", "kari@example.org"]


def test_cancel_calls_back_only_what_waits_here(
    reader: Membership, manager: Membership, other_workspace: Workspace
) -> None:
    tell(reader, manager)
    tell(MembershipFactory.create(workspace=other_workspace, user=reader.user))
    Delivery.objects.filter(recipient=manager.user).update(state=DeliveryState.FAILED)

    assert cancel(workspace=reader.workspace, reason="Gone", recipient=reader.user) == 1
    assert cancel(workspace=reader.workspace, reason="Gone", recipient=manager.user) == 0

    stand = Delivery.objects.values_list("recipient__name", "state", "last_error")
    assert sorted(stand) == [
        ("Magnus Manager", DeliveryState.FAILED, ""),
        ("Rita Reader", DeliveryState.CANCELLED, "Gone"),
        ("Rita Reader", DeliveryState.WAITING, ""),
    ]


def test_letters_go_out_only_where_the_kind_and_the_teller_want_them(reader: Membership) -> None:
    told: dict[str, Any] = {
        "workspace": reader.workspace,
        "recipients": [reader.user],
        "source": "once",
    }
    notify(kind="members.joined", **told)
    notify(kind=TOLD, ways=[], **told)

    (new,) = notify(kind=TOLD, **{**told, "source": "twice"})

    assert Notification.objects.filter(recipient=reader.user).count() == 3
    assert Delivery.objects.get().notification == new


def test_worker_is_woken_once_a_letter_is_new_and_once_it_is_tried_again(
    admin: Membership,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    woken: list[str] = []
    settings.WAKE_BY_BROKER = True
    monkeypatch.setattr(current_app, "send_task", lambda name, **_options: woken.append(name))

    def woken_by(deed: Callable[[], object]) -> int:
        woken.clear()
        with django_capture_on_commit_callbacks(execute=True):
            deed()
        return len(woken)

    assert woken_by(lambda: tell(admin)) == 1
    assert woken_by(lambda: tell(admin)) == 0
    delivery = failed(admin)
    assert woken_by(lambda: retry_now(delivery, by=admin.user)) == 1
    assert woken == ["notifications.tick"]
    tomorrow = timezone.now() + timedelta(days=1)
    assert woken_by(lambda: tell(admin, source="later", due_at=tomorrow)) == 0


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


def test_retry_and_discard_touch_no_other_letter(
    admin: Membership, manager: Membership, reader: Membership
) -> None:
    tell(admin, manager, reader)
    in_an_hour = timezone.now() + timedelta(hours=1)
    Delivery.objects.update(state=DeliveryState.FAILED, next_at=in_an_hour)
    again, given_up, other = (
        Delivery.objects.get(recipient=member.user) for member in (admin, manager, reader)
    )

    retry_now(again, by=admin.user)
    discard(given_up, by=admin.user)

    for delivery in (again, given_up, other):
        delivery.refresh_from_db()
    assert (again.state, given_up.state, other.state) == (
        DeliveryState.WAITING,
        DeliveryState.CANCELLED,
        DeliveryState.FAILED,
    )
    assert again.next_at < other.next_at == in_an_hour
