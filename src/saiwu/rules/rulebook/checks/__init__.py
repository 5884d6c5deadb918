"""What must hold of a rulebook as a whole, beyond the types of its values (§18)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from saiwu.rules.rulebook.book import USUAL_DIVISIONS
from saiwu.rules.rulebook.checks import needed, references, spans, sums
from saiwu.rules.rulebook.checks.scope import Names, Scope
from saiwu.rules.rulebook.eligibility import BUILT_IN_FACTS
from saiwu.rules.rulebook.faults import Faults
from saiwu.rules.rulebook.shapes import DIVISION
from saiwu.rules.rulebook.trees import Trees, walk
from saiwu.rules.rulebook.yaml import BROKEN, Node


def clauses(texts: Mapping[str, Node], cited: set[str], faults: Faults) -> None:
    """Every clause of text.yaml is used: nothing that the notice says is lost unseen (§4)."""
    for key, node in texts.items():
        if key not in cited:
            faults.add(node.place, "没有用到", "在某处用 clause 引用它，或列入 duties")


def sentences(texts: Mapping[str, Node], notice: str, faults: Faults) -> None:
    """Every sentence of text.yaml stands in the notice as issued, white space apart (§1)."""
    issued = _without_space(notice)
    for node in texts.values():
        if node.value != BROKEN and _without_space(node.text or "") not in issued:
            faults.add(node.place, "notice.txt 里没有这一句", "通知的原句（空白不计）")


def _without_space(text: str) -> str:
    return re.sub(r"\s+", "", text)


def duties(notice: Node, texts: Mapping[str, str], faults: Faults) -> None:
    """Duties are clauses of text.yaml."""
    written = notice.get("duties")
    for clause, node in (written.entries if written is not None else {}).items():
        if clause not in texts:
            faults.add(node.place, "text.yaml 里没有这一条", "text.yaml 里的条款")


def everything(trees: Trees, files: frozenset[str], faults: Faults) -> None:
    """The head, each event, each division as merged. A folder without events is judged as far as it goes."""
    needed.head(trees.notice, faults)
    facts = trees.notice.get("facts")
    for key, node in (facts.entries if facts is not None else {}).items():
        if key in BUILT_IN_FACTS:
            faults.add(node.place, f"{key} 是自带的事实", "另取一个 id")
    divisions, tags = _divisions(trees), _tags(trees)
    for tree in trees.events.values():
        needed.event(tree, faults)
        for key, node in tree.divisions.items():
            needed.division(key, node, faults)
        if not tree.divisions:
            needed.things(tree.event, DIVISION, "", faults)
        judged = list(tree.divisions.values()) or [tree.event]
        shared = tree.event.at("ranking", "list")
        if tree.divisions and shared is not None and shared.text == "赛项":
            judged.append(tree.event)
        for node in judged:
            scope = Scope(node, faults, facts, divisions, tags, files)
            sums.check(scope)
            references.check(scope)
            spans.check(scope, trees)
    references.unit_awards(trees, faults)
    spans.notice_dates(trees, faults)


def _divisions(trees: Trees) -> frozenset[str] | None:
    """Every id and name of a division, anywhere: a rule for all events may name one that some events lack."""
    found = {*USUAL_DIVISIONS, *USUAL_DIVISIONS.values()}
    written = [trees.for_all.get("divisions"), *(tree.written for tree in trees.events.values())]
    for node in written:
        names = Names("divisions", node)
        if names.may_name_more:
            return None
        found |= {text for key in names.entries for text in (key, names.name_of(key))}
    return frozenset(found)


def _tags(trees: Trees) -> frozenset[str] | None:
    roots = [trees.notice, *(tree.event for tree in trees.events.values())]
    roots += [division for tree in trees.events.values() for division in tree.divisions.values()]
    lists = [node for root in roots for node in walk(root) if node.place.key.rpartition(".")[2] == "tags"]
    if any(node.is_pending for node in lists):
        return None
    return frozenset(item.text or "" for node in lists for item in node.items)
