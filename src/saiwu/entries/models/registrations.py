"""What a unit enters, and what is said and decided of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from saiwu.accounts.models import Account, Unit
from saiwu.competitions.models import OPEN_CHOICES, Division, Event
from saiwu.entries.models.claims import Claim, Side
from saiwu.people.models import Person
from saiwu.rules.procedure import EntryState, Open


class Entry(models.Model):
    """What competes: a team of n, n = 1 for singles; it belongs to one division and one unit.

    `round` counts how often it was handed in: each round has one review. `number` names it where nobody must know whom.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="entries")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="entries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="entries")
    team_name = models.CharField(max_length=60, blank=True, default="")
    number = models.CharField(max_length=12)
    state = models.CharField(
        max_length=20, choices=[(state.value, state.chinese) for state in EntryState], default=EntryState.DRAFT
    )
    facts = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    rulebook_version = models.PositiveIntegerField()
    round = models.PositiveIntegerField(default=1)
    submitted_at = models.DateTimeField()
    declared_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    scope_paths = ("event__scope_id", "event__competition__scope_id", "unit__scope_id")
    event_path: ClassVar[str | None] = "event"

    class Meta:
        db_table = "saiwu_entry"
        constraints = (models.UniqueConstraint(name="one_entry_a_number", fields=["event", "number"]),)
        indexes = (
            models.Index(fields=["event", "state", "submitted_at", "id"], name="entries_of_an_event"),
            models.Index(fields=["event", "submitted_at", "id"], name="entries_by_time"),
            models.Index(fields=["unit", "event"], name="entries_of_a_unit"),
        )


class Member(models.Model):
    """A person in an entry. `claim` is what he holds the event by, released with the entry.

    `facts` are what he stated and what the rules were asked with (no number, no phone).
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    position = models.PositiveIntegerField()
    role = models.CharField(max_length=10, default="选手")
    facts = models.JSONField(default=dict)
    claim = models.ForeignKey(Claim, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        db_table = "saiwu_member"
        ordering = ("entry", "position")
        constraints = (
            models.UniqueConstraint(
                name="one_place_in_a_team",
                fields=["entry", "position"],
                violation_error_message="队内序号重复，请核对队员名单。",
            ),
            models.UniqueConstraint(
                name="one_entry_per_claim",
                fields=["claim"],
                violation_error_code="one_event",
                violation_error_message="该人员在本届竞赛已有报名，每人限报一项。如需更换，请先撤回原报名。",
            ),
            models.UniqueConstraint(
                name="once_in_a_team",
                fields=["entry", "person"],
                violation_error_message="同一人在队内出现两次，请核对队员名单。",
            ),
        )


class Evidence(models.Model):
    """A document that a unit shows for a person: a picture without its EXIF, or a PDF, encrypted.

    It belongs to the person and the unit, not to a round of the entry, so that a returned form need not bring it again.
    `rule` is the rulebook's id of the rule that it is to bear out; empty: for the whole.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="evidence")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="evidence")
    rule = models.CharField(max_length=60, blank=True, default="")
    name = models.CharField(max_length=120)
    media = models.CharField(max_length=30, choices=(("image/jpeg", "图片"), ("application/pdf", "PDF")))
    content_sealed = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "saiwu_evidence"
        constraints = (
            models.UniqueConstraint(
                name="one_evidence_a_content",
                fields=["person", "unit", "rule", "sha256"],
                violation_error_message="这份材料已经上传过。",
            ),
        )


class Instructor(models.Model):
    """A person who instructs an entry."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="instructors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="instructs")
    position = models.PositiveIntegerField()

    class Meta:
        db_table = "saiwu_instructor"
        ordering = ("entry", "position")
        constraints = (
            models.UniqueConstraint(name="one_place_among_instructors", fields=["entry", "position"]),
            models.UniqueConstraint(
                name="instructs_an_entry_once",
                fields=["entry", "person"],
                violation_error_message="同一指导教师写了两次，请核对。",
            ),
        )


class SideUse(models.Model):
    """An entry because of which a person stands on a side of the instructor rule."""

    side = models.ForeignKey(Side, on_delete=models.CASCADE, related_name="uses")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="side_uses")

    class Meta:
        db_table = "saiwu_side_use"
        constraints = (models.UniqueConstraint(name="one_use_of_a_side", fields=["side", "entry"]),)


class QuotaPlace(models.Model):
    """A numbered place under a quota. `quota` names the rule and all that it counts within (rulebook language §9)."""

    quota = models.CharField(max_length=160)
    number = models.PositiveIntegerField()
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="places")

    class Meta:
        db_table = "saiwu_quota_place"
        constraints = (
            models.UniqueConstraint(
                name="one_entry_a_place",
                fields=["quota", "number"],
                violation_error_code="quotas",
                violation_error_message="名额已满。",
            ),
            models.CheckConstraint(name="places_count_from_one", condition=Q(number__gte=1)),
        )


class Waiver(models.Model):
    """An 原则上 rule set aside for one entry, by name, with a reason. `rule` is the rulebook's id (`skill`, `quotas.unit`)."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="waivers")
    rule = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=OPEN_CHOICES, default=Open.ASKED)
    may_settle = models.CharField(max_length=20)
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    grounds = models.TextField()
    settled_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    settled_role = models.CharField(max_length=20, blank=True, default="")
    settled_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="")
    letter = models.CharField(max_length=60, blank=True, default="")

    scope_paths = ("entry__event__scope_id", "entry__event__competition__scope_id")
    event_path: ClassVar[str | None] = "entry__event"

    class Meta:
        db_table = "saiwu_waiver"
        constraints = (
            models.UniqueConstraint(
                name="one_waiver_a_rule", fields=["entry", "rule"], violation_error_message="这一条已请求过豁免。"
            ),
            models.CheckConstraint(
                name="a_settled_waiver_says_by_whom_and_why",
                condition=Q(state="asked", settled_by=None)
                | (~Q(state="asked") & Q(settled_by__isnull=False) & ~Q(reason="")),
                violation_error_message="决定豁免与否须写明理由。",
            ),
        )


class Review(models.Model):
    """What the host decided of one round of an entry."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "审核通过"
        RETURNED = "returned", "退回修改"
        REJECTED = "rejected", "不予受理"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="reviews")
    round = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True, default="")
    findings = models.JSONField(default=list)

    class Meta:
        db_table = "saiwu_review"
        constraints = (
            models.UniqueConstraint(
                name="one_decision_a_review",
                fields=["entry", "round"],
                violation_error_message="这份报名刚刚已由他人审核，请刷新后查看。",
            ),
            models.CheckConstraint(
                name="who_is_not_accepted_is_told_why",
                condition=Q(outcome="accepted") | ~Q(reason=""),
                violation_error_message="退回或不予受理须写明理由，报名单位会看到。",
            ),
        )
