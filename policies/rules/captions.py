"""Videos have captions."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.findings import Severity
from policies.rules.draft import RuleDraft
from policies.rules.parameters import Parameters
from policies.rules.registry import Hit, PolicyRule, register


def captions(draft: RuleDraft, parameters: Parameters) -> Iterator[Hit]:
    missing = draft.videos_without_captions
    if missing:
        sentence = ngettext(
            "Give the video captions, for those who cannot hear it.",
            "Give %(number)d videos captions, for those who cannot hear them.",
            missing,
        )
        yield Hit("captions-missing", sentence % {"number": missing})


register(
    PolicyRule(
        code="captions",
        title=_("Captions"),
        about=_("Every video has captions. Public bodies must have them: choose “must be fixed”."),
        severity=Severity.WARNING,
        judge=captions,
    )
)
