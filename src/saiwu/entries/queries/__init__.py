"""What doors may read of entries, a file a noun. A file not named here is imported by its own name."""

from saiwu.entries.queries.public import FINALISTS, SUBSTITUTE, Finalist, claimed, finalists, names_of

__all__ = ["FINALISTS", "SUBSTITUTE", "Finalist", "claimed", "finalists", "names_of"]
