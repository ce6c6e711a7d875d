"""Reading and writing elections as Pabulib files (``.pb``), the exchange format of participatory budgets.

Read: approval, choose-1 and cumulative ballots, counted by the rules greedy, greedy-threshold (skip) and
greedy-no-skip (stop). Written: the same, plus what the format has no word for, in its free ``comment``: the number of
blank ballots (Pabulib knows none) and our whole rules, so that a file of ours replays alone.
Source: https://pabulib.org/format and domain/votes-tirage-questionnaires.md §2.
"""

from app.domain.ballots.rules.pabulib.election import About, Election
from app.domain.ballots.rules.pabulib.lines import Limits
from app.domain.ballots.rules.pabulib.reader import Reading, open_pabulib, read_pabulib
from app.domain.ballots.rules.pabulib.writer import write_pabulib

__all__ = ["About", "Election", "Limits", "Reading", "open_pabulib", "read_pabulib", "write_pabulib"]
