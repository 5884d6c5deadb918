"""The Chinese word for every key of the language: on the page that explains a rulebook, and where a key is missing."""

from __future__ import annotations

from collections.abc import Mapping

from saiwu.rules.rulebook.building import USUAL_NAMES

LABELS: Mapping[str, str] = {
    "language": "语言版本", "version": "规则版本", "history": "修订记录", "what": "内容",
    "name": "名称", "short_name": "简称", "theme": "主题", "number": "编号", "issued": "印发日期", "from": "起", "to": "止",
    "class": "竞赛级别", "series": "历届", "region": "地区", "region_code": "行政区划代码", "time_zone": "时区",
    "basis": "依据文件", "over": "垫底的规则文件", "organisation": "组织机构", "organisers": "主办单位", "hosts": "承办单位",
    "co_organisers": "协办单位", "support": "支持单位", "guidance": "指导单位", "media": "媒体", "lead": "牵头单位",
    "order": "序号", "occupation": "职业（工种）", "occupation_code": "职业编码", "related_occupations": "相关职业",
    "standard": "命题标准", "certificate_kind": "证书种类", "paper_level": "命题等级", "majors": "相关专业", "tags": "标签",
    "host": "承办单位", "contact": "联系方式", "office": "办公室", "person": "联系人", "phone": "电话", "email": "邮箱",
    "address": "地址", "dates": "日程", "on": "日期", "venue": "地点", "remind": "提前提醒", "who": "提醒谁",
    "registration": "报名", "preregistration": "预报名", "documents": "报名材料", "photo_name": "照片命名", "mailbox": "报名邮箱",
    "facts": "通知自设的问题", "ask": "问题", "whose": "问谁", "answers": "可选回答",
    "entry": "参赛单元", "team_size": "每队人数", "roles": "岗位", "captain": "设队长", "same_unit": "须同一单位",
    "mixed": "身份可混合", "substitutes": "替补人数", "replace_until": "换人截止", "instructors": "指导教师人数",
    "leaders": "领队人数", "leader_may_instruct": "领队可兼指导教师", "divisions": "组别", "for": "适用于",
    "eligibility": "参赛资格", "rule": "规则种类", "binding": "约束", "waived_by": "谁可豁免", "proof": "证明材料",
    "minimum": "最低年龄（周岁，含）", "maximum": "最高年龄（周岁，含）", "born_from": "出生不早于", "born_to": "出生不晚于",
    "retirement": "法定退休年龄内，参赛到", "any_of": "符合其一", "full_time": "全日制", "enrolled": "在籍",
    "in_region": "在本地区", "major": "专业", "post": "岗位身份", "months": "月数", "level": "技能等级不低于",
    "level_in": "等级所在职业", "years": "从业年限", "years_in": "年限所在职业", "honours": "荣誉", "since": "自何日起",
    "same_event": "限同一赛项", "must_be": "须为", "signed_by": "由谁签署", "within": "范围", "whom": "何种选手", "rules": "各条",
    "quotas": "名额", "per": "按", "named": "只限", "at_most": "至多", "at_least": "至少", "counts": "计数单位",
    "stage": "阶段", "minimums": "人数下限", "at": "计数时刻", "effect": "处理",
    "stages": "阶段安排", "blind_codes": "加密次数", "ranks_by": "排名依据", "advance": "晋级", "size": "个数",
    "rounding": "取整", "total": "总分不低于", "ties": "边界同分", "components": "竞赛内容", "weight": "权重", "full": "满分",
    "pass": "合格分", "minutes": "时长（分钟）", "team_mark": "团队计分", "decimals": "小数位数", "scheme": "评分标准",
    "judging": "评分方法", "judges": "裁判人数", "combine": "合成", "spread": "最大分差", "over_spread": "分差过大时",
    "paper": "试卷", "mode": "考试方式", "questions": "题型", "partial": "多选漏选", "modules": "模块", "penalties": "处罚",
    "part": "所涉内容", "delay": "延误", "points": "分值", "each": "每次计", "cap": "上限",
    "ranking": "排名", "list": "名单", "needs_pass": "须合格的内容", "tie_break": "同分排序", "also_rank": "另行排名",
    "ranks": "排谁", "members": "计入名额", "choose": "选取", "score": "计分", "awards": "奖励", "prizes": "奖次",
    "base": "总数口径", "method": "比例算法", "over_cap": "超过上限时", "certificates": "证书与晋升", "rows": "授予条件",
    "withheld": "不予条件", "rank": "名次", "prize": "奖次", "passed": "合格内容", "entries": "参赛总数", "holds": "已有等级",
    "age": "年龄", "gives": "授予等级", "given_to": "授予谁", "approval": "尚须谁同意", "denies": "不授予的等级",
    "ceiling": "等级封顶", "already_held": "已有同级或更高等级者", "hit": "多项符合时", "issuer": "发证机构",
    "appeals": "申诉", "after": "自何时起", "window": "期限", "about": "事项", "filed_by": "由谁提出", "form": "形式",
    "heard_by": "由谁受理", "ruling": "答复期限", "final": "一裁终局", "public_notice": "公示", "unit_awards": "单位奖",
    "count": "个数", "among": "评选范围", "criteria": "评议标准", "minimum_points": "最低分", "decided_by": "由谁评定",
    "changes": "变更", "allowed": "可变更", "asked_by": "由谁申请", "approved_by": "由谁批准", "tell": "告知",
    "retention": "数据保留到", "working_days": "工作日", "duties": "责任事项",
}  # fmt: skip

RULE_NAMES: Mapping[str, str] = {
    "age": "年龄", "place": "地区", "student": "学生身份", "worker": "职工身份", "skill": "技能等级或从业年限",
    "past_winner": "往届获奖", "facts": "条件", "proof": "证明材料", "declaration": "承诺书", "one_event": "限报一项",
    "not_instructor": "不兼指导教师", "any_of": "符合其一",
}  # fmt: skip
"""Kinds of eligibility rule."""


FACT_NAMES: Mapping[str, str] = {
    "status": "身份", "entered_by": "报名主体", "entry_kind": "参赛形式", "role": "角色", "sex": "性别", "minor": "未成年",
    "former_retirement": "原法定退休年龄", "unit_kind": "单位类型", "school_kind": "学校类型", "division": "组别",
    "tag": "标签", "class": "竞赛级别",
}  # fmt: skip
"""Built-in facts."""

BY_ID = frozenset({
    "dates", "eligibility", "rules", "quotas", "minimums", "stages", "components", "modules", "penalties", "also_rank",
    "prizes", "appeals", "divisions", "facts", "unit_awards",
})  # fmt: skip
"""Chapters whose keys are ids: labels of the writer's own, but for the usual ones."""

BY_WORD = frozenset({"for", "must_be", "whom", "points", "questions", "ranks_by", "retention", "duties"})
"""Mappings whose keys are facts, names or words."""


def label(key: str) -> str:
    """The Chinese word for a key of the language; the key itself where it is none."""
    if key.endswith("_en"):
        return f"{label(key[:-3])}（英文）"
    return LABELS.get(key, key)


def label_in(chapter: str, key: str) -> str:
    """The Chinese word for a key that stands under `chapter`, where it may be an id or a word."""
    if chapter in ("eligibility", "rules"):
        return RULE_NAMES.get(key, key)
    if chapter in BY_ID:
        return USUAL_NAMES.get(chapter, {}).get(key, key)
    if chapter in BY_WORD:
        return FACT_NAMES.get(key, key)
    return label(key)


def labelled(path: str) -> str:
    """A whole key in Chinese: `stages.final.on` as 阶段安排·决赛·日期."""
    keys = path.split(".")
    return "·".join(label_in(chapter, key) for chapter, key in zip(["", *keys], keys, strict=False))
