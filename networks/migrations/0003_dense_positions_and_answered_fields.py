"""Mend channels that were written by two writers: gaps in positions, values *not known yet*."""

from django.db import migrations


def mend(apps, schema_editor):
    """Number live channels 1, 2, 3 …, and let a person who is named take *not known yet* back."""
    Channel = apps.get_model("networks", "Channel")
    place, workspace_id = 0, None
    live = Channel.objects.filter(removed_at=None).order_by("workspace_id", "position", "pk")
    for channel in live:
        place = place + 1 if channel.workspace_id == workspace_id else 1
        workspace_id, channel.position = channel.workspace_id, place
        channel.save(update_fields=["position"])
    for channel in Channel.objects.all():
        left = tuple(
            name for name in channel.not_known if getattr(channel, f"{name}_id", None) is None
        )
        if left != tuple(channel.not_known):
            channel.not_known = left
            channel.save(update_fields=["not_known"])


class Migration(migrations.Migration):
    dependencies = [("networks", "0002_channel_name_may_be_missing")]

    operations = [migrations.RunPython(mend, migrations.RunPython.noop)]
