"""What is to be done next, by whom, and by when: from the state of the event and the roles of whoever sits there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from saiwu.checkin.queries import PublicDraw
from saiwu.competitions.queries import EventPage
from saiwu.competitions.queries.asked import AskedChange, AskedDecision
from saiwu.entries.queries.of_event import Standing
from saiwu.results.queries.progress import Progress
from saiwu.rules.procedure import DrawState, EntryState, EventState, Open
from saiwu.web.desk import Desk
from saiwu.web.host.desks import HOST, REGISTRAR, SUPERVISOR, place
from saiwu.web.shared.countdown import Left, left


@dataclass(frozen=True, slots=True)
class Known:
    """All that home goes by."""

    page: EventPage
    divisions: tuple[Standing, ...]
    progress: Progress
    draws: tuple[PublicDraw, ...]
    decisions: tuple[AskedDecision, ...]
    changes: tuple[AskedChange, ...]
    notice_ends: datetime | None

    def many(self, *states: EntryState) -> int:
        """How many entries are in one of these states."""
        return sum(one.by_state[state] for one in self.divisions for state in states)


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to do. `address` empty: others must act first, and nothing can be pressed. `by`: until when."""

    title: str
    text: str
    act: str = ""
    address: str = ""
    by: datetime | None = None
    left: Left | None = None


def todos(at: Desk, known: Known) -> tuple[Todo, ...]:
    """What waits for whoever sits there, what can be done first; then what waits for others."""
    found: list[Todo] = []
    if at.has(HOST):
        found += _host(at, known)
    if at.has(REGISTRAR):
        found += _registrar(at, known)
    if at.has(SUPERVISOR):
        found += _supervisor(at, known)
    found = [_dated(one, at.now) for one in dict.fromkeys(found)]
    return tuple(sorted(found, key=lambda one: not one.address))


def _dated(one: Todo, now: datetime) -> Todo:
    return Todo(one.title, one.text, one.act, one.address, one.by, left(now, one.by) if one.by else None)


def _to(at: Desk, name: str, *parts: object) -> str:
    return reverse(name, args=[*place(at), *parts])


def _host(at: Desk, known: Known) -> Iterator[Todo]:
    state, row = at.event.state, known.page.row
    entering = row.registration or row.preregistration
    closes = entering.closes if entering else None
    waiting = known.many(EntryState.SUBMITTED)
    reviewing = state in (EventState.REGISTERING, EventState.REVIEWING)
    if state is EventState.ANNOUNCED:
        opens = entering.opens if entering else None
        yield Todo(
            "开放报名", "开放后，公众可以预报名，单位可以报名。", "开放报名…", _to(at, "host-step", "open"), opens
        )
    if reviewing and waiting:
        until = row.final.eve if state is EventState.REVIEWING else closes
        yield Todo(
            f"审核 {waiting} 份报名",
            "等得最久的排在最前。通过、退回还是不予受理，单位随即看到。",
            "去审核",
            _to(at, "host-review"),
            until,
        )
    if state is EventState.REGISTERING and closes is not None and at.now > closes:
        yield Todo("截止报名", "报名期限已过。截止后统计人数下限。", "截止报名…", _to(at, "host-step", "close"))
    if reviewing and (held := known.many(EntryState.WAITING)):
        yield Todo(
            f"{held} 份候补等名额",
            "名额已满。可以代为申请豁免，由有权的人决定；不给名额的，不予受理。",
            "看候补",
            f"{_to(at, 'host-review')}?state=waiting",
        )
    if reviewing and (returned := known.many(EntryState.RETURNED)):
        yield Todo(f"{returned} 份已退回", "等单位改正后重新提交。公布决赛名单时还没有交回的，不在名单上。")
    if state is EventState.REVIEWING and not waiting:
        yield Todo(
            "公布决赛名单",
            f"审核通过 {known.many(EntryState.ACCEPTED)} 份。公布后名单不再增补。",
            "看名单，公布…",
            _to(at, "host-finalists"),
            row.final.eve,
        )
    if state is EventState.LISTED:
        yield Todo(
            "开赛", "决赛当天开赛后，检录、编发加密号、比赛。", "开赛…", _to(at, "host-step", "start"), row.final.night
        )
    if state is EventState.RUNNING:
        yield Todo("等裁判长开始评分", "比赛结束后由裁判长开始评分，理论成绩随后由您录入。")
    if state is EventState.MARKING:
        yield Todo("录入理论成绩", "按加密号录入，一次可以粘贴一整列。", "去录入", _to(at, "host-marks"))
        yield Todo("等裁判长锁定评分", "全部评完后由裁判长锁定，再由监督抽检复核。")
    if state is EventState.SEALED:
        yield from _host_sealed(at, known)
    if state is EventState.PUBLIC_NOTICE:
        yield Todo("等公示期满", "期满后由组委会办公室确认成绩。", by=known.notice_ends)
    yield from _asked(known)


def _host_sealed(at: Desk, known: Known) -> Iterator[Todo]:
    done = known.progress
    if done.unsealed is None:
        looked = "等检录加密人员与监督解密" if done.looked else "等监督抽检复核"
        yield Todo(looked, "复核、解密之后才能计算成绩。")
    elif not done.lists or done.lacking or (done.stale and not done.open_decisions):
        yield Todo("计算成绩", "由锁定的评分和已作出的裁定算出名次和奖项。", "去计算", _to(at, "host-results"))
    elif done.publishable:
        yield Todo("公示成绩", "名次、奖项和每一名次的理由都已算出。", "看名单，公示…", _to(at, "host-results"))


def _asked(known: Known) -> Iterator[Todo]:
    for decision in known.decisions:
        yield Todo(f"等{decision.may_take.chinese}裁定", decision.message)
    for change in known.changes:
        if change.state is Open.ASKED:
            yield Todo(f"等主办单位决定变更申请：{change.kind}", change.reason)


def _registrar(at: Desk, known: Known) -> Iterator[Todo]:
    state, ends = at.event.state, known.page.row.final.night
    if state in (EventState.LISTED, EventState.RUNNING):
        absent, here = known.many(EntryState.FINALIST), known.many(EntryState.CHECKED_IN)
        if absent and not known.progress.codes:
            yield Todo(
                f"检录：还有 {absent} 队（人）未到",
                f"已检录 {here}。对照证件和照片，本人到场才检录。",
                "去检录",
                _to(at, "host-checkin"),
                ends,
            )
        yield from _draws(at, known, {DrawState.FROZEN: "公布承诺", DrawState.FIXED: "抽签"})
        if not known.draws:
            yield Todo("工位抽签", "先冻结名单，再公布承诺，监督定公开输入后抽签。", "去抽签", _to(at, "host-draws"))
    if state in (EventState.RUNNING, EventState.MARKING) and not known.progress.codes:
        yield Todo("编发加密号", "检录完毕后编发，一队（人）一号；编发后不再检录。", "去编发", _to(at, "host-codes"))
    if state is EventState.SEALED and known.progress.unsealed is None and known.progress.looked:
        yield Todo(
            "解密", "监督到场，在同一台电脑上证明身份后，把加密号还原成参赛队（人）。", "去解密", _to(at, "host-unseal")
        )


def _supervisor(at: Desk, known: Known) -> Iterator[Todo]:
    yield from _draws(at, known, {DrawState.COMMITTED: "确定公开输入"})
    if at.event.state is EventState.SEALED and known.progress.unsealed is None and not known.progress.looked:
        yield Todo("抽检复核", "抽出若干加密号，对照原始评分表再看一遍。", "去复核", _to(at, "host-look"))


def _draws(at: Desk, known: Known, acts: dict[DrawState, str]) -> Iterator[Todo]:
    for draw in known.draws:
        if draw.state in acts:
            yield Todo(
                f"{acts[draw.state]}：{draw.purpose}", f"{draw.state.chinese}。", "去办理", _to(at, "host-draws")
            )
