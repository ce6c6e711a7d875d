"""What the conseil citoyen of the demonstration says, and the means it is given."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import current_app

from app.cli.demo import people
from app.cli.demo.diary import Diary
from app.cli.demo.drawings import draw
from app.cli.demo.town import Town, read
from app.database import db
from app.domain.councils import queries, services
from app.domain.councils.models import Interpellation, LineCategory, LineKind
from app.domain.councils.rules.voting import Vote
from app.domain.councils.services import InterpellationText, Letter, Movement
from app.domain.governance import queries as governance
from app.domain.governance.models import BodyKind, PaperKind, Seance
from app.domain.governance.services import ItemDraft, add_body_paper, add_item, attach_paper, propose_item
from app.domain.shared import clock


def plan(diary: Diary, town: Town) -> None:
    """An avis waits for its answer, an interpellation has left, drafts are written, the grant is spent in part."""
    facts = read("councils")["drafts"]
    diary.note(-70, _interpel, town, facts["answered"])
    diary.note(-30, _hear, town, facts["answered"])
    diary.note(-3, _draft, town, facts, hour=16)
    diary.note(-3, _propose, town, facts, hour=18)
    diary.note(-2, _show, town, facts, hour=11)
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


# --- What is written and not sent, or has come to its answer ---------------------------------------------------------


def _text(said: dict[str, Any], town: Town) -> InterpellationText:
    names = ("subject", "difficulty", "evidence", "wish")
    body = queries.body_in_its_space(town.council_id)
    return InterpellationText(**{name: said[name] for name in names}, quartier_id=body.quartiers[0].id)


def _adopted(town: Town, said: dict[str, Any]) -> Interpellation:
    body, actor = queries.body_in_its_space(town.council_id), town.staff("animateur")
    held = services.begin_interpellation(body=body, text=_text(said, town), actor=actor)
    db.session.flush()
    services.adopt_interpellation(interpellation=held, vote=_vote(), actor=actor)
    return held


def _interpel(town: Town, said: dict[str, Any]) -> None:
    services.send_interpellation(
        interpellation=_adopted(town, said), sent_on=clock.today(), words="Par lettre recommandée.",
        actor=town.staff("animateur"),
    )  # fmt: skip


def _hear(town: Town, said: dict[str, Any]) -> None:
    """The préfet acknowledged, then answered: the agent transcribes both letters."""
    body, actor, today = queries.body_in_its_space(town.council_id), town.staff("agente"), clock.today()
    sent = next(one for one in queries.interpellations_in_space(body) if one.subject == said["subject"])
    received = Letter(today - timedelta(days=20), said["received"], "PREF-2-118")
    services.acknowledge(interpellation=sent, letter=received, actor=actor)
    services.note_answer(interpellation=sent, letter=Letter(today, said["answer"], "PREF-2-164"), actor=actor)


def _draft(town: Town, facts: dict[str, Any]) -> None:
    """An avis is adopted and waits to be sent; so does an interpellation; another is still a draft."""
    body, actor = queries.body_in_its_space(town.council_id), town.staff("animateur")
    avis = services.begin_avis(
        body=body, subject=facts["adopted"], context="", items=facts["adopted_items"], actor=actor
    )
    db.session.flush()
    services.adopt_avis(avis=avis, vote=_vote(), actor=actor)
    _adopted(town, facts["ready"])
    services.begin_interpellation(body=body, text=_text(facts["draft"], town), actor=actor)


def _next(town: Town) -> Seance:
    """The séance the conseil prepares."""
    page = governance.seances_of(governance.body_by_id(town.council_id))
    title = town.facts["council"]["next_title"]
    return governance.seance_by_id(next(one.id for one in page.items if one.title == title))


def _propose(town: Town, facts: dict[str, Any]) -> None:
    """A member proposes a subject, which waits for those who lead; another subject has its plan."""
    seance, draft = _next(town), ItemDraft(facts["proposed"], words=facts["proposed_words"])
    propose_item(seance=seance, draft=draft, leads=False, actor=town.person(people.COUNCILLOR))


def _show(town: Town, facts: dict[str, Any]) -> None:
    """A plan with a subject of the next séance, a poster with the papers of the conseil."""
    actor, seance = town.staff("animateur"), _next(town)
    most = int(current_app.config["DOCUMENT_BYTES"])
    item = add_item(seance=seance, draft=ItemDraft(facts["paper"]), actor=actor)
    db.session.flush()
    attach_paper(
        item=item, seance=seance, title=facts["paper"], upload=draw("bench"), most_bytes=most, store=town.store,
        actor=actor,
    )  # fmt: skip
    add_body_paper(
        body=governance.body_by_id(town.council_id), kind=PaperKind.OTHER, title=facts["poster"], reference="",
        dated_on=clock.today(), words="", signatures=None, actor=town.staff("agente"), upload=draw("square"),
        most_bytes=most, store=town.store,
    )  # fmt: skip
