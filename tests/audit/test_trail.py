"""The trail: what was done is on record, in a chain that shows every alteration, in a table that refuses change."""

from __future__ import annotations

import copy
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from saiwu.accounts.actions import add_account, found
from saiwu.accounts.models import Account
from saiwu.audit import sealing, trail
from saiwu.audit.frame import Refused, action, record
from saiwu.audit.models import Head, Record, Seal
from saiwu.privacy import keys

AT = datetime(2025, 9, 1, 2, 0, tzinfo=UTC)


def chain(facts: list[dict[str, int]]) -> list[dict[str, object]]:
    previous, lines = trail.START, []
    for n, fact in enumerate(facts, start=1):
        line: dict[str, object] = {
            "n": n,
            "at": "2025-09-01T02:00:00.000000Z",
            "actor": "account:7",
            "role": "host",
            "verb": "entries.accept",
            "object": f"entry:{n}",
            "facts": fact,
            "previous": previous,
        }
        line["hash"] = previous = trail.hash_of(line)
        lines.append(line)
    return lines


@given(st.lists(st.dictionaries(st.text("abc", min_size=1), st.integers(-9, 9)), min_size=1, max_size=6), st.data())
def test_any_alteration_is_found_at_the_first_record_that_was_altered(facts, data):
    lines = chain(facts)
    assert trail.check(lines) == trail.Check(len(lines), lines[-1]["hash"])
    place = data.draw(st.integers(0, len(lines) - 1))
    key = data.draw(st.sampled_from(["at", "actor", "role", "verb", "object"]))
    altered = copy.deepcopy(lines)
    altered[place][key] = f"{altered[place][key]}x"
    assert trail.check(altered).broken_at == place + 1


def test_a_record_taken_out_put_in_or_moved_breaks_the_chain():
    lines = chain([{"a": n} for n in range(4)])
    assert trail.check([*lines[:1], *lines[2:]]).broken_at == 2
    assert trail.check([*lines[:2], lines[1], *lines[2:]]).broken_at == 3
    assert trail.check([lines[1], lines[0], *lines[2:]]).broken_at == 1


def test_only_a_head_held_elsewhere_shows_that_the_tail_was_cut_off():
    lines = chain([{"a": n} for n in range(4)])
    assert trail.check(lines[:2]).broken_at is None
    assert trail.check(lines[:2], head=str(lines[3]["hash"])).broken_at == 3


@pytest.mark.django_db
class TestStored:
    @pytest.fixture(autouse=True)
    def three_records(self):
        office = Account.objects.get(pk=found(login="office", name="组委会甲", at=AT))
        for login in ("a", "b"):
            add_account(login=login, name="测", by=office, at=AT)

    def test_records_are_numbered_in_batches_and_the_head_is_signed(self):
        assert sealing.unsealed() == 3
        assert sealing.seal(at=AT, sign=keys.sign) == 3
        assert [line["n"] for line in sealing.lines()] == [1, 2, 3]
        found_ = sealing.check()
        assert (found_.records, found_.broken_at) == (3, None)
        head = Head.objects.get()
        public = keys.current().signer().public_key()
        public.verify(bytes.fromhex(head.signature), sealing.head_message(head.n, head.hash))

    def test_nothing_new_to_seal_signs_no_second_head(self):
        sealing.seal(at=AT, sign=keys.sign)
        assert sealing.seal(at=AT, sign=keys.sign) == 0
        assert Head.objects.count() == 1

    @pytest.mark.parametrize("model", [Record, Seal, Head])
    def test_the_database_refuses_to_update_or_delete(self, model):
        sealing.seal(at=AT, sign=keys.sign)
        table, key = model._meta.db_table, model._meta.pk.column
        for statement in (f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        assert model.objects.exists()

    def test_who_owns_the_machine_and_drops_the_triggers_is_found_out(self):
        sealing.seal(at=AT, sign=keys.sign)
        drop_triggers("saiwu_record")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE saiwu_record SET actor = 'account:99' WHERE verb = 'accounts.add_account'")
        assert sealing.check().broken_at == 2

    def test_a_tail_that_was_cut_off_is_found_by_the_signed_head(self):
        sealing.seal(at=AT, sign=keys.sign)
        for table in ("saiwu_record", "saiwu_seal"):
            drop_triggers(table)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM saiwu_seal WHERE n = 3")
        assert sealing.check().broken_at == 3


def drop_triggers(table: str) -> None:
    postgres = connection.vendor == "postgresql"
    names = ("never_changed", "never_emptied") if postgres else ("never_updated", "never_deleted")
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TRIGGER {table}_{name}{f' ON {table}' if postgres else ''}")


@pytest.mark.django_db
class TestFrame:
    def test_a_verb_that_leaves_no_record_is_our_mistake_and_writes_nothing(self):
        @action
        def forgetful() -> None:
            Account.objects.create(login="x", name="x", created_at=AT)

        with pytest.raises(RuntimeError, match="left no audit record"):
            forgetful()
        assert not Account.objects.exists()

    def test_a_verb_never_calls_a_verb(self):
        @action
        def outer() -> None:
            found(login="office", name="组委会甲", at=AT)

        with pytest.raises(RuntimeError, match="called by another verb"):
            outer()

    def test_rows_are_recorded_inside_an_action_only(self):
        with pytest.raises(RuntimeError, match="inside an action"):
            record("entries.accept", "entry:1", by=Account(pk=1), at=AT)

    def test_a_crash_in_the_middle_leaves_nothing(self):
        @action
        def crashing() -> None:
            Account.objects.create(login="x", name="x", created_at=AT)
            raise OSError("disk full")

        with pytest.raises(OSError, match="disk full"):
            crashing()
        assert (Account.objects.count(), Record.objects.count()) == (0, 0)

    def test_a_broken_constraint_is_refused_in_the_users_words(self):
        office = Account.objects.get(pk=found(login="office", name="组委会甲", at=AT))
        add_account(login="a", name="测", by=office, at=AT)
        with pytest.raises(Refused) as refused:
            add_account(login="a", name="测", by=office, at=AT)
        assert (refused.value.rule, str(refused.value)) == ("one_account_a_login", "这个登录名已有人使用，请换一个。")
