"""Marks -> components -> total (rulebook language §10); penalties apply to module, component and total in turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from saiwu.rules.marking.entries import ComponentMarks, EntryMarks, Exact, GivenPenalty, NotReady, PartMark, State
from saiwu.rules.marking.judging import mark_of
from saiwu.rules.rulebook.book import Chapters
from saiwu.rules.rulebook.stages import FINAL, USUAL_COMPONENTS, Component, Module, Penalty
from saiwu.rules.rulebook.values import Rounding

_NO_MARK = PartMark()
_NO_MARKS = ComponentMarks()
TOTAL = ""
"""The part under which what concerns the total stands; components stand as `practical`, modules as `practical/m1`."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What makes a stage's total.

    `factors`: component id -> what one thousandth of its mark counts in the total. `parts`: every component and module
    of the event by key. `unit`: the total is rounded to so many thousandths, by `rounding`.
    """

    stage: str
    factors: Mapping[str, Fraction]
    parts: Mapping[str, Module]
    names: Mapping[str, str]
    components: Mapping[str, Component]
    penalties: Mapping[str, tuple[Penalty, str]]
    decimals: int
    rounding: Rounding

    @property
    def unit(self) -> int:
        """Thousandths in the last decimal of a total."""
        return int(10 ** (3 - self.decimals))

    def rounded(self, exact: Exact) -> int:
        """A total in whole thousandths, rounded as the rulebook says."""
        return self.rounding.apply(Fraction(exact, self.unit)) * self.unit


def part_key(component: str, module: str | None = None) -> str:
    """`practical`, or `practical/m1`."""
    return component if module is None else f"{component}/{module}"


def key_of(chapters: Chapters, word: str) -> str:
    """The key of a component or module named by id or name. KeyError where there is none."""
    return part_key(*chapters.part(word))


def stage_of(chapters: Chapters, component: Component) -> str:
    """The id of the stage in which a component is held: by default the last."""
    if component.stage is None:
        return FINAL
    found = next((key for key, stage in chapters.stages.items() if component.stage in (key, stage.name)), None)
    return found or component.stage


def scale_of(chapters: Chapters, stage: str | None = None) -> Scale:
    """What makes the total of a stage (default the last). Raises NotReady naming what is missing or 待定."""
    stage = FINAL if stage is None else stage
    if chapters.is_pending("components"):
        raise NotReady("竞赛内容（components）待定")
    for key, component in chapters.components.items():
        for word in ("weight", "full", "pass", "modules", "stage"):
            if component.is_pending(word):
                raise NotReady(f"components.{key}.{word} 待定")
    parts: dict[str, Module] = {}
    names: dict[str, str] = {}
    for key, component in chapters.components.items():
        parts[key] = component
        names[key] = component.name or USUAL_COMPONENTS.get(key, key)
        for inner, module in component.modules.items():
            parts[part_key(key, inner)] = module
            names[part_key(key, inner)] = f"{names[key]}/{module.name or inner}"
    ranking = chapters.ranking
    return Scale(
        stage=stage,
        factors=_factors(chapters, stage),
        parts=parts,
        names=names,
        components=chapters.components,
        penalties=_penalties(chapters),
        decimals=ranking.decimals,
        rounding=ranking.rounding,
    )


def _factors(chapters: Chapters, stage: str) -> Mapping[str, Fraction]:
    term = chapters.stages.get(stage)
    if term is not None and term.is_pending("ranks_by"):
        raise NotReady(f"stages.{stage}.ranks_by 待定")
    if term is not None and term.ranks_by:
        shares = {chapters.part(word)[0]: share for word, share in term.ranks_by.items()}
        return {key: share * 100_000 / chapters.components[key].full for key, share in shares.items()}
    held = {key: one for key, one in chapters.components.items() if stage_of(chapters, one) == stage}
    if not held:
        raise NotReady(f"没有竞赛内容（components），{stage} 无从计分")
    weighed = [key for key, component in held.items() if component.weight is not None]
    if weighed and len(weighed) < len(held):
        raise NotReady("竞赛内容（components）的权重只写了一部分")
    if not weighed:
        return {key: Fraction(1) for key in held}
    return {key: (one.weight or Fraction(0)) * 100_000 / one.full for key, one in held.items()}


def _penalties(chapters: Chapters) -> Mapping[str, tuple[Penalty, str]]:
    return {
        key: (penalty, TOTAL if penalty.part is None else key_of(chapters, penalty.part))
        for key, penalty in chapters.penalties.items()
    }


@dataclass(frozen=True, slots=True)
class Scored:
    """An entry's marks after penalties, by part; the total, exact and not rounded; what is missing for it (part keys).

    `state` counts penalties in. Total None: absent, void, excluded, or a mark is not yet given.
    """

    state: State
    marks: Mapping[str, Exact | None]
    total: Exact | None
    missing: tuple[str, ...] = ()

    def passed(self, part: str, module: Module) -> bool:
        """Whether the pass mark is reached or exceeded; one that was never marked is not."""
        mark = self.marks.get(part)
        return mark is not None and module.pass_ is not None and mark >= module.pass_


def scored(entry: EntryMarks, scale: Scale) -> Scored:
    """Apply penalties to module, component and total in turn (never below 0), and add up."""
    state = state_of(entry, scale)
    if state is State.ABSENT and not entry.checked_in:
        # Whoever never came has no marks, whatever a list says.
        return Scored(state, {}, None)
    taken, zeroed = _on_parts(entry.penalties, scale) if entry.penalties else ({}, frozenset[str]())
    marks: dict[str, Exact | None] = {}
    missing: list[str] = []
    for key, component in scale.components.items():
        mark = _component(key, component, entry.components.get(key, _NO_MARKS), marks, taken, zeroed)
        marks[key] = mark
        if mark is None and key in scale.factors:
            missing += _lacking(key, component, marks)
    if state is not State.NORMAL or missing:
        return Scored(state, marks, None, tuple(missing))
    total: Exact = sum((factor * (marks[key] or 0) for key, factor in scale.factors.items()), Fraction(0))
    return Scored(state, marks, _less(total, TOTAL, taken, zeroed))


def state_of(entry: EntryMarks, scale: Scale) -> State:
    """The entry's state, penalties counted in: 弃权 is absent from now on, whether checked in or not."""
    states = [entry.state]
    for given in entry.penalties:
        effect = _penalty(given, scale)[0].effect
        if effect in _STATES:
            states.append(_STATES[effect])
    return max(states, key=_GRAVITY.__getitem__)


_STATES = {"弃权": State.ABSENT, "取消成绩": State.VOID, "取消资格": State.EXCLUDED}
_GRAVITY = {state: gravity for gravity, state in enumerate(State)}


def _penalty(given: GivenPenalty, scale: Scale) -> tuple[Penalty, str]:
    if given.id not in scale.penalties:
        raise NotReady(f"规则文件里没有处罚“{given.id}”")
    return scale.penalties[given.id]


def _on_parts(penalties: tuple[GivenPenalty, ...], scale: Scale) -> tuple[dict[str, int], frozenset[str]]:
    """What is taken off each part, in thousandths, and the parts that are zero."""
    taken: dict[str, int] = {}
    zeroed: set[str] = set()
    for given in penalties:
        penalty, part = _penalty(given, scale)
        if penalty.effect == "零分":
            zeroed.add(part)
        elif penalty.effect == "扣分":
            points = (penalty.points or 0) * (given.times if penalty.each else 1)
            taken[part] = taken.get(part, 0) + (points if penalty.cap is None else min(points, penalty.cap))
    return taken, frozenset(zeroed)


def _less(mark: Exact, part: str, taken: Mapping[str, int], zeroed: frozenset[str]) -> Exact:
    return 0 if part in zeroed else max(mark - taken.get(part, 0), 0)


def _component(
    key: str,
    component: Component,
    given: ComponentMarks,
    marks: dict[str, Exact | None],
    taken: Mapping[str, int],
    zeroed: frozenset[str],
) -> Exact | None:
    """The component's mark after its penalties; its modules' are put into `marks`."""
    if given.modules:
        for inner, module in component.modules.items():
            own = mark_of(given.modules.get(inner, _NO_MARK), module.judging)
            part = part_key(key, inner)
            marks[part] = 0 if part in zeroed else None if own is None else _less(own, part, taken, zeroed)
        mark = _of_modules(component, {inner: marks[part_key(key, inner)] for inner in component.modules})
    else:
        mark = _rounded(component, mark_of(given, component.judging))
    if mark is None:
        return 0 if key in zeroed else None
    return _less(mark, key, taken, zeroed) if taken or zeroed else mark


def _of_modules(component: Component, marks: Mapping[str, Exact | None]) -> Exact | None:
    """With weights: full x the sum of weight x mark / full of the module; without: the sum."""
    total: Exact = 0
    for inner, module in component.modules.items():
        mark = marks.get(inner)
        if mark is None:
            return None
        total += mark if module.weight is None else component.full * module.weight * mark / module.full
    return _rounded(component, total)


def _rounded(component: Component, mark: Exact | None) -> Exact | None:
    if mark is None or component.decimals is None:
        return mark
    unit = int(10 ** (3 - component.decimals))
    return component.rounding.apply(Fraction(mark, unit)) * unit


def component_mark(component: Component, given: ComponentMarks) -> int | None:
    """What is shown as a component's mark before penalties: whole thousandths, half up where it is finer."""
    if given.modules:
        marks = {
            inner: mark_of(given.modules.get(inner, _NO_MARK), module.judging)
            for inner, module in component.modules.items()
        }
        exact = _of_modules(component, marks)
    else:
        exact = _rounded(component, mark_of(given, component.judging))
    return None if exact is None else Rounding.HALF_UP.apply(Fraction(exact))


def _lacking(key: str, component: Component, marks: Mapping[str, Exact | None]) -> list[str]:
    modules = [part_key(key, inner) for inner in component.modules]
    lacking = [part for part in modules if part in marks and marks[part] is None]
    return lacking or [key]
