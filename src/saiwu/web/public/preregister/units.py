"""Names of registered units while somebody types: a help for scripts, the form does without it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from saiwu.entries.queries.preregistering import units_like
from saiwu.web.kept import Reader
from saiwu.web.public.preregister.private import private


@private
def units(request: HttpRequest, reader: Reader, slug: str) -> HttpResponse:
    """Up to six names. By POST, so that what is typed stands in no address."""
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    return JsonResponse({"units": units_like(request.POST.get("unit", "")[:60])})
