"""How words are written on every page."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
WITH_HYPHEN = re.compile("e[-\u2010\u2011]mail", re.IGNORECASE)


def test_email_is_spelled_in_one_way() -> None:
    apps = [folder.parent for folder in ROOT.glob("*/apps.py")]
    pages = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]
    scripts = [*(ROOT / "static" / "js").rglob("*.js")]
    code = [
        module
        for app in apps
        for module in app.rglob("*.py")
        if module.parent.name != "migrations"  # what was called so once
    ]
    assert min(len(apps), len(pages), len(scripts)) > 5

    found = [str(one) for one in (*pages, *scripts, *code) if WITH_HYPHEN.search(one.read_text())]

    assert found == []
