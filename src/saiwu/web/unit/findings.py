"""Findings as a unit sees them: each rule with the waiver that the host asked for."""

from __future__ import annotations

from dataclasses import dataclass

from saiwu.competitions.queries import Site
from saiwu.entries.queries.of_unit import OwnEntry, Waived
from saiwu.web.shared.findings import ShownFinding, shown_of, with_names


@dataclass(frozen=True, slots=True)
class OwnFinding(ShownFinding):
    """`waiver`: how it stands; None where none was asked for."""

    waiver: Waived | None


def of_entry(site: Site, entry: OwnEntry) -> tuple[OwnFinding, ...]:
    """The findings that an entry was handed in with."""
    waivers = {one.rule: one for one in entry.waivers}
    shown = shown_of(site, entry.event, entry.division, with_names(entry.members, entry.findings))
    return tuple(OwnFinding.of(one, waiver=waivers.get(one.rule)) for one in shown)
