"""The answer that a milestone asks for, given in place: one or a few fields of one row."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise

from accounts.models import User
from core.form_fields import WholeNumberField
from core.forms import PlannerForm
from core.merging import MergingMixin
from core.rows import Row
from networks import services as networks
from strategies.domain.questionnaire import KIND_OF_MODEL
from strategies.forms.rows import row_form
from strategies.models import Strategy
from strategies.services.rows import record_conflict, save_row


class OneAnswerForm(MergingMixin, PlannerForm):
    """``names`` are the fields asked for, ``said`` what pressing the button says by itself."""

    merged_together = networks.TOGETHER
    revision = WholeNumberField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        strategy: Strategy,
        row: Row,
        names: Sequence[str],
        submit: "str | Promise",
        said: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data)
        self.strategy, self.row, self.names = strategy, row, names
        self.said, self.submit = said or {}, submit
        whole = row_form(KIND_OF_MODEL[type(row)])(strategy=strategy, instance=row)
        self.fields["revision"].initial = row.revision
        for name in names:
            field = whole.fields[name]
            field.required, field.initial = True, whole.get_initial_for_field(field, name)
            self.fields[name] = field
        self.dress()
        self.start_merging()

    @property
    def form(self) -> forms.BaseForm:
        """What the page draws."""
        return self

    def save(self, *, by: User) -> None:
        """Save the answer; everything else that is said of the row stays."""
        save_row(
            self.row,
            strategy=self.strategy,
            values={**self.said, **{name: self.cleaned_data[name] for name in self.names}},
            expected=self.row.revision,
            by=by,
            not_known=[name for name in self.row.not_known if name not in self.names],
        )

    def record_conflict(self, *, by: User) -> None:
        """Keep both texts in the log."""
        kind = KIND_OF_MODEL[type(self.row)]
        record_conflict(self.row, kind, strategy=self.strategy, both=self.both_texts, by=by)
