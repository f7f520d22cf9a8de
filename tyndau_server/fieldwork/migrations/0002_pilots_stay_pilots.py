from typing import Any

from django.db import migrations, models


def add_where_it_is_missing(apps: Any, schema_editor: Any) -> None:
    """Add the column; a database that has it already keeps what stands there."""
    instrument = apps.get_model("fieldwork", "Instrument")
    with schema_editor.connection.cursor() as cursor:
        table = instrument._meta.db_table
        columns = schema_editor.connection.introspection.get_table_description(cursor, table)
    if "piloted" not in {column.name for column in columns}:
        field = models.BooleanField(default=False)
        field.set_attributes_from_name("piloted")
        schema_editor.add_field(instrument, field)


class Migration(migrations.Migration):
    dependencies = [
        ("fieldwork", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunPython(add_where_it_is_missing, migrations.RunPython.noop)
            ],
            state_operations=[
                migrations.AddField(
                    model_name="instrument",
                    name="piloted",
                    field=models.BooleanField(default=False),
                ),
            ],
        ),
        migrations.AlterField(
            model_name="quarantined",
            name="content_type",
            field=models.TextField(blank=True),
        ),
    ]
