"""How the marking of an event stands: who has given what, what needs no mark, and what is still whose to mark.

Nothing here says whose a code is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from saiwu.accounts.models import Appointment
from saiwu.checkin.models import BlindCode
from saiwu.competitions.models import Event
from saiwu.competitions.rulebooks import rules_of_event
from saiwu.marking.models import HandIn, Mark, Penalty
from saiwu.marking.parts import Part, final_scale, parts_of, times_compared
from saiwu.rules.marking import EntryMarks, GivenPenalty, Scale, State, state_of
from saiwu.rules.procedure import Role
from saiwu.rules.rulebook.book import Chapters

Where = tuple[str, str]
"""A code and a part."""


@dataclass(frozen=True, slots=True)
class Given:
    """A mark that counts. `owner`: the judge whose seat it is; `by` may be the chief judge, who corrected it.

    `was`: what it replaced, the first value first, with the reason of the correction that followed.
    """

    id: int
    seat: int
    value: int
    owner: int
    by: int
    at: datetime
    replaces: int | None
    was: tuple[Was, ...] = ()


@dataclass(frozen=True, slots=True)
class Was:
    """A value that was replaced: by whom, when and why."""

    value: int
    by: int
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """An event's marking. `divisions`: code -> division; `parts`: division -> what is marked of it; times are asked only
    where the ranking compares them.

    `settled`: where a penalty makes a mark unnecessary; `out`: codes of which nothing is marked for that reason.
    `judges`: account -> name of those appointed; `handed_in`: account -> when.
    """

    divisions: Mapping[str, str]
    parts: Mapping[str, Mapping[str, Part]]
    given: Mapping[Where, Sequence[Given]]
    settled: frozenset[Where]
    out: frozenset[str]
    judges: Mapping[int, str]
    handed_in: Mapping[int, datetime]

    def free(self, code: str, part: Part) -> int:
        """How many seats of that part are not taken."""
        return max(part.judges - len(self.given.get((code, part.id), ())), 0)

    def own(self, code: str, part: Part, account_id: int) -> Given | None:
        """The mark that counts on the seat of this judge."""
        return next((one for one in self.given.get((code, part.id), ()) if one.owner == account_id), None)

    def open_to(self, account_id: int) -> list[Where]:
        """Where this judge has not marked, nothing settles it and a seat is free; times apart, which nobody must have."""
        return [
            (code, part.id)
            for code, division in self.divisions.items()
            for part in self.parts[division].values()
            if not part.timed
            and (code, part.id) not in self.settled
            and self.free(code, part)
            and self.own(code, part, account_id) is None
        ]

    def left_for(self, account_id: int) -> list[Where]:
        """What nobody but this judge can mark: there are no more free seats than the others, who are still at it, fill.

        Where more judges are appointed than the rulebook wants, they share the work as they like; the last to hand in
        has to have marked what is left.
        """
        at_it = [judge for judge in self.judges if judge != account_id and judge not in self.handed_in]
        left = []
        for code, part_id in self.open_to(account_id):
            part = self.parts[self.divisions[code]][part_id]
            others = sum(1 for judge in at_it if self.own(code, part, judge) is None)
            if self.free(code, part) > others:
                left.append((code, part_id))
        return left


def standing_of(event: Event, at: datetime) -> Standing:
    """5 SQL statements, however many codes. Nothing is marked before codes are issued: then it is empty."""
    divisions = dict(BlindCode.objects.filter(event=event).order_by("code").values_list("code", "division__slug"))
    rules = rules_of_event(event).divisions
    parts = {slug: asked_of(rules[slug]) for slug in dict.fromkeys(divisions.values())}
    scales = {slug: final_scale(rules[slug]) for slug in parts}
    settled, out = _settled(event, divisions, parts, scales)
    judges = _judges(event, at)
    handed_in = dict(HandIn.objects.filter(event=event, outdated_at=None).order_by("id").values_list("by_id", "at"))
    return Standing(divisions, parts, _given(event), settled, out, judges, handed_in)


def asked_of(rules: Chapters) -> dict[str, Part]:
    """What is asked of judges in a division: all that is marked, and the times that its ranking compares."""
    compared = times_compared(rules)
    return {key: part for key, part in parts_of(rules).items() if not part.timed or key in compared}


def _given(event: Event) -> dict[Where, list[Given]]:
    """The marks that count, by where they are, each with what it replaced."""
    seats: dict[tuple[str, str, int], Given] = {}
    rows = Mark.objects.filter(event=event).order_by("id")
    for row in rows.values_list("id", "code", "part", "seat", "value", "by_id", "at", "replaces_id", "reason"):
        pk, code, part, seat, value, by, at, replaces, reason = row
        old = seats.get((code, part, seat))
        owner = by if old is None else old.owner
        was = () if old is None else (*old.was, Was(old.value, by, at, reason))
        seats[code, part, seat] = Given(pk, seat, value, owner, by, at, replaces, was)
    given: dict[Where, list[Given]] = defaultdict(list)
    for (code, part, _), mark in sorted(seats.items()):
        given[code, part].append(mark)
    return dict(given)


def _settled(
    event: Event,
    divisions: Mapping[str, str],
    parts: Mapping[str, Mapping[str, Part]],
    scales: Mapping[str, Scale],
) -> tuple[frozenset[Where], frozenset[str]]:
    """Where penalties leave nothing to mark: of the absent, void and excluded everything, else the part that is zero."""
    penalties: dict[str, list[GivenPenalty]] = defaultdict(list)
    for code, key, times in Penalty.objects.filter(event=event).order_by("id").values_list("code", "penalty", "times"):
        penalties[code].append(GivenPenalty(key, times))
    settled: set[Where] = set()
    out: set[str] = set()
    for code, found in penalties.items():
        scale = scales[divisions[code]]
        if state_of(EntryMarks(code, penalties=tuple(found)), scale) is not State.NORMAL:
            out.add(code)
            settled |= {(code, key) for key in parts[divisions[code]]}
        zero = {scale.penalties[one.id][1] for one in found if scale.penalties[one.id][0].effect == "零分"} - {""}
        settled |= {(code, key) for key in parts[divisions[code]] if zero & {key, key.partition("/")[0]}}
    return frozenset(settled), frozenset(out)


def _judges(event: Event, at: datetime) -> dict[int, str]:
    over = Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=at),
        role=Role.JUDGE,
        scope__in=(event.scope_id, event.competition.scope_id),
        since__lte=at,
        account__is_active=True,
    )
    return dict(over.order_by("account_id").values_list("account_id", "account__name"))
