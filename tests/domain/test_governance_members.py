"""Seats are given, left, and offered to the alternate whose turn it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from app.database import db
from app.domain.governance import queries, rules, services
from app.domain.governance.models import EndReason, Gender, OfficeKind, Recruitment, SeatOffer, Standing
from app.domain.governance.rules import Alternate, Vacancy, keeps_rule, next_alternate
from app.domain.shared import clock
from app.domain.shared.refusals import Refusal
from tests.support.town import make_person
from tests.support.town_governance import make_body, make_mandate

GENDERS = st.sampled_from(Gender)
ALTERNATES = st.lists(
    st.builds(
        Alternate, st.integers(1, 99), st.integers(1, 50), GENDERS,
        st.one_of(st.none(), st.integers(1940, 2012)), st.sampled_from([None, 1, 2]), st.booleans(),
    ), max_size=12,
)  # fmt: skip
VACANCIES = st.builds(
    Vacancy, quartier_id=st.sampled_from([None, 1, 2]), min_age=st.sampled_from([None, 18]),
    max_age=st.sampled_from([None, 25]), year=st.just(2026), parity=st.booleans(), women=st.integers(0, 9),
    men=st.integers(0, 9),
)  # fmt: skip


@for_all(vacancy=VACANCIES, alternates=ALTERNATES)
def test_the_first_who_keeps_the_rule_is_called_whatever_the_order_given(vacancy, alternates):
    found = next_alternate(vacancy, alternates)
    able = [one for one in alternates if keeps_rule(vacancy, one)]
    if found is None:
        assert not able
    else:
        assert found in able
        assert found.rank == min(one.rank for one in able)
        assert not found.has_refused
    ranks = sorted(alternates, key=lambda one: -one.rank)
    again = next_alternate(vacancy, ranks)
    assert (again.rank if again else None) == (found.rank if found else None)


@for_all(women=st.integers(0, 20), men=st.integers(0, 20), gender=GENDERS)
def test_parity_never_gets_worse(women, men, gender):
    vacancy = Vacancy(year=2026, parity=True, women=women, men=men)
    if keeps_rule(vacancy, Alternate(1, 1, gender)):
        after = abs(women + (gender is Gender.WOMAN) - men - (gender is Gender.MAN))
        assert after <= max(1, abs(women - men))


def code_of(act):
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def council(context_total=20):
    """A conseil with its seats, and the alternates of its drawn seats."""
    body = make_body()
    rule = rules.presets()["conseil_citoyen"].composition
    services.write_composition(body=body, rule=rule, in_force_on=clock.today(), source="", actor=None)
    services.open_seats(
        body=body, rule=rule, total=context_total, quartiers={}, populations={}, actor=None
    )  # fmt: skip
    return body


def sit(seat_id, name, standing=Standing.TITULAR, rank=None, gender=Gender.UNDECLARED, **values):
    member = services.add_member(identity=services.Identity(name, "Diallo", gender), actor=None)
    return services.give_mandate(
        seat=queries.seat_by_id(seat_id), member=member, standing=standing, recruitment=Recruitment.DRAW,
        starts_on=clock.today() - timedelta(days=30), ends_on=None, actor=None, rank=rank, **values,
    )  # fmt: skip


def drawn_seat(body):
    return next(seat.id for seat in queries.open_seats(body) if seat.seat_type.code == "tires_au_sort")


def test_one_titular_at_a_time_holds_a_seat(in_app):
    seat_id = drawn_seat(council())
    sit(seat_id, "Awa")
    db.session.expire_all()
    assert code_of(lambda: sit(seat_id, "Bilal")) == "held"


def test_a_mandate_ends_once_for_a_reason_written_when_it_is_a_resignation(in_app):
    agent, seat_id = make_person(), drawn_seat(council())
    mandate = sit(seat_id, "Awa")

    def end(**values):
        filled = {"reason": EndReason.MOVED, "words": "", "on": clock.today(), **values}
        services.end_mandate(mandate=mandate, actor=agent, **filled)

    assert code_of(lambda: end(reason=EndReason.RESIGNED)) == "words"
    assert code_of(lambda: end(on=clock.today() - timedelta(days=400))) == "ended_on"
    services.give_office(mandate=mandate, kind=OfficeKind.CHAIR, starts_on=clock.today(), actor=agent)
    end()
    assert code_of(end) == "ended"
    assert queries.offices_of(mandate) == []
    assert code_of(lambda: services.give_office(
        mandate=mandate, kind=OfficeKind.CHAIR, starts_on=clock.today(), actor=agent
    )) == "ended"  # fmt: skip


def test_a_vacant_seat_goes_down_the_list_and_each_answer_stays(in_app):
    agent, body = make_person(), council()
    seat_id = drawn_seat(body)
    first, second = (sit(seat_id, name, Standing.ALTERNATE, rank) for name, rank in (("Chloé", 1), ("David", 2)))
    offer = services.offer_seat(seat=queries.seat_by_id(seat_id), actor=agent)
    assert offer.mandate_id == first.id
    assert code_of(lambda: services.offer_seat(seat=queries.seat_by_id(seat_id), actor=agent)) == "waiting"
    assert services.answer_offer(offer=offer, accepted=False, actor=agent) is None
    assert code_of(lambda: services.answer_offer(offer=offer, accepted=True, actor=agent)) == "answered"
    offer = services.offer_seat(seat=queries.seat_by_id(seat_id), actor=agent)
    assert offer.mandate_id == second.id
    seated = services.answer_offer(offer=offer, accepted=True, actor=agent)
    assert seated.standing is Standing.TITULAR
    assert second.end_reason is EndReason.BECAME_TITULAR
    answers = [one.accepted for one in db.session.scalars(db.select(SeatOffer).order_by(SeatOffer.id))]
    assert answers == [False, True]


def test_a_list_used_up_says_so(in_app):
    seat_id = drawn_seat(council())
    assert code_of(lambda: services.offer_seat(seat=queries.seat_by_id(seat_id), actor=make_person())) == "used_up"


def test_an_alternate_who_would_break_parity_waits(in_app):
    body = council()
    seats = [seat.id for seat in queries.open_seats(body) if seat.seat_type.code == "tires_au_sort"]
    sit(seats[0], "Awa", gender=Gender.WOMAN)
    sit(seats[5], "Chloé", Standing.ALTERNATE, 1, Gender.WOMAN)
    man = sit(seats[5], "David", Standing.ALTERNATE, 2, Gender.MAN)
    db.session.expire_all()
    offer = services.offer_seat(seat=queries.seat_by_id(seats[1]), actor=make_person())
    assert offer.mandate_id == man.id


def test_seats_somebody_holds_are_never_closed(in_app):
    body = council(30)
    for seat in queries.open_seats(body):
        if seat.seat_type.code == "tires_au_sort":
            sit(seat.id, "Awa")
    db.session.expire_all()
    rule = rules.presets()["conseil_citoyen"].composition
    shrink = lambda: services.open_seats(  # noqa: E731
        body=body, rule=rule, total=20, quartiers={}, populations={}, actor=None
    )
    assert code_of(shrink) == "held"


def test_a_body_merged_into_another_ends_its_mandates_and_keeps_its_past(in_app):
    agent, body = make_person(), make_body()
    into = make_body()
    into.contract_id = body.contract_id
    child = make_body()
    child.contract_id, child.parent_id = body.contract_id, body.id
    mandate = make_mandate(body, make_person(), OfficeKind.CHAIR)
    db.session.flush()
    assert code_of(lambda: services.merge(body=body, into=body, actor=agent)) == "self"
    services.merge(body=body, into=into, actor=agent)
    assert (body.merged_into_id, child.parent_id) == (into.id, into.id)
    assert mandate.end_reason is EndReason.BODY_ENDED
    assert queries.mandates_in_force(body) == []
    assert len(queries.mandates_in_force(body, clock.today() - timedelta(days=1))) == 1
    assert code_of(lambda: services.close(body=body, actor=agent)) == "state"
    assert code_of(lambda: services.change_body(body=body, name="Autre", actor=agent)) == "state"


def test_a_body_sleeps_and_wakes_and_never_hangs_under_itself(in_app):
    agent, body = make_person(), make_body()
    services.put_to_sleep(body=body, actor=agent)
    assert code_of(lambda: services.put_to_sleep(body=body, actor=agent)) == "state"
    services.wake(body=body, actor=agent)
    child = make_body()
    child.contract_id = body.contract_id
    services.change_body(body=child, parent_id=body.id, actor=agent)
    assert code_of(lambda: services.change_body(body=body, parent_id=child.id, actor=agent)) == "loop"
    assert code_of(lambda: services.change_body(body=body, parent_id=body.id, actor=agent)) == "loop"
    other = make_body()
    assert code_of(lambda: services.change_body(body=body, parent_id=other.id, actor=agent)) == "contract"


def test_mandates_that_reached_their_term_end_together(in_app):
    body, agent = make_body(), make_person()
    ended, going_on = make_mandate(body, make_person(), OfficeKind.CHAIR), make_mandate(body, make_person())
    ended.ends_on, going_on.ends_on = clock.today() + timedelta(days=10), clock.today() + timedelta(days=11)
    db.session.flush()
    body = queries.body_by_id(body.id)
    assert code_of(lambda: services.end_mandates_at_term(body=body, actor=agent)) == "none"
    with clock.shifted(timedelta(days=10)):
        assert [one.id for one in queries.mandates_at_term(body)] == [ended.id]
        assert services.end_mandates_at_term(body=body, actor=agent) == 1
        db.session.flush()
        assert (ended.ended_on, ended.end_reason) == (clock.today(), EndReason.TERM)
        assert queries.offices_in_force(body) == []
        assert [one.id for one in queries.mandates_in_force(body)] == [going_on.id]
