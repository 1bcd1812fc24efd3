"""The form of a reminder."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from core.form_fields import ClockField, DayField, WholeNumberField
from core.forms import PlannerForm
from core.merging import MergingMixin
from notifications.models import Subject
from reminders.enums import Repeat
from reminders.models import Schedule
from reminders.recurrence import are_clocks_changed
from reminders.services import ReminderValues
from reminders.subjects import Found, find_subject
from workspaces.models import Membership


class ReminderForm(MergingMixin, PlannerForm):
    """What to be reminded of, when, and whom.

    ``about`` names the thing (``milestone:<uid>``); a reminder that is there keeps its own.
    ``token`` makes a double press set one reminder only.
    """

    revision = WholeNumberField(widget=forms.HiddenInput, required=False, min_value=1)
    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    about = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("What should the reminder say?"),
        max_length=300,
        required=False,
        help_text=_("For example: ask the choir for the recording."),
    )
    starts_on = DayField(label=_("Day"))
    starts_time = ClockField(label=_("Time"))
    repeat = forms.ChoiceField(
        label=_("How often?"),
        choices=Repeat.choices,
        required=False,
        help_text=_("What comes again ends by itself after two years."),
    )
    recipient = forms.ModelChoiceField(
        label=_("Whom does it remind?"),
        queryset=Membership.objects.none(),
        to_field_name="uid",
        empty_label=None,
    )
    merged_together = (("starts_on", "starts_time", "repeat"),)
    unmarked = ("repeat",)

    def __init__(
        self, *args: Any, member: Membership, schedule: Schedule | None = None, **kwargs: Any
    ) -> None:
        people = Membership.objects.for_workspace(member.workspace)
        chosen = people.filter(user=schedule.recipient_id).first() if schedule else member
        if schedule:
            kwargs["initial"] = {
                "revision": schedule.revision,
                "note": schedule.note,
                "starts_on": schedule.starts_on,
                "starts_time": schedule.starts_time,
                "repeat": schedule.repeat,
                "recipient": chosen.uid if chosen else None,
            }
        super().__init__(*args, **kwargs)
        self.member, self.schedule = member, schedule
        self.timezone = schedule.timezone if schedule else member.user.timezone
        place = self.timezone.rpartition("/")[2].replace("_", " ")
        if are_clocks_changed(ZoneInfo(self.timezone), timezone.now().year):
            words = now(
                "By the clocks of %(place)s. A time that they skip in spring comes one hour later; "
                "one that comes twice in autumn counts the first time."
            )
        else:
            words = now("By the clocks of %(place)s.")
        self.fields["starts_time"].help_text = words % {"place": place}
        if not self._is_about_something:
            self.fields["note"].required = True
            self.fields["note"].error_messages["required"] = now("Say what the reminder is about.")
        recipient: Any = self.fields["recipient"]
        named = people.filter(pk=chosen.pk) if chosen else people.none()
        recipient.queryset = (people.active() | named).distinct().by_name()
        recipient.label_from_instance = self._name_of
        self.fields["token"].initial = uuid.uuid4()
        if schedule:
            del self.fields["token"], self.fields["about"]
        self.dress()
        self.start_merging(is_stored=schedule is not None)

    @property
    def _is_about_something(self) -> bool:
        """Whether it has a name without words of its own."""
        if self.schedule:
            return self.schedule.subject is not None
        return bool(self.data.get("about") if self.is_bound else self.initial.get("about"))

    def _name_of(self, one: Membership) -> str:
        return now("Me") if one.pk == self.member.pk else one.name

    def clean_about(self) -> str:
        """Refuse what is not a thing of this workspace."""
        about: str = self.cleaned_data["about"]
        if about and subject_in(about) is None:
            raise ValidationError(now("What the reminder is about is no longer there."))
        return about

    @property
    def subject(self) -> Subject | None:
        """What it is about, once the form is valid."""
        return subject_in(self.cleaned_data["about"])

    @property
    def values(self) -> ReminderValues:
        """What was typed, once the form is valid."""
        found = self.cleaned_data
        return ReminderValues(
            note=found["note"],
            starts_on=found["starts_on"],
            starts_time=found["starts_time"].replace(second=0),
            timezone=self.timezone,
            repeat=found["repeat"],
            recipient=found["recipient"],
        )


def subject_in(about: str) -> Subject | None:
    """Read “milestone:<uid>”; None where it is not written so."""
    kind, _colon, uid = about.partition(":")
    try:
        return kind, uuid.UUID(uid)
    except ValueError:
        return None


def thing_in(about: str, member: Membership) -> Found | None:
    """Return the thing that ``about`` names inside the member's workspace, or None."""
    return find_subject(member.workspace, subject_in(about))
