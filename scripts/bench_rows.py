"""Fill an empty database for ``make bench`` and print what to measure, as JSON."""

import json
import os
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strategy_planner.settings")
if not apps.ready:
    django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from accounts.services import create_person
from activity.services import record
from content_calendar.models import Post
from content_calendar.services.first_month import FIRST_MONTH
from content_calendar.services.posts import add_post
from core.enums import ContentCategory
from core.fields import CodesField, TimesField
from core.rows import Row
from networks.access_terms import outsider_uid
from networks.enums import AccessLevel, PostFormat, TwoFactor
from networks.models import AccessGrant, Channel
from notifications.services import notify
from scripts.bench_pages import PAGES, Filled
from strategies.domain.answers import SCHEMA, load_answers, to_snapshot
from strategies.domain.questionnaire import KINDS
from strategies.enums import MilestoneState, VersionState
from strategies.models import Audience, Milestone, Strategy, StrategyVersion
from strategies.services.roadmap import apply_roadmap, set_state
from workspaces.enums import Role
from workspaces.models import Membership, Workspace

FEW, MANY = 1, 30
ACCESSES = 40  # for each row of the other kinds: 1,200 in the full workspace
WORDS = "People who come once and would come again if somebody asked them at the right moment. " * 3


def value_for(column: "models.Field[Any, Any]", number: int, made: dict[Any, list[Any]]) -> Any:
    """Return something plausible for one field of row ``number``."""
    if isinstance(column, models.ForeignKey):
        return made[column.related_model][number % len(made[column.related_model])]
    if isinstance(column, CodesField):
        return [code for code, _label in column.flatchoices][:3]
    if isinstance(column, TimesField):
        return (time(9, 0), time(17, 30))
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


def fill_answers(strategy: Strategy, member: Membership, rows: int) -> None:
    """Give the strategy ``rows`` rows of every kind (one of those there is one of)."""
    made: dict[Any, list[Any]] = {
        Membership: [member],
        Workspace: [strategy.workspace],
        Strategy: [strategy],
    }
    own = {item.name for item in Row._meta.local_fields} | {"id", "uid"}
    waiting = list(KINDS.values())
    while waiting:
        kind = next(kind for kind in waiting if related_models(kind.model) <= made.keys())
        waiting.remove(kind)
        columns = [item for item in kind.model._meta.concrete_fields if item.name not in own]
        made[kind.model] = [
            kind.model._default_manager.create(
                position=number, **{item.name: value_for(item, number, made) for item in columns}
            )
            for number in range(1 if kind.single else rows)
        ]
        for row in made[kind.model]:
            for many in kind.model._meta.many_to_many:
                getattr(row, many.name).set(made[many.related_model][:3])
    Channel.objects.filter(workspace=strategy.workspace).update(state="active")


def related_models(model: type[models.Model]) -> set[Any]:
    """Return the models whose rows must be there before those of ``model``."""
    own = {item.name for item in Row._meta.local_fields}
    fields = (*model._meta.concrete_fields, *model._meta.many_to_many)
    return {item.related_model for item in fields if item.is_relation and item.name not in own}


def fill_people(workspace: Workspace, author: User, rows: int) -> None:
    """Give the workspace ``rows`` more members, and as many records and notices of the author's."""
    for number in range(rows):
        person = create_person(
            email=f"{workspace.slug}-{number}@bench.example", name=f"Reader {number}", password=None
        )
        Membership.objects.create(workspace=workspace, user=person, role=Role.CONTRIBUTOR)
        record(
            workspace,
            by=person,
            verb="networks.channel_added",
            subject=("channel", str(person.uid)),
            label=f"Channel {number}",
        )
        notify(
            workspace=workspace,
            recipients=[author],
            kind="strategies.version_approved",
            source=f"bench {number}",
            params={"number": number, "strategy": "Bench"},
            by=person,
            ways=[],
        )


def fill_access(workspace: Workspace, rows: int) -> None:
    """Record that ``ACCESSES`` times ``rows`` people have access; nothing of it is to look at."""
    channels = list(Channel.objects.filter(workspace=workspace))
    today = workspace.today()
    AccessGrant.objects.bulk_create(
        AccessGrant(
            workspace=workspace,
            channel=channels[number % len(channels)],
            outsider_name=f"Person {number}",
            outsider_company="Agency",
            person_uid=outsider_uid(workspace.pk, f"Person {number}", "Agency"),
            level=AccessLevel.EDITOR,
            two_factor=TwoFactor.YES,
            holds_recovery_email=True,
            confirmed_on=today,
        )
        for number in range(ACCESSES * rows)
    )


def fill_calendar(workspace: Workspace, member: Membership, rows: int) -> Post:
    """Plan ``rows`` posts for the days from today on; return the first."""
    channels = list(Channel.objects.filter(workspace=workspace)[:2])
    posts = [
        add_post(
            workspace,
            {
                "title": f"Post {number}",
                "text": WORDS,
                "category": list(ContentCategory)[number % 3],
                "planned_on": workspace.today() + timedelta(days=number % 28),
                "planned_time": time(9, 0),
                "owner": member,
                "versions": {channel: {"format": PostFormat.IMAGE} for channel in channels},
            },
            by=member.user,
        )
        for number in range(rows)
    ]
    return posts[0]


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


def fill(slug: str, rows: int, *, author: User, manager: User) -> Filled:
    """Make a workspace with a strategy, an approved version and one that waits for review."""
    workspace = Workspace.objects.create(name=slug, slug=slug)
    member = Membership.objects.create(workspace=workspace, user=author, role=Role.ADMIN)
    Membership.objects.create(workspace=workspace, user=manager, role=Role.MANAGER)
    strategy = Strategy.objects.create(workspace=workspace, name="Bench", created_by=author)
    fill_answers(strategy, member, rows)
    apply_roadmap(version(strategy, 1, VersionState.APPROVED, author), by=author)
    audiences = Audience.objects.filter(strategy=strategy).order_by("position")
    for row in audiences:
        row.needs = row.needs.replace("somebody", "a friend")
        row.save(update_fields=["needs"])
    version(strategy, 2, VersionState.SUBMITTED, author)
    fill_people(workspace, author, rows)
    fill_access(workspace, rows)
    post = fill_calendar(workspace, member, rows)
    # With many posts the first month is planned; so that Today has the same to show for few.
    for milestone in Milestone.objects.open().filter(strategy=strategy, kind=FIRST_MONTH):
        set_state(milestone, MilestoneState.DONE, by=author, reason="Planned on paper")
    return Filled(workspace, strategy, audiences[0], post)


@transaction.atomic
def fill_both() -> tuple[User, Filled, Filled]:
    """Return the author, their workspace with few rows and their workspace with many."""
    author, manager = (
        create_person(email=email, name=name, password=get_random_string(20))
        for email, name in (
            ("author@bench.example", "Ada Author"),
            ("manager@bench.example", "Mona Manager"),
        )
    )
    few = fill("bench-few", FEW, author=author, manager=manager)
    many = fill("bench-many", MANY, author=author, manager=manager)
    return author, few, many


def main() -> None:
    """Fill, and print."""
    author, few, many = fill_both()
    pages = [
        {
            "name": page.name,
            "at_most": page.at_most,
            "rows": page.rows,
            "few": {"url": page.url(few), "form": page.save and page.save(few)},
            "many": {"url": page.url(many), "form": page.save and page.save(many)},
            "typed": page.typed,
        }
        for page in PAGES
    ]
    floor = f"/w/{many.workspace.slug}/floor/"
    print(json.dumps({"session": session_of(author), "floor": floor, "pages": pages}))


if __name__ == "__main__":
    main()
