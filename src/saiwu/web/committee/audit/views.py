"""The audit trail of the competition, newest first; the signed head, to be printed and kept; the whole chain as a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from saiwu.accounts.queries import names_of
from saiwu.audit.queries import COUNT, Only, export, head, records
from saiwu.rules.procedure import PROCEDURE
from saiwu.web.committee.desks import DECIDERS, SUPERVISOR, tabs_of
from saiwu.web.committee.words import role_title, verb_title
from saiwu.web.desk import Desk, desk

LONGEST_KEY = 60
LONGEST_FACT = 160
VERBS = tuple((verb, step.chinese) for verb, step in PROCEDURE.items() if not verb.startswith("accounts."))
"""What can stand in the trail of a competition, in words. What is done to accounts and units is the installation's."""


@desk(*DECIDERS, SUPERVISOR, tabs=tabs_of)
def index(request: HttpRequest, at: Desk) -> HttpResponse:
    """Records, filtered, a page at a time from a record on (`before`)."""
    said = request.GET
    only = Only(
        verb=said.get("verb", "") if said.get("verb", "") in PROCEDURE else "",
        object=_key(said.get("object", "")),
        actor=_key(said.get("actor", "")),
    )
    before = _number(said.get("before", ""))
    found = records(at.site.slug, only, before=before, count=COUNT + 1)
    rows = found[:COUNT]
    names = names_of({row.account_id for row in rows if row.account_id is not None})
    query = {
        key: value for key, value in (("verb", only.verb), ("object", only.object), ("actor", only.actor)) if value
    }
    return at.page(
        "committee/audit/page.html",
        here="audit",
        head=head(),
        rows=[
            (
                row,
                names.get(row.account_id, "") if row.account_id is not None else "",
                verb_title(row.verb),
                role_title(row.role),
                _facts(row.facts),
            )
            for row in rows
        ],
        only=only,
        verbs=VERBS,
        filtered=bool(query),
        newest=urlencode(query) if before is not None else None,
        older=urlencode({**query, "before": rows[-1].id}) if len(found) > COUNT else None,
    )


def _key(text: str) -> str:
    """A key as typed: `Entry：12` is `entry:12`."""
    return text.strip().replace("：", ":").lower()[:LONGEST_KEY]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _facts(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Facts as they are kept, long ones cut: the file has them whole."""
    shown = []
    for key, value in facts.items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if text not in ("", "null", "[]", "{}"):
            shown.append((key, text if len(text) <= LONGEST_FACT else f"{text[:LONGEST_FACT]}…"))
    return shown


@desk(*DECIDERS, SUPERVISOR, tabs=tabs_of)
def signed_head(request: HttpRequest, at: Desk) -> HttpResponse:
    """The newest head on a sheet of its own: printed or written down, it holds fast all that lies before it."""
    return at.page("committee/audit/head.html", here="audit", head=head())


@desk(*DECIDERS, SUPERVISOR)
def jsonl(request: HttpRequest, at: Desk) -> StreamingHttpResponse:
    """The sealed chain of the installation, whole, since a part of it proves nothing; without personal data."""
    answer = StreamingHttpResponse(export(), content_type="application/jsonl; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="saiwu-audit.jsonl"'
    return answer
