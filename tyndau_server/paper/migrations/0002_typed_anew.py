from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("paper", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="sheet",
            name="corrects",
            field=models.CharField(max_length=255, null=True),
        ),
    ]
