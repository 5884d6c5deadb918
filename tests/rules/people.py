"""Invented numbers for the tests: citizen numbers of the unassigned regions 500190 to 500199, credit codes, phones."""

from __future__ import annotations

from datetime import date

from saiwu.rules.identity import CREDIT_ALPHABET, check_digit


def identity_of(born: date, sex: str = "男", *, number: int = 1, region: int = 500190) -> str:
    """A valid citizen number; `number` (0 to 499) tells people of one day and sex apart."""
    body = f"{region}{born:%Y%m%d}{number * 2 + (sex == '男'):03}"
    return body + check_digit(body)


def credit_code(number: int = 1, *, prefix: str = "91500190MA") -> str:
    """A valid unified social credit code."""
    body = f"{prefix}{number:0{17 - len(prefix)}}"
    total = sum(CREDIT_ALPHABET.index(symbol) * pow(3, place, 31) for place, symbol in enumerate(body))
    return body + CREDIT_ALPHABET[-total % 31]
