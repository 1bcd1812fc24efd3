"""What the log says of readings."""

from django.utils.translation import gettext_lazy as _

from activity.activity_types import register

FIELDS = {"read_on": _("Read on"), "value": _("Value"), "note": _("Note")}

register(
    "measurement.reading_added",
    _("%(person)s wrote down a reading of “%(label)s”."),
    fields=FIELDS,
)
register(
    "measurement.reading_corrected",
    _("%(person)s corrected a reading of “%(label)s”."),
    fields=FIELDS,
)
register(
    "measurement.reading_conflict",
    _(
        "%(person)s and somebody else corrected a reading of “%(label)s” at the same time. Saved → typed:"
    ),
    fields=FIELDS,
    is_in_full=True,
)
register("measurement.reading_removed", _("%(person)s removed a reading of “%(label)s”."))
register("measurement.reading_restored", _("%(person)s brought a reading of “%(label)s” back."))
