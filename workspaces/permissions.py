"""What may be done, and by which role. Views name a permission, never a role."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from workspaces.enums import Role


class Permission(models.TextChoices):
    """A thing that a member may do; the label stands on the permissions page."""

    VIEW = "view", _("See strategies, roadmaps, the calendar, policies, channels and people")
    TICK_MILESTONE = "tick_milestone", _("Tick off milestones")
    EDIT_STRATEGY = "edit_strategy", _("Answer the questions, submit and withdraw a strategy")
    EDIT_ROADMAP = "edit_roadmap", _("Move, reassign and add milestones")
    EDIT_CHANNELS = "edit_channels", _("Edit channels and who runs them")
    DRAFT_POSTS = "draft_posts", _("Draft posts, and comment on posts")
    EDIT_CALENDAR = "edit_calendar", _("Plan, schedule and move posts")
    APPROVE_POSTS = "approve_posts", _("Approve posts or ask for changes")
    REVIEW_STRATEGY = "review_strategy", _("Approve a strategy or ask for changes")
    SHARE_STRATEGY = (
        "share_strategy",
        _("Share a version of a strategy by a link, and end such links"),
    )
    DRAFT_POLICIES = "draft_policies", _("Draft policies, and see who has read them")
    PUBLISH_POLICIES = "publish_policies", _("Publish policies and set their rules")
    SEE_ACTIVITY = "see_activity", _("See who did what")
    MANAGE_MEMBERS = "manage_members", _("Invite people, change roles and remove people")
    EDIT_SETTINGS = "edit_settings", _("Change the workspace’s settings")
    APPROVE_ALONE = "approve_alone", _("Approve your own strategy when nobody else can")


_READER = {Permission.VIEW}
_CONTRIBUTOR = _READER | {Permission.TICK_MILESTONE, Permission.DRAFT_POSTS}
_MARKETER = _CONTRIBUTOR | {
    Permission.EDIT_STRATEGY,
    Permission.EDIT_ROADMAP,
    Permission.EDIT_CHANNELS,
    Permission.EDIT_CALENDAR,
    Permission.SEE_ACTIVITY,
}
_MANAGER = _MARKETER | {
    Permission.REVIEW_STRATEGY,
    Permission.SHARE_STRATEGY,
    Permission.APPROVE_POSTS,
    Permission.DRAFT_POLICIES,
}
_ADMIN = _MANAGER | {
    Permission.PUBLISH_POLICIES,
    Permission.MANAGE_MEMBERS,
    Permission.EDIT_SETTINGS,
    Permission.APPROVE_ALONE,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.READER: frozenset(_READER),
    Role.CONTRIBUTOR: frozenset(_CONTRIBUTOR),
    Role.MARKETER: frozenset(_MARKETER),
    Role.MANAGER: frozenset(_MANAGER),
    Role.ADMIN: frozenset(_ADMIN),
}


def roles_with(permission: Permission) -> list[Role]:
    """Return the roles that hold ``permission``, lowest first."""
    return [role for role, held in ROLE_PERMISSIONS.items() if permission in held]
