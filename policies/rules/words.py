"""Words to look at before they go out."""

from collections.abc import Iterator

import regex
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from core.text import isolated
from core.text_input import clean_text
from policies.rules.draft import RuleDraft
from policies.rules.parameters import Parameter, Parameters
from policies.rules.registry import Hit, PolicyRule, register

EXACT, BEGINS, ANYWHERE = "exact", "begins", "anywhere"
_BEFORE, _AFTER = r"(?<![\p{L}\p{M}\p{N}])", r"(?![\p{L}\p{M}\p{N}])"
_WHOLE_WORD = regex.compile(r"[\p{L}\p{M}\p{N}_-]*")


def words(draft: RuleDraft, parameters: Parameters) -> Iterator[Hit]:
    """Name the words that were found, as they are written, without the exceptions."""
    found = find_words(
        draft.text,
        parameters.lines("words"),
        how=parameters.choice("how"),
        exceptions=parameters.lines("exceptions"),
    )
    if found:
        yield Hit(
            "word",
            gettext("Look at these words again: %(words)s.")
            % {"words": ", ".join(isolated(f"“{word}”") for word in found)},
        )


def find_words(text: str, wanted: list[str], *, how: str, exceptions: list[str]) -> list[str]:
    """Return the whole words of ``text`` in which a wanted one stands, each once, as written.

    ``how``: the word itself (exact), words that begin with it (inflections), or anywhere inside
    a word (compounds). Case does not count; neither does how a letter is composed.
    """
    text = clean_text(text)
    allowed = {clean_text(one).casefold() for one in exceptions}
    before = "" if how == ANYWHERE else _BEFORE
    after = _AFTER if how == EXACT else ""
    found: dict[str, str] = {}
    for one in wanted:
        pattern = before + regex.escape(clean_text(one)) + after
        for match in regex.finditer(pattern, text, flags=regex.IGNORECASE | regex.FULLCASE):
            word = _whole(text, match.start(), match.end())
            if word.casefold() not in allowed and match[0].casefold() not in allowed:
                found.setdefault(word.casefold(), word)
    return list(found.values())


def _whole(text: str, start: int, end: int) -> str:
    """Return what was found with the rest of the words that it begins and ends in."""
    before = _WHOLE_WORD.match(text[:start][::-1])
    after = _WHOLE_WORD.match(text, end)
    first = start - (len(before[0]) if before and regex.match(r"[\p{L}\p{N}]", text[start]) else 0)
    last = after.end() if after and regex.match(r"[\p{L}\p{M}\p{N}]", text[end - 1]) else end
    return text[first:last]


register(
    PolicyRule(
        code="words",
        title=_("Words"),
        about=_("Names the words of your list that stand in the text."),
        severity=Severity.WARNING,
        judge=words,
        parameters=(
            Parameter(
                name="words",
                kind="lines",
                label=_("Words to look at"),
                help=_("One on each line, for example guarantee."),
            ),
            Parameter(
                name="how",
                kind="choice",
                label=_("What counts"),
                default=BEGINS,
                choices=(
                    (EXACT, _("The word as it stands")),
                    (BEGINS, _("Words that begin with it")),
                    (ANYWHERE, _("Anywhere, also inside a word")),
                ),
            ),
            Parameter(
                name="exceptions",
                kind="lines",
                label=_("Except for these words"),
                help=_("One on each line, as they are written in full."),
            ),
        ),
    )
)
