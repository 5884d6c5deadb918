"""Who claims which event: the one claim that pre-registration and entry share."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from saiwu.competitions.models import Competition, Division, Event
from saiwu.people.models import Person
from saiwu.rules.procedure import EntryState


class Claim(models.Model):
    """A person holds one event of a competition. Released by withdrawal or rejection; two live claims never exist."""

    competition = models.ForeignKey(Competition, on_delete=models.PROTECT, related_name="claims")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claims")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="claims")

    class Meta:
        db_table = "saiwu_claim"
        constraints = (
            models.UniqueConstraint(
                name="one_event_per_person",
                fields=["competition", "person"],
                violation_error_code="one_event",
                violation_error_message="该人员在本届竞赛已有报名，每人限报一项。如需更换，请先撤回原报名。",
            ),
        )


class Conflict(models.Model):
    """A refused attempt at a second claim, kept by keys until it is settled: the office sees them, strangers never do."""

    competition = models.ForeignKey(Competition, on_delete=models.PROTECT, related_name="conflicts")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="conflicts")
    number_digest = models.CharField(max_length=64)
    rule = models.CharField(max_length=40)
    actor = models.CharField(max_length=40)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    scope_paths = ("event__scope_id", "competition__scope_id")
    event_path: ClassVar[str | None] = "event"

    class Meta:
        db_table = "saiwu_conflict"
        indexes = (models.Index(fields=["competition", "settled_at", "id"], name="conflicts_to_settle"),)


class Side(models.Model):
    """On which side of the instructor rule a person stands, within one event or competition (`within`).

    A contestant to whom the rule applies takes `contestant`, an instructor of contestants whom it protects takes
    `instructor`: whichever comes second breaks the constraint. Several entries may put a person on the same side
    (`SideUse`, beside the entries); the side ends with the last of them.
    """

    competition = models.ForeignKey(Competition, on_delete=models.PROTECT, related_name="sides")
    rule = models.CharField(max_length=40)
    within = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sides")
    side = models.CharField(max_length=12, choices=(("contestant", "选手"), ("instructor", "指导教师")))

    class Meta:
        db_table = "saiwu_side"
        constraints = (
            models.UniqueConstraint(
                name="contestant_or_instructor",
                fields=["competition", "rule", "within", "person"],
                violation_error_code="not_instructor",
                violation_error_message="以职工身份参赛的选手不得担任同一赛项学生选手的指导教师，请更换选手或指导教师。",
            ),
        )


class Preregistration(models.Model):
    """A person claims one event by the QR page. `receipt` is what he holds; `request` makes a second submit the same."""

    competition = models.ForeignKey(Competition, on_delete=models.PROTECT, related_name="preregistrations")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="preregistrations")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="preregistrations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="preregistrations")
    unit_name = models.CharField(max_length=120)
    receipt = models.CharField(max_length=8)
    request = models.CharField(max_length=64)
    answers = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    rulebook_version = models.PositiveIntegerField()
    state = models.CharField(
        max_length=20, choices=[(state.value, state.chinese) for state in EntryState], default=EntryState.PREREGISTERED
    )
    at = models.DateTimeField()

    scope_paths = ("event__scope_id", "event__competition__scope_id")
    event_path: ClassVar[str | None] = "event"

    class Meta:
        db_table = "saiwu_preregistration"
        constraints = (
            models.UniqueConstraint(name="one_receipt_a_number", fields=["competition", "receipt"]),
            models.UniqueConstraint(name="one_receipt_a_request", fields=["competition", "request"]),
        )
        indexes = (models.Index(fields=["event", "state"], name="preregistrations_of_an_event"),)
