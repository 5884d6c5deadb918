"""The database itself refuses to change or delete what is only ever appended: audit records, seals, heads, marks."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("saiwu_record", "saiwu_seal", "saiwu_head", "saiwu_mark")

SQLITE = """
CREATE TRIGGER {table}_never_updated BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
POSTGRESQL = """
CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION saiwu_refuse_change();
CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION saiwu_refuse_change();
"""
FUNCTION = """
CREATE FUNCTION saiwu_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
"""


def protect(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of the database in use."""
    if editor.connection.vendor == "postgresql":
        editor.execute(FUNCTION, params=None)
        for table in TABLES:
            editor.execute(POSTGRESQL.format(table=table))
        return
    for table in TABLES:
        for statement in SQLITE.format(table=table).strip().splitlines():
            editor.execute(statement)


def release(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them."""
    names = ("never_changed", "never_emptied") if editor.connection.vendor == "postgresql" else ("never_updated", "never_deleted")
    for table in TABLES:
        for name in names:
            on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
            editor.execute(f"DROP TRIGGER {table}_{name}{on}")
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION saiwu_refuse_change()")


class Migration(migrations.Migration):
    dependencies = (("saiwu", "0001_first"),)
    operations = (migrations.RunPython(protect, release),)
