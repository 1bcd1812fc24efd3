"""One registry for everything that apps add: checks, notices, todos, kinds of work, log entries."""

from collections.abc import Iterator
from typing import Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import autodiscover_modules

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Entries by code, in the order in which they were registered.

    ``what`` names an entry in error messages. ``module`` is the name of the module in which each app
    registers its own (``<app>/notices.py``); ``discover`` imports them all, once, at start.
    """

    def __init__(self, what: str, *, module: str = "") -> None:
        self.what, self.module = what, module
        self._entries: dict[str, Entry] = {}

    def register(self, code: str, entry: Entry) -> Entry:
        """Add ``entry``; a code that is taken stops the start."""
        if code in self._entries:
            raise ImproperlyConfigured(f"Two entries are registered as {self.what} {code!r}.")
        self._entries[code] = entry
        return entry

    def discover(self) -> None:
        """Import the module of this registry in every app that has one."""
        autodiscover_modules(self.module)

    def get(self, code: str) -> Entry | None:
        """Return the entry, or None: what is stored may name a code that is gone."""
        return self._entries.get(code)

    def __getitem__(self, code: str) -> Entry:
        try:
            return self._entries[code]
        except KeyError:
            raise KeyError(f"There is no {self.what} {code!r}.") from None

    def __contains__(self, code: object) -> bool:
        return code in self._entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def codes(self) -> list[str]:
        """The codes in the order in which they were registered."""
        return list(self._entries)
