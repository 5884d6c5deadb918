"""procedure.md: who may do what, in which state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docs.generate.page import page, table
from saiwu.rules.procedure import PROCEDURE, DrawState, EntryState, EventState, Of, Open, Role, Step

_STATES: Mapping[Of, type[EventState | EntryState | DrawState | Open]] = {
    Of.EVENT: EventState,
    Of.ENTRY: EntryState,
    Of.PREREGISTRATION: EntryState,
    Of.DRAW: DrawState,
    Of.WAIVER: Open,
    Of.CHANGE: Open,
    Of.DECISION: Open,
}


def procedure() -> str:
    """The one table of `saiwu.rules.procedure`, by what a verb is done to, by role, and as the life of an event."""
    return page(
        "Procedure: who may do what, in which state",
        [
            "Every verb of Saiwu is a row of one table, `src/saiwu/rules/procedure.py`. A verb asks it for role and",
            "state before it does anything; the buttons on the pages, the tests and this page are made from it.",
            "*From* are the states of the thing itself, *while* those of its event; empty asks nothing.",
            "Every verb leaves one [audit record](formats/) under the name that stands here.",
        ],
        *(_verbs_of(of) for of in Of),
        [
            "Some verbs move what they are not done to. `entries.register` and `entries.resubmit` leave an entry 待审核, or",
            "候补 where a quota is full; with the last waiver that it waits for, `waivers.grant` makes it 待审核.",
            "`entries.register` makes its people's pre-registrations 待单位确认. `events.publish_final_list` makes accepted",
            "entries 入围决赛. `draws.freeze` makes a draw, 名单已冻结.",
        ],
        ["## The life of an event", "", "```text", *_life(), "```"],
        [
            "Besides: a change of kind 取消 that is approved, and a decision 取消 over the last division that is left,",
            f"set an event to {_state(EventState.CANCELLED)}, from wherever it is. 改期 is a mark beside the state.",
        ],
        ["## Roles", "", *table(["role", "中文", "may"], _by_role())],
        ["## States", "", *table(["of", "state", "中文"], _state_rows())],
    )


def _state(state: Any) -> str:
    return f"{state.value} {state.chinese}"


def _roles(roles: frozenset[Role]) -> str:
    return "、".join(role.chinese for role in Role if role in roles)


def _named_states(step: Step, names: Iterable[str]) -> str:
    kind = _STATES.get(step.of)
    return "" if kind is None else "、".join(state.chinese for state in kind if state in set(names))


def _verbs_of(of: Of) -> list[str]:
    steps = [step for step in PROCEDURE.values() if step.of is of]
    rows = [
        (
            f"`{step.verb}`",
            step.chinese,
            _roles(step.roles),
            _named_states(step, step.starts),
            _named_states(step, [step.ends] if step.ends else []),
            "、".join(state.chinese for state in EventState if state in step.while_),
        )
        for step in steps
    ]
    return [
        f"## Of {_article(of)}（{of.chinese}）",
        "",
        *table(["verb", "中文", "who may", "from", "to", "while"], rows),
    ]


def _article(of: Of) -> str:
    words = {
        Of.PREREGISTRATION: "a pre-registration",
        Of.CHANGE: "a change request",
        Of.INSTALLATION: "the installation",
    }
    name = words.get(of)
    return name or f"{'an' if of.value[0] in 'aeiou' else 'a'} {of.value}"


def _life() -> Iterator[str]:
    """State by state: what ends it, and what may be done in it."""
    for state in EventState:
        ending = [step for step in PROCEDURE.values() if step.of is Of.EVENT and state in step.starts and step.ends]
        within = [
            step
            for step in PROCEDURE.values()
            if step not in ending and (state in step.while_ or (step.of is Of.EVENT and state in step.starts))
        ]
        yield _state(state)
        yield from (f"  │ {step.verb} {step.chinese}" for step in within)
        yield from (f"  └▶ {step.ends}: {step.verb} {step.chinese}（{_roles(step.roles)}）" for step in ending)
        yield ""


def _by_role() -> Iterator[tuple[str, str, str]]:
    for role in Role:
        verbs = "、".join(step.chinese for step in PROCEDURE.values() if role in step.roles)
        yield f"`{role.value}`", role.chinese, verbs or "（本版尚无）"


def _state_rows() -> Iterator[tuple[str, str, str]]:
    kinds = (("event", EventState), ("entry, pre-registration", EntryState), ("draw", DrawState))
    for of, states in (*kinds, ("waiver, change request, decision", Open)):
        yield from ((of, f"`{state.value}`", state.chinese) for state in states)
