"""A post, and its version for each channel."""

import uuid
from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content_calendar.enums import (
    BY_HAND,
    OVER,
    UNAPPROVED,
    UNCOUNTED,
    WAITING,
    Advertising,
    Origin,
    PostState,
    Retouching,
)
from core.enums import ContentCategory
from core.fields import CodesField
from core.rows import Removable, Revisioned
from core.text import cut, first_line
from networks.enums import PostFormat
from networks.models import Channel
from policies.models.hold import held
from workspaces.models import Membership, Workspace

#: How long a post that a person publishes is *due* before it counts as missed.
MISSED_AFTER = timedelta(hours=24)
TEXT_AT_MOST = 10_000  # letters; the longest text that tools take for Facebook is 5,000 to 63,206


class Tag(models.Model):
    """A word of the workspace's own to find posts by."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(_("tag"), max_length=40)

    class Meta:
        verbose_name = _("tag")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="tag_name_once")]

    def __str__(self) -> str:
        return self.name


def versions_for_cards() -> "models.Prefetch[str]":
    """Return what a card shows of the versions of its post."""
    versions = PostVersion.objects.select_related("channel").only(
        "post", "goes_out_at", "published_at", "channel__network", "channel__other_network"
    )
    return models.Prefetch("versions", versions)


class PostQuerySet(models.QuerySet["Post"]):
    """Posts of a calendar."""

    def for_workspace(self, workspace: Workspace) -> Self:
        """Its own posts only."""
        return self.filter(workspace=workspace)

    def live(self) -> Self:
        """Leave out what was removed."""
        return self.filter(removed_at__isnull=True)

    def between(self, first: date, last: date) -> Self:
        """Planned on a day from ``first`` through ``last``, in the workspace's zone."""
        return self.filter(planned_on__range=(first, last))

    def ideas(self) -> Self:
        """Without a date, newest first."""
        return self.filter(state=PostState.IDEA).order_by("-created_at", "-pk")

    def counted(self) -> Self:
        """What counts in weeks and mixes: neither ideas nor cancelled posts."""
        return self.exclude(state__in=UNCOUNTED)

    def in_order(self) -> Self:
        """Soonest first."""
        return self.order_by("planned_on", "planned_at", "pk")

    def latest_first(self) -> Self:
        """The last day first, ideas at the end."""
        return self.order_by(F("planned_on").desc(nulls_last=True), "-planned_at", "-pk")

    def for_calendar(self) -> Self:
        """What a card shows and nothing more, in two queries however many posts there are."""
        return self.for_cards().prefetch_related(versions_for_cards())

    def for_cards(self) -> Self:
        """What a card shows of the post itself; ``versions_for_cards`` are read beside it."""
        return self.only(
            "uid",
            "workspace",
            "revision",
            "removed_at",
            "state",
            "is_crisis_information",
            "title",
            "text",
            "category",
            "planned_on",
            "planned_time",
            "planned_at",
            "owner",
            "created_by",
        )

    def first_of_each(self, field: str, number: int) -> Self:
        """The first ``number`` posts of each day, state …; ``of_all`` counts those of its group."""
        return self.annotate(
            place=Window(RowNumber(), partition_by=F(field), order_by=["planned_at", "pk"]),
            of_all=Window(Count("pk"), partition_by=F(field)),
        ).filter(place__lte=number)

    def due(self, now: datetime) -> Self:
        """Their minute has come: somebody publishes what is not out yet and not stopped."""
        return self.filter(_has_open_version(now, free=True), state__in=BY_HAND)

    def should_be_out(self, now: datetime) -> Self:
        """They lie in another tool, and their minute has passed."""
        return self.filter(_has_open_version(now), state=PostState.HANDED_OVER)

    def missed(self, now: datetime) -> Self:
        """Should have been out by ``now``: nobody approved them, or nobody published them in a day.

        What was stopped before it was missed is not.
        """
        return self.filter(
            Q(state__in=UNAPPROVED, planned_at__lte=now)
            | Q(_has_missed_version(now - MISSED_AFTER), state__in=BY_HAND)
        )

    def on_hold(self) -> Self:
        """They wait for their minute, and posts on one of their channels are stopped.

        What should have been out a day before that is missed, and was not kept back.
        """
        versions = PostVersion.objects.filter(post=OuterRef("pk"), published_at__isnull=True)
        return self.filter(
            Exists(versions.filter(_is_kept_back())), state__in=WAITING, is_crisis_information=False
        )

    def free(self) -> Self:
        """Leave out posts of which nothing may go out now, because all is stopped or out."""
        versions = PostVersion.objects.filter(post=OuterRef("pk"))
        return self.filter(
            Q(is_crisis_information=True)
            | ~Exists(versions)
            | Exists(versions.filter(~_is_held(), published_at__isnull=True))
        )

    def partly_published(self) -> Self:
        """Some channels are out, and some still have to go out."""
        versions = PostVersion.objects.filter(post=OuterRef("pk"))
        return self.filter(
            Exists(versions.filter(published_at__isnull=False)),
            Exists(versions.filter(published_at__isnull=True)),
        ).exclude(state__in=OVER)

    def approval_late(self, now: datetime, lead_time_hours: int) -> Self:
        """Not approved yet although they go out within the lead time."""
        by = now + timedelta(hours=lead_time_hours)
        return self.filter(state__in=UNAPPROVED, planned_at__gt=now, planned_at__lte=by)

    def waiting_for_approval(self) -> Self:
        """Submitted, and not decided on."""
        return self.filter(state=PostState.IN_REVIEW)

    def not_out(self) -> Self:
        """Neither published nor cancelled."""
        return self.exclude(state__in=OVER)

    def of(self, member: Membership) -> Self:
        """Those that ``member`` owns; where a post has no owner, who wrote it."""
        return self.filter(is_of(member))


def is_of(member: Membership) -> Q:
    """Whether a post is one of ``member``, as ``PostQuerySet.of`` has them."""
    return Q(owner=member) | Q(owner=None, created_by=member.user)


def _has_open_version(moment: datetime, *, free: bool = False) -> Exists:
    """Whether a version that should be out at ``moment`` is not; with ``free``, is not held up either."""
    versions = _open_versions(moment)
    if free:
        versions = versions.filter(Q(post__is_crisis_information=True) | ~_is_held())
    return Exists(versions)


def _has_missed_version(moment: datetime) -> Exists:
    """Whether a version that should be out at ``moment`` is not, and was not kept back."""
    is_free = Q(post__is_crisis_information=True) | ~_is_kept_back()
    return Exists(_open_versions(moment).filter(is_free))


def _open_versions(moment: datetime) -> "models.QuerySet[PostVersion]":
    return PostVersion.objects.filter(
        post=OuterRef("pk"), goes_out_at__lte=moment, published_at__isnull=True
    )


def _is_held() -> Exists:
    """Whether posts on the channel of a version are stopped."""
    return held(workspace="post__workspace", channel="channel")


def _is_kept_back() -> Exists:
    """Whether posts on the channel of a version were stopped before it was missed."""
    missed_at = OuterRef("goes_out_at") + MISSED_AFTER
    return held(workspace="post__workspace", channel="channel", since=missed_at)


class Post(Revisioned, Removable):
    """One thing to publish, on one or several channels.

    ``planned_on`` and ``planned_time`` are what people typed, in the workspace's zone;
    ``planned_at`` is the same moment in UTC, written beside them by the services. What it serves in
    the strategy (message, audiences, objective, theme, campaign) is named by the uid of the answer:
    the names are those of the strategy in force on the post's own day.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="posts")
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=PostState.choices,
        default=PostState.IDEA,
        editable=False,
    )
    title = models.CharField(
        _("title"), max_length=120, blank=True, help_text=_("For your own lists; never published.")
    )
    text = models.TextField(_("text"), max_length=TEXT_AT_MOST, blank=True)
    category = models.CharField(
        _("category"), max_length=20, choices=ContentCategory.choices, blank=True
    )
    planned_on = models.DateField(_("day"), null=True, blank=True)
    planned_time = models.TimeField(_("time"), null=True, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True, editable=False)

    message_uid = models.UUIDField(_("key message"), null=True, blank=True)
    audience_uids = CodesField(_("audiences"), max_length=1000)
    objective_uid = models.UUIDField(_("objective"), null=True, blank=True)
    theme_uid = models.UUIDField(_("theme"), null=True, blank=True)
    campaign_uid = models.UUIDField(_("campaign or activity"), null=True, blank=True)

    origin = models.CharField(
        _("whose content is it?"), max_length=20, choices=Origin.choices, default=Origin.US
    )
    source = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("Who made it, or where it stands.")
    )
    has_permission = models.BooleanField(_("we have permission to use it"), default=False)
    photographer = models.CharField(_("photographer"), max_length=120, blank=True)
    licence_until = models.DateField(_("licence until"), null=True, blank=True)
    consent_until = models.DateField(_("consent of the people shown until"), null=True, blank=True)
    advertising = models.CharField(
        _("advertising"), max_length=20, choices=Advertising.choices, blank=True
    )
    retouching = models.CharField(
        _("retouching"),
        max_length=20,
        choices=Retouching.choices,
        blank=True,
        help_text=_("Shape, size or skin of a body in the picture is changed."),
    )
    notes = models.TextField(
        _("notes"), max_length=4000, blank=True, help_text=_("For your team; never published.")
    )
    tags: "models.ManyToManyField[Tag, models.Model]" = models.ManyToManyField(
        Tag, blank=True, related_name="posts"
    )
    owner = models.ForeignKey(
        Membership,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who sees to it that this goes out."),
    )

    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    is_crisis_information = models.BooleanField(default=False, editable=False)

    handed_over_to = models.CharField(_("tool"), max_length=60, blank=True, editable=False)
    handed_over_at = models.DateTimeField(null=True, blank=True, editable=False)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects: ClassVar[PostQuerySet] = PostQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("post")
        indexes = [
            models.Index(
                fields=["workspace", "planned_on", "planned_at", "id"], name="post_by_day"
            ),
            models.Index(fields=["workspace", "state", "planned_at"], name="post_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PostState.values), name="post_state_known"
            ),
            models.CheckConstraint(
                condition=Q(category__in=["", *ContentCategory.values]), name="post_category_known"
            ),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="post_origin_known"),
            models.CheckConstraint(
                condition=Q(advertising__in=Advertising.values), name="post_advertising_known"
            ),
            models.CheckConstraint(
                condition=Q(retouching__in=Retouching.values), name="post_retouching_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        planned_on__isnull=True,
                        planned_time__isnull=True,
                        planned_at__isnull=True,
                        state__in=UNCOUNTED,
                    )
                    | (
                        Q(
                            planned_on__isnull=False,
                            planned_time__isnull=False,
                            planned_at__isnull=False,
                        )
                        & ~Q(state=PostState.IDEA)
                    )
                ),
                name="post_has_day_time_and_moment_or_is_idea",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="post_submitted_by_and_when",
            ),
            models.CheckConstraint(
                condition=(
                    Q(handed_over_at__isnull=True, handed_over_by__isnull=True, handed_over_to="")
                    | (
                        Q(handed_over_at__isnull=False, handed_over_by__isnull=False)
                        & ~Q(handed_over_to="")
                    )
                ),
                name="post_handed_over_to_by_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("calendar:post", args=[self.workspace.slug, self.uid])

    @property
    def name(self) -> str:
        """What it is called in lists and notices: its title, else the beginning of its text."""
        return self.title or cut(first_line(self.text), 60) or str(_("Post without text"))

    @property
    def content_category(self) -> ContentCategory | None:
        """Its category with letter and colour, or None while it has none."""
        return ContentCategory(self.category) if self.category else None

    @property
    def is_idea(self) -> bool:
        """Whether it has no date yet."""
        return self.state == PostState.IDEA


class PostVersion(models.Model):
    """A post as it goes out on one channel. What it does not have of its own is the post's.

    ``goes_out_at`` is its moment in UTC, written by the services.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    own_text = models.TextField(
        _("text for this channel"),
        max_length=TEXT_AT_MOST,
        blank=True,
        help_text=_("Empty: the text of the post."),
    )
    format = models.CharField(
        _("format"), max_length=20, choices=PostFormat.choices, default=PostFormat.TEXT
    )
    language = models.CharField(_("language"), max_length=10, blank=True)
    own_time = models.TimeField(
        _("time"), null=True, blank=True, help_text=_("Empty: the time of the post.")
    )
    goes_out_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_address = models.URLField(
        _("address of the published post"), max_length=500, blank=True
    )

    class Meta:
        verbose_name = _("version for a channel")
        ordering = ["channel__position", "pk"]
        indexes = [models.Index(fields=["channel", "goes_out_at"], name="version_by_channel")]
        constraints = [
            models.UniqueConstraint(fields=["post", "channel"], name="version_once_a_channel"),
            models.CheckConstraint(
                condition=Q(format__in=PostFormat.values), name="version_format_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(published_at__isnull=True, published_by__isnull=True, published_address="")
                    | Q(published_at__isnull=False, published_by__isnull=False)
                ),
                name="version_who_and_when_published",
            ),
        ]

    def __str__(self) -> str:
        return str(self.channel)

    @property
    def text(self) -> str:
        """What goes out on this channel."""
        return self.own_text or self.post.text

    @property
    def is_published(self) -> bool:
        """Whether somebody said that it is out."""
        return self.published_at is not None
