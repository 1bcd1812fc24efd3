"""Where a body is retouched, the picture has the official Norwegian mark.

Regulation on the marking of retouched advertising (Forskrift om merking av retusjert reklame,
17 June 2022 no. 1114, § 1): shape, size or skin of a body; a standardised mark of about 7 % of the
picture, at the top left; in a film for as long as it runs.
"""

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from policies.rules.draft import RuleDraft
from policies.rules.parameters import Parameters
from policies.rules.registry import Hit, PolicyRule, register

UNMARKED = "unmarked"


def retouched(draft: RuleDraft, parameters: Parameters) -> Iterator[Hit]:
    if draft.retouching == UNMARKED:
        yield Hit(
            "retouched-unmarked",
            gettext(
                "Put the official mark “Retusjert person” into the picture: a body in it is "
                "retouched. It covers about 7 % of the picture, at the top left; in a video it stays "
                "for the whole length."
            ),
        )


register(
    PolicyRule(
        code="retouched",
        title=_("Retouched bodies"),
        about=_(
            "Advertising in Norway that changes the shape, size or skin of a body carries an "
            "official mark. Whoever writes a post says so in its field “retouching”."
        ),
        severity=Severity.WARNING,
        judge=retouched,
    )
)
