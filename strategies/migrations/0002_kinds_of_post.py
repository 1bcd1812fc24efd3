"""Make the plan of a channel one of several kinds of post."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import core.fields

BOUNDS = [
    django.core.validators.MinValueValidator(0),
    django.core.validators.MaxValueValidator(10000),
]
NEW_MINUTES = {
    "image": ("minutes for an image", 30),
    "long_video": ("minutes for a long video", 900),
    "live": ("minutes for a live", 240),
    "thread": ("minutes for a thread", 60),
    "article": ("minutes for an article", 240),
}
FORMATS = [
    ("text", "Text or link"),
    ("image", "Image"),
    ("carousel", "Carousel"),
    ("story", "Story"),
    ("short_video", "Short video or reel"),
    ("long_video", "Long video"),
    ("live", "Live"),
    ("thread", "Thread"),
    ("article", "Article"),
]


def bounded(name: str, field: str, highest: int) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(
            (f"{field}__isnull", True), (f"{field}__range", (0, highest)), _connector="OR"
        ),
        name=name,
    )


def minutes(words: str, default: int) -> models.PositiveBigIntegerField:
    return models.PositiveBigIntegerField(
        blank=True, default=default, null=True, validators=BOUNDS, verbose_name=words
    )


class Migration(migrations.Migration):
    dependencies = [
        ("strategies", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint("contentplan", "content_minutes_video_bounded"),
        migrations.RenameField("contentplan", "minutes_video", "minutes_short_video"),
        migrations.AlterField(
            "contentplan",
            "minutes_short_video",
            minutes("minutes for a short video or reel", 300),
        ),
        *(
            migrations.AddField(
                "contentplan", f"minutes_{code}", minutes(words, default)
            )
            for code, (words, default) in NEW_MINUTES.items()
        ),
        *(
            migrations.AddConstraint(
                "contentplan",
                bounded(f"content_minutes_{code}_bounded", f"minutes_{code}", 10000),
            )
            for code in ("short_video", *NEW_MINUTES)
        ),
        migrations.RemoveConstraint("channelplan", "channel_plan_lowest_bounded"),
        migrations.RemoveConstraint("channelplan", "channel_plan_highest_bounded"),
        migrations.RenameModel("ChannelPlan", "PostKind"),
        migrations.AddConstraint("postkind", bounded("post_kind_lowest_bounded", "lowest", 1000)),
        migrations.AddConstraint("postkind", bounded("post_kind_highest_bounded", "highest", 1000)),
        migrations.AddField(
            "postkind",
            "pillar",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="strategies.pillar",
                verbose_name="theme",
            ),
        ),
        migrations.AddField(
            "postkind",
            "times",
            core.fields.TimesField(
                blank=True,
                default=(),
                help_text="Up to six, for example 08:00, 12:30 and 17.",
                max_length=36,
                verbose_name="good times",
            ),
        ),
        migrations.AlterField(
            "postkind",
            "format",
            models.CharField(
                choices=FORMATS, default="text", max_length=20, verbose_name="format"
            ),
        ),
        migrations.AlterField(
            "postkind",
            "period",
            models.CharField(
                choices=[("week", "a week"), ("two_weeks", "in two weeks"), ("month", "a month")],
                default="week",
                max_length=10,
                verbose_name="posts",
            ),
        ),
    ]
