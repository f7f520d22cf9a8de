import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("control", "0001_control"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Counted",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("study", models.CharField(max_length=255)),
                ("population", models.CharField(max_length=255)),
                ("figures", models.JSONField(default=dict)),
                ("state", models.CharField(blank=True, max_length=255)),
                ("design", models.CharField(blank=True, max_length=64)),
                ("files", models.BigIntegerField(default=0)),
                ("moment", models.DateTimeField()),
                (
                    "membership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.membership",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("membership", None)),
                        fields=("study", "population"),
                        name="one_count_of_the_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("membership", None), _negated=True),
                        fields=("study", "population", "membership"),
                        name="one_count_of_an_interviewer",
                    ),
                ],
            },
        ),
    ]
