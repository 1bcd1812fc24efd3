"""Small rules that hold for every page."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponse]


class SignInMiddleware(LoginRequiredMiddleware):
    """Every page asks for a sign-in unless it says otherwise; a script is told so by 401.

    A script that saves (X-Autosave, X-Order) cannot follow to the sign-in page; it keeps the text.
    """

    def handle_no_permission(  # type: ignore[override]  # the stubs know the redirect only
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        """Lead a person to the sign-in, and tell a script."""
        if "X-Autosave" in request.headers or "X-Order" in request.headers:
            return HttpResponse(status=401)
        return super().handle_no_permission(request, view_func)


class PrivatePagesMiddleware:
    """Tell browsers and proxies to keep nothing of what a signed-in person sees."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header where the view has not chosen one itself."""
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "private, no-store"
        return response


class BadInputMiddleware:
    """Answer 400 to a NUL character in the address or in a cookie: PostgreSQL cannot look it up.

    It stands before the session, whose key comes from a cookie. A form drops it
    from what was typed (``core.text_input``).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the path, the query and the cookies."""
        query = (text for name, values in request.GET.lists() for text in (name, *values))
        cookies = (text for cookie in request.COOKIES.items() for text in cookie)
        if any("\x00" in text for text in (request.path, *query, *cookies)):
            return render(request, "400.html", status=400)
        return self.get_response(request)


class ServerTimingMiddleware:
    """Say how long the program took and how often it asked the database (SERVER_TIMING=true).

    The header is ``Server-Timing: app;dur=<milliseconds>, db;desc=<number of queries>``; it is
    for ``make bench`` and for a look in the browser's tools, and off otherwise.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Count around everything that stands below."""
        queries = 0

        def count(execute: Callable[..., Any], *args: Any) -> Any:
            nonlocal queries
            queries += 1
            return execute(*args)

        began = perf_counter()
        with connection.execute_wrapper(count):
            response = self.get_response(request)
        took = (perf_counter() - began) * 1000
        response.headers["Server-Timing"] = f"app;dur={took:.2f}, db;desc={queries}"
        return response
