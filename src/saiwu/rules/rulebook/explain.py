"""A rulebook as a page that people can read: each value with its sentence, and what the notice left unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from typing import Any

from saiwu.rules.rulebook.book import Division, Event, Rulebook
from saiwu.rules.rulebook.days import Days
from saiwu.rules.rulebook.head import DateTerm
from saiwu.rules.rulebook.labels import FACT_NAMES, RULE_NAMES, label, label_in, labelled
from saiwu.rules.rulebook.shapes import CHAPTERS, NOTICE_ONLY
from saiwu.rules.rulebook.stages import Stage
from saiwu.rules.rulebook.terms import Source, Term
from saiwu.rules.rulebook.values import Level, Relative, marks, percent
from saiwu.rules.rulebook.yaml import Node

SILENT = "通知未写，按缺省"
UNUSED = "（程序暂未用到）"

NOT_USED = frozenset(
    {
        "series",
        "also_rank",
        "delay",
        "occupation_code",
        "blind_codes",
        "replace_until",
        "leaders",
        "leader_may_instruct",
        "paper",
        "partial",
        "mailbox",
        "photo_name",
        "issuer",
        "heard_by",
        "ruling",
    }
)
"""Keys that the language has and that nothing acts on yet: the page says so, so that nobody relies on them."""

NO_VERB = frozenset({"advance", "appeals", "remind", "retention", "tell"})
"""Keys that are computed or shown, and that no verb acts on yet: the page says that, too."""

_MARKS = frozenset({"full", "pass_", "points", "cap", "total", "spread"})
_TEXTS = frozenset({"language", "version", "history", "over", "duties"})


def explain(book: Rulebook, event: str | None = None, division: str | None = None) -> str:
    """The page, as Markdown. Of one event, or one division of it, the merged rules; else all, each thing once.

    Names or ids. Raises KeyError where there is no such event or division.
    """
    lines = [f"# {book.head.name or book.id}", "", f"规则文件 {book.id}，第 {book.version} 版。", ""]
    if event is None:
        lines += _notice(book)
        for one in book.events.values():
            lines += ["", f"## 赛项：{one.name or one.id}（{one.id}）", "", *_of_event(book, one)]
        lines += ["", *_duties(book)]
    else:
        chosen = book.event(event)
        lines += [f"## 赛项：{chosen.name or chosen.id}（{chosen.id}）", ""]
        lines += _days(book, chosen)
        divisions = chosen.divisions.values() if division is None else [chosen.division(division)]
        for one_division in divisions:
            lines += ["", f"### 组别：{one_division.name or one_division.id}（{one_division.id}）", ""]
            lines += _merged(book, chosen, one_division)
    lines += ["", *_pending(book)]
    return "\n".join(lines).rstrip() + "\n"


def _notice(book: Rulebook) -> list[str]:
    tree: Node = book.trees.notice
    own = {key: value for key, value in tree.entries.items() if NOTICE_ONLY.shape_of(key) and key not in _TEXTS}
    lines = ["## 通知", "", *_values(book, Node(tree.place, own, tree.source), "")]
    for_all: Node = book.trees.for_all
    shared = {key: value for key, value in for_all.entries.items() if key not in own}
    if "stages" in shared and "stages" not in tree.entries:
        del shared["stages"]
    lines += ["", "## 各赛项共同", "", *_values(book, Node(for_all.place, shared, for_all.source), "")]
    return lines


def _of_event(book: Rulebook, event: Event) -> list[str]:
    """What its file says beyond notice.yaml, and what stays silent."""
    tree = book.trees.events[event.id]
    lines = _days(book, event)
    own = _only(tree.event, tree.file)
    if own is not None:
        lines += ["", "本赛项另写：", ""]
        own = Node(own.place, {key: value for key, value in own.entries.items() if key != "name"}, own.source)
        lines += _values(book, own, "")
    for key, division in event.divisions.items():
        lines += ["", f"### 组别：{division.name or key}（{key}）"]
        silent = _silent(division)
        if silent:
            lines += ["", f"{SILENT}：", "", *_grouped(silent)]
    return lines


def _merged(book: Rulebook, event: Event, division: Division) -> list[str]:
    node = book.trees.events[event.id].divisions[division.id]
    lines = _values(book, node, "")
    silent = _silent(division)
    if silent:
        lines += ["", f"{SILENT}：", "", *_grouped(silent)]
    return lines


def _only(node: Node, file: str) -> Node | None:
    """The part of a merged tree that stands in that file."""
    if not node.is_mapping:
        return node if node.place.file == file else None
    kept = {key: below for key, value in node.entries.items() if (below := _only(value, file)) is not None}
    if not kept and not (node.place.file == file and not node.entries):
        return None
    return Node(node.place, kept, node.source, node.origin)


def _values(book: Rulebook, node: Node, path: str) -> list[str]:
    """Chapter by chapter; what stands under one thing and rests on one sentence shares a line."""
    lines: list[str] = []
    # Single values first: below a chapter's heading they would look like the chapter's own.
    for key, value in sorted(node.entries.items(), key=lambda entry: bool(entry[1].entries)):
        whole = f"{path}.{key}".lstrip(".")
        if not value.is_mapping or not value.entries:
            lines += [
                f"- {label_in(path, key)}：{_said(leaf, said, whole)}{_because(book, why)}"
                for leaf, said, why in _leaves(value, whole)
            ]
            continue
        lines += ["", f"**{label(key)}**", ""]
        for thing, below in value.entries.items():
            name = _name(below) or label_in(key, thing)
            for why, leaves in groupby(_leaves(below, f"{whole}.{thing}"), key=lambda leaf: leaf[2]):
                said = "；".join(_said(path, text, f"{whole}.{thing}") for path, text, _ in leaves)
                lines.append(f"- {name}：{said}{_because(book, why)}")
    return lines


def _name(node: Node) -> str | None:
    name = node.get("name")
    return name.text if name is not None and not name.is_pending and not name.is_none else None


def _said(path: str, text: str, thing: str) -> str:
    """One value, labelled by what its key adds to the thing's."""
    parts = set(path.split("."))
    unused = UNUSED if NOT_USED & parts else "（暂无相应操作）" if NO_VERB & parts else ""
    if path == thing:
        return f"{text}{unused}"
    words = labelled(path).split("·")[thing.count(".") + 1 :]
    return f"{'·'.join(words)} {text}{unused}"


def _leaves(node: Node, path: str) -> Iterator[tuple[str, str, Source]]:
    if node.text is not None:
        kind = path.endswith(".rule")
        yield path, RULE_NAMES.get(node.text, node.text) if kind else node.text, node.source
    elif node.is_mapping and node.entries:
        for key, value in node.entries.items():
            yield from _leaves(value, f"{path}.{key}")
    elif node.is_mapping:
        yield path, "有", node.source
    elif any(item.is_mapping for item in node.items):
        for index, item in enumerate(node.items, 1):
            said = "，".join(f"{label(key)} {_inline(value)}" for key, value in item.entries.items())
            sources = [value.source for value in item.entries.values()]
            yield f"{path}.第{index}条", said, sources[0] if sources else item.source
    else:
        yield path, _inline(node), node.source


def _inline(node: Node) -> str:
    if node.text is not None:
        return node.text
    if node.is_mapping:
        return "，".join(f"{FACT_NAMES.get(key, label(key))} {_inline(value)}" for key, value in node.entries.items())
    return "、".join(_inline(item) for item in node.items) or "（空）"


def _because(book: Rulebook, source: Source) -> str:
    said = "".join(f"——{clause}「{_sentence(book, clause)}」" for clause in source.clauses)
    if source.assumed is not None:
        said += f"——推定：{source.assumed}"
    return said


def _sentence(book: Rulebook, clause: str) -> str:
    """The sentence on one line."""
    return " ".join(book.text.get(clause, "").split())


def _days(book: Rulebook, event: Event) -> list[str]:
    """The deadlines, worked out."""
    days = Days(book, event.id)
    lines = []
    for chapter in (event.dates, event.stages):
        for key, term in chapter.items():
            by_weekends = "（其中年份的节假日安排尚未公布，按周末推算）" if days.estimated(term) else ""
            lines.append(f"- {term.name or key}：{_planned(days, term)}{by_weekends}")
    return ["日程（相对日期已算出）：", "", *lines] if lines else []


def _planned(days: Days, term: Stage | DateTerm) -> str:
    """A day, or from and to; an end that the notice does not name is left out, one that is 待定 is not."""
    if term.on is not None:
        return _day(days.first(term))
    first = _day(days.first(term)) if term.from_ is not None or term.is_pending("from") else ""
    last = _day(days.last(term)) if term.to is not None or term.is_pending("to") else ""
    if not first and not last:
        return "待定"
    return first if first == last else f"{first}起" if not last else f"{first} 至 {last}".strip()


def _day(point: date | datetime | None) -> str:
    if point is None:
        return "待定"
    day = f"{point.year}年{point.month}月{point.day}日"
    return f"{day} {point:%H:%M:%S}".removesuffix(":00") if isinstance(point, datetime) else day


def _silent(division: Division) -> list[tuple[str, str]]:
    """Keys of the chapters that are there, left unsaid, with the default that holds; and chapters that are not."""
    found: list[tuple[str, str]] = []
    for key, shape in CHAPTERS.keys.items():
        name = key if key in type(division).model_fields else f"{key}_"
        value = getattr(division, name, None)
        if isinstance(value, Term):
            found += _defaults(value, key)
        elif isinstance(value, Mapping):
            for id_, term in value.items():
                if isinstance(term, Term):
                    found += _defaults(term, f"{key}.{id_}")
        if key not in division.meta.sources and shape is not None and key in _CHAPTER_NAMES:
            found.append((label(key), "没有要求"))
    return found


def _grouped(silent: Sequence[tuple[str, str]]) -> list[str]:
    """A line for each thing: 奖励：总数口径 检录；取整 四舍五入."""
    lines: dict[str, list[str]] = {}
    for path, value in silent:
        thing, _, key = path.rpartition("·")
        lines.setdefault(thing or path, []).append(f"{key} {value}" if thing else value)
    return [f"- {thing}：{'；'.join(values)}" for thing, values in lines.items()]


_CHAPTER_NAMES = (
    "registration", "eligibility", "quotas", "minimums", "components", "penalties", "awards", "certificates", "appeals",
    "public_notice",
)  # fmt: skip


def _defaults(term: Term, path: str) -> Iterator[tuple[str, str]]:
    for name, info in type(term).model_fields.items():
        key = info.alias or name
        value = getattr(term, name)
        if isinstance(value, Term):
            yield from _defaults(value, f"{path}.{key}")
        elif isinstance(value, Mapping):
            for id_, below in value.items():
                if isinstance(below, Term):
                    yield from _defaults(below, f"{path}.{key}.{id_}")
        elif key != "rule" and key not in term.meta.sources and not key.endswith("_en"):
            text = UNSAID.get((type(term).__name__, key)) or shown(value, name)
            if text:
                yield labelled(f"{path}.{key}"), text


UNSAID: Mapping[tuple[str, str], str] = {
    ("AgeTerm", "on"): "决赛",
    ("PlaceTerm", "on"): "报名截止",
    ("SkillTerm", "on"): "报名截止",
    ("Certificates", "on"): "决赛",
    ("PlaceTerm", "region"): "通知的地区",
    ("EntryTerm", "replace_until"): "报名截止",
    ("Component", "stage"): "最后一个阶段",
    ("Penalty", "part"): "总分",
    ("Ranking", "tie_break"): "最后一项竞赛内容、其各模块依次、用时、裁判长",
    ("Stage", "ranks_by"): "本阶段的竞赛内容，按各自权重",
    ("Appeal", "about"): "全部事项",
    ("Quota", "stage"): "自报名起计",
    ("CertificateRow", "given_to"): "选手",
}
"""Defaults that the typed models leave as None or empty."""


def shown(value: Any, name: str) -> str:
    """A typed value as the language writes it; `name` is its field, since marks are kept in thousandths."""
    match value:
        case None | () | "":
            return ""
        case bool():
            return "是" if value else "否"
        case Level():
            return value.chinese
        case StrEnum() | str() | Relative():
            return str(value)
        case Fraction():
            return percent(value)
        case int():
            return marks(value) if name in _MARKS else str(value)
        case Sequence():
            return "、".join(shown(item, name) for item in value)
        case _:
            return str(value)


def _duties(book: Rulebook) -> list[str]:
    if not book.duties:
        return []
    lines = ["## 责任事项", ""]
    return lines + [f"- {'、'.join(who)}：{clause}「{_sentence(book, clause)}」" for clause, who in book.duties.items()]


def _pending(book: Rulebook) -> list[str]:
    remarks = book.trees.pending()
    if not remarks:
        return []
    return ["## 待定", "", *(f"- {labelled(remark.key)}（{remark.file}:{remark.line}）" for remark in remarks)]
