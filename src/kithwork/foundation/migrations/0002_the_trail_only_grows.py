"""Rows of the trail are only ever added: the database itself refuses to change or delete one."""

from typing import Any

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER trail_no_update BEFORE UPDATE ON foundation_event "
    "BEGIN SELECT RAISE(ABORT, 'the trail only grows'); END",
    "CREATE TRIGGER trail_no_delete BEFORE DELETE ON foundation_event "
    "BEGIN SELECT RAISE(ABORT, 'the trail only grows'); END",
]
POSTGRES = [
    "CREATE FUNCTION trail_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the trail only grows'; END $$",
    "CREATE TRIGGER trail_no_change BEFORE UPDATE OR DELETE ON foundation_event "
    "FOR EACH ROW EXECUTE FUNCTION trail_only_grows()",
]
UNDO = {
    "sqlite": ["DROP TRIGGER trail_no_update", "DROP TRIGGER trail_no_delete"],
    "postgresql": ["DROP TRIGGER trail_no_change ON foundation_event", "DROP FUNCTION trail_only_grows()"],
}


def _run(statements: dict[str, list[str]], schema_editor: Any) -> None:
    if schema_editor.connection.alias == "default":
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)


def guard(apps: Any, schema_editor: Any) -> None:
    _run({"sqlite": SQLITE, "postgresql": POSTGRES}, schema_editor)


def unguard(apps: Any, schema_editor: Any) -> None:
    _run(UNDO, schema_editor)


class Migration(migrations.Migration):
    dependencies = (("foundation", "0001_initial"),)
    operations = (migrations.RunPython(guard, unguard, elidable=False),)
