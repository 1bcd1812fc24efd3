"""Log lines without secrets: some addresses carry one, such as the link of an invitation."""

import logging
import re
from typing import Any

#: What stands behind these paths lets whoever reads it in. Members' own pages of an invitation
#: (/w/…/people/invitations/…) name it by its uid, which is no secret.
_SECRET = re.compile(
    r"((?<!/people)/invitations/|/accounts/confirm-email/|/accounts/password/reset/key/|/less-email/|/shared/)[^\s\"'?]+",
    re.IGNORECASE,
)

#: Line ends, control characters and marks that change the direction of writing.
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")

FORMAT = "{asctime} {levelname} {name}: {message}"


def without_secrets(text: str) -> str:
    """Return ``text`` with “[secret]” where a path in it holds a token."""
    return _SECRET.sub(r"\1[secret]", text)


def _escaped(sign: re.Match[str]) -> str:
    return sign.group().encode("unicode_escape").decode()


class LineFormatter(logging.Formatter):
    """One format for every log of the web server; no line of it, nor a traceback, holds a token."""

    def __init__(self) -> None:
        super().__init__(FORMAT, style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the library's name
        """Write the line; what an address holds beside readable text cannot begin another one."""
        return without_secrets(_UNREADABLE.sub(_escaped, super().formatMessage(record)))

    def formatException(self, *args: Any) -> str:  # noqa: N802  # the library's name
        return without_secrets(super().formatException(*args))
