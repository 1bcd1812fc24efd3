"""The base of every form: labels above, help between label and field, plain sentences as errors."""

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.text_input import clean_line, clean_text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_TEXT: dict[str, "StrOrPromise"] = {
    "required": _("Fill this in."),
    "max_length": ngettext_lazy(
        "Keep this to %(limit_value)d character; it has %(show_value)d now.",
        "Keep this to %(limit_value)d characters; it has %(show_value)d now.",
        "limit_value",
    ),
    "min_length": ngettext_lazy(
        "Write at least %(limit_value)d character; it has %(show_value)d now.",
        "Write at least %(limit_value)d characters; it has %(show_value)d now.",
        "limit_value",
    ),
    # Of passwords and hidden fields only: every other text loses them (core.text_input).
    "null_characters_not_allowed": _("Remove the characters that cannot be shown."),
}
_BOUNDS: dict[str, "StrOrPromise"] = {
    "min_value": _("Write %(limit_value)s or more."),
    "max_value": _("Write %(limit_value)s or less."),
}
# The first kind that fits decides; more special kinds stand first.
_SENTENCES: tuple[tuple[type[forms.Field], dict[str, "StrOrPromise"]], ...] = (
    (
        forms.DecimalField,
        {
            **_BOUNDS,
            "invalid": _("Write a number, for example 12 or 12.5."),
            "max_digits": _("Write a shorter number."),
            "max_decimal_places": ngettext_lazy(
                "Use at most %(max)s decimal.", "Use at most %(max)s decimals.", "max"
            ),
            "max_whole_digits": _("Write a smaller number."),
        },
    ),
    (forms.FloatField, {**_BOUNDS, "invalid": _("Write a number, for example 12 or 12.5.")}),
    (forms.IntegerField, {**_BOUNDS, "invalid": _("Write a whole number, for example 1200.")}),
    (forms.DateField, {"invalid": _("Choose a date, or write it as 2026-11-24.")}),
    (forms.TimeField, {"invalid": _("Write a time of day, for example 08:30.")}),
    (
        forms.EmailField,
        {**_TEXT, "invalid": _("Write an email address, for example kari@example.org.")},
    ),
    (
        forms.URLField,
        {**_TEXT, "invalid": _("Write a whole address, for example https://example.org.")},
    ),
    (
        forms.MultipleChoiceField,
        {
            "required": _("Choose at least one."),
            "invalid_choice": _("Choose again: one of these is no longer on the list."),
        },
    ),
    (
        forms.ModelMultipleChoiceField,
        {
            "required": _("Choose at least one."),
            "invalid_choice": _("Choose again: one of these is no longer on the list."),
            "invalid_pk_value": _("Choose again: one of these is no longer on the list."),
        },
    ),
    (
        forms.ChoiceField,
        {
            "required": _("Choose one."),
            "invalid_choice": _("Choose again: this one is no longer on the list."),
        },
    ),
    (forms.BooleanField, {"required": _("Tick this box to go on.")}),
    (forms.CharField, _TEXT),
)
_ANYTHING: dict[str, "StrOrPromise"] = {"required": _("Fill this in.")}


def _sentences(field: forms.Field) -> dict[str, "StrOrPromise"]:
    for kind, sentences in _SENTENCES:
        if isinstance(field, kind):
            return {**_ANYTHING, **sentences}
    return _ANYTHING


def _defaults(field: forms.Field) -> dict[str, Any]:
    """The sentences that Django gives a field of this class when nobody chose others."""
    found: dict[str, Any] = {}
    for cls in reversed(type(field).__mro__):
        found.update(getattr(cls, "default_error_messages", {}))
    return found


def _in_one_form(value: Any, widget: forms.Widget) -> Any:
    """Return what a browser sent for ``widget`` in the one form of text (``core.text_input``).

    A password is left as it is: its characters were hashed as they were typed, and another form of
    them would keep its owner out. So is a hidden field: a page wrote it, no person did.
    """
    if isinstance(widget, forms.PasswordInput | forms.HiddenInput):
        return value
    if isinstance(value, list):
        return [_in_one_form(one, widget) for one in value]
    if not isinstance(value, str):
        return value
    return clean_text(value) if isinstance(widget, forms.Textarea) else clean_line(value)


class CleanBoundField(forms.BoundField):
    """A field whose text has its one form before anything else is done with it."""

    @property
    def data(self) -> Any:
        """What was sent: for cleaning, and for showing it again."""
        return _in_one_form(super().data, self.field.widget)


class PlannerFormMixin:
    """What ``PlannerForm`` and ``PlannerModelForm`` share.

    A text that is too long is answered with a sentence instead of being cut by the browser, and
    numbers are typed as text, because a browser sends nothing at all for “1.234,5” in a number
    box: what was typed must come back.

    A browser that goes back, or opens a closed tab again, puts old text beside the newer revision
    of the page, and saving it would undo what somebody else wrote. ``autocomplete="off"`` keeps it
    from that, on the ``<form>``; Firefox wants it on texts and choices as well, which get it here.
    What was typed and not saved is kept by our own script.
    """

    #: Fields that are not required and yet not marked “(optional)”; ``"__all__"`` marks none.
    unmarked: ClassVar[tuple[str, ...] | Literal["__all__"]] = ()
    fields: dict[str, forms.Field]
    bound_field_class: type[forms.BoundField] | None = CleanBoundField

    @property
    def helper(self) -> FormHelper:
        """``<form>``, token and buttons stand in the template."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def dress(self) -> None:
        """Give every field our sentences and the widget's attributes that go with its kind."""
        for field in self.fields.values():
            defaults = _defaults(field)
            for code, sentence in _sentences(field).items():
                if code not in field.error_messages or field.error_messages[code] is defaults.get(
                    code
                ):
                    field.error_messages[code] = sentence
            self._dress_widget(field)
            self._name_nothing(field)

    @staticmethod
    def _name_nothing(field: forms.Field) -> None:
        """Say in a word, not in nine dashes, that nothing is chosen yet."""
        dashes = BLANK_CHOICE_DASH[0][1]
        word: StrOrPromise = _("Choose") if field.required else "–"
        if isinstance(field, forms.ModelChoiceField):
            if field.empty_label == dashes:
                field.empty_label = word
        elif isinstance(field, forms.ChoiceField) and isinstance(field.widget, forms.Select):
            choices: list[Any] = [*field.widget.choices]
            if choices and choices[0] == BLANK_CHOICE_DASH[0]:
                field.choices = [("", word), *choices[1:]]

    @staticmethod
    def _dress_widget(field: forms.Field) -> None:
        widget = field.widget
        widget.attrs.pop("maxlength", None)
        widget.attrs.pop("minlength", None)
        if isinstance(widget, forms.NumberInput):
            whole = isinstance(field, forms.IntegerField) and not isinstance(
                field, forms.FloatField | forms.DecimalField
            )
            widget.input_type = "text"
            for name in ("min", "max", "step"):
                widget.attrs.pop(name, None)
            widget.attrs.setdefault("inputmode", "numeric" if whole else "decimal")
            widget.attrs.setdefault("autocomplete", "off")
            widget.attrs.setdefault("class", "num short")
        elif isinstance(widget, forms.DateInput):
            widget.input_type = "date"
            widget.format = "%Y-%m-%d"
            widget.attrs.setdefault("class", "num short")
        elif isinstance(widget, forms.TimeInput):
            widget.input_type = "time"
            widget.format = "%H:%M"
            widget.attrs.setdefault("class", "num short")
        elif isinstance(widget, forms.Select):
            widget.attrs.setdefault("autocomplete", "off")
        elif isinstance(widget, forms.Textarea):
            widget.attrs.setdefault("autocomplete", "off")
            widget.attrs.pop("cols", None)
            if widget.attrs.get("rows") == "10":
                widget.attrs["rows"] = "3"
            widget.attrs.setdefault("dir", "auto")
        elif type(widget) is forms.TextInput:
            widget.attrs.setdefault("dir", "auto")


class PlannerForm(PlannerFormMixin, forms.Form):
    """A form that belongs to no model."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()


class PlannerModelForm(PlannerFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A form that belongs to a model."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()
