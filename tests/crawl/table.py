"""Who may open what: the table that the crawl holds every address to.

A new address needs a line here; an address without one fails the crawl.
"""

from dataclasses import dataclass

from workspaces.permissions import Permission as May

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True)
class Open:
    """An address outside the workspaces: the statuses that a visitor's GET may get."""

    anonymous: tuple[int, ...]


@dataclass(frozen=True)
class Personal:
    """A thing of one member, the marketer: another member of the workspace gets 404."""

    permission: May = May.VIEW


Rule = Open | Personal | May

SIGN_IN = Open((302,))

RULES: dict[str, Rule] = {}
