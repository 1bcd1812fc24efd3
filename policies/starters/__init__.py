"""Policies to begin with. What stands in [brackets] is to be filled in before publishing."""

from policies.starters.everyone import EVERYONE
from policies.starters.externals import EXTERNALS
from policies.starters.shape import PolicyStarter
from policies.starters.trouble import TROUBLE

POLICY_STARTERS: dict[str, PolicyStarter] = {
    starter.code: starter for starter in (EVERYONE, EXTERNALS, TROUBLE)
}

__all__ = ["POLICY_STARTERS", "PolicyStarter"]
