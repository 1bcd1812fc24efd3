"""A real run in a folder of its own: real Valkey, web server, worker and clock."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from scripts.install import ROOT
from scripts.run import free_port

pytestmark = pytest.mark.slow


class Run:
    """One ``make run``, and the processes that it has started."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.port = free_port()
        self.printed = folder / f"printed-{self.port}"
        given = {"DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "SITE_URL", "HOST", "EMAIL_URL"}
        env = {name: value for name, value in os.environ.items() if name not in given}
        with self.printed.open("wb") as printed:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "scripts.run"],
                cwd=ROOT,
                env=env | {"PORT": str(self.port), "VAR_DIR": str(folder / "var")} | more,
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def text(self) -> str:
        """Return what the person has read so far."""
        return self.printed.read_text()

    def wait_until_serving(self) -> None:
        """Return when the address is printed."""
        wait_for(lambda: "Ctrl-C stops everything" in self.text() or self.ended(), 180)
        assert not self.ended(), self.text()

    def ended(self) -> bool:
        """Tell whether the run itself has ended."""
        return self.process.poll() is not None

    def family(self) -> set[int]:
        """Return the numbers of all processes that the run has started, down to the last."""
        listed = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
        ).stdout
        parents = {int(pid): int(parent) for pid, parent in map(str.split, listed.splitlines())}
        found = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return found - {self.process.pid}

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Return status and text of a page."""
        with contextlib.closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()


def wait_for(condition: Callable[[], bool], seconds: float) -> None:
    """Return when ``condition`` holds; fail when it does not within ``seconds``."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def alive(pids: set[int]) -> set[int]:
    """Return those of ``pids`` that still run (a zombie does not)."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,stat="], capture_output=True, text=True, check=True
    ).stdout
    running = {int(pid) for pid, state in map(str.split, listed.splitlines()) if state[0] != "Z"}
    return pids & running


def ask_for_secrets(run: Run) -> None:
    """Ask for pages that are found by a secret in their address, and in wrong ways for the same."""
    for path in (
        "/invitations/canary-1/",
        "/invitations/canary-2",
        "/accounts/confirm-email/canary-3/",
        "/accounts/password/reset/key/1-canary/",
        "/accounts/password/reset/key/1-canary/more/",
        "/accounts/login/?next=/invitations/canary-4/",
    ):
        run.get(path, Referer="http://127.0.0.1/invitations/canary-5/")
        with contextlib.closing(HTTPConnection("127.0.0.1", run.port, timeout=20)) as connection:
            connection.request("POST", path, headers={"Origin": "null"})  # no token: 403
            connection.getresponse()


def open_to_others(folder: Path) -> list[str]:
    """Return what below ``folder`` others than its owner may read."""
    return [str(path) for path in (folder, *folder.rglob("*")) if path.lstat().st_mode & 0o077]


@contextlib.contextmanager
def half_sent(port: int, number: int) -> Iterator[None]:
    """Hold ``number`` connections open, each with half of a request."""
    with contextlib.ExitStack() as held:
        for _number in range(number):
            line = held.enter_context(socket.create_connection(("127.0.0.1", port)))
            line.sendall(b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        time.sleep(0.5)
        yield


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Run]]:
    """Starts runs in one folder; whatever the test does to them, nothing is left."""
    runs: list[Run] = []

    def start_one() -> Run:
        runs.append(Run(tmp_path))
        runs[-1].wait_until_serving()
        return runs[-1]

    yield start_one

    for run in runs:
        if not run.ended():
            run.process.terminate()
            run.process.wait(30)


def test_run_serves_stops_cleanly_and_serves_again_after_being_killed(
    start: Callable[[], Run], tmp_path: Path
) -> None:
    var = tmp_path / "var"
    key = var / "secret_key"
    (var / "log").mkdir(parents=True)
    (var / "log" / "web.log").write_text("from an earlier release\n")
    for path in (var, var / "log", var / "log" / "web.log"):
        path.chmod(0o755)

    first = start()
    status, page = first.get("/accounts/login/")
    bundle = re.search(r'href="(/static/dist/core[^"]*\.css)"', page)
    family = first.family()
    key_of_first = key.read_text()

    assert status == 200
    assert bundle
    assert first.get(bundle[1])[0] == 200
    assert 'action="/accounts/login/"' in first.get("/accounts/login/", SCRIPT_NAME="/evil")[1]
    assert len(family) >= 6  # guard, valkey, gunicorn and two processes, worker and its own
    assert f"http://127.0.0.1:{first.port}" in first.text()
    assert "with one press" in first.text()

    ask_for_secrets(first)
    assert "[secret]" in (var / "log" / "web.log").read_text()
    assert "canary" not in (var / "log" / "web.log").read_text()
    assert re.search(r"^\S+ \S+ INFO celery\S*: ", (var / "log" / "worker.log").read_text(), re.M)
    assert open_to_others(var) == []

    with half_sent(first.port, 64):
        began = time.monotonic()
        assert first.get("/accounts/login/")[0] == 200
        assert time.monotonic() - began < 2

    first.process.send_signal(signal.SIGINT)
    first.process.wait(30)

    assert first.process.returncode == 0
    assert first.text().endswith("\nStopped.\n")
    assert not alive(family)

    beyond = Run(tmp_path, HOST="127.0.0.2")
    beyond.process.wait(60)

    assert beyond.process.returncode == 1
    assert beyond.text().splitlines()[-1].startswith("The database holds the demo, whose people")

    (log,) = (var / "valkey" / "appendonlydir").glob("*.incr.aof")
    with log.open("ab") as file:
        file.write(b"\x00garbage\xff" * 10)
    second = start()
    family = second.family()

    assert "Valkey could not read what it had stored" in second.text()

    assert "gathering static files" not in second.text()
    assert second.get("/accounts/login/")[0] == 200
    assert key.read_text() == key_of_first

    second.process.kill()
    second.process.wait()

    wait_for(lambda: not alive(family), 30)  # the guard ends what a killed run leaves
