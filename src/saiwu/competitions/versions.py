"""The next version of a rulebook in force, where an approved change or a decision moves a date, a place, a name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from saiwu.competitions.models import Competition, Event, Moment, RulebookVersion
from saiwu.competitions.rulebooks import digest_of, in_force, parse
from saiwu.rules.procedure import EventState
from saiwu.rules.rulebook import Rulebook
from saiwu.rules.rulebook.amend import amended

CLOSING = "报名截止"


def next_files(book: Rulebook, event: str, values: Mapping[str, str], what: str, at: datetime) -> dict[str, str]:
    """The files with the event's keys changed. Refused where the rulebook as it would be is not in order."""
    day = at.astimezone(book.zone).date()
    clause = book.changes.clause if book.changes else None
    files = amended(book.files, event, values, what=what, on=day, clause=clause, assumed=None if clause else what)
    parse(book.id, files)
    return dict(files)


def put_in_force(event: Event, values: Mapping[str, str], what: str, at: datetime) -> RulebookVersion:
    """Make the next version and put it in force at once, within the running verb. At most 4 SQL statements.

    The competition's row is locked, so that two changes never make the same version.
    """
    competition = Competition.objects.select_for_update().get(pk=event.competition_id)
    book = in_force(competition)
    files = next_files(book, event.slug, values, what, at)
    version = RulebookVersion.objects.create(
        competition=competition, version=book.version + 1, files=files, sha256=digest_of(files), since=at
    )
    competition.in_force, competition.in_force_sha256 = version, version.sha256
    competition.save(update_fields=["in_force", "in_force_sha256"])
    return version


def reopen(event: Event) -> None:
    """Registration goes on after its end was moved: the event registers again, and its closing is yet to come."""
    Moment.objects.filter(event=event, name=CLOSING).delete()
    event.state = EventState.REGISTERING
    event.save(update_fields=["state"])
