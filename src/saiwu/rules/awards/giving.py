"""Ranks -> prizes (rulebook language §12): what is settled, what waits for which decision, and how many of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from saiwu.rules.awards.borders import Borders, borders, cap_in_words
from saiwu.rules.awards.ties import DECIDE, Border, Setting, World, lay
from saiwu.rules.decisions import (
    ALLOWED,
    BORDER_OPTIONS,
    OVER_CAP_OPTIONS,
    Decision,
    Kind,
    OpenDecision,
    over_cap,
    without_prizes,
)
from saiwu.rules.ranking import Ranks
from saiwu.rules.rulebook.awards import USUAL_PRIZES, Awards, Prize


@dataclass(frozen=True, slots=True)
class Possible:
    """What a place may still come to: pairs of rank and prize id (None: no prize), and the decision that it waits for.

    With one pair all is settled, though a decision about the place may be open (a tie within one prize).
    """

    outcomes: tuple[tuple[int, str | None], ...]
    pending: Kind | None = None

    @property
    def award(self) -> str | None:
        """The prize where it is settled; None where there is none, or it waits."""
        prizes = {prize for _, prize in self.outcomes}
        return next(iter(prizes)) if len(prizes) == 1 else None


@dataclass(frozen=True, slots=True)
class Prizes:
    """The prizes of one ranked list.

    `ties`: first and last places of ties that wait for the chief judge. `options` has the worlds under each answer to
    an open over_cap (one list of worlds where none is open); prizes from `first_over` on wait for it.
    """

    ids: tuple[str, ...]
    totals: tuple[int | None, ...]
    ranks: Ranks
    ties: Mapping[int, tuple[int, int]]
    options: tuple[tuple[World, ...], ...]
    first_over: int | None
    concerned: frozenset[int]
    passes: Callable[[int], bool] | None
    decisions: tuple[OpenDecision, ...]
    last_place: int

    def at(self, place: int) -> Possible:
        """What the entry at this place gets, or may still get."""
        ranks = self.ranks
        row = ranks.order[place - 1]
        rank = ranks.ranks[place - 1]
        tie = self.ties.get(rank)
        if tie is not None:
            return self._tied(row, tie)
        if rank > self.last_place and row not in self.concerned:
            return Possible(((rank, None),))
        # Those who stay level stand on one side of every border; their last place says on which.
        found, pending = self._over_worlds(row, ranks.places_of(place)[1])
        if row in self.concerned and pending is None:
            pending = Kind.BORDER
        return Possible(tuple((rank, prize) for prize in found), pending)

    def _tied(self, row: int, tie: tuple[int, int]) -> Possible:
        outcomes: dict[tuple[int, str | None], None] = {}
        for place in range(tie[0], tie[1] + 1):
            if place > self.last_place:
                outcomes.update({(at, None): None for at in range(place, tie[1] + 1)})
                break
            outcomes.update({(place, prize): None for prize in self._over_worlds(row, place)[0]})
        return Possible(tuple(outcomes), Kind.TIE)

    def _over_worlds(self, row: int, place: int) -> tuple[tuple[str | None, ...], Kind | None]:
        """Prizes that this place may still come to in some world, and the decision that this waits for."""
        every: set[int | None] = set()
        border = False
        for worlds in self.options:
            found = {world.prize_of(row, place) for world in worlds}
            every |= found
            # Below the first prize that does not fit, the cap is what is waited for, whatever else is asked after it.
            border = border or len({None if self._beyond(index) else index for index in found}) > 1
        waits = any(self._beyond(index) for index in every)
        if waits:
            # The first prize that does not fit and all below wait, even where either answer gives the same.
            every.add(None)
        prizes = tuple(dict.fromkeys(self._won(row, index) for index in sorted(every, key=_worst_last)))
        over = waits or len(every) > 1
        return prizes, Kind.BORDER if border else Kind.OVER_CAP if over else None

    def _beyond(self, index: int | None) -> bool:
        return self.first_over is not None and index is not None and index >= self.first_over

    def waits_for_cap(self, place: int) -> bool:
        """Whether the entry at a place, or who shares the tie, may come to a prize that waits for the cap."""
        ranks = self.ranks
        rank = ranks.ranks[place - 1]
        row = ranks.order[place - 1]
        first, last = self.ties.get(rank, (ranks.places_of(place)[1],) * 2)
        return any(
            self._beyond(world.prize_of(row, at))
            for at in range(first, last + 1)
            for worlds in self.options
            for world in worlds
        )

    def _won(self, row: int, index: int | None) -> str | None:
        """The prize, unless its `total` or a `needs_pass` is missed: the place then stays vacant."""
        if index is None:
            return None
        least = self.totals[index]
        total = -self.ranks.keys[row][0]
        if (least is not None and total < least) or (self.passes is not None and not self.passes(row)):
            return None
        return self.ids[index]

    def counts(self) -> dict[str, int]:
        """How many of each prize are settled; every prize of the rulebook, 0 included."""
        counts = dict.fromkeys(self.ids, 0)
        if self._plain():
            before = 0
            for prize, last in zip(self.ids, self.options[0][0].borders, strict=True):
                counts[prize], before = last - before, last
            return counts
        for place in range(1, min(self.last_place, len(self.ranks)) + 1):
            award = self.at(place).award
            if award is not None:
                counts[award] += 1
        return counts

    def _plain(self) -> bool:
        """Whether places alone settle all, so that nobody need be looked at to count."""
        one_world = len(self.options) == 1 and len(self.options[0]) == 1 and not self.options[0][0].named
        return one_world and not self.ties and self.passes is None and not any(self.totals)


def _worst_last(index: int | None) -> int:
    return 1 << 30 if index is None else index


def no_prizes(ranks: Ranks, ties: Mapping[int, tuple[int, int]], awards: Awards | None) -> Prizes:
    """Ranked, and no prizes: the notice gives none, or it was so decided since too few had come."""
    ids = tuple(awards.prizes) if awards is not None else ()
    return Prizes(ids, (None,) * len(ids), ranks, ties, ((World((0,) * len(ids)),),), None, frozenset(), None, (), 0)


def award(
    awards: Awards,
    ranks: Ranks,
    *,
    base: int,
    codes: Sequence[str],
    ties: Sequence[tuple[int, int]] = (),
    decisions: Sequence[Decision] = (),
    passes: Callable[[int], bool] | None = None,
) -> Prizes:
    """Prizes for a ranked list with N = `base`. Raises NotReady.

    `codes` are those of the rows. `ties` are shared ranks that wait for a decision of their own: no other is asked of
    them. `passes` says of a row whether it has what the chapter's `needs_pass` asks.
    """
    waiting = {first: (first, last) for first, last in ties}
    if without_prizes(decisions):
        return no_prizes(ranks, waiting, awards)
    limits = borders(awards, base=base, ranked=len(ranks))
    decided = over_cap(decisions) if limits.first_over is not None else None
    open_cap = limits.first_over is not None and decided is None and awards.over_cap == DECIDE
    lift = decided == ALLOWED
    stay = [span for span in ranks.shared if span[0] not in waiting]
    policies = [prize.ties or awards.ties for prize in awards.prizes.values()]

    def laid(last_places: Sequence[int], cap: int | None) -> tuple[list[World], list[Border]]:
        asked = limits.first_over if open_cap and limits.first_over is not None else len(policies)
        return lay(last_places, Setting(ranks, stay, policies, cap, codes, decisions, asked))

    worlds, raised = laid(limits.open, None) if lift else laid(limits.held, limits.cap)
    options = [worlds]
    if open_cap:
        options.append(laid(limits.open, None)[0])
    last_place = max((world.borders[-1] for each in options for world in each if world.borders), default=0)
    prizes = Prizes(
        ids=tuple(awards.prizes),
        totals=tuple(prize.total for prize in awards.prizes.values()),
        ranks=ranks,
        ties=waiting,
        options=tuple(tuple(each) for each in options),
        first_over=limits.first_over if open_cap else None,
        concerned=frozenset(row for border in raised for row in border.rows),
        passes=passes,
        decisions=(),
        last_place=last_place,
    )
    opened = [_border_decision(awards, border, codes) for border in raised]
    if open_cap:
        opened += _cap_decisions(awards, limits, prizes, base, codes)
    return replace(prizes, decisions=tuple(opened))


def prize_name(key: str, prize: Prize) -> str:
    """一等奖: a prize as people call it."""
    return prize.name or USUAL_PRIZES.get(key, key)


def _border_decision(awards: Awards, border: Border, codes: Sequence[str]) -> OpenDecision:
    key, prize = list(awards.prizes.items())[border.prize]
    concerned = tuple(codes[row] for row in border.rows)
    return OpenDecision(
        Kind.BORDER,
        concerned,
        f"{'、'.join(concerned)} 名次并列，跨在{prize_name(key, prize)}的末位上，由主办单位裁定。",
        BORDER_OPTIONS,
    )


def _cap_decisions(
    awards: Awards, limits: Borders, prizes: Prizes, base: int, codes: Sequence[str]
) -> list[OpenDecision]:
    """The decision on prizes beyond the cap; none where so few are ranked that it would concern nobody."""
    assert limits.first_over is not None
    key, prize = list(awards.prizes.items())[limits.first_over]
    last = min(prizes.last_place, len(prizes.ranks))
    places = range(1, (prizes.ranks.places_of(last)[1] if last else 0) + 1)
    concerned = tuple(codes[prizes.ranks.order[place - 1]] for place in places if prizes.waits_for_cap(place))
    message = f"{cap_in_words(awards, base)}；按各奖项个数，{prize_name(key, prize)}起超出上限，由主办单位裁定。"
    return [OpenDecision(Kind.OVER_CAP, concerned, message, OVER_CAP_OPTIONS)] if concerned else []
