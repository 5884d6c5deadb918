"""Public pages, rendered once and kept as bytes until something happens.

A page is kept by address, language and theme. It is fresh while the newest audit record is the one it was rendered
after, and while the minute is the same (countdowns and deadlines are told to the minute). The newest record is asked
for at most once a second in a process. Records of two transactions may become visible in another order than their
numbers: the minute bounds what that can hide.

The ETag is a digest of the bytes, so that it is the same in every process; a browser that has them gets 304.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotModified

from saiwu.audit.frame import NotFound
from saiwu.audit.queries import newest
from saiwu.web import clock
from saiwu.web.choices import Choices, newly_chosen

MOST_PAGES = 2000
FRESH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and when: all that a public view may know of the request."""

    choices: Choices
    now: datetime
    path: str


View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class _Page:
    stamp: tuple[int, datetime]
    plain: bytes
    packed: bytes
    etag: str
    headers: tuple[tuple[str, str], ...]


class Shelf:
    """The kept pages of one process, the ones longest unread thrown out first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, Choices], _Page] = OrderedDict()
        self._lock = Lock()
        self._newest = 0
        self._asked_at = float("-inf")

    def stamp(self, now: datetime) -> tuple[int, datetime]:
        """What has happened, and the minute. 1 SQL statement, at most once in a second."""
        ticks = time.monotonic()
        if ticks - self._asked_at >= FRESH_SECONDS:
            self._newest = newest()
            self._asked_at = ticks
        return self._newest, now.replace(second=0, microsecond=0)

    def find(self, key: tuple[str, Choices], stamp: tuple[int, datetime]) -> _Page | None:
        """The page, where it is still fresh."""
        page = self._pages.get(key)
        return page if page is not None and page.stamp == stamp else None

    def put(self, key: tuple[str, Choices], page: _Page) -> None:
        """Keep a page."""
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._pages.clear()
            self._asked_at = float("-inf")


SHELF = Shelf()


def kept(view: View) -> View:
    """A public page: `view(reader, **parts)` is called only where its bytes are not kept or no longer fresh.

    What the view finds not to exist for the public (`NotFound`) is a 404. Only reading is served.
    """

    @functools.wraps(view)
    def served(request: HttpRequest, **parts: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD"))
        if request.META.get("QUERY_STRING") and (back := newly_chosen(request)) is not None:
            return back
        now = clock.now()
        choices = Choices.of(request)
        key = (request.path, choices)
        stamp = SHELF.stamp(now)
        page = SHELF.find(key, stamp)
        if page is None:
            try:
                response = view(Reader(choices, now, request.path), **parts)
            except NotFound as missing:
                raise Http404 from missing
            if response.status_code != 200:
                return response
            page = _page(stamp, response)
            SHELF.put(key, page)
        return _answer(request, page)

    return served


def _page(stamp: tuple[int, datetime], response: HttpResponse) -> _Page:
    plain = response.content
    headers = tuple(response.headers.items())
    etag = f'W/"{hashlib.sha256(plain).hexdigest()[:32]}"'
    return _Page(stamp, plain, gzip.compress(plain, 6, mtime=0), etag, headers)


def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
    response: HttpResponse
    if page.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        response = HttpResponseNotModified()
    else:
        packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        response = HttpResponse(page.packed if packed else page.plain)
        for name, value in page.headers:
            response.headers[name] = value
        if packed:
            response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = page.etag
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept-Encoding, Cookie"
    return response
