"""Pictures are described in words."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.findings import Severity
from policies.rules.draft import RuleDraft
from policies.rules.parameters import Parameters
from policies.rules.registry import Hit, PolicyRule, register


def alt_text(draft: RuleDraft, parameters: Parameters) -> Iterator[Hit]:
    missing = sum(not text.strip() for text in draft.alt_texts)
    if missing:
        sentence = ngettext(
            "Describe the picture in words, for those who cannot see it.",
            "Describe %(number)d pictures in words, for those who cannot see them.",
            missing,
        )
        yield Hit("alt-text-missing", sentence % {"number": missing})


register(
    PolicyRule(
        code="alt_text",
        title=_("Pictures in words"),
        about=_(
            "Every picture has a description. Public bodies must have one: choose “must be fixed” there."
        ),
        severity=Severity.WARNING,
        judge=alt_text,
    )
)
