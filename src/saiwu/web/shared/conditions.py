"""Who may take part: the rules of an event as a reader meets them, each with the sentences that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from saiwu.rules.rulebook import Rulebook
from saiwu.rules.rulebook import book as typed
from saiwu.rules.rulebook.days import Days, Point
from saiwu.rules.rulebook.eligibility import (
    AgeTerm,
    AnyOfTerm,
    Condition,
    DeclarationTerm,
    FactsTerm,
    NotInstructorTerm,
    OneEventTerm,
    PastWinnerTerm,
    PlaceTerm,
    ProofTerm,
    Rule,
    SkillTerm,
    StudentTerm,
    WorkerTerm,
)
from saiwu.rules.rulebook.labels import FACT_NAMES
from saiwu.rules.rulebook.stages import FINAL
from saiwu.rules.rulebook.terms import Term
from saiwu.rules.rulebook.values import IN_PRINCIPLE, Level
from saiwu.web.shared.quotes import Quote, quotes


@dataclass(frozen=True, slots=True)
class Asked:
    """One rule. `who` it is for (empty: everybody); `waived_by` where it holds 原则上; `assumed`: why, where silent."""

    id: str
    who: str
    title: str
    counted_on: Point | None
    quotes: tuple[Quote, ...]
    waived_by: str | None
    assumed: tuple[str, ...]


def asked_of(book: Rulebook, event: typed.Event, days: Days) -> tuple[Asked, ...]:
    """The rules of all divisions of an event, each once; one that not all divisions have says whose it is."""
    found: list[tuple[str, Rule, list[str]]] = []
    for key, division in event.divisions.items():
        for rule_id, rule in division.eligibility.items():
            same = next((held for held in found if held[0] == rule_id and held[1] == rule), None)
            if same is None:
                found.append((rule_id, rule, [division.name or key]))
            else:
                same[2].append(division.name or key)
    return tuple(
        _asked(book, event, rule_id, rule, "" if len(whose) == len(event.divisions) else "、".join(whose), days)
        for rule_id, rule, whose in found
    )


def _asked(book: Rulebook, event: typed.Event, rule_id: str, rule: Rule, whose: str, days: Days) -> Asked:
    who = "，".join(part for part in (whose, fitting(rule.for_, event)) if part)
    on = days.first(rule.on if rule.on is not None else FINAL) if isinstance(rule, AgeTerm) else None
    return Asked(
        id=rule_id,
        who=who,
        title=title_of(book, rule),
        counted_on=on,
        quotes=quotes(book, rule.clauses),
        waived_by=str(rule.waived_by) if rule.binding == IN_PRINCIPLE else None,
        assumed=reasons_of(rule),
    )


def fitting(condition: Condition, event: typed.Event) -> str:
    """Whom a condition fits, in words: 学生组、教师组，未满18周岁."""
    return "，".join(
        "、".join(_answer(fact, answer, event) for answer in answers) for fact, answers in condition.items()
    )


def _answer(fact: str, answer: str, event: typed.Event) -> str:
    if fact == "division" and answer in event.divisions:
        return event.division_name(answer)
    if fact == "minor":
        return "未满18周岁" if answer == "是" else "已满18周岁"
    if answer in ("是", "否"):
        return f"{FACT_NAMES.get(fact, fact)}：{answer}"
    return f"原法定退休年龄 {answer} 岁" if fact == "former_retirement" else answer


def reasons_of(term: Term) -> tuple[str, ...]:
    """Why values of a term were assumed, each reason once."""
    sources = [term.meta.source, *term.meta.sources.values()]
    return tuple(dict.fromkeys(source.assumed for source in sources if source.assumed and not source.clauses))


def title_of(book: Rulebook, rule: Rule) -> str:
    """What a rule asks, in a line: 年满16周岁，未到法定退休年龄."""
    region = book.head.region or "本地区"
    match rule:
        case PlaceTerm():
            grounds = [f"{ground}满{months}个月" if months else ground for ground, months in rule.any_of]
            return f"在{rule.region or region}{_either(grounds)}"
        case AgeTerm():
            return "，".join(_ages(rule))
        case StudentTerm():
            return _student(rule, region)
        case WorkerTerm():
            months = f"满{rule.months}个月" if rule.months else ""
            return f"{_either(rule.post) or '在本单位工作'}{months}" + (f"，单位在{region}" if rule.in_region else "")
        case SkillTerm():
            level = f"{_either(rule.level_in)}{rule.level.chinese}及以上" if isinstance(rule.level, Level) else ""
            years = f"{_either(rule.years_in)}工作满{rule.years}年" if rule.years is not None else ""
            return "，或".join(part for part in (level, years) if part)
        case PastWinnerTerm():
            return f"未获得过{'、'.join(rule.honours)}"
        case OneEventTerm():
            return {"竞赛": "本届竞赛只报一项", "年度": "一年内只报一项", "系列": "同一系列竞赛只报一次"}[rule.within]
        case NotInstructorTerm():
            whom = "、".join(answer for answers in rule.whom.values() for answer in answers)
            return f"不得兼任{'本' if rule.within == '赛项' else '任一'}赛项{whom}选手的指导教师"
        case FactsTerm():
            return _facts(book, rule)
        case DeclarationTerm():
            return f"由{rule.signed_by}声明" if rule.signed_by else "须作出声明"
        case ProofTerm():
            return f"提交{'、'.join(rule.proof)}"
        case AnyOfTerm():
            return _either([title_of(book, inner) for inner in rule.rules.values()])
        case _:
            return rule.id


def _ages(rule: AgeTerm) -> list[str]:
    said = []
    if rule.minimum is not None:
        said.append(f"年满{rule.minimum}周岁")
    if rule.maximum is not None:
        said.append(f"不超过{rule.maximum}周岁")
    if rule.born_from is not None:
        said.append(f"{rule.born_from.year}年{rule.born_from.month}月{rule.born_from.day}日及以后出生")
    if rule.born_to is not None:
        said.append(f"{rule.born_to.year}年{rule.born_to.month}月{rule.born_to.day}日及以前出生")
    if rule.retirement is not None:
        said.append("未到法定退休年龄")
    return said


def _student(rule: StudentTerm, region: str) -> str:
    said = f"{region if rule.in_region else ''}院校{'全日制' if rule.full_time else ''}"
    said += "在校在籍" if rule.enrolled else ""
    return said + ("相关专业学生" if rule.major == "相关专业" else "学生")


def _facts(book: Rulebook, rule: FactsTerm) -> str:
    said = []
    for fact, answers in rule.must_be.items():
        if fact == "entered_by":
            said.append(f"由{_either(answers)}报名")
        else:
            own = book.facts.get(fact)
            asks = (own.ask or fact).rstrip("？?") if own else ""
            said.append(f"{asks}：{_either(answers)}" if asks else _either(answers))
    return "，".join(said)


def _either(words: tuple[str, ...] | list[str]) -> str:
    """工作、学习或居住."""
    return f"{'、'.join(words[:-1])}或{words[-1]}" if len(words) > 1 else "".join(words)
