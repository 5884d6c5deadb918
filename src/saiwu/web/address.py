"""From where a request comes: behind the proxy of an installation with https, what the proxy says; else who connects."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def of(request: HttpRequest) -> str:
    """The network address. Only to count failed attempts, never kept in clear."""
    if settings.HTTPS:
        forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
        if forwarded:
            return forwarded.rpartition(",")[2].strip()  # the last one is the proxy's own word
    return str(request.META.get("REMOTE_ADDR", ""))
