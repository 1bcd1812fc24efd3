"""The date at a place, reckoned by the database row by row."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Func
from django.db.models.sql.compiler import SQLCompiler


class DateThere(Func):
    """``DateThere(moment, zone)``: the local date at ``moment`` in the zone that a column names."""

    arity = 2
    output_field = models.DateField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Any:
        """PostgreSQL knows the zones itself."""
        expressions = self.get_source_expressions()
        moment, moment_params = compiler.compile(expressions[0])
        zone, zone_params = compiler.compile(expressions[1])
        return (
            f"(({moment})::timestamptz AT TIME ZONE {zone})::date",
            (*moment_params, *zone_params),
        )

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Any:
        """SQLite asks the function that Django brings it for TruncDate."""
        return self.as_sql(
            compiler,
            connection,
            function="django_datetime_cast_date",
            template="%(function)s(%(expressions)s, 'UTC')",
            **context,
        )
