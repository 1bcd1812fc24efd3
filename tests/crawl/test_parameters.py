"""The tables of parameters are held to the source: one that a view begins to read needs a row."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from activity.forms import PersonFilter
from networks.forms import MoveForm
from tests.crawl.addresses import addresses
from tests.crawl.parameters import (
    POSTED,
    QUERY,
    WHOLE,
    names_in,
    names_of,
    posted_names,
    query_names,
)

pytestmark = pytest.mark.crawl

ALL = addresses()

#: Code that reads a query and is no view: it looks for characters that cannot be stored.
NO_VIEW = {"core.middleware.BadInputMiddleware", "core.support.SupportSite"}

#: Ways to a query that the tables cannot see into.
HIDDEN = {"QUERY_STRING", "get_full_path", "META"}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for app in settings.LOCAL_APPS:
        for path in sorted(Path(settings.BASE_DIR, app).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if any(word in text for word in ("GET", *HIDDEN)):
                dotted = ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
                yield dotted, ast.parse(text)


def parts_of(module: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Each statement of a module; a class by its name."""
    for node in module.body:
        yield (node.name if isinstance(node, ast.ClassDef) else f"line {node.lineno}"), node


def test_every_parameter_that_a_view_names_has_a_value_and_every_value_a_view() -> None:
    queried = set().union(*(query_names(address) for address in ALL))
    posted = set().union(*(posted_names(address) for address in ALL))

    assert queried == set(QUERY), "keep QUERY in tests/crawl/parameters.py to what views read"
    assert posted <= set(POSTED), "give these a value in tests/crawl/parameters.py"


def test_a_query_is_read_by_views_only_and_as_a_whole_by_known_ones() -> None:
    reached = {f"{cls.__module__}.{cls.__qualname__}" for one in ALL for cls in one.classes}
    whole = {
        f"{cls.__module__}.{cls.__qualname__}"
        for one in ALL
        for cls in one.classes
        if names_of(cls, "GET")[1]
    }

    for module, tree in sources():
        for name, part in parts_of(tree):
            named, number = names_in(part, "GET")
            place = f"{module}.{name}"
            assert not (named or number) or place in reached | NO_VIEW, place
            hidden = {n.attr for n in ast.walk(part) if isinstance(n, ast.Attribute)} & HIDDEN
            assert not hidden, f"{place} reads {hidden}"
    assert whole == set(WHOLE), "name in WHOLE what is read from the query there"


def test_what_forms_read_of_a_query_is_known() -> None:
    assert set(PersonFilter.base_fields) == set(WHOLE["activity.views.ActivityList"])
    assert set(MoveForm.base_fields) == set(WHOLE["networks.views.ChannelMove"])
