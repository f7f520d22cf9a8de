import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("fieldwork", "0003_links"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Cut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("study", models.CharField(max_length=255)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("reason", models.TextField()),
                ("made", models.DateTimeField(auto_now_add=True)),
                ("revoked", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cuts",
                        to="people.membership",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("moment", models.DateTimeField()),
                ("unsent", models.PositiveIntegerField(default=0)),
                ("drafts", models.PositiveIntegerField(default=0)),
                ("ahead", models.IntegerField(default=0)),
                ("kept", models.BooleanField(null=True)),
                (
                    "token",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report",
                        to="people.token",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("study", models.CharField(max_length=255)),
                ("population", models.CharField(max_length=255)),
                ("rule", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=255)),
                ("point", models.CharField(blank=True, max_length=255)),
                ("day", models.DateField(null=True)),
                ("facts", models.JSONField(default=dict)),
                ("raised", models.DateTimeField()),
                ("gone", models.DateTimeField(null=True)),
                ("settled", models.DateTimeField(null=True)),
                ("note", models.TextField(blank=True)),
                (
                    "membership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.membership",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("study", "key"), name="one_alert_of_a_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("study", models.CharField(max_length=255)),
                ("population", models.CharField(max_length=255)),
                ("point", models.CharField(max_length=255)),
                ("interviews", models.PositiveIntegerField()),
                ("day", models.DateField(null=True)),
                ("begins", models.TimeField(null=True)),
                ("ends", models.TimeField(null=True)),
                ("stands_for", models.CharField(blank=True, max_length=255)),
                ("reason", models.TextField(blank=True)),
                ("made", models.DateTimeField(auto_now_add=True)),
                ("ended", models.DateTimeField(null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="people.membership",
                    ),
                ),
                (
                    "takes_over",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.membership",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["study", "point"], name="assignments_by_point")],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("study", models.CharField(max_length=255)),
                ("population", models.CharField(max_length=255)),
                ("uid", models.CharField(max_length=40)),
                ("point", models.CharField(max_length=255)),
                ("moment", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("interview", "Interview"),
                            ("interrupted", "Interrupted"),
                            ("refused", "Refused"),
                            ("not_eligible", "Not Eligible"),
                            ("language", "Language"),
                            ("not_home", "Not Home"),
                        ],
                        max_length=20,
                    ),
                ),
                ("passed", models.PositiveIntegerField(default=0)),
                ("interview", models.CharField(blank=True, max_length=255)),
                ("band", models.CharField(blank=True, max_length=20)),
                ("received", models.DateTimeField()),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.membership",
                    ),
                ),
                (
                    "token",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.token",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["study", "moment"], name="contacts_by_time")],
                "constraints": [
                    models.UniqueConstraint(fields=("study", "uid"), name="one_contact_of_a_uid")
                ],
            },
        ),
        migrations.CreateModel(
            name="Made",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("study", models.CharField(max_length=255)),
                ("population", models.CharField(max_length=255)),
                ("point", models.CharField(blank=True, max_length=255)),
                ("territory", models.CharField(blank=True, max_length=255)),
                ("residence", models.CharField(blank=True, max_length=255)),
                ("began", models.DateTimeField(null=True)),
                ("ended", models.DateTimeField(null=True)),
                ("day", models.DateField(null=True)),
                ("minutes", models.FloatField(null=True)),
                ("language", models.CharField(blank=True, max_length=20)),
                ("outcome", models.CharField(max_length=20)),
                ("cells", models.JSONField(default=list)),
                ("over", models.JSONField(default=list)),
                (
                    "membership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.membership",
                    ),
                ),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="made",
                        to="fieldwork.submission",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["study", "population", "day"], name="made_by_day"),
                    models.Index(fields=["study", "population", "point"], name="made_by_point"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("study", models.CharField(max_length=255)),
                ("uid", models.CharField(max_length=40)),
                ("text", models.TextField()),
                ("moment", models.DateTimeField()),
                ("received", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.membership",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("study", "uid"), name="one_question_of_a_uid")
                ],
            },
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("study", models.CharField(max_length=255)),
                ("population", models.CharField(max_length=255)),
                ("cell", models.CharField(max_length=500)),
                ("interviews", models.PositiveIntegerField()),
                ("released", models.DateTimeField(null=True)),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="people.membership",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("membership", "population", "cell"), name="one_share_of_a_cell"
                    )
                ],
            },
        ),
    ]
