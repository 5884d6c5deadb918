"""Words for what the database keeps as keys: kinds of decision, rules that are waived, routes of a conflict."""

from __future__ import annotations

from collections.abc import Mapping

from saiwu.rules.procedure import PROCEDURE, Role
from saiwu.rules.rulebook import Rulebook
from saiwu.rules.rulebook.labels import RULE_NAMES

KINDS: Mapping[str, str] = {
    "minimum": "人数不足",
    "tie": "同分排序",
    "border": "名次界线上并列",
    "over_cap": "奖项超过上限",
    "advance": "晋级名单",
}

OPTIONS: Mapping[str, str] = {
    "延长": "报名截止延到您填写的日期，期间照常报名、审核；到时再统计一次人数。决赛日期不变。",
    "延期": "决赛改到您填写的日期，公开页面随即显示原日期和新日期。",
    "合并": "合并组别要改整份规则，现在还不能办理。",
    "不设奖": "照常比赛、排名，不设奖项。",
    "取消": "取消这个组别；本赛项各组别都取消的，赛项即取消。",
    "照常": "照常举办，名次、奖项都按通知。",
    "都取": "并列的都给较高的奖次，下一奖次的界线不动，名额相应减少。",
    "都取另加": "并列的都给较高的奖次，以下各奖次的界线顺延，总数不超过上限。",
    "都不取": "并列的都不给较高的奖次，名额归下一奖次。",
    "从低到高减": "从最低的奖次起减，直到获奖总数不超过上限。",
    "允许": "各奖次照设，经主办单位书面同意超过上限。",
}
"""What an option of a decision does."""

ROUTES: Mapping[str, str] = {"visitor": "扫码预报名", "account": "单位报名", "system": "系统"}


def rule_title(book: Rulebook, event: str, division: str, rule: str) -> str:
    """What a rule of the rulebook is called: of a quota 名额, else as the explanation calls it."""
    if rule.startswith("quotas."):
        return "名额"
    term = book.events[event].divisions[division].eligibility.get(rule)
    name = RULE_NAMES.get(term.rule or rule, rule) if term else rule
    return str(name)


def verb_title(verb: str) -> str:
    """A verb in words; as it is where the procedure does not know it (any more)."""
    return PROCEDURE[verb].chinese if verb in PROCEDURE else verb


def role_title(role: str) -> str:
    """A role in words."""
    return Role(role).chinese if role in list(Role) else role


def rule_clauses(book: Rulebook, event: str, rule: str) -> tuple[str, ...]:
    """The clauses that a rule of an event rests on, by the rulebook's id or kind of the rule."""
    terms = book.events[event].eligibility
    term = terms.get(rule) or next((one for one in terms.values() if one.rule == rule), None)
    return term.clauses if term else ()
