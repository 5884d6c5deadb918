"""Numbers of persons, units and telephones: what is read, what is refused, and how the refusal says to mend it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from saiwu.rules.identity import (
    CHECK_DIGITS,
    CREDIT_ALPHABET,
    Identity,
    NotValid,
    check_digit,
    read_credit_code,
    read_identity,
    read_phone,
)
from tests.rules.people import credit_code, identity_of

TODAY = date(2025, 9, 1)
BORN = st.dates(min_value=date(1900, 1, 1), max_value=TODAY)
REGIONS = st.integers(500190, 500199)
ORDERS = st.integers(0, 499)
SEXES = st.sampled_from(["男", "女"])


@given(BORN, SEXES, ORDERS, REGIONS)
def test_a_number_says_when_its_holder_was_born_and_of_what_sex(born, sex, order, region):
    number = identity_of(born, sex, number=order, region=region)
    assert read_identity(number, on=TODAY) == Identity(number, born, sex, str(region), "重庆市")


@given(BORN, SEXES, ORDERS, st.integers(0, 10))
def test_any_other_check_digit_is_refused(born, sex, order, other):
    number = identity_of(born, sex, number=order)
    wrong = CHECK_DIGITS[other]
    if wrong == number[-1]:
        assert read_identity(number[:-1] + wrong, on=TODAY).born == born
        return
    with pytest.raises(NotValid) as refused:
        read_identity(number[:-1] + wrong, on=TODAY)
    assert str(refused.value) == "末位校验码不符，请对照原件重填。"


@given(BORN, ORDERS, st.integers(14, 16), st.integers(1, 9))
def test_one_wrong_digit_of_the_order_is_found(born, order, place, more):
    number = identity_of(born, number=order)
    digit = str((int(number[place]) + more) % 10)
    with pytest.raises(NotValid):
        read_identity(number[:place] + digit + number[place + 1 :], on=TODAY)


@given(st.text("0123456789", min_size=17, max_size=17))
def test_the_check_digit_is_that_of_the_standard(body):
    assert check_digit(body) == ric.calc_check_digit(body + "0")


ENDS_IN_X = next(
    number for order in range(500) if (number := identity_of(date(1990, 1, 1), number=order)).endswith("X")
)
FULL_WIDTH = "".join(chr(ord(character) + 0xFEE0) for character in ENDS_IN_X)


@pytest.mark.parametrize(
    "written",
    [
        f" {ENDS_IN_X[:6]} {ENDS_IN_X[6:14]}\u3000{ENDS_IN_X[14:]} ",
        FULL_WIDTH,
        ENDS_IN_X.lower(),
        f"\u200b{ENDS_IN_X}\ufeff",
        FULL_WIDTH[:-1] + "ｘ",
        f"{ENDS_IN_X}\r\n",
    ],
)
def test_spaces_full_width_characters_and_a_small_x_are_read(written):
    assert read_identity(written, on=TODAY).number == ENDS_IN_X


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("5001901990010100", "居民身份证号码应为18位，现为16位，请对照原件重填。"),
        ("500190900101001", "居民身份证号码应为18位，现为15位，请对照原件重填。"),
        ("50019019901301001X", "第7至14位不是真实的出生日期，请对照原件重填。"),
        ("50019020230229001X", "第7至14位不是真实的出生日期，请对照原件重填。"),
        ("50019019900101001A", "末位应为数字或X，请对照原件重填。"),
        ("5001901990O101001X", "居民身份证号码前17位应全为数字，请对照原件重填。"),
        ("500190199००101001X", "居民身份证号码前17位应全为数字，请对照原件重填。"),  # digits of another script
    ],
)
def test_what_is_no_number_is_refused_with_what_is_wrong(written, message):
    with pytest.raises(NotValid) as refused:
        read_identity(written, on=TODAY)
    assert str(refused.value) == message


@pytest.mark.parametrize("written", [5.001901990010113e17, 500190199001011238, 500190199001011200.0])
def test_a_number_that_a_spreadsheet_made_a_float_is_refused_and_never_repaired(written):
    with pytest.raises(NotValid) as refused:
        read_identity(written, on=TODAY)
    assert str(refused.value) == (
        "证件号码被Excel存成了数字：只保留15位有效数字，其余已经丢失，无法还原。"
        "请把这一列设为“文本”格式，再对照原件重填。"
    )


@pytest.mark.parametrize("written", ["5.00190199001011E+17", "5E+17", "500190199001011200.0"])
def test_what_a_float_leaves_in_a_csv_is_refused_with_the_same_advice(written):
    with pytest.raises(NotValid) as refused:
        read_identity(written, on=TODAY)
    assert str(refused.value) == (
        "证件号码被Excel转成了科学计数或小数，末几位已经丢失，无法还原。请把这一列设为“文本”格式，再对照原件重填。"
    )


def test_nobody_is_born_after_the_day_of_handing_in():
    tomorrow = identity_of(TODAY + timedelta(days=1))
    with pytest.raises(NotValid) as refused:
        read_identity(tomorrow, on=TODAY)
    assert str(refused.value) == "出生日期晚于2025年9月1日，请对照原件重填。"
    assert read_identity(identity_of(TODAY), on=TODAY).born == TODAY


@pytest.mark.parametrize(
    ("region", "province"), [("510222", "四川省"), ("500190", "重庆市"), ("830000", None), ("990000", None)]
)
def test_the_region_is_a_hint_and_never_a_reason_to_refuse(region, province):
    body = f"{region}19900101001"
    assert read_identity(body + check_digit(body), on=TODAY).province == province


@given(st.integers(0, 9_999_999))
def test_a_credit_code_with_its_check_character_is_read(number):
    code = credit_code(number)
    assert (read_credit_code(f" {code.lower()} "), uscc.is_valid(code)) == (code, True)


@given(st.integers(0, 9_999_999), st.sampled_from(CREDIT_ALPHABET))
def test_any_other_check_character_of_a_credit_code_is_refused(number, wrong):
    code = credit_code(number)
    if wrong == code[-1]:
        assert read_credit_code(code) == code
        return
    with pytest.raises(NotValid):
        read_credit_code(code[:-1] + wrong)


@pytest.mark.parametrize("prefix", ["N1500190MA", "Y2500190AB", "12500190AA"])
def test_letters_stand_where_the_standard_allows_them(prefix):
    code = credit_code(7, prefix=prefix)
    assert read_credit_code(code) == code


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("91500190MA0000O", "统一社会信用代码应为18位，现为15位，请对照营业执照或法人证书重填。"),
        ("91500190MA00000I12", "第16位“I”不是统一社会信用代码用字（不用I、O、S、V、Z），请对照证照重填。"),
        ("91A00190MA00000112", "第3至8位（登记管理机关行政区划码）应为数字，请对照证照重填。"),
    ],
)
def test_a_credit_code_outside_the_standard_is_refused_with_what_is_wrong(written, message):
    with pytest.raises(NotValid) as refused:
        read_credit_code(written)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    "written", ["16400001234", " 164 0000 1234 ", "１６４００００１２３４", 16400001234.0, 16400001234]
)
def test_a_mobile_number_is_read_as_people_write_it(written):
    assert read_phone(written) == "16400001234"


@pytest.mark.parametrize("written", ["12345678901", "1640000123", "164000012345", "16400001234.0", "1.64E+10", 1.5])
def test_what_is_no_mobile_number_is_refused(written):
    with pytest.raises(NotValid):
        read_phone(written)
