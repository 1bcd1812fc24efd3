"""Policies, their versions, who has read them, the rules of their clauses, and stops of posts."""

from policies.models.acknowledgement import Acknowledgement
from policies.models.hold import Hold
from policies.models.policy import Policy, PolicyVersion
from policies.models.rule_setting import RuleSetting

__all__ = ["Acknowledgement", "Hold", "Policy", "PolicyVersion", "RuleSetting"]
