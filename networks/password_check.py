"""Find what looks like a password where only the place of one may be written.

It would rather ask once too often: “Safe 12, office” passes, “Sommer2026!” does not.
"""

import re
from itertools import pairwise

_NAME = r"\b(?:pass ?words?|passord(?:et)?|passwd|pwd|pw|pin|passcode)\b"
#: “Password: x”, “passordet er x”; and right behind the name a word with a digit in it.
_NAMED = re.compile(rf"(?i){_NAME}\s*(?:is|er|[:=])\s*\S|{_NAME}\s+(?=\S*[^\W\d_])(?=\S*\d)\S")
_IN_ADDRESS = re.compile(r"://[^/\s:@]+:[^/\s@]+@")
_ADDRESS = re.compile(r"(?i)(https?://\S+|[\w.+-]+@[\w-]+(\.[\w-]+)+|[\w-]+(\.[\w-]+)+(/\S*)?)")
_TOKEN = re.compile(r"[^\s,;()\"“”„«»]+")
_KNOWN = {"1password", "office365", "microsoft365", "m365", "365"}
_SYMBOL_INSIDE = re.compile(r"\w[!#$%^*+=?~<>|@\\]|[!#$%^*+=?~<>|\\]\w")
_WORD_THEN_DIGITS = re.compile(r"[^\W\d_]+[\d]+[!?.*]*")

SHORTEST = 6  # characters; what is shorter is taken for a word
CHANGES = 3  # changes between small letters, capitals, digits and signs inside one word


def looks_like_password(text: str) -> bool:
    """Whether ``text`` holds what may be a password rather than the place where one is kept."""
    if _NAMED.search(text) or _IN_ADDRESS.search(text):
        return True
    tokens = [token.strip(".,:") for token in _TOKEN.findall(text)]
    if len(tokens) == 1 and _is_word_with_digits(tokens[0]):
        return True
    return any(_is_mixed(token) for token in tokens)


def _is_word_with_digits(token: str) -> bool:
    """“hunter2” or “Sommer2026”, standing alone."""
    is_known = token.casefold() in _KNOWN
    return not is_known and len(token) >= SHORTEST and bool(_WORD_THEN_DIGITS.fullmatch(token))


def _is_mixed(token: str) -> bool:
    if len(token) < SHORTEST + 2 or token.casefold() in _KNOWN or _ADDRESS.fullmatch(token):
        return False
    if _SYMBOL_INSIDE.search(token):
        return True
    kinds = [_kind(character) for character in token if character not in "-_/.'’"]
    changes = sum(one != other for one, other in pairwise(kinds))
    return changes >= CHANGES and "digit" in kinds


def _kind(character: str) -> str:
    if character.isdigit():
        return "digit"
    if character.isalpha():
        return "capital" if character.isupper() else "small"
    return "sign"
