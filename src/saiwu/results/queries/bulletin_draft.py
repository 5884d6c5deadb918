"""The bulletin as it would be issued now."""

from __future__ import annotations

from datetime import datetime

from saiwu.audit.frame import NotFound
from saiwu.competitions.models import Competition
from saiwu.documents import bulletin
from saiwu.results.actions.bulletin import FINISHED
from saiwu.results.documents import bulletin_of


def draft(competition_id: int, *, number: str, note: str, at: datetime) -> bytes:
    """The DOCX of it; nothing is written. SQL statements: 3, and 4 an event.

    Raises NotFound while an event is neither confirmed nor cancelled: its winners are not for anybody yet.
    """
    competition = Competition.objects.get(pk=competition_id)
    if competition.events.exclude(state__in=FINISHED).exists():
        raise NotFound("draft of a bulletin")
    values = bulletin_of(competition, number=number.strip(), note=note, at=at)
    return bulletin.render(values)
