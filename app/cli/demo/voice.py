"""What the conseil citoyen of the demonstration says, and the means it is given."""

from __future__ import annotations

from datetime import timedelta

from app.cli.demo.diary import Diary
from app.cli.demo.town import Town
from app.domain.councils import queries, services
from app.domain.councils.models import LineCategory, LineKind
from app.domain.councils.rules.voting import Vote
from app.domain.councils.services import InterpellationText, Movement
from app.domain.governance.models import BodyKind
from app.domain.shared import clock


def plan(diary: Diary, town: Town) -> None:
    """An avis waits for its answer, an interpellation has left, a draft is written, the grant is spent in part."""
    diary.note(-5, _say, town, hour=15)
    diary.note(-5, _give, town, hour=16)


def _vote() -> Vote:
    return Vote(9, 1, 2, clock.today(), "12 membres présents, 10 nécessaires", "Un membre préfère attendre le bilan.")


def _say(town: Town) -> None:
    facts, actor = town.facts["council"], town.staff("animateur")
    body = queries.body_in_its_space(town.council_id)
    for subject, items in facts["avis"].items():
        services.begin_avis(body=body, subject=subject, context=facts["avis_context"], items=items, actor=actor)
    copil = next(one for one in queries.addressable_bodies(body) if one.kind is BodyKind.COPIL)
    first = next(iter(facts["avis"]))
    sent = next(one for one in queries.avis_in_space(body) if one.subject == first)
    services.adopt_avis(avis=sent, vote=_vote(), actor=actor)
    services.send_avis(avis=sent, addressed=copil, actor=actor)
    text = InterpellationText(**facts["interpellation"], quartier_id=body.quartiers[0].id)
    referral = services.begin_interpellation(body=body, text=text, actor=actor)
    services.adopt_interpellation(interpellation=referral, vote=_vote(), actor=actor)
    services.send_interpellation(
        interpellation=referral, sent_on=clock.today(), words="Par lettre recommandée.", actor=actor
    )


def _give(town: Town) -> None:
    """Demonstration values: 2 000 € and 50 € a seat, 3 000 € granted."""
    actor, body, today = town.staff("agente"), queries.body_in_its_space(town.council_id), clock.today()
    services.set_envelope(
        contract=body.contract, year=today.year, cents=40_000_00, base_cents=2_000_00, per_seat_cents=50_00, actor=actor
    )
    grant = services.grant(body=body, year=today.year, cents=3_000_00, decided_by="délibération", actor=actor)
    day = today - timedelta(days=1)
    lines = (
        Movement(LineKind.RECEIVED, None, "Premier versement", 1_500_00, day),
        Movement(LineKind.SPENDING, LineCategory.MEETINGS, "Goûter de la réunion publique", 84_50, day),
    )
    for line in lines:
        services.write_line(grant=grant, movement=line, actor=actor)
