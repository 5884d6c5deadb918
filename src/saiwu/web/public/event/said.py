"""What an event's page says of its rules in a line each: contents, places, prizes, certificates."""

from __future__ import annotations

from dataclasses import dataclass

from saiwu.rules.rulebook import book as typed
from saiwu.rules.rulebook.awards import Awards
from saiwu.rules.rulebook.certificates import CertificateRow
from saiwu.rules.rulebook.terms import Source
from saiwu.rules.rulebook.values import IN_PRINCIPLE, Level, Range, Size, SizeKind, percent
from saiwu.web.shared.conditions import fitting


@dataclass(frozen=True, slots=True)
class Line:
    """A line under a label. `clause`: what it rests on; `assumed`: why, where the notice is silent."""

    label: str
    text: str
    clause: str | None = None
    assumed: str | None = None


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A module of a component. `share` of its component."""

    component: str
    name: str
    minutes: int | None
    share: str


def lines_of(event: typed.Event) -> tuple[Line, ...]:
    """Groups, contents, standard, places, team: what the head of the page lists beside day and venue."""
    lines = [_divisions(event), _contents(event), _standard(event), *_quotas(event), _public_notice(event)]
    return tuple(line for line in lines if line is not None)


def _divisions(event: typed.Event) -> Line:
    names = "、".join(division.name or key for key, division in event.divisions.items())
    size = event.entry.team_size if event.entry else Range(1, 1)
    what = "个人赛" if size.low == size.high == 1 else f"{size}人一队"
    source = event.entry.source_of("team_size") if event.entry else Source()
    if len(event.divisions) > 1 and event.ranking.list_ == "组别":
        source = event.ranking.source_of("list") if event.ranking.source_of("list") != Source() else source
        return _line("组别", f"{names}，{what}，分别排名、分别设奖", source)
    return _line("组别", f"{names}，{what}", source)


def _contents(event: typed.Event) -> Line | None:
    if not event.components:
        return None
    parts = [
        f"{component.name or key} {percent(component.weight)}" if component.weight else component.name or key
        for key, component in event.components.items()
    ]
    first = next(iter(event.components.values()))
    return _line("内容", "，".join(parts), first.source_of("weight"))


def _standard(event: typed.Event) -> Line | None:
    said = []
    if event.standard:
        said.append(event.standard)
    elif event.occupation:
        said.append(f"职业（工种）{event.occupation}")
    if isinstance(event.paper_level, Level):
        said.append(f"{event.paper_level.chinese}（{event.paper_level.trade}）命题")
    return _line("标准", "，".join(said), event.source_of("paper_level")) if said else None


def _quotas(event: typed.Event) -> list[Line]:
    lines = []
    merged = {key: quota for division in event.divisions.values() for key, quota in division.quotas.items()}
    for quota in merged.values():
        if quota.at_most is None or quota.per is None:
            continue
        within = {"组别": "每组", "赛项": "本赛项", "竞赛": "全部赛项"}[quota.within]
        principle = "原则上" if quota.binding == IN_PRINCIPLE else ""
        each = "" if quota.per == "赛项" else f"同一{quota.per}"
        text = f"{each}{within}{principle}不超过 {quota.at_most} {quota.counts}"
        if quota.for_:
            text = f"{fitting(quota.for_, event)}：{text}"
        if quota.stage:
            text = f"{quota.stage}：{text}"
        lines.append(_line("名额", text, quota.source_of("at_most")))
    return lines


def _public_notice(event: typed.Event) -> Line | None:
    notice = event.public_notice
    if notice is None or notice.window is None:
        return None
    return _line("公示", f"{notice.after}后{notice.window}", notice.source_of("window"))


def modules_of(event: typed.Event) -> tuple[ModuleLine, ...]:
    """The modules of all components; none where the scheme is not known."""
    return tuple(
        ModuleLine(
            component.name or key, module.name or name, module.minutes, percent(module.weight) if module.weight else ""
        )
        for key, component in event.components.items()
        for name, module in component.modules.items()
    )


def prizes_said(event: typed.Event) -> tuple[Line, ...]:
    """Prizes of each division; one line where all divisions have the same."""
    said = {
        division.name or key: _prizes(division.awards)
        for key, division in event.divisions.items()
        if division.awards is not None
    }
    several = len(event.divisions) > 1
    if len(set(said.values())) == 1:
        one = next(iter(said.values()))
        return (Line("每组" if several else "", one.text, one.clause, one.assumed),)
    return tuple(Line(name, line.text, line.clause, line.assumed) for name, line in said.items())


def _prizes(awards: Awards) -> Line:
    prizes = "、".join(f"{prize.name or key} {_size(prize.size)}" for key, prize in awards.prizes.items())
    cap = f"；获奖总数不超过{awards.base}人数的 {percent(awards.cap)}" if awards.cap else ""
    return _line("", prizes + cap, awards.source_of("cap") if awards.cap else awards.meta.source)


def _size(size: Size | None) -> str:
    if size is None:
        return "待定"
    match size.kind:
        case SizeKind.NUMBER:
            return f"{size.number} 名"
        case SizeKind.SHARE:
            return f"占 {percent(size.share)}"
        case SizeKind.DOWN_TO:
            return f"取到前 {percent(size.share)}"
        case _:
            return "取到上限为止"


SPECIAL = "专项职业能力"
"""Certificates without levels: 命题等级 is that certificate, a level higher gives nothing more (§13)."""


def certificates_said(event: typed.Event) -> tuple[Line, ...]:
    """The rows of the certificates' table in words: those that fit this event's team size and give something here."""
    if event.certificates is None:
        return ()
    size = event.entry.team_size if event.entry else Range(1, 1)
    lines = [
        _line("", f"{_conditions(row, event)}，{gives}", row.meta.source)
        for row in event.certificates.rows
        if (row.team_size is None or row.team_size.holds(size.low or 1)) and (gives := _gives(row, event))
    ]
    return tuple(lines)


def _conditions(row: CertificateRow, event: typed.Event) -> str:
    said = []
    if row.rank is not None:
        said.append(_ranks(row.rank))
    if row.prize:
        said.append("获奖" if row.prize == ("有",) else "、".join(row.prize))
    said += [f"{_part(event, name)}合格" for name in row.passed]
    who = f"{fitting(row.for_, event)}：" if row.for_ else ""
    return who + ("且".join(said) if said else "参赛选手")


def _ranks(ranks: Range) -> str:
    if ranks.share is not None:
        return f"名次{ranks}"
    if ranks.low == 1:
        return "第 1 名" if ranks.high == 1 else f"前 {ranks.high} 名"
    return f"第 {ranks} 名"


def _part(event: typed.Event, name: str) -> str:
    try:
        return event.component(name).name or name
    except KeyError:
        return name


def _gives(row: CertificateRow, event: typed.Event) -> str:
    said = []
    level = event.paper_level if isinstance(event.paper_level, Level) else None
    match row.gives:
        case None:
            pass
        case _ if event.is_none("certificate_kind"):
            pass
        case "命题等级" if event.certificate_kind == SPECIAL:
            said.append(f"发{SPECIAL}证书（不分等级）")
        case str() if event.certificate_kind == SPECIAL:
            pass
        case "命题等级":
            said.append(f"发{f'{level.chinese}（{level.trade}）' if level else '与命题等级对应的'}职业技能等级证书")
        case "命题等级+1":
            said.append(f"可晋升{Level(level + 1).chinese}" if level and level < Level.CHIEF else "可晋升高一等级")
        case "命题等级-1":
            below = Level(level - 1) if level and level > Level.FIVE else None
            said.append(f"发{f'{below.chinese}（{below.trade}）' if below else '低一等级的'}职业技能等级证书")
        case "现有等级+1":
            said.append("在现有等级上晋升一级")
        case _:
            said.append(f"发{row.gives}证书")
    if row.honours:
        said.append(f"授予{'、'.join(row.honours)}")
    return "，".join(said)


def _line(label: str, text: str, source: Source) -> Line:
    clause = source.clauses[0] if source.clauses else None
    return Line(label, text, clause, None if clause else source.assumed)
