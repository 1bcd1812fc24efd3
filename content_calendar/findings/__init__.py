"""What is to look at in one post: a registry of checks, one entry each.

Adding one is one function with ``@check`` in a module of this package (every module is read).
Every check is pure: it takes a ``Draft`` and gives findings.
"""

from importlib import import_module
from pkgutil import iter_modules

from content_calendar.domain.post_finding import PostFinding
from content_calendar.findings.draft import Draft, DraftVersion, draft_of
from content_calendar.findings.registry import run_checks

__all__ = [
    "Draft",
    "DraftVersion",
    "PostFinding",
    "draft_of",
    "run_checks",
]

for module in iter_modules(__path__):
    import_module(f"{__name__}.{module.name}")
