"""Names without addresses."""

import pytest

from core.validators import holds_address


@pytest.mark.parametrize(
    "name",
    [
        "Win at https://prize",
        "prize.example",
        "Go to PRIZE.EXAMPLE/now",
        "www.prize",
        "me@prize.example",
        "x.co",
        "prize.xn--p1ai",
        "приз.рф",
        "prize\uff0eexample",
        "prize。example",
        "prize.\u200bexample",
        "ftp://x",
    ],
)
def test_address_is_found(name: str) -> None:
    assert holds_address(name)


@pytest.mark.parametrize(
    "name",
    [
        "Fjordlys Museum",
        "St. Olav",
        "J.R.R. Tolkien",
        "No.1 Agency",
        "Food@Work",
        "A/B & Co.",
        "Ola Nordmann jr.",
        "Version 2.0",
        "東京。大阪",
        "Team: North",
        "…",
        "",
    ],
)
def test_name_without_address_passes(name: str) -> None:
    assert not holds_address(name)
