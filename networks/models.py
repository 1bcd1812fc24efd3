"""The channels of a workspace."""

import re
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.rows import Row, RowQuerySet
from networks.catalogue import NETWORK_CHOICES, NETWORKS
from networks.enums import ChannelState, OperatorKind
from workspaces.models import Membership, Workspace


class ChannelQuerySet(RowQuerySet):
    """Channels, in the order that people gave them."""

    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def with_people(self) -> Self:
        """With owner, operator and backup loaded."""
        return self.select_related("owner__user", "operator__user", "backup__user")


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
        help_text=_("As people see it, such as @fjordlys. Empty until there is one."),
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
