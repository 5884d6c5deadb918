"""The types of the language's values (rulebook language §2) and how each is read from text.

Every `parse_*` takes what the YAML says (text), or a value that is typed already, and raises `NotAllowed` with a
message that names what is allowed: “10月23日”不合规定，允许：… The Annotated types below are what the chapters use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import IntEnum, StrEnum
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

PENDING = "待定"
NONE = "无"
THOUSAND = 1000


class NotAllowed(ValueError):  # noqa: N818
    """A value that its key does not allow: “value”reason，允许：allowed."""

    def __init__(self, value: object, allowed: str, reason: str = "不合规定") -> None:
        """`reason` is the Chinese sentence up to 允许, `allowed` what follows it."""
        super().__init__(f"“{value}”{reason}，允许：{allowed}")


class Level(IntEnum):
    """The ladder of skill levels, rising (五级 is 初级工 … 一级 is 高级技师)."""

    FIVE = 1
    FOUR = 2
    THREE = 3
    TWO = 4
    ONE = 5
    SPECIAL = 6
    CHIEF = 7

    @property
    def chinese(self) -> str:
        """五级 … 首席技师."""
        return LEVEL_NAMES[self]

    @property
    def trade(self) -> str:
        """初级工 … 首席技师."""
        return TRADE_NAMES[self]


LEVEL_NAMES = dict(zip(Level, ("五级", "四级", "三级", "二级", "一级", "特级技师", "首席技师"), strict=True))
TRADE_NAMES = dict(zip(Level, ("初级工", "中级工", "高级工", "技师", "高级技师", "特级技师", "首席技师"), strict=True))
_LEVELS = {name: level for level, name in LEVEL_NAMES.items()}


class Who(StrEnum):
    """Whom a term speaks of."""

    CONTESTANT = "选手"
    INSTRUCTOR = "指导教师"
    TEAM_LEADER = "领队"
    UNIT = "参赛单位"
    HOST = "承办单位"
    ORGANISER = "主办单位"
    COMMITTEE = "组委会"
    DISTRICT = "区县"
    CHIEF_JUDGE = "裁判长"
    ARBITER = "仲裁"
    PUBLIC = "公众"


class Rounding(StrEnum):
    """How a fraction becomes a whole number; half up is the default everywhere."""

    HALF_UP = "四舍五入"
    DOWN = "舍去"
    UP = "进一"

    def apply(self, exact: Fraction) -> int:
        """The whole number that the exact fraction (not negative) becomes."""
        if self is Rounding.DOWN:
            return exact.numerator // exact.denominator
        if self is Rounding.UP:
            return -((-exact.numerator) // exact.denominator)
        return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


@dataclass(frozen=True, slots=True)
class Range:
    """`2`, `1-6`, `7-`, `-17`, both ends included; or 前50% (`share`): rank <= floor(share x base)."""

    low: int | None = None
    high: int | None = None
    share: Fraction | None = None

    def holds(self, number: int, base: int = 0) -> bool:
        """Whether the number lies within; `base` is asked of 前… only (N of the awards)."""
        if self.share is not None:
            return number <= (self.share.numerator * base) // self.share.denominator
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)

    def __str__(self) -> str:
        if self.share is not None:
            return f"前{percent(self.share)}"
        if self.low == self.high:
            return str(self.low)
        return f"{'' if self.low is None else self.low}-{'' if self.high is None else self.high}"


class SizeKind(StrEnum):
    """The four ways to say how many (rulebook language §12)."""

    NUMBER = "number"
    SHARE = "share"
    DOWN_TO = "down_to"
    TO_CAP = "to_cap"


@dataclass(frozen=True, slots=True)
class Size:
    """`3`, `10%`, `至50%`, `至上限`."""

    kind: SizeKind
    number: int = 0
    share: Fraction = Fraction(0)

    def __str__(self) -> str:
        match self.kind:
            case SizeKind.NUMBER:
                return str(self.number)
            case SizeKind.SHARE:
                return percent(self.share)
            case SizeKind.DOWN_TO:
                return f"至{percent(self.share)}"
            case _:
                return "至上限"


class Unit(StrEnum):
    """Units of durations and relative dates."""

    MINUTE = "分钟"
    HOUR = "小时"
    DAY = "日"
    WORKING_DAY = "个工作日"
    MONTH = "个月"
    YEAR = "年"


@dataclass(frozen=True, slots=True)
class Duration:
    """`2小时`, `5个工作日`."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.number}{self.unit}"


@dataclass(frozen=True, slots=True)
class Relative:
    """`决赛前20日`: an anchor (a stage, a date of `dates`, a moment; id or name), before or after, how much.

    `before` None with `number` 0 is the anchor alone: its first day.
    """

    anchor: str
    before: bool | None = None
    number: int = 0
    unit: Unit = Unit.DAY

    def __str__(self) -> str:
        if self.before is None:
            return self.anchor
        return f"{self.anchor}{'前' if self.before else '后'}{self.number}{self.unit}"


When = date | datetime | Relative
"""A day, an instant in the notice's zone, or a relative date. As an end, a day means its last second."""

END_OF_DAY = time(23, 59, 59)
"""As an end, a day means its last second."""

MOMENTS = ("预报名截止", "报名截止", "决赛名单", "检录", "模块结束", "竞赛结束", "成绩公布", "公示", "通报")


def percent(share: Fraction) -> str:
    """30%, or 1/3 where per cent would not be whole."""
    hundred = share * 100
    return f"{hundred.numerator}%" if hundred.denominator == 1 else f"{share.numerator}/{share.denominator}"


_UNEVEN = re.compile(r"[\s【】〔〕［］]")


def plain(text: str) -> str:
    """A name as it is compared: NFKC, without white space, brackets alike. Quick for text that is so already."""
    if unicodedata.is_normalized("NFKC", text) and _UNEVEN.search(text) is None:
        return text
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s+", "", folded).translate(str.maketrans("【】〔〕［］", "[][][]"))


def _text(value: Any, allowed: str) -> str:
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise NotAllowed(value, allowed)


def parse_yes_no(value: Any) -> bool:
    """`是` or `否`."""
    if isinstance(value, bool):
        return value
    if value in ("是", "否"):
        return bool(value == "是")
    raise NotAllowed(value, "是、否")


def parse_number(value: Any) -> int:
    """A whole number, not negative."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value.strip()):
        return int(value)
    raise NotAllowed(value, "整数，如 30")


def number_between(low: int, high: int) -> Any:
    """The Annotated type of a whole number within bounds, both included."""

    allowed = str(low) if low == high else f"{low} 到 {high} 的整数"

    def parse(value: Any) -> int:
        try:
            number = parse_number(value)
        except NotAllowed as error:
            raise NotAllowed(value, allowed) from error
        if not low <= number <= high:
            raise NotAllowed(value, allowed)
        return number

    schema = {"type": ["string", "number"], "description": allowed}
    return Annotated[int, BeforeValidator(parse), WithJsonSchema(schema)]


def parse_mark(value: Any) -> int:
    """A mark in whole thousandths: `87.5` becomes 87500. At most three decimals."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and (match := re.fullmatch(r"([0-9]{1,9})(?:\.([0-9]{1,3}))?", value.strip())):
        return int(match[1]) * THOUSAND + int((match[2] or "").ljust(3, "0"))
    raise NotAllowed(value, "分数，至多三位小数，如 87.5")


def parse_share(value: Any) -> Fraction:
    """`30%` or `1/3`: an exact fraction, 0 < x <= 1."""
    if isinstance(value, Fraction):
        return value
    allowed = "大于 0、不超过 100% 的比例，如 30% 或 1/3"
    text = _text(value, allowed)
    share = None
    if match := re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)%", text):
        share = Fraction(match[1]) / 100
    elif match := re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text):
        share = Fraction(int(match[1]), int(match[2])) if int(match[2]) else None
    if share is None or not 0 < share <= 1:
        raise NotAllowed(value, allowed)
    return share


def parse_range(value: Any) -> Range:
    """`2`, `1-6`, `7-`, `-17`."""
    if isinstance(value, Range):
        return value
    allowed = "整数或范围，如 2、1-6、7-、-17"
    text = _text(value, allowed)
    if match := re.fullmatch(r"([0-9]{1,6})", text):
        return Range(int(match[1]), int(match[1]))
    match = re.fullmatch(r"([0-9]{1,6})?\s*-\s*([0-9]{1,6})?", text)
    if match is None or (match[1] is None and match[2] is None):
        raise NotAllowed(value, allowed)
    low, high = (int(part) if part is not None else None for part in (match[1], match[2]))
    if low is not None and high is not None and low > high:
        raise NotAllowed(value, allowed, "前大后小")
    return Range(low, high)


def parse_rank_range(value: Any) -> Range:
    """A range of ranks, which may be `前50%`."""
    if isinstance(value, str) and value.strip().startswith("前"):
        try:
            return Range(share=parse_share(value.strip()[1:]))
        except NotAllowed as error:
            raise NotAllowed(value, "名次范围，如 1-6、前50%") from error
    return parse_range(value)


def parse_size(value: Any) -> Size:
    """`3`, `10%`, `至50%`, `至上限`."""
    if isinstance(value, Size):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Size(SizeKind.NUMBER, number=value)
    allowed = "个数、比例或限度，如 3、10%、至50%、至上限"
    text = _text(value, allowed)
    try:
        if text == "至上限":
            return Size(SizeKind.TO_CAP)
        if text.startswith("至"):
            return Size(SizeKind.DOWN_TO, share=parse_share(text[1:]))
        if "%" in text or "/" in text:
            return Size(SizeKind.SHARE, share=parse_share(text))
        return Size(SizeKind.NUMBER, number=parse_number(text))
    except NotAllowed as error:
        raise NotAllowed(value, allowed) from error


_UNITS = "分钟|小时|日|个工作日|个月|年"


def parse_duration(value: Any) -> Duration:
    """`2小时`, `5个工作日`."""
    if isinstance(value, Duration):
        return value
    allowed = f"时长：数字加 {_UNITS.replace('|', '、')}，如 2小时、5个工作日"
    match = re.fullmatch(rf"([0-9]{{1,4}})\s*({_UNITS})", _text(value, allowed))
    if match is None:
        raise NotAllowed(value, allowed)
    return Duration(int(match[1]), Unit(match[2]))


_WHEN = "日期、时刻（2025-10-18 17:00）或“决赛前20日”一类的相对日期"


def parse_day(value: Any) -> date:
    """`2025-10-18`."""
    if isinstance(value, date):
        return value
    allowed = "日期，如 2025-10-18"
    text = _text(value, allowed)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise NotAllowed(value, allowed, "不是历法上的日期") from None
    raise NotAllowed(value, allowed)


def parse_when(value: Any) -> When:
    """A day, an instant (to the minute or second, without zone: the notice's), or a relative date."""
    if isinstance(value, (date, datetime, Relative)):
        return value
    text = _text(value, _WHEN)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return parse_day(text)
    if match := re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)", text):
        try:
            return datetime.combine(date.fromisoformat(match[1]), time.fromisoformat(match[2]))
        except ValueError:
            raise NotAllowed(value, _WHEN, "不是历法上的时刻") from None
    if match := re.fullmatch(rf"(.+?)(前|后)\s*([0-9]{{1,4}})\s*({_UNITS})", text):
        if match[4] == Unit.MINUTE:
            raise NotAllowed(value, _WHEN)
        return Relative(match[1].strip(), match[2] == "前", int(match[3]), Unit(match[4]))
    if re.search(r"[0-9]", text) and not re.fullmatch(r"[a-z][a-z0-9_-]*", text):
        raise NotAllowed(value, _WHEN)
    return Relative(text)


def parse_relative(value: Any) -> Relative:
    """A relative date such as `通报后6个月`; a named day is not one."""
    when = parse_when(value)
    if isinstance(when, Relative):
        return when
    raise NotAllowed(value, "相对日期，如 通报后6个月")


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """`60×1`: how many questions, and the mark of each in thousandths."""

    count: int
    mark: int

    def __str__(self) -> str:
        return f"{self.count}×{marks(self.mark)}"


def parse_questions(value: Any) -> QuestionGroup:
    """`60×1`; x and * will do for ×."""
    if isinstance(value, QuestionGroup):
        return value
    allowed = "题数×每题分值，如 60×1"
    match = re.fullmatch(r"([0-9]{1,4})\s*[×xX*✕]\s*([0-9]{1,4}(?:\.[0-9]{1,3})?)", _text(value, allowed))
    if match is None:
        raise NotAllowed(value, allowed)
    return QuestionGroup(int(match[1]), parse_mark(match[2]))


def marks(thousandths: int) -> str:
    """87500 as 87.5."""
    whole, rest = divmod(thousandths, THOUSAND)
    return f"{whole}.{rest:03}".rstrip("0") if rest else str(whole)


def parse_level(value: Any) -> Level:
    """五级 … 首席技师."""
    if isinstance(value, Level):
        return value
    if isinstance(value, str) and value in _LEVELS:
        return _LEVELS[value]
    raise NotAllowed(value, "、".join(_LEVELS))


def _one_of(*words: str) -> Callable[[Any], str]:
    def parse(value: Any) -> str:
        if value in words:
            return str(value)
        raise NotAllowed(value, "、".join(words))

    return parse


def _enum(kind: type[StrEnum]) -> Callable[[Any], Any]:
    def parse(value: Any) -> Any:
        try:
            return kind(value)
        except ValueError:
            raise NotAllowed(value, "、".join(kind)) from None

    return parse


def who_of(*some: Who) -> Any:
    """The Annotated type of a key that may name only some of those whom a term speaks of."""

    def parse(value: Any) -> Who:
        if value in some:
            return Who(value)
        raise NotAllowed(value, "、".join(some))

    return Annotated[Who, BeforeValidator(parse), WithJsonSchema({"enum": [who.value for who in some]})]


@dataclass(frozen=True, slots=True)
class Keys:
    """Annotates a mapping whose keys are these words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OneOrMany:
    """Annotates a list that one value alone may stand for."""


def one_or_many(value: Any) -> Any:
    """A list as it is; one value as a list of one."""
    return value if isinstance(value, (list, tuple)) else (value,)


def choice(*words: str) -> Any:
    """The Annotated type of a key whose value is one of these words."""
    return Annotated[str, BeforeValidator(_one_of(*words)), WithJsonSchema({"enum": list(words)})]


def _scalar(parse: Callable[[Any], Any], pattern: str, example: str) -> tuple[Any, Any]:
    return BeforeValidator(parse), WithJsonSchema(
        {"type": ["string", "number"], "description": pattern, "examples": [example]}
    )


YesNo = Annotated[bool, BeforeValidator(parse_yes_no), WithJsonSchema({"enum": ["是", "否"]})]
Number = Annotated[int, *_scalar(parse_number, "整数", "30")]
Mark = Annotated[int, *_scalar(parse_mark, "分数，至多三位小数", "87.5")]
Share = Annotated[Fraction, *_scalar(parse_share, "比例", "30%")]
NumberRange = Annotated[Range, *_scalar(parse_range, "整数或范围", "1-6")]
RankRange = Annotated[Range, *_scalar(parse_rank_range, "名次范围", "1-6")]
SizeValue = Annotated[Size, *_scalar(parse_size, "个数、比例或限度", "至上限")]
Day = Annotated[date, *_scalar(parse_day, "日期", "2025-10-18")]
Moment = Annotated[date | datetime | Relative, *_scalar(parse_when, _WHEN, "决赛前20日")]
Span = Annotated[Duration, *_scalar(parse_duration, "时长", "5个工作日")]
LevelValue = Annotated[Level, BeforeValidator(parse_level), WithJsonSchema({"enum": list(_LEVELS)})]
WhoValue = Annotated[Who, BeforeValidator(_enum(Who)), WithJsonSchema({"enum": [who.value for who in Who]})]
RoundingValue = Annotated[
    Rounding, BeforeValidator(_enum(Rounding)), WithJsonSchema({"enum": [r.value for r in Rounding]})
]
MomentWord = choice(*MOMENTS)
STRICT, IN_PRINCIPLE = "严格", "原则上"
Binding = choice(STRICT, IN_PRINCIPLE)
