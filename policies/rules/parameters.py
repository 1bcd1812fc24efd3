"""What an admin may set of a rule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Kind = Literal["lines", "number", "clock", "choice"]


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One field of a rule's form, as it is kept: lines as text, a time of day as “22:00”.

    ``lowest`` and ``highest`` bound a number; ``choices`` are (code, words). ``is_line`` says whether
    a line can be read, ``line_error`` what to do where it cannot.
    """

    name: str
    kind: Kind
    label: "StrOrPromise"
    default: Any = ""
    help: "StrOrPromise" = ""
    lowest: int = 0
    highest: int = 1000
    choices: tuple[tuple[str, "StrOrPromise"], ...] = ()
    is_line: Callable[[str], bool] | None = None
    line_error: "StrOrPromise" = ""


class Parameters:
    """The values of a rule's parameters; what is not set has its default."""

    def __init__(self, declared: tuple[Parameter, ...], values: Mapping[str, Any]) -> None:
        self._values = {one.name: values.get(one.name, one.default) for one in declared}

    def lines(self, name: str) -> list[str]:
        """Return the lines that say something."""
        return [line.strip() for line in str(self._values[name]).split("\n") if line.strip()]

    def number(self, name: str) -> int:
        return int(self._values[name] or 0)

    def clock(self, name: str) -> time | None:
        """Return a time of day, None where it is empty."""
        text = str(self._values[name] or "")
        return time.fromisoformat(text) if text else None

    def choice(self, name: str) -> str:
        return str(self._values[name])
