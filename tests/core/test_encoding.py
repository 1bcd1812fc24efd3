"""A request in another encoding is answered before anything tries to read it."""

import io
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from strategy_planner.wsgi import application

PART = b'--X\r\nContent-Disposition: form-data; name="login"\r\n\r\n+2AA-\r\n--X--\r\n'


def asked(kind: str, method: str = "GET", body: bytes = b"") -> tuple[str, bytes]:
    """Ask the program itself, as a web server does; return status and body."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": "/accounts/login/",
        "QUERY_STRING": "next=/",
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    setup_testing_defaults(environ)
    said: list[str] = []
    answer = application(environ, lambda status, headers, error=None: said.append(status))
    return said[0], b"".join(answer)


@pytest.mark.parametrize(
    "facts",
    [
        "charset=rot13",
        "charset=hex",
        "charset=idna",
        "charset=undefined",
        "charset=utf-7",
        "charset=latin-1",
        "charset*=nothing''utf-8",
    ],
)
def test_bad_input_in_another_encoding_is_a_sentence(facts: str) -> None:
    address, sentence = asked(f"text/plain; {facts}")
    sent, _page = asked(f"multipart/form-data; boundary=X; {facts}", "POST", PART)

    assert address == sent == "400 Bad Request"
    assert b"Send this in UTF-8" in sentence


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["", "text/html", "text/html; charset=UTF-8", "nonsense;;="])
def test_utf_8_comes_in(kind: str) -> None:
    status, page = asked(kind)

    assert status == "200 OK"
    assert b"Sign in" in page
