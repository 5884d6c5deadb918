"""What people state of themselves on the way in, as verbs take it: plain values, checked before any row is touched."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from saiwu.audit.frame import Refused
from saiwu.documents.names import printed
from saiwu.rules.identity import Identity, NotValid, read_identity, read_phone
from saiwu.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Statement:
    """One contestant as he, or his unit, states him. `facts` are keyed as in the rulebook language §17 (`status`,
    `place`, `level`, `years`, own facts by id); name, ID number and phone are no facts and never stored among them.
    `person`: somebody whom the unit knows already, whose name and number are then his (`known`)."""

    name: str
    number: str
    phone: str = ""
    role: str = "选手"
    facts: Mapping[str, Any] = field(default_factory=dict)
    person: int | None = None


@dataclass(frozen=True, slots=True)
class InstructorStatement:
    """An instructor: name and ID number, by which a clash with a contestant is found. `person` as of a contestant."""

    name: str
    number: str
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A statement whose name, number and phone can be."""

    name: str
    identity: Identity
    phone: str
    role: str
    facts: Mapping[str, Any]


def local_day(book: Rulebook, at: datetime) -> date:
    """The day on which an instant falls in the notice's zone."""
    return at.astimezone(book.zone).date()


def checked(statement: Statement, *, on: date, where: str = "") -> Checked:
    """Check what can be checked without a row. Refused says in whose field (`where`) what is wrong and how to mend it."""
    name = checked_name(statement.name, where)
    identity = _identity(statement.number, on, where)
    phone = ""
    if statement.phone:
        try:
            phone = read_phone(statement.phone)
        except NotValid as error:
            raise Refused(f"{where}{error}", rule="phone", field="phone") from error
    stated = statement.facts.get("sex")
    if stated and stated != identity.sex:
        raise Refused(f"{where}性别填“{stated}”，与证件号码不符，请核对性别和号码。", rule="identity", field="sex")
    facts = {one_line(key): _clean(value) for key, value in statement.facts.items() if key != "sex"}
    return Checked(name, identity, phone, statement.role, facts)


def one_line(text: str, most: int = 120) -> str:
    """Free text as it is kept: one line, without control characters (PostgreSQL refuses NUL, no eye sees the rest)."""
    shown = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return " ".join(shown.split())[:most]


def _clean(value: Any) -> Any:
    """The same for whatever a fact holds."""
    if isinstance(value, str):
        return one_line(value, 500)
    if isinstance(value, Mapping):
        return {one_line(str(key)): _clean(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(one) for one in value]
    return value


def checked_instructors(stated: Sequence[InstructorStatement], *, on: date) -> list[Checked]:
    """The same for instructors."""
    rows = []
    for place, one in enumerate(stated, start=1):
        where = f"指导教师{place}：" if len(stated) > 1 else "指导教师："
        rows.append(Checked(checked_name(one.name, where), _identity(one.number, on, where), "", "指导教师", {}))
    return rows


def checked_name(text: str, where: str = "") -> str:
    """The name as it is kept. Refused where nobody is called so: empty, too long, or with what no name holds."""
    name = printed(unicodedata.normalize("NFC", text))
    if not name:
        raise Refused(f"{where}请填写姓名，与证件一致。", rule="identity", field="name")
    if len(name) > 60:
        raise Refused(f"{where}姓名过长，请核对。", rule="identity", field="name")
    # Letters of any script, since names are; what no name holds (a formula, a tag, a control character) is a slip.
    strange = [letter for letter in name if unicodedata.category(letter)[0] not in "LM" and letter not in " ·-'.’"]
    if strange:
        raise Refused(f"{where}姓名中有“{strange[0]}”，请按证件填写姓名。", rule="identity", field="name")
    return name


def _identity(text: str, on: date, where: str) -> Identity:
    try:
        return read_identity(text, on=on)
    except NotValid as error:
        raise Refused(f"{where}{error}", rule="identity", field="number") from error
