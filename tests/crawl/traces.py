"""What a request leaves behind: statements that write, rows that changed, keys that lead outside."""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.forms import BaseForm

from accounts.models import User
from tests.crawl.world import World
from workspaces.models import Membership, Workspace

WRITES = re.compile(r'(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) "(\w+)"')
READS = re.compile(r"[\s(]*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|PRAGMA|EXPLAIN)\b", re.IGNORECASE)

#: The session remembers the workspace visited last and the messages for the next page. It belongs
#: to a browser, holds no answer, and may be lost at any time. Pages of signing in count their visitors:
#: the limits on tries stand in a table of their own. A screen of the first pass keeps, for its reader
#: alone, that it is the one to come back to.
WRITTEN_BY_READING = {
    "django_session",
    "accounts_limit_count",
    "strategies_firstpassplace",
}


@contextmanager
def watched() -> Iterator[list[str]]:
    """Collect every statement that writes, also one that changes no row, and work put off to commit."""
    written: list[str] = []

    def look(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not READS.match(sql) and not any(f'"{name}"' in sql for name in WRITTEN_BY_READING):
            written.append(sql)
        return execute(sql, *rest)

    put_off = len(connection.run_on_commit)
    with connection.execute_wrapper(look):
        yield written
    written += [f"on commit: {entry[1]}" for entry in connection.run_on_commit[put_off:]]


def shown(response: Any) -> str:
    """Return all that a response lets out: head and body."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.headers} {body.decode(errors='replace')}"


class _Undo(Exception):
    """Ends a savepoint."""


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is written inside, so that the next request finds the world as it was."""
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        pass


@contextmanager
def noted_forms() -> Iterator[list[BaseForm]]:
    """Collect the forms that are made inside, also those that no page shows."""
    noted: list[BaseForm] = []
    begin = BaseForm.__init__

    def note(form: BaseForm, *args: Any, **kwargs: Any) -> None:
        begin(form, *args, **kwargs)
        noted.append(form)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseForm, "__init__", note)
        yield noted


# --- what belongs to whom -----------------------------------------------------------------------


def own_models() -> Iterator[type[models.Model]]:
    """Every model of our own apps, join tables included."""
    for label in settings.LOCAL_APPS:
        yield from apps.get_app_config(label).get_models(include_auto_created=True)


@cache
def path_to_workspace(model: type[models.Model], seen: tuple[Any, ...] = ()) -> str | None:
    """Return the lookup from ``model`` to its workspace's key, shortest first, or None."""
    if model is Workspace:
        return "pk"
    keys = [
        column
        for column in model._meta.concrete_fields
        if isinstance(column, models.ForeignKey)
        and column.related_model is not User
        and column.related_model not in seen
    ]
    for column in keys:
        if column.related_model is Workspace:
            return column.name
    for column in keys:
        below = path_to_workspace(column.related_model, (*seen, model))
        if below:
            return column.name if below == "pk" else f"{column.name}__{below}"
    return None


def rows_of_world(world: World, tables: Collection[str] | None = None) -> dict[str, str]:
    """Return the rows of the workspace and its people as text, by table; of ``tables`` only."""
    found = {}
    for model in own_models():
        table, path = model._meta.db_table, path_to_workspace(model)
        if tables is not None and table not in tables:
            continue
        if model is User:
            path = "memberships__workspace"
        if path is not None:
            here = model._default_manager.filter(**{path: world.workspace.pk}).order_by("pk")
            found[table] = json.dumps(list(here.values()), cls=DjangoJSONEncoder)
    return found


def tables_in(written: list[str]) -> set[str]:
    """Return the tables that the statements write."""
    return {name for sql in written for name in WRITES.findall(sql)}


def fingerprint_of_all() -> str:
    """Return a hash over the whole database, but for what reading may write."""
    digest = hashlib.sha256()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table not in WRITTEN_BY_READING:
            rows = model._default_manager.order_by("pk").values_list()
            digest.update(json.dumps(list(rows), cls=DjangoJSONEncoder).encode())
    return digest.hexdigest()


def wrong_references(world: World, tables: Collection[str] | None = None) -> list[str]:
    """Return every key in ``world`` to a thing outside it, to a former member, or to a stranger.

    With ``tables`` it looks into those only.
    """
    members = Membership.objects.filter(workspace=world.workspace)
    former = [member.pk for member in world.former]
    found = []
    for model in own_models():
        path = path_to_workspace(model)
        if path is None or (tables is not None and model._meta.db_table not in tables):
            continue
        here = model._default_manager.filter(**{path: world.workspace.pk})
        for column in model._meta.concrete_fields:
            if not isinstance(column, models.ForeignKey) or column.related_model is Workspace:
                continue
            named = here.filter(**{f"{column.name}__isnull": False})
            below = path_to_workspace(column.related_model)
            if column.related_model is User:
                wrong = named.exclude(**{f"{column.name}__in": members.values("user")})
            elif below is None:
                continue
            else:
                there = column.name if below == "pk" else f"{column.name}__{below}"
                wrong = named.exclude(**{there: world.workspace.pk})
                if column.related_model is Membership:
                    wrong |= named.filter(**{f"{column.name}__in": former})
            found += [
                f"{model.__name__}.{column.name} of {pk}"
                for pk in wrong.values_list("pk", flat=True)
            ]
    return found
