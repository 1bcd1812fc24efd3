"""The short form of each row of the fault table; ``make test-faults`` does them in full."""

import json
import os
import random
import subprocess
import sys
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.faults.servers import ROOT, postgres_programs, wait_for
from tests.faults.sizes import BROKEN, BROKEN_PATIENCE, SHORT

pytestmark = [pytest.mark.faults, pytest.mark.slow]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database that is up to date, so that no scenario has to make one."""
    path = tmp_path_factory.mktemp("faults") / "template.sqlite3"
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": f"sqlite:///{path}",
            "DJANGO_SETTINGS_MODULE": "strategy_planner.settings",
        },
        check=True,
    )
    return path


def ended(template: Path, name: str, *words: str) -> dict[str, Any]:
    """Run a scenario in a process of its own; the seed is printed with what came of it."""
    seed = ("--seed", str(random.randrange(10_000)))
    scenario = subprocess.Popen(
        [sys.executable, "-m", "tests.faults", name, "--short", *seed, *words],
        cwd=ROOT,
        env={**os.environ, "FAULTS_TEMPLATE": str(template)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        said, errors = scenario.communicate(timeout=200)
    finally:
        scenario.terminate()  # not killed: it ends what it has started
        scenario.wait()
    print(said, errors)
    answer: dict[str, Any] = json.loads(said.splitlines()[-1])
    return answer


@pytest.mark.parametrize("name", SHORT)
def test_nothing_is_lost(name: str, template: Path) -> None:
    if name == "postgres" and not postgres_programs():
        pytest.skip("PostgreSQL's server programs are not installed.")
    words = ("--database", "postgres") if name == "postgres" else ()

    assert ended(template, name, *words)["failure"] == ""


@pytest.mark.parametrize(
    ("name", "fault"), [(name, fault) for name, faults in BROKEN.items() for fault in faults]
)
def test_a_program_that_is_broken_does_not_pass(name: str, fault: str, template: Path) -> None:
    words = ("--broken", fault, "--patience", str(BROKEN_PATIENCE))

    assert ended(template, name, *words)["failure"] != ""


@pytest.mark.parametrize("is_stopped", [True, False], ids=["stopped", "out of patience"])
def test_nothing_that_was_started_goes_on(is_stopped: bool, template: Path) -> None:
    mark = f"FAULTS_MARK={uuid.uuid4()}"
    scenario = subprocess.Popen(
        [sys.executable, "-m", "tests.faults", "kill_smtp", "--short", "--patience", "0"],
        cwd=ROOT,
        env={**os.environ, "FAULTS_TEMPLATE": str(template), "FAULTS_MARK": mark.partition("=")[2]},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_for("workers", lambda: len(marked(mark)) > 5, 120, pause=0.2)

    if is_stopped:
        scenario.terminate()

    assert scenario.wait(200) == 1
    assert marked(mark) == []


def marked(mark: str) -> list[int]:
    """Return the processes that run with ``mark`` in their environment."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if mark.encode() in environment.read_bytes():
                found.append(int(environment.parent.name))
    return found
