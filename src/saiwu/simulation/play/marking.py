"""Marks by code: each judge marks his parts, some codes are penalised, some tie, one mark is missing, one is corrected.

Nothing here knows whose a code is; how good a code is, is drawn by lot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction

from saiwu.accounts.models import Account
from saiwu.marking.actions import MarkRow, check, correct, enter, hand_in, lock, penalise
from saiwu.marking.current import current
from saiwu.marking.models import Mark, Penalty
from saiwu.marking.parts import Part, divisions_by_code, final_scale, parts_by_code, parts_of
from saiwu.results.actions import send_back
from saiwu.rules.marking import Scale
from saiwu.rules.rulebook.awards import HANDED_IN, TIME_USED
from saiwu.rules.rulebook.book import Division
from saiwu.rules.rulebook.values import SizeKind
from saiwu.simulation.kinds import Trouble
from saiwu.simulation.world import World

_HALF = 500
"""Marks come in half points."""
_ABSENT_EFFECT = "弃权"
_ENOUGH = 5
"""Fewer codes than this are left in peace."""
_TROUBLE_OF = {
    "警告": Trouble.WARNED,
    "扣分": Trouble.POINTS_TAKEN,
    "零分": Trouble.PART_ZERO,
    "弃权": Trouble.LEFT_THE_HALL,
    "取消成绩": Trouble.RESULT_VOID,
    "取消资格": Trouble.EXCLUDED,
}
_WHAT_HAPPENED = {
    "警告": "未经允许离开工位，经提醒改正。",
    "扣分": "未按操作规程通电检测。",
    "零分": "违反本项答题规定，现场记录在案。",
    "弃权": "身体不适，中途离场，本人签字放弃。",
    "取消成绩": "使用通信工具传递答案，两名现场裁判记录。",
    "取消资格": "检录后查实由他人顶替操作。",
}


@dataclass(slots=True)
class Sheet:
    """What is going to be given one code: thousandths by part, seconds of 用时 and 交卷时间."""

    code: str
    marks: dict[str, int] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)


def penalise_some(world: World, slug: str, at: datetime) -> None:
    """Give some codes a penalty each: one of every kind that the rulebook has, spread over events, and some deductions."""
    of_code = divisions_by_code(world.event(slug))
    rules = world.book.events[slug].divisions
    for division in rules:
        codes = [code for code, own in of_code.items() if own == division]
        if len(codes) < _ENOUGH:
            continue
        penalties = list(rules[division].penalties.items())
        first = 2 * world.turn(slug, division)
        chosen = [penalties[(first + step) % len(penalties)] for step in range(min(2, len(penalties)))]
        for code, (key, term) in zip(world.random.sample(codes, len(chosen)), chosen, strict=True):
            effect = term.effect or ""
            given = world.attempt(
                penalise,
                event_id=world.event_ids[slug],
                code=code,
                penalty=key,
                times=2 if term.each else 1,
                reason=_WHAT_HAPPENED.get(effect, "现场记录在案。"),
                by=world.staff[slug].chief_judge,
                at=at,
            )
            if given is not None and effect in _TROUBLE_OF:
                world.met(_TROUBLE_OF[effect])


Rows = Mapping[int, list[MarkRow]]
"""What each judge gives, by his place among the judges."""


def mark(world: World, slug: str, at: datetime) -> tuple[list[MarkRow], Rows]:
    """All judges enter what they give, but one mark. Returns that one, and what they enter only the next morning."""
    event = world.event(slug)
    of_code = divisions_by_code(event)
    penalised = set(Penalty.objects.filter(event=event).values_list("code", flat=True))
    gone = _gone(world, slug)
    judges = world.staff[slug].judges
    rows: dict[int, list[MarkRow]] = {place: [] for place in range(len(judges))}
    for slug_of, rules in world.book.events[slug].divisions.items():
        codes = [code for code, own in of_code.items() if own == slug_of and code not in gone]
        sheets = [_sheet(world, rules, code, at) for code in codes]
        if len(codes) > 3 and world.turn(slug, slug_of) % 3 == 0:
            _tie(world, rules, [sheet for sheet in sheets if sheet.code not in penalised])
        for sheet in sheets:
            _share_out(world, rules, sheet, rows)
        if sheets:
            _apart(world, rules, sheets[0], rows)
    wanted = (row for row in reversed(rows[0]) if row.part not in (TIME_USED, HANDED_IN) and row.code not in penalised)
    missing = next(wanted, None)
    if missing is not None:
        rows[0].remove(missing)
    tomorrow: dict[int, list[MarkRow]] = {}
    if world.pace(slug).marked_in_two:
        for place, own in rows.items():
            rows[place], tomorrow[place] = _until_evening(own, _done(place, len(judges)))
    mark_on(world, slug, rows, at)
    for place, left in tomorrow.items():
        if rows[place] and not left:
            then = at + timedelta(hours=1, minutes=10 * place)
            world.done(hand_in, event_id=event.pk, by=judges[place], at=then)
    return [] if missing is None else [missing], tomorrow


def mark_on(world: World, slug: str, rows: Rows, at: datetime) -> None:
    """The judges enter these, one after the other."""
    for place, judge in enumerate(world.staff[slug].judges):
        if rows.get(place):
            _enter(world, slug, rows[place], judge, at + timedelta(minutes=10 * place))


def _done(place: int, judges: int) -> Fraction:
    """Which share of his codes a judge gets done in the evening: the first a few, the last all."""
    return Fraction(1, 4) + Fraction(3, 4) * Fraction(place, judges - 1)


def _until_evening(rows: list[MarkRow], share: Fraction) -> tuple[list[MarkRow], list[MarkRow]]:
    """What a judge gets done in the evening, code by code: that share of his codes; and the rest."""
    codes = list(dict.fromkeys(row.code for row in rows))
    done = {code for at, code in enumerate(codes) if int((at + 1) * share) > int(at * share)}
    return [row for row in rows if row.code in done], [row for row in rows if row.code not in done]


def _gone(world: World, slug: str) -> set[str]:
    """Codes of those who left: nobody marks them."""
    rules = world.book.events[slug].divisions
    effects = {key: term.effect for own in rules.values() for key, term in own.penalties.items()}
    given = Penalty.objects.filter(event_id=world.event_ids[slug]).values_list("code", "penalty")
    return {code for code, key in given if effects.get(key) == _ABSENT_EFFECT}


def _sheet(world: World, rules: Division, code: str, at: datetime) -> Sheet:
    random = world.random
    sheet = Sheet(code)
    for key, part in parts_of(rules).items():
        if part.timed:
            continue
        share = 48 + sum(random.randrange(17) for _ in range(3))  # of 100: 48 to 96, most about 72
        sheet.marks[key] = part.full * share // 100 // _HALF * _HALF + random.randrange(2) * _HALF
    used = random.randrange(3000, 7200)
    sheet.times[TIME_USED] = used
    if HANDED_IN in rules.ranking.tie_break:
        began = world.clock.at(at.astimezone(world.clock.zone).date(), 9)
        sheet.times[HANDED_IN] = int(began.timestamp()) + used
    return sheet


def _tie(world: World, rules: Division, sheets: list[Sheet]) -> None:
    """Two who stand on both sides of a border of prizes get the same in everything."""
    borders = [place for place in _borders(rules) if place < len(sheets)]
    if not borders:
        return
    scale = final_scale(rules)
    ordered = sorted(sheets, key=lambda sheet: (-_total(sheet, scale), sheet.code))
    place = world.random.choice(borders)
    ordered[place].marks = dict(ordered[place - 1].marks)
    ordered[place].times = dict(ordered[place - 1].times)


def _borders(rules: Division) -> list[int]:
    """After how many places a prize of a fixed number ends."""
    found, last = [], 0
    for prize in rules.awards.prizes.values() if rules.awards is not None else ():
        if prize.size is None or prize.size.kind is not SizeKind.NUMBER:
            break
        last += prize.size.number
        found.append(last)
    return found


def _total(sheet: Sheet, scale: Scale) -> Fraction:
    """Nearly the total: good enough to know who stands beside whom."""
    total = Fraction(0)
    for key, factor in scale.factors.items():
        component = scale.components[key]
        if not component.modules:
            total += factor * sheet.marks[key]
        for inner, module in component.modules.items():
            weight = Fraction(1) if module.weight is None else module.weight * component.full / module.full
            total += factor * weight * sheet.marks[f"{key}/{inner}"]
    return total


def _share_out(world: World, rules: Division, sheet: Sheet, rows: Mapping[int, list[MarkRow]]) -> None:
    """Each part to as many judges as mark it, parts with one judge in turn."""
    for place, (key, part) in enumerate(parts_of(rules).items()):
        if part.timed:
            if key in sheet.times:
                rows[0].append(MarkRow(sheet.code, key, sheet.times[key]))
            continue
        if part.judges == 1:
            rows[place % len(rows)].append(MarkRow(sheet.code, key, sheet.marks[key]))
            continue
        for judge in range(part.judges):
            rows[judge].append(MarkRow(sheet.code, key, _near(world, part, sheet.marks[key])))


def _apart(world: World, rules: Division, sheet: Sheet, rows: Mapping[int, list[MarkRow]]) -> None:
    """One judge differs from the others by more than the rulebook lets pass."""
    for key, part in parts_of(rules).items():
        if part.judges < 2 or part.judging is None or part.judging.spread is None:
            continue
        far = part.judging.spread + part.full // 10
        value = sheet.marks[key] - far if sheet.marks[key] >= far else sheet.marks[key] + far
        at = next(at for at, row in enumerate(rows[0]) if (row.code, row.part) == (sheet.code, key))
        rows[0][at] = MarkRow(sheet.code, key, value)
        return


def _near(world: World, part: Part, value: int) -> int:
    """What one of several judges gives: near the others, or the same where they must agree."""
    if part.judging is None or part.judging.combine == "商定":
        return value
    limit = part.judging.spread or part.full // 20
    steps = max(0, limit // _HALF // 3)
    return min(part.full, max(0, value + world.random.randint(-steps, steps) * _HALF))


def _enter(world: World, slug: str, rows: list[MarkRow], judge: Account, at: datetime) -> None:
    outcomes = world.attempt(enter, event_id=world.event_ids[slug], marks=rows, by=judge, at=at) or ()
    for outcome in outcomes:
        if outcome.message is not None:
            world.counts.refusals["marks"] += 1


def correct_one(world: World, slug: str, at: datetime) -> None:
    """In every other event one mark was read from the wrong line, and is put right by its judge."""
    if world.turn(slug) % 2:
        return
    mark = _one_that_stands_alone(world, slug)
    if mark is not None and _put_right(world, slug, mark, mark.by, "录入时看错行，按纸质评分表更正。", at):
        world.met(Trouble.MARK_CORRECTED)


def _one_that_stands_alone(world: World, slug: str) -> Mark | None:
    """A mark by lot, of a part that one judge marks: those of several hang together."""
    event = world.event(slug)
    parts = parts_by_code(event)
    marks = current(event.pk).select_related("by").order_by("id")
    alone = [
        mark for mark in marks if not parts[mark.code][mark.part].timed and parts[mark.code][mark.part].judges == 1
    ]
    return world.random.choice(alone) if alone else None


def _put_right(world: World, slug: str, mark: Mark, by: Account, reason: str, at: datetime) -> bool:
    value = mark.value - _HALF if mark.value >= _HALF else mark.value + _HALF
    return world.done(
        correct, event_id=world.event_ids[slug], mark_id=mark.pk, value=value, reason=reason, by=by, at=at
    )


def lock_marks(world: World, slug: str, missing: list[MarkRow], at: datetime) -> None:
    """The lock is refused while a mark is missing or judges are apart; both are mended, and the marks are locked."""
    staff, event_id = world.staff[slug], world.event_ids[slug]
    if missing:
        world.done(lock, trouble=Trouble.LOCK_REFUSED, event_id=event_id, by=staff.chief_judge, at=at)
        _enter(world, slug, missing, staff.judges[0], at + timedelta(minutes=10))
    if not world.done(lock, event_id=event_id, by=staff.chief_judge, at=at + timedelta(minutes=15)):
        _bring_together(world, slug, at + timedelta(minutes=20))
        world.done(lock, event_id=event_id, by=staff.chief_judge, at=at + timedelta(minutes=25))


def _bring_together(world: World, slug: str, at: datetime) -> None:
    """The chief judge decides where judges are too far apart: the one who stands alone gets the middle of the others."""
    event = world.event(slug)
    rules = world.book.events[slug].divisions
    for code, division in divisions_by_code(event).items():
        for key, part in parts_of(rules[division]).items():
            limit = part.judging.spread if part.judging is not None else None
            if limit is None:
                continue
            given = sorted(current(event.pk).filter(code=code, part=key), key=lambda one: one.value)
            if not given or given[-1].value - given[0].value <= limit:
                continue
            middle = given[len(given) // 2].value
            alone = max(given, key=lambda one: abs(one.value - middle))
            done = world.done(
                correct,
                event_id=event.pk,
                mark_id=alone.pk,
                value=middle,
                reason="与其他裁判相差过大，经裁判长主持复议更正。",
                by=world.staff[slug].chief_judge,
                at=at,
            )
            if done:
                world.met(Trouble.JUDGES_APART)


def check_marks(world: World, slug: str, at: datetime) -> None:
    """A supervisor looks again at a sample. In one event of three he finds a mark that is wrong: all go back."""
    staff, event_id = world.staff[slug], world.event_ids[slug]
    _look_again(world, slug, "抽检与纸质评分表一致。", at)
    mark = _one_that_stands_alone(world, slug)
    if mark is None or world.turn(slug) % 3:
        return
    reason = "抽检发现一处录入与纸质评分表不符，退回更正。"
    at += timedelta(minutes=4)
    if world.done(send_back, event_id=event_id, reason=reason, by=staff.supervisor, at=at):
        world.met(Trouble.SENT_BACK)
        _put_right(
            world, slug, mark, staff.chief_judge, "复核发现录入有误，按纸质评分表更正。", at + timedelta(minutes=3)
        )
        world.done(lock, event_id=event_id, by=staff.chief_judge, at=at + timedelta(minutes=6))
        _look_again(world, slug, "更正后再次抽检，与纸质评分表一致。", at + timedelta(minutes=12))


def _look_again(world: World, slug: str, remark: str, at: datetime) -> None:
    """At three codes in ten."""
    codes = list(divisions_by_code(world.event(slug)))
    sample = sorted(world.random.sample(codes, max(1, len(codes) * 3 // 10)))
    event_id, supervisor = world.event_ids[slug], world.staff[slug].supervisor
    world.done(check, event_id=event_id, codes=sample, remark=remark, by=supervisor, at=at)
