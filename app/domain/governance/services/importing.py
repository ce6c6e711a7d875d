"""The conseils citoyens of a file become bodies with their colleges, their kinds of seats and their seats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.governance import queries, rules
from app.domain.governance.models import Body, BodyKind
from app.domain.governance.services.bodies import create_body
from app.domain.governance.services.rulebooks import write_composition
from app.domain.governance.services.seats import open_seats
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal
from app.domain.shared.words import fold
from app.domain.territories.models import Contract, Quartier
from app.domain.territories.queries import quartiers

Walk = Callable[[Sequence[rules.CouncilLine]], Iterable[rules.CouncilLine]]


@dataclass(frozen=True)
class Imported:
    """What the conseils of a file hold once imported; ``created`` are those that were not there."""

    councils: int
    seats: int
    residents: int
    others: int
    created: int


def import_councils(*, contract: Contract, lines: Sequence[rules.CouncilLine], walk: Walk = iter) -> Imported:
    """Creates the conseils a contract does not have yet. Those it has, with the same seats, are left as they are.

    Refusal ``differs`` (with its line) when a conseil of that name has other seats. A quartier is recognised by its
    name in the contract; without one, the name stays in the perimeter and no QPV code is invented.
    """
    known = {fold(quartier.name): quartier for quartier in quartiers(contract.id)}
    created = 0
    for line in walk(lines):
        body = queries.body_named(contract.id, name_of(line))
        if body is None:
            _create(contract, line, known.get(fold(line.name)))
            created += 1
        elif not _holds(body, line):
            sentence = _l("« %(name)s » existe déjà avec d’autres sièges : changez-les sur sa page.", name=body.name)
            raise Refusal(sentence, code="differs")
    residents = sum(line.residents for line in lines)
    total = sum(line.total for line in lines)
    return Imported(len(lines), total, residents, total - residents, created)


def begin_contract() -> Contract:
    """The contract of a new installation, to be named and dated by an agent: conseils belong to a contract."""
    name, years = rules.contract_to_complete()
    today = clock.today()
    contract = Contract(name=name, starts_on=today, ends_on=date(today.year + years, 12, 31))
    db.session.add(contract)
    journal.record("created", contract, actor=None)
    return contract


def name_of(line: rules.CouncilLine) -> str:
    """What a conseil of the file is called."""
    return f"Conseil citoyen {line.name}"


def _create(contract: Contract, line: rules.CouncilLine, quartier: Quartier | None) -> None:
    preset = rules.presets()["conseil_citoyen"]
    body = create_body(
        contract_id=contract.id, kind=BodyKind.CONSEIL_CITOYEN, name=name_of(line),
        quartiers=[quartier] if quartier else [], actor=None, preset=preset,
    )  # fmt: skip
    body.perimeter = str(
        _l("%(name)s, %(population)s habitants selon le fichier importé", name=line.name, population=line.population)
    )
    rule = rules.rule_of_line(line)
    source = str(_l("Fichier des conseils citoyens importé le %(day)s", day=clock.day_in_words(clock.today())))
    if rule != preset.composition:
        write_composition(body=body, rule=rule, in_force_on=clock.today(), source=source, actor=None)
    open_seats(body=body, rule=rule, total=line.total, quartiers={}, populations={}, actor=None)


def _holds(body: Body, line: rules.CouncilLine) -> bool:
    """Whether a body has the seats of a line: those of residents, and the others."""
    counts = Counter(seat.seat_type.college.is_residents for seat in queries.open_seats(body))
    return counts[True] == line.residents and counts[False] == line.actors
