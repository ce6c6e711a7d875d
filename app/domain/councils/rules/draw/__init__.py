"""The draw by lot: a rule and lists, a public order, a walk that never leads to a dead end, a record anyone replays.

`docs/tirage.md` tells the protocol; ``rule`` and ``pools`` read what an agent gives, ``feasible`` and ``conflicts``
say whether the quotas hold together, ``walk`` draws, ``replacement`` calls the next, ``record`` writes and verifies.
Nothing here knows a database, an hour or a random generator.
"""
