"""saiwu manage ...: Django's own management commands, for the engineer."""

from __future__ import annotations

from saiwu.cli.installation import set_up


def run(argv: list[str]) -> int:
    """Run a management command; exit 0, or as the command says."""
    set_up()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["saiwu manage", *(argv or ["help"])])
    return 0
