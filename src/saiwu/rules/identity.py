"""Numbers that name a person, a unit or a telephone: citizen number, unified social credit code, mobile phone.

Each reader takes what a form field or a cell holds (text, or the number that a spreadsheet made of it), gives the
number in its normal form, and raises `NotValid` with one Chinese sentence that says how to mend it. Nothing is ever
repaired: white space, full-width characters and a small x are read, all else is refused.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from saiwu.rules.places import province_of

CHECK_DIGITS = "10X98765432"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100: digits and letters without I, O, S, V, Z."""

_CREDIT_VALUES = {symbol: value for value, symbol in enumerate(CREDIT_ALPHABET)}
_CREDIT_WEIGHTS = tuple(3**place % 31 for place in range(17))
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+")


class NotValid(ValueError):  # noqa: N818
    """A number that cannot be valid; the message is Chinese and says how to mend it."""


class Identity(NamedTuple):
    """What a citizen number (GB 11643) says. `province` is a hint only.

    None where the code names none that is known.
    """

    number: str
    born: date
    sex: str
    region_code: str
    province: str | None


def read_identity(value: object, *, on: date) -> Identity:
    """A citizen number of 18 places: digits, a real date of birth not after `on`, and its check digit.

    The region is never a reason to refuse: codes change, and people keep the number that they were given.
    """
    text = value if type(value) is str else _text(value, "证件号码")
    if len(text) != 18 or not text.isascii():
        text = _clean(text)
    body, last = text[:17], text[17:]
    if len(text) != 18 or not (body.isascii() and body.isdigit()):
        raise NotValid(_shape(text))
    region_sum, province = _region(body[:6])
    birth_sum, born = _birth(body[6:14])
    order_sum, sex = _order(body[14:])
    if born is None:
        raise NotValid("第7至14位不是真实的出生日期，请对照原件重填。")
    if born > on:
        raise NotValid(f"出生日期晚于{on.year}年{on.month}月{on.day}日，请对照原件重填。")
    if last == "x":
        last, text = "X", body + "X"
    expected = CHECK_DIGITS[(region_sum + birth_sum + order_sum) % 11]
    if last != expected:
        if last not in CHECK_DIGITS:
            raise NotValid("末位应为数字或X，请对照原件重填。")
        raise NotValid("末位校验码不符，请对照原件重填。")
    return Identity(text, born, sex, body[:6], province)


def read_credit_code(value: object) -> str:
    """A unified social credit code (GB 32100): 18 places of its alphabet, letters wherever the standard allows them.

    Places 3 to 8 are the region of the registering authority and always digits; the last is the check character.
    """
    text = _clean(_text(value, "统一社会信用代码")).upper()
    if len(text) != 18:
        raise NotValid(f"统一社会信用代码应为18位，现为{len(text)}位，请对照营业执照或法人证书重填。")
    for place, symbol in enumerate(text, start=1):
        if symbol not in _CREDIT_VALUES:
            raise NotValid(f"第{place}位“{symbol}”不是统一社会信用代码用字（不用I、O、S、V、Z），请对照证照重填。")
    if not text[2:8].isdigit():
        raise NotValid("第3至8位（登记管理机关行政区划码）应为数字，请对照证照重填。")
    total = sum(_CREDIT_VALUES[symbol] * weight for symbol, weight in zip(text, _CREDIT_WEIGHTS, strict=False))
    if text[17] != CREDIT_ALPHABET[-total % 31]:
        raise NotValid("末位校验码不符，请对照营业执照或法人证书重填。")
    return text


def read_phone(value: object) -> str:
    """A mobile number of the mainland: 11 digits that begin with 13 to 19.

    A spreadsheet's number is read where it is whole: eleven digits are within what a float holds exactly.
    """
    if type(value) is str and len(value) == 11 and value.isascii() and value.isdigit() and "13" <= value[:2] <= "19":
        return value
    if isinstance(value, float) and value.is_integer() and 0 <= value < 10**15:
        value = int(value)
    text = _clean(str(value) if type(value) is int else _text(value, "手机号"))
    if re.fullmatch(r"1[3-9][0-9]{9}", text) is None:
        raise NotValid("手机号应为11位数字，以13至19开头，请核对后重填。")
    return text


def check_digit(body: str) -> str:
    """The last place of a citizen number whose first 17 digits are `body`."""
    return CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def _text(value: object, what: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise NotValid(
            f"{what}被Excel存成了数字：只保留15位有效数字，其余已经丢失，无法还原。"
            f"请把这一列设为“文本”格式，再对照原件重填。"
        )
    raise NotValid(f"{what}应为文本，请对照原件重填。")


def _clean(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def _shape(text: str) -> str:
    if _SCIENTIFIC.fullmatch(text) or re.fullmatch(r"\d+\.\d+", text):
        return (
            "证件号码被Excel转成了科学计数或小数，末几位已经丢失，无法还原。请把这一列设为“文本”格式，再对照原件重填。"
        )
    if len(text) != 18:
        return f"居民身份证号码应为18位，现为{len(text)}位，请对照原件重填。"
    return "居民身份证号码前17位应全为数字，请对照原件重填。"


@lru_cache(maxsize=8192)
def _region(digits: str) -> tuple[int, str | None]:
    return sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS[:6], strict=True)), province_of(digits)


@lru_cache(maxsize=65536)
def _birth(digits: str) -> tuple[int, date | None]:
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS[6:14], strict=True))
    try:
        return total, date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return total, None


@lru_cache(maxsize=1000)
def _order(digits: str) -> tuple[int, str]:
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS[14:], strict=True))
    return total, "男" if int(digits[2]) % 2 else "女"
