"""How milestones are done that ask for an answer or for something said of a channel."""

from collections.abc import Callable

from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from networks.enums import ChannelState
from networks.models import Channel
from strategies.domain.links import Target, answer_url
from strategies.domain.milestone_actions import (
    InPlaceForm,
    MilestoneAction,
    NotInPlace,
    register,
)
from strategies.domain.questionnaire import KINDS
from strategies.domain.roadmap import (
    ACCESS,
    FINAL,
    FIND_OUT,
    FIX,
    MEASURE,
    PEOPLE,
    POLICY,
    field_of,
    part_of,
)
from strategies.enums import Verdict
from strategies.forms.one_answer import OneAnswerForm
from strategies.models import Milestone
from strategies.services.rows import rows_of
from workspaces.models import Membership, Workspace
from workspaces.permissions import Permission


def in_place_url(milestone: Milestone, workspace: Workspace) -> str:
    """Return the address of the form on the milestone's own page."""
    place = [workspace.slug, milestone.strategy.uid, milestone.uid]
    return f"{reverse('strategies:milestone', args=place)}#do"


def _answer_page(milestone: Milestone, workspace: Workspace) -> str:
    """The very field of the answer."""
    field = field_of(milestone.kind, part_of(milestone.key))
    target = Target(milestone.step, milestone.row_kind, milestone.row_uid, field)
    return answer_url(workspace.slug, milestone.strategy.uid, target)


def _answer_or_field(milestone: Milestone, workspace: Workspace) -> str:
    """The milestone's page where one field is the whole answer, else the question's."""
    if _is_one_field(milestone):
        return in_place_url(milestone, workspace)
    return _answer_page(milestone, workspace)


def _is_one_field(milestone: Milestone) -> bool:
    """Whether it asks for one field of one row; a list of things is better chosen on its page."""
    kind = KINDS.get(milestone.row_kind)
    name = field_of(milestone.kind, part_of(milestone.key))
    if kind is None or name not in kind.fields or milestone.key.split(":")[1] == kind.code:
        return False
    field = kind.model._meta.get_field(name)
    return isinstance(
        field,
        models.CharField | models.TextField | models.DecimalField | models.IntegerField,
    ) or (isinstance(field, models.ForeignKey) and field.related_model is Membership)


# --- people and states of a channel -------------------------------------------------------------


def _channel_of(milestone: Milestone, workspace: Workspace) -> Channel:
    channels = Channel.objects.for_workspace(workspace).live().with_people()
    channel: Channel | None = channels.filter(uid=milestone.about.partition(":")[2]).first()
    if channel is None:
        raise NotInPlace
    channel.workspace = workspace
    return channel


def _name_people(
    data: QueryDict | None, milestone: Milestone, workspace: Workspace, member: Membership
) -> InPlaceForm:
    """Ask for everybody whom the milestone names and the channel lacks."""
    channel = _channel_of(milestone, workspace)
    asked = PEOPLE[PEOPLE.index(milestone.kind) :]
    names = [name for name in asked if getattr(channel, name) is None]
    if "operator" in names:
        if channel.operator_kind != "person":
            names[names.index("operator")] = "operator_name"
        elif milestone.kind == "owner" and "operator" not in channel.not_known:
            names.remove("operator")  # the owner runs it where nobody else is named
    if not names:
        raise NotInPlace
    return OneAnswerForm(
        data, strategy=milestone.strategy, row=channel, names=names, submit=_("Save")
    )


def _set_state(
    state: ChannelState, submit: "str | Promise"
) -> Callable[[QueryDict | None, Milestone, Workspace, Membership], InPlaceForm]:
    def make(
        data: QueryDict | None, milestone: Milestone, workspace: Workspace, member: Membership
    ) -> InPlaceForm:
        channel = _channel_of(milestone, workspace)
        if channel.state == state:
            raise NotInPlace
        return OneAnswerForm(
            data,
            strategy=milestone.strategy,
            row=channel,
            names=(),
            said={"state": state},
            submit=submit,
        )

    return make


_PEOPLE_WORDS = {
    "owner": _("Name an owner"),
    "operator": _("Name who runs it"),
    "backup": _("Name a backup"),
}
for _kind, _words in _PEOPLE_WORDS.items():
    register(
        MilestoneAction(
            _kind, _words, in_place_url, Permission.EDIT_CHANNELS, in_place=_name_people
        )
    )
register(
    MilestoneAction(
        Verdict.OPEN.value,
        _("Open the channel"),
        in_place_url,
        Permission.EDIT_CHANNELS,
        in_place=_set_state(ChannelState.ACTIVE, _("It is open now")),
    )
)
register(
    MilestoneAction(
        Verdict.CLOSE.value,
        _("Close the channel"),
        in_place_url,
        Permission.EDIT_CHANNELS,
        in_place=_set_state(ChannelState.CLOSED, _("It is closed now")),
    )
)


# --- answers ------------------------------------------------------------------------------------


def _answer_field(
    data: QueryDict | None, milestone: Milestone, workspace: Workspace, member: Membership
) -> InPlaceForm:
    if not _is_one_field(milestone):
        raise NotInPlace
    kind = KINDS[milestone.row_kind]
    row = rows_of(milestone.strategy, kind.model).live().filter(uid=milestone.row_uid).first()
    if row is None:
        raise NotInPlace
    name = field_of(milestone.kind, part_of(milestone.key))
    return OneAnswerForm(data, strategy=milestone.strategy, row=row, names=[name], submit=_("Save"))


for _kind, _words in ((FIND_OUT, _("Answer it")), (MEASURE, _("Type it in"))):
    register(
        MilestoneAction(
            _kind,
            _words,
            _answer_or_field,
            Permission.EDIT_STRATEGY,
            in_place=_answer_field,
        )
    )
register(MilestoneAction(FIX, _("Mend it"), _answer_page, Permission.EDIT_STRATEGY))


# --- the strategy -------------------------------------------------------------------------------


def _next_strategy(milestone: Milestone, workspace: Workspace) -> str:
    return reverse("strategies:new", args=[workspace.slug])


register(MilestoneAction(FINAL, _("Begin the next one"), _next_strategy, Permission.EDIT_STRATEGY))


# --- policies -----------------------------------------------------------------------------------


def _policies(_milestone: Milestone, workspace: Workspace) -> str:
    return reverse("policies:list", args=[workspace.slug])


register(MilestoneAction(POLICY, _("Write the policy"), _policies))


# --- access -------------------------------------------------------------------------------------


def _access(_milestone: Milestone, workspace: Workspace) -> str:
    return reverse("networks:access_confirm", args=[workspace.slug])


register(MilestoneAction(ACCESS, _("Confirm who has access"), _access, Permission.EDIT_CHANNELS))
