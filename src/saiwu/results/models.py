"""What comes out: lists, results, certificates, the bulletin."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from saiwu.accounts.models import Account
from saiwu.competitions.models import Competition, Division, Event
from saiwu.entries.models import Entry, Member


class Unsealing(models.Model):
    """Codes joined back to entries: by a registrar before a supervisor, neither of whom marked. Once an event."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="unsealing")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    witness = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "saiwu_unsealing"
        constraints = (
            models.CheckConstraint(
                name="two_people_unseal",
                condition=~Q(by=models.F("witness")),
                violation_error_message="解密须由两人在场：检录加密人员操作，监督见证。",
            ),
        )


class ResultList(models.Model):
    """A computed list of one division (or of the whole event where the rulebook ranks all together).

    `bundle` is the saiwu-result/1 document that the list follows from; `number` counts recomputations.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="result_lists")
    division = models.ForeignKey(Division, null=True, on_delete=models.PROTECT, related_name="result_lists")
    list_key = models.CharField(max_length=60)
    number = models.PositiveIntegerField(default=1)
    bundle = models.JSONField()
    sha256 = models.CharField(max_length=64)
    computed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "saiwu_result_list"
        constraints = (models.UniqueConstraint(name="one_list_a_computation", fields=["event", "list_key", "number"]),)


class Result(models.Model):
    """Total, rank and prize of one entry in a list. `total` in thousandths; `members` as in the bundle."""

    result_list = models.ForeignKey(ResultList, on_delete=models.CASCADE, related_name="results")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="results")
    code = models.CharField(max_length=12)
    state = models.CharField(max_length=10)
    total = models.PositiveIntegerField(null=True)
    rank = models.PositiveIntegerField(null=True)
    award = models.CharField(max_length=40, blank=True, default="")
    pending = models.CharField(max_length=10, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    components = models.JSONField(default=dict)
    members = models.JSONField(default=list)

    class Meta:
        db_table = "saiwu_result"
        constraints = (
            models.UniqueConstraint(name="one_result_a_list", fields=["result_list", "entry"]),
            models.UniqueConstraint(name="one_code_a_list", fields=["result_list", "code"]),
        )


class Certificate(models.Model):
    """An award certificate. `check` is the code in its QR, by which anybody finds its check page."""

    competition = models.ForeignKey(Competition, on_delete=models.PROTECT, related_name="certificates")
    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="certificates")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField(max_length=80)
    check_code = models.CharField(max_length=16)
    issued_at = models.DateTimeField()

    class Meta:
        db_table = "saiwu_certificate"
        constraints = (
            models.UniqueConstraint(
                name="one_number_a_certificate",
                fields=["competition", "number"],
                violation_error_message="证书编号重复。",
            ),
            models.UniqueConstraint(
                name="one_certificate_a_member",
                fields=["result", "member"],
                violation_error_message="该选手的证书已颁发。",
            ),
            models.UniqueConstraint(name="one_check_code_a_certificate", fields=["check_code"]),
        )


class UnitAward(models.Model):
    """A unit's award, decided by name on the proposal of the points table.

    `among`: the list of candidates it was chosen from (参赛单位, 区县, …); `prize`: where the award has several grades.
    """

    competition = models.ForeignKey(Competition, on_delete=models.PROTECT, related_name="unit_awards")
    award = models.CharField(max_length=60)
    prize = models.CharField(max_length=60, blank=True, default="")
    among = models.CharField(max_length=20)
    recipient = models.CharField(max_length=120)
    points = models.IntegerField(null=True)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()
    letter = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        db_table = "saiwu_unit_award"
        constraints = (
            models.UniqueConstraint(
                name="one_unit_award_a_recipient",
                fields=["competition", "award", "recipient"],
                violation_error_message="该单位已获此奖。",
            ),
        )


class Bulletin(models.Model):
    """The one document that names all winners: its values, and the digest of the document made of them."""

    competition = models.OneToOneField(Competition, on_delete=models.PROTECT, related_name="bulletin")
    number = models.CharField(max_length=60)
    values = models.JSONField()
    docx_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "saiwu_bulletin"
