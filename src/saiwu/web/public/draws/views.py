"""A draw: its steps as they happen, and how anybody can verify it."""

from __future__ import annotations

import json

from django.http import HttpResponse

from saiwu.audit.frame import NotFound
from saiwu.checkin.queries import draw_of
from saiwu.competitions.queries import event_of, site_of
from saiwu.entries.queries import finalists
from saiwu.web.kept import Reader, kept
from saiwu.web.public import pages
from saiwu.web.shared.files import download


@kept
def draw(reader: Reader, slug: str, event: str, draw_id: int) -> HttpResponse:
    """List, commitment, public input, order: each once it is on record. Only while the list of finalists is public."""
    site = site_of(slug)
    row = event_of(site, event).row
    listed = {one.number: one for one in finalists(row.id)}
    shown = draw_of(row.id, draw_id)
    order = shown.transcript["order"] if shown.transcript else ()
    return pages.page(
        reader,
        "public/draws/page.html",
        site,
        here="events",
        row=row,
        draw=shown,
        order=[(place, listed.get(place["code"])) for place in order],
        waiting=[(code, listed.get(code)) for code in shown.codes] if not order else (),
    )


@kept
def transcript(reader: Reader, slug: str, event: str, draw_id: int) -> HttpResponse:
    """The saiwu-draw/1 document. Not before the draw is made: it holds the secret."""
    site = site_of(slug)
    shown = draw_of(event_of(site, event).row.id, draw_id)
    if shown.transcript is None:
        raise NotFound(f"transcript of {draw_id}")
    text = json.dumps(shown.transcript, ensure_ascii=False, indent=1)
    return download(f"{text}\n".encode(), "application/json; charset=utf-8", f"draw-{slug}-{event}-{draw_id}.json")
