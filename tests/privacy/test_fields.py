"""Personal data at rest: encrypted where it stands, found without being read, never in what may reach a log."""

from __future__ import annotations

import pytest

from saiwu.privacy import chance, fields, keys


def test_a_sealed_value_opens_only_in_its_place():
    sealed = fields.seal("500190200405120017", "person:a:number")
    assert fields.unseal(sealed, "person:a:number") == "500190200405120017"
    with pytest.raises(ValueError, match="altered, or belongs to another"):
        fields.unseal(sealed, "person:b:number")


def test_the_same_value_is_sealed_differently_each_time_and_its_digest_is_the_same():
    assert fields.seal("x", "c") != fields.seal("x", "c")
    assert fields.digest("number", "x") == fields.digest("number", "x")
    assert fields.digest("number", "x") != fields.digest("phone", "x")


def test_an_altered_envelope_does_not_open():
    sealed = bytearray(fields.seal("x", "c"))
    sealed[-1] ^= 1
    with pytest.raises(ValueError, match="altered"):
        fields.unseal(bytes(sealed), "c")


def test_digests_of_another_installation_say_nothing_here():
    one = fields.digest("number", "x")
    with keys.using(keys.fresh()):
        assert fields.digest("number", "x") != one


def test_keys_have_no_repr_that_could_reach_a_log():
    made = keys.fresh()
    assert made.fields.hex() not in repr(made)


def test_keys_are_made_once_with_a_mode_that_only_the_owner_reads(tmp_path):
    keys.make_missing(tmp_path / "keys")
    before = {name: (tmp_path / "keys" / name).read_text() for name in keys.NAMES}
    keys.make_missing(tmp_path / "keys")
    assert {name: (tmp_path / "keys" / name).read_text() for name in keys.NAMES} == before
    assert {oct((tmp_path / "keys" / name).stat().st_mode & 0o777) for name in keys.NAMES} == {"0o600"}


def test_the_same_seed_gives_the_same_chance_and_life_does_not():
    def drawn() -> tuple[bytes, str, int]:
        return chance.token(40), chance.code(5), chance.below(1000)

    with chance.seeded("a"):
        first = drawn()
    with chance.seeded("a"):
        assert drawn() == first
    with chance.seeded("b"):
        assert drawn() != first
    assert chance.token(32) != chance.token(32)
