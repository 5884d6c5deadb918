"""Rules that look at other entries: one event only, and contestants who instruct contestants."""

from __future__ import annotations

from saiwu.rules.eligibility.facts import Competing, ContestantFacts, EventFacts, belongs
from saiwu.rules.findings import Finding
from saiwu.rules.rulebook.eligibility import NotInstructorTerm, OneEventTerm

_WITHIN = {"竞赛": "本届竞赛", "年度": "本年度", "系列": "本系列竞赛"}


def one_event(contestant: ContestantFacts, term: OneEventTerm, event: EventFacts) -> Finding:
    """No other live entry of this person within the competition, the calendar year or the series."""
    where = _WITHIN[term.within]
    if contestant.other_events is None:
        return term.evidence("other_events", f"尚不能核实是否已报名{where}其他赛项。")
    if any(term.within in other.within for other in contestant.other_events):
        return term.refused("other_events", f"该人员已报名{where}的赛项，每人限报一项。如需更换，请先撤回原报名。")
    return term.ok("other_events", "没有重复报名。")


def not_instructor(contestant: ContestantFacts, term: NotInstructorTerm, event: EventFacts) -> Finding:
    """Instructs no entry of a contestant who fits `whom`, in the same event or anywhere in the competition."""
    if contestant.instructs is None:
        return term.evidence("instructs", "尚不能核实是否担任其他选手的指导教师。")
    me = Competing(contestant, event)
    unknown: Finding | None = None
    for instructed in contestant.instructs:
        clashes = instructor_clash(term, instructor=me, instructed=instructed)
        if clashes:
            return term.refused("instructs", INSTRUCTOR_CLASH)
        if clashes is None:
            unknown = term.evidence("instructs", "所指导选手的情况不明，无法确定能否参赛。")
    return unknown or term.ok("instructs", "未担任所限选手的指导教师。")


INSTRUCTOR_CLASH = "参赛选手担任了本赛项所限选手的指导教师，二者不能并存。请更换指导教师，或撤回其一。"


def not_instructed(contestant: ContestantFacts, term: NotInstructorTerm, event: EventFacts) -> Finding | None:
    """The same rule seen from the entry that is instructed, where it comes second.

    `term` is the rule of the instructor's own division; None where no instructor of this entry competes under it.
    """
    me = Competing(contestant, event)
    unknown: Finding | None = None
    for instructor in contestant.instructed_by or ():
        clashes = instructor_clash(term, instructor=instructor, instructed=me)
        if clashes:
            return term.refused("instructed_by", INSTRUCTOR_CLASH)
        if clashes is None:
            unknown = term.evidence("instructed_by", "指导教师或选手的情况不明，无法确定能否由其指导。")
    return unknown


def instructor_clash(term: NotInstructorTerm, *, instructor: Competing, instructed: Competing) -> bool | None:
    """Whether `instructor`, a contestant under this rule, may not instruct that contestant. None: a fact is missing."""
    if term.within == "赛项" and instructor.event.event != instructed.event.event:
        return False
    bound = belongs(instructor.contestant, term.for_, instructor.event)
    meant = belongs(instructed.contestant, term.whom, instructed.event)
    if bound.holds is False or meant.holds is False:
        return False
    return True if bound.holds and meant.holds else None
