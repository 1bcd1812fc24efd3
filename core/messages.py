"""What a page says once after something was done."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise

UNDO = "undo:"


def success_with_undo(request: HttpRequest, text: "str | Promise", url: str) -> None:
    """Say ``text`` on the next page, with a button that POSTs to ``url`` to take it back."""
    messages.success(request, str(text), extra_tags=f"{UNDO}{url}")
