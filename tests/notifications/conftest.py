"""A kind of notice that only these tests know."""

import pytest

from notifications import kinds
from notifications.kinds import Kind
from tests.notifications.kinds import TOLD


@pytest.fixture
def told_kind(monkeypatch: pytest.MonkeyPatch) -> Kind:
    """Registered for one test, then forgotten."""
    kind = Kind(
        TOLD,
        sentence="%(person)s tells you about %(thing)s.",
        subject="Look at %(thing)s",
        template="notifications/letter.txt",
    )
    monkeypatch.setitem(kinds.KINDS._entries, TOLD, kind)
    return kind
