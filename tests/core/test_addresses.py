"""Addresses of many things on one page."""

import uuid

from django.urls import reverse

from core.addresses import address_of_one


def test_address_is_the_one_that_reverse_gives_for_each() -> None:
    strategy, first, second = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()

    for uid in (first, second):
        address = address_of_one("strategies:milestone", "fjord", strategy, uid=uid)
        assert address == reverse("strategies:milestone", args=["fjord", strategy, uid])
