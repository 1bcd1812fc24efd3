"""Fill an empty database for ``make bench`` and print the addresses to measure, as JSON."""

import json
import os
from datetime import date, time
from decimal import Decimal
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strategy_planner.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import models, transaction  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.crypto import get_random_string  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.services import create_person  # noqa: E402
from core.fields import CodesField  # noqa: E402
from core.rows import Row  # noqa: E402
from networks.models import Channel  # noqa: E402
from strategies.domain.answers import SCHEMA, load_answers, to_snapshot  # noqa: E402
from strategies.domain.questionnaire import KINDS  # noqa: E402
from strategies.enums import VersionState  # noqa: E402
from strategies.models import Audience, Strategy, StrategyVersion  # noqa: E402
from strategies.services.roadmap import apply_roadmap  # noqa: E402
from workspaces.enums import Role  # noqa: E402
from workspaces.models import Membership, Workspace  # noqa: E402

ROWS = 30
WORDS = "People who come once and would come again if somebody asked them at the right moment. " * 3
FIRST = ("channel", "goal", "audience", "objective")


def value_for(column: "models.Field[Any, Any]", number: int, made: dict[Any, list[Any]]) -> Any:
    """Return something plausible for one field of row ``number``."""
    if isinstance(column, models.ForeignKey):
        return made[column.related_model][number % len(made[column.related_model])]
    if isinstance(column, CodesField):
        return [code for code, _label in column.flatchoices][:3]
    if column.choices:
        codes = [code for code, _label in column.flatchoices if code]
        return codes[number % len(codes)]
    if isinstance(column, models.URLField):
        return "https://www.example.org/"
    if isinstance(column, models.CharField | models.TextField):
        return f"{number} {WORDS}"[: column.max_length or 400].strip()
    if isinstance(column, models.BooleanField):
        return False
    if isinstance(column, models.DecimalField):
        return Decimal(4)
    if isinstance(column, models.IntegerField):
        return {"promotional": 20, "informative": 40, "engagement": 40}.get(column.name, 3)
    if isinstance(column, models.DateField):
        return date(2026, 1 + number % 12, 1) if column.name != "ends_on" else date(2027, 12, 31)
    return time(9, 0)


def fill(workspace: Workspace, strategy: Strategy, member: Membership) -> None:
    """Give the strategy 30 rows of every kind (one of those there is one of)."""
    made: dict[Any, list[Any]] = {
        Membership: [member],
        Workspace: [workspace],
        Strategy: [strategy],
    }
    own = {item.name for item in Row._meta.local_fields} | {"id", "uid"}
    rest = [code for code in KINDS if code not in FIRST]
    for code in (*FIRST, *rest):
        kind = KINDS[code]
        columns = [item for item in kind.model._meta.concrete_fields if item.name not in own]
        made[kind.model] = [
            kind.model._default_manager.create(
                position=number, **{item.name: value_for(item, number, made) for item in columns}
            )
            for number in range(1 if kind.single else ROWS)
        ]
        for row in made[kind.model]:
            for many in kind.model._meta.many_to_many:
                getattr(row, many.name).set(made[many.related_model][:3])
    Channel.objects.update(state="active")


def version(strategy: Strategy, number: int, state: VersionState, by: User) -> StrategyVersion:
    """Freeze the answers as they are."""
    decided = state is not VersionState.SUBMITTED
    return StrategyVersion.objects.create(
        strategy=strategy,
        number=number,
        state=state,
        schema=SCHEMA,
        snapshot=to_snapshot(load_answers(strategy)),
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
        promotional=20,
        informative=40,
        engagement=40,
        submitted_by=by,
        answer_by_on=date(2026, 12, 1),
        decided_by=by if decided else None,
        decided_at=timezone.now() if decided else None,
    )


def session_of(user: User) -> str:
    """Sign ``user`` in; return the session's key."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


@transaction.atomic
def main() -> None:
    """Fill, and print."""
    author = create_person(
        email="author@bench.example", name="Ada Author", password=get_random_string(20)
    )
    reader = create_person(
        email="manager@bench.example", name="Mona Manager", password=get_random_string(20)
    )
    workspace = Workspace.objects.create(name="Bench", slug="bench")
    member = Membership.objects.create(workspace=workspace, user=author, role=Role.ADMIN)
    Membership.objects.create(workspace=workspace, user=reader, role=Role.MANAGER)
    strategy = Strategy.objects.create(workspace=workspace, name="Bench", created_by=author)
    fill(workspace, strategy, member)
    approved = version(strategy, 1, VersionState.APPROVED, author)
    apply_roadmap(approved, by=author)
    for row in Audience.objects.filter(strategy=strategy):
        row.needs = row.needs.replace("somebody", "a friend")
        row.save(update_fields=["needs"])
    version(strategy, 2, VersionState.SUBMITTED, author)
    row = Audience.objects.filter(strategy=strategy).earliest("position")
    inside = {"workspace": workspace.slug, "strategy": strategy.uid}
    question = reverse("strategies:question", kwargs={**inside, "step": "audience"})
    print(
        json.dumps(
            {
                "session": session_of(author),
                "question": question,
                "open": f"{question}?open={row.uid}",
                "save": reverse(
                    "strategies:row", kwargs={**inside, "kind": "audience", "row": row.uid}
                ),
                "form": {"name": row.name, "networks": "instagram"},
                "summary": reverse("strategies:summary", kwargs=inside),
                "diff": reverse("strategies:version", kwargs={**inside, "number": 2}) + "?since=1",
                "roadmap": reverse("strategies:roadmap", kwargs=inside),
                "today": reverse("today:today", kwargs={"workspace": workspace.slug}),
            }
        )
    )


if __name__ == "__main__":
    main()
