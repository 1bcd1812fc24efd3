"""Rules that hold for every page."""

import re

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from accounts.middleware import OwnLanguageMiddleware
from tests.conftest import ClientAs
from tests.factories import PASSWORD
from workspaces.models import Membership

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/accounts/login/?next=%00", "/?%00=1", "/%00", "/w/%00/"])
def test_bad_input_nul_in_the_address_is_a_sentence(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 400


def test_a_nul_in_a_field_is_dropped(reader: Membership, client: Client) -> None:
    login = reader.user.email.replace("@", "\x00@")

    response = client.post("/accounts/login/", {"login": login, "password": PASSWORD})

    assert response.status_code == 302


@pytest.mark.parametrize(
    "cookie",
    [
        'sessionid="\\000abcdefghij"',
        "sessionid=abc\x00defghij",
        "csrftoken=\x00",
        "\x00=1",
        "any=\x00",
    ],
)
def test_bad_input_nul_in_a_cookie_is_a_sentence_before_the_session_is_read(
    client: Client, cookie: str
) -> None:
    with CaptureQueriesContext(connection) as asked:
        response = client.get("/", headers={"Cookie": cookie})

    assert response.status_code == 400
    assert "Nothing was changed" in response.text
    assert not asked.captured_queries


@pytest.mark.parametrize(
    "cookie",
    [
        "sessionid=" + "9" * 5000,
        "sessionid=\xff\xfe\xfd",
        "sessionid=\xed\xa0\x80\xed\xa0\x80",
        'sessionid="\\377\\376\\001abc"',
        "django_language=" + "x" * 5000,
        "csrftoken=" + "\xff" * 40,
        "=;;=;" * 500,
    ],
)
def test_bad_input_other_cookies_are_nobodys_session(client: Client, cookie: str) -> None:
    response = client.get("/", headers={"Cookie": cookie})

    assert response.status_code == 200
    assert "data-user" not in response.content.decode()


@pytest.mark.parametrize(
    "value", ["\x00", "\xff\xfe", "\xed\xa0\x80", "http://[", "9" * 5000, "bytes=" + "9" * 5000]
)
def test_bad_input_in_a_header_breaks_nothing(client: Client, value: str) -> None:
    for name in (
        "Accept",
        "Accept-Encoding",
        "Accept-Language",
        "HX-Current-URL",
        "HX-Request",
        "HX-Target",
        "If-Modified-Since",
        "If-None-Match",
        "Origin",
        "Range",
        "Referer",
        "User-Agent",
        "X-Autosave",
        "X-Forwarded-For",
    ):
        page = client.get("/accounts/login/", headers={name: value})
        sent = client.post("/accounts/login/", {"login": "half@"}, headers={name: value})
        served = client.get("/static/favicon.svg", headers={name: value})
        # Its own close() would close the database too.
        for close_file in served._resource_closers:  # type: ignore[attr-defined]
            close_file()

        assert page.status_code == sent.status_code == 200, name
        assert served.status_code in {200, 206, 304, 416}, name


@pytest.mark.parametrize("host", ["\x00", "\xff", "a" * 5000, "[::1"])
def test_bad_input_in_the_host_is_a_sentence(client: Client, host: str) -> None:
    assert client.get("/accounts/login/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    "path", ["/%ff/", "/%ed%a0%80/", "/w/%ff%fe/", "/" + "9" * 5000, "/w/" + "9" * 5000 + "/"]
)
def test_bad_input_in_the_path_is_not_found(
    client_as: ClientAs, reader: Membership, path: str
) -> None:
    assert client_as(reader).get(path).status_code == 404


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("/accounts/login/", {"Host": "evil.example"}, 400),
        ("/accounts/login", {}, 301),
        ("/nothing/", {}, 404),
        ("/w/fjordlys/", {}, 302),
        ("/accounts/login/", {}, 200),
    ],
)
def test_every_answer_says_what_a_page_may_load(
    client: Client, address: str, headers: dict[str, str], status: int
) -> None:
    response = client.get(address, headers=headers)

    assert response.status_code == status
    assert response.headers["Content-Security-Policy"].count("default-src 'none'")
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("header", ["X-Autosave", "X-Order"])
def test_a_script_without_a_session_is_told_so_and_a_person_is_led(
    client: Client, header: str
) -> None:
    assert client.post("/w/fjordlys/", headers={header: "1"}).status_code == 401
    assert client.post("/w/fjordlys/").headers["Location"].startswith("/accounts/login/")


def test_pages_of_who_is_signed_in_are_kept_nowhere(
    client: Client, reader: Membership, client_as: ClientAs
) -> None:
    page = client_as(reader).get("/w/fjordlys/people/")

    assert page.headers["Cache-Control"] == "private, no-store"
    assert not client.get("/nothing/").has_header("Cache-Control")


def test_server_timing_counts_the_questions_to_the_database(
    reader: Membership, client_as: ClientAs, settings: Settings
) -> None:
    settings.MIDDLEWARE = ["core.middleware.ServerTimingMiddleware", *settings.MIDDLEWARE]
    client = client_as(reader)
    client.get("/w/fjordlys/people/")

    with CaptureQueriesContext(connection) as asked:
        page = client.get("/w/fjordlys/people/")

    said = re.fullmatch(r"app;dur=[\d.]+, db;desc=(\d+)", page.headers["Server-Timing"])
    assert said
    assert int(said[1]) == len(asked)


def test_a_person_is_answered_in_their_own_time_zone_and_the_next_one_in_theirs(
    reader: Membership, rf: RequestFactory
) -> None:
    reader.user.timezone = "Asia/Tokyo"
    seen: list[str] = []

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    for person in (reader.user, AnonymousUser()):
        request = rf.get("/")
        request.user = person
        OwnLanguageMiddleware(answer)(request)

    assert seen == ["Asia/Tokyo", configured.TIME_ZONE]
