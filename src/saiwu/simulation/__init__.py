"""Invents people, units and marks, and plays a whole competition through the verbs that the pages use.

Nothing here belongs to one notice: sizes, dates, facts and troubles are worked out from the rulebook. Chance is a seeded
`random.Random` (what is invented) beside the seeded source of `privacy.chance` (codes, keys, secrets); time is what the
rulebook plans. So the same seed gives the same bytes.

Words of this room: a *story* is what happens to one entry or event, as a generator that yields the instant at which it
goes on; the *agenda* lets all stories go on in the order of time; a *trouble* is what goes wrong on purpose and is counted.
"""
