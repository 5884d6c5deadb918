"""The steps from lock to public notice: who takes each, and which was taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from saiwu.results.queries.progress import Progress
from saiwu.rules.procedure import EventState, Role

_BEFORE_LOCK = frozenset(list(EventState)[: list(EventState).index(EventState.SEALED)])


@dataclass(frozen=True, slots=True)
class ResultStep:
    """`course`: a class of `sw-timeline`; `said`: by whom and when it was done, or what is missing."""

    name: str
    whose: Role
    course: str
    said: str
    at: datetime | None


def steps_of(known: Progress, until: datetime | None) -> tuple[ResultStep, ...]:
    """The six of them; now is the first that is not done."""
    locked = known.state not in _BEFORE_LOCK and known.state is not EventState.CANCELLED
    look = next((one for one in reversed(known.looks) if not one.outdated), None)
    computed = bool(known.lists) and not known.lacking
    published = known.state in (EventState.PUBLIC_NOTICE, EventState.CONFIRMED)
    newest = max((one.computed_at for one in known.lists), default=None)
    rows: list[tuple[str, Role, bool, str, datetime | None]] = [
        ("锁定评分", Role.CHIEF_JUDGE, locked, "", None),
        (
            "抽检复核",
            Role.SUPERVISOR,
            look is not None,
            f"{look.by}，{look.codes} 个加密号" if look else "",
            look.at if look else None,
        ),
        (
            "解密",
            Role.REGISTRAR,
            known.unsealed is not None,
            f"{known.unsealed.by}，见证：{known.unsealed.witness}" if known.unsealed else "",
            known.unsealed.at if known.unsealed else None,
        ),
        (
            "计算成绩",
            Role.HOST,
            computed and not known.stale,
            "又作出了裁定，要重新计算" if known.stale and not published else "",
            newest,
        ),
        (
            "裁定",
            Role.ORGANISER,
            computed and not known.open_decisions,
            f"还有 {known.open_decisions} 项" if known.open_decisions else "",
            None,
        ),
        ("公示成绩", Role.HOST, published, "", None),
        ("确认成绩", Role.COMMITTEE, known.state is EventState.CONFIRMED, "", until),
    ]
    found, now = [], False
    for name, whose, done, said, when in rows:
        course = "is-done" if done and not now else "" if now else "is-now"
        now = now or course == "is-now"
        found.append(ResultStep(name, whose, course, said, when))
    return tuple(found)
