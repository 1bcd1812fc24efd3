"""A policy as it is read: its clauses with their rules, and what has changed since another text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString

from core.diff import Segment, without_blanks, word_diff
from core.markdown import to_html
from policies.domain.text import Clause, clauses_of, flowing, references, with_references
from policies.models import RuleSetting
from policies.rules import RULES, PolicyRule

Mark = Literal["", "new", "changed", "removed"]
LOWER_BY = 1  # the page's own heading is the title


@dataclass(frozen=True)
class RuleLine:
    """A rule that is on, beside its clause."""

    rule: PolicyRule
    severity: str


@dataclass(frozen=True)
class ShownClause:
    """A clause as HTML; where it changed, ``segments`` lead from the text before to this one."""

    clause: Clause
    html: SafeString
    mark: Mark = ""
    segments: Sequence[Segment] = ()
    rules: Sequence[RuleLine] = ()


@dataclass(frozen=True)
class Document:
    """All clauses, and the rules of the policy that belong to none of them."""

    clauses: Sequence[ShownClause]
    rules: Sequence[RuleLine] = ()

    @property
    def has_rules(self) -> bool:
        """Whether any rule is on."""
        return bool(self.rules) or any(one.rules for one in self.clauses)

    @property
    def changed(self) -> list[ShownClause]:
        return [one for one in self.clauses if one.mark]


def document_of(
    text: str, *, before: str | None = None, settings: Iterable[RuleSetting] = ()
) -> Document:
    """Return ``text`` for reading, with marks where it differs from ``before``.

    Clauses are found again by their titles: one under a new title is a new one.
    """
    clauses, by_clause = clauses_of(text), _rules_by_clause(settings)
    links = references(text)
    earlier: dict[tuple[str, int], Clause] = {}
    for clause in clauses_of(before) if before is not None else ():
        earlier[_key(clause, earlier)] = clause
    taken: dict[tuple[str, int], Clause] = {}
    shown = []
    for clause in clauses:
        key = _key(clause, taken)
        taken[key] = clause
        was = earlier.pop(key, None)
        rules = by_clause.pop(clause.title, ()) if clause.title else ()
        html = to_html(with_references(clause.text, links), lower_by=LOWER_BY)
        old, new = flowing(was.text) if was else "", flowing(clause.text)
        if before is None or (was and old == new):
            shown.append(ShownClause(clause, html, rules=rules))
        elif was is None:
            whole = [Segment("ins", new)] if new else []
            shown.append(ShownClause(clause, html, "new", whole, rules))
        else:
            segments = without_blanks(word_diff(old, new))
            shown.append(ShownClause(clause, html, "changed", segments, rules))
    for clause in earlier.values():
        gone = [Segment("del", flowing(clause.text))] if clause.text else []
        shown.append(ShownClause(clause, SafeString(""), "removed", gone))
    left = [line for lines in by_clause.values() for line in lines]
    return Document(shown, left)


def _key(clause: Clause, known: Iterable[tuple[str, int]]) -> tuple[str, int]:
    """Name a clause by its title, and by its place among those with the same one."""
    title = clause.title.casefold()
    return title, sum(one == title for one, _place in known)


def _rules_by_clause(settings: Iterable[RuleSetting]) -> dict[str, list[RuleLine]]:
    found: dict[str, list[RuleLine]] = {}
    for setting in settings:
        rule = RULES.get(setting.rule)
        if rule and setting.is_on:
            found.setdefault(setting.clause, []).append(RuleLine(rule, setting.severity))
    return found
