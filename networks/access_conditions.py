"""What must be so before somebody is given access: a registry that apps above fill.

An app registers its own in ``<app>/access_conditions.py``, which is found by name.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from core.registry import Registry
from networks.models import AccessGrant


@dataclass(frozen=True)
class Unmet:
    """One condition that is not met: the sentence, and the page on which it can be."""

    sentence: "str | Promise"
    link: "str | Promise"
    url: str


#: Gets an access that is not saved yet.
AccessCondition = Callable[[AccessGrant], Iterable[Unmet]]
ACCESS_CONDITIONS: Registry[AccessCondition] = Registry(
    "condition for access", module="access_conditions"
)


def unmet_for(grant: AccessGrant) -> list[Unmet]:
    """Return what is missing before ``grant`` may be given."""
    return [unmet for condition in ACCESS_CONDITIONS for unmet in condition(grant)]
