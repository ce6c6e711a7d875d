"""What happens to a vote: it is prepared, cast, sealed, counted, read from a file and written to one."""

from app.domain.ballots.services.counting import count_imported, open_count, simulate
from app.domain.ballots.services.exchanging import export_pabulib, has_few_ballots, import_pabulib, may_publish_ballots
from app.domain.ballots.services.leaving import may_leave, may_move
from app.domain.ballots.services.preparing import ProjectOnBallot, prepare_scrutin
from app.domain.ballots.services.sealing import even_out_emargements, note_wiped, seal_everything_due
from app.domain.ballots.services.voting import already_voted, can_cast, cast, new_code

__all__ = [
    "ProjectOnBallot",
    "already_voted",
    "can_cast",
    "cast",
    "count_imported",
    "even_out_emargements",
    "export_pabulib",
    "has_few_ballots",
    "import_pabulib",
    "may_leave",
    "may_move",
    "may_publish_ballots",
    "new_code",
    "note_wiped",
    "open_count",
    "prepare_scrutin",
    "seal_everything_due",
    "simulate",
]
