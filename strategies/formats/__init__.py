"""A strategy as a file to be handed on: a registry of formats, one file each.

Adding one is one module in this package that calls ``register``; every module is read. A format is
given a ``Paper`` and returns the bytes of the file.
"""

from importlib import import_module
from pkgutil import iter_modules

from strategies.formats.registry import FORMATS, PaperFormat, Unavailable, formats, register

__all__ = ["FORMATS", "PaperFormat", "Unavailable", "formats", "register"]

for module in iter_modules(__path__):
    import_module(f"{__name__}.{module.name}")
