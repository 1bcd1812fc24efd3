"""The checks: small functions over the answers, found by name, as Django's own system checks are.

Adding one: a function with ``@check`` in the file of its severity (or in a file of its own: every
file of this folder is read), and its line in ``tests/strategies/test_checks.py``, where a test goes
over the registry and fails without one.
"""

from importlib import import_module
from pkgutil import iter_modules

from strategies.domain.checks.registry import (
    CHECKS,
    AnswerFinding,
    Check,
    Context,
    Problem,
    check,
    for_step,
    run_checks,
    takes_not_known,
)
from strategies.domain.checks.state import StepState, step_state

__all__ = [
    "CHECKS",
    "AnswerFinding",
    "Check",
    "Context",
    "Problem",
    "StepState",
    "check",
    "for_step",
    "run_checks",
    "step_state",
    "takes_not_known",
]

for module in iter_modules(__path__):
    import_module(f"{__name__}.{module.name}")
