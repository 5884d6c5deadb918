"""Sizes of prizes -> borders: the last place of each prize (rulebook language §12), before ties are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from saiwu.rules.decisions import ALLOWED
from saiwu.rules.marking import NotReady
from saiwu.rules.rulebook.awards import Awards, Prize
from saiwu.rules.rulebook.values import Rounding, Size, SizeKind, percent


@dataclass(frozen=True, slots=True)
class Borders:
    """The last place of each prize, in the rulebook's order.

    `open` as they would be without a cap, `held` with every border at K at most, both with E at most. `first_over` is
    the first prize that does not fit under the cap, None where all fit. `cap` is K, None where there is none.
    """

    open: tuple[int, ...]
    held: tuple[int, ...]
    first_over: int | None
    cap: int | None


def borders(awards: Awards, *, base: int, ranked: int) -> Borders:
    """The borders with N (`base`) and E (`ranked`). Raises NotReady where a size or the cap is 待定."""
    sizes = [_size(key, prize) for key, prize in awards.prizes.items()]
    if awards.is_pending("cap") or awards.is_pending("prizes"):
        raise NotReady("awards 的 cap 或 prizes 待定")
    limit = None if awards.cap is None else (awards.cap.numerator * base) // awards.cap.denominator
    open_ = _last_places(sizes, awards, base, limit, hold=False)
    held = _last_places(sizes, awards, base, limit, hold=True)
    cap = None if awards.over_cap == ALLOWED else limit
    over = next((index for index, last in enumerate(open_) if cap is not None and last > cap), None)
    if cap is None:
        held = open_
    return Borders(
        open=tuple(min(last, ranked) for last in open_),
        held=tuple(min(last, ranked) for last in held),
        first_over=over,
        cap=cap,
    )


def _size(key: str, prize: Prize) -> Size:
    if prize.size is None:
        raise NotReady(f"awards.prizes.{key}.size 待定或未写")
    return prize.size


def _last_places(sizes: Sequence[Size], awards: Awards, base: int, limit: int | None, *, hold: bool) -> list[int]:
    last = numbers = 0
    shares = Fraction(0)
    places: list[int] = []
    for size in sizes:
        match size.kind:
            case SizeKind.NUMBER:
                last += size.number
                numbers += size.number
            case SizeKind.SHARE:
                shares += size.share
                last = _by_share(awards, size.share, shares, base, last, numbers)
            case SizeKind.DOWN_TO:
                last = max(last, (size.share.numerator * base) // size.share.denominator)
            case SizeKind.TO_CAP:
                if limit is None:
                    raise NotReady("有奖项写“至上限”，而 awards.cap 没有写")
                last = max(last, limit)
        if hold and limit is not None:
            last = min(last, limit)
        places.append(last)
    return places


def _by_share(awards: Awards, share: Fraction, shares: Fraction, base: int, last: int, numbers: int) -> int:
    rounding: Rounding = awards.rounding
    if awards.method == "累计":
        # What 至… has added beyond numbers and shares is never taken back.
        return max(last, numbers + rounding.apply(shares * base))
    return last + rounding.apply(share * base)


def cap_in_words(awards: Awards, base: int) -> str:
    """获奖总数上限为 19 的 30%，即 5 个."""
    if awards.cap is None:
        return "没有上限"
    limit = (awards.cap.numerator * base) // awards.cap.denominator
    return f"获奖总数上限为 {base} 的 {percent(awards.cap)}，即 {limit} 个"
