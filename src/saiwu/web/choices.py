"""What a reader chose: language and theme. They come by `?lang=en` or `?theme=dark` and stay in a cookie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation

Chosen = TypeVar("Chosen", bound=StrEnum)
YEAR = 365 * 24 * 3600


class Language(StrEnum):
    """Of headings and names; sentences of a notice stay as issued."""

    CHINESE = "zh"
    ENGLISH = "en"


class Theme(StrEnum):
    """Colours of a page."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Choices:
    """A reader's choices; the defaults where he has not chosen."""

    language: Language = Language.CHINESE
    theme: Theme = Theme.LIGHT

    @classmethod
    def of(cls, request: HttpRequest) -> Choices:
        """As the request's cookies say; what they do not know counts as not chosen."""
        if "HTTP_COOKIE" not in request.META:
            return DEFAULTS
        return cls(
            _known(Language, request.COOKIES.get("lang"), Language.CHINESE),
            _known(Theme, request.COOKIES.get("theme"), Theme.LIGHT),
        )


DEFAULTS = Choices()


Handler = Callable[[HttpRequest], HttpResponse]


def in_the_readers_language(handle: Handler) -> Handler:
    """Middleware: what is rendered outside a page's own context (fields of forms, Django's messages) speaks his language."""

    def handled(request: HttpRequest) -> HttpResponse:
        english = Choices.of(request).language is Language.ENGLISH
        with translation.override("en" if english else settings.LANGUAGE_CODE):
            return handle(request)

    return handled


def newly_chosen(request: HttpRequest) -> HttpResponse | None:
    """Where the address carries a choice: back to the same page, with the choice in a cookie."""
    chosen = {name: request.GET[name] for name in ("lang", "theme") if name in request.GET}
    if not chosen:
        return None
    back = HttpResponseRedirect(request.path)
    for name, value in chosen.items():
        keep(back, name, value)
    return back


def keep(response: HttpResponse, name: str, value: str) -> None:
    """Keep a choice (`lang` or `theme`) in its cookie; what is none is passed over."""
    if value in list(Language if name == "lang" else Theme):
        response.set_cookie(name, value, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax")


def language_of(said: str) -> Language:
    """The language of that name; Chinese where there is none."""
    return _known(Language, said, Language.CHINESE)


def _known(kind: type[Chosen], said: str | None, default: Chosen) -> Chosen:
    try:
        return kind(said) if said else default
    except ValueError:
        return default
