"""Names that must refer to something: parts, prizes, stages, facts and their answers, paths (§1, §6, §10 to §15)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from saiwu.rules.rulebook.awards import ALL_TIME_USED, HANDED_IN, LAST_WORDS, TIME_USED
from saiwu.rules.rulebook.certificates import ANY_PRIZE
from saiwu.rules.rulebook.checks.scope import DIVISION, Names, Scope, prizes_of, text_of, things, waits
from saiwu.rules.rulebook.eligibility import BUILT_IN_FACTS
from saiwu.rules.rulebook.faults import Faults, quoted
from saiwu.rules.rulebook.stages import FINAL
from saiwu.rules.rulebook.trees import Trees
from saiwu.rules.rulebook.values import parse_range, plain
from saiwu.rules.rulebook.yaml import Node

CONDITIONS = ("for", "must_be", "whom")


def check(scope: Scope) -> None:
    """All references of a merged division."""
    for _, node, shape in things(scope.chapters, DIVISION):
        for key in CONDITIONS:
            if key in shape.keys:
                condition(scope, node.get(key))
        for key in ("passed", "needs_pass"):
            if key in shape.keys:
                _passed(scope, node.get(key))
        if shape.name in ("Component", "Module"):
            _path(scope, node.get("scheme"))
    _stages(scope)
    _tie_break(scope, scope.chapters.at("ranking", "tie_break"), (TIME_USED, HANDED_IN))
    _table(scope, scope.chapters.get("certificates"), scope.prizes)
    _cap(scope, scope.chapters.get("awards"))
    for second in scope.names("also_rank").entries.values():
        _tie_break(scope, second.get("tie_break"), (TIME_USED, HANDED_IN, ALL_TIME_USED))
        own = prizes_of(second.get("awards"))
        _table(scope, second.get("certificates"), own if second.get("awards") is not None else scope.prizes)
        _cap(scope, second.get("awards"))
    for penalty in scope.names("penalties").entries.values():
        part = penalty.get("part")
        text = text_of(part)
        if part is not None and text is not None:
            _part(scope, part, text)
    for item in (scope.chapters.get("majors") or scope.chapters).items:
        if (item.text or "").startswith("schemes/"):
            _path(scope, item)


def _dangling(faults: Faults, node: Node, what: str, allowed: str) -> None:
    faults.add(node.place, f"没有{quoted(node.text)}这个{what}", allowed or f"先写下{what}")


def _part(scope: Scope, node: Node, text: str) -> Node | None:
    found = scope.part(text)
    if found is False:
        _dangling(scope.faults, node, "竞赛内容或模块", " ".join(scope.parts))
    return found if isinstance(found, Node) else None


def _passed(scope: Scope, listed: Node | None) -> None:
    for item in listed.items if listed is not None else []:
        part = _part(scope, item, item.text or "")
        if part is not None and not part.is_pending and (part.get("pass") is None or part.entries["pass"].is_none):
            with_pass = [name for name in scope.parts if _has_pass(scope.part(name))]
            scope.faults.add(
                item.place, f"{quoted(item.text)}没有合格分（pass）", " ".join(with_pass) or "先写下它的 pass"
            )


def _has_pass(part: Node | bool) -> bool:
    return isinstance(part, Node) and part.get("pass") is not None and not part.entries["pass"].is_none


def _stages(scope: Scope) -> None:
    stages = scope.names("stages")
    named = [component.get("stage") for component in scope.names("components").entries.values()]
    named += [quota.get("stage") for quota in scope.names("quotas").entries.values()]
    for node in named:
        text = text_of(node)
        if node is not None and text is not None and not stages.may_name_more and stages.find(text) is None:
            _dangling(scope.faults, node, "阶段", stages.allowed)
    for stage in stages.entries.values():
        for word, share in (stage.get("ranks_by") or Node(stage.place, {})).entries.items():
            if scope.part(word) is False:
                scope.faults.add(
                    share.place,
                    f"没有{quoted(word)}这个竞赛内容",
                    scope.names("components").allowed or "先写下竞赛内容",
                )
    advance = stages.entries[FINAL].get("advance") if FINAL in stages.entries else None
    if advance is not None and not advance.is_none:
        scope.faults.add(advance.place, "最后一个阶段没有晋级", "写在更早的阶段，或删去")


def _tie_break(scope: Scope, listed: Node | None, words: tuple[str, ...]) -> None:
    last: str | None = None
    for item in listed.items if listed is not None else []:
        text = item.text or ""
        if last is not None:
            scope.faults.add(item.place, f"{quoted(text)}写在{quoted(last)}之后", f"{'、'.join(LAST_WORDS)} 只写在最后")
            return
        if plain(text) in map(plain, LAST_WORDS):
            last = text
        elif text not in words and scope.part(text) is False:
            allowed = " ".join([*scope.parts, *words, *LAST_WORDS])
            scope.faults.add(item.place, f"没有{quoted(text)}这个同分比较项", allowed)


def _table(scope: Scope, certificates: Node | None, prizes: Names) -> None:
    if certificates is None:
        return
    for name in ("rows", "withheld"):
        for row in (certificates.get(name) or certificates).items:
            for item in (row.get("prize") or row).items:
                text = item.text or ""
                if text != ANY_PRIZE and not prizes.may_name_more and prizes.find(text) is None:
                    _dangling(scope.faults, item, "奖次", f"{prizes.allowed} {ANY_PRIZE}".strip())


def _cap(scope: Scope, awards: Node | None) -> None:
    if awards is None or waits(awards.get("cap")) or text_of(awards.get("cap")) is not None:
        return
    for prize in prizes_of(awards).entries.values():
        size = prize if prize.text is not None else prize.get("size")
        if size is not None and size.text == "至上限":
            scope.faults.add(size.place, "“至上限”而没有上限（cap）", "先写下 awards.cap，或用个数、比例")


def _path(scope: Scope, node: Node | None) -> None:
    path = text_of(node)
    # A path of a folder that lies underneath is that folder's own: it is judged where that folder is checked.
    if node is None or path is None or node.place.file.startswith("../") or path in scope.files:
        return
    known = sorted(name for name in scope.files if name.startswith("schemes/"))
    scope.faults.add(node.place, f"没有{quoted(path)}这个文件", " ".join([*known[:20], "待定"]))


def condition(scope: Scope, node: Node | None) -> None:
    """A `for`, `must_be` or `whom`: known facts, and answers that they have."""
    if node is None:
        return
    own = scope.facts
    for fact, answers in node.entries.items():
        known: Iterable[str] | None
        if fact in BUILT_IN_FACTS:
            known = BUILT_IN_FACTS[fact] or _open_answers(scope, fact, node)
        elif own is not None and own.is_pending:
            continue
        elif own is not None and fact in own.entries:
            declared = own.at(fact, "answers")
            known = None if declared is None or declared.is_pending else [item.text or "" for item in declared.items]
        else:
            facts = [*BUILT_IN_FACTS, *(own.entries if own is not None else ())]
            scope.faults.add(answers.place, f"没有{quoted(fact)}这个事实", " ".join(facts))
            continue
        if known is None:
            continue
        wanted = {plain(answer) for answer in known}
        for item in answers.items:
            if plain(item.text or "") not in wanted:
                allowed = " ".join(dict.fromkeys(known)) or f"先写下 {fact} 的回答"
                scope.faults.add(item.place, f"{fact} 没有{quoted(item.text)}这个回答", allowed)


def _open_answers(scope: Scope, fact: str, node: Node) -> Iterable[str] | None:
    if fact == "division":
        return sorted(scope.divisions) if scope.divisions is not None else None
    if fact == "tag" and not node.place.file.startswith("../"):
        return sorted(scope.tags) if scope.tags is not None else None
    return None


_RANKS = re.compile(r"第(.+)名")
_COUNTS = ("合格未获奖", "报名人数", "检录人数", "参赛赛项", "承办赛项", "扣分")


def unit_awards(trees: Trees, faults: Faults) -> None:
    """The facts that give points, and those that break ties (§15)."""
    awards = trees.notice.get("unit_awards")
    prizes: dict[str, None] = {}
    waiting = False
    for tree in trees.events.values():
        # An event without divisions has that fault of its own, or they are 待定: its prizes are what it says itself.
        for layer in tree.divisions.values() or [tree.event]:
            names = prizes_of(layer.get("awards"))
            waiting = waiting or names.may_name_more
            prizes.update(dict.fromkeys(plain(text) for key in names.entries for text in (key, names.name_of(key))))
    shown = " ".join(dict.fromkeys(name for name in prizes if not name.isascii()))
    for award in (awards.entries if awards is not None else {}).values():
        points = award.get("points")
        named = [(node, word) for word, node in (points.entries if points is not None else {}).items()]
        named += [(item, item.text or "") for item in (award.get("tie_break") or award).items]
        for node, word in named:
            match = _RANKS.fullmatch(word)
            if (
                word in _COUNTS
                or plain(word) in prizes
                or (match and _is_range(match[1]))
                or waiting
                or not trees.events
            ):
                continue
            faults.add(
                node.place, f"没有{quoted(word)}这个计分事实", f"{shown} 第1名 第7-10名 {' '.join(_COUNTS)}".strip()
            )


def _is_range(text: str) -> bool:
    try:
        parse_range(text)
    except ValueError:
        return False
    return True
