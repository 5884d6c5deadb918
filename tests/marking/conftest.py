"""An installation's keys for every test of this room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from saiwu.privacy import keys


@pytest.fixture(autouse=True)
def own_keys() -> Iterator[None]:
    """Fresh keys, so that nothing hangs on those of the machine."""
    with keys.using(keys.fresh()):
        yield
