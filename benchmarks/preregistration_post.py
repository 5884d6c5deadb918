"""The submit of a pre-registration, beside a plain Django form page on the same server and database.

The plain page is what anybody would write: eight middlewares, CSRF, a form with the same fields, the ORM, one insert into
a table with the same unique constraints (the pre-registrations themselves). `cpu_ratio`: processor time of our submit over
its, both through the whole WSGI application, in turns. `p99_over_p50`: sixteen HTTP clients in a closed loop on SQLite,
the server as `saiwu run` starts it; `errors`: answers that are no receipt (a database that is locked would be one).
"""

from __future__ import annotations

import io
import os
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROUNDS, EACH = 15, 40
CLIENTS, SUBMITS = 16, 100
PLAIN = "/plain/"
EIGHT = (
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)


def main() -> dict[str, float]:
    """Returns `cpu_ratio`, `p99_over_p50`, `errors`, and the times in milliseconds that they come from."""
    with tempfile.TemporaryDirectory(prefix="saiwu-bench-") as room:
        os.environ["SAIWU_DATA"] = room
        os.environ["DJANGO_SETTINGS_MODULE"] = "saiwu.conf.settings"
        return _measure()


def _measure() -> dict[str, float]:
    from tests.rooms import settle_in

    settle_in()
    from django.conf import settings
    from django.db import connection

    from tests.races.over_http import INSTANT
    from tests.world import build

    settings.SECRET_KEY = (Path(settings.DATA) / "keys" / "django").read_text("ascii").strip()
    (Path(settings.DATA) / "demo").write_text(INSTANT, "ascii")
    settings.DEMO_AT = INSTANT
    world = build()
    event, competition = world.event("iot").pk, world.competition.pk
    ours, plain = _applications(event, competition)
    forms = iter(_forms(event, competition, 2 * ROUNDS * EACH + CLIENTS * SUBMITS + 100))
    for _ in range(20):
        ours(next(forms)), plain(next(forms))
    ratios, own, theirs = [], [], []
    for _ in range(ROUNDS):
        mine, its = _seconds(ours, forms), _seconds(plain, forms)
        ratios.append(mine / its)
        own.append(mine)
        theirs.append(its)
    connection.close()
    waits, errors = _closed_loop([next(forms) for _ in range(CLIENTS * SUBMITS)])
    waits.sort()
    p50, p99 = waits[len(waits) // 2], waits[len(waits) * 99 // 100]
    result = {
        "cpu_ratio": round(statistics.median(ratios), 2),
        "cpu_ms": round(1000 * statistics.median(own), 2),
        "plain_cpu_ms": round(1000 * statistics.median(theirs), 2),
        "p99_over_p50": round(p99 / p50, 2),
        "p50_ms": round(1000 * p50, 1),
        "p99_ms": round(1000 * p99, 1),
        "errors": float(errors),
    }
    print(result)
    return result


def _forms(event: int, competition: int, count: int) -> list[dict[str, str]]:
    """Forms as check pages send them, each of another person."""
    from saiwu.web.public.preregister.given import new_request, sealed
    from tests.world import STUDENT, number

    made = []
    for serial in range(count):
        digits = number(serial, f"{2000 + serial // 5000 % 8:04d}0512")
        said = {"name": f"测生{'甲乙丙丁戊己庚辛壬癸'[serial % 10]}", "number": digits, "phone": f"164{serial:08d}"}
        facts = {key: value for key, value in STUDENT.items() if key != "major"}
        ready = {
            "event": event,
            "competition": competition,
            "division": "student",
            "unit": "示例学院甲",
            "facts": facts,
        }
        asked = {"event": "iot", "standing": "学生", "unit": "示例学院甲", "q-place": "学习", "q-studies": "both"}
        made.append(
            {
                **asked,
                **said,
                "q-in_region": "是",
                "step": "4",
                "request": new_request(),
                "ready": sealed({**ready, **said}),
            }
            | {"go": "submit", "agree": "1"}
        )
    return made


def _applications(event: int, competition: int) -> tuple[Callable[[dict[str, str]], None], ...]:
    """Our submit and the plain page: whole WSGI applications that take a form."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.db import connection
    from django.test import override_settings
    from django.urls import path

    from saiwu.conf import urls
    from saiwu.conf.holding import hold_the_database
    from tests.races.over_http import FORM

    # Both as the server that ships would serve them (saiwu.conf.wsgi).
    connection.close()
    hold_the_database()

    urls.urlpatterns.append(path(PLAIN.lstrip("/"), _plain_page(event, competition)))
    own = get_wsgi_application()
    with override_settings(MIDDLEWARE=[*EIGHT]):
        bare = get_wsgi_application()
    assert len(settings.MIDDLEWARE) >= len(EIGHT)
    return (lambda form: _post(own, FORM, form)), (lambda form: _post(bare, PLAIN, form))


def _plain_page(event: int, competition: int) -> Callable[..., Any]:
    """A form page as anybody would write it. It inserts one row of the same table, under the same constraints."""
    from django import forms
    from django.db import transaction
    from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
    from django.utils import timezone

    from saiwu.competitions.models import Division
    from saiwu.entries.models import Preregistration
    from saiwu.people.models import Person
    from saiwu.privacy import chance

    division = Division.objects.get(event_id=event, slug="student").pk
    person = Person.objects.create(
        competition_id=competition, key="bench", name="测", number_digest="bench", number_sealed=b"bench"
    ).pk

    class Plain(forms.Form):
        event = forms.ChoiceField(choices=[("iot", "物联网安装调试员")])
        standing = forms.ChoiceField(choices=[("学生", "学生"), ("在职", "在职")])
        unit = forms.CharField(max_length=120)
        name = forms.CharField(max_length=60)
        number = forms.RegexField(r"[0-9]{17}[0-9X]")
        phone = forms.RegexField(r"1[0-9]{10}")
        request = forms.CharField(max_length=200)

    def page(request: HttpRequest) -> HttpResponse:
        form = Plain(request.POST)
        if not form.is_valid():
            return HttpResponse(status=400)
        said = form.cleaned_data
        with transaction.atomic():
            row = Preregistration.objects.create(
                competition_id=competition,
                event_id=event,
                division_id=division,
                person_id=person,
                unit_name=said["unit"],
                receipt=chance.digits(8),
                request=said["request"][:32],
                answers={"name": said["name"], "number": said["number"], "phone": said["phone"]},
                rulebook_version=1,
                at=timezone.now(),
            )
        return HttpResponseRedirect(f"/done/{row.pk}/")

    return page


TOKEN = "a" * 32


def _post(application: Callable[..., Any], path: str, form: dict[str, str]) -> None:
    body = urlencode({**form, "csrfmiddlewaretoken": TOKEN}).encode()
    answered: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
        answered.update(status=status)
        return bytes

    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_COOKIE": f"csrftoken={TOKEN}",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    chunks = application(environ, start)
    content = b"".join(chunks)
    getattr(chunks, "close", lambda: None)()
    assert answered["status"].startswith("302"), (
        answered["status"],
        re.sub(rb"<[^>]+>", b"", content)[-2000:].decode(),
    )


def _seconds(work: Callable[[dict[str, str]], None], forms: Any) -> float:
    """Processor seconds of one, over some in a row."""
    some = [next(forms) for _ in range(EACH)]
    start = time.process_time()
    for form in some:
        work(form)
    return (time.process_time() - start) / EACH


def _closed_loop(forms: list[dict[str, str]]) -> tuple[list[float], int]:
    """Sixteen clients, each sends its next form once the last is answered: how long each waited, and what failed."""
    from tests.races.over_http import PATIENCE_S, served, submit

    waits: list[float] = []
    errors: list[str] = []
    cookie = f"csrftoken={TOKEN}"
    with served() as port:

        def loop(mine: list[dict[str, str]]) -> None:
            with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)) as line:
                for form in mine:
                    start = time.perf_counter()
                    said = submit(line, {**form, "csrfmiddlewaretoken": TOKEN}, cookie)
                    waits.append(time.perf_counter() - start)
                    if said != "accepted":
                        errors.append(said)

        clients = [threading.Thread(target=loop, args=(forms[number::CLIENTS],)) for number in range(CLIENTS)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
    if errors:
        print(f"not accepted: {errors[:3]}", file=sys.stderr)
    return waits, len(errors)


if __name__ == "__main__":
    main()
