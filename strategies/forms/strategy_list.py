"""Forms of the list: begin a strategy, rename it."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, OuterRef, When
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from core.forms import PlannerForm, PlannerModelForm
from strategies.domain.periods import name_of_months, next_start
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

    unmarked = ("copy_of",)

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("The period says it best. You can rename it at any time."),
    )
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
        self.fields["name"].initial = name_of_months(next_start(today))
        self.fields["token"].initial = uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        """A copy needs its original."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("start") == COPY and not said.get("copy_of") and "copy_of" not in self.errors:
            self.add_error("copy_of", _("Choose the strategy to copy."))
        return said

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
            COPY: _("All its answers, to change what is different now. The period is asked anew."),
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
