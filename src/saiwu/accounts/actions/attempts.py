"""Failed attempts at what can be guessed: kept by keyed digest, so that a door can make whoever guesses wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from saiwu.accounts.authority import begin_at_large, installation_scope
from saiwu.accounts.models import Attempt, Visitor
from saiwu.accounts.queries import subject_digest
from saiwu.audit.frame import action, record

_KEPT = timedelta(days=1)
"""Older attempts say nothing any more; each new one throws some of them away."""


@action
def note_failure(*, kind: str, subject: str, at: datetime) -> None:
    """Put on record that an attempt at `subject` failed (`kind`: `sign_in`, `look_up`, …). Neither is kept in clear."""
    begin_at_large("accounts.attempt", installation_scope(), by=Visitor(), at=at)
    digest = subject_digest(kind, subject)
    Attempt.objects.filter(kind=kind, at__lt=at - _KEPT).delete()
    Attempt.objects.create(kind=kind, subject=digest, at=at)
    record("accounts.attempt", f"attempt:{kind}", by=Visitor(), at=at, facts={"subject": digest[:16]})
