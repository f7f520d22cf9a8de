import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("control", "0002_counted"),
        ("fieldwork", "0006_words_go"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="made",
            name="membership",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.membership",
            ),
        ),
        migrations.AddIndex(
            model_name="made",
            index=models.Index(fields=["membership", "day"], name="made_by_interviewer"),
        ),
    ]
