"""Forms of the list: begin a strategy, rename it."""

import json
import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, OuterRef, When
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from core.form_fields import DayField
from core.forms import PlannerForm, PlannerModelForm
from strategies.domain.periods import (
    last_day,
    name_of_months,
    name_of_period,
    next_start,
    period_of_name,
    words_of_periods,
)
from strategies.enums import StrategyState
from strategies.models import Strategy, StrategyVersion
from strategies.models.strategy import StrategyQuerySet
from strategies.starters import STARTERS, Starter
from workspaces.models import Workspace

BLANK, COPY, STARTER = "blank", "copy", "starter:"


class StrategyField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One strategy, by its uid; what is no uid is not on the list."""

    def to_python(self, value: Any) -> Any:
        """Find it."""
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            ) from None


def _likeliest_first(earlier: StrategyQuerySet, today: date) -> StrategyQuerySet:
    """What is in force first, then what is open, newest first; what was put away last."""
    in_force = StrategyVersion.objects.in_force_on(today).filter(strategy=OuterRef("pk"))
    put_away = Case(When(state=StrategyState.OPEN, then=0), default=1)
    return earlier.order_by(put_away, Exists(in_force).desc(), "-created_at", "-pk")


class NewStrategyForm(PlannerForm):
    """Blank, a copy of an earlier one, or a starter.

    ``token`` makes a double press begin one strategy only.
    """

    unmarked = ("copy_of", "starts_on", "ends_on")

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_(
            "The period says it best, such as Spring 2027: its days follow. You can rename it at any time."
        ),
    )
    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("To"), required=False)
    is_settled = forms.BooleanField(widget=forms.HiddenInput, required=False)
    start = forms.ChoiceField(label=_("How do you want to begin?"), widget=forms.RadioSelect)
    copy_of = StrategyField(
        label=_("Which one do you copy?"),
        queryset=Strategy.objects.none(),
        to_field_name="uid",
        required=False,
        empty_label=None,
    )
    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, workspace: Workspace, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        earlier = _likeliest_first(Strategy.objects.for_workspace(workspace), today)
        self.has_earlier = earlier.exists()
        choose: Any = self.fields["copy_of"]
        choose.queryset = earlier
        start: Any = self.fields["start"]
        start.choices = [
            (BLANK, _("A blank one")),
            *([(COPY, _("A copy of an earlier one"))] if self.has_earlier else []),
            *((STARTER + starter.code, starter.name) for starter in STARTERS.values()),
        ]
        start.initial = BLANK
        start.widget.attrs["class"] = "form-check-input"
        self.first = next_start(today)
        self.fields["name"].initial = name_of_months(self.first)
        self.fields["starts_on"].initial = self.first
        self.fields["ends_on"].initial = last_day(self.first)
        self.fields["token"].initial = uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        """A copy needs its original."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("start") == COPY and not said.get("copy_of") and "copy_of" not in self.errors:
            self.add_error("copy_of", _("Choose the strategy to copy."))
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Choose a day on or after the first day."))
        elif not said.get("is_settled"):
            self._follow(said)
        return said

    def _follow(self, said: dict[str, Any]) -> None:
        """Without script: the days follow a name that was typed, and the name days that were."""
        first, last = said.get("starts_on"), said.get("ends_on")
        is_name_new = said.get("name") != self.fields["name"].initial
        are_days_new = (first, last) != (self.first, last_day(self.first))
        if is_name_new and (not are_days_new or not (first or last)):
            period = period_of_name(said.get("name") or "")
            if period:
                said["starts_on"], said["ends_on"] = period
        elif are_days_new and not is_name_new and first and last:
            said["name"] = name_of_period(first, last)

    @property
    def period(self) -> tuple[date | None, date | None]:
        """The first and last day that were chosen."""
        return self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")

    @property
    def words(self) -> str:
        """What the script needs to read a period in a name, and to write one, in JSON."""
        months = [date_format(date(2027, month, 1), "F") for month in range(1, 13)]
        between = now("%(first)s to %(last)s") % {"first": "{first}", "last": "{last}"}
        return json.dumps({"words": words_of_periods(), "months": months, "between": between})

    @property
    def copied(self) -> Strategy | None:
        """The strategy to copy, when that was chosen."""
        is_copy = self.cleaned_data["start"] == COPY
        return self.cleaned_data["copy_of"] if is_copy else None

    @property
    def starter(self) -> Starter | None:
        """The starter to fill from, when one was chosen."""
        return STARTERS.get(self.cleaned_data["start"].removeprefix(STARTER))

    @property
    def cards(self) -> list[tuple[Any, "str | Promise"]]:
        """Each way to begin, with what it means."""
        about: dict[str, str | Promise] = {
            BLANK: _(
                "One page to begin with and eight questions. The first pass takes about 30 minutes."
            ),
            COPY: _("All its answers but the period, to change what is different now."),
            **{STARTER + starter.code: starter.about for starter in STARTERS.values()},
        }
        return [(option, about[option.data["value"]]) for option in self["start"].subwidgets]


class RenameForm(PlannerModelForm):
    """Another name; ``before`` is the one that the person read."""

    before = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    class Meta:
        model = Strategy
        fields = ("name",)

    def __init__(self, *args: Any, instance: Strategy, **kwargs: Any) -> None:
        kwargs["initial"] = {"before": instance.name}
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["name"].label = now("Name")
