"""What the review's pages ask of their own values."""

from collections.abc import Iterable, Sequence

from django import template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext

from core.diff import Segment, by_line
from core.templatetags.diff_tags import marked_words
from strategies.domain.paste import without_bullet
from strategies.forms.reviews import DecisionForm, comment_name
from strategies.presentation.review import StepReview

register = template.Library()


@register.simple_tag
def words_changed(segments: Iterable[Segment], is_list: bool = False) -> SafeString:
    """Words that stayed, went and came, as a list with one line an item or as one text."""
    if not is_list:
        return marked_words(segments)
    # An item begins and ends a line by itself: where a line's end alone came or went, nothing is seen.
    lines = ([one for one in line if one.text.strip()] for line in by_line(segments))
    items = format_html_join(
        "", "<li>{}</li>", ((marked_words(_unbulleted(line)),) for line in lines if line)
    )
    return format_html('<ul class="lines">{}</ul>', items)


def _unbulleted(line: Sequence[Segment]) -> list[Segment]:
    first, *rest = line
    return [Segment(first.op, without_bullet(first.text)), *rest]


@register.simple_tag
def comment_field(form: DecisionForm, step: str) -> BoundField:
    """The box for a comment on a question."""
    return form[comment_name(step)]


@register.filter
def has_comments_on(form: DecisionForm, parts: Iterable[StepReview]) -> bool:
    """Whether something was typed, or went wrong, in one of these questions' boxes."""
    boxes = [form[comment_name(part.step.code)] for part in parts]
    return any(box.value() or box.errors for box in boxes)


@register.simple_tag
def names_of(parts: Iterable[StepReview]) -> str:
    """The names of questions as one list: “Audience, Message and Fit”."""
    return get_text_list([str(part.step.name) for part in parts], gettext("and"))
