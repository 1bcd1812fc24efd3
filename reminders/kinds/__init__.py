"""The kinds of reminder. Adding one: a file in this folder, and its test in tests/reminders."""

from importlib import import_module
from pkgutil import iter_modules

for module in iter_modules(__path__):
    import_module(f"{__name__}.{module.name}")
