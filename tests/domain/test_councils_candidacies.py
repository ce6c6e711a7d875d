"""Somebody asks to sit: decided with a reason, invited when a seat is free, seated by a mandate."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from app.database import db
from app.domain.accounts.models import Notice
from app.domain.councils import queries, services
from app.domain.councils.models import CandidacyChannel, CandidacyState, CandidacyStep
from app.domain.councils.rules import candidacies as rules
from app.domain.councils.services import Application
from app.domain.governance.models import Mandate, Member, Recruitment, Standing
from app.domain.shared import clock
from app.domain.shared.refusals import Refusal
from tests.support.town_draws import make_candidacy, make_installing

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def installing(in_app):
    return make_installing(mandate_months=36)


def refused(act, **values):
    with pytest.raises(Refusal) as caught:
        act(**values)
    return caught.value.code


def test_a_resident_asks_is_retained_invited_and_sits(installing):
    candidacy = make_candidacy(installing, gender=rules_gender("WOMAN"), birth_year=1984)
    agent, resident = installing.council.agent, installing.council.resident
    services.accept_candidacy(candidacy=candidacy, actor=agent)
    services.invite(candidacy=candidacy, actor=installing.council.animator)
    mandate = services.take_seat(candidacy=candidacy, channel=CandidacyChannel.ONLINE, actor=resident)
    db.session.flush()
    member = db.session.get(Member, mandate.member_id)
    assert (mandate.standing, mandate.recruitment) == (Standing.TITULAR, Recruitment.VOLUNTEER)
    assert (mandate.source_kind, mandate.source_id) == ("candidacies", str(candidacy.id))
    assert mandate.ends_on == rules.planned_end(clock.today(), 36)
    assert (member.person_id, member.public_name, member.birth_year) == (resident.id, "Aminata S.", 1984)
    steps = db.session.scalars(select(CandidacyStep).order_by(CandidacyStep.id)).all()
    assert [step.state.value for step in steps] == ["submitted", "accepted", "invited", "seated"]
    told = db.session.scalars(select(Notice.subject).where(Notice.person_id == resident.id)).all()
    assert told == ["Votre candidature est retenue", "Un siège vous est proposé"]


def rules_gender(name):
    return next(one for one in Member.__table__.c.gender.type.enum_class if one.name == name)


def test_one_not_retained_reads_why_and_may_ask_again(installing):
    candidacy, agent = make_candidacy(installing), installing.council.agent
    assert refused(services.decline_candidacy, candidacy=candidacy, reason="  ", actor=agent) == "reason"
    services.decline_candidacy(candidacy=candidacy, reason="Ce siège est déjà promis à une voisine.", actor=agent)
    assert "déjà promis" in db.session.scalar(select(Notice.body))
    assert refused(services.accept_candidacy, candidacy=candidacy, actor=agent) == "state"
    assert make_candidacy(installing).state is CandidacyState.SUBMITTED


def test_one_candidacy_at_a_time_for_one_person(installing):
    make_candidacy(installing)
    with pytest.raises(Refusal) as caught:
        make_candidacy(installing)
    assert caught.value.code == "already"


def test_a_seat_is_offered_only_when_one_is_free(in_app):
    installing = make_installing(volunteers=1)
    agent = installing.council.agent
    first = make_candidacy(installing)
    second = services.enter_candidacy(
        body=installing.body, seat_type=installing.volunteers, channel=CandidacyChannel.PHONE, actor=agent,
        application=Application("Karim", "Benali", "Pour aider.", phone="04 00 00 00 00"),
    )  # fmt: skip
    for candidacy in (first, second):
        services.accept_candidacy(candidacy=candidacy, actor=agent)
    services.invite(candidacy=first, actor=agent)
    assert refused(services.invite, candidacy=second, actor=agent) == "room"
    services.refuse_seat(candidacy=first, channel=CandidacyChannel.LETTER, actor=agent)
    services.invite(candidacy=second, actor=agent)
    mandate = services.take_seat(candidacy=second, channel=CandidacyChannel.PHONE, actor=agent)
    db.session.flush()
    assert db.session.get(Member, mandate.member_id).person_id is None
    assert db.session.scalars(select(Mandate).where(Mandate.source_kind == "candidacies")).all() == [mandate]


def test_nobody_decides_on_their_own_candidacy(installing):
    agent = installing.council.agent
    candidacy = services.apply(
        body=installing.body, seat_type=installing.volunteers, actor=agent,
        application=Application("Léa", "Roux", "J’habite ici."),
    )  # fmt: skip
    assert refused(services.accept_candidacy, candidacy=candidacy, actor=agent) == "own"


@pytest.mark.parametrize(
    ("kind", "values", "code"),
    [
        ("drawn", {}, "seat"),
        ("associations", {}, "organisation_name"),
    ],
)
def test_a_seat_is_asked_for_by_those_it_is_for(installing, kind, values, code):
    application = Application("Léa", "Roux", "J’habite ici.", **values)
    seat_type, actor = getattr(installing, kind), installing.council.resident
    assert (
        refused(services.apply, body=installing.body, seat_type=seat_type, application=application, actor=actor) == code
    )


def test_ages_of_a_seat_are_data(installing):
    installing.volunteers.min_age, installing.volunteers.max_age = 16, 25
    year = clock.today().year
    asked = [rules.can_ask_for(installing.volunteers, "", year - age, clock.today()) for age in (15, 16, 26, 27)]
    assert [bool(verdict) for verdict in asked] == [False, True, True, False]


def test_staff_say_how_the_person_can_be_reached(installing):
    code = refused(
        services.enter_candidacy, body=installing.body, seat_type=installing.volunteers,
        channel=CandidacyChannel.PHONE, application=Application("A", "B", "C"), actor=installing.council.agent,
    )  # fmt: skip
    assert code == "phone"


def test_a_step_never_changes(installing):
    make_candidacy(installing)
    with pytest.raises(DatabaseError):
        db.session.execute(CandidacyStep.__table__.update().values(state="SEATED"))


def test_free_seats_are_those_no_titular_holds(installing):
    seats = {one.seat_type.code: one.vacant for one in queries.open_seats_by(installing.body, tuple(Recruitment))}
    assert (seats["volontaires"], seats["acteurs"], seats["tires"]) == (2, 1, 4)
