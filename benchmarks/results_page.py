"""The public results page, warm, beside a Django view that returns kept bytes behind the same middlewares.

Both go through the whole WSGI application, in turns; the ratio should stay under 1.5, with no SQL, and a browser that
has the page is answered with 304 and no bytes.
"""

from __future__ import annotations

import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROUNDS, REQUESTS = 15, 300
PAGE, BARE = "/c/bayu-2025/results/iot/student/", "/bare/"


def main() -> dict[str, float]:
    """Returns `ratio` (page over kept bytes), `ratio_304`, `statements` (warm, within a second) and `page_us`."""
    with tempfile.TemporaryDirectory(prefix="saiwu-bench-") as room:
        os.environ["SAIWU_DATA"] = room
        os.environ["DJANGO_SETTINGS_MODULE"] = "saiwu.conf.settings"
        return _measure()


def _measure() -> dict[str, float]:
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application
    from django.db import connection
    from django.http import HttpRequest, HttpResponse
    from django.test.utils import CaptureQueriesContext
    from django.urls import path

    from saiwu.cli.migrate import make_ready
    from saiwu.conf import urls
    from tests.web.play import Stage, play

    make_ready(static=True)
    play(Stage.PUBLIC_NOTICE)
    body: list[bytes] = []

    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse(body[0])

    urls.urlpatterns.append(path("bare/", bare))
    application = get_wsgi_application()

    def ask(address: str, **headers: str) -> tuple[str, bytes, dict[str, str]]:
        answered: dict[str, Any] = {}

        def start(status: str, found: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
            answered.update(status=status, headers=dict(found))
            return bytes

        chunks: Iterable[bytes] = application(_environ(address, headers), start)
        content = b"".join(chunks)
        getattr(chunks, "close", lambda: None)()
        return answered["status"], content, answered["headers"]

    status, content, found = ask(PAGE)
    assert status.startswith("200"), status
    body.append(content)
    assert ask(BARE)[1] == content
    etag = found["ETag"]
    assert ask(PAGE, HTTP_IF_NONE_MATCH=etag)[0].startswith("304")
    with CaptureQueriesContext(connection) as queries:
        ask(PAGE)

    def microseconds(*address: str, **headers: str) -> float:
        start = time.perf_counter()
        for _ in range(REQUESTS):
            ask(*address, **headers)
        return (time.perf_counter() - start) / REQUESTS * 1e6

    rounds = [
        (microseconds(PAGE), microseconds(BARE), microseconds(PAGE, HTTP_IF_NONE_MATCH=etag)) for _ in range(ROUNDS)
    ]
    page, plain, not_modified = (statistics.median(column) for column in zip(*rounds, strict=True))
    result = {
        "ratio": round(statistics.median(one / other for one, other, _ in rounds), 2),
        "ratio_304": round(not_modified / plain, 2),
        "statements": float(len(queries)),
        "page_us": round(page, 1),
    }
    print(result)
    return result


def _environ(address: str, headers: dict[str, str]) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **headers,
    }


if __name__ == "__main__":
    assert Path("tests").is_dir(), "run it from the project's folder"
    main()
