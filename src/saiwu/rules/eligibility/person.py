"""Rules about a person alone: age, place, study, work, skill, honours, own facts, proof, declaration."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction

from saiwu.rules.eligibility.facts import (
    NONE,
    ContestantFacts,
    EventFacts,
    answers_to,
    belongs,
    chinese,
    full_years,
    named,
)
from saiwu.rules.findings import Finding
from saiwu.rules.retirement import Category, LastDay, last_day
from saiwu.rules.rulebook.eligibility import (
    AgeTerm,
    DeclarationTerm,
    FactsTerm,
    PastWinnerTerm,
    PlaceTerm,
    ProofTerm,
    SkillTerm,
    StudentTerm,
    WorkerTerm,
)
from saiwu.rules.rulebook.values import Level, Relative, plain

OWN_OCCUPATION, RELATED_OCCUPATION = "本职业", "相关职业"
REGISTERING = "提交"


def age(contestant: ContestantFacts, term: AgeTerm, event: EventFacts) -> Finding:
    """Old enough, young enough, and before the end that `term.retirement` sets to the statutory age, on `term.on`."""
    born = contestant.born
    if born is None:
        return term.evidence("born", "出生日期不明，请填写证件号码。")
    if term.born_from is not None and born < term.born_from:
        return term.refused("born", f"{chinese(born)}出生，须在{chinese(term.born_from)}（含）以后出生。")
    if term.born_to is not None and born > term.born_to:
        return term.refused("born", f"{chinese(born)}出生，须在{chinese(term.born_to)}（含）以前出生。")
    if term.minimum is None and term.maximum is None and term.retirement is None:
        return term.ok("born", "出生日期符合。")
    on = the_day(term.on, event)
    if on is None:
        return term.evidence("born", "计算年龄的日期待定，公布后再核。")
    years = full_years(born, on=on)
    if term.minimum is not None and years < term.minimum:
        return term.refused("born", f"截至{chinese(on)}为{years}周岁，未满{term.minimum}周岁。")
    if term.maximum is not None and years > term.maximum:
        return term.refused("born", f"截至{chinese(on)}为{years}周岁，超过{term.maximum}周岁。")
    if term.retirement is not None:
        return _before_retirement(contestant, term, born, on, LastDay(term.retirement))
    return term.ok("born", f"截至{chinese(on)}年龄符合。")


def the_day(on: object, event: EventFacts) -> date | None:
    """The day that a resolved term names; 提交 is the day of registering. None: 待定."""
    if isinstance(on, datetime):
        return on.date()
    if isinstance(on, date):
        return on
    if isinstance(on, Relative) and on.anchor == REGISTERING:
        return event.registering_on
    return None


def _before_retirement(contestant: ContestantFacts, term: AgeTerm, born: date, on: date, bound: LastDay) -> Finding:
    last_days = [last_day(category, born, bound) for category in _categories(contestant)]
    if all(on <= last for last in last_days):
        return term.ok("born", f"截至{chinese(on)}年龄符合，未到法定退休年龄。")
    if all(on > last for last in last_days):
        return term.refused("born", f"按法定退休年龄，最晚可于{chinese(max(last_days))}参赛，{chinese(on)}已超过。")
    if contestant.sex is None:
        return term.evidence("sex", "性别不明，无法确定法定退休年龄，请填写。")
    return term.evidence("former_retirement", "请填写原法定退休年龄（50或55周岁），据此确定是否已到法定退休年龄。")


def _categories(contestant: ContestantFacts) -> tuple[Category, ...]:
    """Those that the person may be in, as far as it is known."""
    if contestant.sex == "男":
        return (Category.MALE,)
    women = {"50": (Category.FEMALE_50,), "55": (Category.FEMALE_55,)}.get(
        contestant.former_retirement or "", (Category.FEMALE_50, Category.FEMALE_55)
    )
    return women if contestant.sex == "女" else (Category.MALE, *women)


def place(contestant: ContestantFacts, term: PlaceTerm, event: EventFacts) -> Finding:
    """One of the grounds holds in the region, for as many months as are asked."""
    wanted = "、".join(ground + (f"满{months}个月" if months else "") for ground, months in term.any_of)
    lasted = contestant.months or {}
    missing: str | None = None
    for ground, months in term.any_of:
        if contestant.place is None:
            if ground not in lasted:
                missing = missing or "place"
                continue
        elif ground not in contestant.place:
            continue
        if not months or lasted.get(ground, -1) >= months:
            return term.ok("place", f"{ground}地符合。")
        if ground not in lasted:
            missing = missing or "months"
    region = term.region or event.region or "规定地区"
    if missing == "months":
        return term.evidence("months", f"请补充持续月数的证明，须在{region}{wanted}。")
    if missing is not None:
        return term.evidence("place", f"看不出是否在{region}，请写明省市区县；须在{region}{wanted}之一。")
    return term.refused("place", f"不在{region}，须在{region}{wanted}之一。")


def student(contestant: ContestantFacts, term: StudentTerm, event: EventFacts) -> Finding:
    """Full-time, enrolled, at a school of the region, in a related major: of these what the rule gives."""
    parts = [
        *_yes_no(term, "full_time", term.full_time, contestant.full_time, ("须为全日制学生", "须为非全日制学生")),
        *_enrolled(contestant, term),
        *_yes_no(term, "in_region", term.in_region, contestant.in_region, ("学校须在规定地区", "学校须在规定地区以外")),
        *_major(contestant, term, event),
    ]
    return _worst_of(parts) or term.ok("status", "在校学生条件符合。")


def _yes_no(
    term: StudentTerm | WorkerTerm, fact: str, wanted: bool | None, found: bool | None, needs: tuple[str, str]
) -> Iterable[Finding]:
    if wanted is None:
        return
    need = needs[0] if wanted else needs[1]
    if found is None:
        yield term.evidence(fact, f"{named(fact)}不明：{need}，请补充。")
    elif found is not wanted:
        yield term.refused(fact, f"{need}。")


def _enrolled(contestant: ContestantFacts, term: StudentTerm) -> Iterable[Finding]:
    since = contestant.enrolled
    if term.enrolled is None or term.enrolled is False:
        return
    if since is None:
        yield term.evidence("enrolled", "在籍情况不明：须为在籍学生，请补充。")
    elif since is False:
        yield term.refused("enrolled", "须为在籍学生。")
    elif isinstance(term.enrolled, date):
        if since is True:
            yield term.evidence("enrolled", f"请补充在籍起始日期，须不晚于{chinese(term.enrolled)}。")
        elif since > term.enrolled:
            yield term.refused("enrolled", f"{chinese(since)}起在籍，须不晚于{chinese(term.enrolled)}。")


def _major(contestant: ContestantFacts, term: StudentTerm, event: EventFacts) -> Iterable[Finding]:
    if term.major != "相关专业":
        return
    if contestant.major is None:
        yield term.evidence("major", "请填写专业，须为本赛项相关专业。")
    elif plain(contestant.major) == NONE:
        yield term.refused("major", "没有专业，须为本赛项相关专业。")
    elif plain(contestant.major) not in {plain(major) for major in event.majors}:
        yield term.evidence("major", f"专业“{contestant.major}”不在本赛项相关专业名单内，须由人工认定。")


def worker(contestant: ContestantFacts, term: WorkerTerm, event: EventFacts) -> Finding:
    """The post, the months with the unit, the unit's region: of these what the rule gives."""
    parts: list[Finding] = []
    if term.post:
        wanted = "、".join(term.post)
        if contestant.post is None:
            parts.append(term.evidence("post", f"在岗情况不明，须为：{wanted}。"))
        elif contestant.post not in term.post:
            parts.append(term.refused("post", f"在岗情况为{contestant.post}，须为：{wanted}。"))
    if term.months is not None:
        months = contestant.months or {}
        found = months.get("单位", months.get("工作"))
        if found is None:
            parts.append(term.evidence("months", f"请补充在本单位的工作月数，须满{term.months}个月。"))
        elif found < term.months:
            parts.append(term.refused("months", f"在本单位工作{found}个月，须满{term.months}个月。"))
    parts.extend(
        _yes_no(term, "in_region", term.in_region, contestant.in_region, ("单位须在规定地区", "单位须在规定地区以外"))
    )
    return _worst_of(parts) or term.ok("post", "在岗条件符合。")


def skill(contestant: ContestantFacts, term: SkillTerm, event: EventFacts) -> Finding:
    """The level or the years, of what is given; a level or years in an occupation that nobody listed go to a person."""
    missing: tuple[str, str] | None = None
    if term.level is not None:
        wanted = f"{term.level.chinese}（{term.level.trade}）"
        if contestant.level is None:
            missing = ("level", f"请填写技能等级（没有的填“无”），须为{wanted}及以上")
        elif isinstance(contestant.level, Level) and contestant.level >= term.level:
            counts = _occupation_counts(contestant.level_in, term.level_in, event)
            if counts:
                return term.ok("level", f"技能等级为{contestant.level.chinese}，符合。")
            if counts is None:
                found = contestant.level_in
                missing = (
                    "level_in",
                    "请填写等级证书的职业名称" if not found else f"证书职业“{found}”是否为本职业或相关职业须由人工认定",
                )
    if term.years is not None:
        if contestant.years is None:
            missing = missing or ("years", f"请填写从业年限，须满{term.years}年")
        elif contestant.years >= term.years:
            counts = _years_count(contestant, term, event)
            if counts:
                return term.ok("years", f"从业{_number(contestant.years)}年，符合。")
            if counts is None:
                missing = missing or ("years_in", "从业经历是否属于本职业或相关职业须由人工认定")
    if missing is not None:
        return term.evidence(missing[0], f"{missing[1]}{_or_years(term) if missing[0] != 'years' else ''}。")
    return term.refused("level" if term.level is not None else "years", _lacks_skill(contestant, term))


def _or_years(term: SkillTerm) -> str:
    return f"；或从业满{term.years}年" if term.level is not None and term.years is not None else ""


def _lacks_skill(contestant: ContestantFacts, term: SkillTerm) -> str:
    has, needs = [], []
    if term.level is not None:
        level = contestant.level
        found = f"{level.chinese}" if isinstance(level, Level) else NONE
        where = f"（{contestant.level_in}）" if isinstance(level, Level) and contestant.level_in else ""
        has.append(f"技能等级为{found}{where}")
        needs.append(f"{term.level.chinese}（{term.level.trade}）及以上")
    if term.years is not None:
        has.append(f"从业{_number(contestant.years or 0)}年")
        needs.append(f"从业满{term.years}年")
    return f"{'、'.join(has)}，须为{'，或'.join(needs)}。"


def _number(years: int | Fraction) -> str:
    return str(years) if isinstance(years, int) or years.denominator == 1 else f"{float(years):g}"


def _occupation_counts(found: str | None, allowed: tuple[str, ...], event: EventFacts) -> bool | None:
    """Whether an occupation is among those that count; None where it was not answered, or is none that the notice
    lists.

    Where nobody asked (`found` None) the level is that held in the occupation: so the question is put.
    """
    if found is None:
        return True
    if not found:
        return None
    kind = plain(found)
    if kind not in (OWN_OCCUPATION, RELATED_OCCUPATION):
        if event.occupation is not None and kind == plain(event.occupation):
            kind = OWN_OCCUPATION
        elif kind in {plain(related) for related in event.related_occupations}:
            kind = RELATED_OCCUPATION
        else:
            return None
    return kind in allowed


def _years_count(contestant: ContestantFacts, term: SkillTerm, event: EventFacts) -> bool | None:
    if contestant.years_in is None:
        return True  # years without a word on the occupation are years in it: so the question is put
    counts = [_occupation_counts(found, term.years_in, event) for found in contestant.years_in]
    if True in counts:
        return True
    return None if None in counts else False


def past_winner(contestant: ContestantFacts, term: PastWinnerTerm, event: EventFacts) -> Finding:
    """None of the honours is held: since the day that is given, in the same event where that is asked."""
    if contestant.honours is None:
        return term.evidence("honours", f"请说明是否获得过：{'、'.join(term.honours)}。")
    barred = {plain(honour) for honour in term.honours}
    since = the_day(term.since, event) if term.since is not None else None
    unknown: Finding | None = None
    for honour in contestant.honours:
        if plain(honour.name) not in barred:
            continue
        if term.since is not None or term.is_pending("since"):
            if honour.on is None or since is None:
                unknown = term.evidence("honours", f"请补充“{honour.name}”的获得日期。")
                continue
            if honour.on < since:
                continue
        if term.same_event:
            if honour.event is None:
                unknown = term.evidence("honours", f"请补充“{honour.name}”是在哪个赛项获得的。")
                continue
            if plain(honour.event) != plain(event.event):
                continue
        return term.refused("honours", f"已获得“{honour.name}”，不得再参赛。")
    return unknown or term.ok("honours", "未获得所列荣誉。")


def facts(contestant: ContestantFacts, term: FactsTerm, event: EventFacts) -> Finding:
    """Each fact of `must_be` has one of its answers."""
    fit = belongs(contestant, term.must_be, event)
    if fit.holds:
        return term.ok(next(iter(term.must_be), None), "符合。")
    assert fit.fact is not None
    wanted = "、".join(term.must_be[fit.fact])
    if fit.holds is None:
        return term.evidence(fit.fact, f"请填写{named(fit.fact)}，须为：{wanted}。")
    found = "、".join(answers_to(fit.fact, contestant, event) or ()) or NONE
    return term.refused(fit.fact, f"{named(fit.fact)}为{found}，须为：{wanted}。")


def proof(contestant: ContestantFacts, term: ProofTerm, event: EventFacts) -> Finding:
    """Each document asked for is accepted."""
    lacking = lacking_proof(contestant, term.proof)
    if lacking:
        return term.evidence("proof", f"缺少证明材料：{'、'.join(lacking)}。")
    return term.ok("proof", "证明材料齐全。")


def lacking_proof(contestant: ContestantFacts, asked: tuple[str, ...]) -> tuple[str, ...]:
    """The documents asked for that are not accepted yet."""
    accepted = {plain(document) for document in contestant.proof or ()}
    return tuple(document for document in asked if plain(document) not in accepted)


def declaration(contestant: ContestantFacts, term: DeclarationTerm, event: EventFacts) -> Finding:
    """Signed by whom the rule names."""
    who = term.signed_by or "选手"
    if contestant.signed is None:
        return term.evidence("signed", f"须由{who}签署承诺，尚未签署。")
    if "是" in contestant.signed or who in contestant.signed or (term.id and term.id in contestant.signed):
        return term.ok("signed", f"{who}已签署。")
    return term.refused("signed", f"须由{who}签署承诺，尚未签署。")


def _worst_of(parts: list[Finding]) -> Finding | None:
    return max(parts, key=lambda finding: finding.verdict.severity, default=None)
