"""Marks and penalties under blind codes, appended and never changed; the lock after which nobody marks."""
