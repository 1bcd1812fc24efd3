"""Pages whose address holds a secret."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]

#: Stand in an address in place of the ``key``, which the session holds by then.
SET_PASSWORD = "set-password"  # noqa: S105  # django-allauth's own
YOUR_ADDRESS = "your-address"


def keep_address_secret(view: View) -> View:
    """Let no cache keep the page, and no other site learn its address.

    A form must not stand in such a page: without a referrer browsers send ``Origin: null``, which
    the protection against forged requests refuses. So the views behind these addresses lead to one
    with a word in place of the secret.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        if kwargs.get("key") not in {SET_PASSWORD, YOUR_ADDRESS}:
            response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return guarded
