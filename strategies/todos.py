"""What waits for a person in strategies: reviews, changes asked for, drafts, milestones."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.due import by_words, late_words
from core.templatetags.ui_tags import day
from core.text import isolated
from members.models import Invitation
from notifications.todo_kinds import DatedTodoKind, Todo, TodoKind, register
from strategies.domain.milestone_actions import action_of
from strategies.domain.roadmap import READ
from strategies.enums import StrategyState, VersionState
from strategies.models import Milestone, ReviewRequest, Strategy, StrategyVersion
from strategies.models.version import VersionQuerySet
from strategies.services.versions import who_can_review
from workspaces.models import Membership
from workspaces.permissions import Permission

# --- what waits; a person without the permission has none of it ---------------------------------


def find_requested(member: Membership) -> QuerySet[ReviewRequest]:
    if not member.can(Permission.REVIEW_STRATEGY):
        return ReviewRequest.objects.none()
    return ReviewRequest.objects.standing().filter(
        reviewer=member, version__state=VersionState.SUBMITTED
    )


def find_unasked(member: Membership) -> VersionQuerySet:
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


def find_without_second_reader(member: Membership) -> VersionQuerySet:
    """Own versions that nobody else can decide on: they wait for who sent them."""
    if not member.can(Permission.APPROVE_ALONE):
        return StrategyVersion.objects.none()
    others = who_can_review(member.workspace, author=member.user)
    versions = StrategyVersion.objects.for_workspace(member.workspace).waiting()
    return versions.filter(submitted_by=member.user).exclude(Exists(others))


def find_changes(member: Membership) -> VersionQuerySet:
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


def find_milestones(member: Membership) -> QuerySet[Milestone]:
    return (
        Milestone.objects.for_workspace(member.workspace)
        .open()
        .filter(owner=member, strategy__state=StrategyState.OPEN)
        .exclude(Exists(_asked_before(member)))
    )


def _asked_before(member: Membership) -> QuerySet[Milestone]:
    """What several strategies ask of the same thing of the workspace waits once, at the first day."""
    earlier = Q(due_on__lt=OuterRef("due_on")) | Q(due_on=OuterRef("due_on"), pk__lt=OuterRef("pk"))
    return (
        Milestone.objects.for_workspace(member.workspace)
        .open()
        .filter(
            earlier,
            about=OuterRef("about"),
            kind=OuterRef("kind"),
            owner=member,
            strategy__state=StrategyState.OPEN,
        )
        .exclude(about="")
    )


def find_unfinished(member: Membership) -> QuerySet[Strategy]:
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


def _reviews(found: QuerySet[Any], member: Membership, today: date) -> Iterator[Todo]:
    requests = found.select_related("version__strategy", "version__submitted_by").defer(
        "version__snapshot"
    )
    for request in requests.order_by("version__answer_by_on", "pk"):
        asks = _("%(person)s asks you to.") % {"person": isolated(request.version.submitted_by)}
        yield _review(request.version, member, today, asks)


def _open_reviews(found: QuerySet[Any], member: Membership, today: date) -> Iterator[Todo]:
    for version in _for_list(found, "submitted_by"):
        asks = _("%(person)s asked nobody in particular.") % {
            "person": isolated(version.submitted_by)
        }
        yield _review(version, member, today, asks)


def _own_reviews(found: QuerySet[Any], member: Membership, today: date) -> Iterator[Todo]:
    invited = Invitation.objects.for_workspace(member.workspace).open()
    if invited.who_could(Permission.REVIEW_STRATEGY).exists():
        says = _("A second reader is invited. Wait, or approve it yourself with a reason.")
    else:
        says = _("Invite a second reader, or approve it yourself with a reason.")
    for version in _for_list(found):
        yield _review(version, member, today, says)


def _for_list(found: QuerySet[Any], *also: str) -> QuerySet[Any]:
    return found.select_related("strategy", *also).defer("snapshot").order_by("answer_by_on", "pk")


def _review(version: StrategyVersion, member: Membership, today: date, asks: str) -> Todo:
    return Todo(
        title=_("Review “%(strategy)s”, version %(number)d")
        % {"strategy": isolated(version.strategy), "number": version.number},
        by=_sentence(by_words(version.answer_by_on, today), asks),
        icon="eye",
        url=_version_url(member, version),
        verb=_("Review"),
        due_on=version.answer_by_on,
        late=late_words(version.answer_by_on, today),
    )


def _changes(found: QuerySet[Any], member: Membership, today: date) -> Iterator[Todo]:
    for version in _for_list(found, "decided_by").order_by("decided_at"):
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


def _unfinished(found: QuerySet[Any], member: Membership, today: date) -> Iterator[Todo]:
    for strategy in found.order_by("created_at"):
        begun_on = member.workspace.today(strategy.created_at)
        yield Todo(
            title=_("Go on with “%(strategy)s”") % {"strategy": isolated(strategy)},
            by=_("Begun on %(day)s, not submitted yet.") % {"day": day(begun_on)},
            icon="target",
            url=reverse("strategies:summary", args=[member.workspace.slug, strategy.uid]),
            verb=_("Go on"),
            can_wait=True,
        )


def _milestones(found: QuerySet[Any], member: Membership, today: date) -> Iterator[Todo]:
    milestones = list(found.select_related("strategy"))
    # Of which strategy a milestone is matters only where there are several.
    is_one_of = len({milestone.strategy_id for milestone in milestones}) > 1
    can_tick = member.can(Permission.TICK_MILESTONE)
    for milestone in milestones:
        strategy = milestone.strategy
        of = _("Of “%(strategy)s”.") % {"strategy": isolated(strategy)} if is_one_of else ""
        place = [member.workspace.slug, strategy.uid, milestone.uid]
        action = action_of(milestone, member)
        if action:
            yield Todo(
                title=milestone.title,
                by=_sentence(by_words(milestone.due_on, today), of),
                icon="chart" if milestone.kind == READ else "flag",
                url=action.url(milestone, member.workspace),
                verb=str(action.words),
                due_on=milestone.due_on,
                late=late_words(milestone.due_on, today),
            )
            continue
        yield Todo(
            title=milestone.title,
            by=_sentence(by_words(milestone.due_on, today), of),
            icon="chart" if milestone.kind == READ else "flag",
            url=reverse("strategies:milestone", args=place)
            if can_tick
            else f"{_roadmap_url(member, strategy.uid)}#ms-{milestone.uid}",
            verb="" if can_tick else _("See the roadmap"),
            due_on=milestone.due_on,
            late=late_words(milestone.due_on, today),
            done_url=reverse("strategies:milestone_state", args=place) if can_tick else "",
        )


def _sentence(first: str, second: str) -> str:
    return f"{first} {second}".rstrip()


def _roadmap_url(member: Membership, strategy: UUID) -> str:
    return reverse("strategies:roadmap", args=[member.workspace.slug, strategy])


def _where_the_others_stand(member: Membership, strategies: set[UUID]) -> str:
    """The roadmap of the milestones that are left out; the list where they stand on several."""
    if len(strategies) > 1:
        return reverse("strategies:list", args=[member.workspace.slug])
    return "".join(_roadmap_url(member, strategy) for strategy in strategies)


def _version_url(member: Membership, version: StrategyVersion) -> str:
    return reverse(
        "strategies:version", args=[member.workspace.slug, version.strategy.uid, version.number]
    )


# --- the kinds, in the order in which they stand on a day ---------------------------------------

register(TodoKind("strategies.review_asked", find_requested, _reviews))
register(TodoKind("strategies.review_open", find_unasked, _open_reviews))
register(TodoKind("strategies.review_own", find_without_second_reader, _own_reviews))
register(TodoKind("strategies.changes_asked", find_changes, _changes))
register(
    DatedTodoKind(
        "strategies.milestone",
        find_milestones,
        _milestones,
        due_field="due_on",
        place_field="strategy__uid",
        more_url=_where_the_others_stand,
    )
)
register(TodoKind("strategies.unfinished", find_unfinished, _unfinished))
