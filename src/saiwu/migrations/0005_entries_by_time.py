"""Registrations of an event by the time at which they were handed in: the first page of a long list reads one page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One index."""

    dependencies = (("saiwu", "0004_hand_in"),)

    operations = (
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["event", "submitted_at", "id"], name="entries_by_time"),
        ),
    )
