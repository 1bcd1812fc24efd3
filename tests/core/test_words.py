"""How words are written on every page."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
IN_TEMPLATES = re.compile(r'[^"\n>}]*\be-mail\b[^"\n<{]*\.(?=["\n<{])')
IN_CODE = re.compile(r'(?<!")(?<!ValueError\()"([^"\n]*\be-mail\b[^"\n]*\.)"(?!")')


def test_sentences_break_no_line_inside_e_mail() -> None:
    """On a phone a line would end in “e-”; labels and headings are too short for that."""
    templates = [page.read_text() for page in (ROOT / "templates").rglob("*.html")]
    apps = [folder.parent for folder in ROOT.glob("*/apps.py")]
    code = [module.read_text() for app in apps for module in app.rglob("*.py")]
    assert len(apps) > 5

    broken = [found for text in templates for found in IN_TEMPLATES.findall(text)]
    broken += [found for text in code for found in IN_CODE.findall(text)]

    assert broken == []
