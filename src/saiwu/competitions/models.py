"""What a notice sets up, and what is decided about it. Names, dates and rules stand in the rulebook, not here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from saiwu.accounts.models import Account, Scope
from saiwu.rules.procedure import EventState, Open

OPEN_CHOICES = [(state.value, state.chinese) for state in Open]


class Competition(models.Model):
    """One running of a competition, made by one notice. `slug` is the rulebook's id.

    `in_force_sha256` is the digest of the version in force: what a process has read once it knows again by it.
    """

    slug = models.CharField(max_length=60)
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="competition")
    in_force = models.ForeignKey("RulebookVersion", null=True, on_delete=models.PROTECT, related_name="+")
    in_force_sha256 = models.CharField(max_length=64, blank=True, default="")
    published_at = models.DateTimeField()

    scope_paths = ("scope_id",)
    event_path: ClassVar[str | None] = None
    competition_path: ClassVar[str | None] = ""

    class Meta:
        db_table = "saiwu_competition"
        constraints = (
            models.UniqueConstraint(
                name="one_competition_a_slug", fields=["slug"], violation_error_message="这场竞赛已经发布过。"
            ),
        )


class RulebookVersion(models.Model):
    """A rulebook as published, whole: its files. It never changes; a correction is the next version."""

    competition = models.ForeignKey(Competition, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    files = models.JSONField()
    sha256 = models.CharField(max_length=64)
    since = models.DateTimeField()

    class Meta:
        db_table = "saiwu_rulebook_version"
        constraints = (
            models.UniqueConstraint(
                name="one_rulebook_a_version",
                fields=["competition", "version"],
                violation_error_message="这一版规则已经发布过，更正请用下一个版本号。",
            ),
        )


class Event(models.Model):
    """One of the skills contested. Its state is its life; the rest is the rulebook's."""

    competition = models.ForeignKey(Competition, on_delete=models.PROTECT, related_name="events")
    slug = models.CharField(max_length=60)
    position = models.PositiveIntegerField()
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="event")
    state = models.CharField(
        max_length=20, choices=[(state.value, state.chinese) for state in EventState], default=EventState.ANNOUNCED
    )

    scope_paths = ("scope_id", "competition__scope_id")
    event_path: ClassVar[str | None] = ""
    competition_path: ClassVar[str | None] = "competition"

    class Meta:
        db_table = "saiwu_event"
        ordering = ("competition", "position")
        constraints = (models.UniqueConstraint(name="one_event_a_slug", fields=["competition", "slug"]),)


class Division(models.Model):
    """A division of an event; entries are ranked within one (or all together, as the rulebook says)."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="divisions")
    slug = models.CharField(max_length=60)
    position = models.PositiveIntegerField()

    class Meta:
        db_table = "saiwu_division"
        ordering = ("event", "position")
        constraints = (models.UniqueConstraint(name="one_division_a_slug", fields=["event", "slug"]),)


class Moment(models.Model):
    """An instant at which something that the rulebook's dates hang on really happened (报名截止, 成绩公布, …)."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="moments")
    name = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        db_table = "saiwu_moment"
        constraints = (models.UniqueConstraint(name="a_moment_happens_once", fields=["event", "name"]),)


class ChangeRequest(models.Model):
    """A host asks to move, rename, ... an event. `values` maps keys of the event's rulebook file to their new text."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10)
    values = models.JSONField()
    before = models.JSONField(default=dict)
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=OPEN_CHOICES, default=Open.ASKED)
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    settled_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_role = models.CharField(max_length=20, blank=True, default="")
    letter = models.CharField(max_length=60, blank=True, default="")
    remark = models.TextField(blank=True, default="")
    version = models.ForeignKey(RulebookVersion, null=True, on_delete=models.PROTECT, related_name="changes")

    scope_paths = ("event__scope_id", "event__competition__scope_id")
    event_path: ClassVar[str | None] = "event"

    class Meta:
        db_table = "saiwu_change_request"
        constraints = (
            models.CheckConstraint(
                name="a_settled_change_says_by_whom",
                condition=Q(state="asked", settled_by=None) | (~Q(state="asked") & Q(settled_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_granted_change_has_its_rulebook",
                condition=~Q(state="granted") | Q(version__isnull=False),
            ),
        )


class Decision(models.Model):
    """What no program may decide: raised with its options, taken by name, with a reason.

    `subject` says over what it was raised (a division's list, a border), so that the same is not raised twice;
    `division` is empty where it concerns the whole event. `taken_by_role` is who may take it.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="decisions")
    division = models.ForeignKey(Division, null=True, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10)
    subject = models.CharField(max_length=120)
    concerns = models.JSONField(default=list)
    options = models.JSONField(default=list)
    message = models.TextField()
    clause = models.CharField(max_length=20, blank=True, default="")
    may_take = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=OPEN_CHOICES, default=Open.ASKED)
    raised_at = models.DateTimeField()
    choice = models.JSONField(null=True)
    taken_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    taken_role = models.CharField(max_length=20, blank=True, default="")
    taken_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="")
    letter = models.CharField(max_length=60, blank=True, default="")

    scope_paths = ("event__scope_id", "event__competition__scope_id")
    event_path: ClassVar[str | None] = "event"

    class Meta:
        db_table = "saiwu_decision"
        constraints = (
            models.UniqueConstraint(name="one_decision_a_subject", fields=["event", "subject"]),
            models.CheckConstraint(
                name="a_taken_decision_says_by_whom_and_why",
                condition=Q(state="asked", taken_by=None)
                | (~Q(state="asked") & ~Q(reason="") & (Q(taken_by__isnull=False) | Q(taken_role="system"))),
                violation_error_message="作出裁定须写明理由。",
            ),
        )
