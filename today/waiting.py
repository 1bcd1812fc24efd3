"""What waits for one person, soonest first."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from core.templatetags.house import day
from core.text import isolated
from members.models import Invitation
from strategies.enums import StrategyState, VersionState
from strategies.milestones import is_late, late_words
from strategies.models import Milestone, ReviewRequest, Strategy, StrategyVersion
from strategies.models.version import VersionQuerySet
from strategies.roadmap import READ
from strategies.services.versions import who_can_review
from workspaces.enums import Role
from workspaces.models import Membership, Workspace
from workspaces.permissions import Permission

MILESTONES_AT_MOST = 12
LATER_AT_MOST = 3  # milestones that are shown though they are not due soon
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Todo:
    """One thing that waits: ``by`` is the exact date with the relative one beside it.

    ``done_url`` takes a POST that ticks it off; where it is empty, ``url`` with ``verb`` leads there.
    ``due_on`` is None for what waits since it was asked.
    """

    title: str
    by: str
    icon: str
    url: str
    verb: str = ""
    due_on: date | None = None
    late: str = ""
    done_url: str = ""


@dataclass(frozen=True)
class Group:
    """Late, today, this week, soon or later."""

    name: "str | Promise"
    todos: Sequence[Todo]


@dataclass(frozen=True)
class Waiting:
    """What waits, in groups.

    ``number`` is how much is to be done now or soon, ``later`` how many milestones come after.
    ``more`` milestones are left out; ``more_url`` is their roadmap, or the list of strategies where
    they stand on several.
    """

    groups: Sequence[Group]
    number: int
    later: int
    more: int
    more_url: str


def waiting_for(member: Membership, *, today: date) -> Waiting:
    """Return what waits for ``member``; nine queries at most, however much it is."""
    open_ones = _milestones(member).order_by("due_on", "pk")
    standing = list(open_ones.values_list("due_on", "strategy__uid"))
    soon = sum(due_on <= today + SOON for due_on, _strategy in standing)
    number_shown = min(soon + LATER_AT_MOST, MILESTONES_AT_MOST, len(standing))
    shown = open_ones.select_related("strategy").only(
        "uid", "title", "due_on", "kind", "state", "strategy__uid", "strategy__name"
    )[:number_shown]
    several = len({strategy for _due_on, strategy in standing}) > 1
    # Each of the others is asked for only where there is some of it: mostly there is none.
    waits = _number_of_each(member, today)
    asked = [todo for name, tell in TELLERS.items() if waits[name] for todo in tell(member, today)]
    unfinished = list(_to_continue(member)) if waits["unfinished"] else []
    todos = [*asked, *(_milestone(one, member, today, is_one_of=several) for one in shown)]
    return Waiting(
        groups=_grouped(todos, unfinished, member, today),
        number=len(asked) + len(unfinished) + soon,
        later=len(standing) - soon,
        more=len(standing) - number_shown,
        more_url=_more_url(member, {strategy for _due_on, strategy in standing[number_shown:]}),
    )


def number_waiting(member: Membership, *, today: date) -> int:
    """Return the ``number`` of ``waiting_for`` in one query: it stands on every page."""
    return _number_of_each(member, today).total()


# --- how much of each ---------------------------------------------------------------------------

# What differs from one asking to the next stands for itself in the statement.
ANY_MEMBER, ANY_USER, ANY_WORKSPACE, ANY_DAY = -1, -2, -3, date.min
ANY_MOMENT = datetime(1, 1, 1, tzinfo=UTC)


def _everything(member: Membership, soon: date, at: datetime) -> dict[str, QuerySet[Any]]:
    """What waits for ``member`` until the day ``soon``, by the name of what it is."""
    return {
        "milestones": _milestones(member).filter(due_on__lte=soon),
        "requested": _requested(member),
        "unasked": _unasked(member),
        "alone": _without_second_reader(member, at),
        "changes": _to_be_changed(member),
        "unfinished": _unfinished(member),
    }


def _number_of_each(member: Membership, today: date) -> Counter[str]:
    """Count what waits, by the names of ``_everything``, in one query."""
    statement, parameters = _statement(Role(member.role), connection.vendor)
    known = {
        ANY_MEMBER: member.pk,
        ANY_USER: member.user_id,
        ANY_WORKSPACE: member.workspace_id,
        _stored(ANY_DAY): _stored(today + SOON),
        _stored_moment(ANY_MOMENT): _stored_moment(timezone.now()),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, [known.get(value, value) for value in parameters])
        return Counter(name for (name,) in cursor.fetchall())


@cache
def _statement(role: Role, vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Return the statement that names what waits for anybody with ``role``, and its parameters.

    It is composed once a process for a role: composing it anew took a tenth of every page.
    """
    user, workspace = User(pk=ANY_USER), Workspace(pk=ANY_WORKSPACE)
    anybody = Membership(pk=ANY_MEMBER, user=user, workspace=workspace, role=role)
    first, *others = (
        found.order_by().annotate(waits_as=Value(name)).values_list("waits_as")
        for name, found in _everything(anybody, ANY_DAY, ANY_MOMENT).items()
    )
    statement, parameters = first.union(*others, all=True).query.sql_with_params()
    return statement, tuple(parameters)


def _stored(day: date) -> Any:
    """A day as this database is asked for it."""
    return connection.ops.adapt_datefield_value(day)


def _stored_moment(moment: datetime) -> Any:
    """A moment as this database is asked for it."""
    return connection.ops.adapt_datetimefield_value(moment)


def relative(due_on: date, today: date) -> str:
    """Say how far a day is, within two weeks; empty beyond."""
    days = (due_on - today).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if 1 < days <= 14:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ""


def week_ends_on(member: Membership, today: date) -> date:
    """Return the last day of the week as the workspace counts it."""
    since = (today.weekday() - member.workspace.week_start) % 7
    return today + timedelta(days=6 - since)


def _grouped(
    todos: Sequence[Todo], undated: Sequence[Todo], member: Membership, today: date
) -> list[Group]:
    end = week_ends_on(member, today)
    soon = max(end, today + SOON)
    soonest = sorted(todos, key=lambda todo: todo.due_on or today)
    groups = (
        Group(gettext_lazy("Late"), [t for t in soonest if t.due_on and t.due_on < today]),
        Group(gettext_lazy("Today"), [t for t in soonest if (t.due_on or today) == today]),
        Group(
            gettext_lazy("This week"), [t for t in soonest if t.due_on and today < t.due_on <= end]
        ),
        Group(
            gettext_lazy("Soon"),
            [*(t for t in soonest if t.due_on and end < t.due_on <= soon), *undated],
        ),
        Group(gettext_lazy("Later"), [t for t in soonest if t.due_on and t.due_on > soon]),
    )
    return [group for group in groups if group.todos]


# --- what is asked of the database; a person without the permission has none of it --------------


def _requested(member: Membership) -> QuerySet[ReviewRequest]:
    if not member.can(Permission.REVIEW_STRATEGY):
        return ReviewRequest.objects.none()
    return ReviewRequest.objects.standing().filter(
        reviewer=member, version__state=VersionState.SUBMITTED
    )


def _unasked(member: Membership) -> VersionQuerySet:
    """Versions that nobody in particular was asked to review: they wait for all who can decide."""
    if not member.can(Permission.REVIEW_STRATEGY):
        return StrategyVersion.objects.none()
    asked = ReviewRequest.objects.standing().filter(version=OuterRef("pk"))
    return (
        StrategyVersion.objects.for_workspace(member.workspace)
        .waiting()
        .exclude(submitted_by=member.user)
        .exclude(Exists(asked))
    )


def _without_second_reader(member: Membership, at: datetime | None = None) -> VersionQuerySet:
    """Own versions that nobody else can decide on ``at`` (now): they wait for who sent them."""
    if not member.can(Permission.APPROVE_ALONE):
        return StrategyVersion.objects.none()
    others = who_can_review(member.workspace, author=member.user, at=at)
    versions = StrategyVersion.objects.for_workspace(member.workspace).waiting()
    return versions.filter(submitted_by=member.user).exclude(Exists(others))


def _to_be_changed(member: Membership) -> VersionQuerySet:
    if not member.can(Permission.EDIT_STRATEGY):
        return StrategyVersion.objects.none()
    newer = StrategyVersion.objects.filter(
        strategy=OuterRef("strategy"), number__gt=OuterRef("number")
    )
    return (
        StrategyVersion.objects.for_workspace(member.workspace)
        .filter(
            submitted_by=member.user,
            state=VersionState.CHANGES_REQUESTED,
            strategy__state=StrategyState.OPEN,
        )
        .exclude(Exists(newer))
    )


def _milestones(member: Membership) -> QuerySet[Milestone]:
    return (
        Milestone.objects.for_workspace(member.workspace)
        .open()
        .filter(owner=member, strategy__state=StrategyState.OPEN)
    )


def _unfinished(member: Membership) -> QuerySet[Strategy]:
    if not member.can(Permission.EDIT_STRATEGY):
        return Strategy.objects.none()
    decided = StrategyVersion.objects.filter(strategy=OuterRef("pk")).exclude(
        state=VersionState.WITHDRAWN
    )
    return (
        Strategy.objects.for_workspace(member.workspace)
        .open()
        .filter(created_by=member.user)
        .exclude(Exists(decided))
    )


# --- in words -----------------------------------------------------------------------------------


def _reviews(member: Membership, today: date) -> Iterator[Todo]:
    requests = (
        _requested(member)
        .select_related("version__strategy", "version__submitted_by")
        .defer("version__snapshot")
        .order_by("version__answer_by_on", "pk")
    )
    for request in requests:
        asks = _("%(person)s asks you to.") % {"person": isolated(request.version.submitted_by)}
        yield _review(request.version, member, today, asks)


def _open_reviews(member: Membership, today: date) -> Iterator[Todo]:
    versions = (
        _unasked(member)
        .select_related("strategy", "submitted_by")
        .without_snapshot()
        .order_by("answer_by_on", "pk")
    )
    for version in versions:
        asks = _("%(person)s asked nobody in particular.") % {
            "person": isolated(version.submitted_by)
        }
        yield _review(version, member, today, asks)


def _own_reviews(member: Membership, today: date) -> Iterator[Todo]:
    versions = (
        _without_second_reader(member)
        .select_related("strategy")
        .without_snapshot()
        .order_by("answer_by_on", "pk")
    )
    invited = Invitation.objects.for_workspace(member.workspace).open()
    if invited.who_could(Permission.REVIEW_STRATEGY).exists():
        says = _("A second reader is invited. Wait, or approve it yourself with a reason.")
    else:
        says = _("Invite a second reader, or approve it yourself with a reason.")
    for version in versions:
        yield _review(version, member, today, says)


def _review(version: StrategyVersion, member: Membership, today: date, asks: str) -> Todo:
    return Todo(
        title=_("Review “%(strategy)s”, version %(number)d")
        % {"strategy": isolated(version.strategy), "number": version.number},
        by=_sentence(_by(version.answer_by_on, today), asks),
        icon="eye",
        url=_version_url(member, version),
        verb=_("Review"),
        due_on=version.answer_by_on,
        late=late_words(version.answer_by_on, today) if version.answer_by_on < today else "",
    )


def _changes(member: Membership, _today: date) -> Iterator[Todo]:
    asked = (
        _to_be_changed(member)
        .select_related("strategy", "decided_by")
        .without_snapshot()
        .order_by("decided_at")
    )
    for version in asked:
        decided_on = member.workspace.today(version.decided_at)
        yield Todo(
            title=_("Mend “%(strategy)s”: changes were asked for")
            % {"strategy": isolated(version.strategy)},
            by=_("%(person)s asked on %(day)s.")
            % {"person": isolated(version.decided_by), "day": day(decided_on)},
            icon="edit",
            url=_version_url(member, version),
            verb=_("See the changes"),
        )


# What somebody asks, in this order on a day; the names are those of ``_everything``.
TELLERS: dict[str, Callable[[Membership, date], Iterator[Todo]]] = {
    "requested": _reviews,
    "unasked": _open_reviews,
    "alone": _own_reviews,
    "changes": _changes,
}


def _milestone(milestone: Milestone, member: Membership, today: date, *, is_one_of: bool) -> Todo:
    """The milestone in words; ``is_one_of`` several strategies' tells of which it is."""
    strategy = milestone.strategy
    of = _("Of “%(strategy)s”.") % {"strategy": isolated(strategy)} if is_one_of else ""
    can_tick = member.can(Permission.TICK_MILESTONE)
    place = [member.workspace.slug, strategy.uid, milestone.uid]
    return Todo(
        title=milestone.title,
        by=_sentence(_by(milestone.due_on, today), of),
        icon="chart" if milestone.kind == READ else "flag",
        url=reverse("strategies:milestone", args=place)
        if can_tick
        else f"{_roadmap_url(member, strategy.uid)}#ms-{milestone.uid}",
        verb="" if can_tick else _("See the roadmap"),
        due_on=milestone.due_on,
        late=late_words(milestone.due_on, today) if is_late(milestone, today) else "",
        done_url=reverse("strategies:milestone_state", args=place) if can_tick else "",
    )


def _to_continue(member: Membership) -> Iterator[Todo]:
    for strategy in _unfinished(member).order_by("created_at"):
        begun_on = member.workspace.today(strategy.created_at)
        yield Todo(
            title=_("Go on with “%(strategy)s”") % {"strategy": isolated(strategy)},
            by=_("Begun on %(day)s, not submitted yet.") % {"day": day(begun_on)},
            icon="target",
            url=reverse("strategies:summary", args=[member.workspace.slug, strategy.uid]),
            verb=_("Go on"),
        )


def _by(due_on: date, today: date) -> str:
    near = relative(due_on, today)
    if near:
        return _("By %(day)s, %(near)s.") % {"day": day(due_on), "near": near}
    return _("By %(day)s.") % {"day": day(due_on)}


def _sentence(first: str, second: str) -> str:
    return f"{first} {second}".rstrip()


def _roadmap_url(member: Membership, strategy: UUID) -> str:
    return reverse("strategies:roadmap", args=[member.workspace.slug, strategy])


def _more_url(member: Membership, strategies: Collection[UUID]) -> str:
    """Where the milestones of ``strategies`` stand that are left out."""
    if len(strategies) > 1:
        return reverse("strategies:list", args=[member.workspace.slug])
    return "".join(_roadmap_url(member, strategy) for strategy in strategies)


def _version_url(member: Membership, version: StrategyVersion) -> str:
    return reverse(
        "strategies:version", args=[member.workspace.slug, version.strategy.uid, version.number]
    )
