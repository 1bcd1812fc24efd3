from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LimitCount",
            fields=[
                (
                    "cache_key",
                    models.CharField(max_length=255, primary_key=True, serialize=False),
                ),
                ("value", models.TextField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "rate limit",
                "db_table": "accounts_limit_count",
            },
        ),
        migrations.AddField(
            model_name="user",
            name="session_edition",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
