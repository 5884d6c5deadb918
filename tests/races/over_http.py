"""Two hundred submits of the same person at the same instant, over HTTP, to the server as it ships.

`python -m tests.races.over_http` in an installation of its own prints how often each answer was given, and what the rows
say. `served` serves the benchmarks too.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from tests.rooms import settle_in

VISITORS = 200
INSTANT = "2025-09-22T10:24:00+08:00"
FORM = "/c/bayu-2025/preregister/"
PATIENCE_S = 120


@contextmanager
def served(module: str = "saiwu.conf.wsgi:application") -> Iterator[int]:
    """The port of a server like that of `saiwu run`: two workers, two threads each on SQLite, four on PostgreSQL."""
    from saiwu.cli import run

    with closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        port = int(door.getsockname()[1])
    postgres = os.environ.get("SAIWU_DATABASE")
    threads = run._THREADS_POSTGRESQL if postgres else run._THREADS_SQLITE
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(run._WORKERS), "--blocking-threads", str(threads), "--no-ws", "--log-level", "error"]
    server = subprocess.Popen([*command, module], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE_S)


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)) as asked:
                asked.request("GET", "/")
                asked.getresponse().read()
            return
        except (OSError, HTTPException):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def checked_form(port: int, one: object) -> tuple[dict[str, str], str]:
    """What the check page of a student's pre-registration sends, and the cookie that goes with it."""
    place = {"event": "iot", "standing": "学生", "unit": "示例学院甲"}
    said = {"name": one.name, "number": one.number, "phone": one.phone, "q-place": "学习"}  # type: ignore[attr-defined]
    proof = {"q-studies": "both", "q-in_region": "是"}
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)) as line:
        line.request("GET", FORM)
        first = line.getresponse()
        cookie = (first.getheader("Set-Cookie") or "").partition(";")[0]
        hidden = _hidden(first.read().decode())
        for step in (place, said, proof):
            line.request("POST", FORM, urlencode({**hidden, **step, "go": "next"}), _headers(cookie))
            hidden = _hidden(line.getresponse().read().decode())
    assert "ready" in hidden, hidden
    return {**hidden, "go": "submit", "agree": "1"}, cookie


def _headers(cookie: str) -> dict[str, str]:
    return {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}


def _hidden(page: str) -> dict[str, str]:
    import html

    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def submit(line: HTTPConnection, form: dict[str, str], cookie: str) -> str:
    """Send it; what the answer is, in a word."""
    line.request("POST", FORM, urlencode(form), _headers(cookie))
    answer = line.getresponse()
    body = answer.read().decode()
    if answer.status == 302:
        return "accepted"
    clause = re.search(r'class="sw-key">(五\.[0-9a-z]+)<', body)
    refused = answer.status == 200 and "您在本届竞赛已有报名" in body and clause
    return f"refused {clause[1]}" if refused and clause else f"status {answer.status}"


def main() -> None:
    """Build the world, let the visitors submit at once, print what they were told and what the rows say."""
    settle_in()
    from django.conf import settings
    from django.db import connection

    from saiwu.entries.models import Claim, Conflict, Preregistration
    from saiwu.web.public.preregister.given import new_request
    from tests.world import build, student

    # Made a moment ago, after the settings were read: the server reads it from the file.
    settings.SECRET_KEY = (Path(settings.DATA) / "keys" / "django").read_text("ascii").strip()
    (Path(settings.DATA) / "demo").write_text(INSTANT, "ascii")
    build()
    connection.close()
    told: Counter[str] = Counter()
    barrier = threading.Barrier(VISITORS)
    with served() as port:
        form, cookie = checked_form(port, student(1))
        requests = [new_request() for _ in range(VISITORS)]

        def visit(request: str) -> None:
            with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)) as line:
                line.connect()
                barrier.wait()
                try:
                    said = submit(line, {**form, "request": request}, cookie)
                except (OSError, HTTPException) as error:
                    said = f"no answer: {type(error).__name__}"
            told.update([said])

        visitors = [threading.Thread(target=visit, args=(request,)) for request in requests]
        for one in visitors:
            one.start()
        for one in visitors:
            one.join()
    kept = {
        "claims": Claim.objects.count(),
        "preregistrations": Preregistration.objects.count(),
        "conflicts": Conflict.objects.count(),
    }
    print(json.dumps({"told": told, "kept": kept}, ensure_ascii=False))


if __name__ == "__main__":
    main()
