"""Marks in figures."""

from __future__ import annotations


def points(thousandths: int, decimals: int = 3) -> str:
    """93.050 for 93050 with three decimals; a mark that needs more decimals than asked for is shown with all three."""
    if thousandths % 10 ** (3 - decimals):
        decimals = 3
    whole, rest = divmod(thousandths, 1000)
    return f"{whole}.{rest:03d}"[: -(3 - decimals) or None].rstrip(".")
