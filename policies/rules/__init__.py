"""What a policy's clauses say of a post: a registry of rules, one file each.

Adding one is one module in this package that calls ``register``; every module is read. Rules are
pure: a ``RuleDraft`` and the parameters in, hits out.
"""

from importlib import import_module
from pkgutil import iter_modules

from policies.rules.draft import OtherPost, RuleDraft
from policies.rules.parameters import Parameter, Parameters
from policies.rules.registry import RULES, Hit, PolicyRule, RuleFinding, register

__all__ = [
    "RULES",
    "Hit",
    "OtherPost",
    "Parameter",
    "Parameters",
    "PolicyRule",
    "RuleDraft",
    "RuleFinding",
    "register",
]

for module in iter_modules(__path__):
    import_module(f"{__name__}.{module.name}")
