"""When something goes wrong the page says whose fault it is, what became of it, and what to do."""

from __future__ import annotations

import logging
import re

import pytest
from django.test import Client

from saiwu.web import kept


@pytest.fixture
def broken(monkeypatch):
    """The site cannot even read its newest record."""

    def fail() -> int:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(kept, "newest", fail)


def test_our_own_mistake_needs_no_database_and_gives_a_number_that_stands_in_the_log(broken, caplog):
    """No database mark: a query would fail the test."""
    with caplog.at_level(logging.ERROR, logger="saiwu.web"):
        answer = Client(raise_request_exception=False).get("/")
    body = answer.content.decode()
    number = re.search(r'<b class="sw-id">([A-Z0-9]{4}-[A-Z0-9]{4})</b>', body)[1]
    assert answer.status_code == 500
    assert "系统出错，这次没有保存" in body
    assert [number in record.getMessage() for record in caplog.records if record.name == "saiwu.web"] == [True]
    assert "the disk is full" not in body


def test_a_form_without_its_token_is_told_what_to_do(db):
    answer = Client(enforce_csrf_checks=True).post("/certificates/", {"number": "1"})
    assert answer.status_code == 403
    assert "这一页已过期，没有提交" in answer.content.decode()


def test_an_installation_without_a_competition_says_so(client, db):
    answer = client.get("/")
    assert answer.status_code == 200
    assert "还没有发布竞赛" in answer.content.decode()
    assert client.get("/nothing/").status_code == 404
