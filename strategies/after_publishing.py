"""What strategies do when a policy is published."""

from policies.services.policies import after_publishing
from strategies.services.policy_milestone import settle_policy_milestone

after_publishing("strategies.policy_milestone", settle_policy_milestone)
