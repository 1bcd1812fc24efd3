"""Installing: stamps spare what is done, and failures are one sentence."""

import json
import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts import install


def test_hash_follows_names_and_contents(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("same")
    second.write_text("same")

    assert install.hash_of([first]) != install.hash_of([second])
    before = install.hash_of([first, second])
    assert before == install.hash_of([second, first])
    second.write_text("other")
    assert before != install.hash_of([first, second])


def test_stamp_fits_only_what_it_was_left_for(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"

    assert not install.fits(stamp, "a")
    stamp.write_text("a")
    assert install.fits(stamp, "a")
    assert not install.fits(stamp, "b")


def test_front_is_bundled_from_sources_only() -> None:
    sources = {str(path.relative_to(install.ROOT)) for path in install.front_sources()}

    assert {"static/icons.json", "scripts/build_front.mjs", "core/findings.py"} <= sources
    assert not [
        path for path in sources if re.match(r"(\.venv|var|node_modules|static/dist|tests)/", path)
    ]


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        (
            "npm error code EAI_AGAIN",
            "The packages could not be fetched because the network did not answer: "
            "connect, then try again; what is done already is kept.",
        ),
        (
            "OSError: [Errno 28] No space left on device",
            "The packages found no room on the disk: make room, then try again.",
        ),
    ],
)
def test_known_failure_is_explained_in_one_sentence(output: str, sentence: str) -> None:
    assert str(install.explained(install.Ended(output), "The packages")) == sentence


def test_unknown_failure_shows_the_end_of_the_output() -> None:
    output = "\n".join(f"line {number}" for number in range(100))

    told = str(install.explained(install.Ended(output), "The packages"))

    assert "line 99\nThe packages could not be installed" in told
    assert "line 80\n" not in told


def test_little_room_is_refused_before_anything_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "ROOM_NEEDED", 10**18)

    with pytest.raises(install.Failed, match=r"The disk has .* GB left and installing takes"):
        install.check_room()


def test_command_that_fails_gives_its_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "LOG", tmp_path / "log" / "install.log")

    with pytest.raises(install.Ended) as raised:
        install.run_logged(["/bin/sh", "-c", "echo why; exit 3"])

    assert raised.value.output == "why\n"
    assert "why" in install.LOG.read_text()


def test_locked_lists_hold_hashes_and_no_address() -> None:
    for name in ("requirements", "requirements-build", "requirements-dev"):
        text = (install.ROOT / f"{name}.txt").read_text()
        pins = re.findall(r"^[\w.\[\]-]+==", text, re.M)
        assert len(pins) == len(re.findall(r"^[\w.\[\]-]+==.*\\\n +--hash=sha256:", text, re.M))
        assert pins
        assert "://" not in text

    lock = json.loads((install.ROOT / "package-lock.json").read_text())
    packages = [entry for name, entry in lock["packages"].items() if name]
    assert all("integrity" in entry and "resolved" not in entry for entry in packages)


def test_extras_that_packages_ask_for_are_pinned_as_such() -> None:
    """A pin without its extra lets some pips look for a newer release, which has no hash here."""
    text = (install.ROOT / "requirements-dev.txt").read_text()
    pinned = set(re.findall(r"^([\w.-]+).*==", text, re.M))
    extras = {
        canonicalize_name(name): set(said.split(","))
        for name, said in re.findall(r"^([\w.-]+)\[([\w,-]+)\]==", text, re.M)
    }

    asked = [
        wanted
        for name in pinned
        for wanted in map(Requirement, _required_by(name, extras.get(name, set())))
        if wanted.extras
    ]

    assert asked
    for wanted in asked:
        assert wanted.extras <= extras.get(canonicalize_name(wanted.name), set()), str(wanted)


def _required_by(name: str, extras: set[str]) -> list[str]:
    """What the installed ``name`` asks for here with ``extras``; nothing where it is not installed."""
    try:
        required = metadata.requires(name) or []
    except metadata.PackageNotFoundError:  # for another system
        return []
    return [
        one
        for one in required
        if (marker := Requirement(one).marker) is None
        or any(marker.evaluate({"extra": extra}) for extra in (extras or {""}))
    ]


def test_every_direct_dependency_is_pinned_with_a_reason() -> None:
    for name in ("requirements", "requirements-build", "requirements-dev"):
        for line in (install.ROOT / f"{name}.in").read_text().splitlines():
            if line and not line.startswith(("#", "-r")):
                assert re.match(r"[\w.\[\]-]+(==|>=).*  # \S", line), line
