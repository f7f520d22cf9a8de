from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def count_again(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Have the worker count every field again: sums by territory are kept from now on."""
    del editor
    apps.get_model("control", "Counted").objects.filter(membership=None).update(state="")


class Migration(migrations.Migration):
    dependencies = [("control", "0003_made_by_interviewer")]

    operations = [migrations.RunPython(count_again, migrations.RunPython.noop)]
