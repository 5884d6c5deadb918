"""What a result is computed from: marks by code, joined with what the list and certificates ask of the entries.

Read after unsealing only. What leaves this module names nobody: entries stand under codes, units and members too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from saiwu.audit.models import Record
from saiwu.checkin.models import BlindCode
from saiwu.competitions.decisions import cancelled_divisions
from saiwu.competitions.models import Division, Event
from saiwu.competitions.rulebooks import moments_of, resolved_rules, rules_of_event
from saiwu.entries.models import Entry, Member
from saiwu.entries.verdicts import event_facts, facts_of_member
from saiwu.marking.collected import collected
from saiwu.marking.parts import final_scale
from saiwu.privacy import fields
from saiwu.rules.eligibility import NONE, full_years
from saiwu.rules.eligibility.facts import answers_to
from saiwu.rules.marking import EntryMarks, MemberFacts, State, state_of
from saiwu.rules.procedure import EntryState
from saiwu.rules.rulebook.book import Chapters
from saiwu.rules.rulebook.certificates import Certificates
from saiwu.rules.rulebook.values import Level, parse_level, plain

WHOLE_EVENT = "*"
"""The key of a list that ranks all divisions together."""

SUBSTITUTE = "替补"


@dataclass(frozen=True, slots=True)
class Gathered:
    """One list to compute: its key (the division's id, or WHOLE_EVENT), its division, and its entries.

    `entries` maps codes to entries, in the order of the codes; `marks` are the same entries as the rules take them.
    """

    key: str
    division: Division | None
    entries: Mapping[str, Entry]
    marks: tuple[EntryMarks, ...]


def gathered(event: Event) -> list[Gathered]:
    """The lists of an event, in the order of its divisions; one in which nobody is has none. 9 SQL statements.

    `event.competition` should be selected with it. Raises Refused before codes are issued.
    """
    rules = rules_of_event(event)
    moments = moments_of(event)
    gone = cancelled_divisions(event)
    divisions = {row.pk: row for row in Division.objects.filter(event=event) if row.pk not in gone}
    for row in divisions.values():
        row.event = event
    marks = collected(event)
    codes = dict(BlindCode.objects.filter(event=event).values_list("entry_id", "code"))
    found: dict[int, dict[str, tuple[Entry, EntryMarks]]] = {pk: {} for pk in divisions}
    for entry in _listed(event, divisions):
        code = codes.get(entry.pk) or _absent_code(entry)
        given = marks.get(code) or EntryMarks(code, state=State.ABSENT)
        found[entry.division_id][code] = (entry, _joined(entry, given, moments))
    if rules.ranking.list_ == "赛项":
        whole = {code: one for rows in found.values() for code, one in rows.items()}
        return [_list(WHOLE_EVENT, None, whole)]
    return [_list(divisions[pk].slug, divisions[pk], rows) for pk, rows in found.items() if rows]


def _list(key: str, division: Division | None, rows: Mapping[str, tuple[Entry, EntryMarks]]) -> Gathered:
    ordered = sorted(rows.items())
    marks = (given if division is None else replace(given, division=None) for _, (_, given) in ordered)
    return Gathered(key, division, {code: entry for code, (entry, _) in ordered}, tuple(marks))


def _listed(event: Event, divisions: Mapping[int, Division]) -> Iterable[Entry]:
    """Everybody on the final's list, whatever came later: those who withdrew after it was published stood on it too."""
    withdrawn = list(
        Entry.objects.filter(event=event, state=EntryState.WITHDRAWN, division__in=divisions).values_list(
            "pk", flat=True
        )
    )
    published = event.moments.filter(name="决赛名单").values_list("at", flat=True).first()
    late: set[int] = set()
    if withdrawn and published is not None:
        keys = {f"entry:{pk}": pk for pk in withdrawn}
        records = Record.objects.filter(verb="entries.withdraw", object__in=list(keys), at__gt=published)
        late = {keys[key] for key in records.values_list("object", flat=True)}
    standing = Entry.objects.filter(
        event=event, state__in=(EntryState.FINALIST, EntryState.CHECKED_IN), division__in=divisions
    )
    rows = (standing | Entry.objects.filter(pk__in=late)).select_related("unit").prefetch_related("members__person")
    for entry in rows.order_by("id"):
        entry.event, entry.division = event, divisions[entry.division_id]
        yield entry


def _joined(entry: Entry, marks: EntryMarks, moments: Mapping[str, datetime]) -> EntryMarks:
    rules = resolved_rules(entry.division, moments)
    team = contestants(entry)
    return replace(
        marks,
        state=state_of(marks, final_scale(rules)),
        checked_in=entry.state == EntryState.CHECKED_IN,
        unit=unit_code(entry),
        division=entry.division.slug,
        members=tuple(
            _member(f"{marks.code}-{place}", entry, member, rules, len(team)) for place, member in enumerate(team, 1)
        ),
    )


def contestants(entry: Entry) -> list[Member]:
    """Those who compete, in their order: substitutes do not. No SQL statement where members are prefetched."""
    members = sorted(entry.members.all(), key=lambda member: member.position)
    return [member for member in members if member.role != SUBSTITUTE]


def unit_code(entry: Entry) -> str:
    """What stands for a unit in a bundle: keyed, the same for all its entries of a competition."""
    return "U" + fields.digest("unit", f"{entry.event.competition_id}:{entry.unit_id}")[:10].upper()


def _absent_code(entry: Entry) -> str:
    """The code of an entry that never came and was given none: keyed, longer than any that was drawn."""
    return "X" + fields.digest("absent", str(entry.pk))[:9].upper()


def _member(code: str, entry: Entry, member: Member, rules: Chapters, team: int) -> MemberFacts:
    asked = _asked(rules.certificates)
    known: dict[str, str] = {}
    if asked:
        person = facts_of_member(entry, member, at=entry.submitted_at, team=team)
        facts = event_facts(entry.division, entry.submitted_at)
        for fact in asked:
            answers = answers_to(fact, person, facts)
            answer = answers[0] if answers else entry.facts.get(fact)
            if answer is not None:
                known[fact] = str(answer)
    on = rules.certificates.on if rules.certificates is not None else None
    born = member.person.born
    age = full_years(born, on=on) if born is not None and isinstance(on, date) else None
    return MemberFacts(code, _held(member, rules), age, known)


def _held(member: Member, rules: Chapters) -> Level | None:
    """The level held in the event's occupation; a certificate of another occupation is none in this one."""
    level = member.facts.get("level")
    if level in (None, "", NONE):
        return None
    within = member.facts.get("level_in")
    own = {plain("本职业"), plain(rules.occupation or "")}
    if within and plain(str(within)) not in own:
        return None
    return parse_level(level)


def _asked(certificates: Certificates | None) -> tuple[str, ...]:
    """The facts that rows of the certificate table ask for: no other leaves with a bundle."""
    if certificates is None:
        return ()
    return tuple(dict.fromkeys(fact for row in (*certificates.rows, *certificates.withheld) for fact in row.for_))
