"""`saiwu draw`: commit to a secret, draw, verify a transcript (format saiwu-draw/1)."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from saiwu.cli.arguments import Arguments
from saiwu.cli.os_errors import in_chinese
from saiwu.privacy import chance
from saiwu.rules import draws

SUMMARY = "可验证的抽签：承诺、抽签、验证"


def run(argv: list[str]) -> int:
    """Exit 0: done, or the transcript agrees; 1: it does not; 2: cannot be read, or wrong use."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.act(arguments))
    except (_CannotError, draws.NotADraw) as error:
        print(f"{error}。", file=sys.stderr)
        return 2


class _CannotError(Exception):
    """Something that cannot be read or written; the message is Chinese, without its full stop."""


def _parser() -> Arguments:
    parser = Arguments(prog="saiwu draw", description=SUMMARY)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="commit|make|verify")
    commit = verbs.add_parser("commit", help="写下新的秘密，打印其承诺")
    commit.add_argument(
        "--secret-file", required=True, type=Path, metavar="文件", help="秘密写在这里，已有的文件不会被覆盖"
    )
    commit.set_defaults(act=_commit)
    make = verbs.add_parser("make", help="由名单、秘密和公开输入抽签，打印抽签记录")
    make.add_argument("list", type=Path, metavar="名单", help="UTF-8 文字，一行一个编号")
    make.add_argument("--secret-file", required=True, type=Path, metavar="文件", help="commit 写下的秘密")
    make.add_argument("--public-input", required=True, metavar="文字", help="承诺公布之后才确定、人人可查的内容")
    make.add_argument("--purpose", default="", type=_line, metavar="文字", help="抽签的用途")
    make.add_argument("--stations", type=_stations, metavar="个数", help="每场的工位数")
    make.add_argument("--public-input-source", metavar="文字", help="公开输入的出处")
    make.add_argument(
        "--committed-at", type=_instant, metavar="时刻", help="公布承诺的时刻（2025-09-20T09:00:00+08:00）"
    )
    make.add_argument("--at", type=_instant, metavar="时刻", help="抽签的时刻")
    make.set_defaults(act=_make)
    verify = verbs.add_parser("verify", help="重算一份抽签记录")
    verify.add_argument("transcript", type=Path, metavar="记录", help="抽签记录（JSON）")
    verify.set_defaults(act=_verify)
    return parser


def _line(text: str) -> str:
    if "\n" in text:
        raise argparse.ArgumentTypeError("不能换行。")
    return text


def _stations(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,6}", text) and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}”不是 1 或以上的整数。")


def _instant(text: str) -> str:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise argparse.ArgumentTypeError(f"“{text}”不是带时区的时刻，如 2025-09-20T09:00:00+08:00。")
    return text


def _commit(arguments: Any) -> int:
    secret = chance.token(draws.SECRET_SIZE)
    path: Path = arguments.secret_file
    try:
        # O_EXCL: an existing file, a dangling link too, is never overwritten. fchmod, since umask may take more away.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise _CannotError(f"{path} 已存在，秘密文件不会被覆盖，请换一个文件名") from error
    except OSError as error:
        raise _CannotError(f"不能写 {path}（{in_chinese(error)}）") from error
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(f"{secret.hex()}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _CannotError(f"不能写 {path}（{in_chinese(error)}）") from error
    print(draws.commitment(secret))
    return 0


def _make(arguments: Any) -> int:
    transcript = draws.make(
        _codes(arguments.list),
        secret=_secret(arguments.secret_file),
        public_input=arguments.public_input,
        purpose=arguments.purpose,
        stations=arguments.stations,
        public_input_source=arguments.public_input_source,
        committed_at=arguments.committed_at,
        made_at=arguments.at,
    )
    print(json.dumps(transcript, ensure_ascii=False, indent=2))
    return 0


def _verify(arguments: Any) -> int:
    text = _read(arguments.transcript)
    try:
        transcript = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _CannotError(f"{arguments.transcript} 不是 JSON") from error
    differs = draws.verify(transcript)
    print("相符" if differs is None else differs)
    return 0 if differs is None else 1


def _codes(path: Path) -> list[str]:
    lines = (line.replace("\r", "") for line in _read(path).split("\n"))
    return [line for line in lines if line.strip()]


def _secret(path: Path) -> bytes:
    text = _read(path).strip()
    if re.fullmatch(r"[0-9a-fA-F]{64}", text) is None:
        raise _CannotError(f"{path} 里应是一行 64 位十六进制数字")
    return bytes.fromhex(text)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _CannotError(f"{path} 不是 UTF-8 文字") from error
    except OSError as error:
        raise _CannotError(f"不能读 {path}（{in_chinese(error)}）") from error
