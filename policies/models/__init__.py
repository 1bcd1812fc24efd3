"""Policies, their versions, who has read them, and the rules of their clauses."""

from policies.models.acknowledgement import Acknowledgement
from policies.models.policy import Policy, PolicyVersion
from policies.models.rule_setting import RuleSetting

__all__ = ["Acknowledgement", "Policy", "PolicyVersion", "RuleSetting"]
