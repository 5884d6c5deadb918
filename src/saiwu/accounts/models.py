"""Account, scope, appointment, unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from saiwu.rules.procedure import Role


class Accounts(BaseUserManager["Account"]):
    """Accounts by their login."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of that login, in whatever case it was typed."""
        return self.get(login__iexact=username)


class Account(AbstractBaseUser):
    """A person of staff or of a unit, who signs in alone; nobody shares an account.

    `second_factor_sealed` is the secret of his authenticator (RFC 6238), encrypted; None while he has none.
    `second_factor_step` is the last time step of which a code was taken: no code is taken twice. `recovery_digests` are
    keyed digests of the codes that stand in for a lost authenticator, each once. `reset_asked_at`: he said that he has
    forgotten his password, and waits for the office's link.
    """

    login = models.CharField("登录名", max_length=100)
    name = models.CharField("姓名", max_length=60)
    number_digest = models.CharField(max_length=64, blank=True, default="")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    second_factor_sealed = models.BinaryField(null=True)
    second_factor_step = models.PositiveBigIntegerField(default=0)
    recovery_digests = models.JSONField(default=list)
    reset_asked_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[Accounts] = Accounts()

    class Meta:
        db_table = "saiwu_account"
        constraints = (
            models.UniqueConstraint(
                name="one_account_a_login", fields=["login"], violation_error_message="这个登录名已有人使用，请换一个。"
            ),
        )

    @property
    def audit_key(self) -> str:
        """`account:7`."""
        return f"account:{self.pk}"


class Attempt(models.Model):
    """A failed attempt at something that can be guessed (a password, a receipt's last four places).

    `subject` is a keyed digest of what was tried at: a login, a receipt, an address. Old ones are thrown away.
    """

    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "saiwu_attempt"
        indexes = (models.Index(fields=["kind", "subject", "at"], name="attempts_at_a_subject"),)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody without an account. A receipt is what he holds."""

    receipt: str = ""

    @property
    def audit_key(self) -> str:
        """`visitor`."""
        return "visitor"


@dataclass(frozen=True, slots=True)
class System:
    """The program itself, where the clock alone made the verb due."""

    @property
    def audit_key(self) -> str:
        """`system`."""
        return "system"


SYSTEM = System()
Actor = Account | Visitor | System


class Scope(models.Model):
    """What an appointment is over: the installation, a unit, a competition, or an event inside its competition."""

    class Kind(models.TextChoices):
        INSTALLATION = "installation", "整套安装"
        UNIT = "unit", "参赛单位"
        COMPETITION = "competition", "竞赛"
        EVENT = "event", "赛项"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        db_table = "saiwu_scope"
        constraints = (
            models.CheckConstraint(
                name="an_event_lies_in_a_competition",
                condition=Q(kind="event", parent__isnull=False) | (~Q(kind="event") & Q(parent__isnull=True)),
            ),
            models.UniqueConstraint(name="one_installation", fields=["kind"], condition=Q(kind="installation")),
        )


class Appointment(models.Model):
    """An account holding a role over a scope, from–to (`until` not included; empty: until further notice)."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=[(role.value, role.chinese) for role in Role])
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="appointments")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "saiwu_appointment"
        constraints = (
            models.UniqueConstraint(
                name="one_appointment_at_a_time",
                fields=["account", "role", "scope", "since"],
                violation_error_message="此人已有这项聘任。",
            ),
            models.CheckConstraint(
                name="an_appointment_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                violation_error_message="聘任的结束时间须晚于开始时间。",
            ),
        )


class Unit(models.Model):
    """An employer, school or other body that enters people. `name_key` is the name as it is compared."""

    class Kind(models.TextChoices):
        COMPANY = "企业", "企业"
        SCHOOL = "院校", "院校"
        AUTHORITY = "机关", "机关"
        OTHER = "其他", "其他"

    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120)
    credit_code = models.CharField(max_length=18, blank=True, default="")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    school_kind = models.CharField(max_length=10, blank=True, default="")
    district = models.CharField(max_length=30, blank=True, default="")
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="unit")

    scope_paths = ("scope_id",)

    class Meta:
        db_table = "saiwu_unit"
        constraints = (
            models.UniqueConstraint(
                name="one_unit_a_name",
                fields=["name_key"],
                violation_error_message="已有同名单位，请核对是否同一单位。",
            ),
            models.UniqueConstraint(
                name="one_unit_a_credit_code",
                fields=["credit_code"],
                condition=~Q(credit_code=""),
                violation_error_message="已有单位使用这个统一社会信用代码，请核对是否同一单位。",
            ),
        )

    def facts(self) -> dict[str, Any]:
        """What rules may ask of a unit."""
        return {"unit_kind": self.kind, "school_kind": self.school_kind or None, "district": self.district or None}
