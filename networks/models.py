"""The channels of a workspace, and who has access to them."""

import re
import uuid
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.rows import Revisioned, Row, RowQuerySet
from networks.access_terms import (
    CONFIRM_OFTEN,
    CONFIRM_SELDOM,
    confirm_by,
    confirmation_state,
    outsider_name,
)
from networks.catalogue import NETWORK_CHOICES, NETWORKS
from networks.enums import (
    AccessLevel,
    ChannelState,
    ConfirmationState,
    LoginKind,
    OperatorKind,
    TwoFactor,
)
from workspaces.enums import Engagement
from workspaces.models import Membership, Workspace
from workspaces.permissions import Permission

#: States in which an account must not be lost.
IN_USE = (ChannelState.ACTIVE, ChannelState.FROZEN)


class ChannelQuerySet(RowQuerySet):
    """Channels, in the order that people gave them."""

    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def with_people(self) -> Self:
        """With owner, operator and backup loaded."""
        return self.select_related("owner__user", "operator__user", "backup__user")

    def with_number_of_people(self) -> Self:
        """With ``number_with_access``: how many people can get into each."""
        grants = _grants_here().order_by().values("channel")
        number = grants.annotate(number=Count("person_uid", distinct=True)).values("number")
        return self.annotate(number_with_access=Subquery(number))

    def access_kept_by(self, member: Membership) -> Self:
        """Those whose access register ``member`` keeps: the owner, else who manages members."""
        if not member.can(Permission.EDIT_CHANNELS):
            return self.none()
        kept = Q(owner=member)
        if member.can(Permission.MANAGE_MEMBERS):
            here = Membership.objects.for_workspace(member.workspace).active()
            kept |= ~Q(owner__in=here.who_can(Permission.EDIT_CHANNELS))
        return self.for_workspace(member.workspace).live().filter(kept)

    def with_access_over(self, today: date) -> Self:
        """Those to which somebody still has access who should not."""
        return self.filter(Exists(_grants_here().over(today)))

    def with_access_to_confirm(self, today: date) -> Self:
        return self.filter(Exists(_grants_here().to_confirm(today)))

    def is_access_confirmed(self, today: date) -> bool:
        """Whether somebody is noted for each channel in use, and nobody is left to look at."""
        here = self.live().order_by()
        in_use = here.filter(state=ChannelState.ACTIVE)
        left = (
            here.with_access_over(today)
            | here.with_access_to_confirm(today)
            | in_use.filter(~Exists(_grants_here()))
        )
        return in_use.exists() and not left.exists()

    def with_access_at_risk(self) -> Self:
        """Those in use that could be lost: one admin, shared without second factor, no recovery."""
        grants = _grants_here()
        admins = grants.filter(level=AccessLevel.ADMIN).order_by().values("channel")
        number = admins.annotate(number=Count("person_uid", distinct=True)).values("number")
        return self.annotate(number_of_admins=Subquery(number)).filter(
            Q(number_of_admins=1)
            | Exists(grants.without_two_factor())
            | (Exists(grants) & ~Exists(grants.holding_recovery())),
            state__in=IN_USE,
        )

    def with_access_state(self, today: date) -> Self:
        """Annotate whether any access is noted, and whether one of them is to look at."""
        grants = _grants_here()
        at_risk = self.model._default_manager.with_access_at_risk()
        to_look_at = _is_over(today) | _is_unconfirmed(today) | _IS_UNSAFE
        return self.annotate(
            is_access_noted=Exists(grants),
            is_access_to_look_at=Exists(grants.filter(to_look_at)) | Q(pk__in=at_risk.values("pk")),
        )


class Channel(Row):
    """One official account on a network.

    Purpose, owner, operator and backup live here and change at once for every strategy
    (decision 4 of docs/adr); what one strategy wants of the channel stands in its own rows.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="channels")
    network = models.CharField(_("network"), max_length=20, choices=NETWORK_CHOICES)
    other_network = models.CharField(
        _("which one, if other"),
        max_length=60,
        blank=True,
        help_text=_("A podcast, a newsletter, a community of practice: it counts as a channel."),
    )
    handle = models.CharField(
        _("name of the account"),
        max_length=120,
        blank=True,
        help_text=_("As people see it, such as @yourname. Empty until there is one."),
    )
    address = models.URLField(_("address"), max_length=300, blank=True)
    purpose = models.TextField(
        _("what is it for?"), max_length=1000, blank=True, help_text=_("In one sentence.")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=ChannelState.choices, default=ChannelState.ACTIVE
    )
    owner = models.ForeignKey(
        Membership,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("One person answers for it, even when others do the work."),
    )
    operator_kind = models.CharField(
        _("run by"), max_length=20, choices=OperatorKind.choices, default=OperatorKind.PERSON
    )
    operator = models.ForeignKey(
        Membership,
        verbose_name=_("person who runs it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    operator_name = models.CharField(_("team or agency that runs it"), max_length=120, blank=True)
    backup = models.ForeignKey(
        Membership,
        verbose_name=_("backup"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Takes over when the owner is away."),
    )

    objects: ClassVar[ChannelQuerySet] = ChannelQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("channel")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ChannelState.values), name="channel_state_known"
            ),
            models.CheckConstraint(
                condition=Q(network__in=list(NETWORKS)), name="channel_network_known"
            ),
            models.CheckConstraint(
                condition=Q(operator_kind__in=OperatorKind.values),
                name="channel_operator_kind_known",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("networks:channel", args=[self.workspace.slug, self.uid])

    @property
    def short_address(self) -> str:
        """Its address as people say it: without what every address begins with."""
        return re.sub(r"^https?://(www\.)?", "", self.address).rstrip("/")

    def __str__(self) -> str:
        return f"{self.network_name}: {self.handle}" if self.handle else str(self.network_name)

    @property
    def network_name(self) -> str:
        """The network's name; what was typed when it is another one."""
        if self.network == "other" and self.other_network:
            return self.other_network
        return str(NETWORKS[self.network].name)


class AccessGrantQuerySet(models.QuerySet["AccessGrant"]):
    """Accesses to channels."""

    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def current(self) -> Self:
        """Leave out what was ended, and what belongs to channels that were removed."""
        return self.filter(ended_at__isnull=True, channel__removed_at__isnull=True)

    def with_people(self) -> Self:
        """With channel, person and who confirmed it loaded."""
        return self.select_related("channel", "member__user", "confirmed_by")

    def in_order(self) -> Self:
        """Channel by channel, in the order of the channels."""
        return self.order_by("channel__position", "channel_id", "pk")

    def over(self, today: date) -> Self:
        """Those still there although their end has passed or the person has left."""
        return self.filter(_is_over(today))

    def to_confirm(self, today: date) -> Self:
        """Those that are not over and that nobody has confirmed for too long."""
        return self.filter(_is_unconfirmed(today)).exclude(_is_over(today))

    def without_two_factor(self) -> Self:
        """Shared logins that a password alone opens."""
        return self.filter(_IS_UNSAFE)

    def of_externals(self) -> Self:
        """Those of external members and of outsiders without an account."""
        return self.filter(_IS_EXTERNAL)

    def holding_recovery(self) -> Self:
        return self.filter(Q(holds_recovery_email=True) | Q(holds_recovery_phone=True))


_IS_EXTERNAL = Q(member__isnull=True) | Q(member__engagement=Engagement.EXTERNAL)
_IS_UNSAFE = Q(login=LoginKind.SHARED, two_factor=TwoFactor.NO)


def _is_over(today: date) -> Q:
    return (
        Q(ends_on__isnull=False, ends_on__lt=today)
        | Q(member__isnull=False, member__left_at__isnull=False)
        | Q(
            member__isnull=False,
            member__engaged_until__isnull=False,
            member__engaged_until__lt=today,
        )
        | Q(member__isnull=False, member__user__is_active=False)
    )


def _is_unconfirmed(today: date) -> Q:
    """Confirmed never or too long ago, also where it is over."""
    often = Q(level=AccessLevel.ADMIN) | _IS_EXTERNAL
    long_ago = Q(confirmed_on__lte=today - CONFIRM_SELDOM)
    long_ago |= often & Q(confirmed_on__lte=today - CONFIRM_OFTEN)
    return Q(confirmed_on__isnull=True) | long_ago


def _grants_here() -> AccessGrantQuerySet:
    """The accesses of the channel of an outer query."""
    return AccessGrant.objects.filter(ended_at__isnull=True, channel=OuterRef("pk"))


class AccessGrant(Revisioned):
    """One person's access to one channel: of a member, or of somebody outside without an account.

    It says where the password is kept, never the password. Ended, it is kept and can be restored.
    ``person_uid`` is the member's uid, or one made of an outsider's name and company: all accesses
    of one person are found by it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    channel = models.ForeignKey(
        Channel, verbose_name=_("channel"), on_delete=models.PROTECT, related_name="+"
    )
    member = models.ForeignKey(
        Membership,
        verbose_name=_("member"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    outsider_name = models.CharField(_("name"), max_length=120, blank=True)
    outsider_company = models.CharField(_("company"), max_length=120, blank=True)
    outsider_email = models.EmailField(_("email"), max_length=254, blank=True)
    person_uid = models.UUIDField(editable=False)
    level = models.CharField(_("level"), max_length=20, choices=AccessLevel.choices)
    login = models.CharField(
        _("login"), max_length=20, choices=LoginKind.choices, default=LoginKind.PERSONAL
    )
    two_factor = models.CharField(
        _("two-factor"), max_length=20, choices=TwoFactor.choices, default=TwoFactor.UNKNOWN
    )
    password_place = models.CharField(
        _("where the password is kept"),
        max_length=200,
        blank=True,
        help_text=_("Such as “1Password, vault Marketing”. Never the password itself."),
    )
    holds_recovery_email = models.BooleanField(_("holds the recovery email"), default=False)
    holds_recovery_phone = models.BooleanField(_("holds the recovery phone"), default=False)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day. Empty where there is none.")
    )
    confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    objects: ClassVar[AccessGrantQuerySet] = AccessGrantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("access")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["workspace", "ended_at"], name="access_by_workspace"),
            models.Index(fields=["workspace", "person_uid"], name="access_by_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "person_uid", "level", "login"],
                condition=Q(ended_at__isnull=True),
                name="access_noted_once",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, outsider_name="", outsider_company="")
                | (Q(member__isnull=True) & ~Q(outsider_name="") & ~Q(outsider_company="")),
                name="access_of_one_person",
            ),
            models.CheckConstraint(
                condition=Q(level__in=AccessLevel.values), name="access_level_known"
            ),
            models.CheckConstraint(
                condition=Q(login__in=LoginKind.values), name="access_login_known"
            ),
            models.CheckConstraint(
                condition=Q(two_factor__in=TwoFactor.values), name="access_two_factor_known"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="access_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name}: {self.channel}"

    def get_absolute_url(self) -> str:
        return reverse("networks:access_edit", args=[self.workspace.slug, self.uid])

    @property
    def person_name(self) -> str:
        """The person's name, with the company of somebody from outside."""
        if self.member:
            return self.member.name
        return outsider_name(self.outsider_name, self.outsider_company)

    @property
    def email(self) -> str:
        return self.member.user.email if self.member else self.outsider_email

    @property
    def is_external(self) -> bool:
        return self.member is None or self.member.engagement == Engagement.EXTERNAL

    @property
    def last_on(self) -> date | None:
        """The last day, by what was agreed here or by the end of the member's engagement."""
        days = [self.ends_on, self.member.engaged_until if self.member else None]
        return min((day for day in days if day), default=None)

    def is_over(self, today: date) -> bool:
        """Whether the person should not have this access any more, as ``over`` finds them."""
        has_left = self.member is not None and (
            self.member.left_at is not None or not self.member.user.is_active
        )
        return has_left or (self.last_on is not None and self.last_on < today)

    @property
    def confirm_by_on(self) -> date | None:
        """The day on which it is to be confirmed again; None where it never was."""
        return confirm_by(self.confirmed_on, level=self.level, is_external=self.is_external)

    def confirmation(self, today: date) -> ConfirmationState:
        return confirmation_state(self.confirm_by_on, today)


class AccessUpload(models.Model):
    """A list of accesses that one person brought in.

    Once it is taken over or cleared, only that it was there is kept, for the page that the person may come back to.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False
    )
    name = models.CharField(max_length=120, blank=True, editable=False)
    text = models.TextField(editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    cleared_at = models.DateTimeField(null=True, blank=True, editable=False)
    taken_over_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("list of accesses brought in")

    def __str__(self) -> str:
        return self.name or str(self.uid)
