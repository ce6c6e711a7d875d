"""The age brackets people choose from."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.database import db
from app.domain.accounts import queries, rules
from app.domain.accounts.models import AgeBracket, Person
from app.domain.shared import journal
from app.domain.shared.refusals import Refusal, require


def set_brackets(*, starts: Sequence[int], actor: Person | None) -> None:
    """Replaces the brackets by those that begin at these ages (in years, the last without end).

    A bracket somebody has chosen keeps its bounds: changing them would make people say what they have not said
    (refusal ``used``). Other refusal: ``brackets``.
    """
    wanted = rules.brackets_from(starts)
    require(rules.brackets_hold(wanted))
    held = {(bracket.min_age, bracket.max_age): bracket for bracket in queries.age_brackets_for_update()}
    try:
        with db.session.begin_nested():
            for bounds, bracket in held.items():
                if bounds not in wanted:
                    db.session.delete(bracket)
            # The old ones go first: two brackets cannot begin at the same age.
            db.session.flush()
            db.session.add_all(AgeBracket(min_age=low, max_age=high) for low, high in wanted if (low, high) not in held)
            db.session.flush()
    except IntegrityError:
        raise Refusal(
            _l(
                "Une tranche que des personnes ont choisie ne peut plus changer : gardez ses deux bornes. "
                "Les autres restent libres."
            ),
            field="starts",
            code="used",
        ) from None
    journal.record("set_brackets", AgeBracket.__tablename__, actor=actor, starts=list(starts))
