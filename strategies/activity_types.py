"""What the log says of strategies. The label is the strategy, or the strategy and its version."""

from django.db.models import DecimalField, IntegerField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activity.activity_types import register
from strategies.domain.questionnaire import KINDS
from strategies.enums import MilestoneState, Phase

# --- review -----------------------------------------------------------------------------------

register("strategies.version_submitted", _("%(person)s submitted “%(label)s” for review."))
register("strategies.version_approved", _("%(person)s approved “%(label)s”."))
register(
    "strategies.version_approved_alone",
    _("%(person)s approved “%(label)s” without a second reader."),
    fields={"reason": _("Reason")},
)
register("strategies.version_changes_asked", _("%(person)s asked for changes to “%(label)s”."))
register(
    "strategies.changes_discarded",
    _("%(person)s discarded what was changed since “%(label)s”."),
)
register("strategies.version_withdrawn", _("%(person)s withdrew “%(label)s”."))
register(
    "strategies.reviewer_asked",
    _("%(person)s asked one more person to review “%(label)s”."),
    fields={"reviewer": _("Reviewer")},
)
register(
    "strategies.reviewer_swapped",
    _("%(person)s asked somebody else to review “%(label)s”."),
    fields={"reviewer": _("Reviewer")},
)

# --- links ------------------------------------------------------------------------------------

register(
    "strategies.link_made",
    _("%(person)s made a link with which anybody can read “%(label)s”."),
    fields={"whom": _("For whom"), "expires_on": _("Works until")},
)
register(
    "strategies.link_revoked",
    _("%(person)s ended a link to “%(label)s”."),
    fields={"whom": _("For whom")},
)

# --- the strategy itself ----------------------------------------------------------------------

register("strategies.strategy_created", _("%(person)s began the strategy “%(label)s”."))
register(
    "strategies.strategy_renamed",
    _("%(person)s renamed the strategy “%(label)s”."),
    fields={"name": _("Name")},
)
register("strategies.strategy_archived", _("%(person)s archived the strategy “%(label)s”."))
register("strategies.strategy_reopened", _("%(person)s reopened the strategy “%(label)s”."))

# --- the roadmap ---

MILESTONE_FIELDS = {
    "due_on": _("Due"),
    "owner": _("Owner"),
    "owner_name": _("Name or team"),
    "title": _("What is to be done"),
    "phase": _("Phase"),
}
register(
    "strategies.roadmap_updated",
    _("The roadmap of “%(label)s” followed the approval by %(person)s."),
    fields={"milestones": _("Milestones")},
)
register("strategies.milestone_added", _("%(person)s added the milestone “%(label)s”."))
register(
    "strategies.milestone_saved",
    _("%(person)s changed the milestone “%(label)s”."),
    fields=MILESTONE_FIELDS,
    words={"phase": dict(Phase.choices)},
)
register(
    "strategies.milestone_done",
    _("%(person)s marked the milestone “%(label)s” as done."),
    fields={"state": _("State"), "done_reason": _("Reason")},
    words={"state": dict(MilestoneState.choices)},
)
register(
    "strategies.milestone_settled",
    _("The milestone “%(label)s” was done by itself, by what %(person)s did."),
    fields={"state": _("State"), "done_reason": _("What was done")},
    words={"state": dict(MilestoneState.choices)},
)
register(
    "strategies.milestone_begun",
    _("%(person)s marked the milestone “%(label)s” as begun."),
    fields={"state": _("State")},
    words={"state": dict(MilestoneState.choices)},
)
register(
    "strategies.milestone_reopened",
    _("%(person)s marked the milestone “%(label)s” as to come."),
    fields={"state": _("State")},
    words={"state": dict(MilestoneState.choices)},
)
register("strategies.milestone_removed", _("%(person)s removed the milestone “%(label)s”."))
register("strategies.milestone_restored", _("%(person)s brought the milestone “%(label)s” back."))

# --- the answers ---


def _labels() -> dict[str, "str | Promise"]:
    """The words of every kind's fields, as they are called away from their form."""
    asked: dict[str, str | Promise] = {
        f"{kind.code}.{name}": kind.label(name) for kind in KINDS.values() for name in kind.fields
    }
    return {**asked, "not_known": _("Not known yet"), "position": _("Place")}


def _numbers() -> frozenset[str]:
    """The fields that hold a number; the log keeps some of them as text."""
    return frozenset(
        f"{kind.code}.{name}"
        for kind in KINDS.values()
        for name in kind.fields
        if isinstance(kind.model._meta.get_field(name), IntegerField | DecimalField)
    )


register("strategies.row_added", _("%(person)s added “%(label)s” to the answers."))
register(
    "strategies.row_saved",
    _("%(person)s changed the answer “%(label)s”."),
    fields=_labels(),
    numbers=_numbers(),
    is_typed=True,
)
register(
    "strategies.row_conflict",
    _("%(person)s and somebody else changed “%(label)s” at the same time. Saved → typed:"),
    fields={
        **_labels(),
        "step.find_out": _("What must be found out"),
        "step.finder": _("Who finds out"),
        "step.by_on": _("By when"),
    },
    is_in_full=True,
)
register(
    "strategies.milestone_conflict",
    _(
        "%(person)s and somebody else changed the milestone “%(label)s” at the same time. Saved → typed:"
    ),
    fields=MILESTONE_FIELDS,
    is_in_full=True,
)
register(
    "strategies.row_moved",
    _("%(person)s moved “%(label)s”."),
    fields=_labels(),
    is_typed=True,
)
register("strategies.row_removed", _("%(person)s removed “%(label)s” from the answers."))
register("strategies.row_restored", _("%(person)s brought “%(label)s” back."))
register("strategies.rows_pasted", _("%(person)s pasted several answers into “%(label)s”."))
register(
    "strategies.rows_not_known",
    _("%(person)s answered several rows of “%(label)s” with “not known yet”."),
    fields=_labels(),
)
register(
    "strategies.step_not_known",
    _("%(person)s answered the question “%(label)s” with “not known yet”."),
    fields={
        "is_not_known": _("Not known yet"),
        "find_out": _("What must be found out"),
        "finder": _("Who finds out"),
        "by_on": _("By when"),
    },
)
register("strategies.step_known", _("%(person)s opened the question “%(label)s” again."))
