"""Django's command line for what ``make run`` runs: ``make manage ARGS="first_admin"``."""

import os
import sys

from scripts.install import PYTHON, ROOT, Failed, main_door
from scripts.run import VAR, environment


def main() -> int:
    """Become manage.py in the environment of the run."""
    if not (VAR / "secret_key").exists():
        raise Failed("Nothing has been run here yet: begin with make run.")
    os.umask(0o077)
    env = environment(os.environ.get("HOST") or "127.0.0.1", int(os.environ.get("PORT") or 8000))
    url = VAR / "valkey" / "url"
    if url.exists():
        env.setdefault("REDIS_URL", url.read_text())
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "manage.py", *sys.argv[1:]], env)


if __name__ == "__main__":
    sys.exit(main_door(main))
