"""Publishing a notice: from its rulebook to a competition with events and divisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from saiwu.accounts.authority import begin_at_large, installation_scope
from saiwu.accounts.models import Account, Actor, Appointment, Scope
from saiwu.audit.frame import Refused, action, record
from saiwu.competitions.models import Competition, Division, Event, RulebookVersion
from saiwu.competitions.rulebooks import digest_of, parse
from saiwu.rules.procedure import Role
from saiwu.rules.rulebook import Rulebook, missing_for


def publish(*, slug: str, files: Mapping[str, str], by: Actor, at: datetime) -> int:
    """Publish a notice: its files are kept whole as a version that never changes. Returns the competition's id.

    Raises Refused with the fault's place where the rulebook is not in order, what is missing or 待定 that publishing
    needs, or where the competition exists already. Statements grow with the number of events.
    """
    book = parse(slug, files)
    missing = missing_for(book, None, None, "publish")
    if missing:
        raise Refused(f"发布通知还缺：{'、'.join(missing)}。", rule="rulebook")
    return _publish(book=book, files=dict(files), by=by, at=at)


@action
def _publish(*, book: Rulebook, files: dict[str, str], by: Actor, at: datetime) -> int:
    begin_at_large("competitions.publish", installation_scope(), by=by, at=at, competition=book.id)
    scope = Scope.objects.create(kind=Scope.Kind.COMPETITION)
    competition = Competition.objects.create(slug=book.id, scope=scope, published_at=at)
    version = RulebookVersion.objects.create(
        competition=competition, version=book.version, files=files, sha256=digest_of(files), since=at
    )
    competition.in_force, competition.in_force_sha256 = version, version.sha256
    competition.save(update_fields=["in_force", "in_force_sha256"])
    if isinstance(by, Account):  # the office that publishes a notice runs its competition
        Appointment.objects.create(account=by, role=Role.COMMITTEE, scope=scope, since=at)
    for position, (slug, rules) in enumerate(book.events.items(), start=1):
        event_scope = Scope.objects.create(kind=Scope.Kind.EVENT, parent=scope)
        event = Event.objects.create(competition=competition, slug=slug, position=position, scope=event_scope)
        Division.objects.bulk_create(
            Division(event=event, slug=name, position=place) for place, name in enumerate(rules.divisions, start=1)
        )
    facts = {"version": version.version, "sha256": version.sha256, "events": list(book.events)}
    record("competitions.publish", competition, by=by, at=at, facts=facts)
    return competition.pk
