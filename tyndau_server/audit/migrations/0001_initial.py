from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("moment", models.DateTimeField()),
                ("actor", models.BigIntegerField(null=True)),
                ("actor_name", models.CharField(max_length=200)),
                ("study", models.CharField(blank=True, max_length=255)),
                ("action", models.CharField(max_length=60)),
                ("subject", models.CharField(blank=True, max_length=255)),
                ("details", models.JSONField(default=dict)),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["study", "number"], name="log_of_a_study")],
            },
        ),
    ]
