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


class AccessLevel(models.TextChoices):
    """What somebody can do on an account, in the words that most networks use, most first."""

    ADMIN = "admin", _("Admin")
    EDITOR = "editor", _("Editor or publisher")
    MODERATOR = "moderator", _("Moderator")
    ADVERTISER = "advertiser", _("Advertiser")
    ANALYST = "analyst", _("Analyst")


class LoginKind(models.TextChoices):
    """Whether somebody signs in as themself or with what several people know."""

    PERSONAL = "personal", _("Personal")
    SHARED = "shared", _("Shared")


class TwoFactor(models.TextChoices):
    """Whether signing in asks for a second factor."""

    YES = "yes", _("On")
    NO = "no", _("Off")
    UNKNOWN = "unknown", _("Not known")


class ConfirmationState(models.TextChoices):
    """Whether somebody said lately that an access is right as it is noted."""

    NEVER = "never", _("Never confirmed")
    DUE = "due", _("To be confirmed")
    SOON = "soon", _("To be confirmed soon")
    CONFIRMED = "confirmed", _("Confirmed")


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


#: What can go out with neither picture nor video.
WITHOUT_MEDIA = frozenset({PostFormat.TEXT, PostFormat.THREAD, PostFormat.ARTICLE})
