"""The rules of one division as JSON, and what a verb still needs of the rulebook."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import saiwu
from saiwu.rules.rulebook import from_merged, load, merged_division, missing_for
from tests.rules.rulebook.small import book

N, F = "notice.yaml", "events/forklift.yaml"
NOTICES = Path(saiwu.__file__).parent / "notices"


def test_what_a_result_carries_is_text_with_its_sources_and_days():
    document = merged_division(book(), "叉车司机", "学生组")
    assert document["rules"]["certificates"] == {
        "$source": {"clauses": ["三"]},
        "on": "2026-05-10",
        "rows": [{
            "$order": ["passed", "rank", "prize", "gives"], "$source": {"clauses": ["三"]},
            "passed": ["技能操作"], "rank": "1-6", "prize": ["有"], "gives": "命题等级",
        }],
    }  # fmt: skip
    assert document["rules"]["dates"]["registration"]["to"] == "2026-04-20"
    assert (document["event"], document["division"]) == (
        {"id": "forklift", "name": "叉车司机"}, {"id": "student", "name": "学生组"},
    )  # fmt: skip
    assert list(document["text"]) == ["一", "二", "三", "四"]


@pytest.mark.parametrize("notice", sorted(path.name for path in NOTICES.iterdir() if (path / "notice.yaml").is_file()))
def test_the_rules_of_every_shipped_division_survive_sorted_json(notice):
    made = load(NOTICES / notice).book
    assert made is not None
    for event in made.events:
        for division in (None, *made.events[event].divisions):
            document = merged_division(made, event, division)
            text = json.dumps(document, ensure_ascii=False, sort_keys=True)
            back = from_merged(json.loads(text))
            source = made.events[event] if division is None else made.events[event].divisions[division]
            assert list(back.eligibility) == list(source.eligibility)
            assert {key: (rule.clauses, rule.assumed) for key, rule in back.eligibility.items()} == {
                key: (rule.clauses, rule.assumed) for key, rule in source.eligibility.items()
            }
            assert (back.components, back.ranking, back.penalties) == (
                source.components,
                source.ranking,
                source.penalties,
            )
            assert (back.awards, list(back.stages)) == (source.awards, list(source.stages))
            assert (back.id, back.name) == (source.id, source.name)


def test_the_age_for_a_certificate_is_counted_on_the_resolved_day():
    back = from_merged(json.loads(json.dumps(merged_division(book(), "forklift", "worker"), sort_keys=True)))
    assert (back.certificates.on, [row.clause for row in back.certificates.rows]) == (date(2026, 5, 10), ["三"])
    assert list(back.awards.prizes) == ["first", "second", "third", "merit"]


def test_what_is_no_merged_rulebook_is_refused():
    with pytest.raises(ValueError, match="not a merged rulebook"):
        from_merged({"rules": {"awards": 3}, "division": None, "event": {"id": "x"}})


READY = (N, "duties:", "registration: {documents: [报名表]}\nentry: {team_size: 1}\nduties:")


@pytest.mark.parametrize(("edits", "verb", "missing"), [
    ((), "publish", []),
    (((N, "organisers: [青石县总工会]", "organisers: 待定"),), "publish", ["organisation.organisers"]),
    (((N, "name: 青石县第二届职工技能比武", "name: 待定"),), "publish", ["name"]),
    ((READY,), "open_registration", []),
    ((), "open_registration", ["registration", "entry"]),
    ((READY, (N, "to: 决赛前20日", "to: 待定")), "open_registration", ["dates.registration.to"]),
    ((READY, (N, "minimum: 18", "minimum: 待定")), "open_registration", ["eligibility.age.minimum"]),
    ((READY, (N, "minimum: 18", "minimum: 18, on: 待定")), "open_registration", []),
    ((READY, (F, "clause: 一\n", "clause: 一\nquotas: 无\n")), "open_registration", []),
    ((), "final_list", []),
    (((F, "on: 2026-05-10", "on: 待定"),), "final_list", ["stages.final.on"]),
    ((), "mark", []),
    (((F, "clause: 一\n", "clause: 一\ncomponents: 待定\n"),), "mark", ["components"]),
    ((), "results", []),
    (((N, "cap: 30%", "cap: 待定"),), "results", ["awards.cap"]),
    (((N, "weight: 30%", "weight: 待定"),), "results", ["components.theory.weight"]),
    (((F, "clause: 一\n", "clause: 一\nawards: 无\ncertificates: 无\n"),), "results", []),
])  # fmt: skip
def test_a_verb_is_refused_what_it_needs_and_does_not_find(edits, verb, missing):
    assert missing_for(book(*edits), "forklift", "student", verb) == missing
