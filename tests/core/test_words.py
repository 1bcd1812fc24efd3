"""How words are written on every page."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
IN_TEMPLATES = re.compile(r'[^"\n>}]*\be-mail\b[^"\n<{]*\.(?=["\n<{])')
IN_CODE = re.compile(r'\b_\(\s*"([^"\n]*\be-mail\b[^"\n]*\.)"')


def test_sentences_break_no_line_inside_e_mail() -> None:
    """On a phone a line would end in “e-”; labels and headings are too short for that."""
    templates = [page.read_text() for page in (ROOT / "templates").rglob("*.html")]
    code = [module.read_text() for module in ROOT.glob("[a-z]*/*.py")]

    broken = [found for text in templates for found in IN_TEMPLATES.findall(text)]
    broken += [found for text in code for found in IN_CODE.findall(text)]

    assert broken == []
