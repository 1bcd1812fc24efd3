"""A view answers the methods that it names, and 405 to any other."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.views.generic import View

from tests.conftest import ClientAs
from workspaces.models import Membership

KNOWN = {"GET", "HEAD", "POST", "OPTIONS"}


def _views(resolver: URLResolver) -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _views(entry)
        elif isinstance(entry, URLPattern):
            yield f"{entry.name} {entry.pattern}", entry.callback


def test_no_address_answers_a_method_that_its_view_does_not_name() -> None:
    views = {
        name: callback.view_class(**callback.view_initkwargs)
        for name, callback in _views(get_resolver())
        if hasattr(callback, "view_class")
    }

    assert len(views) > 50
    too_much = {name: set(view._allowed_methods()) - KNOWN for name, view in views.items()}
    assert {name: methods for name, methods in too_much.items() if methods} == {}


def test_a_view_may_name_another_method(rf: RequestFactory) -> None:
    class Replaced(View):
        http_method_names = ["put"]

        def put(self, request: HttpRequest) -> HttpResponse:
            return HttpResponse()

    assert Replaced.as_view()(rf.put("/")).status_code == 200
    assert Replaced.as_view()(rf.post("/")).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_nobody_leaves_by_another_method_than_the_forms(
    method: str, reader: Membership, client_as: ClientAs
) -> None:
    address = reverse("members:leave", args=["fjordlys"])

    answer = client_as(reader).generic(method, address)

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == KNOWN
    reader.refresh_from_db()
    assert reader.is_active
