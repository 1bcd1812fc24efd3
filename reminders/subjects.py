"""What a person can be reminded of: a registry of kinds of thing, one entry each."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content_calendar.enums import PostState
from content_calendar.models import Post
from core.registry import Registry
from notifications.models import Subject
from strategies.enums import MilestoneState
from strategies.models import Kpi, Milestone, Strategy
from workspaces.models import Workspace


@dataclass(frozen=True)
class Found:
    """The thing as it is now: what it is called, where it stands, and why nobody need do it."""

    name: str
    url: str
    settled: str = ""


@dataclass(frozen=True)
class SubjectKind:
    """A kind of thing. ``find`` looks things up inside a workspace; what is not there is left out."""

    code: str
    label: "str | Promise"
    find: Callable[[Workspace, Collection[UUID]], Iterator[tuple[UUID, Found]]]


SUBJECTS: Registry[SubjectKind] = Registry("thing to be reminded of")


def register(kind: SubjectKind) -> None:
    """Make a kind of thing known."""
    SUBJECTS.register(kind.code, kind)


def find_subjects(workspace: Workspace, subjects: Iterable[Subject | None]) -> dict[Subject, Found]:
    """Return those of ``subjects`` that are in the workspace, with one query a kind."""
    wanted: dict[str, set[UUID]] = {}
    for kind, uid in filter(None, subjects):
        wanted.setdefault(kind, set()).add(uid)
    return {
        (kind.code, uid): found
        for kind in SUBJECTS
        if kind.code in wanted
        for uid, found in kind.find(workspace, wanted[kind.code])
    }


def find_subject(workspace: Workspace, subject: Subject | None) -> Found | None:
    """Return the thing, or None when it is not in the workspace (any more)."""
    found = find_subjects(workspace, [subject])
    return found.get(subject) if subject else None


def _strategies(workspace: Workspace, uids: Collection[UUID]) -> Iterator[tuple[UUID, Found]]:
    for strategy in Strategy.objects.for_workspace(workspace).filter(uid__in=uids):
        url = reverse("strategies:summary", args=[workspace.slug, strategy.uid])
        yield strategy.uid, Found(strategy.name, url, _archived(strategy))


def _archived(strategy: Strategy) -> str:
    return "" if strategy.is_open else _("The strategy is archived.")


def _figures(workspace: Workspace, uids: Collection[UUID]) -> Iterator[tuple[UUID, Found]]:
    figures = Kpi.objects.live().filter(strategy__workspace=workspace, uid__in=uids)
    for figure in figures.select_related("strategy"):
        place = [workspace.slug, figure.strategy.uid, "measurement"]
        url = f"{reverse('strategies:question', args=place)}#row-{figure.uid}"
        yield figure.uid, Found(str(figure), url, _archived(figure.strategy))


def _milestones(workspace: Workspace, uids: Collection[UUID]) -> Iterator[tuple[UUID, Found]]:
    milestones = Milestone.objects.for_workspace(workspace).live().filter(uid__in=uids)
    for milestone in milestones.select_related("strategy"):
        settled = _archived(milestone.strategy)
        if milestone.state == MilestoneState.DONE:
            settled = _("It is done.")
        elif milestone.dropped_at is not None:
            settled = _("It no longer follows from the strategy.")
        yield milestone.uid, Found(milestone.title, milestone_url(workspace, milestone), settled)


def milestone_url(workspace: Workspace, milestone: Milestone) -> str:
    """Return where a milestone stands on its roadmap; its strategy is loaded."""
    roadmap = reverse("strategies:roadmap", args=[workspace.slug, milestone.strategy.uid])
    return f"{roadmap}#ms-{milestone.uid}"


def milestone_form_url(workspace: Workspace, milestone: Milestone) -> str:
    """Return where a milestone is done in place; its strategy is loaded."""
    place = [workspace.slug, milestone.strategy.uid, milestone.uid]
    return f"{reverse('strategies:milestone', args=place)}#do"


def _posts(workspace: Workspace, uids: Collection[UUID]) -> Iterator[tuple[UUID, Found]]:
    settled = {
        PostState.PUBLISHED.value: _("It is published."),
        PostState.CANCELLED.value: _("It is cancelled."),
    }
    for post in Post.objects.for_workspace(workspace).live().filter(uid__in=uids):
        url = reverse("calendar:post", args=[workspace.slug, post.uid])
        yield post.uid, Found(post.name, url, settled.get(post.state, ""))


register(SubjectKind("strategy", gettext_lazy("Strategy"), _strategies))
register(SubjectKind("figure", gettext_lazy("Figure"), _figures))
register(SubjectKind("milestone", gettext_lazy("Milestone"), _milestones))
register(SubjectKind("post", gettext_lazy("Post"), _posts))
