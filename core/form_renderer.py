"""Draw the widgets of forms: the simple ones in Python, all others by Django's templates.

Django draws one input by three templates and a choice by one for each option. A page of 30 lines
has 300 of them, which took a quarter of its time.
"""

from collections.abc import Callable
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Widget = dict[str, Any]  # what Django calls ``widget`` in the context of a widget's template


class FormRenderer(TemplatesSetting):
    """Same HTML as Django's own, but for the order of attributes and the space between options."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Draw one widget; what has no drawing of its own here by its template."""
        draw = _DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def draw_input(widget: Widget) -> SafeString:
    """Draw one input of a line, a box or a button."""
    value = widget["value"]
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        SafeString("") if value is None else format_html(' value="{}"', value),
        flatatt(widget["attrs"]),
    )


def _draw_textarea(widget: Widget) -> SafeString:
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>',
        widget["name"],
        flatatt(widget["attrs"]),
        widget["value"] or "",
    )


def _draw_select(widget: Widget) -> SafeString:
    groups = ((name, _draw_options(options)) for name, options, _index in widget["optgroups"])
    drawn = (
        format_html('<optgroup label="{}">{}</optgroup>', name, options) if name else options
        for name, options in groups
    )
    return format_html(
        '<select name="{}"{}>{}</select>',
        widget["name"],
        flatatt(widget["attrs"]),
        SafeString("".join(drawn)),
    )


def _draw_options(options: list[Widget]) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (one["value"], flatatt(one["attrs"]) if one["attrs"] else "", one["label"])
            for one in options
        ),
    )


_INPUTS = (
    "checkbox",
    "date",
    "datetime",
    "email",
    "file",
    "hidden",
    "input",
    "number",
    "password",
    "text",
    "time",
    "url",
)
_DRAWN: dict[str, Callable[[Widget], SafeString]] = {
    **{f"django/forms/widgets/{name}.html": draw_input for name in _INPUTS},
    "django/forms/widgets/textarea.html": _draw_textarea,
    "django/forms/widgets/select.html": _draw_select,
}
