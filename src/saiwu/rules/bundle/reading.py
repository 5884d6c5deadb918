"""A bundle read again: every value of its type, or the path of the first that is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from saiwu.rules.bundle.writing import FORMAT
from saiwu.rules.decisions import Decision, Kind
from saiwu.rules.marking import ComponentMarks, EntryMarks, GivenPenalty, JudgeMark, MemberFacts, PartMark, State
from saiwu.rules.rulebook.book import Division, Event
from saiwu.rules.rulebook.bundles import from_merged
from saiwu.rules.rulebook.values import Level, parse_level


class NotABundle(ValueError):  # noqa: N818
    """Not a saiwu-result/1; the message is Chinese and begins with the path of what is wrong."""


@dataclass(frozen=True, slots=True)
class Read:
    """The inputs of a bundle."""

    rules: Division | Event
    entries: tuple[EntryMarks, ...]
    decisions: tuple[Decision, ...]
    notice_class: str | None


KEYS = frozenset(
    {
        "format",
        "rules",
        "competition",
        "event",
        "division",
        "rulebook",
        "rulebook_sha256",
        "entries",
        "decisions",
        "result",
        "awards",
        "signature",
    }
)


def read(document: Any) -> Read:
    """The inputs. Raises NotABundle."""
    if not isinstance(document, Mapping) or document.get("format") != FORMAT:
        raise NotABundle(f"format：不是 {FORMAT}")
    missing = sorted(KEYS - set(document)) or sorted(set(document) - KEYS)
    if missing:
        word = "缺少" if missing[0] in KEYS else "格式里没有这一项"
        raise NotABundle(f"{missing[0]}：{word}")
    at = _At(document, "")
    rulebook = at.mapping("rulebook")
    try:
        rules = from_merged(rulebook.value)
    except ValueError as error:
        raise NotABundle("rulebook：不是合并后的规则文件") from error
    entries = tuple(_entry(one) for one in at.each("entries"))
    codes = [entry.code for entry in entries]
    if len(set(codes)) < len(codes):
        raise NotABundle("entries：有两个相同的编号")
    for key in ("result", "awards", "signature"):
        if not isinstance(document[key], (list if key == "result" else dict)):
            raise NotABundle(f"{key}：类型不对")
    class_ = rulebook.value.get("class")
    decisions = tuple(decision(one) for one in at.each("decisions"))
    return Read(rules, entries, decisions, class_ if isinstance(class_, str) else None)


def decisions_of(document: Any) -> tuple[Decision, ...]:
    """A list of decisions as the bundle has them, of which only kind and choice are needed. Raises NotABundle."""
    if not isinstance(document, list):
        raise NotABundle("裁定：应为一个列表")
    return tuple(decision(_At(one, f"[{n}]")) for n, one in enumerate(document))


def decision(at: _At) -> Decision:
    """One decision. Without `concerns`, those of its choice."""
    try:
        kind = Kind(at.text("kind"))
    except ValueError:
        raise NotABundle(f"{at.path}.kind：应为 {'、'.join(Kind)}") from None
    choice: Any = at.get("choice")
    if isinstance(choice, list):
        choice = tuple(str(code) for code in choice)
        if len(set(choice)) < len(choice):
            raise NotABundle(f"{at.path}.choice：同一编号写了两次")
    elif not isinstance(choice, str):
        raise NotABundle(f"{at.path}.choice：应为一个选项或编号的列表")
    concerns = at.get("concerns")
    if concerns is None:
        concerns = list(choice) if isinstance(choice, tuple) else []
    if not isinstance(concerns, list) or not all(isinstance(code, str) for code in concerns):
        raise NotABundle(f"{at.path}.concerns：应为编号的列表")
    ordering = kind in (Kind.TIE, Kind.ADVANCE)
    if ordering and isinstance(choice, str):
        raise NotABundle(f"{at.path}.choice：应为编号的列表，名次在前的在前")
    if kind is Kind.TIE and set(choice) != set(concerns):
        raise NotABundle(f"{at.path}.choice：应把 concerns 的编号各写一次，名次在前的在前")
    return Decision(
        kind, tuple(concerns), choice, at.text_or_none("by_role"), at.text_or_none("at"), at.text_or_none("reason")
    )


class _At:
    """A mapping of the document and its path."""

    def __init__(self, value: Any, path: str) -> None:
        if not isinstance(value, Mapping):
            raise NotABundle(f"{path or '文件'}：应为一组键和值")
        self.value = value
        self.path = path

    def under(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def get(self, key: str) -> Any:
        return self.value.get(key)

    def mapping(self, key: str) -> _At:
        return _At(self.get(key), self.under(key))

    def each(self, key: str) -> list[_At]:
        value = self.get(key)
        if not isinstance(value, list):
            raise NotABundle(f"{self.under(key)}：应为列表")
        named = [one.get("code") if isinstance(one, Mapping) else None for one in value]
        return [
            _At(one, f"{self.under(key)}.{name or n}") for n, (one, name) in enumerate(zip(value, named, strict=True))
        ]

    def text(self, key: str) -> str:
        value = self.get(key)
        if not isinstance(value, str) or not value:
            raise NotABundle(f"{self.under(key)}：应为文字")
        return value

    def text_or_none(self, key: str) -> str | None:
        return None if self.get(key) is None else self.text(key)

    def whole_or_none(self, key: str) -> int | None:
        value = self.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise NotABundle(f"{self.under(key)}：应为不小于 0 的整数或 null")
        return value

    def truth(self, key: str) -> bool:
        value = self.get(key)
        if not isinstance(value, bool):
            raise NotABundle(f"{self.under(key)}：应为 true 或 false")
        return value


def _entry(at: _At) -> EntryMarks:
    try:
        state = State(at.text("state"))
    except ValueError:
        raise NotABundle(f"{at.under('state')}：应为 {'、'.join(State)}") from None
    members, divisions = [], set()
    for one in at.each("members"):
        member, division = _member(one)
        members.append(member)
        divisions.add(division)
    components = at.mapping("components")
    handed_in = at.text_or_none("handed_in_at")
    return EntryMarks(
        code=at.text("code"),
        components={key: _component(components.mapping(key)) for key in components.value},
        state=state,
        listed=at.truth("listed"),
        checked_in=at.truth("checked_in"),
        time_used_s=at.whole_or_none("time_used_s"),
        handed_in_at=None if handed_in is None else _instant(handed_in, at.under("handed_in_at")),
        penalties=tuple(_penalty(one) for one in at.each("penalties")),
        members=tuple(members),
        unit=at.text_or_none("unit"),
        division=next(iter(divisions)) if len(divisions) == 1 else None,
    )


def _instant(text: str, path: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise NotABundle(f"{path}：应为带时区的时刻")
    return at


def _member(at: _At) -> tuple[MemberFacts, str | None]:
    facts = at.mapping("facts")
    answers = {fact: facts.text(fact) for fact in facts.value}
    division = answers.pop("division", None)
    return MemberFacts(at.text("code"), _level(at), at.whole_or_none("age"), answers), division


def _level(at: _At) -> Level | None:
    text = at.text_or_none("holds")
    try:
        return None if text is None else parse_level(text)
    except ValueError as error:
        raise NotABundle(f"{at.under('holds')}：不是技能等级") from error


def _component(at: _At) -> ComponentMarks:
    modules: dict[str, PartMark] = {}
    if at.get("modules") is not None:
        inner = at.mapping("modules")
        modules = {key: _part(inner.mapping(key)) for key in inner.value}
    whole = _part(at)
    # What modules make is shown beside them and follows from them.
    return ComponentMarks(None if modules else whole.mark, whole.made_of, modules)


def _part(at: _At) -> PartMark:
    made_of = at.each("from") if at.get("from") is not None else []
    return PartMark(at.whole_or_none("mark"), tuple(_judge_mark(one) for one in made_of))


def _judge_mark(at: _At) -> JudgeMark:
    mark = at.whole_or_none("mark")
    if mark is None:
        raise NotABundle(f"{at.under('mark')}：应为整数")
    return JudgeMark(at.text("judge"), mark, at.text_or_none("aspect") or "")


def _penalty(at: _At) -> GivenPenalty:
    times = at.whole_or_none("times")
    return GivenPenalty(
        at.text("id"), 1 if times is None else times, at.text_or_none("clause"), str(at.get("reason") or "")
    )
