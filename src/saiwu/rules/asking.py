"""What a person must be asked so that the rules of a division can be judged: rules in, questions out; answers into facts.

What no rule of the division asks is not asked, and what the ID number tells (birth, sex) is not asked either. Days in the
rules are resolved (`rulebook.days.resolved`). Words are Chinese templates with `{region}` and the like, so that a door can
say them in another language; which field, widget or page a question becomes is the door's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from saiwu.rules.eligibility.facts import NONE, ContestantFacts, EventFacts, belongs, chinese
from saiwu.rules.rulebook import book as typed
from saiwu.rules.rulebook.eligibility import (
    BUILT_IN_FACTS,
    AgeTerm,
    AnyOfTerm,
    Condition,
    FactsTerm,
    NotInstructorTerm,
    OwnFact,
    PastWinnerTerm,
    PlaceTerm,
    Rule,
    SkillTerm,
    StudentTerm,
    WorkerTerm,
)
from saiwu.rules.rulebook.values import Level, NotAllowed, Relative, parse_day, parse_number

YES, NO = "是", "否"
STATUS = "status"
KNOWN_OTHERWISE = frozenset({"sex", "minor", "role", "entered_by", "entry_kind", "division", "tag", "class", STATUS})
"""Facts that nobody is asked here: they follow from the ID number, from the way in, or from the standing that is chosen."""
POSTS = ("在职", "在编", "从业", "自由职业")


class Kind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    NUMBER = "number"
    DAY = "day"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the answers of a question: `value` travels in a form, `facts` is what it states (rulebook language §17)."""

    value: str
    words: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A question by its `name`. `fact`: under which a number, day or text is stated; `ground`: of which month count.

    `needed`: answers to other questions (name, values) of which one makes this one needed; empty: it always is.
    `own`: the notice's own question, whose English twin it may have. `short`: the same in a word or two, for a list of
    answers (empty: the question itself). `likely`: answers that a text most often has.
    """

    name: str
    kind: Kind
    ask: str
    hint: str = ""
    answers: tuple[Answer, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    fact: str = ""
    ground: str = ""
    needed: tuple[tuple[str, frozenset[str]], ...] = ()
    own: OwnFact | None = None
    short: str = ""
    likely: tuple[str, ...] = ()

    def answer(self, value: str) -> Answer | None:
        """The answer of that value."""
        return next((one for one in self.answers if one.value == value), None)


@dataclass(frozen=True, slots=True)
class Standing:
    """As what somebody takes part: a division, and the status (学生, 在职, …) by which he belongs there.

    `status` None: no rule asks for it.
    """

    division: str
    status: str | None

    @property
    def key(self) -> str:
        """`worker:在职`."""
        return f"{self.division}:{self.status or ''}"


def standings_of(event: typed.Event, cancelled: Iterable[str] = ()) -> tuple[Standing, ...]:
    """As what one may enter an event, in its order. `cancelled`: divisions that were given up."""
    given_up = frozenset(cancelled)
    return tuple(
        Standing(key, status)
        for key, division in event.divisions.items()
        if key not in given_up
        for status in _statuses(division)
    )


def _statuses(division: typed.Division) -> tuple[str | None, ...]:
    if STATUS in division.for_:
        return division.for_[STATUS]
    asked = any(STATUS in condition for rule in _flat(division.eligibility.values()) for condition in _conditions(rule))
    return BUILT_IN_FACTS[STATUS] if asked else (None,)


def _flat(rules: Iterable[Rule]) -> Iterator[Rule]:
    for rule in rules:
        yield rule
        if isinstance(rule, AnyOfTerm):
            yield from _flat(rule.rules.values())


def _conditions(rule: Rule) -> Iterator[Condition]:
    yield rule.for_
    if isinstance(rule, FactsTerm):
        yield rule.must_be


def questions_of(
    division: typed.Division, own: Mapping[str, OwnFact], standing: Standing, event: EventFacts
) -> tuple[Question, ...]:
    """The questions of a division to somebody of that standing, in the order of its rules, each fact once."""
    known = ContestantFacts(status=standing.status, entered_by="参赛单位", role="选手")
    found: dict[str, Question] = {}
    for question in _of_condition(division.for_, own):
        found.setdefault(question.name, question)
    for rule in division.eligibility.values():
        for question in _of_rule(rule, own, known, event):
            found.setdefault(question.name, question)
    return tuple(found.values())


def former_retirement() -> Question:
    """Asked only where `matters_former_retirement` says so: no ID number tells it."""
    answers = tuple(Answer(age, "{age} 周岁", {"former_retirement": age}, {"age": age}) for age in ("50", "55"))
    hint = "女职工按岗位分 50 周岁和 55 周岁两种，不清楚的请问单位人事。"
    return Question("former_retirement", Kind.ONE, "您原来的法定退休年龄", hint, answers, short="原退休年龄")


def _of_rule(rule: Rule, own: Mapping[str, OwnFact], known: ContestantFacts, event: EventFacts) -> Iterator[Question]:
    if isinstance(rule, NotInstructorTerm) or belongs(known, rule.for_, event).holds is False:
        return
    yield from _of_condition(rule.for_, own)
    match rule:
        case PlaceTerm():
            yield _place(rule, event)
        case StudentTerm():
            yield from _student(rule, event)
        case WorkerTerm():
            yield from _worker(rule, event)
        case SkillTerm():
            yield from _skill(rule, event)
        case PastWinnerTerm():
            yield _honours(rule, event)
        case FactsTerm():
            yield from _of_condition(rule.must_be, own)
        case AnyOfTerm():
            for inner in rule.rules.values():
                yield from _of_rule(inner, own, known, event)
        case _:
            return


def _of_condition(condition: Condition, own: Mapping[str, OwnFact]) -> Iterator[Question]:
    for fact in condition:
        if fact in own:
            declared = own[fact]
            if declared.whose == "选手":
                answers = tuple(Answer(word, word, {fact: word}) for word in declared.answers)
                yield Question(fact, Kind.ONE, declared.ask or fact, "", answers, own=declared)
        elif fact == "former_retirement":
            yield former_retirement()
        elif fact not in KNOWN_OTHERWISE and BUILT_IN_FACTS.get(fact):
            ask = {"unit_kind": "您的单位属于哪一类？", "school_kind": "您的学校属于哪一类？"}[fact]
            answers = tuple(Answer(word, word, {fact: word}) for word in BUILT_IN_FACTS[fact])
            yield Question(fact, Kind.ONE, ask, "", answers)


def _region(rule_region: str | None, event: EventFacts) -> dict[str, str]:
    return {"region": rule_region or event.region or "本地区"}


def _place(rule: PlaceTerm, event: EventFacts) -> Question:
    answers = []
    for ground, months in rule.any_of:
        facts: dict[str, Any] = {"place": [ground]}
        if months:
            facts["months"] = {ground: months}
        words = f"{ground}满{{months}}个月" if months else ground
        answers.append(Answer(f"{ground}{months or ''}", words, facts, {"months": str(months)}))
    answers.append(Answer(NONE, "以上都不是", {"place": []}))
    return Question("place", Kind.ONE, "您在{region}", "选一项即可。", tuple(answers), _region(rule.region, event))


_STUDIES = (
    ("both", "是，全日制在籍", YES, YES),
    ("part_time", "在籍，但不是全日制", NO, YES),
    ("left", "全日制，但不在籍（休学、毕业等）", YES, NO),
    ("neither", "都不是", NO, NO),
)


def _student(rule: StudentTerm, event: EventFacts) -> Iterator[Question]:
    full_time, enrolled = rule.full_time is not None, rule.enrolled is True
    if full_time and enrolled:
        answers = tuple(
            Answer(value, words, {"full_time": one, "enrolled": other}) for value, words, one, other in _STUDIES
        )
        yield Question("studies", Kind.ONE, "您是全日制在校在籍学生吗？", "", answers, short="在校情况")
    elif full_time:
        yield _yes_no("full_time", "您是全日制学生吗？", short="全日制")
    elif enrolled:
        yield _yes_no("enrolled", "您现在在校在籍吗？", short="在籍")
    if isinstance(rule.enrolled, date):
        hint = "学籍注册的日期，入学当天也可以。"
        yield Question("enrolled", Kind.DAY, "您从哪一天起在籍？", hint, fact="enrolled", short="在籍起")
    if rule.in_region is not None:
        yield _yes_no("in_region", "您的学校在{region}吗？", _region(None, event), short="学校在{region}")
    if rule.major == "相关专业":
        hint = "与学籍上的专业名称一致。"
        yield Question("major", Kind.TEXT, "您的专业", hint, fact="major", short="专业", likely=event.majors)


def _worker(rule: WorkerTerm, event: EventFacts) -> Iterator[Question]:
    if rule.post:
        answers = [Answer(post, post, {"post": post}) for post in POSTS if post in rule.post]
        answers.append(Answer(NONE, "以上都不是", {"post": NONE}))
        yield Question("post", Kind.ONE, "您的在岗情况", "", tuple(answers), short="在岗情况")
    if rule.months is not None:
        hint = "从入职当月算到现在，不满一个月的不算。"
        yield Question(
            "months", Kind.NUMBER, "您在本单位工作了几个月？", hint, fact="months", ground="单位", short="在本单位"
        )
    if rule.in_region is not None:
        yield _yes_no("in_region", "您的单位在{region}吗？", _region(None, event), short="单位在{region}")


def _yes_no(fact: str, ask: str, about: Mapping[str, str] | None = None, *, short: str) -> Question:
    answers = tuple(Answer(word, word, {fact: word}) for word in (YES, NO))
    return Question(fact, Kind.ONE, ask, "", answers, about or {}, fact, short=short)


def _skill(rule: SkillTerm, event: EventFacts) -> Iterator[Question]:
    about = {"occupation": event.occupation or ""}
    enough = frozenset(level.chinese for level in Level if rule.level is not None and level >= rule.level)
    if rule.level is not None:
        ask = "您的{occupation}技能等级" if rule.level_in == ("本职业",) else "您的{occupation}或相关职业技能等级"
        hint = "职业资格证书或职业技能等级证书都可以，选最高的一级。"
        if rule.years is not None:
            hint += "没有的选“没有”，按从业年限核。"
        answers = (Answer(NONE, "没有", {"level": NONE}), *(_level(level) for level in Level))
        yield Question("level", Kind.ONE, ask, hint, answers, about, short="技能等级")
    if rule.years is not None:
        ask = "您从事{occupation}的年限" if rule.years_in == ("本职业",) else "您从事{occupation}或相关职业的年限"
        hint = "满几年填几年，可以填一位小数，如 4.5。同一时间在两处工作的，只算一次。"
        lower = frozenset({NONE, *(level.chinese for level in Level)}) - enough
        needed = (("level", lower),) if rule.level is not None else ()
        yield Question("years", Kind.NUMBER, ask, hint, (), about, "years", needed=needed, short="从业年限")


def _level(level: Level) -> Answer:
    words = level.chinese if level.trade == level.chinese else f"{level.chinese}（{level.trade}）"
    return Answer(level.chinese, words, {"level": level.chinese})


def _honours(rule: PastWinnerTerm, event: EventFacts) -> Question:
    since = rule.since.date() if isinstance(rule.since, datetime) else rule.since
    day = since if isinstance(since, date) else None
    if isinstance(rule.since, Relative):
        day = event.registering_on
    answers = [Answer(NONE, "都没有", {"honours": []})]
    for honour in rule.honours:
        held: dict[str, Any] = {"name": honour}
        if day is not None:
            held["on"] = day.isoformat()
        if rule.same_event:
            held["event"] = event.event
        answers.append(Answer(honour, honour, {"honours": [held]}))
    ask = "您在本赛项获得过这些荣誉吗？" if rule.same_event else "您获得过这些荣誉吗？"
    if day is not None:
        ask = f"{{day}}以来，{ask}"
    return Question(
        "honours", Kind.ONE, ask, "", tuple(answers), {"day": chinese(day)} if day else {}, short="已获荣誉"
    )


def is_needed(question: Question, values: Mapping[str, str]) -> bool:
    """Whether the question concerns somebody who has answered others so."""
    return not question.needed or any(values.get(name) in among for name, among in question.needed)


def facts_of(questions: Iterable[Question], values: Mapping[str, str]) -> dict[str, Any]:
    """What the answers state. What is not needed or not answered is left out. Raises NotAllowed as `read` does."""
    facts: dict[str, Any] = {}
    for question in questions:
        value = values.get(question.name, "")
        if not value or not is_needed(question, values):
            continue
        for fact, stated in read(question, value).items():
            facts[fact] = {**facts[fact], **stated} if isinstance(facts.get(fact), dict) else stated
    return facts


def read(question: Question, value: str) -> dict[str, Any]:
    """What one answer states. Raises NotAllowed where it is none."""
    if question.kind is Kind.ONE:
        answer = question.answer(value)
        if answer is None:
            raise NotAllowed(value, "、".join(one.words for one in question.answers))
        return dict(answer.facts)
    if question.kind is Kind.DAY:
        return {question.fact: _day(value).isoformat()}
    if question.kind is Kind.TEXT:
        return {question.fact: value}
    if question.ground:
        return {question.fact: {question.ground: parse_number(value)}}
    whole, point, part = value.partition(".")
    if not (
        whole.isascii() and whole.isdigit() and len(whole) <= 2 and (not point or (part.isdigit() and len(part) < 3))
    ):
        raise NotAllowed(value, "数字，如 5 或 4.5")
    return {question.fact: value}


def values_of(questions: Iterable[Question], facts: Mapping[str, Any]) -> dict[str, str]:
    """The answers that stated these facts: what a form shows when it is opened again."""
    values = {}
    for question in questions:
        if question.kind is Kind.ONE:
            said = (one.value for one in question.answers if _states(facts, one.facts))
            value = next(said, "")
        else:
            stated = facts.get(question.fact)
            value = str(((stated or {}).get(question.ground) if question.ground else stated) or "")
        if value:
            values[question.name] = value
    return values


def _states(facts: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    for fact, value in wanted.items():
        held = facts.get(fact)
        if isinstance(value, Mapping) and isinstance(held, Mapping):
            if any(held.get(key) != one for key, one in value.items()):
                return False
        elif held != value:
            return False
    return True


def _day(value: str) -> date:
    """2025-09-01, and as people write it: 2025年9月1日, 2025.9.1, 2025/9/1."""
    parts = value.translate(str.maketrans("年月./", "----", "日 ")).split("-")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts):
        return parse_day(f"{parts[0]:0>4}-{parts[1]:0>2}-{parts[2]:0>2}")
    raise NotAllowed(value, "日期，如 2025-09-01")


def ages(division: typed.Division) -> tuple[AgeTerm, ...]:
    """The rules of a division that end with the statutory age: where a woman's former 50 or 55 may matter."""
    rules = _flat(division.eligibility.values())
    return tuple(rule for rule in rules if isinstance(rule, AgeTerm) and rule.retirement is not None)
