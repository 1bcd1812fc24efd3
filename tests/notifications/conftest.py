"""A type of notification that only these tests know."""

import pytest

from notifications import notification_types
from notifications.enums import Pace
from notifications.notification_types import NotificationType
from tests.notifications.notification_types import DAILY, TOLD


@pytest.fixture
def told_type(monkeypatch: pytest.MonkeyPatch) -> NotificationType:
    """Registered for one test, then forgotten."""
    kind = NotificationType(
        TOLD,
        sentence="%(person)s tells you about %(thing)s.",
        email_subject="Look at %(thing)s",
        template="notifications/email.txt",
    )
    monkeypatch.setitem(notification_types.NOTIFICATION_TYPES._entries, TOLD, kind)
    return kind


@pytest.fixture
def daily_type(monkeypatch: pytest.MonkeyPatch) -> NotificationType:
    """One that goes into the daily email unless the person chooses otherwise."""
    kind = NotificationType(
        DAILY,
        label="Things of the day",
        sentence="Look at %(thing)s.",
        template="reminders/emails/reminder.txt",
        why="It is yours.",
        pace=Pace.DIGEST,
    )
    monkeypatch.setitem(notification_types.NOTIFICATION_TYPES._entries, DAILY, kind)
    return kind
