"""How many there will be, at the pace of the last seven days."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from saiwu.rules.forecast import forecast

NOW = datetime(2025, 9, 26, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(("have", "lately", "closes", "expected"), [
    (31, 7, datetime(2025, 10, 8, 2, 0, tzinfo=UTC), 43),      # a person a day, twelve days
    (31, 7, datetime(2025, 10, 8, 1, 59, tzinfo=UTC), 42),     # not quite twelve days: rounded down
    (31, 0, datetime(2025, 10, 8, 2, 0, tzinfo=UTC), 31),      # nobody came of late
    (31, 7, NOW, 31),                                          # it closes now
    (31, 7, datetime(2025, 9, 1, tzinfo=UTC), 31),             # it has closed
    (31, 7, None, 31),                                         # nobody knows when
])  # fmt: skip
def test_a_forecast_goes_on_at_the_pace_of_the_last_seven_days(have, lately, closes, expected):
    assert forecast(have, lately, now=NOW, closes=closes) == expected
