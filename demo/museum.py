"""The museum while it is being made: what the parts of its story share."""

from dataclasses import dataclass, field
from datetime import date

from accounts.models import User
from demo.history import History
from networks.models import Channel
from strategies.domain.periods import months_later
from workspaces.models import Membership, Workspace

MONTHS_IN_FORCE = 3  # how long ago the strategy in force began


@dataclass
class Museum:
    """The workspace with its past; users, members and channels by their key in the story."""

    workspace: Workspace
    history: History
    users: dict[str, User]
    members: dict[str, Membership] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.history.today

    @property
    def starts_on(self) -> date:
        """The first day of the strategy in force."""
        return months_later(self.today, -MONTHS_IN_FORCE)

    @property
    def days_in_force(self) -> int:
        """How many days ago the strategy in force began."""
        return (self.today - self.starts_on).days
