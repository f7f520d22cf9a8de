import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("form", "0003_sizes"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PhoneKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("point", models.BinaryField()),
                (
                    "token",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="key",
                        to="people.token",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="unfinished",
            name="finished",
            field=models.BooleanField(default=False),
        ),
    ]
