"""What comes out: bundles, result tables, certificates, draws, the bulletin."""

from __future__ import annotations

import json
from dataclasses import replace

from saiwu.checkin.models import Draw
from saiwu.competitions.models import Competition, Event
from saiwu.competitions.origins import origin_of
from saiwu.competitions.rulebooks import in_force
from saiwu.documents import award_certificate, bulletin, result_table
from saiwu.results.documents import bulletin_from_json, certificates_of, table_of
from saiwu.results.gathering import WHOLE_EVENT
from saiwu.results.lists import latest_lists
from saiwu.results.models import Bulletin, Certificate
from saiwu.rules.procedure import DrawState
from saiwu.simulation.output.folder import Folder, file_name
from saiwu.simulation.world import World

CHECK_ADDRESS = "https://saiwu.example/certificates/"
"""Before the check code in a certificate's QR code: a simulation is served nowhere."""
WHOLE = "all"
"""The folder of a list that ranks all divisions of an event together."""


def division_folder(event: str, list_key: str) -> str:
    """Where what belongs to one list is written."""
    return f"events/{event}/{WHOLE if list_key == WHOLE_EVENT else list_key}"


def write_outcomes(world: World, folder: Folder) -> tuple[int, list[str]]:
    """Write all of them. Returns how many certificates, and the numbers of those that the fonts cannot print."""
    competition = Competition.objects.select_related("in_force").get(pk=world.competition_id)
    certificates, unprintable = 0, []
    for event in competition.events.select_related("competition__in_force").order_by("position"):
        _lists(world, event, folder)
        written, lacking = _certificates(world, event, folder)
        certificates += written
        unprintable += lacking
        _draws(event, folder)
    issued = Bulletin.objects.filter(competition=competition).first()
    if issued is not None:
        folder.write("bulletin.docx", bulletin.render(bulletin_from_json(issued.values)))
    return certificates, unprintable


def _lists(world: World, event: Event, folder: Folder) -> None:
    book = in_force(event.competition)
    for row in latest_lists(event):
        row.event = event
        where = division_folder(event.slug, row.list_key)
        folder.write(f"{where}/bundle.json", as_json(row.bundle))
        made_on = (row.published_at or row.computed_at).astimezone(book.zone).date()
        values = replace(table_of(row, named=True, made_on=made_on), origin=origin_of(book, world.remark))
        folder.write(f"{where}/results.xlsx", result_table.render(values))


def _certificates(world: World, event: Event, folder: Folder) -> tuple[int, list[str]]:
    values = certificates_of(event, check_address=CHECK_ADDRESS, remark=world.remark)
    own = Certificate.objects.filter(result__result_list__event=event)
    lists = dict(own.values_list("number", "result__result_list__list_key"))
    unprintable = [number for number, _ in award_certificate.unprintable(values)]
    printed = [one for one in values if one.number not in unprintable]
    for number, content in award_certificate.batch(printed):
        where = division_folder(event.slug, lists[number])
        folder.write(f"{where}/certificates/{file_name(number)}.pdf", content)
    return len(printed), unprintable


def _draws(event: Event, folder: Folder) -> None:
    rows = Draw.objects.filter(event=event, state=DrawState.MADE).select_related("division").order_by("id")
    for row in rows:
        division = row.division.slug if row.division is not None else WHOLE
        folder.write(f"draws/{event.slug}-{division}.json", as_json(row.transcript))


def as_json(document: object) -> bytes:
    """JSON for people and programs: UTF-8, indented, a line feed at the end."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
