"""Telling a button that was pressed twice from a form that came back with another text."""

import json
import uuid

from django.http import QueryDict


def uid_of_press(person: uuid.UUID, what: str, sent: QueryDict) -> uuid.UUID:
    """Return the uid of what ``sent`` makes: the same form with the same text, the same uid.

    ``token`` in the form is its page's own. A page that was gone back to and filled in anew still
    has it; what is typed there then makes something of its own and is not lost.
    """
    if not sent.get("token"):
        return uuid.uuid4()
    fields = sorted((name, values) for name, values in sent.lists() if name[:4] != "csrf")
    return uuid.uuid5(person, json.dumps([what, fields]))
