"""Receivers in a process of their own; each writes a line for every message that it took.

``python -m tests.faults.sinks smtp PORT LOG MILLISECONDS``: the line is written before the answer is
given, which takes so many milliseconds more. A receiver of another kind is one more function.
"""

import asyncio
import signal
import sys
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Postman:
    """Takes every email, slowly."""

    def __init__(self, log: Path, seconds: float) -> None:
        self.log = log.open("a", buffering=1)
        self.seconds = seconds

    async def handle_DATA(  # noqa: N802  # named by aiosmtpd
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content)
        key = letter["Message-ID"].strip("<>").partition("@")[0]
        self.log.write(f"{key} {envelope.rcpt_tos[0]}\n")
        await asyncio.sleep(self.seconds)
        return "250 taken"


def smtp(port: int, log: Path, seconds: float) -> None:
    """Take emails until the process is ended."""
    controller = Controller(Postman(log, seconds), hostname="127.0.0.1", port=port)
    controller.start()
    signal.pause()


SINKS = {"smtp": smtp}

if __name__ == "__main__":
    kind, port, log, milliseconds = sys.argv[1:]
    SINKS[kind](int(port), Path(log), float(milliseconds) / 1000)
