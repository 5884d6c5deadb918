"""A natural person, once per competition: contestant, instructor, team leader."""

from __future__ import annotations

from django.db import models

from saiwu.competitions.models import Competition


class Person(models.Model):
    """Who takes part. `key` stands for him in audit records and contexts of encryption; it says nothing about him.

    The ID number and phone are encrypted; `number_digest` finds an equal number without reading it.
    """

    competition = models.ForeignKey(Competition, on_delete=models.PROTECT, related_name="people")
    key = models.CharField(max_length=16)
    name = models.CharField(max_length=60)
    sex = models.CharField(max_length=1, blank=True, default="")
    born = models.DateField(null=True)
    number_digest = models.CharField(max_length=64)
    number_sealed = models.BinaryField()
    phone_sealed = models.BinaryField(null=True)

    class Meta:
        db_table = "saiwu_person"
        constraints = (
            models.UniqueConstraint(
                name="one_person_a_number",
                fields=["competition", "number_digest"],
                violation_error_message="这个证件号码刚刚由另一处提交，请再提交一次。",
            ),
            models.UniqueConstraint(name="one_person_a_key", fields=["key"]),
        )


class Photo(models.Model):
    """A person's photo, re-encoded without its EXIF and encrypted."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="photo")
    jpeg_sealed = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "saiwu_photo"
