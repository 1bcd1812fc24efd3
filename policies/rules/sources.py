"""What comes from others names its source; what comes from followers has their permission."""

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.enums import ContentCategory
from core.findings import Severity
from policies.rules.draft import RuleDraft
from policies.rules.parameters import Parameters
from policies.rules.registry import Hit, PolicyRule, register

OTHERS, FOLLOWERS = "others", "followers"


def sources(draft: RuleDraft, parameters: Parameters) -> Iterator[Hit]:
    is_informative = draft.category == ContentCategory.INFORMATIVE
    if draft.origin == OTHERS and is_informative and not draft.source.strip():
        yield Hit("source-missing", gettext("Name the source: this comes from somebody else."))
    if draft.origin == FOLLOWERS and not draft.has_permission:
        yield Hit(
            "permission-missing",
            gettext("Ask the follower for permission, and note that you have it."),
        )


register(
    PolicyRule(
        code="sources",
        title=_("Sources"),
        about=_(
            "Useful posts from others name their source. Posts from followers have permission."
        ),
        severity=Severity.WARNING,
        judge=sources,
    )
)
