"""Small pieces of an invented town, made one by one by the tests that need them."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

from app.database import db
from app.domain.accounts.models import AgeBracket, Link, Person, Role, RoleGrant, Scope
from app.domain.accounts.rules import pseudonym_key
from app.domain.processes.models import Degree, Phase, PhaseCode, Process, ProcessKind
from app.domain.shared import clock
from app.domain.territories.models import Contract, Quartier, Site, ThematicNode

_number = itertools.count(1)
# Not a hash of anything: people made here sign in through ``Web.sign_in``.
NO_PASSWORD = "!"


def make_site(**values: Any) -> Site:
    """The installation."""
    return _kept(Site(id=1, **{"name": "Agora de Valombre", "place": "Valombre", "phone": "04 00 00 00 00", **values}))


def make_contract(**values: Any) -> Contract:
    """A contrat de ville 2024–2030."""
    filled = {
        "name": f"Contrat de ville {next(_number)}",
        "starts_on": date(2024, 1, 1),
        "ends_on": date(2030, 12, 31),
        **values,
    }
    return _kept(Contract(**filled))


def make_quartier(contract: Contract | None = None, **values: Any) -> Quartier:
    """A quartier, in its contract."""
    contract = contract or make_contract()
    return _kept(
        Quartier(**{"contract_id": contract.id, "name": f"Quartier {next(_number)}", "commune": "Valombre", **values})
    )


def make_theme(contract: Contract, **values: Any) -> ThematicNode:
    """A node of the framework."""
    number = next(_number)
    return _kept(
        ThematicNode(
            **{
                "contract_id": contract.id,
                "code": f"T{number}",
                "level": "Priorité",
                "label": f"Thème {number}",
                **values,
            }
        )
    )


def make_bracket(min_age: int = 18, max_age: int | None = None) -> AgeBracket:
    """An age bracket, the same one when asked twice."""
    found = db.session.query(AgeBracket).filter_by(min_age=min_age).one_or_none()
    return found or _kept(AgeBracket(min_age=min_age, max_age=max_age))


def make_person(
    *roles: Role, quartier: Quartier | None = None, bracket: AgeBracket | None = None, **values: Any
) -> Person:
    """Somebody, with roles that hold everywhere since yesterday."""
    number = next(_number)
    pseudonym = values.pop("pseudonym", f"Personne {number}")
    filled = {
        "pseudonym": pseudonym,
        "pseudonym_key": pseudonym_key(pseudonym) + ("" if "Personne" not in pseudonym else str(number)),
        "email": f"personne{number}@exemple.test",
        "password_hash": NO_PASSWORD,
        "quartier_id": quartier.id if quartier else None,
        "link": Link.LIVES,
        "age_bracket_id": (bracket or make_bracket()).id,
        "created_at": clock.now(),
        **values,
    }
    if "age_bracket_id" not in values:
        # Held, as in a session: what a person says of themselves is read without asking the database again.
        filled["age_bracket"] = db.session.get(AgeBracket, filled.pop("age_bracket_id"))
    person = _kept(Person(**filled))
    for role in roles:
        grant_role(person, role)
    return person


def grant_role(person: Person, role: Role, scope: Scope = Scope.EVERYWHERE, scope_id: int | None = None) -> RoleGrant:
    """A role given yesterday, without end."""
    grant = RoleGrant(
        person_id=person.id, role=role, scope=scope, scope_id=scope_id,
        starts_on=clock.today() - timedelta(days=1), granted_at=clock.now(),
    )  # fmt: skip
    return _kept(grant)


def make_process(contract: Contract | None = None, open_phase: PhaseCode | None = None, **values: Any) -> Process:
    """A published démarche; ``open_phase`` is running since a day and for a month."""
    contract = contract or make_contract()
    filled = {
        "kind": ProcessKind.BUDGET_PARTICIPATIF,
        "contract_id": contract.id,
        "title": f"Budget participatif {next(_number)}",
        "object": "Choisir ensemble des projets pour le quartier.",
        "degree": Degree.CODECISION,
        "created_at": clock.now(),
        "published_at": clock.now(),
        **values,
    }
    process = _kept(Process(**filled))
    if open_phase is not None:
        make_phase(process, open_phase)
    return process


def make_phase(process: Process, code: PhaseCode, starts_in: int = -1, days: int = 30) -> Phase:
    """A phase of the calendar, ``starts_in`` days from now."""
    start = clock.now() + timedelta(days=starts_in)
    return _kept(Phase(process_id=process.id, code=code, starts_at=start, ends_at=start + timedelta(days=days)))


def _kept(thing: Any) -> Any:
    db.session.add(thing)
    db.session.flush()
    return thing
