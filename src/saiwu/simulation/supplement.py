"""What a notice leaves out and a competition cannot be held without: laid into its notice.yaml for the simulation alone.

A committee would have to say it; the simulation assumes it, marks it so, and names it in its summary. What the notice
says is never touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from saiwu.rules.rulebook import Rulebook, load_files, missing_for
from saiwu.rules.rulebook.days import Days
from saiwu.rules.rulebook.stages import FINAL

WHY = "通知未写，演练时补充"
_DAYS = 40
_CHAPTERS: Mapping[str, str] = {
    "registration": "registration: {documents: [报名表, 汇总表], assumed: %s}",
    "entry": "entry: {team_size: 1, assumed: %s}",
    "eligibility": "eligibility: {entered_by: {rule: facts, must_be: {entered_by: [参赛单位]}}, assumed: %s}",
    "quotas": "quotas: {unit: {per: 参赛单位, at_most: 3, within: 组别}, assumed: %s}",
    "dates.registration": "dates: {registration: {from: {opens}, to: 决赛前7日}, assumed: %s}",
}


class CannotPlay(ValueError):  # noqa: N818
    """The notice lacks what no simulation may assume; the message is Chinese and names the keys."""


@dataclass(frozen=True, slots=True)
class Supplemented:
    """The rulebook as it is played, and the keys that were laid in (empty: none were needed)."""

    book: Rulebook
    keys: tuple[str, ...]


def supplemented(book: Rulebook) -> Supplemented:
    """The rulebook with what opening registration needs. Raises CannotPlay where something else is missing too."""
    needed = [*missing_for(book, None, None, "publish"), *_of_events(book, "open_registration")]
    lines = [_CHAPTERS[key] for key in _CHAPTERS if key in needed]
    if unknown := [key for key in dict.fromkeys(needed) if key not in _CHAPTERS]:
        raise CannotPlay(f"不能演练，规则文件还缺：{'、'.join(unknown)}")
    played = book
    if lines:
        text = book.files["notice.yaml"].rstrip("\n") + "\n" + "\n".join(lines) % ((WHY,) * len(lines)) + "\n"
        loaded = load_files(book.id, {**book.files, "notice.yaml": text.replace("{opens}", _opens(book))})
        if loaded.book is None:
            raise CannotPlay(f"不能演练，规则文件有误：{loaded.faults[0]}")
        played = loaded.book
    later = [key for need in ("final_list", "mark", "results") for key in _of_events(played, need)]
    if later:
        raise CannotPlay(f"不能演练，规则文件还缺：{'、'.join(dict.fromkeys(later))}")
    return Supplemented(played, tuple(key for key in _CHAPTERS if key in needed))


def _of_events(book: Rulebook, need: str) -> list[str]:
    missing: dict[str, None] = {}
    for event, rules in book.events.items():
        for division in rules.divisions:
            missing |= dict.fromkeys(missing_for(book, event, division, need))
    return list(missing)


def _opens(book: Rulebook) -> str:
    finals = [day for event in book.events if (day := Days(book, event).day(book.events[event].stages[FINAL]))]
    return (min(finals) - timedelta(days=_DAYS)).isoformat() if finals else "待定"
