"""What a policy to begin with is made of."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policies.enums import Concerned

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class PolicyStarter:
    """``clauses`` are title and Markdown of each, in their order."""

    code: str
    title: "StrOrPromise"
    about: "StrOrPromise"
    concerned: Concerned
    clauses: tuple[tuple["StrOrPromise", "StrOrPromise"], ...]

    @property
    def text(self) -> str:
        """The whole text in Markdown, in the language that is active."""
        return "\n\n".join(f"## {title}\n\n{body}" for title, body in self.clauses)
