"""Ranks -> prizes, and who goes on to the next stage; the decisions that no rule may take itself."""

from saiwu.rules.awards.advance import Advancement, advance
from saiwu.rules.awards.borders import Borders, borders
from saiwu.rules.awards.giving import Possible, Prizes, award, no_prizes, prize_name

__all__ = [
    "Advancement",
    "Borders",
    "Possible",
    "Prizes",
    "advance",
    "award",
    "borders",
    "no_prizes",
    "prize_name",
]
