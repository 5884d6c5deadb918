"""Audit records of a competition by what was done and by whom: a filtered first page of a long trail reads one page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two indexes."""

    dependencies = (("saiwu", "0005_entries_by_time"),)

    operations = (
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["competition", "verb", "id"], name="records_of_a_verb"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["competition", "actor", "id"], name="records_of_an_actor"),
        ),
    )
