"""The run script by itself: addresses, the lock of a folder, what a person reads."""

import os
import socket
from pathlib import Path

import pytest

from scripts import run
from scripts.install import Ended, Failed


@pytest.mark.parametrize("text", ["0", "65536", "-1", "eight", "80.5", "", "８０００"])
def test_port_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Failed, match="is not a port: choose a number"):
        run.chosen_port(text)


def test_taken_port_is_one_sentence_with_another_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(Failed) as raised:
            run.check_address("127.0.0.1", port)

    assert str(raised.value).startswith(f"Port {port} is taken by another program: choose another")
    assert "\n" not in str(raised.value)


def test_free_port_is_accepted() -> None:
    run.check_address("127.0.0.1", run.free_port())


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "x86_64-conda-linux-gnu"])
def test_host_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(Failed, match="is not an address of this machine: leave HOST out"):
        run.check_address(host, 8000)


@pytest.mark.parametrize(
    ("host", "loopback", "every", "written"),
    [
        ("127.0.0.1", True, False, "127.0.0.1"),
        ("localhost", True, False, "localhost"),
        ("::1", True, False, "[::1]"),
        ("0.0.0.0", False, True, "0.0.0.0"),  # noqa: S104 - what a person may type
        ("::", False, True, "[::]"),
        ("planner.local", False, False, "planner.local"),
    ],
)
def test_kinds_of_host(host: str, loopback: bool, every: bool, written: str) -> None:
    assert run.is_loopback(host) is loopback
    assert run.is_every_address(host) is every
    assert run.in_url(host) == written


def test_demo_sign_ins_are_not_shown_where_others_can_reach_them() -> None:
    shown = run.welcome("127.0.0.1", "http://127.0.0.1:8000", "admin@x  secret", 1.0)
    hidden = run.welcome("0.0.0.0", "http://box:8000", "admin@x  secret", 1.0)  # noqa: S104

    assert "admin@x  secret" in shown
    assert "Mail goes as files into" in shown
    assert "secret" not in hidden
    assert "first_admin" in hidden


def test_others_may_type_the_names_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "VAR", tmp_path)
    monkeypatch.delenv("ALLOWED_HOSTS", raising=False)
    monkeypatch.delenv("SITE_URL", raising=False)

    env = run.environment("0.0.0.0", 8000)  # noqa: S104

    assert env["MODE"] == "demo"
    assert socket.gethostname() in env["ALLOWED_HOSTS"].split(",")
    assert "*" not in env["ALLOWED_HOSTS"]
    assert "0.0.0.0" not in env["SITE_URL"]  # noqa: S104
    assert "ALLOWED_HOSTS" not in run.environment("127.0.0.1", 8000)


def test_secret_key_is_made_once_and_kept_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "VAR", tmp_path)

    key = run.secret_key()

    assert len(key) >= 50
    assert run.secret_key() == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("half", ["", "half of a key", "\x00" * 80], ids=["none", "half", "zeros"])
def test_secret_key_of_which_only_a_part_is_there_is_made_anew(
    half: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "VAR", tmp_path)
    (tmp_path / "secret_key").write_text(half)

    key = run.secret_key()

    assert len(key) >= 50
    assert key == run.secret_key()
    assert key != half


def test_what_is_stored_is_closed_to_others_and_nothing_else_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "VAR", tmp_path / "var")
    stored = run.VAR / "mail" / "letter"
    elsewhere = tmp_path / "elsewhere"
    stored.parent.mkdir(parents=True)
    for path in (stored, elsewhere, run.VAR / "planner.sqlite3-wal"):
        path.write_text("")
        path.chmod(0o644)
    (run.VAR / "log").symlink_to(elsewhere)
    for folder in (run.VAR, stored.parent):
        folder.chmod(0o755)

    run.close_to_others()

    own = (run.VAR, stored.parent, stored, run.VAR / "planner.sqlite3-wal", elsewhere)
    assert [oct(path.stat().st_mode & 0o777) for path in own] == [
        "0o700",
        "0o700",
        "0o600",
        "0o600",
        "0o644",
    ]

    (run.VAR / "letters of my own").mkdir(mode=0o755)
    run.VAR.chmod(0o755)
    run.close_to_others()

    assert run.VAR.stat().st_mode & 0o777 == 0o755
    assert (run.VAR / "letters of my own").stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(
    "output",
    [
        "Traceback:\n  …\ndjango.core.exceptions.ImproperlyConfigured: SITE_URL is not an address.\n",
        "Traceback:\n  …\ndjango.core.management.base.CommandError: SITE_URL is not an address.\n",
    ],
)
def test_what_the_program_refuses_is_its_own_sentence(output: str) -> None:
    with pytest.raises(Failed) as refusal:
        run.stop_if_refused(Ended(output))

    assert str(refusal.value) == "SITE_URL is not an address."
    run.stop_if_refused(Ended("ValueError: SITE_URL"))  # a fault, told with its last lines


def test_second_run_in_a_folder_is_told_where_the_first_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "VAR", tmp_path)

    with (
        run.the_only_run("http://127.0.0.1:8000"),
        pytest.raises(Failed, match=r"already runs from this folder, at http://127\.0\.0\.1:8000:"),
        run.the_only_run("http://127.0.0.1:8001"),
    ):
        pass

    with run.the_only_run("http://127.0.0.1:8001"):
        assert (tmp_path / "run.lock").read_text() == f"{os.getpid()} http://127.0.0.1:8001\n"
