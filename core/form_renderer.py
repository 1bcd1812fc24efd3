"""Draw the widgets of forms: the simple ones in Python, all others by Django's templates.

Django draws one input by three templates and a choice by one for each option. A page of 30 lines
has 300 of them, which took a quarter of its time.
"""

from collections.abc import Callable
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

Widget = dict[str, Any]  # what Django calls ``widget`` in the context of a widget's template


class FormRenderer(TemplatesSetting):
    """Same HTML as Django's own, but for the space between options."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Draw one widget; what has no drawing of its own here by its template."""
        draw = _DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def draw_input(widget: Widget) -> SafeString:
    """Draw one input of a line, a box or a button."""
    value = widget["value"]
    written = "" if value is None else f' value="{conditional_escape(value)}"'
    return SafeString(
        f'<input type="{widget["type"]}" name="{conditional_escape(widget["name"])}"{written}'
        f"{_attributes(widget)}>"
    )


def _draw_textarea(widget: Widget) -> SafeString:
    name, value = conditional_escape(widget["name"]), conditional_escape(widget["value"] or "")
    return SafeString(f'<textarea name="{name}"{_attributes(widget)}>\n{value}</textarea>')


def _draw_select(widget: Widget) -> SafeString:
    groups = ((name, _draw_options(options)) for name, options, _index in widget["optgroups"])
    drawn = (
        f'<optgroup label="{conditional_escape(name)}">{options}</optgroup>' if name else options
        for name, options in groups
    )
    name = conditional_escape(widget["name"])
    return SafeString(f'<select name="{name}"{_attributes(widget)}>{"".join(drawn)}</select>')


def _draw_options(options: list[Widget]) -> SafeString:
    return SafeString(
        "".join(
            f'<option value="{conditional_escape(one["value"])}"{_attributes(one)}>'
            f"{conditional_escape(one['label'])}</option>"
            for one in options
        )
    )


def _attributes(widget: Widget) -> SafeString:
    return SafeString(
        "".join(
            f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
            for name, value in widget["attrs"].items()
            if value is not False
        )
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
