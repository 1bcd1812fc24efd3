"""Remove the span of good hours, which good times have replaced."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("strategies", "0003_carry_channel_plans_over")]

    operations = [
        migrations.RemoveField("postkind", "starts_at"),
        migrations.RemoveField("postkind", "ends_at"),
    ]
