"""A real run in a folder of its own: real Valkey, web server, worker and clock."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
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
        wait_for(lambda: "Ctrl-C stops everything" in self.text() or self.ended(), 60)
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

    def get(self, path: str) -> tuple[int, str]:
        """Return status and text of a page."""
        address = f"http://127.0.0.1:{self.port}{path}"
        with urllib.request.urlopen(address, timeout=20) as answer:
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
def running(tmp_path: Path) -> Iterator[Run]:
    """A run that serves; whatever the test does to it, nothing is left."""
    run = Run(tmp_path)
    try:
        run.wait_until_serving()
        yield run
    finally:
        if not run.ended():
            run.process.terminate()
            run.process.wait(20)


def test_run_serves_and_interruption_leaves_nothing_behind(running: Run) -> None:
    status, page = running.get("/accounts/login/")
    bundle = re.search(r'href="(/static/dist/core[^"]*\.css)"', page)
    family = running.family()

    assert status == 200
    assert bundle
    assert running.get(bundle[1])[0] == 200
    assert len(family) >= 6  # guard, valkey, gunicorn and two processes, worker and its own
    assert f"http://127.0.0.1:{running.port}" in running.text()

    running.process.send_signal(signal.SIGINT)
    running.process.wait(20)

    assert running.process.returncode == 0
    assert running.text().endswith("\nStopped.\n")
    assert not alive(family)


def test_killed_run_is_cleaned_up_and_its_data_serves_again(running: Run, tmp_path: Path) -> None:
    family = running.family()
    key = (tmp_path / "var" / "secret_key").read_text()

    running.process.kill()
    running.process.wait()
    again = Run(tmp_path)  # waits for the guard of the first
    try:
        again.wait_until_serving()

        assert not alive(family)
        assert again.get("/accounts/login/")[0] == 200
        assert (tmp_path / "var" / "secret_key").read_text() == key
    finally:
        again.process.terminate()
        again.process.wait(20)
    assert again.process.returncode == 0
