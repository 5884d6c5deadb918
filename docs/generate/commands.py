"""command-line.md: every command, from its own parser."""

from __future__ import annotations

import argparse
import inspect
from importlib import import_module

from docs.generate.page import page, table
from saiwu.cli import COMMANDS
from saiwu.cli.arguments import Arguments


def command_line() -> str:
    """All commands with their arguments and exit codes, as their parsers say."""
    rows = [(f"[`saiwu {name}`](#saiwu-{name})", what) for name, what in COMMANDS.items()]
    return page(
        "Command line",
        [
            "`saiwu COMMAND --help` says the same. Every command exits with 0: in order; 1: read and judged, and not in",
            "order; 2: cannot be read, or wrong use (one Chinese message on stderr). Results are on stdout, JSON alone",
            "where `--json` is given; progress and remarks are on stderr.",
        ],
        table(["command", "what it does"], rows),
        *(_command(name) for name in COMMANDS),
    )


class _Caught(Exception):  # noqa: N818 (no error: how a parser is fetched out of its command)
    def __init__(self, parser: Arguments) -> None:
        self.parser = parser


def _parser_of(command: str) -> Arguments | None:
    """The parser that a command makes for itself; None where it hands its arguments on."""

    def caught(self: Arguments, *_: object, **__: object) -> None:
        raise _Caught(self)

    module = import_module(f"saiwu.cli.{command}")
    if not hasattr(module, "Arguments"):
        return None
    original = Arguments.parse_args
    Arguments.parse_args = caught  # type: ignore[method-assign,assignment]
    try:
        module.run([])
    except _Caught as found:
        return found.parser
    finally:
        Arguments.parse_args = original  # type: ignore[method-assign]
    raise AssertionError(f"saiwu {command} asked nobody for its arguments")


def _command(name: str) -> list[str]:
    module = import_module(f"saiwu.cli.{name}")
    lines = [f"## saiwu {name}", "", f"{COMMANDS[name]}。", "", inspect.getdoc(module.run) or ""]
    parser = _parser_of(name)
    if parser is None:
        return lines
    subparsers = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not subparsers:
        return [*lines, "", *_usage(parser)]
    for action in subparsers:
        helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for verb, below in action.choices.items():
            lines += ["", f"### saiwu {name} {verb}", "", f"{helps.get(verb, '')}。", "", *_usage(below)]
    return lines


def _usage(parser: argparse.ArgumentParser) -> list[str]:
    actions = [action for action in parser._actions if not isinstance(action, argparse._HelpAction)]
    usage = " ".join((parser.prog, *(_bracketed(action) for action in actions)))
    rows = [(f"`{_called(action)}`", _meaning(action)) for action in actions]
    return ["```text", usage, "```", *(["", *table(["argument", "meaning"], rows)] if rows else [])]


def _called(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
    if not action.option_strings:
        return str(action.metavar or action.dest)
    return f"{action.option_strings[-1]} {value}".strip()


def _bracketed(action: argparse.Action) -> str:
    needed = action.required if action.option_strings else action.nargs not in ("?", "*")
    return _called(action) if needed else f"[{_called(action)}]"


def _meaning(action: argparse.Action) -> str:
    words = f"（{'、'.join(map(str, action.choices))}）" if action.choices else ""
    return f"{action.help or ''}{words}"
