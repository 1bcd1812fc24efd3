"""Policies, their versions, who has read them, the rules of their clauses, and hashtag checks."""

from policies.models.acknowledgement import Acknowledgement
from policies.models.hashtag import Hashtag, HashtagCheck
from policies.models.policy import Policy, PolicyVersion
from policies.models.rule_setting import RuleSetting

__all__ = [
    "Acknowledgement",
    "Hashtag",
    "HashtagCheck",
    "Policy",
    "PolicyVersion",
    "RuleSetting",
]
