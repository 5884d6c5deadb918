"""Statutory retirement age, month by month, under the reform in force since 2025-01-01.

Source: 国务院关于渐进式延迟法定退休年龄的办法, approved by the NPC Standing Committee on 2024-09-13. Births are
compared by calendar month. *Statutory age* is not *retired*: people may retire up to three years earlier or later
(art. 3).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Category(StrEnum):
    """Whose statutory age. For women the former age, 50 or 55, is a fact of their post that no ID number tells."""

    MALE = "male"
    FEMALE_55 = "female55"
    FEMALE_50 = "female50"

    @property
    def chinese(self) -> str:
        """As a sentence names it."""
        return {"male": "男", "female55": "女（原法定退休年龄55周岁）", "female50": "女（原法定退休年龄50周岁）"}[
            self.value
        ]


class LastDay(StrEnum):
    """Which day is the last on which one may still compete, seen from the day on which the statutory age is reached."""

    DAY_BEFORE = "达龄前一日"
    THAT_DAY = "达龄当日"
    THAT_MONTH = "达龄当月"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Former age in years; first birth month that is delayed, as months since year 0; one month more for `step`.

    `cap`.
    """

    base: int
    start: int
    step: int
    cap: int


@dataclass(frozen=True, slots=True)
class StatutoryAge:
    """Completed years and months."""

    years: int
    months: int

    def __str__(self) -> str:
        return f"{self.years}周岁" + (f"{self.months}个月" if self.months else "")


SCHEDULES = {
    Category.MALE: Schedule(60, 1965 * 12, 4, 36),
    Category.FEMALE_55: Schedule(55, 1970 * 12, 4, 36),
    Category.FEMALE_50: Schedule(50, 1975 * 12, 2, 60),
}


def statutory_age(category: Category, year: int, month: int) -> StatutoryAge:
    """The statutory age of those born in that month (1 to 12)."""
    schedule = SCHEDULES[category]
    since = year * 12 + month - 1 - schedule.start
    delay = 0 if since < 0 else min(since // schedule.step + 1, schedule.cap)
    return StatutoryAge(schedule.base + delay // 12, delay % 12)


def retirement_month(category: Category, year: int, month: int) -> tuple[int, int]:
    """Year and month (1 to 12) in which those born in that month reach their statutory age."""
    age = statutory_age(category, year, month)
    months = year * 12 + month - 1 + age.years * 12 + age.months
    return months // 12, months % 12 + 1


def reached_on(category: Category, born: date) -> date:
    """The day on which the statutory age is completed.

    the birthday's day of that month, else its last (Civil Code 202).
    """
    year, month = retirement_month(category, born.year, born.month)
    return date(year, month, min(born.day, calendar.monthrange(year, month)[1]))


def last_day(category: Category, born: date, bound: LastDay) -> date:
    """The last day on which somebody born that day is still within the statutory age, as `bound` reads 以内."""
    reached = reached_on(category, born)
    if bound is LastDay.DAY_BEFORE:
        return reached - timedelta(days=1)
    if bound is LastDay.THAT_DAY:
        return reached
    return reached.replace(day=calendar.monthrange(reached.year, reached.month)[1])
