"""Keep what was written of channels: the ends of a span of good hours are its good times."""

from django.db import migrations, models
from django.db.models.functions import Replace

OLD_CODE, NEW_CODE = "channel-plan", "post-kind"


def span_to_times(apps, schema_editor):
    kinds = apps.get_model("strategies", "PostKind")
    for row in kinds.objects.exclude(starts_at=None, ends_at=None):
        row.times = tuple(at for at in (row.starts_at, row.ends_at) if at is not None)
        row.save(update_fields=["times"])
    kinds.objects.filter(format="video").update(format="short_video")


def times_to_span(apps, schema_editor):
    kinds = apps.get_model("strategies", "PostKind")
    for row in kinds.objects.exclude(times=()):
        row.starts_at = row.times[0]
        row.ends_at = row.times[-1] if len(row.times) > 1 else None
        row.save(update_fields=["starts_at", "ends_at"])
    old = {"story", "text", "carousel"}
    kinds.objects.filter(format__in=["short_video", "long_video", "live"]).update(format="video")
    kinds.objects.exclude(format__in=[*old, "video"]).update(format="text")
    kinds.objects.filter(period="two_weeks").update(period="week")


def rename_code(apps, old: str, new: str) -> None:
    """Let milestones and the log speak of the rows by their new code."""
    milestones = apps.get_model("strategies", "Milestone").objects.filter(row_kind=old)
    milestones.update(
        row_kind=new, key=Replace("key", models.Value(f":{old}:"), models.Value(f":{new}:"))
    )
    apps.get_model("activity", "Record").objects.filter(subject_kind=old).update(subject_kind=new)


def to_new_code(apps, schema_editor):
    rename_code(apps, OLD_CODE, NEW_CODE)


def to_old_code(apps, schema_editor):
    rename_code(apps, NEW_CODE, OLD_CODE)


class Migration(migrations.Migration):
    dependencies = [
        ("activity", "0001_initial"),
        ("strategies", "0002_kinds_of_post"),
    ]

    operations = [
        migrations.RunPython(span_to_times, times_to_span),
        migrations.RunPython(to_new_code, to_old_code),
    ]
