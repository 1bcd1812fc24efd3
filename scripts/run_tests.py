"""Run the suite: ``make test``. Installs what is missing; starts no server."""

import os
import shutil
import sys

from scripts.install import PYTHON, ROOT, Failed, clean_environment, install, main_door

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str:
    """Return the path of a Chromium, "" when there is none; CHROMIUM names one."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not os.access(named, os.X_OK):
            raise Failed(f"CHROMIUM={named} cannot be started: name the program itself.")
        return named
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), "")


def main() -> int:
    """Install, tell about the browser, and become pytest."""
    install("dev")
    chromium = find_chromium()
    env = clean_environment() | {"CHROMIUM": chromium}
    command = [str(PYTHON), "-m", "pytest"]
    given = sys.argv[1:]
    if not any(word.startswith(("-n", "--numprocesses", "--pdb")) for word in given):
        # Each begins with one half, so that what a folder sets up is set up once.
        command += ["-n", "2", "--dist", "worksteal"]
    if chromium:
        print(f"Browser journeys run in {chromium}.", flush=True)
    elif os.environ.get("REQUIRE_BROWSER") == "1":
        raise Failed("There is no Chromium here and REQUIRE_BROWSER=1 asks for it: install it.")
    else:
        command += ["-m", "not browser"]
        print("Browser journeys are left out: there is no Chromium here.", flush=True)
    os.chdir(ROOT)
    os.execve(PYTHON, [*command, *given], env)


if __name__ == "__main__":
    sys.exit(main_door(main))
