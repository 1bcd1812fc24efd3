"""Addresses of many things on one page."""

import uuid

import pytest
from django.test.utils import override_script_prefix
from django.urls import reverse

from core.addresses import ANY, address_of_one
from core.findings import Target
from strategies.links import answer_url


def test_address_is_the_one_that_reverse_gives_for_each() -> None:
    strategy, first, second = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()

    for uid in (first, second):
        address = address_of_one("strategies:milestone", "fjord", strategy, uid=uid)
        assert address == reverse("strategies:milestone", args=["fjord", strategy, uid])


def test_place_named_like_the_gap_keeps_its_name() -> None:
    strategy, uid = uuid.uuid4(), uuid.uuid4()

    address = address_of_one("strategies:milestone", str(ANY), strategy, uid=uid)

    assert address == reverse("strategies:milestone", args=[str(ANY), strategy, uid])


@pytest.mark.parametrize("first", ["/elsewhere/", "/"])
def test_prefix_of_one_request_is_not_that_of_the_next(first: str) -> None:
    strategy, uid = uuid.uuid4(), uuid.uuid4()
    target = Target("audience", "audience", str(uid))

    def written(prefix: str) -> list[str]:
        with override_script_prefix(prefix):
            return [
                address_of_one("strategies:milestone", "fjord", strategy, uid=uid),
                answer_url("fjord", strategy, target),
            ]

    written(first)

    assert all(address.startswith("/w/fjord/") for address in written("/"))
    assert all(address.startswith("/planner/w/fjord/") for address in written("/planner/"))
