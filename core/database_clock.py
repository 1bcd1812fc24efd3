"""The database's own time: workers' clocks differ, and it is the same for all of them."""

from datetime import UTC, datetime

from django.db import connection


def database_now() -> datetime:
    """Return the time by the database's clock, in UTC."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        now = cursor.fetchone()[0]
    if isinstance(now, str):  # SQLite: “2026-11-24 08:00:00”
        return datetime.fromisoformat(now).replace(tzinfo=UTC)
    moment: datetime = now
    return moment
