"""Receivers in a process of their own; each writes a line for every message that it took.

``python -m tests.faults.sinks KIND PORT LOG MILLISECONDS``: the line is written before the answer is
given, which takes so many milliseconds more. A receiver of another kind is one more function.
"""

import asyncio
import signal
import sys
import time
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
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


def webhook(port: int, log: Path, seconds: float) -> None:
    """Take webhooks until the process is ended; one that is not signed has no key."""
    with log.open("a", buffering=1) as lines:

        class Answering(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                key = self.headers["webhook-id"] if self.headers["webhook-signature"] else "none"
                lines.write(f"{key} {self.path}\n")
                time.sleep(seconds)
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        ThreadingHTTPServer(("127.0.0.1", port), Answering).serve_forever()


SINKS = {"smtp": smtp, "webhook": webhook}

if __name__ == "__main__":
    kind, port, log, milliseconds = sys.argv[1:]
    SINKS[kind](int(port), Path(log), float(milliseconds) / 1000)
