"""The one table: which verb, of what, by which roles, from which states, into which state.

Buttons, the documentation page and the tests are generated from it; nothing else in the code says who may do what when.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """Who acts. All but visitor and system are appointments over a scope."""

    VISITOR = "visitor"
    SYSTEM = "system"
    UNIT = "unit"
    HOST = "host"
    REGISTRAR = "registrar"
    JUDGE = "judge"
    CHIEF_JUDGE = "chief_judge"
    COMMITTEE = "committee"
    ORGANISER = "organiser"
    SUPERVISOR = "supervisor"
    ARBITER = "arbiter"

    @property
    def chinese(self) -> str:
        """The word that screens and documents use."""
        return ROLE_NAMES[self]


ROLE_NAMES = {
    Role.VISITOR: "公众",
    Role.SYSTEM: "系统",
    Role.UNIT: "参赛单位",
    Role.HOST: "承办单位",
    Role.REGISTRAR: "检录加密人员",
    Role.JUDGE: "裁判员",
    Role.CHIEF_JUDGE: "裁判长",
    Role.COMMITTEE: "组委会办公室",
    Role.ORGANISER: "主办单位",
    Role.SUPERVISOR: "监督",
    Role.ARBITER: "仲裁",
}


class EventState(StrEnum):
    """The life of an event. 改期 is a mark beside the state, not a state."""

    ANNOUNCED = "announced"
    REGISTERING = "registering"
    REVIEWING = "reviewing"
    LISTED = "listed"
    RUNNING = "running"
    MARKING = "marking"
    SEALED = "sealed"
    PUBLIC_NOTICE = "public_notice"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"

    @property
    def chinese(self) -> str:
        """The word that screens and documents use."""
        return EVENT_STATE_NAMES[self]


EVENT_STATE_NAMES = dict(
    zip(
        EventState,
        ("未开始", "报名中", "资格审核中", "名单已公布", "比赛中", "评分中", "已锁分", "公示中", "已确认", "已取消"),
        strict=True,
    )
)


class EntryState(StrEnum):
    """The life of an entry, and of a pre-registration (preregistered, awaiting_unit, withdrawn)."""

    DRAFT = "draft"
    PREREGISTERED = "preregistered"
    AWAITING_UNIT = "awaiting_unit"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    FINALIST = "finalist"
    CHECKED_IN = "checked_in"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def chinese(self) -> str:
        """The word that screens and documents use."""
        return ENTRY_STATE_NAMES[self]


ENTRY_STATE_NAMES = dict(
    zip(
        EntryState,
        (
            "草稿",
            "已预报名",
            "待单位确认",
            "待审核",
            "退回修改",
            "审核通过",
            "候补",
            "入围决赛",
            "已检录",
            "不予受理",
            "已撤回",
        ),
        strict=True,
    )
)

LIVE = frozenset(EntryState) - {EntryState.DRAFT, EntryState.REJECTED, EntryState.WITHDRAWN}
"""States of a live entry: handed in and neither withdrawn nor rejected (rulebook language §9)."""


class Of(StrEnum):
    """What a verb is done to; its state is what `starts` speaks of."""

    INSTALLATION = "installation"
    ACCOUNT = "account"
    UNIT = "unit"
    COMPETITION = "competition"
    EVENT = "event"
    PREREGISTRATION = "preregistration"
    ENTRY = "entry"
    WAIVER = "waiver"
    CHANGE = "changerequest"
    DECISION = "decision"
    DRAW = "draw"
    CONFLICT = "conflict"

    @property
    def chinese(self) -> str:
        """The word that screens and documents use."""
        return OF_NAMES[self]


OF_NAMES = dict(
    zip(
        Of,
        (
            "整套安装",
            "账号",
            "参赛单位",
            "竞赛",
            "赛项",
            "预报名",
            "参赛队（人）",
            "豁免",
            "变更申请",
            "裁定事项",
            "抽签",
            "冲突",
        ),
        strict=True,
    )
)


class Open(StrEnum):
    """States of what is asked for and answered once: waivers, change requests, decisions."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"

    @property
    def chinese(self) -> str:
        """The word that screens and documents use."""
        return {"asked": "待决定", "granted": "已同意", "refused": "未同意"}[self.value]


class DrawState(StrEnum):
    """A draw goes through its steps in this order; each is recorded before the next is possible (saiwu-draw/1)."""

    FROZEN = "frozen"
    COMMITTED = "committed"
    FIXED = "fixed"
    MADE = "made"

    @property
    def chinese(self) -> str:
        """The word that screens and documents use."""
        return {"frozen": "名单已冻结", "committed": "承诺已公布", "fixed": "公开输入已确定", "made": "已抽签"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table. `while_` are the states of the event in which a verb on something of it may be done."""

    verb: str
    chinese: str
    of: Of
    roles: frozenset[Role]
    starts: frozenset[str] = frozenset()
    ends: str | None = None
    while_: frozenset[EventState] = field(default_factory=frozenset)


def _step(verb: str, chinese: str, of: Of, roles: str, starts: str = "", ends: str = "", while_: str = "") -> Step:
    states = frozenset(starts.split())
    during = frozenset(EventState(state) for state in while_.split())
    return Step(verb, chinese, of, frozenset(Role(role) for role in roles.split()), states, ends or None, during)


_LIVE_EVENT = "announced registering reviewing listed running marking sealed public_notice"
_ANY_ACCOUNT = "unit host registrar judge chief_judge committee organiser supervisor arbiter"
_BEFORE_CHECK_IN = "submitted returned accepted waiting finalist"

PROCEDURE: dict[str, Step] = {
    step.verb: step
    for step in (
        _step("competitions.publish", "发布通知", Of.INSTALLATION, "committee"),
        _step("competitions.appoint", "聘任", Of.COMPETITION, "committee organiser"),
        _step("competitions.end_appointment", "解除聘任", Of.COMPETITION, "committee organiser"),
        _step("accounts.found", "设立组委会办公室", Of.INSTALLATION, "system"),
        _step("accounts.add_account", "建立账号", Of.INSTALLATION, "committee"),
        _step("accounts.add_unit", "建立参赛单位", Of.INSTALLATION, "committee"),
        _step("accounts.correct_unit", "更正参赛单位", Of.INSTALLATION, "committee"),
        _step("accounts.appoint_to_unit", "聘任单位经办人", Of.INSTALLATION, "committee"),
        _step("accounts.end_unit_appointment", "解除单位经办人", Of.INSTALLATION, "committee"),
        _step("accounts.invite", "发出开通或重设密码的链接", Of.INSTALLATION, "committee system"),
        _step("accounts.drop_second_factor", "取消他人的两步验证", Of.INSTALLATION, "committee system"),
        _step("accounts.deactivate", "停用账号", Of.INSTALLATION, "committee"),
        _step("accounts.reactivate", "恢复账号", Of.INSTALLATION, "committee"),
        _step("accounts.attempt", "登记失败的尝试", Of.INSTALLATION, "visitor"),
        _step("accounts.ask_reset", "请求重设密码", Of.ACCOUNT, "visitor"),
        _step("accounts.sign_in", "登录", Of.ACCOUNT, _ANY_ACCOUNT),
        _step("accounts.prove", "在场证明身份", Of.ACCOUNT, _ANY_ACCOUNT),
        _step("accounts.accept_invitation", "用链接设置密码", Of.ACCOUNT, _ANY_ACCOUNT),
        _step("accounts.change_password", "修改密码", Of.ACCOUNT, _ANY_ACCOUNT),
        _step("accounts.set_second_factor", "启用两步验证", Of.ACCOUNT, _ANY_ACCOUNT),
        _step("accounts.renew_recovery_codes", "更换备用码", Of.ACCOUNT, _ANY_ACCOUNT),
        _step("events.open_registration", "开放报名", Of.EVENT, "committee host", "announced", "registering"),
        _step("events.close_registration", "截止报名", Of.EVENT, "committee host system", "registering", "reviewing"),
        _step("events.publish_final_list", "公布决赛名单", Of.EVENT, "host", "reviewing", "listed"),
        _step("events.start", "开赛", Of.EVENT, "host", "listed", "running"),
        _step("events.start_marking", "开始评分", Of.EVENT, "chief_judge", "running", "marking"),
        _step("changes.ask", "提出变更申请", Of.EVENT, "host", _LIVE_EVENT),
        _step("changes.approve", "同意变更", Of.CHANGE, "organiser committee", "asked", "granted"),
        _step("changes.refuse", "不同意变更", Of.CHANGE, "organiser committee", "asked", "refused"),
        _step("decisions.take", "作出裁定", Of.DECISION, "chief_judge organiser committee", "asked", "granted"),
        _step("entries.preregister", "提交预报名", Of.EVENT, "visitor", "registering"),
        _step(
            "entries.withdraw_preregistration",
            "撤回预报名",
            Of.PREREGISTRATION,
            "visitor",
            "preregistered awaiting_unit",
            "withdrawn",
        ),
        _step(
            "entries.undo_preregistration",
            "撤销刚提交的预报名",
            Of.PREREGISTRATION,
            "visitor",
            "preregistered",
            "withdrawn",
        ),
        _step(
            "entries.change_preregistration",
            "更改预报名",
            Of.PREREGISTRATION,
            "visitor",
            "preregistered awaiting_unit",
            "preregistered",
        ),
        _step("entries.conflict", "登记重复报名", Of.EVENT, "system", "registering"),
        _step("entries.settle_conflict", "处理冲突", Of.CONFLICT, "committee"),
        _step("entries.register", "提交报名", Of.EVENT, "unit", "registering"),
        _step("entries.reveal_number", "显示证件号码", Of.ENTRY, "unit host registrar committee"),
        _step("entries.print_form", "打印报名表", Of.ENTRY, "unit host committee"),
        _step("entries.print_unit_summary", "打印本单位汇总表", Of.UNIT, "unit"),
        _step("entries.print_tickets", "打印本单位参赛证", Of.UNIT, "unit"),
        _step("entries.print_event_summary", "打印赛项汇总表", Of.EVENT, "host committee"),
        _step(
            "entries.attach_photo",
            "上传照片",
            Of.ENTRY,
            "unit",
            "submitted returned waiting",
            while_="registering reviewing",
        ),
        _step(
            "entries.attach_evidence",
            "上传材料",
            Of.ENTRY,
            "unit",
            "submitted returned waiting",
            while_="registering reviewing",
        ),
        _step(
            "entries.remove_evidence",
            "移除材料",
            Of.ENTRY,
            "unit",
            "submitted returned waiting",
            while_="registering reviewing",
        ),
        _step("entries.resubmit", "重新提交", Of.ENTRY, "unit", "returned", while_="registering reviewing"),
        _step(
            "entries.withdraw",
            "撤回报名",
            Of.ENTRY,
            "unit",
            _BEFORE_CHECK_IN,
            "withdrawn",
            "registering reviewing listed",
        ),
        _step("entries.accept", "审核通过", Of.ENTRY, "host", "submitted", "accepted", "registering reviewing"),
        _step("entries.return", "退回修改", Of.ENTRY, "host", "submitted", "returned", "registering reviewing"),
        _step(
            "entries.reject",
            "不予受理",
            Of.ENTRY,
            "host",
            "submitted returned waiting",
            "rejected",
            "registering reviewing",
        ),
        _step("waivers.ask", "请求豁免", Of.ENTRY, "host", "submitted waiting", while_="registering reviewing"),
        _step("waivers.grant", "同意豁免", Of.WAIVER, "committee organiser", "asked", "granted"),
        _step("waivers.refuse", "不同意豁免", Of.WAIVER, "committee organiser", "asked", "refused"),
        _step("checkin.check_in", "检录", Of.ENTRY, "registrar", "finalist", "checked_in", "listed running"),
        _step("draws.freeze", "冻结抽签名单", Of.EVENT, "registrar", "listed running"),
        _step("draws.commit", "公布抽签承诺", Of.DRAW, "registrar", "frozen", "committed", "listed running"),
        _step("draws.fix", "确定公开输入", Of.DRAW, "supervisor", "committed", "fixed", "listed running"),
        _step("draws.make", "抽签", Of.DRAW, "registrar", "fixed", "made", "listed running"),
        _step("checkin.issue_codes", "编发加密号", Of.EVENT, "registrar", "running marking"),
        _step("checkin.print_codes", "打印加密号条", Of.EVENT, "registrar", "running marking sealed"),
        _step("marking.enter", "录入评分", Of.EVENT, "judge host", "marking"),
        _step("marking.correct", "更正评分", Of.EVENT, "judge host chief_judge", "marking"),
        _step("marking.hand_in", "提交评分", Of.EVENT, "judge", "marking"),
        _step("marking.penalise", "作出处罚", Of.EVENT, "chief_judge", "running marking"),
        _step("marking.lock", "锁定评分", Of.EVENT, "chief_judge", "marking", "sealed"),
        _step("marking.check", "抽检复核", Of.EVENT, "supervisor", "sealed"),
        _step("results.send_back", "退回重评", Of.EVENT, "supervisor", "sealed", "marking"),
        _step("results.unseal", "解密", Of.EVENT, "registrar", "sealed"),
        _step("results.compute", "计算成绩", Of.EVENT, "host", "sealed"),
        _step("results.publish", "公示成绩", Of.EVENT, "host", "sealed", "public_notice"),
        _step("results.confirm", "确认成绩", Of.EVENT, "committee", "public_notice", "confirmed"),
        _step("results.issue_certificates", "颁发证书", Of.EVENT, "committee", "confirmed"),
        _step("results.decide_unit_awards", "评定单位奖", Of.COMPETITION, "committee organiser"),
        _step("results.issue_bulletin", "发布通报", Of.COMPETITION, "committee organiser"),
    )
}


def step(verb: str) -> Step:
    """The row of a verb. KeyError where the table has none: a verb that is not in the table cannot be done."""
    return PROCEDURE[verb]
