"""`saiwu draw`: secrets that are written once, lists as people keep them, transcripts that verify."""

from __future__ import annotations

import hashlib
import json
import stat

import pytest

from saiwu.cli.draw import run


@pytest.fixture
def secret(tmp_path):
    """A secret file as `commit` writes it."""
    path = tmp_path / "secret"
    assert run(["commit", "--secret-file", str(path)]) == 0
    return path


def test_commit_writes_a_secret_of_its_owner_and_prints_the_commitment(tmp_path, capsys):
    secret = tmp_path / "secret"
    assert run(["commit", "--secret-file", str(secret)]) == 0
    text = secret.read_text()
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert (len(text), text[-1]) == (65, "\n")
    assert capsys.readouterr().out == hashlib.sha256(bytes.fromhex(text)).hexdigest() + "\n"


def test_two_secrets_differ(tmp_path, secret):
    assert run(["commit", "--secret-file", str(tmp_path / "other")]) == 0
    assert (tmp_path / "other").read_text() != secret.read_text()


def test_an_existing_file_is_never_overwritten(tmp_path, secret, capsys):
    before = secret.read_text()
    capsys.readouterr()
    assert run(["commit", "--secret-file", str(secret)]) == 2
    assert capsys.readouterr() == ("", f"{secret} 已存在，秘密文件不会被覆盖，请换一个文件名。\n")
    assert secret.read_text() == before
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert run(["commit", "--secret-file", str(tmp_path / "link")]) == 2
    assert not (tmp_path / "nowhere").exists()


def make(tmp_path, secret, content: bytes, *options: str) -> int:
    (tmp_path / "list").write_bytes(content)
    return run(
        ["make", str(tmp_path / "list"), "--secret-file", str(secret), "--public-input", "三个号码 7 12 30", *options]
    )


def test_make_reads_lists_as_people_save_them(tmp_path, secret, capsys):
    capsys.readouterr()
    assert make(tmp_path, secret, "\ufeffE1\r\n\r\nE2\r\n选手3".encode()) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["list"] == ["E1", "E2", "选手3"]
    assert {key: made[key] for key in ("purpose", "committed_at", "public_input_source", "made_at", "stations")} == {
        "purpose": "",
        "committed_at": None,
        "public_input_source": None,
        "made_at": None,
        "stations": None,
    }
    assert sorted(made["order"][0]) == ["code", "key", "position"]


def test_make_says_what_it_is_told(tmp_path, secret, capsys):
    capsys.readouterr()
    at = "2026-05-01T08:00:00+08:00"
    told = ["--purpose", "工位", "--stations", "2", "--public-input-source", "官网", "--committed-at", at, "--at", at]
    assert make(tmp_path, secret, b"E1\nE2\nE3\n", *told) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["purpose"], made["public_input_source"], made["committed_at"], made["made_at"]) == (
        "工位",
        "官网",
        at,
        at,
    )
    assert [(row["session"], row["station"]) for row in made["order"]] == [(1, 1), (1, 2), (2, 1)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"E1\nE2\nE1\n", "编号“E1”重复。\n"),
        (b"\n\r\n", "名单是空的。\n"),
        ("选手".encode("gbk"), "{list} 不是 UTF-8 文字。\n"),
    ],
)
def test_a_list_that_cannot_be_drawn(tmp_path, secret, capsys, content, message):
    capsys.readouterr()
    assert make(tmp_path, secret, content) == 2
    assert capsys.readouterr() == ("", message.format(list=tmp_path / "list"))


@pytest.mark.parametrize(
    "option",
    [["--stations", "0"], ["--stations", "x"], ["--at", "昨天"], ["--at", "2026-05-01"], ["--purpose", "a\nb"]],
)
def test_wrong_use_is_told_in_chinese(tmp_path, secret, capsys, option):
    capsys.readouterr()
    with pytest.raises(SystemExit) as left:
        make(tmp_path, secret, b"E1\n", *option)
    out, err = capsys.readouterr()
    assert (left.value.code, out) == (2, "")
    assert err.startswith(f"参数 {option[0]}：")


def test_a_secret_that_is_none_is_refused(tmp_path, capsys):
    (tmp_path / "secret").write_text("00ff\n")
    assert make(tmp_path, tmp_path / "secret", b"E1\n") == 2
    assert capsys.readouterr().err == f"{tmp_path / 'secret'} 里应是一行 64 位十六进制数字。\n"
    assert make(tmp_path, tmp_path / "nothing", b"E1\n") == 2


def test_verify_agrees_or_names_what_differs(tmp_path, secret, capsys):
    make(tmp_path, secret, b"E1\nE2\nE3\n")
    text = capsys.readouterr().out
    path = tmp_path / "draw.json"
    path.write_text(text, encoding="utf-8")
    assert run(["verify", str(path)]) == 0
    assert capsys.readouterr().out == "相符\n"
    path.write_text(text.replace("三个号码 7 12 30", "三个号码 7 12 31"), encoding="utf-8")
    assert run(["verify", str(path)]) == 1
    assert capsys.readouterr().out.startswith("order 第 1 位 ")


@pytest.mark.parametrize(("content", "code"), [(b"not json", 2), (b"\xff\xfe", 2), (b"[]", 1), (b"{}", 1)])
def test_verify_of_what_is_no_transcript(tmp_path, capsys, content, code):
    (tmp_path / "draw.json").write_bytes(content)
    assert run(["verify", str(tmp_path / "draw.json")]) == code
    out, err = capsys.readouterr()
    assert bool(out) is (code == 1)
    assert bool(err) is (code == 2)
