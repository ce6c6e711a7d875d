"""Bodies are created, changed, put to sleep, merged and closed."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance.models import Body, BodyKind
from app.domain.shared import journal
from app.domain.shared.refusals import Refusal
from app.domain.territories.models import Quartier


def create_body(*, contract_id: int, kind: BodyKind, name: str, quartiers: Iterable[Quartier], actor: Person) -> Body:
    """Creates an instance of a contract. Refusal ``taken`` on ``name`` when the contract has one of that name."""
    body = Body(contract_id=contract_id, kind=kind, name=name, quartiers=list(quartiers))
    try:
        with db.session.begin_nested():
            db.session.add(body)
    except IntegrityError:
        sentence = _l("Ce contrat a déjà une instance de ce nom. Choisissez-en un autre.")
        raise Refusal(sentence, field="name", code="taken") from None
    journal.record("created", body, actor=actor, kind=kind.value)
    return body
