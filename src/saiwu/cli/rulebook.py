"""`saiwu rulebook`: check a notice's folder, explain it, start a new one, and the language as JSON Schema."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import saiwu
from saiwu.cli.arguments import Arguments
from saiwu.rules import cases
from saiwu.rules.rulebook import Loaded, NoRulebook, load
from saiwu.rules.rulebook.explain import explain
from saiwu.rules.rulebook.load import UNREADABLE, readable
from saiwu.rules.rulebook.new import new_files
from saiwu.rules.rulebook.schema import json_schema

SUMMARY = "检查、说明、新建规则文件"


def run(argv: list[str]) -> int:
    """Exit 0: in order; 1: faults were found; 2: cannot be read, or wrong use."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.act(arguments))
    except (_CannotError, NoRulebook) as error:
        print(f"{error}。", file=sys.stderr)
    except OSError as error:
        print(f"不能读写 {error.filename}（{error.strerror}）。", file=sys.stderr)
    return 2


class _CannotError(Exception):
    """Wrong use; the message is Chinese, without its full stop."""


def _parser() -> Arguments:
    parser = Arguments(prog="saiwu rulebook", description=SUMMARY)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="check|schema|explain|new")
    check = verbs.add_parser("check", help="检查一份规则文件，一行一个错误")
    check.add_argument("path", metavar="文件夹", help="规则文件夹，或随附通知的名称")
    check.set_defaults(act=lambda arguments: _check(arguments.path))
    schema = verbs.add_parser("schema", help="打印规则语言的 JSON Schema，供编辑器使用")
    schema.set_defaults(act=lambda arguments: _schema())
    page = verbs.add_parser("explain", help="打印一页看得懂的说明，每个值带依据")
    page.add_argument("path", metavar="文件夹", help="规则文件夹，或随附通知的名称")
    page.add_argument("--event", metavar="赛项", help="只看一个赛项，写 id 或名称")
    page.add_argument("--division", metavar="组别", help="只看一个组别，写 id 或名称")
    page.set_defaults(act=lambda arguments: _explain(arguments.path, arguments.event, arguments.division))
    new = verbs.add_parser("new", help="在空文件夹里写下一份带注释的开头")
    new.add_argument("dir", type=Path, metavar="文件夹")
    new.set_defaults(act=lambda arguments: _new(arguments.dir))
    return parser


def folder_of(path: str) -> Path:
    """A folder, or the one of a notice that ships, by its slug."""
    folder = Path(path)
    shipped = Path(saiwu.__file__).parent / "notices" / path
    if not folder.is_dir() and re.fullmatch(r"[a-z][a-z0-9_-]*", path) and shipped.is_dir():
        return shipped
    return folder


def _check(path: str) -> int:
    loaded = load(folder_of(path))
    examples = _examples(loaded)
    told = (*sorted((*loaded.faults, *examples.errors)), *examples.failing)
    for fault in told:
        print(fault)
    for remark in (*loaded.remarks, *examples.waiting):
        print(remark, file=sys.stderr)
    print(_verdict(loaded, len(told)), file=sys.stderr)
    return 1 if told else 0


def _examples(loaded: Loaded) -> cases.Examined:
    """The notice's own examples; a file that is not there has none, one that cannot be read is told of already."""
    text = loaded.files.get(cases.FILE, UNREADABLE)
    return cases.examine(loaded.book, "" if text == UNREADABLE else text)


def _verdict(loaded: Loaded, faults: int) -> str:
    pending = f"，待定 {len(loaded.remarks)} 处" if loaded.remarks else ""
    return f"{f'{faults} 处有误' if faults else '没有错误'}{pending}。"


def _schema() -> int:
    print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return 0


def _explain(path: str, event: str | None, division: str | None) -> int:
    loaded = load(folder_of(path))
    if loaded.book is None:
        for fault in loaded.faults:
            print(fault, file=sys.stderr)
        print("规则文件有误，先按以上各行修改。", file=sys.stderr)
        return 1
    if division is not None and event is None:
        raise _CannotError("--division 须与 --event 同用")
    try:
        print(explain(loaded.book, event, division), end="")
    except KeyError as error:
        known = "、".join(one.name or one.id for one in loaded.book.events.values())
        raise _CannotError(f"没有“{error.args[0]}”这个赛项或组别，赛项有：{known}") from error
    return 0


def _new(folder: Path) -> int:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise _CannotError(f"{folder} 不是空文件夹，没有写入")
    for name, text in new_files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shown = readable(str(folder))
    print(f"已写入 {shown}，下一步：改 text.yaml 与 notice.yaml，再运行 saiwu rulebook check {shown}")
    return 0
