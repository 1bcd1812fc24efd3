"""What waits for a person in the calendar: approvals, changes asked for, posts to publish."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content_calendar.enums import BY_HAND, PostState
from content_calendar.models import DayCheck, Post, PostHashtag, ZoneQuestion
from content_calendar.models.held_post import not_stopped_there
from content_calendar.models.post import PostQuerySet, is_of
from content_calendar.services.day_check import ASKING, posts_of_today
from core.due import by_words, late_words
from core.templatetags.ui_tags import when
from core.text import cut, isolated
from notifications.todo_kinds import DatedTodoKind, Todo, TodoKind, register
from policies.models import Hold, RuleSetting
from policies.models.hold import HoldQuerySet
from workspaces.models import Membership, Workspace
from workspaces.permissions import Permission

# --- what waits; a person without the permission has none of it ---------------------------------


def find_to_approve(member: Membership) -> PostQuerySet:
    if not member.can(Permission.APPROVE_POSTS):
        return Post.objects.none()
    waiting = Post.objects.for_workspace(member.workspace).live().waiting_for_approval()
    return waiting.exclude(created_by=member.user).exclude(submitted_by=member.user)


def find_changes(member: Membership) -> PostQuerySet:
    if not member.can(Permission.DRAFT_POSTS):
        return Post.objects.none()
    own = Post.objects.for_workspace(member.workspace).live().of(member)
    return own.filter(state=PostState.CHANGES_REQUESTED)


def find_to_publish(member: Membership) -> PostQuerySet:
    """Posts that one publishes by hand, today or since a day that has passed, and that are not held."""
    if not member.can(Permission.DRAFT_POSTS):
        return Post.objects.none()
    own = Post.objects.for_workspace(member.workspace).live().of(member)
    return own.filter(state__in=BY_HAND, planned_on__lte=member.workspace.today()).free()


def find_missed(member: Membership) -> PostQuerySet:
    """Posts whose time passed before anybody approved them; ``find_changes`` has the others."""
    if not member.can(Permission.DRAFT_POSTS):
        return Post.objects.none()
    own = Post.objects.for_workspace(member.workspace).live().of(member)
    return own.filter(
        state__in=(PostState.DRAFT, PostState.IN_REVIEW), planned_at__lte=timezone.now()
    )


def _should_be_out(member: Membership) -> PostQuerySet:
    posts = Post.objects.for_workspace(member.workspace).live().should_be_out(timezone.now())
    return not_stopped_there(posts).filter(is_of(member) | Q(handed_over_by=member.user))


def find_should_be_out(member: Membership) -> QuerySet[Workspace]:
    """The workspace, where posts that one handed over or owns should be out: one question for all."""
    if not member.can(Permission.EDIT_CALENDAR):
        return Workspace.objects.none()
    here = _should_be_out(member).filter(workspace=OuterRef("pk"))
    return Workspace.objects.filter(Exists(here), pk=member.workspace_id)


def find_hold_to_lift(member: Membership) -> HoldQuerySet:
    """The hold that is on, for those who may lift it."""
    if not member.can(Permission.LIFT_HOLD):
        return Hold.objects.none()
    return Hold.objects.for_workspace(member.workspace).on()


def find_hold_to_tick_off(member: Membership) -> HoldQuerySet:
    """The hold that is on, while posts lie in other tools that nobody has ticked off."""
    if not member.can(Permission.STOP_POSTS):
        return Hold.objects.none()
    lying = Post.objects.for_workspace(member.workspace).live().on_hold()
    left = not_stopped_there(lying.filter(state=PostState.HANDED_OVER))
    return Hold.objects.for_workspace(member.workspace).on().filter(Exists(left))


def find_zone_questions(member: Membership) -> QuerySet[ZoneQuestion]:
    if not member.can(Permission.EDIT_CALENDAR):
        return ZoneQuestion.objects.none()
    return ZoneQuestion.objects.for_workspace(member.workspace).unanswered()


def _asks(member: Membership, *rules: str) -> Exists:
    """Whether a policy in force has one of ``rules`` on."""
    on = RuleSetting.objects.for_workspace(member.workspace).in_force(timezone.now())
    return Exists(on.filter(rule__in=rules))


def _not_ticked(member: Membership) -> PostQuerySet:
    ticked = DayCheck.objects.filter(post=OuterRef("pk"), day=member.workspace.today())
    return posts_of_today(member.workspace).filter(~Exists(ticked))


def find_day_check(member: Membership) -> QuerySet[Workspace]:
    """The workspace, where posts of today are not ticked off: one question for all of them."""
    if not member.can(Permission.EDIT_CALENDAR):
        return Workspace.objects.none()
    left = _not_ticked(member).order_by()
    return Workspace.objects.filter(Exists(left), _asks(member, *ASKING), pk=member.workspace_id)


def _hashtags_of_today(member: Membership) -> QuerySet[PostHashtag]:
    posts = posts_of_today(member.workspace).filter(planned_at__gt=timezone.now()).order_by()
    return PostHashtag.objects.unchecked().filter(post__in=posts)


def find_hashtags(member: Membership) -> QuerySet[Workspace]:
    """The workspace, where hashtags of today are to be checked."""
    if not member.can(Permission.EDIT_CALENDAR):
        return Workspace.objects.none()
    return Workspace.objects.filter(
        Exists(_hashtags_of_today(member)), _asks(member, "hashtags"), pk=member.workspace_id
    )


# --- in words -----------------------------------------------------------------------------------


def _to_approve(found: QuerySet[Any], member: Membership, today: date) -> Iterator[Todo]:
    lead = timedelta(hours=member.workspace.lead_time_hours)
    for post in found.select_related("submitted_by"):
        answer_by = _day_of(post.planned_at - lead, member)
        asks = _("%(person)s asks you to.") % {"person": isolated(post.submitted_by)}
        yield Todo(
            title=_("Approve “%(post)s”") % {"post": isolated(post)},
            by=f"{by_words(answer_by, today)} {asks}",
            icon="eye",
            url=_page(post, member, "review"),
            verb=_("Review"),
            due_on=answer_by,
            late=late_words(answer_by, today),
        )


def _changes(found: QuerySet[Any], member: Membership, today: date) -> Iterator[Todo]:
    for post in found.order_by("planned_at", "pk").prefetch_related("decisions__by"):
        asked = next(iter(post.decisions.all()), None)
        yield Todo(
            title=_("Change “%(post)s”") % {"post": isolated(post)},
            by=_("%(person)s asked for changes. It is planned for %(moment)s.")
            % {
                "person": isolated(asked.by if asked else _("Somebody")),
                "moment": when(post.planned_at, member.workspace),
            },
            icon="comment",
            url=_page(post, member, "post"),
            verb=_("See the changes"),
        )


def _to_publish(found: QuerySet[Any], member: Membership, today: date) -> Iterator[Todo]:
    for post in found.prefetch_related("versions__channel"):
        channels = [str(one.channel) for one in post.versions.all() if not one.is_published]
        yield Todo(
            title=_("Publish “%(post)s”") % {"post": isolated(post)},
            by=_("%(moment)s, on %(channels)s.")
            % {
                "moment": when(post.planned_at, member.workspace),
                "channels": isolated(", ".join(channels)),
            },
            icon="out",
            url=f"{_page(post, member, 'post')}#going-out",
            verb=_("Publish"),
            due_on=post.planned_on,
            late=late_words(post.planned_on, today),
        )


def _missed(found: QuerySet[Any], member: Membership, today: date) -> Iterator[Todo]:
    for post in found.order_by("planned_at", "pk"):
        yield Todo(
            title=_("Move or cancel “%(post)s”") % {"post": isolated(post)},
            by=_("It was planned for %(moment)s and was not approved.")
            % {"moment": when(post.planned_at, member.workspace)},
            icon="block",
            url=_page(post, member, "post"),
            verb=_("Open it"),
        )


def _outcome(found: QuerySet[Any], member: Membership, today: date) -> Iterator[Todo]:
    for _workspace in found:
        posts = _should_be_out(member)
        number, tools = posts.count(), posts.values_list("handed_over_to", flat=True).distinct()
        yield Todo(
            title=ngettext(
                "%(number)d post should be out", "%(number)d posts should be out", number
            )
            % {"number": number},
            by=_("Say whether %(tools)s published them.")
            % {"tools": isolated(", ".join(sorted(set(tools))))},
            icon="out",
            url=reverse("calendar:should_be_out", args=[member.workspace.slug]),
            verb=_("Answer"),
        )


def _to_lift(found: QuerySet[Any], member: Membership, today: date) -> Iterator[Todo]:
    for hold in found.select_related("started_by"):
        yield Todo(
            title=_("Lift the stop of posts, or leave it on"),
            by=_("%(person)s stopped posts on %(moment)s.")
            % {
                "person": isolated(hold.started_by),
                "moment": when(hold.started_at, member.workspace),
            },
            icon="hand",
            url=reverse("calendar:hold_lift", args=[member.workspace.slug, hold.uid]),
            verb=_("Look at it"),
        )


def _to_tick_off(found: QuerySet[Any], member: Membership, today: date) -> Iterator[Todo]:
    for hold in found:
        yield Todo(
            title=_("Stop what lies in other tools"),
            by=_("Posts are stopped, but not what another tool publishes. Tick each one off."),
            icon="hand",
            url=f"{reverse('calendar:hold', args=[member.workspace.slug, hold.uid])}#tools",
            verb=_("See the list"),
        )


def _day_check(found: QuerySet[Any], member: Membership, today: date) -> Iterator[Todo]:
    for _workspace in found:
        number = _not_ticked(member).count()
        yield Todo(
            title=ngettext(
                "Look once more at %(number)d post of today",
                "Look once more at %(number)d posts of today",
                number,
            )
            % {"number": number},
            by=_("Has anything happened that makes it wrong?"),
            icon="eye",
            url=reverse("calendar:day_check", args=[member.workspace.slug]),
            verb=_("Look"),
            due_on=today,
        )


def _hashtags(found: QuerySet[Any], member: Membership, today: date) -> Iterator[Todo]:
    for _workspace in found:
        names = dict(_hashtags_of_today(member).values_list("key", "name"))
        yield Todo(
            title=ngettext(
                "Check %(number)d hashtag today", "Check %(number)d hashtags today", len(names)
            )
            % {"number": len(names)},
            by=isolated(cut(", ".join(f"#{name}" for name in names.values()), 100)),
            icon="search",
            url=reverse("calendar:day_check", args=[member.workspace.slug]),
            verb=_("Check"),
            due_on=today,
        )


def _zone(found: QuerySet[Any], member: Membership, today: date) -> Iterator[Todo]:
    for question in found:
        yield Todo(
            title=_("Look at the times of planned posts"),
            by=_("The time zone changed from %(before)s to %(after)s.")
            % {"before": question.before, "after": member.workspace.timezone},
            icon="clock",
            url=reverse("calendar:zone", args=[member.workspace.slug]),
            verb=_("Answer"),
        )


def _day_of(moment: datetime, member: Membership) -> date:
    return member.workspace.today(moment)


def _page(post: Post, member: Membership, name: str) -> str:
    return reverse(f"calendar:{name}", args=[member.workspace.slug, post.uid])


def _calendar(member: Membership, _places: set[Any]) -> str:
    return reverse("calendar:home", args=[member.workspace.slug])


# --- the kinds, in the order in which they stand on a day ---------------------------------------

_DATED: dict[str, Any] = {
    "due_field": "planned_on",
    "place_field": "workspace",
    "more_url": _calendar,
}
register(TodoKind("content_calendar.hold_to_tick_off", find_hold_to_tick_off, _to_tick_off))
register(TodoKind("content_calendar.hold_to_lift", find_hold_to_lift, _to_lift))
register(DatedTodoKind("content_calendar.to_publish", find_to_publish, _to_publish, **_DATED))
register(DatedTodoKind("content_calendar.to_approve", find_to_approve, _to_approve, **_DATED))
register(TodoKind("content_calendar.day_check", find_day_check, _day_check))
register(TodoKind("content_calendar.hashtags", find_hashtags, _hashtags))
register(TodoKind("content_calendar.should_be_out", find_should_be_out, _outcome))
register(TodoKind("content_calendar.changes_asked", find_changes, _changes))
register(TodoKind("content_calendar.missed", find_missed, _missed))
register(TodoKind("content_calendar.zone", find_zone_questions, _zone))
