"""The door of every make target: which Python is taken, and what is said when none fits."""

import os
import subprocess
from pathlib import Path

import pytest

from scripts.install import ROOT

DOOR = ROOT / "scripts" / "with_python"


def put_python(folder: Path, name: str, *, old: bool = False, bare: bool = False) -> None:
    """Put a program ``name`` into ``folder`` that answers as such a Python would."""
    version = "3.9" if old else "3.12"
    path = folder / name
    path.write_text(
        "#!/bin/sh\n"
        'case "$2" in\n'
        f'*"sys.exit(sys.version_info"*) exit {int(old)} ;;\n'
        f"*ensurepip*) exit {int(bare)} ;;\n"
        f"*print*) echo {version} ;;\n"
        f'*) echo {name} ran "$@" ;;\n'
        "esac\n"
    )
    path.chmod(0o755)


def knock(folder: Path) -> subprocess.CompletedProcess[str]:
    """Ask for ``-m scripts.run`` with only ``folder`` on PATH."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHON"}
    return subprocess.run(
        ["/bin/sh", DOOR, "-m", "scripts.run"],
        env=env | {"PATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_first_python_that_fits_is_taken(tmp_path: Path) -> None:
    put_python(tmp_path, "python3", old=True)
    put_python(tmp_path, "python3.12")

    done = knock(tmp_path)

    assert done.stdout == "python3.12 ran -m scripts.run\n"
    assert not done.stderr


def test_python_without_venv_is_passed_over_for_a_whole_one(tmp_path: Path) -> None:
    put_python(tmp_path, "python3", bare=True)
    put_python(tmp_path, "python3.11")

    assert knock(tmp_path).stdout == "python3.11 ran -m scripts.run\n"


@pytest.mark.parametrize(
    ("there", "sentence"),
    [
        ({"old": True}, "Python 3.9 is too old: install Python 3.11 or newer"),
        ({"bare": True}, "Python 3.12 is here, but without venv: install the package python3-venv"),
        (None, "There is no Python here: install Python 3.11 or newer with venv"),
    ],
)
def test_no_python_that_fits_is_one_sentence(
    tmp_path: Path, there: dict[str, bool] | None, sentence: str
) -> None:
    if there:
        put_python(tmp_path, "python3", **there)

    done = knock(tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1
    assert not done.stdout
