from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fieldwork", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="instrument",
            name="piloted",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="quarantined",
            name="content_type",
            field=models.TextField(blank=True),
        ),
    ]
