"""Choices that several apps share."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext


class ContentCategory(models.TextChoices):
    """The three parts of the mix."""

    PROMOTIONAL = "promotional", _("Selling")
    INFORMATIVE = "informative", _("Useful")
    ENGAGEMENT = "engagement", _("Dialogue")

    @property
    def letter(self) -> str:
        """The letter that stands for it, beside colour and pattern."""
        match self:
            case ContentCategory.PROMOTIONAL:
                return pgettext("letter for selling", "S")
            case ContentCategory.INFORMATIVE:
                return pgettext("letter for useful", "U")
            case ContentCategory.ENGAGEMENT:
                return pgettext("letter for dialogue", "D")

    @property
    def css_class(self) -> str:
        """Its colours, as a class of the style sheet."""
        return {"promotional": "cat-s", "informative": "cat-u", "engagement": "cat-d"}[self.value]

    @property
    def pattern(self) -> str:
        """Its pattern, as the style sheet and the pictures name it."""
        return {"promotional": "sell", "informative": "useful", "engagement": "talk"}[self.value]


class Weekday(models.TextChoices):
    """Days, as ISO counts them."""

    MON = "1", _("Mon")
    TUE = "2", _("Tue")
    WED = "3", _("Wed")
    THU = "4", _("Thu")
    FRI = "5", _("Fri")
    SAT = "6", _("Sat")
    SUN = "7", _("Sun")
