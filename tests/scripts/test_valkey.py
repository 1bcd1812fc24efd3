"""Our Valkey with something on the disk that it cannot read: the run goes on without it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import run
from scripts.install import Failed, clean_environment

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(run, "VAR", tmp_path)
    monkeypatch.setattr(run, "LOGS", tmp_path / "log")
    (tmp_path / "log").mkdir()
    return tmp_path / "valkey"


@pytest.fixture
def crew(folder: Path) -> Iterator[run.Crew]:
    with run.the_only_run("a test") as lock:
        crew = run.Crew(lock)
        yield crew
        crew.stop()


def broken_log(folder: Path) -> None:
    with (folder / "appendonlydir" / "appendonly.aof.1.incr.aof").open("ab") as file:
        file.write(b"\x00garbage\xff")


def half_a_command(folder: Path) -> None:
    with (folder / "appendonlydir" / "appendonly.aof.1.incr.aof").open("ab") as file:
        file.write(b"*3\r\n$3\r\nSET\r\n$1")


def broken_snapshot(folder: Path) -> None:
    (folder / "appendonlydir" / "appendonly.aof.1.base.rdb").write_bytes(b"garbage")


def no_snapshot(folder: Path) -> None:
    (folder / "appendonlydir" / "appendonly.aof.1.base.rdb").unlink()


def half_a_list(folder: Path) -> None:
    (folder / "appendonlydir" / "appendonly.aof.manifest").write_text("file appendo")


def a_file_in_place_of_the_folder(folder: Path) -> None:
    (folder / "appendonlydir").rename(folder / "moved")
    (folder / "appendonlydir").write_text("garbage")


def start(crew: run.Crew) -> None:
    run.start_valkey(crew, clean_environment())


def stop(crew: run.Crew) -> None:
    for part in crew.parts:
        if part.process:
            part.process.terminate()
            part.process.wait()
    crew.parts.clear()


@pytest.mark.parametrize(
    ("spoil", "is_put_aside"),
    [
        (broken_log, True),
        (half_a_command, False),  # Valkey mends that itself
        (broken_snapshot, True),
        (no_snapshot, True),
        (half_a_list, True),
        (a_file_in_place_of_the_folder, True),
    ],
)
def test_what_valkey_cannot_read_is_put_aside_and_said(
    spoil: object,
    is_put_aside: bool,
    crew: run.Crew,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    start(crew)
    stop(crew)
    assert callable(spoil)
    spoil(folder)

    start(crew)

    said = capsys.readouterr().out
    assert ("Valkey could not read what it had stored" in said) is is_put_aside
    assert bool(list(folder.glob("unreadable-*/appendonlydir"))) is is_put_aside


def test_valkey_that_does_not_start_for_another_reason_is_a_failure(
    crew: run.Crew, folder: Path
) -> None:
    folder.mkdir()
    part, url = run.valkey_part(clean_environment())
    part.command = ["false"]
    crew.start(part)

    with pytest.raises(Failed, match="Valkey did not start"):
        run.wait_for_valkey(part, url)
    assert not run.put_valkey_aside()
