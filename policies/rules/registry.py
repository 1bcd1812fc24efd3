"""The rules that there are, and what they find."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.findings import Severity
from core.registry import Registry
from policies.rules.draft import RuleDraft
from policies.rules.parameters import Parameter, Parameters

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Hit:
    """What a rule says of a draft, in the sentence that the writer sees.

    ``severity`` takes the place of the one that an admin set, where the rule itself knows better.
    ``tag`` is a hashtag to look up.
    """

    code: str
    sentence: str
    severity: Severity | None = None
    tag: str = ""


@dataclass(frozen=True, kw_only=True)
class PolicyRule:
    """One rule: ``title`` and ``about`` say on its form what it looks at."""

    code: str
    title: "StrOrPromise"
    about: "StrOrPromise"
    severity: Severity
    judge: Callable[[RuleDraft, Parameters], Iterator[Hit]]
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RuleFinding:
    """A hit with what its policy makes of it. ``clause`` is empty for the whole policy.

    ``asks_why``: who goes on all the same gives a reason (``enums.GoodReason``, or own words);
    never of a blocker, nor of what the rule itself weighs.
    """

    severity: Severity
    code: str
    sentence: str
    rule: str
    policy: str = ""
    clause: str = ""
    url: str = ""
    asks_why: bool = False
    tag: str = ""


RULES: Registry[PolicyRule] = Registry("policy rule")


def register(rule: PolicyRule) -> None:
    RULES.register(rule.code, rule)
