"""What old candidacies said is erased after the time the site keeps it; that somebody asked stays counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.database import db
from app.domain.councils import queries, services
from app.domain.councils.models import Candidacy, CandidacyChannel, CandidacyState, CandidacyStep
from app.domain.councils.services import Application
from app.domain.governance.models import EndReason, Gender
from app.domain.governance.queries import mandate_by_id
from app.domain.governance.services import close, end_mandate
from app.domain.shared import clock
from tests.support.town import make_person, make_site
from tests.support.town_draws import make_candidacy, make_installing

pytestmark = pytest.mark.usefixtures("in_app")
KEPT = 30


@pytest.fixture
def installing(in_app):
    make_site(candidacy_kept_days=KEPT)
    return make_installing()


def entered(installing):
    told = Application(
        "Noé", "Ravel", "Pour le square.", "noe@exemple.fr", "06", Gender.MAN, 1984,
        installing.body.quartiers[0].id, "Les Jardins", "président",
    )  # fmt: skip
    return services.enter_candidacy(
        body=installing.body, seat_type=installing.volunteers, application=told, channel=CandidacyChannel.LETTER,
        actor=installing.council.agent,
    )  # fmt: skip


def forgotten_after(days):
    with clock.shifted(timedelta(days=days)):
        return services.forget_candidacies(kept_days=KEPT)


def said_in(candidacy):
    """Every personal column that still says something, and who it is tied to."""
    names = [column.name for column in Candidacy.__table__.columns if column.info.get("personal")]
    names += ["organisation_name", "quality", "reason", "quartier_id", "person_id"]
    held = {name: getattr(candidacy, name) for name in names}
    return {name: value for name, value in held.items() if value not in ("", None, Gender.UNDECLARED)}


def test_a_candidacy_that_was_declined_is_erased_after_the_delay_and_still_counted(installing):
    candidacy, agent = entered(installing), installing.council.agent
    services.decline_candidacy(candidacy=candidacy, reason="Le garage est loin.", actor=agent)
    assert forgotten_after(KEPT - 1) == 0
    assert candidacy.full_name == "Noé Ravel"
    assert forgotten_after(KEPT) == 1
    db.session.expire_all()
    kept = queries.candidacy_by_id(candidacy.id)
    assert said_in(kept) == {}
    assert (kept.state, kept.seat_type_id) == (CandidacyState.DECLINED, installing.volunteers.id)
    assert [step.state for step in kept.steps] == [CandidacyState.SUBMITTED, CandidacyState.DECLINED]
    assert {step.by_id for step in kept.steps} == {None}
    assert "effacé" in kept.full_name
    assert queries.candidacies_of(installing.body).total == 1
    assert forgotten_after(KEPT + 1) == 0


def test_those_withdrawn_or_refused_are_erased_and_those_under_way_are_not(installing):
    agent = installing.council.agent
    withdrawn = make_candidacy(installing)
    services.withdraw_candidacy(candidacy=withdrawn, actor=installing.council.resident)
    refused, waiting = entered(installing), entered(installing)
    services.accept_candidacy(candidacy=refused, actor=agent)
    services.invite(candidacy=refused, actor=agent)
    services.refuse_seat(candidacy=refused, channel=CandidacyChannel.PHONE, actor=agent)
    assert queries.has_candidacies(installing.council.resident)
    assert forgotten_after(1000) == 2
    db.session.expire_all()
    assert not queries.has_candidacies(installing.council.resident)
    assert queries.candidacies_by(installing.council.resident).total == 0
    erased = select(Candidacy.id).where(Candidacy.erased_at.is_not(None)).order_by(Candidacy.id)
    assert db.session.scalars(erased).all() == [withdrawn.id, refused.id]
    assert waiting.full_name == "Noé Ravel"


def test_whoever_sits_is_forgotten_only_after_their_mandate(installing):
    candidacy, agent = entered(installing), installing.council.agent
    services.accept_candidacy(candidacy=candidacy, actor=agent)
    services.invite(candidacy=candidacy, actor=agent)
    mandate = services.take_seat(candidacy=candidacy, channel=CandidacyChannel.PHONE, actor=agent)
    assert forgotten_after(500) == 0
    with clock.shifted(timedelta(days=500)):
        end_mandate(mandate=mandate_by_id(mandate.id), reason=EndReason.TERM, words="", on=clock.today(), actor=agent)
    assert forgotten_after(500 + KEPT - 1) == 0
    assert forgotten_after(500 + KEPT) == 1
    db.session.expire_all()
    assert queries.candidacy_by_id(candidacy.id).mandate_id == mandate.id


def test_a_candidacy_left_in_a_body_that_ended_is_forgotten(installing):
    candidacy = entered(installing)
    close(body=installing.body, actor=installing.council.agent)
    db.session.flush()
    assert forgotten_after(KEPT - 1) == 0
    assert forgotten_after(KEPT) == 1
    db.session.expire_all()
    assert said_in(queries.candidacy_by_id(candidacy.id)) == {}


def test_nobody_else_takes_the_place_of_who_did_a_step(installing):
    make_candidacy(installing)
    other = make_person()
    steps = CandidacyStep.__table__
    for by in (other.id, None):
        if by is None:
            db.session.execute(steps.update().values(by_id=None))
            continue
        with pytest.raises(Exception, match="append-only"), db.session.begin_nested():
            db.session.execute(steps.update().values(by_id=by))
    assert db.session.scalar(select(func.count()).select_from(steps).where(steps.c.by_id.is_(None))) == 1


def test_closing_one_s_account_withdraws_and_erases_what_one_asked(installing):
    resident = installing.council.resident
    declined = make_candidacy(installing)
    services.decline_candidacy(candidacy=declined, reason="Une autre fois.", actor=installing.council.agent)
    waiting, other = make_candidacy(installing), entered(installing)
    services.leave(person=resident, actor=resident)
    db.session.expire_all()
    assert [said_in(queries.candidacy_by_id(one.id)) for one in (declined, waiting)] == [{}, {}]
    assert queries.candidacy_by_id(waiting.id).state is CandidacyState.WITHDRAWN
    assert queries.candidacy_by_id(other.id).full_name == "Noé Ravel"
    assert not queries.has_candidacies(resident)
