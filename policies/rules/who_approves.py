"""Whose posts somebody else looks at first."""

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from policies.rules.draft import RuleDraft
from policies.rules.parameters import Parameters
from policies.rules.registry import Hit, PolicyRule, register
from workspaces.enums import Engagement, Role


def who_approves(draft: RuleDraft, parameters: Parameters) -> Iterator[Hit]:
    """Externals' and contributors' posts; a marketer's only where another rule asks."""
    if draft.engagement == Engagement.EXTERNAL:
        yield Hit(
            "external-author", gettext("Posts by externals wait until a manager has approved them.")
        )
    elif draft.role in {Role.READER, Role.CONTRIBUTOR}:
        yield Hit(
            "contributor-author",
            gettext("Posts by contributors wait until a manager has approved them."),
        )


register(
    PolicyRule(
        code="who_approves",
        title=_("Who approves"),
        about=_(
            "Posts by externals and contributors wait for a manager. Marketers’ posts wait only "
            "when another rule asks for it, managers’ posts never."
        ),
        severity=Severity.NEEDS_APPROVAL,
        judge=who_approves,
    )
)
