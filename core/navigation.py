"""The main navigation: a registry of entries, one for each part of a workspace.

An app registers its own in ``<app>/navigation.py``, which is found by name.
"""

from dataclasses import dataclass

from django.utils.functional import Promise

from core.registry import Registry


@dataclass(frozen=True)
class NavigationEntry:
    """One link of the main navigation.

    ``url_name`` takes the workspace's slug. ``code`` is what a page's ``nav`` names to be marked as
    current. ``place`` orders the entries, lowest first. ``permission`` is a name in ``may``; empty
    for everybody. ``template`` draws something behind the label, such as a number.
    """

    code: str
    label: "str | Promise"
    icon: str
    url_name: str
    place: int
    permission: str = ""
    template: str = ""


NAVIGATION: Registry[NavigationEntry] = Registry("navigation entry", module="navigation")


def register(entry: NavigationEntry) -> None:
    NAVIGATION.register(entry.code, entry)
