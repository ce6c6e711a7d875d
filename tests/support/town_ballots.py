"""Votes of the invented town, made by the tests that need them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from app.domain.accounts.models import Person
from app.domain.ballots import services
from app.domain.ballots.models import Scrutin
from app.domain.ballots.rules.terms import BallotForm, BallotType, CountingRules, Overflow, Score
from app.domain.ballots.services import ProjectOnBallot
from app.domain.processes.rules import Eligibility
from app.domain.shared import clock
from tests.support.town import make_person

POINTS = BallotForm(BallotType.POINTS, points_total=7, points_max=3, blank_allowed=True)
UP_TO_TWO = BallotForm(BallotType.UP_TO, choices_min=1, choices_max=2, blank_allowed=True)
EXACTLY_TWO = BallotForm(BallotType.EXACTLY, choices_min=2, choices_max=2)


def project(ref: str, title: str, euros: int, quartier: str = "", **values: Any) -> ProjectOnBallot:
    """A project to put to the vote."""
    summary = values.pop("summary", f"En une phrase : {title.lower()}.")
    filled = {"sub_envelope": None, "pictogram": "espaces-verts", "picture_id": None, **values}
    return ProjectOnBallot(ref=ref, title=title, summary=summary, cost_cents=euros * 100, quartier=quartier, **filled)


PROJECTS = (
    project("12", "Bancs à l’ombre", 8_000, "Les Genêts"),
    project("31", "Jeux pour les petits", 40_000, "La Roseraie", pictogram="jeunesse"),
    project("7", "Jardin partagé", 25_000, "Bellevue-Moulins"),
    project("44", "Atelier vélo", 15_000, "Les Genêts", pictogram="mobilite"),
)


def make_rules(form: BallotForm = POINTS, euros: int = 60_000, **values: Any) -> CountingRules:
    """Rules of a small town: 60 000 €, skip."""
    score = Score.POINTS if form.type is BallotType.POINTS else Score.VOTES
    return CountingRules(**{
        "envelope_cents": euros * 100, "form": form, "score": score, "overflow": Overflow.SKIP, **values,
    })  # fmt: skip


def make_scrutin(form: BallotForm = POINTS, **values: Any) -> Scrutin:
    """A vote open since yesterday and for a week."""
    now = clock.now()
    filled = {
        "process_id": None,
        "contract_id": None,
        "title": "Vote du budget participatif",
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=7),
        "rules": make_rules(form),
        "eligibility": Eligibility(),
        "projects": PROJECTS,
        "openers_needed": 2,
        "minimum_batch": 10,
        "actor": None,
        **values,
    }
    return services.prepare_scrutin(**filled)


def cast_all(scrutin: Scrutin, votes: Sequence[dict[str, int]], voters: Sequence[Person] = ()) -> None:
    """These ballots, each cast by a person (a new one unless given)."""
    for number, choices in enumerate(votes):
        voter = voters[number] if voters else make_person()
        services.cast(scrutin=scrutin, choices=choices, actor=voter)
