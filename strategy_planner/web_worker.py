"""gunicorn's threaded worker, with threads only for requests that have arrived in full.

gunicorn's own (27.0, gthread) gives a connection a thread while the request comes in and, when it
closes one, waits up to 2 s in the only thread that accepts others: sixteen clients that send half
a request, or that keep a closed connection open, stop everybody else. Here a connection waits in
the poller, where it costs a file descriptor, until its request is whole.

For plain HTTP: TLS ends in the proxy.
"""

import os
import re
import socket
import struct
from enum import Enum
from time import monotonic
from typing import Any

from gunicorn.workers.gthread import _DEFER, TConn, ThreadWorker

#: Bytes of a request's body. Django takes 2,621,440 (DATA_UPLOAD_MAX_MEMORY_SIZE).
LONGEST_BODY = 2_700_000
#: Bytes of the body of an upload, at the addresses that take files: a video and what is around it.
LONGEST_UPLOAD = max(11, int(os.environ.get("LONGEST_VIDEO_MB", "25")) + 1) * 1_000_000
#: Bytes before the body.
LONGEST_HEAD = 65_536
#: Seconds from the first look at a request until it must be whole.
PATIENCE = 60.0
#: Seconds that a client gets to close the connection after its last answer.
FAREWELL = 5.0
#: Seconds that a thread waits for a client that takes nothing of its answer.
STALL = 10
#: Bytes of an answer that the system takes off a thread's hands; it may allow less.
ANSWER = 1_000_000

_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d+)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_UPLOAD = re.compile(
    rb"POST /w/[^/ ?]+/(?:calendar/posts/[0-9a-f-]{36}/media/add|channels/access/bring-in)/[ ?]"
)
_CHUNKED = re.compile(rb"^transfer-encoding[ \t]*:", re.IGNORECASE | re.MULTILINE)
_REFUSAL = b"HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Arrived(Enum):
    """How much of a request is there."""

    PART = "part"
    ALL = "all"
    NOTHING_MORE = "nothing more"  # the client is gone, or too slow
    TOO_LONG = "413 Content Too Large"
    NO_LENGTH = "411 Length Required"
    LONG_HEAD = "431 Request Header Fields Too Large"


def arrived(held: bytes) -> Arrived:
    """Judge what has come in so far; what is no HTTP is left to the parser to refuse."""
    head, end, body = held.lstrip(b"\r\n").partition(b"\r\n\r\n")
    if not end:
        return Arrived.LONG_HEAD if len(held) > LONGEST_HEAD else Arrived.PART
    if _CHUNKED.search(head):
        return Arrived.NO_LENGTH  # no browser sends one, and its end cannot be foreseen
    found = _LENGTH.search(head)
    if found is None:
        return Arrived.ALL
    longest = LONGEST_UPLOAD if _UPLOAD.match(head) else LONGEST_BODY
    if len(found[1]) > 12 or int(found[1]) > longest:
        return Arrived.TOO_LONG
    return Arrived.ALL if len(body) >= int(found[1]) else Arrived.PART


class Connection(TConn):  # type: ignore[misc]  # gunicorn has no types
    """A client's connection, which never makes a thread wait for the client's next bytes."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.until: float | None = None  # when the request must be whole
        self.leaves_at: float | None = None
        stall = struct.pack("ll", STALL, 0)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, stall)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, stall)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ANSWER)

    def collect(self) -> Arrived:
        """Take in what has arrived, and wait for nothing."""
        self.init()
        self.sock.setblocking(False)
        self.until = self.until or monotonic() + PATIENCE
        unreader = self.parser.unreader
        held = [unreader.take_buffered()]
        longest = LONGEST_UPLOAD if _UPLOAD.match(held[0]) else LONGEST_BODY
        taken, is_open = len(held[0]), True
        try:
            while taken <= LONGEST_HEAD + longest:
                held.append(self.sock.recv(65_536))
                taken += len(held[-1])
                if not held[-1]:
                    is_open = False
                    break
        except BlockingIOError:
            pass
        request = b"".join(held)
        unreader.unread(request)
        found = arrived(request)
        if found is Arrived.PART and (not is_open or monotonic() > self.until):
            return Arrived.NOTHING_MORE
        return found

    def refuse(self, reason: Arrived) -> None:
        """Answer without reading on."""
        self.sock.setblocking(True)
        self.sock.sendall(_REFUSAL % reason.value.encode())

    def leave(self) -> bool:
        """Say that no more answers come; tell whether the client may still read the last one.

        Closed at once, with bytes of the client unread, the connection would be reset, and the
        client might never see the end of its answer.
        """
        self.leaves_at = monotonic() + FAREWELL
        try:
            self.sock.shutdown(socket.SHUT_WR)
        except OSError:
            return False
        return self.is_still_there(self.leaves_at)

    def is_still_there(self, leaves_at: float) -> bool:
        """Throw away what a client sends after its last answer; tell whether to wait for it."""
        self.sock.setblocking(False)
        try:
            return bool(self.sock.recv(65_536)) and monotonic() < leaves_at
        except BlockingIOError:
            return monotonic() < leaves_at
        except OSError:
            return False

    def close(self, graceful: bool = False) -> None:
        """Close at once: ``leave`` has done the waiting."""
        super().close()


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Gives a thread to whole requests only."""

    def accept(self, listener: Any) -> None:
        """Take a connection in."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        self.enqueue_req(Connection(self.cfg, client, address, listener.getsockname()))

    def handle(self, conn: Connection) -> Any:
        """Answer a whole request; otherwise put the connection back into the poller."""
        try:
            if conn.leaves_at is not None:
                return self.later(conn.is_still_there(conn.leaves_at))
            match conn.collect():
                case Arrived.PART:
                    return self.later(True)
                case Arrived.NOTHING_MORE:
                    return False
                case Arrived.ALL:
                    if super().handle(conn):
                        conn.until = None
                        return True
                case refusal:
                    self.log.info("Refused a request of %s: %s", conn.client[0], refusal.value)
                    conn.refuse(refusal)
        except OSError:
            return False
        return self.later(conn.leave())

    def later(self, is_worth_it: bool) -> Any:
        """What ``handle`` returns for a connection to look at again; a worker that stops closes it."""
        return _DEFER if is_worth_it and self.alive else False
