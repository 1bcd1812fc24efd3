"""Workspaces, filled: every text of each carries its own canary.

The filler goes by the models themselves, so that a new model or field is filled without a line
here; only what is bound by constraints (versions, deliveries) is made by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.services import create_person
from content_calendar.domain.fingerprint import fingerprint_of
from content_calendar.enums import MediaKind, PostState
from content_calendar.models import (
    DayCheck,
    HeldPost,
    OutcomeAnswer,
    Post,
    PostComment,
    PostDecision,
    PostHashtag,
    PostMedia,
    PostReason,
    PostSnapshot,
    PostTemplate,
    PostVersion,
    SavedFilter,
    Tag,
    ZoneQuestion,
)
from core.fields import CodesField, TimesField
from core.rows import Row
from measurement.models import Reading
from members.services import invite
from networks.access_terms import outsider_uid
from networks.models import AccessGrant, AccessUpload, Channel
from notifications.enums import WEBHOOK, DeliveryState, Outcome, WebhookShape
from notifications.models import Attempt, Delivery, Notification
from notifications.models_webhooks import WebhookEndpoint
from notifications.services import notify
from policies.models import (
    Acknowledgement,
    Hashtag,
    HashtagCheck,
    Hold,
    Policy,
    PolicyVersion,
    RuleSetting,
)
from reminders.services import ReminderValues, set_reminder
from strategies.domain.answers import SCHEMA, load_answers, to_snapshot
from strategies.domain.questionnaire import KINDS, STEPS
from strategies.enums import VersionState
from strategies.models import Milestone, ShareLink, Strategy, StrategyVersion
from workspaces.enums import Engagement, Role
from workspaces.models import Membership, Workspace

PASSWORD = "a long enough password"

#: Members who are not let in any more, or whose account is closed.
FORMER = ("gone", "ended", "deactivated")
#: An admin of both workspaces: what is looked up by the person alone is seen by this one.
BOTH = "both"


@dataclass
class World:
    """One workspace with its people and everything in it."""

    canary: str
    workspace: Workspace
    people: dict[str, User] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    def is_in(self, text: str) -> bool:
        """Whether ``text`` holds anything of this world; an email address has it in lower case."""
        return self.canary.lower() in text.lower()

    @property
    def secret(self) -> str:
        """A word that stands in the marketer's notice only."""
        return f"{self.canary}SECRET"

    @property
    def former(self) -> list[Membership]:
        """Members who may not be chosen for anything."""
        return [self.members[code] for code in FORMER]

    def everything(self) -> Iterator[models.Model]:
        """Every thing, member and person that is known here by name."""
        yield from self.things.values()
        yield from self.members.values()
        yield from self.people.values()

    def client(self, code: str) -> Client:
        """Return a browser in which one of the people is signed in already."""
        client = Client(raise_request_exception=False)
        client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[code]
        return client


def build_worlds() -> dict[str, World]:
    """Create ours and theirs, with one admin in both, and one whose admin submits alone."""
    ours, theirs = with_people("ours", "OURCANARY"), with_people("theirs", "THEIRCANARY")
    add_person(ours, BOTH, Role.ADMIN)
    theirs.people[BOTH] = ours.people[BOTH]
    theirs.members[BOTH] = Membership.objects.create(
        workspace=theirs.workspace, user=theirs.people[BOTH], role=Role.ADMIN
    )
    alone = with_people("alone", "ALONECANARY", has_managers=False)
    for world in (ours, theirs, alone):
        fill_strategy(world)
        fill(Channel, world, {})  # one that has nothing yet of what a channel has once
        fill_letters(world)
        fill_webhooks(world)
        fill_calendar(world)
        fill_reminders(world)
        fill_access(world)
        fill_policies(world)
        part_with_former(world)
        sign_in(world)
    return {"ours": ours, "theirs": theirs, "alone": alone}


def build_world(canary: str) -> World:
    """Create one workspace with its people and a filled strategy."""
    world = with_people(canary.lower(), canary)
    fill_strategy(world)
    return world


def with_people(slug: str, canary: str, *, has_managers: bool = True) -> World:
    """Create a workspace with a person for each role, and with some who will part."""
    workspace = Workspace.objects.create(name=f"{canary} team", slug=slug)
    world = World(canary, workspace)
    for role in Role:
        if has_managers or role is not Role.MANAGER:
            add_person(world, role.value, role)
    if has_managers:
        add_person(world, "second", Role.MANAGER)
    for code in FORMER:
        add_person(world, code, Role.ADMIN if has_managers else Role.MARKETER)
    return world


def add_person(world: World, code: str, role: Role) -> None:
    """Create a person and the membership."""
    email = f"{code}@{world.canary.lower()}.example"
    user = create_person(email=email, name=f"{world.canary} {code}", password=PASSWORD)
    world.people[code] = user
    world.members[code] = Membership.objects.create(
        workspace=world.workspace, user=user, role=role, company=f"{world.canary} company"
    )


def part_with_former(world: World) -> None:
    """Let one go, end the engagement of another, and deactivate a third."""
    world.members["gone"].left_at = timezone.now()
    world.members["gone"].save(update_fields=["left_at"])
    world.members["ended"].engaged_until = world.workspace.today() - timedelta(days=1)
    world.members["ended"].save(update_fields=["engaged_until"])


def sign_in(world: World) -> None:
    """Sign everybody in, and deactivate one of them afterwards."""
    for code, user in world.people.items():
        client = Client()
        client.force_login(user)
        world.sessions[code] = client.cookies[settings.SESSION_COOKIE_NAME].value
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
    world.things["link"] = fill(
        ShareLink,
        world,
        made,
        expires_at=timezone.now() + timedelta(days=30),
        revoked_at=None,
        revoked_by=None,
    )
    reviewer = world.members.get("manager", world.members["admin"])
    for name in ("ReviewRequest", "StepComment"):
        model = apps.get_model("strategies", name)
        extra = {"step": "audience"} if name == "StepComment" else {"reviewer": reviewer}
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
    figure = world.things["row:kpi"].uid
    world.things["reading"] = fill(Reading, world, made, figure=figure, read_on=date(2026, 2, 1))


def fill_letters(world: World) -> None:
    """An invitation that nobody took up, notices, and an email that failed."""
    invitation, _token = invite(
        world.workspace,
        by=world.people["admin"],
        role=Role.MANAGER,
        engagement=Engagement.EXTERNAL,
        email=f"invited@{world.canary.lower()}.example",
        company=f"{world.canary} company",
    )
    delivery = Delivery.objects.for_workspace(world.workspace).get()  # of the invitation
    delivery.state = DeliveryState.FAILED
    delivery.last_error = f"{world.canary} error"
    delivery.save(update_fields=["state", "last_error"])
    tell(world, world.people["marketer"], world.secret)
    if BOTH in world.people:
        tell(world, world.people[BOTH], world.canary)
    world.things |= {"invitation": invitation, "delivery": delivery}
    own = Notification.objects.for_workspace(world.workspace).to(world.people["marketer"])
    world.things["notice"] = own.get()


def fill_webhooks(world: World) -> None:
    """A webhook of an address at which nobody is (see conftest), and a notice that failed."""
    values = {
        "name": f"{world.canary} room",
        "shape": WebhookShape.STANDARD,
        "address": f"http://127.0.0.1:9/{world.canary.lower()}",
        "kinds": ["strategies.review_asked"],
    }
    endpoint = WebhookEndpoint.objects.create(workspace=world.workspace, **values)
    notice = Notification.objects.create(
        workspace=world.workspace,
        endpoint=endpoint,
        kind="strategies.review_asked",
        source_key=uuid4(),
        params={"number": 1, "strategy": world.canary},
        is_in_app=False,
    )
    failed = Delivery.objects.create(
        notification=notice,
        workspace=world.workspace,
        endpoint=endpoint,
        source_key=notice.source_key,
        way=WEBHOOK,
        state=DeliveryState.FAILED,
        attempts=1,
        last_error=f"500 {world.canary}",
    )
    Attempt.objects.create(
        delivery=failed,
        number=1,
        outcome=Outcome.LATER,
        code="500",
        detail=f"{world.canary} is away",
        ended_at=timezone.now(),
    )
    world.things["webhook"] = endpoint


#: Of a decision the texts are in ``seen``, of what was to look at there is a list.
DECISION: dict[str, Any] = {"findings": [], "seen_before": {}}
ZONE_QUESTION: dict[str, Any] = {
    "before": "Europe/Oslo",
    "moments": {},
    "answered_at": None,
    "answered_by": None,
}


def fill_calendar(world: World) -> None:
    """A post with everything that belongs to one, its approval waited for."""
    made: dict[type[models.Model], models.Model] = {Channel: world.things["row:channel"]}
    made[Tag] = fill(Tag, world, made)
    row = world.things["row:message"]
    made[Post] = fill(
        Post,
        world,
        made,
        state=PostState.IN_REVIEW,
        planned_on=date(2026, 12, 1),
        planned_time=time(9),
        message_uid=row.uid,
        handed_over_to="",
        handed_over_at=None,
        handed_over_by=None,
        removed_at=None,
        revision=2,  # the snapshot is the one before
    )
    version = {"published_at": None, "published_by": None, "published_address": ""}
    made[PostVersion] = fill(PostVersion, world, made, **version)
    others = {"removed_at": None, "planned_on": date(2026, 12, 1), "planned_time": time(9)}
    not_handed_over = {"handed_over_to": "", "handed_over_at": None, "handed_over_by": None}
    soon, past = (timezone.now() + timedelta(days=days) for days in (1, -1))
    scheduled = fill(
        Post,
        world,
        made,
        state=PostState.SCHEDULED,
        planned_at=soon,
        **others,
        **not_handed_over,
    )
    handed_over = fill(Post, world, made, state=PostState.HANDED_OVER, planned_at=past, **others)
    for other, moment in ((scheduled, soon), (handed_over, past)):
        fill(PostVersion, world, {**made, Post: other}, goes_out_at=moment, **version)
    media = {"kind": MediaKind.LINK, "file": "", "preview": "", "removed_at": None}
    world.things |= {
        "post": made[Post],
        "scheduled post": scheduled,
        "comment": fill(PostComment, world, made, removed_at=None),
        "media": fill(PostMedia, world, made, **media),
        "decision": fill(PostDecision, world, made, **DECISION),
        "outcome": fill(OutcomeAnswer, world, made, out={}, not_out={}, undone_at=None),
        "zone question": fill(ZoneQuestion, world, made, **ZONE_QUESTION),
        "snapshot": fill(PostSnapshot, world, made, revision=1),
        "template": fill(PostTemplate, world, made, removed_at=None),
        "saved_filter": fill(SavedFilter, world, made, owner=None),
        "post_version": made[PostVersion],
        "post hashtag": fill(PostHashtag, world, made),
        "day check": fill(DayCheck, world, made, day=date(2026, 12, 1)),
    }
    # It is shown while the post is as it was.
    world.things["post reason"] = fill(
        PostReason, world, made, fingerprint=fingerprint_of(world.things["post"])
    )
    made[Hold] = fill(Hold, world, made, lifted_at=None, lifted_by=None, revision=1)
    held = fill(HeldPost, world, {**made, Post: handed_over}, planned_at=past)
    world.things |= {"hold": made[Hold], "held post": held}


def fill_reminders(world: World) -> None:
    """A reminder that the marketer has set."""
    marketer = world.members.get("marketer", world.members["admin"])
    said = ReminderValues(
        note=world.secret if marketer.role == Role.MARKETER else world.canary,
        starts_on=date(2099, 1, 12),
        starts_time=time(9),
        timezone="Europe/Oslo",
        repeat="daily",
        recipient=marketer,
    )
    subject = ("milestone", world.things["milestone"].uid)
    world.things["reminder"] = set_reminder(
        world.workspace, subject=subject, values=said, by=marketer.user
    )


def fill_access(world: World) -> None:
    """An access of the marketer, one of somebody outside, and a list that the marketer brought in."""
    made: dict[type[models.Model], models.Model] = {Channel: world.things["row:channel"]}
    marketer = world.members.get("marketer", world.members["admin"])
    current = {"ended_at": None, "ended_by": None, "revision": 1}
    nobody = {"outsider_name": "", "outsider_company": "", "outsider_email": ""}
    of_member = {"member": marketer, "person_uid": marketer.uid, **nobody}
    who = f"{world.canary} outsider", f"{world.canary} company"
    outside = {
        "member": None,
        "outsider_name": who[0],
        "outsider_company": who[1],
        "outsider_email": f"outside@{world.canary.lower()}.example",
        "person_uid": outsider_uid(world.workspace.pk, *who),
    }
    listed = f"Channel,Name,Company,Level\n{world.canary},{world.canary},{world.canary},Admin"
    world.things |= {
        "own_access": fill(AccessGrant, world, made, **of_member, **current),
        "access": fill(AccessGrant, world, made, **outside, **current),
        "access_upload": fill(AccessUpload, world, made, text=listed),
    }


def fill_policies(world: World) -> None:
    """A policy in force, read by the marketer and signed by somebody outside, with a rule."""
    made: dict[type[models.Model], models.Model] = {Channel: world.things["row:channel"]}
    policy = fill(Policy, world, made, revision=1, archived_at=None)
    made[Policy] = policy
    for number in (1, 2):
        made[PolicyVersion] = fill(
            PolicyVersion,
            world,
            made,
            number=number,
            text=f"## {world.canary} clause\n\n{world.canary} version {number}",
            is_major=True,
            withdrawn_at=None,
        )
    on_screen = {"outsider_name": "", "outsider_company": "", "signed_on": None}
    world.things |= {
        "policy": policy,
        "policy_version": made[PolicyVersion],
        "acknowledgement": fill(Acknowledgement, world, made, **on_screen),
        "signed_copy": fill(Acknowledgement, world, made, member=None),
        "rule_setting": fill(RuleSetting, world, made, rule="words", is_on=True, revision=1),
    }
    made[Hashtag] = fill(Hashtag, world, made, key=f"{world.canary.lower()}tag")
    world.things |= {
        "hashtag": made[Hashtag],
        "hashtag check": fill(HashtagCheck, world, made, evidence=f"{world.canary} evidence"),
    }


def tell(world: World, person: User, word: str) -> None:
    """Send one notice, whose text holds ``word``."""
    version = world.things["version"]
    notify(
        workspace=world.workspace,
        recipients=[person],
        kind="strategies.review_asked",
        source=f"version:{version.uid}:{word}",
        subject=("version", version.uid),
        params={"number": version.number, "strategy": word},
        url=version.get_absolute_url(),
        by=version.submitted_by,
    )


LOAD_FIRST = {"channel": 0, "goal": 1, "audience": 2, "pillar": 2, "objective": 3}


def submit(world: World, number: int, state: VersionState) -> StrategyVersion:
    """Write a version straight into the database: the services are tested elsewhere."""
    strategy = world.things["strategy"]
    decided = state is not VersionState.SUBMITTED
    has_managers = "manager" in world.people
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
        submitted_by=world.people["marketer" if has_managers else "admin"],
        answer_by_on=date(2026, 12, 1),
        decided_by=world.people["manager" if has_managers else "admin"] if decided else None,
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
        column.name: given[column.name] if column.name in given else value_for(column, world, made)
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
    state_bound = {"done_at", "done_by", "done_reason", "is_done_by_fact", "dropped_at"}
    state_bound |= {"released_at", "state", "uid"}
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
        (models.UUIDField, None),
        (models.DecimalField, Decimal(4)),
        (models.IntegerField, 40 if column.name != "promotional" else 20),
        (models.DateTimeField, timezone.now()),
        (models.DateField, date(2026, 12, 1 if column.name != "ends_on" else 31)),
        (models.TimeField, time(9, 0)),
        (models.JSONField, {"text": f"{world.canary} {column.name}"}),
    ]
    return next(value for kind, value in simple if isinstance(column, kind))
