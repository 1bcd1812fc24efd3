"""Whether an address that came with a request leads to a page of ours."""

import pytest

from core.site import is_page_below

HOME = "/w/museum/calendar/"


@pytest.mark.parametrize(
    ("wanted", "is_below"),
    [
        ("/w/museum/calendar/", True),
        ("/w/museum/calendar/agenda/?from=2027-01-01&page=2", True),
        ("/w/museum/calendar/../settings/", False),
        ("/w/museum/calendar/agenda/../../../../support/", False),
        ("/w/other/calendar/", False),
        ("/w/museum/calendar", True),
        ("//evil.example/w/museum/calendar/", False),
        ("https://evil.example/w/museum/calendar/", False),
        ("", False),
    ],
)
def test_way_back_stays_below_its_home(wanted: str, is_below: bool) -> None:
    assert is_page_below(HOME, wanted) is is_below
