"""Give stored notices the subject that their params named so far."""

import uuid

from django.db import migrations
from django.db.models import Q

#: Kinds of subject; the param that held the uid is called the same.
KINDS = ("version", "invitation")


def fill(apps, schema_editor):
    """Fill in kind and uid, so that a review asked before is still answered."""
    Notification = apps.get_model("notifications", "Notification")
    named = Q(params__has_key="version") | Q(params__has_key="invitation")
    for notice in Notification.objects.filter(named, subject_uid=None).iterator():
        kind = next(kind for kind in KINDS if kind in notice.params)
        try:
            uid = uuid.UUID(str(notice.params[kind]))
        except ValueError:
            continue
        notice.subject_kind, notice.subject_uid = kind, uid
        notice.save(update_fields=["subject_kind", "subject_uid"])


def name_in_params(apps, schema_editor):
    """Write the uid of a subject back to where it stood."""
    Notification = apps.get_model("notifications", "Notification")
    for notice in Notification.objects.filter(subject_kind__in=KINDS).iterator():
        notice.params = {**notice.params, notice.subject_kind: str(notice.subject_uid)}
        notice.save(update_fields=["params"])


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_notice_subject_and_ways")]

    operations = [migrations.RunPython(fill, name_in_params)]
