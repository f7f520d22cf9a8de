from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("form", "0002_replies"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="unfinished",
            index=models.Index(fields=["size"], name="unfinished_by_size"),
        ),
    ]
