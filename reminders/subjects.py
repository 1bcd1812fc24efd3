"""What a person can be reminded of: a registry of kinds of thing, one entry each."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content_calendar.enums import PostState
from content_calendar.models import Post
from core.registry import Registry
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
    """A kind of thing. ``find`` looks one up inside a workspace; None when it is not there."""

    code: str
    label: "str | Promise"
    find: Callable[[Workspace, UUID], Found | None]


SUBJECTS: Registry[SubjectKind] = Registry("thing to be reminded of")


def register(kind: SubjectKind) -> None:
    """Make a kind of thing known."""
    SUBJECTS.register(kind.code, kind)


def find_subject(workspace: Workspace, kind: str, uid: UUID | None) -> Found | None:
    """Return the thing, or None when it is not in the workspace (any more)."""
    known = SUBJECTS.get(kind)
    return known.find(workspace, uid) if known and uid else None


def _strategy(workspace: Workspace, uid: UUID) -> Found | None:
    strategy = Strategy.objects.for_workspace(workspace).filter(uid=uid).first()
    if strategy is None:
        return None
    url = reverse("strategies:summary", args=[workspace.slug, uid])
    return Found(strategy.name, url, "" if strategy.is_open else _("The strategy is archived."))


def _figure(workspace: Workspace, uid: UUID) -> Found | None:
    figures = Kpi.objects.live().filter(strategy__workspace=workspace, uid=uid)
    figure = figures.select_related("strategy").first()
    if figure is None:
        return None
    step = reverse("strategies:question", args=[workspace.slug, figure.strategy.uid, "measurement"])
    is_open = figure.strategy.is_open
    return Found(
        str(figure), f"{step}#row-{uid}", "" if is_open else _("The strategy is archived.")
    )


def _milestone(workspace: Workspace, uid: UUID) -> Found | None:
    milestones = Milestone.objects.for_workspace(workspace).live().filter(uid=uid)
    milestone = milestones.select_related("strategy").first()
    if milestone is None:
        return None
    roadmap = reverse("strategies:roadmap", args=[workspace.slug, milestone.strategy.uid])
    settled = ""
    if milestone.state == MilestoneState.DONE:
        settled = _("It is done.")
    elif milestone.dropped_at is not None:
        settled = _("It no longer follows from the strategy.")
    return Found(milestone.title, f"{roadmap}#ms-{uid}", settled)


def _post(workspace: Workspace, uid: UUID) -> Found | None:
    post = Post.objects.for_workspace(workspace).live().filter(uid=uid).first()
    if post is None:
        return None
    settled = {
        PostState.PUBLISHED.value: _("It is published."),
        PostState.CANCELLED.value: _("It is cancelled."),
    }.get(post.state, "")
    return Found(post.name, reverse("calendar:post", args=[workspace.slug, uid]), settled)


register(SubjectKind("strategy", gettext_lazy("Strategy"), _strategy))
register(SubjectKind("figure", gettext_lazy("Figure"), _figure))
register(SubjectKind("milestone", gettext_lazy("Milestone"), _milestone))
register(SubjectKind("post", gettext_lazy("Post"), _post))
