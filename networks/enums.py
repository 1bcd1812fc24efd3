"""Choices about channels and what is published on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChannelState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    ACTIVE = "active", _("Active")
    FROZEN = "frozen", _("Frozen")
    CLOSED = "closed", _("Closed")


class OperatorKind(models.TextChoices):
    """Who does the daily work on a channel."""

    PERSON = "person", _("A person")
    TEAM = "team", _("A team")
    AGENCY = "agency", _("An agency")


class PostFormat(models.TextChoices):
    """What a post is made as; decides the minutes it takes."""

    TEXT = "text", _("Text or link")
    IMAGE = "image", _("Image")
    CAROUSEL = "carousel", _("Carousel")
    STORY = "story", _("Story")
    SHORT_VIDEO = "short_video", _("Short video or reel")
    LONG_VIDEO = "long_video", _("Long video")
    LIVE = "live", _("Live")
    THREAD = "thread", _("Thread")
    ARTICLE = "article", _("Article")
