"""saiwu audit export | verify [FILE] [--head HASH]: the trail as lines of JSON, and whether anything in it was altered."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from saiwu.audit import trail
from saiwu.cli.arguments import Arguments
from saiwu.cli.installation import database_failed, say, set_up
from saiwu.rules.canonical import canonical


def run(argv: list[str]) -> int:
    """Exit 0 where the trail holds, 1 where it is broken, 2 where the file or the database cannot be read."""
    parser = Arguments(prog="saiwu audit", description="审计日志（saiwu-audit/1）。")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("export", help="先封存，再逐行输出到标准输出")
    verify = verbs.add_parser("verify", help="逐条验证；不给文件时验证本安装的数据库")
    verify.add_argument("file", nargs="?", type=Path, metavar="文件", help="导出的日志文件")
    verify.add_argument("--head", metavar="哈希", help="别处保存的链首哈希，可发现末尾被截去")
    options = parser.parse_args(argv)
    head = options.head.strip().lower() if options.verb == "verify" and options.head else None
    if options.verb == "export" or options.file is None:
        set_up()
        from django.db import DatabaseError

        try:
            return _export() if options.verb == "export" else _report(_stored(head))
        except DatabaseError as error:
            return database_failed(error)
    try:
        found = trail.check(_lines(options.file), head)
    except OSError as error:
        say(f"读不了 {options.file}：{error.strerror}。")
        return 2
    except UnicodeDecodeError:
        say(f"{options.file} 不是 UTF-8 文本。")
        return 2
    return _report(found)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Record by record; a line that is no JSON object breaks the chain at its place, as an empty record does."""
    with path.open(encoding="utf-8-sig") as file:
        for line in file:
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                record = {}
            yield record if isinstance(record, dict) else {}


def _report(found: trail.Check) -> int:
    print(f"记录 {found.records} 条")
    print(f"链首 {found.head}")
    if found.broken_at is None:
        return 0
    print(f"第 {found.broken_at} 条有误：{found.why}")
    return 1


def _stored(head: str | None) -> trail.Check:
    from saiwu.audit import sealing

    waiting = sealing.unsealed()
    if waiting:
        say(f"另有 {waiting} 条记录尚未编号封存（saiwu audit export 会先封存）。")
    return sealing.check(head)


def _export() -> int:
    from datetime import UTC, datetime

    from saiwu.audit import sealing
    from saiwu.privacy import keys

    sealing.seal(at=datetime.now(UTC), sign=keys.sign)
    for line in sealing.lines():
        sys.stdout.write(canonical(line).decode() + "\n")
    return 0
