"""What pre-registration and registration share: finding the person, claiming the event, taking sides.

Each of these settles its race by a constraint: it inserts, and what breaks the constraint is refused. Nothing is
counted first.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction

from saiwu.audit.frame import Refused
from saiwu.audit.prepared import Prepared, insert
from saiwu.competitions.models import Competition, Event
from saiwu.entries.models import Claim, Entry, QuotaPlace, Side, SideUse
from saiwu.people.models import Person
from saiwu.privacy import chance, fields
from saiwu.rules.identity import Identity


def number_digest(number: str) -> str:
    """The keyed digest by which a person is found. The same for contestants, instructors and staff."""
    return fields.digest("number", number)


_PERSON = Prepared(
    lambda competition, digest: Person.objects.filter(competition=competition, number_digest=digest).order_by()[:1],
    -1,
    "?",
)


def find_or_add_person(competition: Competition, *, name: str, identity: Identity, phone: str) -> Person:
    """The person with that ID number, once per competition. 1 SQL statement where he is known, 2 where he is new.

    Raises Refused where the number is known under another name: one of the two was mistyped, and neither is shown.
    Two simultaneous first times end in `one_person_a_number` for one of them, who tries again.
    """
    digest = number_digest(identity.number)
    person = _PERSON.first(competition.pk, digest)
    if person is None:
        return _add_person(competition, name, identity, phone, digest)
    if person.name != name:
        raise Refused(
            "这个证件号码已用另一个姓名登记，请对照证件核对姓名和号码；确认无误仍有此提示的，请联系组委会办公室。",
            rule="identity",
            field="name",
        )
    if phone and person.phone_sealed is None:
        person.phone_sealed = fields.seal(phone, f"person:{person.key}:phone")
        person.save(update_fields=["phone_sealed"])
    return person


def _add_person(competition: Competition, name: str, identity: Identity, phone: str, digest: str) -> Person:
    key = chance.token(8).hex()
    return insert(
        Person(
            competition_id=competition.pk,
            key=key,
            name=name,
            sex=identity.sex,
            born=identity.born,
            number_digest=digest,
            number_sealed=fields.seal(identity.number, f"person:{key}:number"),
            phone_sealed=fields.seal(phone, f"person:{key}:phone") if phone else None,
        )
    )


def number_of(person: Person) -> str:
    """The ID number, decrypted: for documents and the certifying body's list, never for a page of others."""
    return fields.unseal(bytes(person.number_sealed), f"person:{person.key}:number")


def phone_of(person: Person) -> str:
    """The phone number, decrypted; empty where none was given."""
    if person.phone_sealed is None:
        return ""
    return fields.unseal(bytes(person.phone_sealed), f"person:{person.key}:phone")


def held_by(person: Person) -> Claim | None:
    """What the person holds in his competition, locked. 1 SQL statement.

    Whoever locks the pre-registration too takes the claim first, as units do when they enter somebody.
    """
    held = Claim.objects.select_for_update(of=("self",)).filter(competition=person.competition_id, person=person)
    return held.first()


def claim_for_entry(person: Person, event: Event, refusal: Refused) -> Claim:
    """The person's claim of this event: a new one, or that of his pre-registration for it.

    Raises `refusal` where he holds another event. That no second entry uses the claim is `one_entry_per_claim`.
    """
    try:
        with transaction.atomic():
            return Claim.objects.create(competition=event.competition, person=person, event=event)
    except IntegrityError:
        # Locked: a visitor who moves or gives back the claim meanwhile waits, and then finds the entry.
        claim = held_by(person)
        if claim is None or claim.event_id != event.pk:
            raise refusal from None
        return claim


def take_side(entry: Entry, rule: str, within: str, person: Person, side: str, refusal: Refused) -> None:
    """Stand on one side of an instructor rule because of this entry. Raises `refusal` where he stands on the other.

    A side that another verb is just ending is waited for, and taken anew.
    """
    key = {"competition": entry.event.competition, "rule": rule, "within": within, "person": person}
    held = None
    while held is None:
        try:
            with transaction.atomic():
                held = Side.objects.create(**key, side=side)
        except IntegrityError:
            held = Side.objects.select_for_update().filter(**key).first()
            if held is not None and held.side != side:
                raise refusal from None
    SideUse.objects.get_or_create(side=held, entry=entry)


def release(entry: Entry) -> None:
    """Give back what a withdrawn or rejected entry held: claims, places, and sides that no other entry needs."""
    claims = list(entry.members.exclude(claim=None).values_list("claim_id", flat=True))
    entry.members.update(claim=None)
    Claim.objects.filter(pk__in=claims).delete()
    QuotaPlace.objects.filter(entry=entry).delete()
    for side in Side.objects.select_for_update().filter(uses__entry=entry).order_by("pk"):
        SideUse.objects.filter(side=side, entry=entry).delete()
        if not SideUse.objects.filter(side=side).exists():
            side.delete()
