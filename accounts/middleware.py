"""The signed-in person's own language and time zone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation


class OwnLanguageMiddleware:
    """Answer a signed-in person in the language and time zone of their profile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set both for this request; a visitor keeps what the browser asks for."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        translation.activate(request.user.language)
        with timezone.override(request.user.timezone):
            return self.get_response(request)
