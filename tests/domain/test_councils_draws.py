"""A draw on the platform: announced and frozen, drawn after the event, called in order, its lists destroyed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.database import db
from app.domain.councils import queries, services
from app.domain.councils.models import CallAnswer, Draw, DrawCall, DrawRow, DrawState
from app.domain.councils.rules import drawing
from app.domain.councils.rules.draw.pools import PoolFile, read_pools
from app.domain.councils.rules.draw.record import first_difference
from app.domain.governance.models import GovernanceRecord, Mandate, Member, RecordKind, Standing
from app.domain.governance.rules import CouncilFacts
from app.domain.shared import clock
from app.domain.shared.refusals import Refusal
from tests.support.town import make_site
from tests.support.town_draws import COLUMNS, VALUE, a_list, make_announced, make_draw, make_drawn, make_installing

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def installing(in_app):
    make_site(small_cell_threshold=5)
    return make_installing(mandate_months=36)


def refused(act, **values):
    with pytest.raises(Refusal) as caught:
        act(**values)
    return caught.value.code


def answer(installing, draw, call, said=CallAnswer.ACCEPTED):
    return services.answer_call(draw=draw, call_id=call.id, answer=said, actor=installing.council.agent)


def test_lists_say_at_once_whether_the_quotas_hold(installing):
    seen, people = services.outlook_of(make_draw(installing))
    assert (seen.feasible, len(people), seen.people) == (True, 80, 80)
    assert all(len(person.id) == 64 for person in people)


def test_quotas_that_conflict_are_named_and_nothing_is_announced(installing):
    bands = (drawing.Share("moins de 26 ans", least=3, high=25), drawing.Share("26 ans et plus", least=3, low=26))
    draw = make_draw(installing, bands=bands)
    assert not services.outlook_of(draw)[0].feasible
    with pytest.raises(Refusal) as caught:
        services.publish_draw(
            draw=draw, event_words="x", event_at=clock.now() + timedelta(days=1), people_told=False,
            actor=installing.council.agent,
        )  # fmt: skip
    assert "ne tiennent pas ensemble" in str(caught.value)


def test_each_wrong_line_is_named_and_the_list_is_not_read(installing):
    draw, agent = make_draw(installing), installing.council.agent
    wrong = a_list(6).replace(b"e2;Mme", b"e2;Dr").replace(b"e4;Mme;2006", b"e4;Mme;")
    loaded = services.load_list(
        draw=draw, source="volontaires", name="faux.csv", content=wrong, encoding="utf-8", actor=agent
    )
    with pytest.raises(services.Faults) as caught:
        services.map_list(draw=draw, loaded=loaded, columns=COLUMNS, actor=agent)
    told = [" ".join(str(fault).split()) for fault in caught.value.faults]
    assert told[0].startswith("faux.csv, ligne 4, champ « Civilité »")
    assert told[1].startswith("faux.csv, ligne 6, champ « Né en »")


def test_what_was_announced_never_changes(installing):
    draw = make_announced(installing)
    assert draw.public_list.count("\n") == 81
    assert "Nom1" not in draw.public_list
    assert all(one.content is None for one in draw.lists)
    for column, value in (("rule", "'{}'"), ("list_sha256", "'x'"), ("event_words", "'y'"), ("state", "'PREPARING'")):
        with pytest.raises(DatabaseError), db.session.begin_nested():
            db.session.execute(text(f"UPDATE draws SET {column} = {value}"))  # noqa: S608
    agent = installing.council.agent
    late = {"source": "volontaires", "name": "z.csv", "content": a_list(), "encoding": "utf-8", "actor": agent}
    assert refused(services.load_list, draw=draw, **late) == "state"


def test_nobody_draws_before_the_event_nor_without_witnesses(installing):
    draw, agent = make_announced(installing), installing.council.agent
    said = {"draw": draw, "event_value": VALUE, "actor": agent}
    assert refused(services.draw_lots, witnesses=["Rosa Lopez", "Karim Benali"], **said) == "early"
    with clock.shifted(timedelta(days=2)):
        assert refused(services.draw_lots, witnesses=["Rosa Lopez", "rosa  lopez"], **said) == "witnesses"
        dropping = {"draw": draw, "reason": "Ça ne me plaît pas.", "actor": agent}
        assert refused(services.drop_draw, event_value=VALUE, **dropping) == "known"


def test_the_result_is_that_of_the_engine_and_anybody_verifies_it(installing):
    draw = make_drawn(installing)
    rule = services.rule_in(draw)
    people, faults = read_pools(rule, [PoolFile("publiee.csv", draw.public_list.encode())])
    assert faults == []
    assert first_difference(draw.record, rule, people) is None
    assert [call.row_id for call in draw.calls] == draw.record["panel"]
    filed = db.session.scalar(select(GovernanceRecord).where(GovernanceRecord.kind == RecordKind.PV_TIRAGE))
    assert draw.seed in filed.facts
    assert "Nom1" not in filed.facts
    with pytest.raises(DatabaseError), db.session.begin_nested():
        db.session.execute(text("UPDATE draws SET result = '{}'"))


def test_those_who_accept_sit_and_a_refusal_calls_the_next_of_the_same_kind(installing):
    draw = make_drawn(installing)
    first = draw.calls[0]
    following = answer(installing, draw, first, CallAnswer.REFUSED)
    labels = {person.id: person.labels for person in queries.people_of(draw)}
    assert labels[following.row_id] == labels[first.row_id]
    assert following.why == "same_kind"
    assert (
        refused(services.answer_call, draw=draw, call_id=first.id, answer=CallAnswer.ACCEPTED, actor=None) == "answered"
    )
    assert refused(services.call_alternate, draw=draw, actor=installing.council.agent) == "waiting"
    for call in [call for call in queries.draw_by_id(draw.id).calls if call.answer is None]:
        answer(installing, draw, call)
    mandates = db.session.scalars(select(Mandate).where(Mandate.source_kind == "draws")).all()
    assert {one.standing for one in mandates} == {Standing.TITULAR}
    assert len({one.seat_id for one in mandates}) == 4
    member = db.session.get(Member, mandates[0].member_id)
    assert member.last_name.startswith("Nom")
    assert member.gender.value in {"woman", "man"}
    alternate = services.call_alternate(draw=draw, actor=installing.council.agent)
    assert alternate.row_id == next(id_ for id_ in draw.record["alternates"] if id_ != following.row_id)
    answer(installing, draw, alternate)
    last = db.session.scalar(select(Mandate).where(Mandate.standing == Standing.ALTERNATE))
    assert last.rank == alternate.rank
    with pytest.raises(DatabaseError), db.session.begin_nested():
        db.session.execute(DrawCall.__table__.update().values(answer="REFUSED"))


def test_after_the_appeal_period_nothing_personal_is_left_and_the_draw_is_still_verified(installing):
    draw = make_drawn(installing)
    assert services.close_draws() == 0
    with clock.shifted(timedelta(days=63)):
        assert services.close_draws() == 1
        assert services.close_draws() == 0
    db.session.expire_all()
    draw = queries.draw_by_id(draw.id)
    assert (draw.state, draw.list_key) == (DrawState.CLOSED, "")
    assert db.session.scalars(select(DrawRow)).all() == []
    assert [(one.content, one.destroyed_at is not None) for one in draw.lists] == [(None, True)] * 2
    for table in ("draws", "draw_lists", "draw_calls", "draw_rows", "journal"):
        kept = str(db.session.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608
        assert "Prénom1" not in kept
        assert "rue du Port" not in kept
    people, _faults = read_pools(services.rule_in(draw), [PoolFile("p.csv", draw.public_list.encode())])
    assert first_difference(draw.record, services.rule_in(draw), people) is None


def test_a_list_that_points_at_somebody_is_not_published_unless_they_were_told(in_app):
    make_site(small_cell_threshold=50)
    installing = make_installing()
    assert make_announced(installing).public_list == ""


def test_seats_of_the_rule_are_seats_that_are_free(installing):
    with pytest.raises(Refusal) as caught:
        make_draw(installing, seats=9)
    assert caught.value.field == "seats"
    assert db.session.scalars(select(Draw)).all() == []


def test_a_list_of_a_draw_never_announced_is_forgotten(installing):
    draw = make_draw(installing)
    assert services.close_draws() == 0
    with clock.shifted(timedelta(days=61)):
        assert services.close_draws() == 2
    db.session.expire_all()
    assert queries.draw_by_id(draw.id).lists == []


def test_what_the_law_asks_of_a_draw_is_known_once_it_is_done(installing):
    body = installing.body
    assert queries.with_draws(CouncilFacts(), body) == CouncilFacts()
    make_drawn(installing)
    known = queries.with_draws(CouncilFacts(), body)
    assert (known.source_lists, known.draw_used, known.draw_can_be_checked, known.witnesses) == (2, True, True, 2)
