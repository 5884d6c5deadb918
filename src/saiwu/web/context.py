"""What every page that is rendered for a request is given: who reads, and what head and foot show."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from saiwu.web import clock
from saiwu.web.choices import Choices
from saiwu.web.kept import Reader
from saiwu.web.shared.frame import frame


def installation(request: HttpRequest) -> dict[str, Any]:
    """The reader's choices and the clock; `site` is None until a view names its competition."""
    return frame(Reader(Choices.of(request), clock.now(), request.path), None)
