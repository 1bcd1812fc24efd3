"""The web server with clients that send half of something, or do not go away."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from django.urls import reverse

from scripts.install import ROOT
from scripts.run import free_port
from strategy_planner.web_worker import LONGEST_BODY, LONGEST_UPLOAD, Arrived, arrived

GET = b"GET / HTTP/1.1\r\nHost: x\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\n"

CLIENTS = {
    "idle": b"",
    "half a line": b"GET / HT",
    "half a head": GET,
    "half a body": POST + b"Content-Length: 100\r\n\r\nabc",
    "half a second request": GET + b"\r\n" + GET,
    "an endless head": GET + b"X: " + b"a" * 70_000,
    "an endless body": POST + b"Content-Length: 99999999999\r\n\r\nabc",
    "half a chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
    "no http": b"junk\r\n\r\n",
    "not leaving": b"GET / HTTP/1.0\r\n\r\n",
    "not reading": b"GET /long/ HTTP/1.1\r\nHost: x\r\n\r\n",
}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "tests.scripts.small_app"]
    process = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            break
        time.sleep(0.05)
    yield port
    process.terminate()
    assert process.wait(20) == 0


def ask(
    port: int, method: str = "GET", body: bytes = b"", path: str = "/", **headers: str
) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection):
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        answer.text = answer.read().decode()  # type: ignore[attr-defined]
        return answer


@pytest.mark.slow
@pytest.mark.parametrize("sent", CLIENTS.values(), ids=CLIENTS.keys())
def test_clients_that_stall_keep_nobody_waiting(port: int, sent: bytes) -> None:
    with contextlib.ExitStack() as held:
        for _number in range(64):
            line = socket.socket()
            held.enter_context(line)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            line.connect(("127.0.0.1", port))
            with contextlib.suppress(OSError):
                line.sendall(sent)
        time.sleep(0.3)

        began = time.monotonic()
        answers = [ask(port).status for _number in range(4)]
        took = time.monotonic() - began

    assert answers == [200] * 4
    assert took < 2


@pytest.mark.slow
def test_requests_that_arrive_in_pieces_are_answered(port: int) -> None:
    body = b"b" * 100_000
    request = POST + f"Content-Length: {len(body)}\r\n\r\n".encode() + body + GET + b"\r\n"
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        for begin in range(0, len(request), 9_000):
            line.sendall(request[begin : begin + 9_000])
            time.sleep(0.01)
        found = b""
        while found.count(b" bytes") < 2:
            found += line.recv(4_096)

    assert b"100000 bytes" in found
    assert found.endswith(b"0 bytes")


@pytest.mark.slow
def test_one_connection_carries_many_requests(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection):
        for number in range(20):
            connection.request("POST", "/", b"x" * number)
            assert connection.getresponse().read() == f"{number} bytes".encode()


@pytest.mark.slow
def test_requests_that_are_too_long_or_of_unknown_length_are_refused_and_told(port: int) -> None:
    whole = ask(port, "POST", b"x" * (LONGEST_BODY - 1))
    chunked = ask(port, "POST", b"1\r\na\r\n0\r\n\r\n", **{"Transfer-Encoding": "chunked"})
    announced = ask(port, "POST", b"", **{"Content-Length": str(LONGEST_BODY + 1)})
    head = ask(port, "GET", b"", **{f"X-{number}": "a" * 8_000 for number in range(9)})

    assert whole.status == 200
    assert chunked.status == 411
    assert announced.status == 413
    assert head.status == 200  # in full, and within what gunicorn takes


LIST = "/w/fjordlys/channels/access/bring-in/"
MEDIA = "/w/fjordlys/calendar/posts/0f261299-d338-469b-95f3-79d68abc5cfa/media/add/"


@pytest.mark.slow
def test_upload_may_be_longer_at_the_addresses_of_files_only(port: int) -> None:
    body = b"x" * (LONGEST_BODY + 1_000_000)

    for path in (MEDIA, LIST):
        assert ask(port, "POST", body, path=path).text == f"{len(body)} bytes"  # type: ignore[attr-defined]
    for path in ("/", "/w/fjordlys/calendar/posts/add/", f"/elsewhere?{MEDIA}", f"/x{MEDIA}"):
        announced = {"Content-Length": str(len(body))}
        assert ask(port, "POST", b"", path=path, **announced).status == 413
    too_long = {"Content-Length": str(LONGEST_UPLOAD + 1)}
    assert ask(port, "POST", b"", path=MEDIA, **too_long).status == 413


def test_upload_addresses_are_those_of_the_forms_that_take_files() -> None:
    uid = "0f261299-d338-469b-95f3-79d68abc5cfa"

    assert reverse("calendar:media_add", args=["fjordlys", uid]) == MEDIA
    assert reverse("networks:access_import", args=["fjordlys"]) == LIST


@pytest.mark.slow
def test_head_without_end_is_refused_and_told(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(CLIENTS["an endless head"])

        assert line.recv(100).startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize(
    ("held", "found"),
    [
        (b"", Arrived.PART),
        (b"\r\n\r\n", Arrived.PART),
        (GET, Arrived.PART),
        (GET + b"\r\n", Arrived.ALL),
        (b"\r\n" + GET + b"\r\n", Arrived.ALL),
        (POST + b"content-length: 3\r\n\r\nab", Arrived.PART),
        (POST + b"content-length: 3\r\n\r\nabc", Arrived.ALL),
        (POST + b"CONTENT-LENGTH:0\r\n\r\n", Arrived.ALL),
        (POST + b"Content-Length: 1\r\n\r\nabc", Arrived.ALL),
        (POST + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n", Arrived.TOO_LONG),
        (POST + b"X: 1\r\nTransfer-Encoding: chunked\r\n\r\n", Arrived.NO_LENGTH),
        (b"junk\r\n\r\n", Arrived.ALL),
        (b"x" * 70_000, Arrived.LONG_HEAD),
    ],
)
def test_arrived(held: bytes, found: Arrived) -> None:
    assert arrived(held) is found


def test_settings_are_found_where_the_docs_start_the_server() -> None:
    assert (Path(ROOT) / "gunicorn.conf.py").exists()
