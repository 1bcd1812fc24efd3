"""What the settings refuse, each in a process of its own: they are read once."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts.install import ROOT

WHOLE = {
    "MODE": "production",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "planner.example.org",
    "SITE_URL": "https://planner.example.org",
    "DATABASE_URL": "postgres://planner@127.0.0.1:5432/planner",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}
ASKED = ("SITE_URL", "OPEN_SIGN_UP", "DEMO_SIGN_INS", "REFUSE_DEMO_PEOPLE")


def read(tmp_path: Path, **environment: str) -> "dict[str, Any] | str":
    """Return the settings that are asked here, or the sentence that stopped the start."""
    program = (
        "import json; from strategy_planner import settings as s;"
        f"print(json.dumps({{name: getattr(s, name) for name in {ASKED}}}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return done.stderr.rstrip().rpartition("ImproperlyConfigured: ")[2]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    "address",
    [
        "junk",
        "planner.example.org",
        "ftp://planner.example.org",
        "https://",
        "https:///w/",
        "https://kari:secret@planner.example.org",
        "https://planner.example.org/planner",
        "https://planner.example.org?a=b",
        "https://planner.example.org#a",
        "https://planner.example.org:port",
        "https://[planner",
        "https://planner example.org",
    ],
)
def test_site_url_that_is_no_address_stops_the_start_with_a_sentence(
    tmp_path: Path, address: str
) -> None:
    said = read(tmp_path, **WHOLE | {"SITE_URL": address})

    assert isinstance(said, str)
    assert said.startswith("SITE_URL ")
    assert said.endswith("such as https://planner.example.org.")
    assert "secret" not in said


@pytest.mark.parametrize(
    ("address", "read_as"),
    [
        ("https://planner.example.org", "https://planner.example.org"),
        ("https://planner.example.org/", "https://planner.example.org"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_site_url_is_scheme_and_host(tmp_path: Path, address: str, read_as: str) -> None:
    found = read(tmp_path, **WHOLE | {"SITE_URL": address})

    assert isinstance(found, dict)
    assert found["SITE_URL"] == read_as
    assert found["REFUSE_DEMO_PEOPLE"]
    assert not found["OPEN_SIGN_UP"]


@pytest.mark.parametrize(
    ("host", "is_loopback"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("127.0.0.2", False),
        ("0.0.0.0", False),  # noqa: S104 - what a person may type
        ("planner.local", False),
    ],
)
def test_demo_and_open_sign_up_are_there_on_loopback_only(
    tmp_path: Path, host: str, is_loopback: bool
) -> None:
    found = read(tmp_path, MODE="demo", HOST=host, SECRET_KEY=WHOLE["SECRET_KEY"])

    assert isinstance(found, dict)
    assert found["OPEN_SIGN_UP"] is found["DEMO_SIGN_INS"] is is_loopback
    assert found["REFUSE_DEMO_PEOPLE"] is not is_loopback
    assert found["SITE_URL"] == f"http://{'[::1]' if host == '::1' else host}:8000"


def test_a_demo_without_a_secret_key_is_refused(tmp_path: Path) -> None:
    assert str(read(tmp_path, MODE="demo")).startswith("SECRET_KEY is not set.")
