"""The rows of the fault table, each a function that breaks things and returns figures.

A scenario raises ``AssertionError`` when what must hold does not. It runs in a process of its own
(``python -m tests.faults NAME``), which has the settings of its place.
"""

import contextlib
import os
import random
import signal
import smtplib
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from subprocess import Popen
from typing import Any

import redis as redis_client
from django.db import OperationalError, connection, connections
from django.utils import timezone

from core.database_clock import database_now
from members.services import remove
from notifications import outbox
from notifications.enums import DeliveryState, Outcome
from notifications.mail import EmailSender
from notifications.models import Delivery, Notification
from notifications.services import cancel
from notifications.ways import SendResult
from reminders.enums import FiringState
from reminders.models import Firing, Schedule
from tests.faults.servers import Place, Sink, children_of, wait_for
from tests.faults.sizes import Size
from tests.faults.world import (
    PEOPLE,
    keys_of_all,
    make_workspace,
    members_of,
    write_deliveries,
    write_schedules,
    write_webhooks,
)
from workspaces.enums import Role
from workspaces.models import Membership, Workspace

Figures = dict[str, Any]
IN_FLIGHT = 1  # emails that a worker sends at the same time, and requests to one webhook
OFTEN = 0.25  # seconds between two looks at very many rows, which shall cost the workers nothing


def by_email(place: Place, size: Size) -> tuple[Workspace, Sink]:
    """A workspace whose emails go to a receiver that takes 20 ms."""
    sink = place.start_sink(milliseconds=20)
    place.start_valkey()
    return make_workspace(), sink


def unfinished() -> int:
    """How many are neither sent nor given up; a database that is away counts as one."""
    try:
        open_states = [DeliveryState.WAITING, DeliveryState.RETRYING, DeliveryState.SENDING]
        return Delivery.objects.filter(state__in=open_states).count()
    except OperationalError:
        connection.close()
        return 1


def sent_once(sink: Sink, *, doubles_at_most: int) -> Figures:
    """Compare what was to be sent with what was taken; every repeat must carry the same key."""
    taken = Counter(sink.keys())
    wanted = keys_of_all()
    figures = {
        "lost": len(wanted - set(taken)),
        "repeats": sum(taken.values()) - len(taken),
        "strangers": len(set(taken) - wanted),
    }
    assert figures["lost"] == 0, figures
    assert figures["strangers"] == 0, f"a message under a key of its own: {figures}"
    assert figures["repeats"] <= doubles_at_most, figures
    not_sent = Delivery.objects.exclude(state=DeliveryState.SENT).count()
    assert not_sent == 0, f"{not_sent} not sent; {figures}"
    return figures


class Killer:
    """Kills workers, now only the child that does the work, now all of it, as the seed says."""

    def __init__(self, place: Place, seed: int, workers: int = 4) -> None:
        self.place, self.random = place, random.Random(seed)
        self.workers = [place.start_worker(f"worker{number}") for number in range(workers)]
        self.kills = 0

    def wait_until_ready(self) -> None:
        wait_for("workers", lambda: all(children_of(one.pid) for one in self.workers))

    def kill_one(self) -> None:
        number = self.random.randrange(len(self.workers))
        victim = self.workers[number]
        children = children_of(victim.pid)
        if children and self.random.random() < 0.85:
            for child in children:
                _kill(child)
        else:
            self.place.kill(victim)
            self.workers[number] = self.place.start_worker(f"worker{number}")
        self.kills += 1


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def kill_smtp(place: Place, size: Size) -> Figures:
    """``kill -9`` of a worker every half second, 4 workers, emails to a mail server."""
    workspace, sink = by_email(place, size)
    write_deliveries(workspace, size.number)
    return killed_while_sending(place, size, sink)


def kill_webhook(place: Place, size: Size) -> Figures:
    """The same while a webhook is told, which takes 20 ms for each."""
    sink = place.start_sink(milliseconds=20, kind="webhook")
    place.start_valkey()
    write_webhooks(make_workspace(), size.number, port=sink.port)
    return killed_while_sending(place, size, sink)


def killed_while_sending(place: Place, size: Size, sink: Sink) -> Figures:
    killer = Killer(place, size.seed)
    killer.wait_until_ready()
    place.start_beat()
    wait_for("the first message", sink.keys)
    while killer.kills < size.times and unfinished():
        time.sleep(0.5)
        killer.kill_one()
    took = wait_for("the rest", lambda: unfinished() == 0, size.patience)
    figures = sent_once(sink, doubles_at_most=killer.kills * IN_FLIGHT)
    return {"kills": killer.kills, **figures, "seconds_after_last_kill": round(took, 1)}


def kill_in_app(place: Place, size: Size) -> Figures:
    """The same while reminders become notices in the program."""
    workspace, _sink = by_email(place, size)
    write_schedules(workspace, size.number, starts=database_now() - timedelta(hours=1), rule="")
    killer = Killer(place, size.seed)
    killer.wait_until_ready()
    place.start_beat()
    wait_for("the first notice", Notification.objects.exists)
    while killer.kills < size.times and Schedule.objects.due(database_now()).exists():
        time.sleep(0.5)
        killer.kill_one()
    due = Schedule.objects.filter(owner__isnull=False).due
    took = wait_for("the rest", lambda: not due(database_now()).exists(), size.patience)
    notices = Notification.objects.filter(kind="reminders.own")
    told = Counter(params["schedule"] for params in notices.values_list("params", flat=True))
    figures = {
        "kills": killer.kills,
        "lost": size.number - len(told),
        "doubles": sum(told.values()) - len(told),
        "seconds_after_last_kill": round(took, 1),
    }
    assert (figures["lost"], figures["doubles"]) == (0, 0), figures
    return figures


def redis(place: Place, size: Size) -> Figures:
    """Valkey flushed, killed, away, back empty, again and again while emails become due."""
    workspace, sink = by_email(place, size)
    part = size.number // (size.times * 4)
    for number in range(size.number // part):  # spread over the whole time
        due = database_now() + timedelta(seconds=number * size.pause / 3)
        write_deliveries(workspace, part, due_at=due, start=number * part)
    total = Delivery.objects.count()
    start_workers(place, 2)
    place.start_beat()
    wait_for("the first email", sink.keys)
    valkey = next(one for one in place.processes if "valkey-server" in str(one.args))
    busy_again = []
    for _turn in range(size.times):
        flush(place.valkey_port)
        place.kill(valkey)
        time.sleep(size.pause)
        waiting = Delivery.objects.claimable(database_now()).exists()
        before = len(sink.keys())
        valkey = place.start_valkey(place.valkey_port)
        if waiting:
            busy_again.append(next_email(sink, before))
    last_due = Delivery.objects.order_by("-due_at").values_list("due_at", flat=True)[0]
    wait_for("the last to be due", lambda: database_now() > last_due, 600)
    took = wait_for("the rest", lambda: unfinished() == 0, min(30, size.patience))
    figures = sent_once(sink, doubles_at_most=0)
    figures["busy_again_seconds"] = round(max(busy_again, default=0), 1)
    assert figures["busy_again_seconds"] <= 10, figures
    return {"sent": total, "times": size.times, **figures, "all_out_seconds": round(took, 1)}


def next_email(sink: Sink, before: int) -> float:
    """Return how many seconds it took until one more was taken, or none was left."""
    return wait_for("the next email", lambda: len(sink.keys()) > before or not unfinished(), 60)


def flush(port: int) -> None:
    with redis_client.Redis(port=port) as line:
        line.flushall()


def schedulers(place: Place, size: Size) -> Figures:
    """Two, then five schedulers over reminders that come every day, for some days at once."""
    place.start_sink(milliseconds=0)
    place.start_valkey()
    if "FAULTS_BROKEN" in place.env:
        drop_unique_firings()
    return {f"{number} schedulers": with_schedulers(place, size, number) for number in (2, 5)}


def with_schedulers(place: Place, size: Size, number: int) -> Figures:
    days = 3
    workspace = make_workspace(f"with-{number}")
    starts = database_now() - timedelta(days=days, seconds=size.pause)
    write_schedules(workspace, size.number, starts=starts, rule="FREQ=DAILY")
    running = start_workers(place, 4)
    running += [place.start_beat(f"beat{one}") for one in range(number)]
    end = starts + timedelta(days=days, seconds=61)
    wait_for("the time of the last", lambda: database_now() > end, 600)
    own = Schedule.objects.for_workspace(workspace).filter(owner__isnull=False)
    took = wait_for("the last", lambda: not own.due(database_now()).exists(), size.patience)
    firings = Firing.objects.for_workspace(workspace).filter(schedule__owner__isnull=False)
    expected = size.number * (days + 1)
    distinct = firings.values("schedule", "occurs_on", "occurs_time").distinct().count()
    notices = Notification.objects.for_workspace(workspace).filter(kind="reminders.own").count()
    told = firings.filter(state=FiringState.TOLD).count()
    figures = {
        "expected": expected,
        "lost": expected - distinct,
        "doubles": firings.count() - distinct,
        "notices": notices,
        "to_be_told": told,
        "seconds_after": round(took, 1),
    }
    assert (figures["lost"], figures["doubles"]) == (0, 0), figures
    assert notices == told > 0, figures
    for process in running:
        place.kill(process)
    return figures


def start_workers(place: Place, number: int) -> list[Popen[bytes]]:
    """Start so many workers and wait until each has its child."""
    workers = [place.start_worker(f"worker{one}") for one in range(number)]
    wait_for("workers", lambda: all(children_of(one.pid) for one in workers))
    return workers


def drop_unique_firings() -> None:
    """Let the broken variant do what it does."""
    with connection.schema_editor() as editor:
        for constraint in Firing._meta.constraints:
            if type(constraint).__name__ == "UniqueConstraint":
                editor.remove_constraint(Firing, constraint)


def postgres(place: Place, size: Size) -> Figures:
    """PostgreSQL killed hard, away, back, again and again during sends; a web server beside."""
    workspace, sink = by_email(place, size)
    write_deliveries(workspace, size.number)
    workers = start_workers(place, 4)
    place.start_beat()
    web = place.start_web()
    wait_for("a page", lambda: status_of(f"{web}/accounts/login/")[0] == 200)
    wait_for("the first email", sink.keys)
    recoveries = []
    for _turn in range(size.times):
        connections.close_all()
        place.pg_ctl("-m", "immediate", "stop")
        time.sleep(size.pause)
        status, page = status_of(f"{web}/accounts/password/reset/", cookie=f"sessionid={'a' * 32}")
        assert status == 503, status
        assert "The database does not answer just now" in page
        assert status_of(f"{web}/healthz/ready")[0] == 503
        assert status_of(f"{web}/healthz/live")[0] == 200
        place.start_postgres()
        before = len(sink.keys())
        recoveries.append(next_email(sink, before))
        wait_for("a page", lambda: status_of(f"{web}/accounts/login/")[0] == 200, 15)
        time.sleep(1)
    wait_for("the rest", lambda: unfinished() == 0, 2 * size.patience)
    figures = sent_once(sink, doubles_at_most=size.times * len(workers) * IN_FLIGHT)
    figures["recovery_seconds"] = round(max(recoveries), 1)
    assert figures["recovery_seconds"] <= 15, figures
    return {"restarts": size.times, **figures}


def status_of(url: str, cookie: str = "") -> tuple[int, str]:
    request = urllib.request.Request(url, headers={"Cookie": cookie} if cookie else {})
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def sigterm(place: Place, size: Size) -> Figures:
    """A worker is asked to stop in the middle of its sends, and another takes its place."""
    workspace, sink = by_email(place, size)
    write_deliveries(workspace, size.number)
    chance = random.Random(size.seed)
    workers = start_workers(place, 3)
    place.start_beat()
    wait_for("the first email", sink.keys)
    longest, during = 0.0, 0
    for _turn in range(size.times):
        time.sleep(chance.uniform(0.1, 0.6))
        number = chance.randrange(len(workers))
        worker = workers[number]
        during += unfinished() > 0
        began = time.monotonic()
        worker.send_signal(signal.SIGTERM)
        worker.wait(60)
        longest = max(longest, time.monotonic() - began)
        place.kill(worker)
        workers[number] = place.start_worker(f"worker{number}")
    wait_for("the rest", lambda: unfinished() == 0, 2 * size.patience)
    figures = sent_once(sink, doubles_at_most=0)
    return {
        "stops": size.times,
        "during_sends": during,
        **figures,
        "longest_stop": round(longest, 1),
    }


# --- how much it carries ------------------------------------------------------------------------


#: So many due at one minute are measured against as many bare sends.
IN_FULL = 10_000


def at_nine(place: Place, size: Size) -> Figures:
    """Everything due at the same minute, 4 workers, a receiver that takes 20 ms."""
    workspace, sink = by_email(place, size)
    bare = bare_sends(sink.port, size.number, lines=4)
    sink.log.write_text("")
    soon = database_now() + timedelta(seconds=size.pause)
    write_deliveries(workspace, size.number, due_at=soon)
    start_workers(place, 4)
    place.start_beat()
    wait_for("nine o’clock", lambda: database_now() >= soon, 600)
    took = wait_for("all of them", lambda: unfinished() == 0, 3600, pause=OFTEN)
    figures = {
        "number": size.number,
        **sent_once(sink, doubles_at_most=0),
        "bare_seconds": round(bare, 1),
        "seconds": round(took, 1),
        "ratio": round(took / bare, 2),
    }
    if size.number >= IN_FULL:  # of a few, most of the time is what begins and ends them
        assert took <= 3 * bare, figures
    return figures


def bare_sends(port: int, number: int, *, lines: int) -> float:
    """Return how many seconds so many emails take over as many connections, with nothing around."""
    text = "Message-ID: <bare@example.org>\r\nSubject: Look\r\n\r\n" + "word " * 60 + "\r\n"

    def send() -> None:
        with smtplib.SMTP("127.0.0.1", port) as line:
            for _each in range(number // lines):
                line.sendmail("a@example.org", ["b@example.org"], text)

    began = time.monotonic()
    at_the_same_time(*[send] * lines)
    return time.monotonic() - began


def share(place: Place, size: Size) -> Figures:
    """One workspace has very many due, another ten: the ten do not wait for the many."""
    busy, sink = by_email(place, size)
    quiet = make_workspace("quiet", people=10)
    write_deliveries(busy, size.number)
    start_workers(place, 4)
    place.start_beat()
    wait_for("the first email", sink.keys)
    write_deliveries(quiet, 10)
    theirs = Delivery.objects.for_workspace(quiet)
    wait_for("the ten", lambda: not theirs.filter(sent_at=None).exists(), 600, pause=OFTEN)
    left = Delivery.objects.for_workspace(busy).filter(sent_at=None).count()
    lateness = sorted((one.sent_at - one.due_at).total_seconds() for one in theirs if one.sent_at)
    figures = {"many": size.number, "many_left": left, "p95_lateness": round(lateness[-1], 1)}
    assert left > 0, figures
    assert figures["p95_lateness"] <= 15, figures
    return figures


def finished_rows(place: Place, size: Size) -> Figures:
    """A claim beside very many finished rows, against a claim in an empty table."""
    workspace = make_workspace()

    def milliseconds() -> float:
        write_deliveries(workspace, 400, start=next(starts))
        times = []
        for _turn in range(15):
            began = time.perf_counter()
            batch = outbox.claim_due()
            times.append(time.perf_counter() - began)
            assert len(batch) == outbox.BATCH
        Delivery.objects.filter(attempts=0).delete()
        return sorted(times)[len(times) // 2] * 1000

    starts = iter(range(0, 1_000_000, 1000))
    milliseconds()
    empty = min(milliseconds() for _turn in range(3))
    write_deliveries(workspace, PEOPLE, start=next(starts))
    notice = Notification.objects.latest("pk")
    for number in range(0, size.number, 10_000):
        Delivery.objects.bulk_create(
            Delivery(
                notification=notice,
                workspace=workspace,
                source_key=uuid.uuid4(),
                recipient_id=notice.recipient_id,
                state=DeliveryState.SENT,
                sent_at=timezone.now(),
                attempts=1,
            )
            for _each in range(min(10_000, size.number - number))
        )
    Delivery.objects.filter(attempts=0).delete()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    full = min(milliseconds() for _turn in range(3))
    figures = {
        "finished": size.number,
        "empty_ms": round(empty, 1),
        "full_ms": round(full, 1),
        "ratio": round(full / empty, 2),
    }
    assert figures["ratio"] <= 1.3, figures
    return figures


def memory(place: Place, size: Size) -> Figures:
    """What one worker holds after very many emails."""
    sink = place.start_sink(milliseconds=0)
    place.start_valkey()
    workspace = make_workspace()
    write_deliveries(workspace, size.number)
    worker = place.start_worker()
    wait_for("the worker", lambda: children_of(worker.pid))
    place.start_beat()
    wait_for("a tenth", lambda: len(sink.keys()) >= size.number / 10, 3600, pause=OFTEN)
    early = megabytes(worker)
    wait_for("all of them", lambda: unfinished() == 0, 3600, pause=OFTEN)
    late = megabytes(worker)
    figures = {"sent": size.number, "after_a_tenth_mb": early, "megabytes": late}
    assert late <= 300, figures
    return figures


def megabytes(worker: Popen[bytes]) -> int:
    """What the child of a worker holds in memory that does the work."""
    (child,) = children_of(worker.pid)
    status = Path(f"/proc/{child}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024


# --- races inside one process -------------------------------------------------------------------


class Recorder(EmailSender):
    """Writes down when it was asked to send what."""

    def __init__(self) -> None:
        self.sent: dict[uuid.UUID, float] = {}

    def open(self) -> None:
        return None

    def compose(self, delivery: Delivery) -> Any:
        return delivery.uid

    def send(self, message: Any) -> SendResult:
        self.sent[message] = time.monotonic()
        return SendResult(Outcome.SENT)

    def close(self) -> None:
        return None


def races(place: Place, size: Size) -> Figures:
    """Calling back and parting race the claim: nothing is sent after either was confirmed."""
    workspace = make_workspace(people=2)
    boss = members_of(workspace)[0]
    Membership.objects.filter(user=boss).update(role=Role.ADMIN)
    chance, recorder, tally = random.Random(size.seed), Recorder(), Counter[str]()
    for number in range(size.number):
        leaver = Membership.objects.get(user=members_of(workspace)[-1])
        Membership.objects.filter(pk=leaver.pk).update(left_at=None)
        leaver.refresh_from_db()
        write_deliveries(workspace, 2, start=2 * number)
        delivery = Delivery.objects.filter(recipient=leaver.user).latest("pk")
        Delivery.objects.filter(state=DeliveryState.WAITING).exclude(pk=delivery.pk).delete()
        pauses = chance.uniform(0, 0.004), chance.uniform(0, 0.004)
        parts = chance.random() < 0.5
        confirmed: list[float] = []
        begun: list[float] = []

        def work(pause: float = pauses[0], begun: list[float] = begun) -> None:
            time.sleep(pause)
            for one in outbox.claim_due():
                begun.append(time.monotonic())
                outbox.deliver(one, recorder)

        def interfere(
            pause: float = pauses[1],
            parts: bool = parts,
            leaver: Membership = leaver,
            pk: int = delivery.pk,
            confirmed: list[float] = confirmed,
        ) -> None:
            time.sleep(pause)
            if parts:
                remove(leaver, by=boss)
                confirmed.append(time.monotonic())
            elif cancel(workspace=workspace, reason="Called back", pk=pk):
                confirmed.append(time.monotonic())

        at_the_same_time(work, interfere)
        is_sent = delivery.uid in recorder.sent
        tally["sent" if is_sent else "not sent"] += 1
        if confirmed and is_sent and not parts:
            tally["sent after a confirmed cancel"] += 1
        if confirmed and is_sent and parts and begun[0] > confirmed[0]:
            tally["sent to an ex-member"] += 1
    bad = tally["sent after a confirmed cancel"] + tally["sent to an ex-member"]
    assert bad == 0, tally
    assert tally["sent"] > 0, tally
    assert tally["not sent"] > 0, tally
    return {"interleavings": size.number, "wrong": bad, **tally}


def at_the_same_time(*deeds: Callable[[], None]) -> None:
    errors: list[BaseException] = []

    def run(deed: Callable[[], None]) -> None:
        try:
            deed()
        except BaseException as error:  # raised again below, in the thread of the test
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


SCENARIOS: dict[str, Callable[[Place, Size], Figures]] = {
    "kill_webhook": kill_webhook,
    "kill_smtp": kill_smtp,
    "kill_in_app": kill_in_app,
    "redis": redis,
    "schedulers": schedulers,
    "postgres": postgres,
    "sigterm": sigterm,
    "races": races,
    "at_nine": at_nine,
    "share": share,
    "finished_rows": finished_rows,
    "memory": memory,
}
