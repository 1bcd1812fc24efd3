"""What a person wants to be told."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.form_fields import ClockField, DayField, WholeNumberField
from core.forms import PlannerForm
from core.merging import MergingMixin
from notifications.enums import DIGEST, EMAIL, IN_APP, Pace, Topic
from notifications.notification_types import NotificationType
from notifications.preferences import Preferences, choosable

#: A type of notice with its fields for email and for the bell.
Line = tuple[NotificationType, forms.BoundField, forms.BoundField | None]
#: The daily email itself comes or does not.
OF_DIGEST = [(Pace.AT_ONCE.value, _("Every day")), (Pace.OFF.value, _("Never"))]


class PaceForm(PlannerForm):
    """When the emails of one type come."""

    pace = forms.ChoiceField(choices=Pace.choices)


class NoticeSettingsForm(MergingMixin, PlannerForm):
    """Each type of notice by email and in the program; quiet hours; a pause."""

    revision = WholeNumberField(widget=forms.HiddenInput, required=False, min_value=1)
    quiet_from = ClockField(label=_("Quiet from"), required=False)
    quiet_until = ClockField(label=_("Quiet until"), required=False)
    paused_until = DayField(
        label=_("No emails before"),
        required=False,
        help_text=_("For a holiday. What is told meanwhile waits for you in the bell."),
    )
    merged_together = (("quiet_from", "quiet_until"),)
    unmarked = "__all__"

    def __init__(self, *args: Any, preferences: Preferences, **kwargs: Any) -> None:
        settings = preferences.settings
        kwargs["initial"] = {
            "revision": settings.revision,
            "quiet_from": settings.quiet_from,
            "quiet_until": settings.quiet_until,
            "paused_until": settings.paused_until,
        }
        super().__init__(*args, **kwargs)
        self.preferences = preferences
        self.kinds = list(choosable())
        for kind in self.kinds:
            self.fields[_name(kind, EMAIL)] = forms.ChoiceField(
                label=_("%(notice)s: email") % {"notice": kind.label},
                choices=OF_DIGEST if kind.code == DIGEST else Pace.choices,
                initial=preferences.pace_of(kind, EMAIL),
            )
            if kind.code != DIGEST:
                self.fields[_name(kind, IN_APP)] = forms.BooleanField(
                    label=_("%(notice)s: in the bell") % {"notice": kind.label},
                    required=False,
                    initial=preferences.is_in_app(kind),
                )
        self.dress()
        self.start_merging()

    def groups(self) -> Iterator[tuple[Topic, list[Line]]]:
        """Yield each topic with its types and their fields, as the page draws them."""
        for topic in Topic:
            if lines := [self._line(kind) for kind in self.kinds if kind.topic == topic]:
                yield topic, lines

    def _line(self, kind: NotificationType) -> Line:
        in_app = _name(kind, IN_APP)
        return kind, self[_name(kind, EMAIL)], self[in_app] if in_app in self.fields else None

    def clean(self) -> dict[str, Any]:
        """Quiet hours have both ends; a pause lies ahead."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if "quiet_from" in values and "quiet_until" in values:
            begin, end = values["quiet_from"], values["quiet_until"]
            if begin is None and end is not None:
                self.add_error("quiet_from", _("Write both, or neither."))
            elif end is None and begin is not None:
                self.add_error("quiet_until", _("Write both, or neither."))
            elif begin is not None and begin == end:
                self.add_error("quiet_until", _("Choose another time than the one they begin at."))
        until = values.get("paused_until")
        today = timezone.now().astimezone(self.preferences.zone).date()
        if until is not None and until <= today and "paused_until" in self.changed_data:
            self.add_error("paused_until", _("Choose a day that lies ahead."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        """Quiet hours and pause, once the form is valid."""
        names = ("quiet_from", "quiet_until", "paused_until")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def choices(self) -> Mapping[tuple[str, str], Pace]:
        """What differs from how it is now, by type and way, once the form is valid."""
        chosen: dict[tuple[str, str], Pace] = {}
        for kind in self.kinds:
            pace = Pace(self.cleaned_data[_name(kind, EMAIL)])
            if pace != self.preferences.pace_of(kind, EMAIL):
                chosen[kind.code, EMAIL] = pace
            is_in_app = self.cleaned_data.get(_name(kind, IN_APP), True)
            if is_in_app != self.preferences.is_in_app(kind):
                chosen[kind.code, IN_APP] = Pace.AT_ONCE if is_in_app else Pace.OFF
        return chosen


def _name(kind: NotificationType, way: str) -> str:
    return f"{way}-{kind.code.replace('.', '-')}"
