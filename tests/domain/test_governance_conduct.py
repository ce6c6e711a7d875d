"""A séance as it is lived: from the proposed item to the approved minutes, and what each step refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from app.database import db
from app.domain.accounts.models import Role
from app.domain.governance import queries, services
from app.domain.governance.models import (
    AgendaItem,
    Attendance,
    AttendanceWay,
    ConvocationChannel,
    DecisionKind,
    ItemState,
    MinutesState,
    Presence,
    RecordKind,
    SeanceState,
    SendState,
    VoteKind,
)
from app.domain.shared import clock
from app.domain.shared.outbox import MessageChannel, OutboxMessage
from app.domain.shared.refusals import Refusal
from tests.support.town import make_person
from tests.support.town_seances import make_council, make_meeting


@pytest.fixture
def actor(in_app):
    return make_person(Role.AGENT)


def refused(act, *args, **values):
    with pytest.raises(Refusal) as error:
        act(*args, **values)
    return error.value.code


def note(seance, actor, *presences, way=AttendanceWay.SHEET):
    """Notes the presence of the first members, in the order of the roll."""
    for line, presence in zip(queries.roll_of(seance).lines, presences, strict=False):
        services.note_presence(
            roll=queries.roll_of(seance), mandate_id=line.mandate.id, presence=presence, way=way, actor=actor
        )
    return queries.roll_of(seance)


def opened(actor, present=4, **rulebook):
    seance = make_meeting(make_council(**rulebook), in_days=-0.05)
    roll = note(seance, actor, *[Presence.PRESENT] * present)
    services.open_seance(seance=seance, presided_by="Fatou N.", secretaries="Bruno", actor=actor)
    return seance, roll


def follow(seance, item, actor, **values):
    followed = services.Followed(version=item.version, **values)
    services.follow_item(roll=queries.roll_of(seance), item=item, followed=followed, actor=actor)


def test_everybody_is_called_at_the_same_instant_and_each_sending_leaves_its_proof(actor):
    body = make_council(members=3)
    seance = make_meeting(body)
    services.invite_guest(seance=seance, name="Une experte", quality="CAUE", email="", actor=actor)
    rows = services.convene(seance=seance, actor=actor)
    channels = [row.channel for row in rows]
    assert channels.count(ConvocationChannel.EMAIL) == 3
    assert channels.count(ConvocationChannel.LETTER) == 1
    assert len({row.written_at for row in rows}) == 1
    assert queries.convocations_at_same_moment(seance) is True
    assert refused(services.convene, seance=seance, actor=actor) == "sent"
    message = db.session.get(OutboxMessage, rows[0].outbox_id)
    message.delivered_at, message.next_try_at = clock.now(), None
    assert services.note_deliveries() == 1
    assert rows[0].state is SendState.DELIVERED
    services.note_letter(convocation=rows[-1], proof="Remise en main propre", actor=actor)
    with pytest.raises(DBAPIError), db.session.begin_nested():
        db.session.execute(db.text("UPDATE convocations SET written_at = '2020-01-01 00:00:00'"))
    with pytest.raises(DBAPIError), db.session.begin_nested():
        db.session.execute(db.text("DELETE FROM convocations"))


def test_a_text_message_goes_to_whoever_has_a_telephone_when_a_gateway_is_set(actor):
    seance = make_meeting(make_council(members=1))
    queries.roll_of(seance).lines[0].member.phone = "06 00 00 00 00"
    rows = services.convene(seance=seance, actor=actor, texts=True)
    assert [row.channel for row in rows] == [ConvocationChannel.EMAIL, ConvocationChannel.TEXT]
    assert db.session.get(OutboxMessage, rows[1].outbox_id).channel is MessageChannel.TEXT


def test_a_member_proposes_and_those_who_lead_answer_with_a_reason(actor):
    seance = make_meeting(make_council(propose_until_days=7), in_days=10)
    draft = services.ItemDraft("Les encombrants")
    item = services.propose_item(seance=seance, draft=draft, leads=False, actor=actor)
    assert item not in seance.agenda
    assert refused(services.decline_item, item=item, seance=seance, reason="", actor=actor) == "reason"
    services.decline_item(item=item, seance=seance, reason="Vu à la prochaine", actor=actor)
    services.accept_item(item=item, seance=seance, actor=actor)
    assert seance.agenda[-1] is item
    soon = make_meeting(make_council(propose_until_days=7), in_days=3)
    assert refused(services.propose_item, seance=soon, draft=draft, leads=False, actor=actor) == "late"
    closed = make_meeting(make_council(proposers="leaders"))
    assert refused(services.propose_item, seance=closed, draft=draft, leads=False, actor=actor) == "proposers"


def test_a_proxy_follows_the_limits_of_the_rulebook(actor):
    seance = make_meeting(make_council(proxies_per_person=1))
    a, b, c, d = [line.mandate.id for line in queries.roll_of(seance).lines][:4]

    def give(giver, holder):
        return services.note_presence(
            roll=queries.roll_of(seance), mandate_id=giver, presence=Presence.REPRESENTED, proxy_to=holder,
            way=AttendanceWay.NOTICE, actor=actor,
        )  # fmt: skip

    give(a, b)
    assert refused(give, c, b) == "proxies"
    assert refused(give, c, c) == "self"
    assert refused(give, c, a) == "chain"
    assert refused(give, b, d) == "chain"


def test_the_code_of_the_room_is_for_members_and_for_a_while(actor):
    member, stranger = make_person(), make_person()
    seance = make_meeting(make_council(people=(member,)), in_days=-0.05)
    code = services.show_code(seance=seance, secret="s" * 32, actor=actor)
    wrong = f"{(int(code) + 1) % 10**6:06d}"

    def check(who, typed):
        return services.check_in(roll=queries.roll_of(seance), code=typed, secret="s" * 32, minutes=30, actor=who)

    assert refused(check, member, wrong) == "code"
    assert refused(check, stranger, code) == "member"
    with clock.shifted(timedelta(minutes=31)):
        assert refused(check, member, code) == "code"
    assert check(member, code).presence is Presence.PRESENT
    assert seance.room_code_hash != code


def test_a_whole_seance_becomes_minutes_approved_by_the_next_one(actor):
    seance, _roll = opened(actor)
    first, second = queries.items_of(seance)
    services.take_up(seance=seance, item=first, actor=actor)
    follow(
        seance, first, actor, points="On a parlé du budget.", decision="Le budget est adopté.",
        decision_kind=DecisionKind.VALIDATION, vote_kind=VoteKind.HANDS, votes_for=3, votes_abstain=1,
        dissent="Une voix aurait préféré attendre.",
    )  # fmt: skip
    services.add_action(
        seance=seance, item=first, what="Écrire aux bailleurs", responsible="Service habitat",
        due_on=clock.today() + timedelta(days=5), actor=actor,
    )  # fmt: skip
    services.close_seance(seance=seance, actor=actor)
    assert second.state is ItemState.POSTPONED
    assert {line.presence for line in queries.roll_of(seance).lines} == {Presence.PRESENT, Presence.ABSENT}
    assert queries.last_seance_held(seance.body_id) is seance
    services.correct_minutes(seance=seance, introduction="", texts={first.id: {"points": "Corrigé."}}, actor=actor)

    following = services.plan_seance(
        body=seance.body, title="La suite", starts_at=clock.now() + timedelta(hours=1), place="Ici", agenda="Autre",
        is_public=True, actor=actor,
    )  # fmt: skip
    approval = queries.items_of(following)[0]
    assert approval.source_kind == "minutes"
    with clock.shifted(timedelta(hours=2)):
        note(following, actor, *[Presence.PRESENT] * 4)
        services.open_seance(seance=following, presided_by="F", secretaries="B", actor=actor)
        services.take_up(seance=following, item=approval, actor=actor)
        follow(following, approval, actor, decision="Approuvé.", decision_kind=DecisionKind.VALIDATION)
        services.close_seance(seance=following, actor=actor)
    last = queries.last_minutes(seance.id)
    assert (last.state, last.version, last.approved_in_id) == (MinutesState.APPROVED, 2, following.id)
    record = queries.record_of_source("seances", str(seance.id), RecordKind.PV_SEANCE)
    assert record.number == last.record_number
    assert "Corrigé." in record.facts
    assert "Nom" not in record.facts, "public names only"
    assert services.send_releve(seance=seance, actor=actor) == 6
    assert refused(services.send_releve, seance=seance, actor=actor) == "sent"
    with clock.shifted(timedelta(days=10)):
        assert queries.actions_of(seance.body).items[0].is_late(clock.today())
        action = queries.actions_of(seance.body).items[0]
        assert refused(services.abandon_action, action=action, words="", actor=actor) == "reason"
        services.finish_action(action=action, words="Lettre partie", actor=actor)
        assert refused(services.finish_action, action=action, words="", actor=actor) == "state"


def test_a_closed_seance_is_frozen_by_the_database_itself(actor):
    seance, _roll = opened(actor)
    item = queries.items_of(seance)[0]
    services.take_up(seance=seance, item=item, actor=actor)
    follow(seance, item, actor, points="Dit.", decision="Oui.", decision_kind=DecisionKind.VALIDATION)
    services.close_seance(seance=seance, actor=actor)
    db.session.flush()
    for statement in (
        "UPDATE agenda_items SET decision = 'Non.'",
        "DELETE FROM agenda_items",
        "UPDATE attendances SET presence = 'EXCUSED'",
        "UPDATE seances SET state = 'OPEN'",
        "DELETE FROM seances",
        "DELETE FROM minutes",
        "UPDATE minutes SET sha256 = 'x'",
    ):
        with pytest.raises(DBAPIError), db.session.begin_nested():
            db.session.execute(db.text(statement))
    # What a person typed of themselves may still be erased.
    db.session.execute(db.update(AgendaItem).values(presenter="", counted_by=""))
    db.session.execute(db.update(Attendance).values(words=""))


def test_counts_never_pass_the_voices_in_the_room_and_a_secret_vote_has_two_tellers(actor):
    seance, _roll = opened(actor, present=3)
    item = queries.items_of(seance)[0]
    services.take_up(seance=seance, item=item, actor=actor)
    assert refused(follow, seance, item, actor, vote_kind=VoteKind.HANDS, votes_for=4) == "votes"
    assert refused(follow, seance, item, actor, vote_kind=VoteKind.SECRET, votes_for=2) == "tellers"
    aside = queries.roll_of(seance).lines[0].mandate.id
    services.step_aside(
        roll=queries.roll_of(seance), item=item, mandate_id=aside, reason="Salariée du porteur", actor=actor
    )
    assert refused(follow, seance, item, actor, vote_kind=VoteKind.HANDS, votes_for=3) == "votes"
    follow(seance, item, actor, vote_kind=VoteKind.HANDS, votes_for=2)
    assert refused(_stale, seance, item, actor) == "changed"


def _stale(seance, item, actor):
    followed = services.Followed(version=item.version - 1, points="Autre")
    services.follow_item(roll=queries.roll_of(seance), item=item, followed=followed, actor=actor)


def test_without_quorum_a_second_call_takes_the_same_agenda(actor):
    seance = make_meeting(make_council(quorum="1/2", second_call_days=15, second_call_quorum=""), in_days=-0.05)
    note(seance, actor, Presence.PRESENT)
    assert not queries.roll_of(seance).quorum().reached
    early = clock.now() + timedelta(days=3)
    assert refused(services.call_again, seance=seance, starts_at=early, actor=actor) == "early"
    second = services.call_again(seance=seance, starts_at=clock.now() + timedelta(days=20), actor=actor)
    assert seance.state is SeanceState.NO_QUORUM
    assert (second.call_number, [item.title for item in second.agenda]) == (2, ["Le budget", "La fête du quartier"])
    assert queries.roll_of(second).quorum().reached, "nothing is asked of the second call"


def test_a_seance_of_two_bodies_shows_in_each(actor):
    one, two = make_council(), make_council()
    seance = services.plan_seance(
        body=one, title="Ensemble", starts_at=clock.now() + timedelta(days=2), place="", agenda="A", is_public=True,
        actor=actor, also=[two],
    )  # fmt: skip
    assert seance in queries.seances_of(one).items
    assert seance in queries.seances_of(two).items
    assert len(queries.roll_of(queries.seance_by_id(seance.id)).lines) == 12
