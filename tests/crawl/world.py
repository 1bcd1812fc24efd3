"""Two workspaces, filled: every text of each carries its own canary.

The filler goes by the models themselves, so that a new model or field is filled without a line
here; only what is bound by constraints (versions, deliveries) is made by hand.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from accounts.models import User
from accounts.services import create_person
from core.fields import CodesField, TimesField
from core.rows import Row
from members.services import invite
from notifications.enums import DeliveryState
from notifications.models import Delivery, Notification
from notifications.services import notify
from strategies.answers import SCHEMA, load_answers, to_snapshot
from strategies.enums import VersionState
from strategies.models import Milestone, Strategy, StrategyVersion
from strategies.questionnaire import KINDS, STEPS
from workspaces.enums import Engagement, Role
from workspaces.models import Membership, Workspace

PASSWORD = "a long enough password"


@dataclass
class World:
    """One workspace with its people and everything in it."""

    canary: str
    workspace: Workspace
    people: dict[str, User] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)


def build_world(canary: str) -> World:
    """Create a workspace whose texts all hold ``canary``."""
    workspace = Workspace.objects.create(name=f"{canary} team", slug=canary.lower())
    world = World(canary, workspace)
    for code in [*Role.values, "second", "gone", "deactivated"]:
        role = code if code in Role.values else Role.MANAGER
        user = create_person(
            email=f"{code}@{canary.lower()}.example", name=f"{canary} {code}", password=PASSWORD
        )
        member = Membership.objects.create(
            workspace=workspace, user=user, role=role, company=f"{canary} company"
        )
        world.people[code], world.members[code] = user, member
    fill_strategy(world)
    fill_letters(world)
    return world


def leave(world: World) -> None:
    """Let the one member go and deactivate the other, after everything was filled."""
    world.members["gone"].left_at = timezone.now()
    world.members["gone"].save(update_fields=["left_at"])
    world.people["deactivated"].is_active = False
    world.people["deactivated"].save(update_fields=["is_active"])


def fill_strategy(world: World) -> None:
    """One strategy with a row of every kind, an approved and a submitted version, milestones."""
    strategy = Strategy.objects.create(
        workspace=world.workspace,
        name=f"{world.canary} strategy",
        created_by=world.people["marketer"],
    )
    world.things["strategy"] = strategy
    made: dict[type[models.Model], models.Model] = {Strategy: strategy}
    for kind in sorted(KINDS.values(), key=lambda kind: LOAD_FIRST.get(kind.code, 9)):
        row = fill(kind.model, world, made)
        made[kind.model] = row
        world.things[f"row:{kind.code}"] = row
    for step in STEPS:
        fill(apps.get_model("strategies.StepAnswer"), world, made, step=step.code)
    world.things["approved"] = submit(world, 1, VersionState.APPROVED)
    world.things["version"] = submit(world, 2, VersionState.SUBMITTED)
    made[StrategyVersion] = world.things["version"]
    for name in ("ReviewRequest", "StepComment"):
        model = apps.get_model("strategies", name)
        extra = (
            {"step": "audience"}
            if name == "StepComment"
            else {"reviewer": world.members["manager"]}
        )
        world.things[name] = fill(model, world, made, **extra)
    for code, key in (("milestone", "initiative:x"), ("own milestone", "own:x")):
        world.things[code] = fill(
            Milestone,
            world,
            made,
            key=key,
            kind=key.split(":")[0],
            step="success",
            row_kind="initiative",
            row_uid=str(world.things["row:initiative"].uid),
        )


def fill_letters(world: World) -> None:
    """An invitation that nobody took up, a notice to the marketer, and a letter that failed."""
    invitation, _token = invite(
        world.workspace,
        by=world.people["admin"],
        role=Role.READER,
        engagement=Engagement.EXTERNAL,
        email=f"invited@{world.canary.lower()}.example",
        company=f"{world.canary} company",
    )
    version = world.things["version"]
    notify(
        workspace=world.workspace,
        recipients=[world.people["marketer"]],
        kind="strategies.review_asked",
        source=f"version:{version.uid}:asked",
        params={
            "version": str(version.uid),
            "number": version.number,
            "strategy": world.things["strategy"].name,
        },
        url=version.get_absolute_url(),
        by=world.people["manager"],
    )
    delivery = Delivery.objects.for_workspace(world.workspace).latest("pk")
    delivery.state = DeliveryState.FAILED
    delivery.last_error = f"{world.canary} error"
    delivery.save(update_fields=["state", "last_error"])
    world.things |= {"invitation": invitation, "delivery": delivery}
    world.things["notice"] = Notification.objects.to(world.people["marketer"]).get()


LOAD_FIRST = {"channel": 0, "goal": 1, "audience": 2, "pillar": 2, "objective": 3}


def submit(world: World, number: int, state: VersionState) -> StrategyVersion:
    """Write a version straight into the database: the services are tested elsewhere."""
    strategy = world.things["strategy"]
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
        note=f"{world.canary} note",
        submitted_by=world.people["marketer"],
        answer_by_on=date(2026, 12, 1),
        decided_by=world.people["manager"] if decided else None,
        decided_at=timezone.now() if decided else None,
        decision_text=f"{world.canary} decision" if decided else "",
        alone_reason=f"{world.canary} reason" if decided else "",
    )


def fill(
    model: type[models.Model],
    world: World,
    made: dict[type[models.Model], models.Model],
    **given: Any,
) -> models.Model:
    """Create one ``model`` with a value in every field."""
    values = {
        column.name: given.get(column.name, value_for(column, world, made))
        for column in model._meta.concrete_fields
        if not column.primary_key and (column.name in given or not skipped(model, column))
    }
    row = model._default_manager.create(**values)
    for many in model._meta.many_to_many:
        getattr(row, many.name).add(made[many.related_model])
    return row


def skipped(model: type[models.Model], column: "models.Field[Any, Any]") -> bool:
    """Whether a field keeps its default: its own bookkeeping, or bound to a state."""
    own = {item.name for item in Row._meta.local_fields}
    if issubclass(model, Row) and column.name in own:
        return True
    state_bound = {"done_at", "done_by", "dropped_at", "released_at", "state", "uid"}
    return column.name in state_bound


def value_for(
    column: "models.Field[Any, Any]", world: World, made: dict[type[models.Model], models.Model]
) -> Any:
    """Return something that fits ``column``; a text holds the canary."""
    if isinstance(column, models.ForeignKey):
        target = column.related_model
        if target is User:
            return world.people["marketer"]
        if target is Membership:
            return world.members["marketer"]
        if target is Workspace:
            return world.workspace
        return made[target]
    if isinstance(column, CodesField):
        return [code for code, _label in column.flatchoices][:1]
    if isinstance(column, TimesField):
        return [time(9, 0)]
    if column.choices:
        return next(code for code, _label in column.flatchoices if code)
    if isinstance(column, models.URLField):
        return f"https://{world.canary.lower()}.example/"
    if isinstance(column, models.CharField | models.TextField):
        return f"{world.canary} {column.name}"[: column.max_length]
    simple: list[tuple[Any, Any]] = [
        (models.BooleanField, False),
        (models.DecimalField, Decimal(4)),
        (models.IntegerField, 40 if column.name != "promotional" else 20),
        (models.DateTimeField, timezone.now()),
        (models.DateField, date(2026, 12, 1 if column.name != "ends_on" else 31)),
        (models.TimeField, time(9, 0)),
        (models.JSONField, {"text": f"{world.canary} {column.name}"}),
    ]
    return next(value for kind, value in simple if isinstance(column, kind))


# --- what belongs to whom -----------------------------------------------------------------------


def own_models() -> Iterator[type[models.Model]]:
    """Every model of our own apps, join tables included."""
    for label in settings.LOCAL_APPS:
        yield from apps.get_app_config(label).get_models(include_auto_created=True)


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


def fingerprint(world: World) -> str:
    """Return a hash over every row of the workspace, in every table."""
    digest = hashlib.sha256()
    for model in own_models():
        path = path_to_workspace(model)
        if path is None:
            continue
        rows = model._default_manager.filter(**{path: world.workspace.pk}).order_by("pk").values()
        digest.update(json.dumps(list(rows), cls=DjangoJSONEncoder).encode())
    people = User.objects.filter(email__endswith=f"@{world.canary.lower()}.example")
    kept = people.order_by("pk").values("name", "email", "password", "is_active")
    digest.update(json.dumps(list(kept)).encode())
    return digest.hexdigest()


def references_across() -> list[str]:
    """Return every foreign key whose two ends stand in different workspaces."""
    found = []
    for model in own_models():
        path = path_to_workspace(model)
        if path is None:
            continue
        for column in model._meta.concrete_fields:
            if not isinstance(column, models.ForeignKey) or column.related_model is User:
                continue
            below = path_to_workspace(column.related_model)
            if below is None or column.related_model is Workspace:
                continue
            there = column.name if below == "pk" else f"{column.name}__{below}"
            wrong = (
                model._default_manager.filter(**{f"{column.name}__isnull": False})
                .exclude(**{path: models.F(there)})
                .values_list("pk", flat=True)
            )
            found += [f"{model.__name__}.{column.name} of {pk}" for pk in wrong]
    return found
