"""Say why a milestone is done, and which of them are about the same thing of the workspace."""

from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Concat


def name_what_they_are_about(apps, schema_editor):
    milestones = apps.get_model("strategies", "Milestone").objects
    milestones.filter(kind__in=["owner", "operator", "backup"]).update(
        about=Concat(Value("channel:"), F("row_uid"))
    )
    for kind in ("policy", "access"):
        milestones.filter(kind=kind).update(about=kind)
    channels = dict(
        apps.get_model("strategies", "ChannelStanding").objects.values_list("uid", "channel__uid")
    )
    for uid, channel in channels.items():
        milestones.filter(kind__in=["open", "close"], row_uid=str(uid)).update(
            about=f"channel:{channel}"
        )


class Migration(migrations.Migration):
    dependencies = [("strategies", "0004_remove_good_hours")]

    operations = [
        migrations.AddField(
            "milestone", "about", models.CharField(blank=True, default="", editable=False, max_length=60), preserve_default=False
        ),
        migrations.AddField(
            "milestone", "is_done_by_fact", models.BooleanField(default=False, editable=False)
        ),
        migrations.AddField(
            "milestone",
            "done_reason",
            models.CharField(blank=True, default="", editable=False, max_length=400), preserve_default=False,
        ),
        migrations.AddConstraint(
            "milestone",
            models.CheckConstraint(
                condition=models.Q(state="done")
                | models.Q(is_done_by_fact=False, done_reason=""),
                name="milestone_why_done",
            ),
        ),
        migrations.RunPython(name_what_they_are_about, migrations.RunPython.noop),
    ]
