"""What the log says of posts."""

from django.utils.translation import gettext_lazy as _

from activity.activity_types import register
from content_calendar.enums import HoldAnswer
from content_calendar.models import Post, PostVersion
from content_calendar.services.posts import FIELDS, VERSION_FIELDS

FIELD_NAMES = {
    **{field.name: field.verbose_name for field in Post._meta.fields if field.name in FIELDS},
    **{
        f"version_{field.name}": field.verbose_name
        for field in PostVersion._meta.fields
        if field.name in VERSION_FIELDS
    },
    "channels": _("Channels"),
    "tags": _("Tags"),
    "state": _("State"),
}

register("content_calendar.post_added", _("%(person)s added the post “%(label)s”."))
register(
    "content_calendar.post_saved",
    _("%(person)s changed the post “%(label)s”."),
    fields=FIELD_NAMES,
    is_typed=True,
)
register(
    "content_calendar.post_conflict",
    _("%(person)s and somebody else changed the post “%(label)s” at the same time. Saved → typed:"),
    fields=FIELD_NAMES,
    is_in_full=True,
)
register(
    "content_calendar.post_state_changed",
    _("%(person)s changed the state of the post “%(label)s”."),
    fields=FIELD_NAMES,
)
register(
    "content_calendar.post_not_approved",
    _("%(person)s published the post “%(label)s” without waiting for approval."),
    fields={"reason": _("Reason")},
)
register("content_calendar.post_removed", _("%(person)s removed the post “%(label)s”."))
register("content_calendar.post_restored", _("%(person)s brought the post “%(label)s” back."))
register("content_calendar.template_saved", _("%(person)s saved the template “%(label)s”."))
register("content_calendar.template_removed", _("%(person)s removed the template “%(label)s”."))
register(
    "content_calendar.template_restored", _("%(person)s brought the template “%(label)s” back.")
)
register("content_calendar.comment_added", _("%(person)s commented on the post “%(label)s”."))
register(
    "content_calendar.comment_removed", _("%(person)s removed a comment on the post “%(label)s”.")
)
register(
    "content_calendar.comment_restored",
    _("%(person)s brought a comment on the post “%(label)s” back."),
)
register(
    "content_calendar.media_added", _("%(person)s added an image or video to the post “%(label)s”.")
)
register(
    "content_calendar.media_described",
    _("%(person)s described the images of the post “%(label)s”."),
)
register(
    "content_calendar.media_moved",
    _("%(person)s changed the order of the images and videos of the post “%(label)s”."),
)
register(
    "content_calendar.media_removed",
    _("%(person)s removed an image or video from the post “%(label)s”."),
)
register(
    "content_calendar.media_restored",
    _("%(person)s brought an image or video of the post “%(label)s” back."),
)
register(
    "content_calendar.post_approved",
    _("%(person)s approved the post “%(label)s”."),
    fields={"comment": _("Comment")},
)
register(
    "content_calendar.post_approved_alone",
    _("%(person)s approved the post “%(label)s” without a second reader."),
    fields={"comment": _("Reason")},
)
register(
    "content_calendar.post_changes_requested",
    _("%(person)s asked for changes to the post “%(label)s”."),
    fields={"comment": _("Comment")},
)
_OUT = {
    "channel": _("Channel"),
    "published_address": _("Address"),
    "blockers": _("Went out all the same"),
}
register(
    "content_calendar.version_published",
    _("%(person)s marked “%(label)s” as published."),
    fields=_OUT,
)
register(
    "content_calendar.version_not_published",
    _("%(person)s said that “%(label)s” is not published after all."),
    fields=_OUT,
)
register(
    "content_calendar.zone_answered",
    _("%(person)s kept the moments of planned posts after the change of time zone."),
)

_HOLD = {"channels": _("Channels"), "reason": _("Reason")}
register("content_calendar.hold_started", _("%(person)s stopped posts."), fields=_HOLD)
register("content_calendar.hold_widened", _("%(person)s stopped more posts."), fields=_HOLD)
register(
    "content_calendar.hold_pressed_again",
    _("%(person)s stopped posts that were stopped already."),
    fields=_HOLD,
)
register(
    "content_calendar.hold_ticked",
    _("%(person)s stopped the post “%(label)s” in the tool in which it lies."),
    fields={"tool": _("Tool")},
)
register(
    "content_calendar.hold_tick_taken_back",
    _("%(person)s said that the post “%(label)s” was not stopped in its tool after all."),
)
register(
    "content_calendar.hold_answered",
    _("%(person)s said what becomes of the stopped post “%(label)s”."),
    fields={"answer": _("Answer")},
    words={"answer": dict(HoldAnswer.choices)},
)
register(
    "content_calendar.hold_lifted",
    _("%(person)s lifted the stop of posts."),
    fields={"later": _("Later posts that go out as planned")},
)
register(
    "content_calendar.crisis_marked",
    _("%(person)s marked the post “%(label)s” as crisis information."),
)
register(
    "content_calendar.crisis_unmarked",
    _("%(person)s said that the post “%(label)s” is no crisis information."),
)
register(
    "content_calendar.reason_given",
    _("%(person)s said why the post “%(label)s” goes on."),
    fields={"rule": _("Rule"), "reason": _("Reason")},
)
register(
    "content_calendar.day_ticked",
    _("%(person)s looked at “%(label)s” on its day: nothing makes it wrong."),
)
register(
    "content_calendar.day_unticked", _("%(person)s took back the check of the day of “%(label)s”.")
)
