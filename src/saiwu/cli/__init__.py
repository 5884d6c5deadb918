"""`saiwu ...`: one module a command, loaded by its name when it is called, so that the pure commands never wait for Django.

A command module has `run(argv) -> int` and one line of `SUMMARY`. Exit 0: in order; 1: read and judged, and not in
order; 2: cannot be read, or wrong use, with one Chinese message on stderr.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

COMMANDS = {
    "rulebook": "检查、说明、新建规则文件",
    "retirement": "按渐进式延迟退休办法计算法定退休年龄",
    "roster": "核验参赛信息汇总表",
    "results": "计算成绩、名次与奖次，验证成绩包",
    "draw": "可验证的抽签：承诺、抽签、验证",
    "audit": "导出、验证审计日志",
    "simulate": "用虚构人员把一场竞赛从头演练到尾",
    "run": "启动网站（--demo：先备好演示竞赛）",
    "migrate": "建立或升级数据库",
    "office": "设立组委会办公室的账号，或给一个账号重发设置密码的链接",
    "backup": "把整套安装（数据库、密钥、文件）备份成一个文件",
    "restore": "由备份文件恢复整套安装",
    "manage": "供工程师使用的 Django 管理命令",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns (and as a console script exits with) its exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace" if stream is sys.stderr else "strict")
    if not arguments or arguments[0] in ("-h", "--help"):
        print(_usage(), file=sys.stdout if arguments else sys.stderr)
        return 0 if arguments else 2
    command, rest = arguments[0], arguments[1:]
    if command not in COMMANDS:
        print(f"没有“{command}”这个命令，可用：{'、'.join(COMMANDS)}。", file=sys.stderr)
        return 2
    try:
        return int(import_module(f"saiwu.cli.{command}").run(rest))
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of a pipe left early (head, less): not our fault, and nothing to say. Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _usage() -> str:
    width = max(len(name) for name in COMMANDS)
    lines = [f"  {name:<{width}}  {what}" for name, what in COMMANDS.items()]
    return "\n".join(["用法：saiwu 命令 [参数]    （saiwu 命令 --help 看各命令的参数）", "", *lines])
