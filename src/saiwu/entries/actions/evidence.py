"""Documents that bear a claim out: shown by the unit, taken back until the host has decided."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account
from saiwu.audit.frame import NotFound, Refused, action, record
from saiwu.documents import evidence
from saiwu.entries.models import Entry, Evidence
from saiwu.entries.statements import one_line
from saiwu.people.models import Person
from saiwu.privacy import fields

MOST = 8
"""Documents of one person: what a reviewer can look through."""

_WITH = ("event__competition", "unit")


@action
def attach_evidence(
    *, entry_id: int, position: int, rule: str, name: str, content: bytes, by: Account, at: datetime
) -> int:
    """Show a document (picture or PDF) for the member at that position. Returns its id.

    `rule` is the rulebook's id of the rule that it is to bear out, empty for the whole; `name` is the file's own.
    Raises Refused where the file is none that can be kept, where it was shown already, or beyond `MOST` of them.
    """
    entry = begin("entries.attach_evidence", Entry, entry_id, by=by, at=at, related=_WITH)
    person = _member(entry, position)
    if Evidence.objects.filter(person=person, unit=entry.unit).count() >= MOST:
        raise Refused(f"每人最多上传 {MOST} 份材料，请先移除不用的。", rule="evidence", field="evidence")
    try:
        ready = evidence.ready(content)
    except evidence.EvidenceRefused as error:
        raise Refused(str(error), rule="evidence", field="evidence") from error
    digest = hashlib.sha256(ready.content).hexdigest()
    row = Evidence.objects.create(
        person=person,
        unit=entry.unit,
        rule=one_line(rule, 60),
        name=one_line(name) or "材料",
        media=ready.media,
        content_sealed=fields.seal(base64.b64encode(ready.content).decode(), sealed_as(person)),
        size=len(ready.content),
        sha256=digest,
        by=by,
        at=at,
    )
    facts = {"person": person.key, "rule": row.rule, "sha256": digest}
    record("entries.attach_evidence", entry, by=by, at=at, facts=facts)
    return row.pk


@action
def remove_evidence(*, entry_id: int, evidence_id: int, by: Account, at: datetime) -> None:
    """Take a document back. Raises NotFound where it is none of this entry's people and unit."""
    entry = begin("entries.remove_evidence", Entry, entry_id, by=by, at=at, related=_WITH)
    people = entry.members.values("person")
    row = Evidence.objects.filter(pk=evidence_id, unit=entry.unit, person__in=people).select_related("person")
    found = row.defer("content_sealed").first()
    if found is None:
        raise NotFound("evidence")
    facts = {"person": found.person.key, "rule": found.rule, "sha256": found.sha256}
    found.delete()
    record("entries.remove_evidence", entry, by=by, at=at, facts=facts)


def sealed_as(person: Person) -> str:
    """The context under which a person's documents are encrypted."""
    return f"person:{person.key}:evidence"


def _member(entry: Entry, position: int) -> Person:
    member = entry.members.select_related("person").filter(position=position).first()
    if member is None:
        raise Refused(f"这份报名没有第 {position} 名队员。", rule="evidence", field="position")
    return member.person
