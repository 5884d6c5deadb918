"""Marks, times, penalties, and the check before codes are joined back. Codes are all that stands here of an entry."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from saiwu.accounts.models import Account
from saiwu.competitions.models import Event


class Mark(models.Model):
    """What one judge gave one part of one code. `value` in thousandths, of 用时 and 交卷时间 in seconds.

    A part is a component (`theory`), a module (`practical/m1`), 用时 or 交卷时间. Never changed: a correction is a new
    row that replaces the old one, one to one; current is what nothing replaces. `seat`: the how-manieth judge of that
    part this is (1, 2, …); the rulebook says how many mark it.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="marks")
    code = models.CharField(max_length=12)
    part = models.CharField(max_length=80)
    seat = models.PositiveIntegerField(default=1)
    value = models.PositiveBigIntegerField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    reason = models.TextField(blank=True, default="")

    class Meta:
        db_table = "saiwu_mark"
        constraints = (
            models.UniqueConstraint(
                name="one_first_mark_a_judge",
                fields=["event", "code", "part", "by"],
                condition=Q(replaces=None),
                violation_error_message="这一项已录入，请用更正。",
            ),
            models.UniqueConstraint(
                name="one_first_mark_a_seat",
                fields=["event", "code", "part", "seat"],
                condition=Q(replaces=None),
                violation_error_message="这一项刚刚已由其他裁判录入，请刷新后查看。",
            ),
            models.UniqueConstraint(
                name="one_correction_a_mark",
                fields=["replaces"],
                violation_error_message="这一项刚刚已更正过，请刷新后查看。",
            ),
            models.CheckConstraint(
                name="a_correction_says_why",
                condition=Q(replaces=None) | ~Q(reason=""),
                violation_error_message="更正评分须写明理由。",
            ),
        )
        indexes = (models.Index(fields=["event", "code"], name="marks_of_a_code"),)


class Penalty(models.Model):
    """A penalty of the rulebook given to a code, by the chief judge, with its facts."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="penalties")
    code = models.CharField(max_length=12)
    penalty = models.CharField(max_length=60)
    times = models.PositiveIntegerField(default=1)
    reason = models.TextField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "saiwu_penalty"
        constraints = (
            models.UniqueConstraint(
                name="one_penalty_a_code",
                fields=["event", "code", "penalty"],
                violation_error_message="这项处罚已经作出。",
            ),
            models.CheckConstraint(
                name="a_penalty_says_why",
                condition=~Q(reason="") & Q(times__gte=1),
                violation_error_message="处罚须写明事实。",
            ),
        )


class HandIn(models.Model):
    """提交评分: a judge says that all that is his to mark is marked. `marks`: how many of his counted then.

    `outdated_at`: when he entered or corrected a mark after it, so that he has to say it again.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="hand_ins")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    marks = models.PositiveIntegerField()
    outdated_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "saiwu_hand_in"
        constraints = (
            models.UniqueConstraint(
                name="one_hand_in_a_judge",
                fields=["event", "by"],
                condition=Q(outdated_at=None),
                violation_error_message="您已提交评分。",
            ),
        )


class SecondLook(models.Model):
    """抽检复核: a sample of locked marks looked at again by somebody who did not mark, before codes are joined back.

    `outdated_at`: when marks were reopened, so that what was looked at need not be what stands now.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="second_looks")
    codes = models.JSONField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    remark = models.TextField(blank=True, default="")
    outdated_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "saiwu_second_look"
