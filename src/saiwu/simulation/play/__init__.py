"""The play itself, a module a phase: every step is a verb of the rooms, done by whom it is due to."""
