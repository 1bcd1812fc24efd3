"""What the review's pages ask of their own values."""

from collections.abc import Iterable

from django import template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext

from core.diff import Segment
from core.findings import Finding
from strategies.forms_review import DecisionForm, comment_name
from strategies.links import answer_url as address_of
from strategies.models import Strategy
from strategies.review import StepReview
from workspaces.models import Workspace

register = template.Library()


@register.simple_tag
def finding_url(workspace: Workspace, strategy: Strategy, finding: Finding) -> str:
    """Where a finding is mended."""
    return address_of(workspace.slug, strategy.uid, finding.target)


@register.simple_tag
def words_changed(segments: Iterable[Segment]) -> SafeString:
    """Words that stayed, went and came; a blank behind what went keeps it apart from what came."""
    gone, came = gettext("Removed:"), gettext("Added:")
    marked = {"same": ("{1}", ""), "del": (_GONE, gone), "ins": (_CAME, came)}
    pieces = ((format_html(*marked[segment.op], segment.text),) for segment in segments)
    return format_html_join("", "{}", pieces)


_GONE = '<del><span class="visually-hidden">{} </span>{}</del> '
_CAME = '<ins><span class="visually-hidden">{} </span>{}</ins>'


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
