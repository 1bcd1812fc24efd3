"""What a view reads beside its path: read from the source, so that nothing new is left out.

A parameter that a view names needs a value in ``QUERY`` or ``POSTED``. A view that hands the whole
query to a form is named in ``WHOLE`` with the names that the form reads.
"""

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from functools import cache

from content_calendar.forms.filter import CalendarFilter
from content_calendar.forms.move import PostMoveForm
from networks.forms_access import AccessFilter
from policies.forms.hashtags import HashtagFilter
from strategies.forms.roadmap import MilestoneStateForm
from strategies.forms.rows import MoveRowForm
from tests.crawl.addresses import Address, Visit
from tests.crawl.world import World
from today.forms import FindForm

Values = Callable[[World, Visit], list[str]]


def _rows(world: World, visit: Visit) -> list[str]:
    return [str(world.things[f"row:{kind}"].uid) for kind in visit.kinds]


def _kinds(_world: World, visit: Visit) -> list[str]:
    return list(visit.kinds)


def _always(*values: str) -> Values:
    return lambda _world, _visit: list(values)


def _thing(name: str) -> Values:
    return lambda world, _visit: [str(world.things[name].uid)]


def _scheduled(world: World, _visit: Visit) -> list[str]:
    post = world.things.get("scheduled post")
    return [str(post.uid) if post else "no-such-post"]


def _member(world: World, _visit: Visit) -> list[str]:
    return [str(world.members["marketer"].uid)]


#: Parameters of a query, with the values that are tried.
QUERY: dict[str, Values] = {
    "about": lambda world, _visit: [f"milestone:{world.things['milestone'].uid}", "nothing"],
    "add": _kinds,
    "all": _always("1"),
    "audience": _thing("row:audience"),
    "campaign": _thing("row:activity"),
    "category": _always("promotional", "none"),
    "change": _thing("access"),
    "channel": _thing("row:channel"),
    "copy_of": _thing("strategy"),
    "day": _always("2026-12-01", "2026-13-99"),
    "direction": _always("up"),
    "draft": _always("1"),
    "due": _always("due", "over"),
    "engagement": _always("external"),
    "from": _always("2026-12-01", "never"),
    "instead_of": _member,
    "level": _always("admin"),
    "kind": _always("lasting", "topical"),
    "marks": _always("on", "off"),
    "message": _thing("row:message"),
    "next": _always("/"),
    "open": _rows,
    "owner": _member,
    "page": _always("1"),
    "pass": _always("first", "finish"),
    "paste": _kinds,
    "person": _member,
    "planned_on": _always("2026-12-02", ""),
    "planned_time": _always("09:30"),
    "position": _always("1"),
    "posts": _scheduled,
    "q": _always("lights", "x" * 101),
    "reason": _always("An agency does it"),
    "revision": _always("2", "1"),
    "saved": _rows,
    "since": _always("0", "1"),
    "state": _always("done", "missed", "partly", "should_be_out", "due", "late", "on_hold"),
    "tag": _always("winter"),
    "template": _thing("template"),
    "text": _always("lights"),
    "then": _always("confirm"),
    "theme": _thing("row:pillar"),
    "token": _always("a token"),
    "verdict": _always("avoid", "over"),
}

#: Fields that a view reads itself from what is posted, past every form.
POSTED: dict[str, str] = {
    "bring_back": "",
    "field": "needs",
    "find_out": "typed",
    "is_not_known": "1",
    "next": "/",
    "pass": "first",
    "posts": "",
    "preset": "",
    "tag": "typed",
    "text": "typed",
    "then": "",
    "token": "",
}

#: Views that hand the whole query on, and what is read from it there.
WHOLE: dict[str, tuple[str, ...]] = {
    "activity.views.ActivityList": ("person",),
    "content_calendar.views.media.MediaMove": ("direction",),
    "content_calendar.views.base.PostsPage": tuple(CalendarFilter.base_fields),
    "content_calendar.views.moves.PostMove": tuple(PostMoveForm.base_fields),
    "networks.views_access.FilteredView": tuple(AccessFilter.base_fields),
    "policies.views.hashtags.HashtagList": tuple(HashtagFilter.base_fields),
    "networks.views.ChannelMove": ("direction", "position"),
    "strategies.views.roadmap.MilestoneStateView": (*MilestoneStateForm.base_fields, "next"),
    "strategies.views.rows.RowAddView": ("channel", "token"),
    "today.views.FindView": tuple(FindForm.base_fields),
    "strategies.views.rows.RowMoveView": tuple(MoveRowForm.base_fields),
}


def names_in(tree: ast.AST, dictionary: str) -> tuple[set[str], int]:
    """Return the keys that are read from ``request.<dictionary>``, and how often all of it is."""
    everything = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == dictionary
    ]
    named: dict[int, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Attribute() as whole, attr="get" | "getlist"),
                args=[ast.Constant(value=str() as name), *_],
            ):
                named[id(whole)] = name
            case ast.Subscript(
                value=ast.Attribute() as whole, slice=ast.Constant(value=str() as name)
            ):
                named[id(whole)] = name
            case ast.Compare(
                left=ast.Constant(value=str() as name),
                ops=[ast.In() | ast.NotIn()],
                comparators=[ast.Attribute() as whole],
            ):
                named[id(whole)] = name
    found = {named[id(node)] for node in everything if id(node) in named}
    return found, sum(id(node) not in named for node in everything)


@cache
def classes_in(module: str) -> dict[str, ast.ClassDef]:
    """Return the classes of a module as syntax trees."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


@cache
def names_of(cls: type, dictionary: str) -> tuple[set[str], int]:
    """Return what the methods of a class read from the request, as ``names_in`` does."""
    return names_in(classes_in(cls.__module__)[cls.__qualname__], dictionary)


@cache
def query_names(address: Address) -> set[str]:
    """Return the parameters that the address's view reads from its query."""
    found: set[str] = set()
    for cls in address.classes:
        found |= names_of(cls, "GET")[0]
        found |= set(WHOLE.get(f"{cls.__module__}.{cls.__qualname__}", ()))
        if getattr(cls, "paginate_by", None):
            found.add(getattr(cls, "page_kwarg", "page"))
    return found


@cache
def posted_names(address: Address) -> set[str]:
    """Return the fields that the address's view reads from what is posted, past every form."""
    return set().union(*(names_of(cls, "POST")[0] for cls in address.classes))


def queries(
    address: Address, world: World, visit: Visit, *, every: bool = True
) -> Iterator[dict[str, str]]:
    """Yield the queries to try: none, each parameter by itself, and all at once.

    With ``every=False`` each parameter has one value only.
    """
    tried = {name: QUERY[name](world, visit) for name in sorted(query_names(address))}
    yield {}
    for name, values in tried.items():
        for value in values if every else values[:1]:
            yield {name: value}
    if len(tried) > 1:
        yield {name: values[0] for name, values in tried.items()}
