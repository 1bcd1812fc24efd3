"""Reading a pasted line that names an account."""

import pytest

from networks.pasted import channel_of


@pytest.mark.parametrize(
    ("line", "network", "other", "handle", "address"),
    [
        ("Instagram @fjordlys", "instagram", "", "@fjordlys", ""),
        ("LinkedIn: Fjordlys Museum", "linkedin", "", "Fjordlys Museum", ""),
        ("X – @fjordlys", "x", "", "@fjordlys", ""),
        ("Twitter @fjordlys", "x", "", "@fjordlys", ""),
        ("Facebook", "facebook", "", "", ""),
        (
            "https://www.instagram.com/fjordlys/",
            "instagram",
            "",
            "@fjordlys",
            "https://www.instagram.com/fjordlys/",
        ),
        (
            "tiktok.com/@fjordlys",
            "tiktok",
            "",
            "@fjordlys",
            "https://tiktok.com/@fjordlys",
        ),
        (
            "Facebook Fjordlys https://facebook.com/fjordlys",
            "facebook",
            "",
            "Fjordlys",
            "https://facebook.com/fjordlys",
        ),
        ("Newsletter", "other", "Newsletter", "", ""),
        ("X-ray weekly", "other", "X-ray weekly", "", ""),
        (
            "https://fjordlys.example/blog",
            "other",
            "fjordlys.example",
            "",
            "https://fjordlys.example/blog",
        ),
    ],
)
def test_a_line_names_an_account(
    line: str, network: str, other: str, handle: str, address: str
) -> None:
    found = channel_of(line)

    assert found == {
        "network": network,
        "other_network": other,
        "handle": handle,
        "address": address,
    }
