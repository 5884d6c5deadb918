"""Public pages are kept as bytes: fast while nothing happens, fresh as soon as something does."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saiwu.audit.models import Record
from saiwu.web import kept
from tests.web.conftest import played_until
from tests.web.play import Stage, at

HOME = "/c/bayu-2025/"
RESULTS = f"{HOME}results/iot/student/"
THEN = at(10, 25, 11)


@pytest.fixture(scope="module")
def played(django_db_setup, django_db_blocker):
    with played_until(Stage.PUBLIC_NOTICE, django_db_blocker) as run:
        yield run


@pytest.fixture(autouse=True)
def _database(played, db, clock_at):
    clock_at(THEN)


def _statements(client, path: str, **headers) -> tuple[int, int]:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        status = client.get(path, **headers).status_code
    return status, len(caught)


def test_a_page_asks_the_database_once_and_then_not_at_all(client):
    first = _statements(client, RESULTS)
    assert first[0] == 200
    assert first[1] > 1
    assert [_statements(client, RESULTS) for _ in range(3)] == [(200, 0)] * 3


def test_after_a_second_only_the_newest_record_is_asked_for(client, monkeypatch):
    client.get(RESULTS)
    monkeypatch.setattr(kept, "FRESH_SECONDS", 0.0)
    assert _statements(client, RESULTS) == (200, 1)


def test_a_browser_that_has_the_page_gets_304_until_something_happens(client, monkeypatch):
    monkeypatch.setattr(kept, "FRESH_SECONDS", 0.0)
    etag = client.get(HOME).headers["ETag"]
    answer = client.get(HOME, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", etag)
    Record.objects.create(at=THEN, actor="system", role="system", verb="events.start", object="event:1", facts={})
    statements = _statements(client, HOME)
    assert statements[1] > 1
    assert client.get(HOME, headers={"If-None-Match": etag}).status_code == 304  # made again, and still the same bytes


def test_a_page_is_made_anew_when_the_minute_is_over(client, clock_at):
    before = client.get(RESULTS).content
    clock_at(THEN + timedelta(seconds=59))
    assert _statements(client, RESULTS) == (200, 0)
    clock_at(THEN + timedelta(days=1))
    after = client.get(RESULTS).content
    assert before != after


def test_each_language_and_theme_has_a_page_of_its_own(client):
    pages = {client.get(HOME).content}
    for cookies in ({"lang": "en"}, {"theme": "dark"}, {"lang": "en", "theme": "dark"}):
        client.cookies.clear()
        client.cookies.load(cookies)
        pages.add(client.get(HOME).content)
    client.cookies.load({"lang": "tlh", "theme": "pink"})
    assert len(pages) == 4
    assert client.get(HOME).content in pages


def test_a_choice_is_kept_in_a_cookie_and_leads_back_to_the_page(client):
    answer = client.get(f"{RESULTS}?theme=dark&lang=en&next=https://example.org/")
    assert (answer.status_code, answer.headers["Location"]) == (302, RESULTS)
    assert {name: morsel.value for name, morsel in answer.cookies.items()} == {"lang": "en", "theme": "dark"}
    assert {(morsel["samesite"], morsel["httponly"]) for morsel in answer.cookies.values()} == {("Lax", True)}


def test_bytes_are_packed_for_those_who_take_them_packed(client):
    plain = client.get(RESULTS)
    packed = client.get(RESULTS, headers={"Accept-Encoding": "gzip, br"})
    assert (packed.headers["Content-Encoding"], "Content-Encoding" in plain.headers) == ("gzip", False)
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert plain.headers["Vary"] == "Accept-Encoding, Cookie"


def test_whatever_stands_behind_the_question_mark_fills_no_shelf(client):
    for serial in range(5):
        client.get(f"{HOME}?x={serial}")
    assert [key[0] for key in kept.SHELF._pages] == [HOME]


def test_a_full_shelf_lets_the_oldest_go(client, monkeypatch):
    monkeypatch.setattr(kept, "MOST_PAGES", 2)
    for path in (HOME, f"{HOME}notice/", f"{HOME}calendar/"):
        client.get(path)
    assert [key[0] for key in kept.SHELF._pages] == [f"{HOME}notice/", f"{HOME}calendar/"]


def test_public_pages_are_only_read(client):
    answer = client.post(HOME)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert client.head(HOME).status_code == 200


def test_every_page_carries_the_strict_policy_and_no_style_or_script_of_its_own(client):
    answer = client.get(RESULTS)
    assert sorted(answer.headers["Content-Security-Policy"].split("; ")) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "manifest-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
    ]
    assert {
        name: answer.headers[name] for name in ("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy")
    } == {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
    }
    body = answer.content.decode()
    assert [word for word in ("<style", "style=", "<script", "onclick", "javascript:") if word in body] == []
