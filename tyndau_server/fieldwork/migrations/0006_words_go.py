from typing import Any

from django.db import migrations, models


def forget(apps: Any, schema_editor: Any) -> None:
    """Erase what people wrote about interviews that were withdrawn before it went by itself."""
    del schema_editor
    decisions = apps.get_model("fieldwork", "Decision").objects
    held = decisions.filter(submission__state="withdrawn").exclude(after="withdrawn")
    held.update(reason="")


class Migration(migrations.Migration):
    dependencies = [
        ("fieldwork", "0005_clocks"),
    ]

    operations = [
        migrations.AddField(
            model_name="quarantined",
            name="note",
            field=models.TextField(blank=True, null=True),
        ),
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
