"""The short form of each row of the fault table; ``make test-faults`` does them in full."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.servers import ROOT, postgres_programs
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
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", name, "--short", *seed, *words],
        cwd=ROOT,
        env={**os.environ, "FAULTS_TEMPLATE": str(template)},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    print(done.stdout, done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
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
