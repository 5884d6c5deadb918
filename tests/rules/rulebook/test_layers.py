# ruff: noqa: E501  (lines of Chinese, compared whole)
"""Three layers, one rule (§3), and where each value comes from (§4)."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from saiwu.rules.rulebook import load_files
from saiwu.rules.rulebook.faults import Faults, Place
from saiwu.rules.rulebook.layers import lay
from saiwu.rules.rulebook.shapes import CHAPTERS, Ids
from saiwu.rules.rulebook.terms import Source
from saiwu.rules.rulebook.values import NONE, Range
from saiwu.rules.rulebook.yaml import Node
from tests.rules.rulebook.small import CRANE, FILES, book, faults

N, F = "notice.yaml", "events/forklift.yaml"


def test_the_notice_holds_for_all_and_the_event_lays_its_own_over_it():
    made = book((F, "clause: 一\n", "clause: 一\nquotas: {unit: {at_most: 3}}\n"))
    at_most = {
        event.id: division.quotas["unit"].at_most
        for event in made.events.values()
        for division in event.divisions.values()
    }
    assert at_most == {"crane": 2, "forklift": 3}


def test_the_division_is_laid_over_its_event():
    own = "clause: 一\nquotas: {unit: {at_most: 3}}\ndivisions: {worker: {quotas: {unit: {at_most: 4}}}}\n"
    event = book((F, "clause: 一\n", own)).event("叉车司机")
    assert [(division.name, division.quotas["unit"].at_most) for division in event.divisions.values()] == [
        ("学生组", 3),
        ("职工组", 4),
    ]


def test_none_takes_a_rule_away_for_one_division_only():
    event = book((F, "clause: 一\n", "clause: 一\ndivisions: {worker: {eligibility: {age: 无}}}\n")).event("forklift")
    assert [list(division.eligibility) for division in event.divisions.values()] == [["place", "age"], ["place"]]


def test_a_list_is_replaced_whole():
    event = book((F, "clause: 一\n", "clause: 一\nranking: {tie_break: [理论知识]}\n")).event("forklift")
    assert event.ranking.tie_break == ("理论知识",)


def test_no_prizes_for_one_event():
    event = book((F, "clause: 一\n", "clause: 一\nawards: 无\ncertificates: 无\n")).event("forklift")
    assert (event.awards, event.is_none("awards"), event.divisions["student"].is_none("awards")) == (None, True, True)


def test_name_order_and_what_is_of_the_notice_are_not_inherited():
    event = book((F, "clause: 一\n", "clause: 一\norder: 1\n")).event("forklift")
    assert (event.name, event.order, event.divisions["student"].name) == ("叉车司机", 1, "学生组")


def test_events_stand_by_order_else_by_id():
    assert list(book().events) == ["crane", "forklift"]
    assert list(book((F, "clause: 一\n", "clause: 一\norder: 9\n")).events) == ["forklift", "crane"]


def test_order_is_that_of_writing_unless_a_layer_names_all():
    new_first = "clause: 一\nawards: {prizes: {special: {name: 特等奖, size: 1}, first: 2}}\n"
    assert list(book((F, "clause: 一\n", new_first)).event("forklift").awards.prizes) == [
        "first",
        "second",
        "third",
        "merit",
        "special",
    ]
    all_named = "clause: 一\nawards: {prizes: {special: {name: 特等奖, size: 1}, first: 2, second: 2, third: 2, merit: 至上限}}\n"
    assert list(book((F, "clause: 一\n", all_named)).event("forklift").awards.prizes) == [
        "special",
        "first",
        "second",
        "third",
        "merit",
    ]


def test_final_is_the_last_stage_and_exists_even_if_nobody_writes_it():
    stages = book((F, "{final:", "{selection: {on: 2026-05-02}, final:")).event("forklift").stages
    assert [stage.name for stage in stages.values()] == ["选拔赛", "决赛"]
    early = book(
        (F, "{final: {on: 2026-05-10}}", "{final: {}, selection: {on: 2026-05-02}}"), (N, "决赛前20日", "2026-04-01")
    )
    assert list(early.event("forklift").stages) == ["selection", "final"]
    assert list(
        book((F, "stages: {final: {on: 2026-05-10}}\n", ""), (N, "决赛前20日", "2026-04-01")).event("forklift").stages
    ) == ["final"]


def test_a_nearer_day_takes_the_place_of_a_farther_span_and_the_other_way_round():
    window = (N, "dates:\n", "stages: {final: {from: 2026-05-01, to: 2026-05-31}}\ndates:\n")
    final = book(window).event("forklift").stages["final"]
    assert (final.on, final.from_, final.to) == (date(2026, 5, 10), None, None)
    one_day = (N, "dates:\n", "stages: {final: {on: 2026-05-31}}\ndates:\n")
    final = (
        book(one_day, (F, "{on: 2026-05-10}", "{from: 2026-05-10, to: 2026-05-11}")).event("forklift").stages["final"]
    )
    assert (final.on, final.from_, final.to) == (None, date(2026, 5, 10), date(2026, 5, 11))


def test_an_event_that_does_not_divide():
    event = book((F, "clause: 一\n", "clause: 一\ndivisions: {student: 无, worker: 无, open: {}}\n")).event("forklift")
    assert [(key, division.name, division.for_) for key, division in event.divisions.items()] == [
        ("open", "不设组别", {})
    ]


def test_a_kind_said_by_the_notice_need_not_be_said_again():
    notice = (N, "  place:", "  licence: {rule: facts, must_be: {role: [选手]}, clause: 二}\n  place:")
    event = book(notice, (F, "clause: 一\n", "clause: 一\neligibility: {licence: {must_be: {role: [队长]}}}\n")).event(
        "forklift"
    )
    assert event.eligibility["licence"].must_be == {"role": ("队长",)}


def test_a_nearer_layer_that_changes_a_kind_must_not_inherit_what_the_new_kind_lacks():
    notice = (N, "  place:", "  licence: {rule: facts, must_be: {role: [选手]}, clause: 二}\n  place:")
    assert faults(
        notice, (F, "clause: 一\n", "clause: 一\neligibility: {licence: {rule: proof, proof: [操作证]}}\n")
    ) == [
        "events/forklift.yaml:3: eligibility.licence.rule: 种类 proof 没有更远的层写的 must_be，"
        "允许：assumed binding clause for note proof rule waived_by；或另起一个 id"
    ]


def test_the_same_id_may_be_of_two_kinds_in_two_events():
    own = "clause: 一\neligibility: {licence: {rule: proof, proof: [操作证]}}\n"
    other = CRANE + "eligibility: {licence: {rule: facts, must_be: {role: [选手]}}}\n"
    made = book((F, "clause: 一\n", own), events__crane_yaml=other)
    assert [made.events[event].eligibility["licence"].rule for event in ("crane", "forklift")] == ["facts", "proof"]


def test_a_farther_layer_may_leave_needed_keys_to_the_nearer():
    quota = (N, "{per: 参赛单位, at_most: 2, clause: 二}", "{at_most: 2, clause: 二}")
    own = "clause: 一\nquotas: {unit: {per: 区县}}\n"
    assert faults(quota, (F, "clause: 一\n", own), events__crane_yaml=CRANE + "quotas: {unit: {per: 院校}}\n") == []
    assert faults(quota, (F, "clause: 一\n", own)) == [
        "notice.yaml:17: quotas.unit.per: 缺少，允许：参赛单位、院校、区县、代表队、选手、指导教师、赛项"
    ]


STANDING = {
    "../standing/text.yaml": "一: 常设规定：参赛者须满十六周岁。\n九: 同分者并列。\n",
    "../standing/notice.yaml": (
        "language: 1\nversion: 1\nname: 常设规定\norganisation: {organisers: [某市]}\nclause: 一\n"
        "eligibility: {age: {minimum: 16, maximum: 60}}\nranking: {decimals: 2, clause: 九}\n"
    ),
}


def test_standing_regulations_lie_underneath_with_their_own_sentences():
    texts = dict(FILES) | STANDING
    texts[N] = texts[N].replace("version: 1\n", "version: 1\nover: ../standing\n")
    result = load_files("qingshi-2026", texts)
    assert result.faults == ()
    made = result.book
    age = made.event("forklift").divisions["student"].eligibility["age"]
    assert (age.minimum, age.maximum, age.clause) == (18, 60, "二")
    maximum = age.source_of("maximum")
    assert (maximum, made.sentence(maximum.clauses[0])) == (Source(("standing:一",)), "常设规定：参赛者须满十六周岁。")
    ranking = made.event("forklift").ranking
    assert (ranking.decimals, ranking.source_of("decimals"), made.sentence("九")) == (
        2,
        Source(("九",)),
        "同分者并列。",
    )


def test_an_over_that_leads_nowhere_or_round_is_a_fault():
    edit = (N, "version: 1\n", "version: 1\nover: ../standing\n")
    assert faults(edit) == ["notice.yaml:3: over: 没有“../standing/notice.yaml”，允许：另一规则文件夹的相对路径"]
    round_ = {name: text.replace("version: 1\n", "version: 1\nover: ../standing\n") for name, text in STANDING.items()}
    assert faults(edit, **round_)[0].split("，")[0] == "../standing/notice.yaml:3: over: over 绕成了圈或过深"


# ---- sources


def test_the_nearest_source_counts_and_per_key_beats_whole():
    own = "eligibility:\n  assumed: 按惯例\n  age: {minimum: 18, maximum: 60, retirement: 达龄当日, clause: {minimum: 二}, assumed: {maximum: 未写}}\n"
    made = book((N, "eligibility:\n", own), (N, "  age: {minimum: 18, clause: 二}\n", ""))
    age = made.event("crane").divisions["worker"].eligibility["age"]
    assert [age.source_of(key) for key in ("minimum", "maximum", "retirement")] == [
        Source(("二",)), Source((), "未写"), Source((), "按惯例"),
    ]  # fmt: skip


def test_a_rule_cites_the_nearest_clause_and_where_that_layer_only_assumes_the_farther():
    cites = book((F, "clause: 一\n", "clause: 一\neligibility: {age: {minimum: 20, clause: 三}}\n")).event("forklift")
    assert cites.divisions["student"].eligibility["age"].clause == "三"
    assumes = book((F, "clause: 一\n", "clause: 一\neligibility: {age: {minimum: 20, assumed: 本赛项如此}}\n")).event(
        "forklift"
    )
    age = assumes.divisions["student"].eligibility["age"]
    assert (age.clause, age.assumed, age.source_of("minimum")) == ("二", None, Source((), "本赛项如此"))


def test_a_rule_that_is_assumed_everywhere_says_so():
    made = book((N, "age: {minimum: 18, clause: 二}", "age: {minimum: 18, assumed: 未写年龄}"))
    age = made.event("crane").divisions["student"].eligibility["age"]
    assert (age.clause, age.assumed) == (None, "未写年龄")


def test_a_rule_with_sources_per_key_only_cites_its_first_clause():
    per_key = "age: {minimum: 18, maximum: 60, clause: {minimum: 二}, assumed: {maximum: 未写}}"
    made = book(
        (N, "clause: 一\ndivisions", "assumed: 通例\ndivisions"), (N, "age: {minimum: 18, clause: 二}", per_key)
    )
    age = made.event("crane").divisions["student"].eligibility["age"]
    assert (age.clause, age.source_of("maximum")) == ("二", Source((), "未写"))


def test_of_several_clauses_the_first_is_cited_and_all_are_shown():
    made = book((N, "age: {minimum: 18, clause: 二}", "age: {minimum: 18, clause: [二, 五]}"))
    age = made.event("crane").divisions["student"].eligibility["age"]
    assert (age.clause, age.clauses) == ("二", ("二", "五"))


def test_pending_and_none_are_told_apart_from_silence():
    entry = "clause: 一\nentry: {team_size: 2, instructors: 无, leaders: 待定}\n"
    made = book((F, "clause: 一\n", entry)).event("forklift").entry
    assert (made.team_size, made.instructors, made.leaders, made.is_none("instructors"), made.is_pending("leaders")) == (
        Range(2, 2), Range(0, 0), Range(0, 1), True, True,
    )  # fmt: skip


# ---- the merge itself is RFC 7396

TREES: Any = st.recursive(
    st.sampled_from(["1", "2", NONE]) | st.lists(st.sampled_from(["1", "2"]), max_size=2),
    lambda inner: st.dictionaries(st.sampled_from("abcd"), inner, max_size=4),
    max_leaves=12,
)
ANY_DEPTH = Ids(CHAPTERS)
object.__setattr__(ANY_DEPTH, "item", ANY_DEPTH)


def node(value: Any, key: str = "") -> Node:
    if isinstance(value, dict):
        return Node(Place("a.yaml", 1, key), {word: node(below, word) for word, below in value.items()})
    if isinstance(value, list):
        return Node(Place("a.yaml", 1, key), [node(item, key) for item in value])
    return Node(Place("a.yaml", 1, key), value)


def plain(tree: Node) -> Any:
    if tree.is_mapping:
        return {key: plain(value) for key, value in tree.entries.items()}
    return tree.text if tree.text is not None else [plain(item) for item in tree.items]


def merge_patch(target: Any, patch: Any) -> Any:
    """RFC 7396, section 2, with 无 for null."""
    if not isinstance(patch, dict):
        return patch
    result = deepcopy(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value == NONE:
            result.pop(key, None)
        else:
            result[key] = merge_patch(result.get(key), value)
    return result


@given(st.dictionaries(st.sampled_from("abcd"), TREES), st.dictionaries(st.sampled_from("abcd"), TREES))
def test_layers_are_laid_as_by_json_merge_patch(far, near):
    base = merge_patch({}, far)
    assert plain(lay(node(near), node(base), ANY_DEPTH, Faults())) == merge_patch(base, near)


@given(st.dictionaries(st.sampled_from("abcd"), TREES))
def test_laying_the_same_twice_changes_nothing(tree):
    once = lay(node(tree), None, ANY_DEPTH, Faults())
    assert plain(lay(node(merge_patch({}, tree)), once, ANY_DEPTH, Faults())) == plain(once)
