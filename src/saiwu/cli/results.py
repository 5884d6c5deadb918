"""`saiwu results`: compute a list from a table of marks; verify a published result bundle (format saiwu-result/1)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from saiwu.cli.arguments import Arguments
from saiwu.cli.notice import open_notice
from saiwu.cli.os_errors import in_chinese
from saiwu.documents.sheets import Unreadable, read_sheet
from saiwu.rules.awards import prize_name
from saiwu.rules.bundle import NotABundle, UnknownRules, recompute
from saiwu.rules.bundle.reading import decisions_of
from saiwu.rules.certificates import Outcome
from saiwu.rules.decisions import BORDER_OPTIONS, OVER_CAP_OPTIONS, Decision, Kind
from saiwu.rules.marking import NotReady, scale_of
from saiwu.rules.marking.sheet import MarkSheet, NotAMarkSheet, read_marks
from saiwu.rules.reasons import points
from saiwu.rules.results import EntryResult, Result, compute
from saiwu.rules.rulebook import Rulebook
from saiwu.rules.rulebook.book import Division, Event
from saiwu.rules.rulebook.readiness import Need, missing_for

SUMMARY = "计算成绩、名次与奖次，验证成绩包"


def run(argv: list[str]) -> int:
    """Exit 0: computed (open decisions too), or the bundle agrees; 1: it does not; 2: cannot be read, or wrong use."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.act(arguments))
    except (_CannotError, NotReady) as error:
        print(f"{error}。", file=sys.stderr)
        return 2


class _CannotError(Exception):
    """Something that cannot be read or done; the message is Chinese, without its full stop."""


def _parser() -> Arguments:
    parser = Arguments(prog="saiwu results", description=SUMMARY)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="compute|verify")
    verb = verbs.add_parser("compute", help="由成绩表计算总分、名次、奖次与证书")
    verb.add_argument("file", type=Path, metavar="成绩表", help=".xlsx、.xls 或 .csv，读第一张工作表")
    verb.add_argument("--notice", required=True, metavar="通知", help="随附通知的名称（如 bayu-2025），或规则文件夹")
    verb.add_argument("--event", required=True, metavar="赛项", help="赛项的 id 或名称")
    verb.add_argument("--division", metavar="组别", help="组别的 id 或名称；只有一个组别时可以不写")
    verb.add_argument("--decisions", type=Path, metavar="文件", help="已作出的裁定（JSON 列表）")
    verb.add_argument("--json", action="store_true", help="输出 JSON")
    verb.set_defaults(act=_compute)
    verb = verbs.add_parser("verify", help="重算一份已公布的成绩包")
    verb.add_argument("bundle", type=Path, metavar="成绩包", help="saiwu-result/1（JSON）")
    verb.set_defaults(act=_verify)
    return parser


def _compute(arguments: Any) -> int:
    book = open_notice(arguments.notice)
    rules = _rules(book, arguments.event, arguments.division)
    whole = isinstance(rules, Event)
    missing = missing_for(book, arguments.event, None if whole else rules.id, Need.RESULTS)
    if missing:
        raise _CannotError(f"规则文件里还缺少或待定：{'、'.join(missing)}，不能计算成绩")
    sheet = _marks(arguments.file, book, rules)
    decisions = _decisions(arguments.decisions, sheet) if arguments.decisions is not None else ()
    result = compute(rules, sheet.entries, decisions, notice_class=book.head.class_)
    for n, decision in enumerate(decisions):
        others = (*decisions[:n], *decisions[n + 1 :])
        if compute(rules, sheet.entries, others, notice_class=book.head.class_) == result:
            print(f"裁定[{n}]（{decision.kind}）没有改变结果，请核对编号是否恰为所涉各方。", file=sys.stderr)
    if sheet.ignored:
        print(f"没有用到的列：{'、'.join(sheet.ignored)}。", file=sys.stderr)
    if arguments.json:
        print(json.dumps(_document(result, rules.ranking.decimals), ensure_ascii=False))
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(result, rules))
    return 0


def _rules(book: Rulebook, event_name: str, division_name: str | None) -> Division | Event:
    """The rules of one list: the division, or the event where all divisions are ranked together."""
    try:
        event = book.event(event_name)
    except KeyError:
        names = "、".join(event.name or key for key, event in book.events.items())
        raise _CannotError(f"没有“{event_name}”这个赛项，可选：{names}") from None
    if event.ranking.list_ == "赛项":
        if division_name is not None:
            raise _CannotError("这个赛项的各组别统一排名，请去掉 --division")
        return event
    names = "、".join(division.name or key for key, division in event.divisions.items())
    if division_name is None:
        if len(event.divisions) != 1:
            raise _CannotError(f"请用 --division 指明组别，可选：{names}")
        return next(iter(event.divisions.values()))
    try:
        return event.division(division_name)
    except KeyError:
        raise _CannotError(f"没有“{division_name}”这个组别，可选：{names}") from None


def _marks(file: Path, book: Rulebook, rules: Division | Event) -> MarkSheet:
    try:
        sheet = read_sheet(file.read_bytes(), file.name)
        return read_marks(sheet.rows, rules=rules, scale=scale_of(rules), facts=book.facts, zone=book.zone)
    except OSError as error:
        raise _CannotError(f"读不了“{file}”：{in_chinese(error)}") from error
    except (Unreadable, NotAMarkSheet) as error:
        raise _CannotError(f"读不了“{file}”：{str(error).rstrip('。')}") from error


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise _CannotError(f"读不了“{file}”：{in_chinese(error)}") from error
    except (ValueError, RecursionError) as error:
        raise _CannotError(f"读不了“{file}”：不是 UTF-8 的 JSON") from error


def _decisions(file: Path, sheet: MarkSheet) -> tuple[Decision, ...]:
    try:
        taken = decisions_of(_json(file))
    except NotABundle as error:
        raise _CannotError(f"读不了“{file}”：{error}") from error
    codes = {entry.code for entry in sheet.entries}
    options = {Kind.BORDER: BORDER_OPTIONS, Kind.OVER_CAP: OVER_CAP_OPTIONS}
    for n, decision in enumerate(taken):
        named = decision.concerns if isinstance(decision.choice, str) else (*decision.concerns, *decision.choice)
        unknown = next((code for code in named if code not in codes), None)
        if unknown is not None:
            raise _CannotError(f"“{file}”里的[{n}]：没有参赛编号“{unknown}”")
        allowed = options.get(decision.kind)
        if allowed and isinstance(decision.choice, str) and decision.choice not in allowed:
            raise _CannotError(f"“{file}”里的[{n}].choice：“{decision.choice}”不在选项里，可选：{'、'.join(allowed)}")
        if decision.kind is Kind.OVER_CAP and not isinstance(decision.choice, str):
            raise _CannotError(f"“{file}”里的[{n}].choice：应为 {'、'.join(OVER_CAP_OPTIONS)} 之一")
    return taken


def _document(result: Result, decimals: int) -> dict[str, Any]:
    return {
        "entries": [_entry(row, result, decimals) for row in result.rows],
        "awards": dict(result.awards),
        "decisions": [
            {
                "kind": str(decision.kind),
                "concerns": list(decision.concerns),
                "message": decision.message,
                "options": list(decision.options),
            }
            for decision in result.decisions
        ],
    }


def _entry(row: EntryResult, result: Result, decimals: int) -> dict[str, Any]:
    best = row.best or Outcome(row.code)
    return {
        "code": row.code,
        "total": None if row.total is None else points(row.total, decimals),
        "rank": row.rank,
        "award": row.award,
        **_outcome(best),
        "members": [_outcome(member) for member in row.members],
        "pending": row.pending,
        "reason": result.reason(row.code),
    }


def _outcome(member: Outcome) -> dict[str, Any]:
    return {
        "level": None if member.level is None else member.level.chinese,
        "certificate": member.certificate,
        "promotion": member.promotion,
        "honours": list(member.honours),
    }


_PENDING = {
    "tie": "待裁定先后",
    "border": "奖项待裁定",
    "over_cap": "奖项待裁定",
    "evidence": "证书待补材料",
}


def _lines(result: Result, rules: Division | Event) -> Iterator[str]:
    prizes = rules.awards.prizes if rules.awards is not None else {}
    names = {key: prize_name(key, prize) for key, prize in prizes.items()}
    for row in result.rows:
        rank = "—" if row.rank is None else f"第 {row.rank} 名"
        total = "无总分" if row.total is None else f"{points(row.total, rules.ranking.decimals)} 分"
        award = names.get(row.award or "", "")
        best = row.best or Outcome(row.code)
        level = best.level.chinese if best.level is not None else "专项职业能力证书" if best.certificate else ""
        won = [
            award,
            level + ("（晋升）" if best.promotion else ""),
            *best.honours,
            _PENDING.get(row.pending or "", ""),
        ]
        said = "，".join(part for part in (rank, total, *won) if part)
        yield f"{row.code}：{said}。{result.reason(row.code)}。"
    counts = "，".join(f"{names[key]} {number}" for key, number in result.awards.items())
    yield f"奖项基数 {result.base}：{counts or '不设奖'}。"
    for decision in result.decisions:
        yield f"待裁定：{decision.message}可选：{'、'.join(decision.options)}。"


def _verify(arguments: Any) -> int:
    document = _json(arguments.bundle)
    try:
        differences = recompute(document)
    except (NotABundle, UnknownRules) as error:
        raise _CannotError(f"验证不了“{arguments.bundle}”：{error}") from error
    if differences:
        sys.stdout.writelines(f"{difference}\n" for difference in differences)
        return 1
    print("相符")
    print(f"签名公钥：{document['signature']['key']}", file=sys.stderr)
    return 0
