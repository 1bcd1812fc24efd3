"""A policy of the museum, published, and the people whom it concerns."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from policies.models import Policy, PolicyVersion
from policies.services.policies import Publication, add_policy, publish_policy, save_policy
from tests.factories import MembershipFactory, UserFactory
from workspaces.enums import Engagement, Role
from workspaces.models import Membership, Workspace

TEXT = "Read this first.\n\n## Who may post\n\nOnly our own people.\n\n## Pictures\n\nAsk first."
NEW_TEXT = TEXT.replace("Ask first.", "Ask a parent first.") + "\n\n## Trouble\n\nStop all posts."

Publish = Callable[..., PolicyVersion]


@pytest.fixture
def outsider(workspace: Workspace) -> Membership:
    return MembershipFactory.create(
        workspace=workspace,
        user=UserFactory.create(name="Otto Outside"),
        role=Role.CONTRIBUTOR,
        engagement=Engagement.EXTERNAL,
        company="Kystlyd film",
    )


@pytest.fixture
def policy(workspace: Workspace, admin: Membership) -> Policy:
    """A policy that nobody has published yet; the people were there before it."""
    Membership.objects.update(joined_at=timezone.now() - timedelta(days=400))
    return add_policy(workspace, {"title": "Social media policy", "text": TEXT}, by=admin.user)


@pytest.fixture
def publish(policy: Policy, admin: Membership) -> Publish:
    """Publish the policy, with another text where one is given."""

    def publish_it(text: str = "", **how: Any) -> PolicyVersion:
        if text:
            policy.refresh_from_db()
            save_policy(policy, {"text": text}, expected=policy.revision, by=admin.user)
        policy.refresh_from_db()
        return publish_policy(policy, Publication(**how), expected=policy.revision, by=admin.user)

    return publish_it
