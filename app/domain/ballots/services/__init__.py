"""What happens to a vote: it is prepared, cast, sealed, counted, read from a file and written to one."""

from app.domain.ballots.services.preparing import ProjectOnBallot, prepare_scrutin
from app.domain.ballots.services.voting import can_cast, cast, new_code

__all__ = ["ProjectOnBallot", "can_cast", "cast", "new_code", "prepare_scrutin"]
