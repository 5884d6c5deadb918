"""Filters and tags that every template has. They carry values into words and marks of HTML; they decide nothing.

Language and zone come from the page: `reader` and `site`, where there are such.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from saiwu.rules.procedure import EntryState, EventState
from saiwu.rules.rulebook.book import Event
from saiwu.rules.rulebook.terms import Source, Term
from saiwu.rules.rulebook.values import Range
from saiwu.web import dates
from saiwu.web.choices import Language
from saiwu.web.english import ENGLISH

register = template.Library()

_BRACKETED = re.compile(r"（[^（）]{1,20}）")
_ZONE = ZoneInfo("Asia/Shanghai")


def _english(context: Mapping[str, Any]) -> bool:
    reader = context.get("reader")
    if reader is None:  # a field of a form, which is rendered by itself
        return get_language() == "en"
    return reader.choices.language is Language.ENGLISH


def _zone(context: Mapping[str, Any]) -> tzinfo:
    site = context.get("site")
    return site.book.zone if site is not None else _ZONE


@register.simple_tag(takes_context=True)
def t(context: Mapping[str, Any], chinese: str) -> str:
    """A word of the software in the reader's language; Chinese where it has no other."""
    return ENGLISH.get(chinese, chinese) if _english(context) else chinese


@register.simple_tag(takes_context=True)
def said(context: Mapping[str, Any], term: Term, key: str) -> str:
    """A text of the rulebook, or its English twin where the reader wants English and there is one."""
    chinese = str(getattr(term, key) or "")
    if not _english(context):
        return chinese
    twin = getattr(term, f"{key}_en", None) or term.meta.english.get(key)
    return str(twin) if twin else ENGLISH.get(chinese, chinese)


@register.simple_tag(takes_context=True)
def day(context: Mapping[str, Any], point: date | None, form: str = "") -> SafeString | str:
    """A day or instant as `<time>`. `form`: words among year, bare (no day of the week), date (no clock)."""
    if point is None:
        return t(context, "待定")
    there = dates.local(point, _zone(context))
    if "date" in form and isinstance(there, datetime):
        there = there.date()
    text = dates.words(there, english=_english(context), year="year" in form, weekday="bare" not in form)
    return format_html('<time datetime="{}">{}</time>', dates.iso(there), text)


@register.simple_tag(takes_context=True)
def weekday(context: Mapping[str, Any], point: date) -> str:
    """周三, or Wed."""
    return dates.weekday(dates.local(point, _zone(context)), english=_english(context))


@register.simple_tag(takes_context=True)
def clock(context: Mapping[str, Any], instant: datetime) -> SafeString:
    """The time of day alone, where the day stands beside it: 24:00."""
    there = instant.astimezone(_zone(context))
    return format_html('<time datetime="{}">{}</time>', dates.iso(there), dates.clock(there))


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """A drawing of the sprite."""
    return format_html(
        '<svg class="sw-icon{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" {classes}" if classes else "",
        static("brand/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def assumed(context: Mapping[str, Any], reason: str | None) -> SafeString | str:
    """The mark of what the notice does not say, with the reason for whoever asks; nothing where it does."""
    if not reason:
        return ""
    return format_html('<span class="sw-assumed" title="{}">{}</span>', reason, t(context, "暂定"))


@register.filter
def whole(text: str) -> SafeString:
    """Bracketed phrases that are not broken over lines: 无人机驾驶员（物品配送）."""
    escaped = str(conditional_escape(text))
    return mark_safe(_BRACKETED.sub(lambda found: f'<span class="sw-nb">{found[0]}</span>', escaped))  # noqa: S308


@register.filter
def underlined(sentence: str, words: str) -> SafeString:
    """A sentence of the notice with the words that decide marked; as it is where they do not stand in it."""
    escaped, wanted = str(conditional_escape(sentence)), str(conditional_escape(words))
    return mark_safe(escaped.replace(wanted, f"<mark>{wanted}</mark>", 1) if wanted else escaped)  # noqa: S308


@register.filter
def digits(phone: str) -> str:
    """A telephone number for `tel:`."""
    return re.sub(r"[^0-9+]", "", phone)


@register.filter
def dashed(phone: str) -> str:
    """A telephone number with a plain hyphen, whatever dash the notice has."""
    return re.sub(r"\s*[—–－-]+\s*", "-", phone)


@register.filter
def spaced(digest: str, groups: int = 4) -> str:
    """The first groups of four of a digest: 9f2c 71ab 04de 88c3."""
    return " ".join(digest[start : start + 4] for start in range(0, 4 * groups, 4))


@register.simple_tag(takes_context=True)
def clause(context: Mapping[str, Any], key: str | None) -> SafeString | str:
    """A clause's key as a link to its sentence; nothing where there is none."""
    site = context.get("site")
    if not key or site is None:
        return ""
    where = f"{reverse('notice', args=[site.slug])}#{clause_anchor(key)}"
    return format_html('<a class="sw-key" href="{}">{}</a>', where, key)


@register.filter
def clause_anchor(key: str) -> str:
    """The anchor of a clause on the notice's page."""
    return f"c-{key}"


@register.simple_tag(takes_context=True)
def sentence(context: Mapping[str, Any], key: str) -> str:
    """A clause's sentence, in the notice's own words."""
    site = context["site"]
    return str(site.book.text.get(key, ""))


@register.simple_tag(takes_context=True)
def day_words(context: Mapping[str, Any], point: date, form: str = "") -> str:
    """The words of `day`, for a `<time>` of the template's own."""
    there = dates.local(point, _zone(context))
    if "date" in form and isinstance(there, datetime):
        there = there.date()
    return dates.words(there, english=_english(context), year="year" in form, weekday="bare" not in form)


_FIGURES = "零一二三四五六七八九十"


@register.filter
def counted(number: int) -> str:
    """A number as titles write it: 八, from eleven on 11."""
    return _FIGURES[number] if number <= 10 else str(number)


@register.simple_tag(takes_context=True)
def team(context: Mapping[str, Any], size: Range | str) -> str:
    """What competes: 个人, 两人团队, 2-3人团队. Individuals, where the notice is silent (`size` is then no range)."""
    english = _english(context)
    if isinstance(size, str) or size.low == size.high == 1:
        return "singles" if english else "个人"
    if english:
        return f"teams of {size}"
    return "两人团队" if size.low == size.high == 2 else f"{size}人团队"


@register.simple_tag(takes_context=True)
def division_names(context: Mapping[str, Any], event: Event, cancelled: tuple[str, ...] = ()) -> str:
    """学生组、职工组; without those that were given up."""
    english = _english(context)
    names = [
        (division.name_en or ENGLISH.get(division.name or key) if english else None) or division.name or key
        for key, division in event.divisions.items()
        if key not in cancelled
    ]
    return (", " if english else "、").join(names)


STATE_TONES: Mapping[EventState, str] = {
    EventState.ANNOUNCED: "is-idle",
    EventState.REGISTERING: "is-good",
    EventState.REVIEWING: "is-going",
    EventState.LISTED: "is-going",
    EventState.RUNNING: "is-good",
    EventState.MARKING: "is-going",
    EventState.SEALED: "is-idle",
    EventState.PUBLIC_NOTICE: "is-going",
    EventState.CONFIRMED: "is-good",
    EventState.CANCELLED: "is-bad",
}


@register.simple_tag(takes_context=True)
def state(context: Mapping[str, Any], of: EventState, classes: str = "") -> SafeString:
    """The state of an event: sign and word."""
    tone = STATE_TONES[of] + (f" {classes}" if classes else "")
    return format_html('<span class="sw-state {}">{}</span>', tone, t(context, of.chinese))


ENTRY_TONES: Mapping[EntryState, str] = {
    EntryState.DRAFT: "is-idle",
    EntryState.PREREGISTERED: "is-going",
    EntryState.AWAITING_UNIT: "is-act",
    EntryState.SUBMITTED: "is-going",
    EntryState.RETURNED: "is-act",
    EntryState.ACCEPTED: "is-good",
    EntryState.WAITING: "is-idle",
    EntryState.FINALIST: "is-good",
    EntryState.CHECKED_IN: "is-good",
    EntryState.REJECTED: "is-bad",
    EntryState.WITHDRAWN: "is-idle",
}


@register.simple_tag(takes_context=True)
def entry_state(context: Mapping[str, Any], of: EntryState, classes: str = "") -> SafeString:
    """The state of an entry: sign and word."""
    tone = ENTRY_TONES[of] + (f" {classes}" if classes else "")
    return format_html('<span class="sw-state {}">{}</span>', tone, t(context, of.chinese))


@register.filter
def of_key(things: Mapping[str, Any], key: str) -> Any:
    """What stands under a key, None where nothing does."""
    return things.get(key) if things else None


@register.filter
def source(term: Term, key: str) -> Source:
    """Where the value of a key comes from."""
    return term.source_of(key)


@register.filter
def end_stop(text: str) -> str:
    """A sentence with its full stop."""
    return text if text.endswith(("。", "！", "？")) else f"{text}。"


@register.filter
def name_or(term: Term | None, key: str) -> str:
    """The Chinese name of a thing of the rulebook, its key where it has none."""
    return str(getattr(term, "name", None) or key)
