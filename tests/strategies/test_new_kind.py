"""One more kind of row, with an owner, added in a copy of the program the way the README says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)

MODEL = """class Partner(AnswerRow):
    name = models.CharField(_("who is it?"), max_length=160)
    contact = person(_("who keeps in touch?"))
    promise = models.TextField(_("what do they do for you?"), max_length=2000, blank=True)

    def __str__(self) -> str:
        return self.name


"""

STRUCT = """class PartnerAnswer(Answer, frozen=True, kw_only=True):
    name: str
    contact: Person | None = None
    promise: str = ""


"""

ENTRY = """RowKind(
                code="partner",
                model=Partner,
                answer=PartnerAnswer,
                one=_("partner"),
                heading=_("Partners"),
                first=("name", "contact"),
                more=("promise",),
                more_words=_("what they do for you"),
                knowable=("promise",),
                add=_("Add a partner"),
                empty=_("No partner yet."),
                title="name",
                counted=ngettext_lazy("%(number)d partner", "%(number)d partners", "number"),
            ),
            """

# File → what is written into it, each piece before the text that it is given with.
PIECES = {
    "strategies/models/answers.py": [("class MarketingActivity(", MODEL)],
    "strategies/models/__init__.py": [("    Period,\n", "    Partner,\n")],
    "strategies/domain/answer_types.py": [("class ActivityAnswer(", STRUCT)],
    "strategies/domain/answers.py": [
        ("    ActivityAnswer,\n", "    PartnerAnswer,\n"),
        ("    activities: tuple[", "    partners: tuple[PartnerAnswer, ...] = ()\n"),
    ],
    "strategies/domain/questionnaire.py": [
        ("    ActivityAnswer,\n", "    PartnerAnswer,\n"),
        ("    Period,\n", "    Partner,\n"),
        ('RowKind(\n                code="activity"', ENTRY),
    ],
}


def readme_row(name: str) -> str:
    """Return what the README says is written to add something."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    return next(line.split("|")[2] for line in lines if line.startswith(f"| {name}"))


def files_of(text: str) -> set[str]:
    return set(re.findall(r"`([\w/]+\.\w+)`", text))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program: strategies in full, all else as links."""
    for path in ROOT.iterdir():
        if path.suffix != ".pyc" and path.name not in {".git", "strategies", "var"}:
            (tmp_path / path.name).symlink_to(path)
    shutil.copytree(
        ROOT / "strategies", tmp_path / "strategies", ignore=shutil.ignore_patterns("__pycache__")
    )
    return tmp_path


def run(copy: Path, *command: str) -> None:
    """Run Python in the copy; what it says is the message when it fails."""
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(copy)}
    env["VAR_DIR"] = str(copy / "var")
    env["PYTHONDONTWRITEBYTECODE"] = "1"
    done = subprocess.run(
        [sys.executable, *command], cwd=copy, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_kind_with_an_owner_is_added_as_the_readme_says(copy: Path) -> None:
    (copy / "var").mkdir()
    for file, pieces in PIECES.items():
        text = (copy / file).read_text(encoding="utf-8")
        for before, piece in pieces:
            assert before in text, (file, before)
            text = text.replace(before, piece + before, 1)
        (copy / file).write_text(text, encoding="utf-8")

    said = readme_row("a kind of row")
    assert files_of(said) == set(PIECES)
    assert "makemigrations strategies" in said

    run(copy, "-m", "django", "makemigrations", "strategies")
    run(copy, "-m", "tests.strategies.new_kind_at_work")
