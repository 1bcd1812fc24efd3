"""What the views of policies share."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from policies.models import Policy, PolicyVersion
from workspaces.workspace_view import WorkspaceView


class PolicyMixin(WorkspaceView):
    """Turn the address into ``self.policy``, looked up inside the workspace only."""

    nav = "policies"
    policy: Policy

    def load_objects(self) -> None:
        """Find the policy, once the membership has been checked."""
        self.policy = get_object_or_404(
            Policy.objects.for_workspace(self.workspace), uid=self.kwargs["policy"]
        )
        self.policy.workspace = self.workspace

    def url(self, name: str, *more: object) -> str:
        """Return the address of a page of this policy."""
        return reverse(f"policies:{name}", args=[self.workspace.slug, self.policy.uid, *more])


class VersionMixin(PolicyMixin):
    """Turn the address into ``self.version`` of the policy."""

    version: PolicyVersion

    def load_objects(self) -> None:
        super().load_objects()
        self.version = get_object_or_404(
            PolicyVersion.objects.select_related("published_by"),
            policy=self.policy,
            number=self.kwargs["number"],
        )
        self.version.policy = self.policy


class ReadVersionMixin(PolicyMixin):
    """Find in ``self.version`` the version from which on reading counts."""

    version: PolicyVersion

    def load_objects(self) -> None:
        super().load_objects()
        major = self.policy.versions.published(timezone.now()).filter(is_major=True).first()
        if major is None:
            raise Http404
        self.version = major
        self.version.policy = self.policy
