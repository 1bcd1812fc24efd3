"""Policies, their versions, who has read them, the rules of their clauses, hashtag checks and stops."""

from policies.models.acknowledgement import Acknowledgement
from policies.models.hashtag import Hashtag, HashtagCheck
from policies.models.hold import Hold
from policies.models.policy import Policy, PolicyVersion
from policies.models.rule_setting import RuleSetting

__all__ = [
    "Acknowledgement",
    "Hashtag",
    "HashtagCheck",
    "Hold",
    "Policy",
    "PolicyVersion",
    "RuleSetting",
]
