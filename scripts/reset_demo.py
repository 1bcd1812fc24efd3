"""Delete what ``make run`` has stored, after asking: ``make reset-demo``."""

import contextlib
import os
import shutil
import sys

from scripts.install import Failed, main_door, shown
from scripts.run import VAR, the_only_run

QUESTION = """This deletes the demo in {folder}: every workspace, strategy, post and person
in it, and its mail.
It cannot be undone. Type yes to delete it: """


def main() -> int:
    """Ask, then delete database, queue, mail and media; the next run makes the demo again."""
    if os.environ.get("DATABASE_URL"):
        raise Failed(
            "DATABASE_URL names a database that make run did not make: "
            "leave it out to reset the demo, or empty that database yourself."
        )
    if not VAR.exists():
        print("Nothing is stored yet: make run makes the demo.")
        return 0
    os.umask(0o077)
    with the_only_run("a reset"):
        try:
            answer = input(QUESTION.format(folder=shown(VAR)))
        except EOFError:
            answer = ""
        if answer.strip().lower() != "yes":
            print("Nothing was deleted.")
            return 0
        for path in [*VAR.glob("planner.sqlite3*"), *VAR.glob("beat*")]:
            path.unlink()
        for folder in ("valkey", "mail", "media"):
            with contextlib.suppress(FileNotFoundError):
                shutil.rmtree(VAR / folder)
    print("The demo is deleted: make run makes a new one.")
    return 0


if __name__ == "__main__":
    sys.exit(main_door(main))
