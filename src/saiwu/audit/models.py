"""Records of what was done; their numbers and hashes, given later in batches; signed heads. None is ever updated."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Record(models.Model):
    """Who did what, when, to what, on whose authority. Written in the transaction of the verb.

    `competition` is a plain key (empty: of the installation itself), so that a record outlives what it speaks of.
    """

    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    role = models.CharField(max_length=20)
    verb = models.CharField(max_length=60)
    object = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    competition = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        db_table = "saiwu_record"
        indexes = (
            models.Index(fields=["object", "id"], name="records_of_an_object"),
            models.Index(fields=["competition", "id"], name="records_of_a_competition"),
            models.Index(fields=["competition", "verb", "id"], name="records_of_a_verb"),
            models.Index(fields=["competition", "actor", "id"], name="records_of_an_actor"),
        )


class Seal(models.Model):
    """The place of a record in the chain: its number and hash."""

    n = models.BigIntegerField(primary_key=True)
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="seal")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "saiwu_seal"
        constraints = (
            models.CheckConstraint(name="a_chain_begins_with_one", condition=Q(n__gte=1)),
            models.UniqueConstraint(name="one_record_follows_another", fields=["previous"]),
        )


class Head(models.Model):
    """A signed head: Ed25519 over `saiwu-audit/1` LF n LF hash, by the installation's key."""

    n = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        db_table = "saiwu_head"
        constraints = (models.UniqueConstraint(name="one_signature_a_head", fields=["n", "key"]),)
