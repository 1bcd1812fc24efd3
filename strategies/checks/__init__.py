"""The checks: small functions over the answers, found by name, as Django's own system checks are.

Adding one: a function with ``@check`` in the file of its severity, and its line in
``tests/strategies/test_checks.py`` (a test goes over the registry and fails without one).
"""

from strategies.checks import blockers, tips, warnings
from strategies.checks.registry import (
    CHECKS,
    Check,
    Context,
    Problem,
    check,
    for_step,
    run_checks,
)
from strategies.checks.state import StepState, step_state

__all__ = [
    "CHECKS",
    "Check",
    "Context",
    "Problem",
    "StepState",
    "blockers",
    "check",
    "for_step",
    "run_checks",
    "step_state",
    "tips",
    "warnings",
]
