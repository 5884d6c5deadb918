"""Arguments of the commands, with argparse's complaints in Chinese and exit code 2."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

_CHINESE = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1。"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1。"),
    (r"argument ([^:]+): expected one argument", r"参数 \1 后面要写一个值。"),
    (r"argument ([^:]+): expected at least one argument", r"参数 \1 后面至少要写一个值。"),
    (r"argument ([^:]+): invalid choice: (.+) \(choose from (.+)\)", r"参数 \1 不接受 \2，允许：\3。"),
    (r"argument ([^:]+): not allowed with argument (.+)", r"参数 \1 不能与 \2 同时使用。"),
    (r"argument ([^:]+): invalid \S+ value: (.+)", r"参数 \1 的值 \2 不合规定。"),
    (r"ambiguous option: (.+) could match (.+)", r"参数 \1 不明确，可能是：\2。"),
)


class Arguments(argparse.ArgumentParser):
    """An ArgumentParser that speaks Chinese. An argument's `type` may raise ArgumentTypeError with a Chinese message."""

    def __init__(self, **options: object) -> None:
        options.setdefault("allow_abbrev", False)
        super().__init__(**options)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line on stderr and exit with 2."""
        for pattern, chinese in _CHINESE:
            if re.fullmatch(pattern, message, re.S):
                message = re.sub(pattern, chinese, message, flags=re.S)
                break
        else:
            message = re.sub(r"^argument ([^:]+): ", r"参数 \1：", message)
        print(f"{message}用法见 {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)
