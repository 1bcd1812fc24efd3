"""What a password must hold, each rule with one short sentence for the form."""

from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    """At least ``min_length`` characters."""

    def get_help_text(self) -> str:
        return ngettext(
            "At least %(number)d character.", "At least %(number)d characters.", self.min_length
        ) % {"number": self.min_length}


class NotCommon(CommonPasswordValidator):
    """Not among those that are tried first."""

    def get_help_text(self) -> str:
        return _("Not a common password.")


class NotOneself(UserAttributeSimilarityValidator):
    """Not what everybody knows of the person."""

    def __init__(self, user_attributes: Any = ("name", "email"), **options: Any) -> None:
        super().__init__(user_attributes, **options)

    def get_help_text(self) -> str:
        return _("Not your name or address.")
