"""Log lines without secrets: some addresses carry one, such as the link of an invitation."""

import logging
import re

#: What stands behind these paths lets whoever reads it in. Members' own pages of an invitation
#: (/w/…/people/invitations/…) name it by its uid, which is no secret.
_SECRET = re.compile(
    r"((?<!/people)/invitations/|/accounts/confirm-email/|/accounts/password/reset/key/)[^\s\"'?]+",
    re.IGNORECASE,
)

FORMAT = "{asctime} {levelname} {name}: {message}"


def without_secrets(text: str) -> str:
    """Return ``text`` with “[secret]” where a path in it holds a token."""
    return _SECRET.sub(r"\1[secret]", text)


class LineFormatter(logging.Formatter):
    """One format for every log of the web server; no line of it, nor a traceback, holds a token."""

    def __init__(self) -> None:
        super().__init__(FORMAT, style="{")

    def format(self, record: logging.LogRecord) -> str:
        """Write the line."""
        return without_secrets(super().format(record))
