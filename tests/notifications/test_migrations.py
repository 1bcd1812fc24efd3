"""Notices stored before they had a subject get the one that their params named."""

import uuid
from importlib import import_module

import pytest
from django.apps import apps

from notifications.models import Notification
from workspaces.models import Membership

pytestmark = pytest.mark.django_db
migration = import_module("notifications.migrations.0004_fill_notice_subjects")


@pytest.mark.parametrize("kind", ["version", "invitation"])
def test_stored_notices_get_their_subject_and_give_it_back(kind: str, reader: Membership) -> None:
    uid = uuid.uuid4()
    common = {"workspace": reader.workspace, "recipient": reader.user, "kind": "x"}
    for params in ({kind: str(uid), "number": 1}, {kind: "no uid"}, {}):
        Notification.objects.create(**common, source_key=uuid.uuid4(), params=params)

    migration.fill(apps, None)

    notices = Notification.objects.order_by("pk")
    subjects = list(notices.values_list("subject_kind", "subject_uid"))
    assert subjects == [(kind, uid), ("", None), ("", None)]
    Notification.objects.filter(subject_uid=uid).update(params={"number": 1})
    migration.name_in_params(apps, None)
    assert notices[0].params == {"number": 1, kind: str(uid)}
