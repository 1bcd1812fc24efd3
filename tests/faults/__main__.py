"""``python -m tests.faults NAME``: run one scenario, or all of them in full (``make test-faults``).

``--short`` takes the small sizes, ``--number``, ``--times``, ``--pause``, ``--patience`` and ``--seed`` others,
``--database postgres`` another database, ``--broken FAULT`` a program that must fail.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

from tests.faults.servers import Place, postgres_programs
from tests.faults.sizes import BROKEN, BROKEN_PATIENCE, FULL, SHORT, Size

#: What of a size can be given otherwise.
CHANGES = ("number", "times", "pause", "patience", "seed")
TEMPLATE = "FAULTS_TEMPLATE"  # a SQLite file that is up to date, to begin with


def run(words: argparse.Namespace) -> int:
    """Run one scenario in this process and print its figures as one line of JSON."""
    env = {}
    if words.broken:
        env["FAULTS_BROKEN"] = words.broken
    with Place(database=words.database, **env) as place:
        os.environ.update(place.env)
        import django

        django.setup()
        from django.core.management import call_command

        from tests.faults import scenarios

        size = (SHORT if words.short else FULL)[words.name]
        given = {key: getattr(words, key) for key in CHANGES}
        changed = {key: value for key, value in given.items() if value is not None}
        size = Size(**{**size.__dict__, **changed})
        place.env |= {"FAULTS_LEASE": str(size.lease), "FAULTS_TICK": str(size.tick)}
        template = os.environ.get(TEMPLATE)
        if template and words.database == "sqlite":
            shutil.copy(template, place.folder / "planner.sqlite3")
        else:
            call_command("migrate", verbosity=0)
        began = time.monotonic()
        failure = ""
        try:
            figures = scenarios.SCENARIOS[words.name](place, size)
        except (AssertionError, TimeoutError) as error:
            figures, failure = {}, str(error) or repr(error)
        answer = {
            "name": words.name,
            "database": words.database,
            "broken": words.broken,
            "size": size.__dict__,
            "figures": figures,
            "failure": failure,
            "seconds": round(time.monotonic() - began, 1),
        }
        print(json.dumps(answer), flush=True)
        if failure and not words.broken:
            for log in sorted(place.folder.glob("*.log")):
                print(f"--- {log.name}\n{log.read_text(errors='replace')[-2000:]}", file=sys.stderr)
    return 1 if failure else 0


def run_all(words: argparse.Namespace) -> int:
    """Run all scenarios, whole and broken; return 1 when one did not end as it must."""
    wrong = 0
    for name, database, broken in plan():
        command = [sys.executable, "-m", "tests.faults", name, "--database", database]
        command += ["--broken", broken, "--patience", str(BROKEN_PATIENCE)] if broken else []
        command += ["--short"] if words.short else []
        command += ["--seed", str(words.seed if words.seed is not None else random.randrange(9999))]
        ended = subprocess.run(command, check=False).returncode
        wrong += bool(ended) != bool(broken)
    print(f"{wrong} did not end as they must" if wrong else "all ended as they must", flush=True)
    return 1 if wrong else 0


def plan() -> Iterator[tuple[str, str, str]]:
    """Yield what is run: scenario, database and fault, on the databases that are there."""
    databases = ["sqlite", "postgres"] if postgres_programs() else ["sqlite"]
    for name in FULL:
        for database in databases:
            if name != "postgres" or database == "postgres":
                yield name, database, ""
        for fault in BROKEN.get(name, ()):
            yield name, "sqlite", fault


def leave(_number: int, _frame: object) -> None:
    """End as a program ends that is done, and with it all that it has started."""
    sys.exit(1)


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m tests.faults")
    words.add_argument("name", nargs="?", default="all")
    words.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    words.add_argument("--broken", default="")
    words.add_argument("--short", action="store_true")
    words.add_argument("--number", type=int)
    words.add_argument("--times", type=int)
    words.add_argument("--pause", type=float)
    words.add_argument("--patience", type=float)
    words.add_argument("--seed", type=int)
    found = words.parse_args()
    signal.signal(signal.SIGTERM, leave)
    return run_all(found) if found.name == "all" else run(found)


if __name__ == "__main__":
    sys.exit(main())
