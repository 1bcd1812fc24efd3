"""What a text may hold, whatever form it comes by."""

import re
import unicodedata
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# A full stop between letters, as in example.org or kari@example.org, is what mail programs turn
# into links; so is a scheme. "St. Olav" and "No.1" hold neither.
_ADDRESS = re.compile(r"://|\w\.[^\W\d_]{2,}|\bwww\.", re.IGNORECASE)


# Browsers read the full stop of Chinese and Japanese as one of a domain, too.
_LATIN_STOP = re.compile(r"(?<=[!-~])。(?=[!-~])")


def holds_address(text: str) -> bool:
    """Return whether a mail program could make a link of something in ``text``."""
    plain = _LATIN_STOP.sub(".", unicodedata.normalize("NFKC", text))
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return _ADDRESS.search(plain) is not None


def refuse_address(name: str) -> None:
    """Refuse a name that holds a web or email address: names stand in emails to strangers."""
    if holds_address(name):
        raise ValidationError(
            _(
                "Write a name without a web or email address in it. "
                "If this is none, put a space behind the full stop."
            ),
            code="address_in_name",
        )


SAYS_NO_PASSWORD = _(
    "Leave the name and password out of the address: whoever sees it here could sign in with them."
)


def holds_password(address: str) -> bool:
    """Return whether a web address holds a name or a password, as in https://name:word@host."""
    try:
        return "@" in urlsplit(address).netloc
    except ValueError:
        return False  # no address at all, which others say


def refuse_password(address: str) -> None:
    """Refuse an address with somebody's name or password: addresses are shown to everybody."""
    if holds_password(address):
        raise ValidationError(SAYS_NO_PASSWORD, code="password_in_address")
