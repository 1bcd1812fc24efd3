"""policies: what people may do, who has read it, and the rules that follow from it."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """What people may do, who has read it, and the rules that follow from it."""

    name = "policies"

    def ready(self) -> None:
        """Find what other apps do when a policy is published, and what they have planned."""
        from policies.domain.publishing import AFTER_PUBLISHING
        from policies.services.counting import PLANNED_DRAFTS

        AFTER_PUBLISHING.discover()
        PLANNED_DRAFTS.discover()
