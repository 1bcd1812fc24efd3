"""The forms of the questionnaire: one small form a row, made from the declaration of its kind."""

import copy
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.fields import CodesField, TimesField
from core.form_fields import (
    ClockField,
    DayOrMonthField,
    DecimalNumberField,
    WebAddressField,
    WholeNumberField,
    clock_text,
)
from core.forms import PlannerForm, PlannerModelForm
from core.merging import MergingMixin, as_list, changeable, written
from core.rows import Row, is_blank
from core.text import isolated
from networks import services as networks
from networks.models import Channel
from strategies.domain.links import Target, answer_url
from strategies.domain.questionnaire import KIND_OF_MODEL, KINDS, STEP_OF_KIND
from strategies.domain.row_kind import RowKind
from strategies.forms.fields import RowChoiceField, RowChoicesField
from strategies.models import Audience, ChannelWatch, Strategy
from strategies.models.metrics import METRICS, Family
from strategies.services.rows import rows_of, said_in_workspace, uid_for
from workspaces.models import Membership

# What is asked only when the first of the two is “other”.
ONLY_WHEN_OTHER = {"kind": "other_kind"}

# What is said once of the watch of all channels that are pasted together.
WATCH_FOR_ALL = ("days", "starts_at", "ends_at")

# Pairs of which the second is never below the first, with the sentence for the second.
NEVER_BELOW = (
    ("starts_on", "ends_on", _("Choose a day on or after the first day.")),
    ("lowest", "highest", _("Write the same number as at least, or more.")),
)

# Rows that are looked at for what they say already, newest first, and texts that are suggested.
ROWS_LOOKED_AT = 200
SUGGESTED_AT_MOST = 12

MIX_PARTS = ("promotional", "informative", "engagement")
_MIX_WRONG = _("Together %(sum)d percent; it must be 100")


@dataclass(frozen=True)
class FormField:
    """A field to draw, and whether *not known yet* answers it (``box`` is that box's id).

    ``asked_when``: with which answers it is asked, for the script; ``begins_with`` is what it holds
    before anybody said anything. ``is_left_out``: it is not asked now, and says nothing.
    ``answered_by`` is the field that answers it as well, ``is_answered_beside`` whether it does.
    """

    bound: forms.BoundField
    is_knowable: bool = False
    is_not_known: bool = False
    box: str = ""
    asked_when: str = ""
    begins_with: str = ""
    is_left_out: bool = False
    answered_by: str = ""
    is_answered_beside: bool = False

    @property
    def is_said(self) -> bool:
        """Whether something answers it: *not known yet* is no answer beside that."""
        return self.is_answered_beside or bool(as_list(self.bound.value()))


class RowForm(MergingMixin, PlannerModelForm):
    """The fields of one row; ``goes_on`` as in ``MergingMixin.start_merging``.

    Choices are narrowed to the workspace and the strategy. What is chosen now stays a choice,
    also when the person has left; a chosen row that was removed is not shown, and not lost.
    """

    kind: ClassVar[RowKind]
    merged_together = (
        *networks.TOGETHER,
        ("kind", "other_kind"),
        ("metric", "name"),
        MIX_PARTS,
    )
    merged_by_box = ("not_known",)

    revision = WholeNumberField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    bring_back = forms.BooleanField(widget=forms.HiddenInput, required=False)
    not_known = forms.MultipleChoiceField(required=False)

    def __init__(
        self,
        *args: Any,
        strategy: Strategy,
        instance: Row | None = None,
        token: str = "",
        goes_on: bool = False,
        **kwargs: Any,
    ) -> None:
        self.strategy, self.page_token = strategy, token
        row = instance or self.kind.model()
        self.row = row
        kwargs["initial"] = {**_initial(row, self.kind), **kwargs.get("initial", {})}
        kwargs["initial"]["token"] = token
        name = row.uid if row.pk else "new"
        kwargs["auto_id"] = f"id_{self.kind.code}-{name}-%s"
        super().__init__(*args, instance=row, **kwargs)
        self.hidden_now: dict[str, list[Row]] = {}
        self.removed_meanwhile: list[Row] = []
        self._offer_rows()
        self._word()
        self.dress()
        self._lead_to_suggestions()
        without = self._take_out_removed() if self.is_bound else []
        self.start_merging(is_stored=bool(row.pk), goes_on=goes_on)
        self.taken += without

    # --- choices ----------------------------------------------------------------------------

    def _offer_rows(self) -> None:
        offered: dict[Any, list[Any]] = {}
        for name, field in self.fields.items():
            if not isinstance(field, RowChoiceField | RowChoicesField):
                continue
            model: Any = self.kind.model._meta.get_field(name).related_model
            now = self._chosen_now(name)
            if model not in offered:
                offered[model] = self._live(model)
            rows = offered[model] + [one for one in now if _stays(one, offered[model])]
            self.hidden_now[name] = [one for one in now if one not in rows]
            field.offer((one, _words(one)) for one in rows)
            if not rows and model is not Membership:
                field.nothing = self._where_to_add(model)

    def _take_out_removed(self) -> list[str]:
        """Leave out of what was ticked the rows that were removed after the page was made.

        Returns the names of their fields. What nobody ever could choose stays, to be refused.
        """
        changed = []
        for name, field in self.fields.items():
            if not isinstance(field, RowChoicesField):
                continue
            ticked = as_list(self[name].value())
            choices: Any = field.choices
            offered = {uid for uid, _said in choices}
            if unknown := [one for one in ticked if one not in offered and _is_uid(one)]:
                model: Any = self.kind.model._meta.get_field(name).related_model
                rows = rows_of(self.strategy, model).filter(uid__in=unknown)
                gone = {str(row.uid): row for row in rows.exclude(removed_at=None)}
                if gone:
                    self.data = changeable(self.data)
                    self._put(name, [one for one in ticked if one not in gone])
                    self.removed_meanwhile += gone.values()
                    changed.append(name)
        return changed

    @property
    def without_removed(self) -> str:
        """What is said of the rows that were taken out; nothing where there are none."""
        names = list(dict.fromkeys(isolated(row) for row in self.removed_meanwhile))
        if not names:
            return ""
        says = ngettext(
            "%(names)s was removed meanwhile and is left out here.",
            "%(names)s were removed meanwhile and are left out here.",
            len(names),
        )
        return says % {"names": ", ".join(names)}

    def _where_to_add(self, model: Any) -> SafeString:
        """What stands in the place of an empty choice: the way to what can be chosen."""
        if model is Channel and rows_of(self.strategy, Channel).live().exists():
            return format_html("{}", _now("Every channel has one already."))
        kind = KIND_OF_MODEL[model]
        target = Target(STEP_OF_KIND[kind.code].code, kind.code)
        url = answer_url(self.strategy.workspace.slug, self.strategy.uid, target)
        return format_html(_now('Nothing to choose from yet. <a href="{}">{}</a>'), url, kind.add)

    def _live(self, model: Any) -> list[Any]:
        if model is Membership:
            members = Membership.objects.for_workspace(self.strategy.workspace)
            return list(members.active().by_name())
        rows = rows_of(self.strategy, model).live().in_order()
        if model is Channel and self.kind.once_a_channel:
            made = uid_for(self.strategy, self.kind, self.page_token)
            others = rows_of(self.strategy, self.kind.model).live()
            taken = others.exclude(pk=self.row.pk).exclude(uid=made)
            rows = rows.exclude(pk__in=taken.values("channel"))
        return list(rows)

    def _chosen_now(self, name: str) -> list[Any]:
        if not self.row.pk:
            return []
        if isinstance(self.fields[name], RowChoicesField):
            return list(getattr(self.row, name).all())
        one = getattr(self.row, name)
        return [one] if one is not None else []

    # --- words ------------------------------------------------------------------------------

    def _word(self) -> None:
        self.unmarked = self.kind.first  # type: ignore[misc]  # differs by kind
        for field in self.fields.values():
            field.label = capfirst(str(field.label)) if field.label else ""
        box = self.fields["not_known"]
        if isinstance(box, forms.MultipleChoiceField):
            box.choices = [(name, self.fields[name].label) for name in self.kind.knowable]
        if self.kind.model is Audience:
            self._tell_where_no_channel_is()
        if "metric" in self.fields:
            self.fields["metric"].choices = _metrics_by_family()  # type: ignore[attr-defined]

    def _tell_where_no_channel_is(self) -> None:
        channels = rows_of(self.strategy, Channel).live().in_order()
        has = set(channels.values_list("network", "other_network"))
        if not has:
            return
        ours = {network for network, _other in has}
        named = ", ".join(sorted({other for _network, other in has if other}))
        field: Any = self.fields["networks"]
        field.choices = [
            (code, self._where(words, is_ours=code in ours, named=named if code == "other" else ""))
            for code, words in field.choices
        ]

    @staticmethod
    def _where(words: str, *, is_ours: bool, named: str) -> str:
        """A network as a place to find people: without a channel of ours, or by our own names."""
        if not is_ours:
            return _now("%(network)s (no channel yet)") % {"network": words}
        return (
            _now("%(network)s: %(names)s") % {"network": words, "names": named} if named else words
        )

    # --- what similar rows say ---------------------------------------------------------------

    def _lead_to_suggestions(self) -> None:
        for name in self.kind.suggested:
            self.fields[name].widget.attrs["list"] = f"{self[name].auto_id}-said"

    @property
    def suggestions(self) -> list[tuple[str, list[str]]]:
        """What rows of the kind in this workspace say already: the id of each list, and its texts."""
        names = self.kind.suggested
        if not names:
            return []
        rows = said_in_workspace(self.strategy, self.kind.model).exclude(pk=self.row.pk)
        said = list(rows.values_list(*names)[:ROWS_LOOKED_AT])
        lists = (
            (self[name].auto_id, dict.fromkeys(filter(None, texts)))
            for name, texts in zip(names, zip(*said, strict=True), strict=False)
        )
        return [(f"{of}-said", list(texts)[:SUGGESTED_AT_MOST]) for of, texts in lists if texts]

    # --- what the template draws ------------------------------------------------------------

    @property
    def first_fields(self) -> Iterator[FormField]:
        """Those of the first pass."""
        return self._drawn(self.kind.first)

    @property
    def more_fields(self) -> Iterator[FormField]:
        """Those that stand under *add more*."""
        return self._drawn(self.kind.more)

    def _drawn(self, names: Iterable[str]) -> Iterator[FormField]:
        ticked = set(self["not_known"].value() or ())
        for name in names:
            conditions = self.kind.conditions(name)
            other = self.kind.describe(name).answered_by
            yield FormField(
                self[name],
                is_knowable=name in self.kind.knowable,
                is_not_known=name in ticked,
                box=f"{self[name].auto_id}-not-known",
                asked_when=";".join(f"{one.field}={','.join(one.values)}" for one in conditions),
                begins_with=" ".join(as_list(self._fresh.get(name))) if conditions else "",
                is_left_out=not all(self._text(one.field) in one.values for one in conditions)
                and not self._says_something(name),
                answered_by=other,
                is_answered_beside=bool(other and as_list(self[other].value())),
            )

    def _text(self, name: str) -> str:
        """What the browser sends for a field, empty for a box that is not ticked."""
        return " ".join(as_list(written(self[name].value(), self.fields[name])))

    @cached_property
    def _fresh(self) -> dict[str, Any]:
        """What an empty row of the kind holds."""
        return _initial(self.kind.model(), self.kind)

    def _says_something(self, name: str) -> bool:
        """Whether something is said or wrong in a field; what a row begins with is not."""
        return (
            name in self.errors
            or name in (self["not_known"].value() or ())
            or as_list(self[name].value()) != as_list(self._fresh.get(name))
        )

    @property
    def fields_to_mark(self) -> list[FormField]:
        """Those that *not known yet* could answer and does not, for the menu of the row."""
        found = self._drawn(self.kind.fields)
        return [
            one for one in found if one.is_knowable and not one.is_not_known and not one.is_left_out
        ]

    @property
    def can_mark(self) -> bool:
        """Whether the menu has something to offer."""
        return any(not one.is_said for one in self.fields_to_mark)

    @property
    def mix_words(self) -> str:
        """The sum of the mix as it stands in the form; empty while a part is missing."""
        parts = [str(self[name].value() or "") for name in MIX_PARTS]
        if not all(part.isdecimal() for part in parts):
            return ""
        total = sum(map(int, parts))
        words = _("Together %(sum)d percent") if total == 100 else _MIX_WRONG
        return words % {"sum": total}

    @property
    def is_more_open(self) -> bool:
        """Whether something is said or wrong under *add more*; what a row begins with is not."""
        return any(self._says_something(name) for name in self.kind.more)

    # --- what the view saves ----------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """A figure of one's own needs a name, and a channel what every channel needs; nothing else
        must fit together while answering.

        What something else is stays only while it is something else: the page hides it.
        """
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, other in ONLY_WHEN_OTHER.items():
            if other in cleaned and cleaned.get(name, "other") != "other":
                cleaned[other] = ""
        if self.kind.is_shared:
            self._clean_channel(cleaned)
        self._refuse_what_cannot_be(cleaned)
        if cleaned.get("metric") == "own" and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Say what you count, or choose a figure from the list."))
        return cleaned

    def _refuse_what_cannot_be(self, cleaned: dict[str, Any]) -> None:
        """Refuse an end before its beginning, a highest below its lowest, a part above its whole,
        and a number that a figure cannot be.
        """
        for low, high, sentence in NEVER_BELOW:
            first, second = cleaned.get(low), cleaned.get(high)
            if first is not None and second is not None and second < first:
                self.add_error(high, sentence)
        metric = METRICS.get(cleaned.get("metric", ""))
        for name in ("baseline", "target"):
            value = cleaned.get(name)
            if metric is not None and value is not None and (refusal := metric.why_not(value)):
                self.add_error(name, str(refusal))
        everyone, outside = cleaned.get("can_post"), cleaned.get("can_post_external")
        if everyone is not None and outside is not None and outside > everyone:
            says = _("Only %(number)d can post in all. Write that number or less.")
            self.add_error("can_post_external", says % {"number": everyone})

    def _clean_channel(self, cleaned: dict[str, Any]) -> None:
        try:
            cleaned.update(networks.clean(self.strategy.workspace, cleaned))
        except ValidationError as error:
            self.add_error(None, error)

    @property
    def values(self) -> dict[str, Any]:
        """Every field of the kind as it will be; removed rows that were chosen stay chosen."""
        found = {
            name: self.kind.model._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
            if isinstance(self.kind.model._meta.get_field(name), CodesField)
            else value
            for name, value in self.cleaned_data.items()
            if name in self.kind.fields
        }
        for name, hidden in self.hidden_now.items():
            if isinstance(found[name], list):
                found[name] = [*found[name], *hidden]
            elif found[name] is None and hidden:
                found[name] = hidden[0]
        return found

    @property
    def answered_not_known(self) -> tuple[str, ...]:
        """The fields answered with *not known yet*: a value takes that back."""
        ticked = self.cleaned_data["not_known"]
        return tuple(
            name
            for name in self.kind.knowable
            if name in ticked and is_blank(self.cleaned_data[name]) and not self._beside(name)
        )

    def _beside(self, name: str) -> bool:
        """Whether another field that answers ``name`` says something."""
        other = self.kind.describe(name).answered_by
        return bool(other) and not is_blank(self.cleaned_data[other])

    def validate_constraints(self) -> None:
        """Do not ask the database a question for each constraint: the fields hold the same bounds."""

    @property
    def is_untouched(self) -> bool:
        """Whether what was sent says no more than an empty form."""
        fresh = type(self)(strategy=self.strategy)
        names = [*self.kind.fields, "not_known"]
        return all(
            written(self[name].value(), self.fields[name])
            == written(fresh[name].value(), fresh.fields[name])
            for name in names
        )


class PasteForm(PlannerForm):
    """Several lines at once, and what is said once for all of them."""

    unmarked = ("text", "not_known")

    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}),
        strip=False,
        max_length=120_000,
        help_text=_("From a spreadsheet, a row makes one line: its cells one after the other."),
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self, *args: Any, kind: RowKind, strategy: Strategy, token: str = "", **kwargs: Any
    ) -> None:
        self.kind = kind
        kwargs["auto_id"] = f"id_{kind.code}-paste-%s"
        kwargs["initial"] = {"token": token}
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("One on each line")
        if kind.paste_day:
            self.fields["text"].help_text = _(
                "From a spreadsheet, a row makes one line: its cells one after the other. A date or "
                "a month in its last cell, such as September 2027, becomes the date."
            )
        if kind.is_shared:
            self.fields["text"].help_text = _("Instagram @museum, or the address of the account.")
        if kind.paste_shared:
            row = row_form(kind)(strategy=strategy)
            self.fields |= {name: _undecided(row.fields[name]) for name in kind.paste_shared}
        if kind.is_shared:
            watch = row_form(KINDS["watch"]).base_fields
            self.fields |= {name: copy.deepcopy(watch[name]) for name in WATCH_FOR_ALL}
            for name in WATCH_FOR_ALL:
                self.fields[name].label = capfirst(str(self.fields[name].label))
        if kind.knowable:
            declared = row_form(kind).base_fields
            self.fields["not_known"] = forms.MultipleChoiceField(
                label=_("Not known yet, for all of these lines"),
                choices=[(name, capfirst(str(declared[name].label))) for name in kind.knowable],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.dress()

    def ask_anew(self) -> None:
        """Say that all of its rows were removed by others; sent again, it makes new ones."""
        self.data = changeable(self.data)
        self.data["token"] = str(uuid.uuid4())
        says = _(
            "You added these before, and somebody removed them since. Press again to add them."
        )
        self.add_error("text", says)

    @property
    def shared_fields(self) -> list[forms.BoundField]:
        """What is said once for all lines, to draw."""
        watch = WATCH_FOR_ALL if self.kind.is_shared else ()
        return [self[name] for name in (*self.kind.paste_shared, *watch)]

    def clean(self) -> dict[str, Any]:
        """What something else is stays only while it is something else, as in the form of a row."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, other in ONLY_WHEN_OTHER.items():
            if other in self.fields and cleaned.get(name) != "other":
                cleaned[other] = ""
        return cleaned

    @property
    def shared(self) -> dict[str, Any]:
        """What is said once for all lines, to save."""
        return {name: self.cleaned_data[name] for name in self.kind.paste_shared}

    @property
    def watch(self) -> dict[str, Any]:
        """What is said once of the watch of all channels, to save; nothing for other kinds."""
        if not self.kind.is_shared:
            return {}
        days = ChannelWatch._meta.get_field("days")
        said = {name: self.cleaned_data[name] for name in WATCH_FOR_ALL}
        return {**said, "days": days.to_python(said["days"])}

    @property
    def not_known(self) -> tuple[str, ...]:
        """The fields that are not known yet of any line: a value takes that back."""
        ticked = self.cleaned_data.get("not_known", ())
        return tuple(
            name
            for name in self.kind.knowable
            if name in ticked and is_blank(self.cleaned_data.get(name))
        )


def _undecided(field: forms.Field) -> forms.Field:
    """A choice that nobody has made: what a single row begins with is not meant for many lines."""
    if type(field) is forms.ChoiceField and field.required:
        field.initial = None
        offered: Any = field.choices
        field.choices = [("", _("Choose one")), *offered]
        field.error_messages["required"] = _("Choose one. It holds for all of these lines.")
    return field


class MoveRowForm(PlannerForm):
    """One place up or down, or to a place."""

    direction = forms.ChoiceField(choices=[("up", "up"), ("down", "down")], required=False)
    position = WholeNumberField(min_value=1, max_value=100_000, required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two must be said."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("direction") and cleaned.get("position") is None:
            raise forms.ValidationError(_("Say where to: up, down, or a place."))
        return cleaned


@cache
def row_form(kind: RowKind) -> type[RowForm]:
    """Return the form of a kind."""
    form: Any = forms.modelform_factory(
        kind.model, form=RowForm, fields=kind.fields, formfield_callback=_form_field
    )
    form.kind = kind
    made: type[RowForm] = form
    return made


# --- from the model's declaration -----------------------------------------------------------------


def _form_field(field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """Choose the field that reads what people type for a model's field."""
    common: dict[str, Any] = {
        "label": field.verbose_name,
        "help_text": field.help_text,
        "required": not field.blank,
        "initial": field.get_default() if field.has_default() else None,
    }
    if isinstance(field, models.ManyToManyField):
        return RowChoicesField(**{**common, "initial": None})
    if isinstance(field, models.ForeignKey):
        return RowChoiceField(**common)
    if isinstance(field, CodesField | TimesField):
        return field.formfield(**kwargs)  # type: ignore[no-any-return]
    if isinstance(field, models.DecimalField):
        bounds = _bounds(field)
        digits = None if "max_value" in bounds else field.max_digits
        return DecimalNumberField(
            max_digits=digits, decimal_places=field.decimal_places, **bounds, **common
        )
    if isinstance(field, models.IntegerField):
        return WholeNumberField(**_bounds(field), **common)
    if isinstance(field, models.DateField):
        return DayOrMonthField(edge="first" if field.name == "starts_on" else "last", **common)
    if isinstance(field, models.TimeField):
        return ClockField(**common)
    if isinstance(field, models.URLField):
        return field.formfield(form_class=WebAddressField, **kwargs)
    if field.choices:
        empty = [] if field.has_default() and not field.blank else [("", "–")]
        return forms.ChoiceField(choices=[*empty, *field.flatchoices], **common)
    return field.formfield(**kwargs)


def _bounds(field: "models.Field[Any, Any]") -> dict[str, Any]:
    own = field._validators  # type: ignore[attr-defined]  # without those of the database's type
    found = {}
    for validator in own:
        if isinstance(validator, MinValueValidator):
            found["min_value"] = validator.limit_value
        if isinstance(validator, MaxValueValidator):
            found["max_value"] = validator.limit_value
    return found


def _initial(row: Row, kind: RowKind) -> dict[str, Any]:
    """The values of ``row`` as its form takes them."""
    found = initial_texts(row, kind.fields)
    return {**found, "revision": row.revision if row.pk else 0, "not_known": list(row.not_known)}


def initial_texts(row: Row, names: Iterable[str]) -> dict[str, Any]:
    """Return the values of ``row`` as fields take them: rows by uid."""
    found: dict[str, Any] = {}
    for name in names:
        field = row._meta.get_field(name)
        if isinstance(field, models.ManyToManyField):
            found[name] = [str(one.uid) for one in getattr(row, name).all()] if row.pk else []
        elif isinstance(field, models.ForeignKey):
            one = getattr(row, name) if getattr(row, field.attname) else None
            found[name] = str(one.uid) if one is not None else ""
        elif isinstance(field, TimesField):
            found[name] = ", ".join(map(clock_text, getattr(row, name)))
        else:
            found[name] = getattr(row, name)
    return found


def offered_members(strategy: Strategy) -> list[tuple[Any, "str | Promise"]]:
    """Return the members to choose from, with their names."""
    members = Membership.objects.for_workspace(strategy.workspace).active().by_name()
    return [(one, _words(one)) for one in members]


def _is_uid(text: str) -> bool:
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False


def _stays(one: Any, live: list[Any]) -> bool:
    """Whether what is chosen now is offered though it is not on the list: a person who has left."""
    return one not in live and (isinstance(one, Membership) or one.removed_at is None)


def _words(one: Any) -> str:
    if isinstance(one, Membership) and not one.is_active:
        return _now("%(name)s (has left)") % {"name": one.name}
    words = str(one)
    return words if len(words) <= 120 else f"{words[:119]}…"


@cache
def _metrics_by_family() -> list[tuple[Any, Any]]:
    return [
        (family.label, [(m.code, m.name) for m in METRICS.values() if m.family is family])
        for family in Family
    ]
