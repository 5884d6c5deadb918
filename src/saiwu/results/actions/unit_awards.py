"""Unit awards 单位奖: the points table proposes, people decide by name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from saiwu.accounts.authority import begin
from saiwu.accounts.models import Account
from saiwu.audit.frame import Refused, action, frame, record
from saiwu.competitions.models import Competition
from saiwu.competitions.rulebooks import in_force, rules_of_event
from saiwu.results.actions.bulletin import FINISHED
from saiwu.results.models import Bulletin, UnitAward
from saiwu.results.unit_records import proposal
from saiwu.rules.procedure import Role
from saiwu.rules.rulebook.afterwards import UnitAward as Term
from saiwu.rules.rulebook.values import Rounding, SizeKind, Who


@action
def decide_unit_awards(
    *,
    competition_id: int,
    award: str,
    recipients: Sequence[str],
    among: str = "",
    prize: str = "",
    reason: str,
    letter: str = "",
    by: Account,
    at: datetime,
) -> tuple[int, ...]:
    """Give a unit award to recipients by name, out of one list (`among`, default the award's first). Returns the ids.

    `prize`: the grade, where the award has several. What the organiser decides the office may record, with the number
    of his letter. Points of the table are kept beside each.
    Raises Refused while an event goes on, for an unknown award, list, grade or recipient, for more than the rulebook
    gives, below its minimum points, without a reason, or once the bulletin is issued.
    """
    related = ("in_force",)
    competition = begin("results.decide_unit_awards", Competition, competition_id, by=by, at=at, related=related)
    term = in_force(competition).unit_awards.get(award)
    if term is None:
        known = "、".join(in_force(competition).unit_awards) or "无"
        raise Refused(f"通知没有“{award}”这项单位奖，可以选择：{known}。", rule="unit_awards", field="award")
    _refuse_wrong_decider(term, letter)
    _refuse_untimely(competition)
    among = among or next(iter(term.among), "")
    if among not in term.among:
        raise Refused(
            f"“{among}”不参加这项评选，可以选择：{'、'.join(term.among)}。", rule="unit_awards", field="among"
        )
    if bool(term.prizes) != bool(prize) or (prize and prize not in term.prizes):
        shown = "、".join(term.prizes) or "不填"
        raise Refused(f"这项单位奖的等次：{shown}。", rule="unit_awards", field="prize")
    if not recipients or len(set(recipients)) < len(recipients):
        raise Refused("请逐一写明获奖单位，各写一次。", rule="unit_awards", field="recipients")
    if not reason.strip():
        raise Refused("评定单位奖须写明理由。", rule="unit_awards", field="reason")
    points = _points(competition, term, among, prize, award, recipients)
    rows = [
        UnitAward.objects.create(
            competition=competition,
            award=award,
            prize=prize,
            among=among,
            recipient=name,
            points=points[name],
            by=by,
            at=at,
            reason=reason.strip(),
            letter=letter.strip(),
        )
        for name in recipients
    ]
    facts = {"award": award, "prize": prize, "among": among, "recipients": len(rows), "letter": letter.strip()}
    record("results.decide_unit_awards", competition, by=by, at=at, facts=facts)
    return tuple(row.pk for row in rows)


def decider_of(term: Term) -> Role:
    """Whose decision the award is, by the rulebook."""
    return Role.ORGANISER if term.decided_by is Who.ORGANISER else Role.COMMITTEE


def _refuse_wrong_decider(term: Term, letter: str) -> None:
    decider = decider_of(term)
    role = Role(frame().role)
    if role is decider or (decider is Role.ORGANISER and role is Role.COMMITTEE and letter.strip()):
        return
    if decider is Role.ORGANISER and role is Role.COMMITTEE:
        raise Refused("由主办单位评定。代为登记的，请填写其来文文号。", rule="unit_awards", field="letter")
    raise Refused(f"这项单位奖由{decider.chinese}评定。", rule="unit_awards", clause=term.clause)


def _refuse_untimely(competition: Competition) -> None:
    events = competition.events.select_related("competition").order_by("position")
    waiting = [rules_of_event(event).name or event.slug for event in events if event.state not in FINISHED]
    if waiting:
        raise Refused(f"还有 {len(waiting)} 个赛项未确认成绩：{'、'.join(waiting)}。", rule="unit_awards")
    if Bulletin.objects.filter(competition=competition).exists():
        raise Refused("通报已发布，不能再评定单位奖。", rule="unit_awards")


def _points(
    competition: Competition, term: Term, among: str, prize: str, award: str, recipients: Sequence[str]
) -> dict[str, int | None]:
    """The points of each recipient; None where the list has no rows to count (judges, delegations)."""
    table = proposal(competition, term, among)
    known = {line.name: line.points for line in table.ranked}
    listed = {*known, *table.not_considered}
    if listed and (strange := [name for name in recipients if name not in listed]):
        raise Refused(f"{'、'.join(strange)}不在{among}的名单里，请核对名称。", rule="unit_awards", field="recipients")
    limit = limit_of(term, prize, len(known))
    given = UnitAward.objects.filter(competition=competition, award=award, prize=prize, among=among).count()
    if limit is not None and given + len(recipients) > limit:
        raise Refused(f"{among}共设 {limit} 个，已评定 {given} 个，不能再评 {len(recipients)} 个。", rule="unit_awards")
    if not term.criteria:  # where people score criteria too, the facts alone do not say who falls short
        low = [name for name in recipients if name in table.not_considered]
        if low:
            least = term.minimum_points
            raise Refused(f"{'、'.join(low)}不足 {least} 分，不参加评选。", rule="unit_awards", clause=term.clause)
    return {name: known.get(name) for name in recipients}


def limit_of(term: Term, prize: str, candidates: int) -> int | None:
    """How many there are of a grade (of the award, without grades) in one list; None where nothing limits them."""
    if not prize:
        return term.count
    size = term.prizes[prize].size
    if size is None:
        return None
    if size.kind is SizeKind.NUMBER:
        return size.number
    if size.kind is SizeKind.SHARE:
        return Rounding.HALF_UP.apply(Fraction(size.share * candidates))
    return None
