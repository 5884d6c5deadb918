"""Dates: anchors that exist, no circles, stages within the competition (§2, §5, §18)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from saiwu.rules.rulebook.building import USUAL_NAMES
from saiwu.rules.rulebook.calendar import WorkCalendar
from saiwu.rules.rulebook.checks.scope import Names, Scope, text_of, things, value_of
from saiwu.rules.rulebook.days import SUBMITTED, Span, Timeline
from saiwu.rules.rulebook.faults import Faults, quoted
from saiwu.rules.rulebook.shapes import DIVISION
from saiwu.rules.rulebook.trees import Trees
from saiwu.rules.rulebook.values import MOMENTS, Relative, parse_day, parse_when, plain
from saiwu.rules.rulebook.yaml import Node

_KEYS = ("on", "from", "to")


def check(scope: Scope, trees: Trees) -> None:
    """All dates of a merged division."""
    timeline = timeline_of(scope.chapters, trees.notice)
    _anchors(scope, timeline)
    _circles(scope, timeline)
    _order(scope, timeline)
    _within(scope, timeline, trees.notice)


def timeline_of(chapters: Node, notice: Node) -> Timeline:
    """The timeline of a merged tree; what is broken or 待定 is not there."""
    spans: dict[str, dict[str, Span]] = {}
    for chapter in ("stages", "dates"):
        spans[chapter] = {
            key: Span(
                text_of(node.get("name")) or USUAL_NAMES[chapter].get(key), *(_when(node.get(word)) for word in _KEYS)
            )
            for key, node in (chapters.get(chapter) or Node(chapters.place, {})).entries.items()
        }
    days = {key: [value_of(item, parse_day) for item in (notice.at("working_days", key) or notice).items]
            for key in ("放假", "补班")}  # fmt: skip
    work = WorkCalendar.of(*([day for day in days[key] if day is not None] for key in ("放假", "补班")))
    return Timeline(spans["stages"], spans["dates"], work)


def _when(node: Node | None) -> Any:
    return value_of(node, parse_when)


def _relatives(scope: Scope) -> Iterator[tuple[Node, Relative, bool]]:
    """Each relative date of a division; whether 提交 may be its anchor."""
    for _, node, shape in things(scope.chapters, DIVISION):
        rule = "rule" in shape.keys
        for key in ("on", "from", "to", "since", "replace_until"):
            value = node.get(key)
            when = _when(value) if key in shape.keys else None
            if value is not None and isinstance(when, Relative):
                yield value, when, rule


def _anchors(scope: Scope, timeline: Timeline) -> None:
    if scope.names("dates").may_name_more or scope.names("stages").may_name_more:
        return
    for node, when, of_rule in _relatives(scope):
        name = plain(when.anchor)
        if name in MOMENTS or timeline.key_of(when.anchor) is not None or (of_rule and name == SUBMITTED):
            continue
        dangling_anchor(node, when, timeline, scope.faults)


def dangling_anchor(node: Node, when: Relative, timeline: Timeline, faults: Faults) -> None:
    """Tells that a relative date hangs on nothing."""
    named = [span.name or key for spans in (timeline.stages, timeline.dates) for key, span in spans.items()]
    faults.add(
        node.place, f"没有{quoted(when.anchor)}这个阶段、日期或时刻", " ".join(dict.fromkeys([*named, *MOMENTS]))
    )


def _circles(scope: Scope, timeline: Timeline) -> None:
    """One fault a circle, at its first value."""
    nodes: dict[str, Node] = {}
    next_of: dict[str, str] = {}
    for chapter, spans in (("stages", timeline.stages), ("dates", timeline.dates)):
        for key, span in spans.items():
            for word, when in (("on", span.on), ("from", span.from_), ("to", span.to)):
                node = scope.chapters.at(chapter, key, word)
                if node is None or not isinstance(when, Relative):
                    continue
                anchor = timeline.key_of(when.anchor)
                if anchor is not None:
                    nodes[f"{chapter}.{key}.{word}"] = node
                    next_of[f"{chapter}.{key}.{word}"] = _hangs_on(timeline, anchor, when)
    done: set[str] = set()
    for start in next_of:
        walked: list[str] = []
        value: str | None = start
        while value is not None and value not in done and value not in walked:
            walked.append(value)
            value = next_of.get(value)
        if value is not None and value in walked:
            circle = walked[walked.index(value) :]
            first = min((nodes[one].place for one in circle), key=lambda place: (place.file, place.line, place.key))
            said = " → ".join([*(nodes[one].text or "" for one in circle), nodes[circle[0]].text or ""])
            scope.faults.add(first, f"相对日期绕成了圈（{said}）", "其中一个写成日期")
        done.update(walked)


def _hangs_on(timeline: Timeline, anchor: str, when: Relative) -> str:
    chapter, _, key = anchor.partition(".")
    span = (timeline.stages if chapter == "stages" else timeline.dates)[key]
    last = when.before is False or plain(when.anchor) in ("报名截止", "预报名截止")
    return f"{anchor}.{'on' if span.on is not None else 'to' if last else 'from'}"


def _order(scope: Scope, timeline: Timeline) -> None:
    for chapter, spans in (("stages", timeline.stages), ("dates", timeline.dates)):
        for key, span in spans.items():
            on, start, end = (scope.chapters.at(chapter, key, word) for word in _KEYS)
            for other in (start, end):
                if on is not None and span.on is not None and text_of(other) is not None:
                    assert other is not None
                    if on.place.file == other.place.file:
                        scope.faults.add(other.place, "已写了 on", "on，或 from 和 to")
            first, last = timeline.opens(timeline.point(span.from_)), timeline.closes(timeline.point(span.to))
            if span.on is None and end is not None and first is not None and last is not None and last < first:
                scope.faults.add(end.place, f"{quoted(end.text)}早于 from", "不早于 from 的日期")


def _within(scope: Scope, timeline: Timeline, notice: Node) -> None:
    begins, ends = (value_of(notice.get(key), parse_day) for key in ("from", "to"))
    for key, span in timeline.stages.items():
        for word, when in (("on", span.on), ("from", span.from_), ("to", span.to)):
            node = scope.chapters.at("stages", key, word)
            point = timeline.point(when)
            if node is None or point is None:
                continue
            day: date = timeline.day(point)
            if (begins is not None and day < begins) or (ends is not None and day > ends):
                bounds = f"{begins or '…'} 至 {ends or '…'}"
                scope.faults.add(node.place, f"{quoted(node.text)}在竞赛起止（from、to）之外", bounds)


def notice_dates(trees: Trees, faults: Faults) -> None:
    """The head's own: from before to; what is kept until when hangs on something that is."""
    begins, ends = (value_of(trees.notice.get(key), parse_day) for key in ("from", "to"))
    if begins is not None and ends is not None and ends < begins:
        faults.add(trees.notice.entries["to"].place, f"{quoted(ends)}早于 from", f"不早于 {begins} 的日期")
    retention = trees.notice.get("retention")
    layers = [layer for tree in trees.events.values() for layer in tree.divisions.values() or [tree.event]]
    layers.append(trees.for_all)
    if any(Names(chapter, layer.get(chapter)).may_name_more for layer in layers for chapter in ("stages", "dates")):
        return
    timelines = [timeline_of(layer, trees.notice) for layer in layers]
    for node in (retention.entries if retention is not None else {}).values():
        when = _when(node)
        if not isinstance(when, Relative) or plain(when.anchor) in MOMENTS:
            continue
        if not any(timeline.key_of(when.anchor) for timeline in timelines):
            dangling_anchor(node, when, timelines[-1], faults)
