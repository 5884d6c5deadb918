"""Marks by code, for those who enter them from paper and for the supervisor's second look. No name stands here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from saiwu.audit.frame import NotFound
from saiwu.checkin.models import BlindCode
from saiwu.competitions.models import Event
from saiwu.competitions.rulebooks import rules_of_event
from saiwu.marking.collected import judge_code
from saiwu.marking.current import current
from saiwu.marking.models import Penalty
from saiwu.marking.parts import Part, parts_of, times_compared
from saiwu.privacy import chance

PAGE = 50
"""Codes of a page."""


@dataclass(frozen=True, slots=True)
class PartColumn:
    """A part of the event. `codes`: how many have it; `marked`: of how many every judge's mark is there."""

    part: Part
    codes: int
    marked: int


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A code in the sheet of one part. `own`: the mark that the viewer gave, with its id; `given`: how many gave one."""

    code: str
    part: Part
    own: int | None
    own_id: int | None
    given: int

    @property
    def full(self) -> bool:
        """Whether no more marks are taken."""
        return self.own is None and self.given >= self.part.judges


@dataclass(frozen=True, slots=True)
class OwnMark:
    """A mark that the viewer gave and nothing has replaced."""

    id: int
    code: str
    part: Part
    value: int


@dataclass(frozen=True, slots=True)
class Given:
    """What was given for one part of a code: each judge under a code of his own."""

    part: Part
    marks: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class CodeMarks:
    """A code with all its marks and penalties, for a second look."""

    code: str
    division: str
    parts: tuple[Given, ...]
    penalties: tuple[tuple[str, int, str], ...]


def columns(event_id: int) -> tuple[PartColumn, ...]:
    """The parts that are marked in an event, those of all its divisions. 3 SQL statements; none stands before codes."""
    event = _event(event_id)
    of_code = _divisions(event)
    parts = _parts(event, of_code)
    judges: Counter[tuple[str, str]] = Counter(current(event.pk).values_list("code", "part"))
    found: dict[str, tuple[Part, int, int]] = {}
    for code, division in of_code.items():
        for key, part in parts[division].items():
            _, codes, marked = found.get(key, (part, 0, 0))
            found[key] = (part, codes + 1, marked + (judges[code, key] >= part.judges))
    return tuple(PartColumn(part, codes, marked) for part, codes, marked in found.values())


def sheet(event_id: int, part: str, *, seen_by: int, missing_only: bool = False) -> tuple[SheetRow, ...]:
    """All codes that have this part, in their order, with the viewer's own marks alone. 3 SQL statements.

    `missing_only`: those of which a mark is still taken.
    """
    event = _event(event_id)
    of_code = _divisions(event)
    parts = _parts(event, of_code)
    given: Counter[str] = Counter()
    own: dict[str, tuple[int, int]] = {}
    for pk, code, by, value in current(event.pk).filter(part=part).values_list("pk", "code", "by_id", "value"):
        given[code] += 1
        if by == seen_by:
            own[code] = (pk, value)
    rows = [
        SheetRow(code, parts[slug][part], own.get(code, (0, None))[1], own.get(code, (None, 0))[0], given[code])
        for code, slug in of_code.items()
        if part in parts[slug]
    ]
    return tuple(row for row in rows if not missing_only or (row.own is None and not row.full))


def own_mark(event_id: int, mark_id: int, *, seen_by: int) -> OwnMark:
    """A mark of the viewer's. 3 SQL statements. Raises NotFound where it is not his, or was replaced."""
    event = _event(event_id)
    row = current(event.pk).filter(pk=mark_id, by_id=seen_by).first()
    if row is None:
        raise NotFound(f"mark {mark_id}")
    of_code = _divisions(event)
    return OwnMark(row.pk, row.code, _parts(event, of_code)[of_code[row.code]][row.part], row.value)


def marks_of(event_id: int, codes: Sequence[str]) -> tuple[CodeMarks, ...]:
    """These codes with their marks, in the order of the codes; unknown ones left out. 4 SQL statements."""
    event = _event(event_id)
    of_code = _divisions(event)
    wanted = [code for code in of_code if code in set(codes)]
    parts = _parts(event, of_code)
    given: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for code, part, by, value in (
        current(event.pk)
        .filter(code__in=wanted)
        .order_by("code", "part", "seat")
        .values_list("code", "part", "by_id", "value")
    ):
        given.setdefault((code, part), []).append((judge_code(by), value))
    rules = rules_of_event(event)
    penalties: dict[str, list[tuple[str, int, str]]] = {}
    rows = Penalty.objects.filter(event=event, code__in=wanted).order_by("code", "penalty")
    for code, key, times, reason in rows.values_list("code", "penalty", "times", "reason"):
        term = rules.divisions[of_code[code]].penalties.get(key)
        penalties.setdefault(code, []).append(((term.name if term else None) or key, times, reason))
    return tuple(
        CodeMarks(
            code,
            of_code[code],
            tuple(Given(part, tuple(given.get((code, key), ()))) for key, part in parts[of_code[code]].items()),
            tuple(penalties.get(code, ())),
        )
        for code in wanted
    )


def sample(event_id: int, *, share: int = 15, least: int = 3) -> tuple[str, ...]:
    """Codes for a second look, drawn at random: `share` per cent of all, at least `least`. 1 SQL statement."""
    codes = list(BlindCode.objects.filter(event_id=event_id).order_by("code").values_list("code", flat=True))
    many = min(len(codes), max(least, -(-len(codes) * share // 100)))
    drawn = []
    for _ in range(many):
        drawn.append(codes.pop(chance.below(len(codes))))
    return tuple(sorted(drawn))


def _event(event_id: int) -> Event:
    return Event.objects.select_related("competition").get(pk=event_id)


def _divisions(event: Event) -> dict[str, str]:
    """Code -> division. Empty before codes are issued."""
    return dict(BlindCode.objects.filter(event=event).order_by("code").values_list("code", "division__slug"))


def _parts(event: Event, of_code: Mapping[str, str]) -> dict[str, dict[str, Part]]:
    """The parts by division; times only where the ranking compares them."""
    rules = rules_of_event(event).divisions
    found = {}
    for slug in set(of_code.values()):
        compared = times_compared(rules[slug])
        found[slug] = {key: part for key, part in parts_of(rules[slug]).items() if not part.timed or key in compared}
    return found
