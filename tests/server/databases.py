"""Emptying the server's database between tests, quickly and whatever its triggers forbid.

In: the database, just migrated. Out: what brings it back to that. Django's ``flush`` asks tables to
delete their rows, which the log of decisions refuses as it should, and takes PostgreSQL 0.2 s.
"""

import sqlite3
from collections.abc import Callable

from django.db import connection


def emptying() -> Callable[[], None]:
    """Return what empties the database that is migrated now, and nothing else in it."""
    return _of_sqlite() if connection.vendor == "sqlite" else _of_postgresql()


def _of_sqlite() -> Callable[[], None]:
    connection.ensure_connection()
    migrated = sqlite3.connect(":memory:")
    connection.connection.backup(migrated)

    def empty() -> None:
        connection.ensure_connection()
        migrated.backup(connection.connection)

    return empty


def _of_postgresql() -> Callable[[], None]:
    # Types of content and the list of migrations came by migrating and stay.
    tables = [name for name in connection.introspection.table_names() if not _rows_in([name])]
    with connection.cursor() as cursor:
        sequences = [
            f"'{sequence['name']}'"
            for table in tables
            for sequence in connection.introspection.get_sequences(cursor, table)
        ]
    again = f"SELECT setval(name, 1, false) FROM unnest(ARRAY[{','.join(sequences)}]) AS name"

    def empty() -> None:
        connection.ensure_connection()
        filled = _rows_in(tables)
        if filled:
            with connection.cursor() as cursor:
                deleting = [f'DELETE FROM "{table}"' for table in filled]
                # A replica runs no triggers and follows no foreign keys.
                cursor.execute("; ".join(["SET session_replication_role = replica", *deleting]))
                cursor.execute(again)
                cursor.execute("SET session_replication_role = origin")

    return empty


def _rows_in(tables: list[str]) -> list[str]:
    """Return which tables have rows."""
    asked = [f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [name for (name,) in cursor.fetchall()]
