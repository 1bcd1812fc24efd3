"""Where a person is in the first pass of a strategy."""

from django.db import models

from strategies.models.strategy import Strategy
from workspaces.models import Membership


class FirstPassPlace(models.Model):
    """The screen that a member had open last; there is none after the finish."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "membership"], name="first_pass_place_once_a_member"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}, {self.strategy}: {self.kind}"
