"""Check-in, draws, and the codes that stand for entries while they are marked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from saiwu.accounts.models import Account
from saiwu.competitions.models import Division, Event
from saiwu.entries.models import Entry
from saiwu.rules.procedure import DrawState


class CheckIn(models.Model):
    """Identity verified at the venue."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="check_in")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "saiwu_check_in"


class Draw(models.Model):
    """A draw that anyone can verify (saiwu-draw/1). The secret is sealed until the transcript is published."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="draws")
    division = models.ForeignKey(Division, null=True, on_delete=models.PROTECT, related_name="draws")
    purpose = models.CharField(max_length=120)
    codes = models.JSONField()
    list_sha256 = models.CharField(max_length=64)
    stations = models.PositiveIntegerField(null=True)
    state = models.CharField(
        max_length=10, choices=[(state.value, state.chinese) for state in DrawState], default=DrawState.FROZEN
    )
    frozen_at = models.DateTimeField()
    secret_sealed = models.BinaryField(null=True)
    commitment = models.CharField(max_length=64, blank=True, default="")
    committed_at = models.DateTimeField(null=True)
    public_input = models.TextField(blank=True, default="")
    public_input_source = models.TextField(blank=True, default="")
    fixed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    transcript = models.JSONField(null=True)

    scope_paths = ("event__scope_id", "event__competition__scope_id")
    event_path: ClassVar[str | None] = "event"

    class Meta:
        db_table = "saiwu_draw"
        constraints = (
            models.UniqueConstraint(
                name="one_draw_a_purpose", fields=["event", "purpose"], violation_error_message="这项抽签已经建立。"
            ),
            models.CheckConstraint(
                name="a_draw_is_committed_before_it_is_made",
                condition=Q(state="frozen") | ~Q(commitment=""),
            ),
            models.CheckConstraint(
                name="a_draw_has_its_public_input_before_it_is_made",
                condition=Q(state__in=["frozen", "committed"]) | Q(fixed_at__isnull=False),
            ),
        )


class Place(models.Model):
    """Where an entry sits, or when its turn is: by one draw. There may be several draws, of different purposes."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="places")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="drawn")
    position = models.PositiveIntegerField()
    session = models.PositiveIntegerField(null=True)
    station = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "saiwu_place"
        constraints = (
            models.UniqueConstraint(name="one_entry_a_position", fields=["draw", "position"]),
            models.UniqueConstraint(name="one_position_an_entry", fields=["draw", "entry"]),
        )


class BlindCode(models.Model):
    """What stands for an entry while it is marked. The link is read at unsealing, by people who did not mark."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="codes")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="codes")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="blind_code")
    code = models.CharField(max_length=12)

    class Meta:
        db_table = "saiwu_blind_code"
        constraints = (models.UniqueConstraint(name="one_entry_a_code", fields=["event", "code"]),)
