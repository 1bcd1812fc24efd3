"""A form carries a hidden ``token`` of its page, so that pressing its button twice makes one thing."""

import json
import uuid

from django.http import QueryDict


def uid_from_token(owner: uuid.UUID, what: str, token: str) -> uuid.UUID:
    """Return the uid of what a form with ``token`` makes below ``owner``; random without a token.

    For forms that save by themselves: whatever is typed later belongs to the same thing.
    """
    return uuid.uuid5(owner, json.dumps([what, token])) if token else uuid.uuid4()


def uid_from_submission(owner: uuid.UUID, what: str, sent: QueryDict) -> uuid.UUID:
    """Return the uid of what ``sent`` makes: the same token with the same text, the same uid.

    For forms with a button: a page that was gone back to and filled in anew still has its token;
    what is typed there then makes something of its own and is not lost.
    """
    if not sent.get("token"):
        return uuid.uuid4()
    fields = sorted((name, values) for name, values in sent.lists() if name[:4] != "csrf")
    return uuid.uuid5(owner, json.dumps([what, fields]))
