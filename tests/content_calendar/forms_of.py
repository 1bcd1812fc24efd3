"""What a browser sends for the form of a page."""

from typing import Any

from django.forms import BaseForm


def sent_from(response: Any, name: str = "form", **typed: Any) -> dict[str, Any]:
    """Return the fields of the form ``name`` of the page, with what was typed over them."""
    form: BaseForm = response.context[name]
    sent = {}
    for field in form:
        value = field.value()
        if value not in (None, False, ""):
            sent[field.html_name] = "on" if value is True else field.field.prepare_value(value)
    return {name: value for name, value in {**sent, **typed}.items() if value is not None}
