"""The database's own time: workers' clocks differ, and it is the same for all of them."""

from datetime import UTC, datetime

from django.db import connection

#: As ``Now()`` writes it.
_SQL = {
    "postgresql": "SELECT STATEMENT_TIMESTAMP()",
    "sqlite": "SELECT STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')",
}


def database_now() -> datetime:
    """Return the time by the database's clock, in UTC."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL[connection.vendor])
        now = cursor.fetchone()[0]
    if isinstance(now, str):  # SQLite: “2026-11-24 08:00:00.000”
        return datetime.fromisoformat(now).replace(tzinfo=UTC)
    moment: datetime = now
    return moment
