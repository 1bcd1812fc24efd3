"""Rules that hold for every page."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/accounts/login/?next=%00", "/%00"])
def test_bad_input_nul_in_the_address_is_a_sentence(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 400


def test_bad_input_nul_in_a_field_is_a_sentence(client: Client) -> None:
    response = client.post("/accounts/login/", {"login": "a\x00b", "password": "x"})

    assert response.status_code == 400


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("/accounts/login/", {"Host": "evil.example"}, 400),
        ("/accounts/login", {}, 301),
        ("/nothing/", {}, 404),
        ("/w/fjordlys/", {}, 302),
        ("/accounts/login/", {}, 200),
    ],
)
def test_every_answer_says_what_a_page_may_load(
    client: Client, address: str, headers: dict[str, str], status: int
) -> None:
    response = client.get(address, headers=headers)

    assert response.status_code == status
    assert response.headers["Content-Security-Policy"].count("default-src 'none'")
    assert response.headers["X-Frame-Options"] == "DENY"
