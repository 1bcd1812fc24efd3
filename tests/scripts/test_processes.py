"""A real run in a folder of its own: real Valkey, web server, worker and clock."""

import contextlib
import os
import re
import signal
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

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.printed = folder / f"printed-{self.port}"
        given = {"DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "SITE_URL", "HOST", "EMAIL_URL"}
        env = {name: value for name, value in os.environ.items() if name not in given}
        with self.printed.open("wb") as printed:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "scripts.run"],
                cwd=ROOT,
                env=env | {"PORT": str(self.port), "VAR_DIR": str(folder / "var")},
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
    key = tmp_path / "var" / "secret_key"

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

    first.process.send_signal(signal.SIGINT)
    first.process.wait(30)

    assert first.process.returncode == 0
    assert first.text().endswith("\nStopped.\n")
    assert not alive(family)

    second = start()
    family = second.family()

    assert "gathering static files" not in second.text()
    assert second.get("/accounts/login/")[0] == 200
    assert key.read_text() == key_of_first

    second.process.kill()
    second.process.wait()

    wait_for(lambda: not alive(family), 30)  # the guard ends what a killed run leaves
