"""What rows, fields and numbers of rows are called, on every page and in every sentence."""

from django.utils.text import capfirst
from django.utils.translation import gettext

from core.text import after_first_line, cut, first_line
from core.text_input import clean_line
from networks.enums import PostFormat
from strategies.domain.answer_types import Answer, PostKindAnswer
from strategies.domain.answers import Answers
from strategies.domain.questionnaire import KINDS

#: Characters of a title that is quoted by another row.
LONGEST_REFERENCE = 120


def row_titles(answers: Answers) -> dict[str, str]:
    """Return the title of every row by its uid."""
    return {
        row.uid: row_title(answers, code, row) for code in KINDS for row in answers.of_kind(code)
    }


def row_title(answers: Answers, kind_code: str, answer: Answer) -> str:
    """Return what a row is called: its own words, its channel, or the heading of a single one."""
    kind = KINDS[kind_code]
    if kind.title:
        named = first_line if kind.title_has_lines else clean_line
        return named(str(getattr(answer, kind.title))) or capfirst(str(kind.one))
    if not kind.is_about_channel:
        return str(kind.heading)
    channel = answers.channel(answer.channel)  # type: ignore[attr-defined]  # every such struct has it
    name = channel.name if channel else gettext("A channel that was removed")
    if not isinstance(answer, PostKindAnswer) or not _has_siblings(answers, answer):
        return name
    words = {"channel": name, "kind": post_kind_name(answers, answer)}
    return gettext("%(channel)s, %(kind)s") % words


def _has_siblings(answers: Answers, kind: PostKindAnswer) -> bool:
    """Whether the channel has other kinds of post."""
    return any(one.channel == kind.channel and one is not kind for one in answers.post_kinds)


def post_kind_name(answers: Answers, kind: PostKindAnswer) -> str:
    """Return what a kind of post is called on its channel: its format, and its theme."""
    post_format = str(PostFormat(kind.format).label)
    pillar = next((one for one in answers.pillars if one.uid == kind.pillar), None)
    if pillar is None:
        return post_format
    return gettext("%(format)s, “%(theme)s”") % {"format": post_format, "theme": short(pillar.name)}


def beneath_title(kind_code: str, answer: Answer) -> str:
    """Return the lines of a row's own words that its title leaves out."""
    kind = KINDS[kind_code]
    return after_first_line(str(getattr(answer, kind.title))) if kind.title_has_lines else ""


def short(title: str) -> str:
    """Return what a row is called where another row refers to it: its first line, cut at need."""
    return cut(first_line(title), LONGEST_REFERENCE)
