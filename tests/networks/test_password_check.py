"""Passwords are refused where only their place may stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.password_check import looks_like_password

PLACES = (
    "",
    "1Password, vault Marketing",
    "1Password",
    "Bitwarden (team “Social”)",
    "KeePassXC on the shared drive",
    "Safe 12 in the office",
    "Office365",
    "https://vault.example.org/marketing/12",
    "vault.fjordlys.no/some",
    "Ask kari.nes2@example.org",
    "Kari's envelope, 2nd floor",
    "Résumé-skapet på kontoret",
    "パスワード管理ツール",
    "R&D safe",
)
PASSWORDS = (
    "Sommer2026!",
    "Sommer2026",
    "hunter2",
    "P@ssword",
    "Tr0ub4dor&3",
    "xK9-fL2p-aa71",
    "password: sesame",
    "passordet er sesam",
    "pw Sommer2026",
    "passord er lysfyr",
    "1Password, PIN: 4711",
    "in the vault, it is fJ7#kL90",
    "https://user:secret@example.org/",
)


@pytest.mark.parametrize("place", PLACES)
def test_place_passes(place: str) -> None:
    assert not looks_like_password(place)


@pytest.mark.parametrize("password", PASSWORDS)
def test_password_is_found(password: str) -> None:
    assert looks_like_password(password)


@given(st.lists(st.text(st.characters(categories=["Ll"]), min_size=1, max_size=12), max_size=6))
def test_words_in_small_letters_always_pass(words: list[str]) -> None:
    names = {
        "passordet",
        "passwords",
        "pin",
        "pw",
        "pwd",
        "passwd",
        "password",
        "passord",
        "passcode",
        "pass",
    }
    assert names & set(words) or not looks_like_password(" ".join(words))


@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    assert looks_like_password(text) in {True, False}
