"""Addresses of many things on one page."""

from functools import lru_cache
from uuid import UUID

from django.urls import get_script_prefix, reverse

ANY = UUID(int=0)


def address_of_one(name: str, *args: object, uid: object) -> str:
    """Return what ``reverse`` gives for ``args`` and, as the last of them, ``uid``.

    It asks only once for all that share the other arguments: a roadmap of 100 milestones spent a
    fifth of its time in ``reverse``.
    """
    before, after = _around(get_script_prefix(), name, *map(str, args))
    return f"{before}{uid}{after}"


@lru_cache(maxsize=4096)
def _around(prefix: str, name: str, *args: str) -> tuple[str, str]:
    """What stands before and behind the uid, below ``prefix``, which is the request's own."""
    before, _uid, after = reverse(name, args=[*args, ANY]).rpartition(str(ANY))
    return before, after
