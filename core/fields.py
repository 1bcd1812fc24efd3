"""Model fields of our own."""

from collections.abc import Iterable
from datetime import time
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.form_fields import TIMES_AT_MOST, ClockTimesField, clock_text


class CodesField(models.CharField):  # type: ignore[type-arg]  # the stubs bind it to str
    """A few short codes in one column: a tuple of str in Python, space separated in the database.

    With ``choices`` every code must be one of them, and the form field is a set of boxes to tick.
    Codes keep the order of ``choices`` (or the order given) and are never repeated.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 500)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", ())
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> tuple[str, ...]:
        """Take a tuple, a list or the stored text; give a tuple without repeats."""
        if value is None:
            return ()
        parts: Iterable[str] = value.split() if isinstance(value, str) else value
        found = dict.fromkeys(str(part) for part in parts)
        if self.choices:
            known = [code for code, _label in self.flatchoices]
            return tuple(c for c in known if c in found) + tuple(c for c in found if c not in known)
        return tuple(found)

    def from_db_value(self, value: str | None, *_: Any) -> tuple[str, ...]:
        """Read the column, which holds what ``get_prep_value`` wrote: each code once."""
        codes = value.split() if value else []
        if len(codes) > 1 and self.choices:
            codes.sort(key=lambda code: self._places.get(code, len(self._places)))
        return tuple(codes)

    @cached_property
    def _places(self) -> dict[str, int]:
        """The place of each choice; one that was written under other choices may stand elsewhere."""
        return {code: place for place, (code, _label) in enumerate(self.flatchoices)}

    def get_prep_value(self, value: Any) -> str:
        return " ".join(self.to_python(value))

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse a code that is not a choice; the length is checked on the stored text."""
        known = {code for code, _label in self.flatchoices} if self.choices else None
        for code in value:
            if known is not None and code not in known:
                raise ValidationError(_("Choose from the list."), code="invalid_choice")
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def run_validators(self, value: Any) -> None:
        """Check the length of what is stored."""
        if value:
            super().run_validators(self.get_prep_value(value))

    def get_choices(self, *args: Any, **kwargs: Any) -> Any:
        """A set of boxes has no empty choice."""
        kwargs["include_blank"] = False
        return super().get_choices(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        return forms.TypedMultipleChoiceField(
            choices=self.get_choices(),
            coerce=str,
            empty_value=[],
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
            widget=forms.CheckboxSelectMultiple,
        )


class TimesField(models.CharField):  # type: ignore[type-arg]  # the stubs bind it to str
    """A few times of day in one column: a tuple of ``time``, earliest first and each once.

    The database has “08:00 12:30”; the column is as long as ``TIMES_AT_MOST`` of them.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", TIMES_AT_MOST * len("08:00 "))
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", ())
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> tuple[time, ...]:
        """Take times, or the stored text."""
        if value is None:
            return ()
        times = map(time.fromisoformat, value.split()) if isinstance(value, str) else value
        return tuple(sorted({at.replace(second=0, microsecond=0) for at in times}))

    def from_db_value(self, value: str | None, *_: Any) -> tuple[time, ...]:
        return self.to_python(value)

    def get_prep_value(self, value: Any) -> str:
        return " ".join(map(clock_text, self.to_python(value)))

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def run_validators(self, value: Any) -> None:
        """Check the length of what is stored."""
        if value:
            super().run_validators(self.get_prep_value(value))

    def formfield(self, **kwargs: Any) -> Any:
        """One line that reads several times."""
        return ClockTimesField(
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
        )
