from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fieldwork", "0004_withdrawals"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="ahead",
            field=models.IntegerField(null=True),
        ),
    ]
