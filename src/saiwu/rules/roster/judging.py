"""Judging a whole roster: rows are read, made into entries, and judged in the order of the entries' first rows.

It is as if each unit handed its entry in before the next: an entry that is refused holds nothing; one that waits for a
quota's waiver holds its people's event and no place; what comes later and clashes with what is held has the finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from saiwu.rules import quotas
from saiwu.rules.eligibility import Competing, belongs, division_finding, in_division, instructor_clash
from saiwu.rules.eligibility.facts import named
from saiwu.rules.eligibility.others import INSTRUCTOR_CLASH
from saiwu.rules.findings import Finding, Verdict
from saiwu.rules.roster.columns import Column, Head, find_head
from saiwu.rules.roster.division import DivisionRules, Locators
from saiwu.rules.roster.judgeable import not_checked
from saiwu.rules.roster.readings import split_school
from saiwu.rules.roster.report import EntryReport, Report
from saiwu.rules.roster.rows import Merged, Row, RowReader, add_finding, columns_of
from saiwu.rules.rulebook.book import Event, Rulebook
from saiwu.rules.rulebook.eligibility import NotInstructorTerm
from saiwu.rules.rulebook.quotas import Quota
from saiwu.rules.rulebook.terms import Source
from saiwu.rules.rulebook.values import plain

_OK, _EVIDENCE, _WAIVER, _REFUSED = Verdict.OK, Verdict.EVIDENCE, Verdict.WAIVER, Verdict.REFUSED


def check(
    rows: Sequence[Sequence[object]],
    *,
    book: Rulebook,
    on: date,
    everything: bool = False,
    formulas: Collection[tuple[int, int]] = frozenset(),
    merged: Collection[Merged] = (),
) -> Report:
    """Judge a sheet whose `rows[0]` is its row 1, handed in on that day.

    `formulas` and `merged` as `documents.sheets.Sheet` has them. `everything`: findings that are ok are kept too.
    Raises NoHead where no row is a head.
    """
    head = find_head(rows)
    locators = Locators(book)
    reader = RowReader(rows, head, on=on, everything=everything, formulas=formulas, merged=merged)
    read = reader.read(locators.of())
    desk = _Desk(book, on, locators, head, everything)
    entries = desk.entries(read)
    for entry in entries:
        desk.judge(entry)
    return Report([row.report for row in read], [entry.report for entry in entries], not_checked(book))


@dataclass(slots=True)
class _Entry:
    report: EntryReport
    rules: DivisionRules | None
    rows: list[Row]
    unit: str = ""

    @property
    def single(self) -> bool:
        return self.rules is None or self.rules.singles


@dataclass(slots=True)
class _Held:
    """What entries hold that are judged and not refused."""

    people: dict[str, tuple[tuple[Row, DivisionRules], ...]] = field(default_factory=dict)
    instructing: dict[str, list[tuple[Row, _Entry]]] = field(default_factory=lambda: defaultdict(list))
    places: dict[tuple[str, tuple[str, ...], str], int] = field(default_factory=lambda: defaultdict(int))
    events: dict[tuple[str, tuple[str, ...], str], set[str]] = field(default_factory=lambda: defaultdict(set))


_Resolved = tuple[str | None, str | None, tuple[tuple[Finding, Column], ...]]


class _Desk:
    """Makes entries of rows, and judges them one by one."""

    def __init__(self, book: Rulebook, on: date, locators: Locators, head: Head, everything: bool) -> None:
        self._book, self._on, self._everything = book, on, everything
        self._head, self._locators = head, locators
        self._rules: dict[tuple[str, str | None], DivisionRules] = {}
        self._resolved: dict[tuple[str | None, ...], _Resolved] = {}
        self._held = _Held()
        self._events = {
            name: event_id
            for event_id, event in book.events.items()
            for name in (plain(event.name or event_id), event_id)
        }

    def entries(self, rows: Sequence[Row]) -> list[_Entry]:
        """Rows with the same event, division, unit and team are one entry; in singles each row is one."""
        codes = _codes_of_names(rows)
        found: dict[tuple[str | None, str | None, str, str], _Entry] = {}
        entries: list[_Entry] = []
        for row in rows:
            event_id, division_id, findings = self._resolve(row)
            for finding, column in findings:
                self._add(row, finding, (column,))
            rules = self._rules_of(event_id, division_id) if event_id is not None else None
            name = plain(row.unit_name)
            unit = row.credit_code or codes.get(name) or name
            single = rules is None or rules.singles
            if not single and not (row.team == "" and rules is not None and _may_be_one(rules)):
                key = (event_id, division_id, unit, plain(row.team))
                entry = found.get(key)
                if entry is not None:
                    entry.rows.append(row)
                    entry.report.rows.append(row.report)
                    continue
            team = None if single else row.team or None
            shown = row.credit_code or codes.get(name) or row.unit_name or None
            report = EntryReport(event_id, division_id, shown, row.unit_name, team, [row.report])
            entry = _Entry(report, rules, [row], unit)
            entries.append(entry)
            if not single:
                found[event_id, division_id, unit, plain(row.team)] = entry
        return entries

    def _rules_of(self, event_id: str, division_id: str | None) -> DivisionRules:
        key = (event_id, division_id)
        if key not in self._rules:
            self._rules[key] = DivisionRules(self._book, event_id, division_id, self._on, self._locators)
        return self._rules[key]

    def _resolve(self, row: Row) -> _Resolved:
        """Ids of event and division, None where they cannot be told, and what there is to say of them."""
        key = (row.event, row.division, row.status, row.sex, row.former_retirement, row.minor)
        found = self._resolved.get(key)
        if found is None:
            found = self._resolved[key] = self._resolve_anew(row)
        return found

    def _resolve_anew(self, row: Row) -> _Resolved:
        event_id = self._events.get(plain(row.event))
        if not row.event and len(self._book.events) == 1:
            event_id = next(iter(self._book.events))
        if event_id is None:
            names = "、".join(event.name or key for key, event in self._book.events.items())
            if not row.event:
                return (
                    None,
                    None,
                    ((Finding("event", _EVIDENCE, "event", f"请填写赛项，可填：{names}。"), Column.EVENT),),
                )
            message = f"没有“{row.event}”这个赛项，可填：{names}。"
            return None, None, ((Finding("event", _REFUSED, "event", message), Column.EVENT),)
        event = self._book.events[event_id]
        if row.division:
            division_id = next(
                (
                    key
                    for key, division in event.divisions.items()
                    if plain(row.division) in (key, plain(division.name or key))
                ),
                None,
            )
            if division_id is None:
                names = "、".join(division.name or key for key, division in event.divisions.items())
                message = f"本赛项没有“{row.division}”这个组别，可填：{names}。"
                first = next(iter(event.divisions.values()))
                finding = division_finding(first, _REFUSED, "division", message)
                return event_id, None, ((finding, Column.DIVISION),)
            return event_id, division_id, self._belongs(row, event_id, division_id, Column.DIVISION)
        if len(event.divisions) == 1:
            division_id = next(iter(event.divisions))
            return event_id, division_id, self._belongs(row, event_id, division_id, Column.DIVISION)
        return self._fitting_division(row, event_id, event)

    def _belongs(self, row: Row, event_id: str, division_id: str, column: Column) -> tuple[tuple[Finding, Column], ...]:
        rules = self._rules_of(event_id, division_id)
        division = self._book.events[event_id].divisions[division_id]
        finding = in_division(rules.contestant(row), division, rules.facts)
        if finding.verdict is _OK and not self._everything:
            return ()
        shown = columns_of(finding, row)
        return ((finding, shown[0] if shown else column),)

    def _fitting_division(self, row: Row, event_id: str, event: Event) -> _Resolved:
        """An empty 组别: the one division whose `for` fits."""
        fitting: list[str] = []
        unknown: str | None = None
        for division_id, division in event.divisions.items():
            rules = self._rules_of(event_id, division_id)
            fit = belongs(rules.contestant(row), division.for_, rules.facts)
            if fit.holds:
                fitting.append(division_id)
            elif fit.holds is None:
                unknown = unknown or fit.fact
        if len(fitting) == 1 and unknown is None:
            return event_id, fitting[0], self._belongs(row, event_id, fitting[0], Column.DIVISION)
        names = "、".join(division.name or key for key, division in event.divisions.items())
        first = next(iter(event.divisions.values()))
        if fitting or unknown is not None:
            message = f"请填写组别（{names}）{f'或{named(unknown)}' if unknown else ''}，才能确定组别。"
            finding = division_finding(first, _EVIDENCE, unknown or "division", message)
        else:
            fact = next(iter(first.for_), "division")
            finding = division_finding(first, _REFUSED, fact, f"不属于本赛项的任何组别（{names}）。")
        shown = columns_of(finding, row)
        return event_id, None, ((finding, shown[0] if shown else Column.DIVISION),)

    def judge(self, entry: _Entry) -> None:
        """All findings of one entry, and what it holds from then on."""
        rules, held, everything = entry.rules, self._held, self._everything
        if rules is not None:
            for row in entry.rows:
                for judge in rules.judges:
                    finding = judge(row)
                    if finding is not None and (finding.verdict is not _OK or everything):
                        self._add(row, finding, columns_of(finding, row))
            single = len(entry.rows) == 1
            first = entry.rows[0]
            if not single or first.identity in held.people or everything:
                self._one_event(entry, rules)
            if not single or first.instructors or first.identity in held.instructing or everything:
                self._instructors(entry, rules)
            if not rules.singles:
                self._team(entry, rules)
        waits = self._quotas(entry, rules) if rules is not None and rules.division_id is not None else None
        entry.report.verdict = _worst(entry.report)
        if entry.report.verdict is _REFUSED:
            return
        for row in entry.rows:
            if row.identity is not None and rules is not None:
                held.people[row.identity] = (*held.people.get(row.identity, ()), (row, rules))
            for instructor in row.instructors:
                held.instructing[instructor].append((row, entry))
        for key, amount, event_id in waits or ():
            held.places[key] += amount
            if event_id is not None:
                held.events[key].add(event_id)

    def _one_event(self, entry: _Entry, rules: DivisionRules) -> None:
        here: dict[str, Row] = {}
        for row in entry.rows:
            if row.identity is None:
                continue
            held = self._held.people.get(row.identity)
            other = held[0][0] if held else here.get(row.identity)
            here.setdefault(row.identity, row)
            if other is None:
                if self._everything:
                    for term in rules.one_event:
                        if belongs(rules.contestant(row), term.for_, rules.facts).holds:
                            self._add(row, term.ok("other_events", "没有重复报名。"), (Column.IDENTITY,))
                continue
            for term in rules.one_event:
                finding = rules.twice(row, term)
                if finding is not None:
                    message = f"与第{other.report.number}行是同一人。{finding.message}"
                    self._add(row, replace(finding, message=message), (Column.IDENTITY,))

    def _instructors(self, entry: _Entry, rules: DivisionRules) -> None:
        """Contestants who instruct contestants: against what is held, and within the entry. The later row has it."""
        held = self._held
        own = [(row, rules) for row in entry.rows]
        for row in entry.rows:
            for term in rules.not_instructor:
                if row.identity is None:
                    continue
                clash: bool | None = False
                for listing, instructed in held.instructing.get(row.identity, ()):
                    found = self._clash(term, (row, rules), self._contestants(instructed))
                    if found is not False:
                        clash = found if clash is not True else True
                        self._instructor_finding(term, row, Column.IDENTITY, found, listing)
                if not clash and self._everything and belongs(rules.contestant(row), term.for_, rules.facts).holds:
                    self._add(row, term.ok("instructs", "未担任所限选手的指导教师。"), (Column.IDENTITY,))
            for instructor in row.instructors:
                for other, other_rules in held.people.get(instructor, ()):
                    for term in other_rules.not_instructor:
                        found = self._clash(term, (other, other_rules), own)
                        self._instructor_finding(term, row, Column.INSTRUCTOR_IDENTITY, found, other)
                for member in entry.rows:
                    if member.identity == instructor:
                        later, column = (
                            (member, Column.IDENTITY)
                            if member.report.number > row.report.number
                            else (row, Column.INSTRUCTOR_IDENTITY)
                        )
                        earlier = row if later is member else member
                        for term in rules.not_instructor:
                            found = self._clash(term, (member, rules), own)
                            self._instructor_finding(term, later, column, found, earlier)

    def _contestants(self, entry: _Entry) -> list[tuple[Row, DivisionRules]]:
        return [(row, entry.rules) for row in entry.rows if entry.rules is not None]

    def _clash(
        self,
        term: NotInstructorTerm,
        instructor: tuple[Row, DivisionRules],
        instructed: Sequence[tuple[Row, DivisionRules]],
    ) -> bool | None:
        """Whether any of the instructed is one whom this contestant may not instruct."""
        me = Competing(instructor[1].contestant(instructor[0]), instructor[1].facts)
        found: bool | None = False
        for row, rules in instructed:
            clash = instructor_clash(term, instructor=me, instructed=Competing(rules.contestant(row), rules.facts))
            if clash:
                return True
            found = None if clash is None else found
        return found

    def _instructor_finding(
        self, term: NotInstructorTerm, row: Row, column: Column, clash: bool | None, other: Row
    ) -> None:
        if clash is False:
            return
        where = f"与第{other.report.number}行冲突："
        if clash:
            finding = term.refused("instructs", where + INSTRUCTOR_CLASH)
        else:
            finding = term.evidence("instructs", where + "人员类别不明，无法确定能否由其指导，请补填。")
        self._add(row, finding, (column,))

    def _team(self, entry: _Entry, rules: DivisionRules) -> None:
        size = rules.entry.team_size
        most = None if size.high is None else size.high + (rules.entry.substitutes.high or 0)
        count = len(entry.rows)
        source = rules.entry.source_of("team_size")
        if (size.low is not None and count < size.low) or (most is not None and count > most):
            asked = f"{size}人" + (f"，可另有替补至多{rules.entry.substitutes.high}人" if most != size.high else "")
            self._add_own(entry, _finding("team_size", _REFUSED, "team", f"本队{count}人，应为{asked}。", source))
        elif self._everything:
            self._add_own(entry, _finding("team_size", _OK, "team", f"本队{count}人，符合。", source))
        statuses = {row.status for row in entry.rows if row.status is not None}
        if not rules.entry.mixed and len(statuses) > 1:
            message = f"同队选手的人员类别须一致，现有：{'、'.join(sorted(statuses))}。"
            source = rules.entry.source_of("mixed")
            self._add_own(entry, _finding("team_size", _REFUSED, "status", message, source))

    def _quotas(
        self, entry: _Entry, rules: DivisionRules
    ) -> list[tuple[tuple[str, tuple[str, ...], str], int, str | None]]:
        """The places that the entry takes, or none where one quota is full; its findings."""
        wanted: list[tuple[tuple[str, tuple[str, ...], str], int, str | None]] = []
        full = False
        facts: quotas.EntryFacts | None = None
        for quota_id, term in rules.quotas.items():
            if entry.unit and _plain_quota(term):
                scope = quotas.scope_of(term, rules.facts)
                key = (quota_id, scope, entry.unit)
                assert term.at_most is not None
                if self._held.places[key] < term.at_most and not self._everything:
                    wanted.append((key, 1, None))
                    continue
            facts = facts or self._entry_facts(entry, rules)
            size = None if rules.entry.team_size.high is None else min(rules.entry.team_size.high, len(entry.rows))
            claims, missing = quotas.claims({quota_id: term}, facts, size=size)
            for finding in missing:
                self._add_to_entry(entry, finding)
            for claim in claims:
                key = (claim.key.quota, claim.key.scope, claim.key.subject)
                if claim.event is not None and claim.event in self._held.events[key]:
                    continue
                beyond = quotas.beyond(claim, taken=self._held.places[key])
                if beyond is not None:
                    full = True
                    self._add_to_entry(entry, beyond)
                elif self._everything:
                    ok = quotas.quota_finding(
                        term, quota_id, _OK, quotas.SUBJECTS[term.per or ""] or None, "在名额以内。"
                    )
                    self._add_to_entry(entry, ok)
                wanted.append((key, claim.amount, claim.event))
        return [] if full else wanted

    def _entry_facts(self, entry: _Entry, rules: DivisionRules) -> quotas.EntryFacts:
        school = next((name for row in entry.rows if (name := split_school(row.school_text)[0])), None)
        return quotas.EntryFacts(
            event=rules.facts,
            members=tuple(rules.contestant(row) for row in entry.rows),
            unit=entry.unit,
            unit_names=tuple(dict.fromkeys(row.unit_name for row in entry.rows if row.unit_name)),
            school=plain(school) if school else "",
            persons=tuple(row.identity for row in entry.rows if row.identity is not None),
            instructors=tuple(number for row in entry.rows for number in row.instructors),
        )

    def _add(self, row: Row, finding: Finding, columns: tuple[Column, ...]) -> None:
        if finding.verdict is _EVIDENCE and not row.report.unreadable.isdisjoint(columns):
            return  # the cell has its finding already: it cannot be read
        add_finding(row.report, finding, self._head.cell(row.report.number, *columns))

    def _add_own(self, entry: _Entry, finding: Finding) -> None:
        first = entry.rows[0]
        cell = self._head.cell(first.report.number, *columns_of(finding, first))
        entry.report.findings.append((finding, cell))

    def _add_to_entry(self, entry: _Entry, finding: Finding) -> None:
        """In singles at the row, in teams at the entry."""
        if entry.single:
            self._add(entry.rows[0], finding, columns_of(finding, entry.rows[0]))
        else:
            self._add_own(entry, finding)


def _codes_of_names(rows: Sequence[Row]) -> Mapping[str, str]:
    """A name that stands beside a credit code in one row means that unit everywhere; of several codes the first."""
    codes: dict[str, str] = {}
    for row in rows:
        if row.credit_code and row.unit_name:
            codes.setdefault(plain(row.unit_name), row.credit_code)
    return codes


def _may_be_one(rules: DivisionRules) -> bool:
    """Teams of one or more: a row without a team's name is an entry of its own."""
    return (rules.entry.team_size.low or 1) <= 1


def _plain_quota(term: Quota) -> bool:
    """At most so many entries per unit, whoever they are: no need to ask the entry's facts."""
    return term.per == "参赛单位" and term.counts == "队" and not term.for_ and not term.named


def _finding(rule: str, verdict: Verdict, fact: str, message: str, source: Source) -> Finding:
    clauses = source.clauses
    return Finding(
        rule,
        verdict,
        fact,
        message,
        clauses[0] if clauses else None,
        None if clauses else source.assumed,
        None,
        clauses,
    )


def _worst(entry: EntryReport) -> Verdict:
    if len(entry.rows) == 1 and not entry.findings:
        return entry.rows[0].verdict
    verdicts = [row.verdict for row in entry.rows]
    verdicts.extend(finding.verdict for finding, _ in entry.findings)
    return max(verdicts, key=lambda verdict: verdict.severity)
