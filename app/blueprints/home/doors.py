"""The doors of the resident's home: only what is open now, and only for those it is open to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from app.domain.accounts.models import Person
from app.domain.ballots import queries as ballots
from app.domain.governance.queries import next_public_seance
from app.domain.processes.models import PhaseCode, Process
from app.domain.processes.queries import processes_accepting_ideas
from app.domain.processes.rules import Eligibility, can_take_part
from app.web.i18n import moment, time_left


@dataclass(frozen=True)
class Door:
    """A way in: where it leads, what it says, and how long it stays open."""

    href: str
    title: str
    text: str
    icon: str
    count: str | None = None


def doors(person: Person | None, quartier_id: int | None, voted: Sequence[int] = ()) -> list[Door]:
    """What is open now in a quartier (or everywhere), for this person, or for anybody who would sign in.

    ``voted`` names the votes the person has taken part in: their door is closed.
    """
    return [*_ideas(person, quartier_id), *_votes(person, quartier_id, voted), *_seances(quartier_id)]


def _ideas(person: Person | None, quartier_id: int | None) -> list[Door]:
    """One door whatever the number of calls: the form asks which one. It says the call that ends first."""
    calls = [call for call in processes_accepting_ideas() if _is_for(call, person, quartier_id)]
    if not calls:
        return []
    phase = calls[0].phase(PhaseCode.CALL)
    title = _("Donner une idée")
    return [Door(url_for("ideas.submit"), title, calls[0].title, "bulb", time_left(phase.ends_at if phase else None))]


def _is_for(call: Process, person: Person | None, quartier_id: int | None) -> bool:
    if quartier_id is not None and call.quartiers and quartier_id not in {quartier.id for quartier in call.quartiers}:
        return False
    return person is None or call.proposers is None or _may(Eligibility.from_facts(call.proposers), person)


def _votes(person: Person | None, quartier_id: int | None, voted: Sequence[int]) -> list[Door]:
    found = []
    for scrutin in ballots.open_scrutins():
        called = scrutin.eligibility.quartier_ids
        elsewhere = quartier_id is not None and bool(called) and quartier_id not in called
        if elsewhere or scrutin.id in voted or (person is not None and not _may(scrutin.eligibility, person)):
            continue
        endpoint = "ballots.show" if person is None else "ballots.booth"
        href = url_for(endpoint, scrutin_id=scrutin.id)
        found.append(Door(href, _("Voter"), scrutin.title, "ballot", time_left(scrutin.closes_at)))
    return found


def _seances(quartier_id: int | None) -> list[Door]:
    seance = next_public_seance(quartier_id)
    if seance is None:
        return []
    href = url_for("governance.seance", seance_id=seance.id)
    place = seance.place or _("Le lieu sera bientôt choisi")
    return [Door(href, _("Venir"), f"{seance.title} – {place}", "people", moment(seance.starts_at))]


def _may(eligibility: Eligibility, person: Person) -> bool:
    return bool(can_take_part(eligibility, person))
