"""The audit trail: append-only records, chained and sealed (saiwu-audit/1); and `@action`, the frame of every verb.

It speaks of everybody by keys (`entry:123`, `account:7`) and never by name or number: a record outlives an erased person.
"""
