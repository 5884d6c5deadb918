"""Statutory retirement age under the reform of 2025: the rows that the sources state, and the days that follow."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saiwu.rules.retirement import (
    Category,
    LastDay,
    StatutoryAge,
    last_day,
    reached_on,
    retirement_month,
    statutory_age,
)

MALE, FEMALE_55, FEMALE_50 = Category.MALE, Category.FEMALE_55, Category.FEMALE_50


@pytest.mark.parametrize(
    ("category", "born", "age", "month"),
    [
        (MALE, (1964, 2), (60, 0), (2024, 2)),
        (MALE, (1964, 12), (60, 0), (2024, 12)),
        (MALE, (1965, 1), (60, 1), (2025, 2)),
        (MALE, (1965, 12), (60, 3), (2026, 3)),
        (MALE, (1966, 1), (60, 4), (2026, 5)),
        (MALE, (1966, 4), (60, 4), (2026, 8)),
        (MALE, (1967, 5), (60, 8), (2028, 1)),
        (MALE, (1976, 8), (62, 11), (2039, 7)),
        (MALE, (1976, 9), (63, 0), (2039, 9)),
        (MALE, (1986, 1), (63, 0), (2049, 1)),
        (MALE, (1986, 12), (63, 0), (2049, 12)),
        (FEMALE_55, (1969, 12), (55, 0), (2024, 12)),
        (FEMALE_55, (1970, 1), (55, 1), (2025, 2)),
        (FEMALE_55, (1971, 4), (55, 4), (2026, 8)),
        (FEMALE_55, (1981, 8), (57, 11), (2039, 7)),
        (FEMALE_55, (1981, 9), (58, 0), (2039, 9)),
        (FEMALE_50, (1974, 12), (50, 0), (2024, 12)),
        (FEMALE_50, (1975, 1), (50, 1), (2025, 2)),
        (FEMALE_50, (1975, 2), (50, 1), (2025, 3)),
        (FEMALE_50, (1975, 3), (50, 2), (2025, 5)),
        (FEMALE_50, (1984, 10), (54, 11), (2039, 9)),
        (FEMALE_50, (1984, 11), (55, 0), (2039, 11)),
        (FEMALE_50, (1986, 1), (55, 0), (2041, 1)),
        (FEMALE_50, (1986, 12), (55, 0), (2041, 12)),
    ],
)
def test_age_and_month_are_those_of_the_official_table(category, born, age, month):
    assert (statutory_age(category, *born), retirement_month(category, *born)) == (StatutoryAge(*age), month)


@pytest.mark.parametrize(
    ("category", "born", "reached"),
    [
        (MALE, date(1965, 6, 18), date(2025, 8, 18)),
        (MALE, date(1965, 8, 31), date(2025, 10, 31)),
        (MALE, date(1965, 1, 31), date(2025, 2, 28)),  # February has no 31st: its last day
        (MALE, date(1966, 10, 31), date(2027, 4, 30)),
        (FEMALE_50, date(1975, 1, 31), date(2025, 2, 28)),
    ],
)
def test_the_age_is_reached_on_the_birthday_of_the_month_or_on_its_last_day(category, born, reached):
    assert reached_on(category, born) == reached


@pytest.mark.parametrize(
    ("bound", "last"),
    [
        (LastDay.DAY_BEFORE, date(2025, 8, 17)),
        (LastDay.THAT_DAY, date(2025, 8, 18)),
        (LastDay.THAT_MONTH, date(2025, 8, 31)),
    ],
)
def test_within_the_age_means_what_the_rulebook_says_that_it_means(bound, last):
    assert last_day(MALE, date(1965, 6, 18), bound) == last


@given(st.sampled_from(Category), st.dates(date(1930, 1, 1), date(2020, 1, 1)), st.integers(1, 4000))
def test_who_is_born_later_never_reaches_the_age_earlier(category, born, days):
    later = date.fromordinal(born.toordinal() + days)
    assert reached_on(category, born) <= reached_on(category, later)


@given(st.sampled_from(Category), st.dates(date(1930, 1, 1), date(2020, 1, 1)))
def test_the_delay_stays_within_its_bounds(category, born):
    age = statutory_age(category, born.year, born.month)
    base, most = {MALE: (60, 63), FEMALE_55: (55, 58), FEMALE_50: (50, 55)}[category]
    assert base * 12 <= age.years * 12 + age.months <= most * 12
