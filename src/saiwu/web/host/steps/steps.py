"""The steps of an event's life that its host takes, one at a time: what each does, in words, before it is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from saiwu.competitions.actions import open_registration, start
from saiwu.entries.actions import close_registration, publish_final_list
from saiwu.results.actions import publish
from saiwu.rules import procedure
from saiwu.web.desk import Desk


@dataclass(frozen=True, slots=True)
class HostStep:
    """A step. `follows`: what it brings about; `told`: what the next page says; `then`: that page."""

    key: str
    verb: str
    do: Callable[..., Any]
    follows: tuple[str, ...]
    told: str
    then: str = "host-home"

    @property
    def title(self) -> str:
        """What the procedure calls it."""
        return procedure.step(self.verb).chinese

    def allowed(self, at: Desk) -> bool:
        """Whether the table lets whoever sits there do it in the state of the event."""
        row = procedure.step(self.verb)
        return at.has(*row.roles) and at.event.state.value in row.starts


STEPS = {
    step.key: step
    for step in (
        HostStep(
            "open",
            "events.open_registration",
            open_registration,
            (
                "公众可以扫码预报名，参赛单位可以报名。",
                "报名陆续进入资格审核，您随时可以审。",
                "开放后不能收回；日期要改动的，走变更申请。",
            ),
            "已开放报名。",
        ),
        HostStep(
            "close",
            "events.close_registration",
            close_registration,
            (
                "不再接受预报名和报名；已退回的仍可改正后重新提交。",
                "各组别人数低于下限的，转为裁定事项，由主办单位决定。",
            ),
            "已截止报名。",
        ),
        HostStep(
            "list",
            "events.publish_final_list",
            publish_final_list,
            (
                "审核通过的全部入围决赛，姓名和单位向公众公布。",
                "名单公布后不再增补；单位仍可撤回。",
                "入围人数低于下限的，转为裁定事项，由主办单位决定。",
            ),
            "已公布决赛名单。",
            "host-finalists",
        ),
        HostStep(
            "start",
            "events.start",
            start,
            (
                "比赛开始。检录继续进行，到编发加密号为止。",
                "比赛结束后由裁判长开始评分。",
            ),
            "已开赛。",
        ),
        HostStep(
            "publish",
            "results.publish",
            publish,
            (
                "名次、成绩、奖项和理由向公众公布，数据包可以下载核对。",
                "公示期从现在开始；期内可以申诉，期满由组委会办公室确认。",
                "公示后不再重新计算。",
            ),
            "成绩已公示。",
            "host-results",
        ),
    )
}


def next_step(at: Desk) -> HostStep | None:
    """The one step that the state of the event allows, if any."""
    return next((step for step in STEPS.values() if step.allowed(at)), None)
