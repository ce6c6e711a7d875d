"""What governance knows of a conseil citoyen; draws, avis and séances add what they know to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.database import db
from app.domain.governance.models import (
    Body,
    BodyKind,
    BodyPaper,
    BodyState,
    College,
    EndReason,
    Gender,
    Mandate,
    PaperKind,
    Recruitment,
    Seat,
    Standing,
)
from app.domain.governance.queries.seats import mandates_in_force, seats_on
from app.domain.governance.rules import CouncilFacts, numbers
from app.domain.shared import clock

STEERING = (BodyKind.COPIL, BodyKind.COTECH)


@dataclass(frozen=True)
class _Seated:
    """The titulars, the residents among them, and the seats."""

    titulars: list[Mandate]
    residents: list[Mandate]
    seats: list[Seat]


def facts_of_council(body: Body) -> CouncilFacts:
    """Everything governance knows of a body; what nobody recorded stays unknown. Needs the body's quartiers."""
    mandates = mandates_in_force(body)
    titulars = [one for one in mandates if one.standing is Standing.TITULAR]
    residents = [one for one in titulars if one.seat.seat_type.college.is_residents]
    seated = _Seated(titulars, residents, list(seats_on(body, clock.today())))
    alternates = {one.seat.seat_type.college_id for one in mandates if one.standing is Standing.ALTERNATE}
    return CouncilFacts(
        regime=body.regime,
        quartiers=len(body.quartiers) or None,
        all_have_codes=all(one.qpv_code for one in body.quartiers) if body.quartiers else None,
        colleges_with_alternates=len(alternates),
        host_is_clear=True if body.is_association or body.host_organisation_id else None,
        **_members(seated),
        **_papers(body),
        **_ended(body),
        **_steering(body),
        **_colleges(body),
        months_since_installed=_months(body),
        charter_months=numbers()["charter_months"],
        public_names_only=True,
    )


def _members(seated: _Seated) -> dict[str, Any]:
    titulars, residents = seated.titulars, seated.residents
    genders = [one.member.gender for one in residents]
    young = [one.member for one in titulars if (age := one.member.age_in(clock.today().year)) and age < 18]
    free = [one.member.declared_free for one in titulars]
    drawn = [seat for seat in seated.seats if seat.seat_type.recruitment is Recruitment.DRAW]
    held = {one.seat_id for one in titulars if one.source_kind.startswith("draw")}
    known = all(one.member.birth_year is not None for one in titulars)
    return {
        "members": len(titulars) or None,
        "residents": len(residents) if titulars else None,
        "women": genders.count(Gender.WOMAN) if residents else None,
        "men": genders.count(Gender.MAN) if residents else None,
        "undeclared": genders.count(Gender.UNDECLARED) if residents else None,
        "seats_to_draw": len(drawn) if drawn and held else None,
        "seats_drawn": sum(1 for seat in drawn if seat.id in held),
        "all_declared_free": False if False in free else True if free and None not in free else None,
        "minors": len(young) if titulars and known else None,
        "minors_authorised": sum(1 for member in young if member.guardian_agreed),
        "mandates": len(titulars) or None,
        "mandates_with_end": sum(1 for one in titulars if one.ends_on),
    }


def _papers(body: Body) -> dict[str, Any]:
    query = select(BodyPaper).where(BodyPaper.body_id == body.id, BodyPaper.withdrawn_at.is_(None))
    papers = {paper.kind: paper for paper in db.session.scalars(query.order_by(BodyPaper.id))}
    both = {PaperKind.MAYOR_OPINION, PaperKind.EPCI_OPINION} <= set(papers)
    charter = papers.get(PaperKind.CHARTER)
    return {
        "has_diagnostic": PaperKind.DIAGNOSTIC in papers or None,
        "has_charter": charter is not None,
        "charter_signatures": charter.signatures if charter else None,
        "has_prefect_order": PaperKind.PREFECT_ORDER in papers or None,
        "has_both_opinions": both or None,
        "contract_gives_means": PaperKind.CONTRACT_CLAUSE in papers or None,
        "duo_mission_letter": PaperKind.MISSION_LETTER in papers or None,
    }


def _ended(body: Body) -> dict[str, Any]:
    query = select(Mandate).join(Mandate.seat).where(Seat.body_id == body.id, Mandate.ended_on.is_not(None))
    ended = db.session.scalars(query).all()
    left = [one for one in ended if one.end_reason is EndReason.RESIGNED]
    excluded = [one for one in ended if one.end_reason is EndReason.EXCLUDED]
    return {
        "resignations": len(left),
        "resignations_written": sum(1 for one in left if one.end_words),
        "exclusions": len(excluded),
        "exclusions_by_procedure": sum(1 for one in excluded if one.end_words),
    }


def _steering(body: Body) -> dict[str, Any]:
    """The instances de pilotage of the contract, and those where somebody sits for this body."""
    alive = Body.state.in_([BodyState.ACTIVE, BodyState.PREPARATION])
    bodies = select(Body.id).where(Body.contract_id == body.contract_id, Body.kind.in_(STEERING), alive)
    found = set(db.session.scalars(bodies))
    voices = select(Seat.body_id).join(Seat.mandates)
    voices = voices.where(Mandate.represents_body_id == body.id, Mandate.ended_on.is_(None))
    return {
        "steering_bodies": len(found) or None,
        "steering_bodies_with_voice": len(found & set(db.session.scalars(voices))),
    }


def _colleges(body: Body) -> dict[str, Any]:
    query = select(College).where(College.body_id == body.id, College.closed_on.is_(None))
    colleges = db.session.scalars(query).all()
    residents = any(one.is_residents for one in colleges) if colleges else None
    return {"colleges": len(colleges) or None, "has_residents_college": residents}


def _months(body: Body) -> int | None:
    if body.created_on is None:
        return None
    today = clock.today()
    return (today.year - body.created_on.year) * 12 + today.month - body.created_on.month
