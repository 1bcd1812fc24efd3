"""Inviting and accepting, by services."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connections
from django.utils import timezone

from accounts.models import User
from activity.models import Record
from members.models import Invitation, hash_of
from members.services import (
    LETTERS_A_DAY,
    AlreadyMember,
    MembersRefusal,
    NoLongerOpen,
    WrongAccount,
    accept,
    invite,
    revoke,
    send_again,
)
from notifications.models import Delivery, Notification
from notifications.outbox import send_due
from tests.factories import UserFactory
from workspaces.enums import Engagement, Role
from workspaces.models import Membership


def by_link(admin: Membership, role: str = Role.MARKETER) -> tuple[Invitation, str]:
    return invite(admin.workspace, by=admin.user, role=role)


def by_email(admin: Membership, email: str = "kari@example.org") -> tuple[Invitation, str]:
    return invite(admin.workspace, by=admin.user, role=Role.MARKETER, email=email)


def test_token_is_long_and_stored_only_as_hash(admin: Membership) -> None:
    _invitation, token = by_link(admin)

    stored = Invitation.objects.values().get()
    assert len(token) == 43  # 256 bit in base64
    assert stored["token_hash"] == hash_of(token)
    assert token not in map(str, stored.values())
    assert token not in str(list(Notification.objects.values()))


def test_letter_carries_the_link_and_stores_no_secret(admin: Membership) -> None:
    _invitation, token = by_email(admin)

    assert send_due() == {"sent": 1}

    (letter,) = mail.outbox
    assert letter.to == ["kari@example.org"]
    assert f"/invitations/{token}/" in str(letter.body)
    assert token not in str(list(Notification.objects.values()))


def test_accept_gives_what_the_invitation_says(admin: Membership) -> None:
    until = admin.workspace.today() + timedelta(days=90)
    _invitation, token = invite(
        admin.workspace,
        by=admin.user,
        role=Role.CONTRIBUTOR,
        engagement=Engagement.EXTERNAL,
        company="Nordlicht",
        engaged_until=until,
    )
    guest = UserFactory.create()

    membership = accept(token, by=guest)

    assert membership.role == Role.CONTRIBUTOR
    assert (membership.company, membership.engaged_until) == ("Nordlicht", until)
    assert Notification.objects.filter(recipient=admin.user, kind="members.joined").exists()
    assert Record.objects.filter(verb="members.joined", by=guest).exists()


def test_accept_works_once(admin: Membership) -> None:
    _invitation, token = by_link(admin)
    accept(token, by=UserFactory.create())

    with pytest.raises(NoLongerOpen):
        accept(token, by=UserFactory.create())


def test_accept_refuses_the_wrong_account_and_stays_open(admin: Membership) -> None:
    _invitation, token = by_email(admin)

    with pytest.raises(WrongAccount):
        accept(token, by=UserFactory.create())

    assert accept(token, by=UserFactory.create(email="Kari@Example.org")).role == Role.MARKETER


def test_accept_of_a_member_uses_nothing_up(admin: Membership, reader: Membership) -> None:
    _invitation, token = by_link(admin)

    with pytest.raises(AlreadyMember):
        accept(token, by=reader.user)

    reader.refresh_from_db()
    assert reader.role == Role.READER
    assert Invitation.objects.open().count() == 1


def test_accept_after_two_weeks_is_refused(admin: Membership) -> None:
    _invitation, token = by_link(admin)

    with (
        time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)),
        pytest.raises(NoLongerOpen),
    ):
        accept(token, by=UserFactory.create())


@pytest.mark.parametrize("change", [{"role": Role.MANAGER}, {"left_at": timezone.now()}])
def test_accept_asks_again_what_the_inviter_may(
    admin: Membership, change: dict[str, object]
) -> None:
    _invitation, token = by_link(admin)
    Membership.objects.filter(pk=admin.pk).update(**change)

    with pytest.raises(NoLongerOpen):
        accept(token, by=UserFactory.create())


def test_who_comes_back_gets_the_same_membership(admin: Membership, reader: Membership) -> None:
    Membership.objects.filter(pk=reader.pk).update(left_at=timezone.now())
    _invitation, token = by_link(admin, Role.MANAGER)

    membership = accept(token, by=reader.user)

    assert membership.pk == reader.pk
    assert (membership.role, membership.left_at) == (Role.MANAGER, None)


def test_send_again_closes_the_old_link(admin: Membership) -> None:
    invitation, old = by_email(admin)
    _invitation, new = send_again(invitation, by=admin.user)

    assert send_due() == {"cancelled": 1, "sent": 1}

    assert f"/invitations/{new}/" in str(mail.outbox[0].body)
    with pytest.raises(NoLongerOpen):
        accept(old, by=UserFactory.create(email="kari@example.org"))


def test_revoke_closes_the_link_and_calls_the_letter_back(admin: Membership) -> None:
    invitation, token = by_email(admin)
    revoke(invitation, by=admin.user)

    assert send_due() == {}

    assert Delivery.objects.get().last_error == "The invitation was revoked."
    with pytest.raises(NoLongerOpen):
        accept(token, by=UserFactory.create(email="kari@example.org"))
    with pytest.raises(NoLongerOpen):
        revoke(invitation, by=admin.user)
    with pytest.raises(NoLongerOpen):
        send_again(invitation, by=admin.user)


def test_invite_refuses_a_member_a_second_time_and_no_right(
    admin: Membership, reader: Membership
) -> None:
    by_email(admin)

    with pytest.raises(MembersRefusal, match="invited already"):
        by_email(admin, "KARI@example.org")
    with pytest.raises(MembersRefusal, match="member already"):
        by_email(admin, reader.user.email.upper())
    with pytest.raises(MembersRefusal, match="does not allow"):
        by_link(reader)


def test_invite_sends_a_limited_number_of_letters(admin: Membership) -> None:
    for number in range(LETTERS_A_DAY):
        by_email(admin, f"p{number}@example.org")

    with pytest.raises(MembersRefusal, match="tomorrow"):
        by_email(admin, "one-more@example.org")

    assert not Invitation.objects.filter(email="one-more@example.org").exists()


@pytest.mark.django_db(transaction=True)
def test_fifty_accepts_at_once_make_one_member(admin: Membership) -> None:
    _invitation, token = by_link(admin)
    people = UserFactory.create_batch(50)
    start = threading.Barrier(50)
    outcomes: list[str] = []

    def try_it(person: User) -> None:
        start.wait()
        try:
            accept(token, by=person)
            outcomes.append("in")
        except NoLongerOpen:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=try_it, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["in"] + ["refused"] * 49
    assert Membership.objects.for_workspace(admin.workspace).count() == 2
