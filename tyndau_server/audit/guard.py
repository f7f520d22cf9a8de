"""What keeps the database from changing or deleting an entry of the log.

In: a connection. Out: triggers on SQLite and on PostgreSQL, put up by a migration. A later one
that makes the table anew on SQLite has to put them up again. Whoever owns the database can still
take them down: that is what the chain of `tyndau_server.audit.log` is for.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_SAID = "an entry of the log is never changed or deleted"

_UP = {
    "sqlite": (
        "CREATE TRIGGER IF NOT EXISTS audit_entry_no_update BEFORE UPDATE ON audit_entry "
        f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
        "CREATE TRIGGER IF NOT EXISTS audit_entry_no_delete BEFORE DELETE ON audit_entry "
        f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_SAID}'; END $$",
        "CREATE OR REPLACE TRIGGER audit_entry_no_update BEFORE UPDATE OR DELETE ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()",
        "CREATE OR REPLACE TRIGGER audit_entry_no_delete BEFORE TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()",
    ),
}
_NAMES = ("audit_entry_no_update", "audit_entry_no_delete")


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Make the database refuse to change or delete an entry.

    Parameters
    ----------
    connection : BaseDatabaseWrapper
        To the database.
    """
    with connection.cursor() as cursor:
        for statement in _UP[connection.vendor]:
            cursor.execute(statement)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Let the database change entries again: for going back a migration, and for tests.

    Parameters
    ----------
    connection : BaseDatabaseWrapper
        To the database.
    """
    of_table = " ON audit_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _NAMES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{of_table}")
