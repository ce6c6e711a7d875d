"""A draw is prepared, announced, then drawn: what was announced and what came out never change."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person
from app.domain.councils import queries
from app.domain.councils.models import DRAW_LIFE, Draw, DrawCall, DrawList, DrawRow, DrawSeatType, DrawState
from app.domain.councils.rules import drawing
from app.domain.councils.rules.draw import pools
from app.domain.councils.rules.draw.outlook import Outlook, outlook
from app.domain.councils.rules.draw.record import record_of
from app.domain.councils.rules.draw.rule import Rule
from app.domain.councils.rules.draw.rule_reading import rule_of
from app.domain.councils.rules.draw.tables import Table, read_table
from app.domain.councils.services.calls import destroy_lines
from app.domain.governance.models import Body, RecordKind, Standing
from app.domain.governance.services import file_record
from app.domain.shared import clock, journal
from app.domain.shared.canonical import canonical, digest
from app.domain.shared.refusals import Refusal, require
from app.domain.territories.queries import site


class Faults(Refusal):
    """Several faults at once: each is a sentence that names a line and a field."""

    def __init__(self, faults: Sequence[Refusal]) -> None:
        super().__init__(faults[0].sentence, field=faults[0].field, code=faults[0].code)
        self.faults = faults


def begin_draw(
    *, body: Body, title: str, facts: Mapping[str, Any], seat_types: Mapping[int, int], actor: Person
) -> Draw:
    """Begins a draw of a body; ``seat_types`` says how many seats of each kind (by id) it fills.

    Refusals: ``over``, ``seats``, and ``Faults`` of the rule.
    """
    draw = Draw(
        body=body, title=title, state=DrawState.PREPARING, seats=1, rule="{}", appeal_days=1, witnesses_needed=1,
        list_key=secrets.token_hex(32), created_at=clock.now(), created_by_id=actor.id, seat_types=[], lists=[],
        calls=[],
    )  # fmt: skip
    _write(draw, facts, seat_types)
    db.session.add(draw)
    journal.record("began_draw", draw, actor=actor, body=body.id, seats=draw.seats)
    return draw


def write_draw_rule(
    *, draw: Draw, title: str, facts: Mapping[str, Any], seat_types: Mapping[int, int], actor: Person
) -> None:
    """Writes another rule; lists of sources it no longer has are removed. Refusals: the same, and ``state``."""
    draw = queries.draw_for_update(draw.id)
    require(DRAW_LIFE.allows("write_rule", draw.state))
    draw.title = title
    _write(draw, facts, seat_types)
    for one in list(draw.lists):
        if one.source not in sources_of(draw):
            db.session.delete(one)
        else:
            one.mapped_at = None
    journal.record("wrote_draw_rule", draw, actor=actor, seats=draw.seats)


def _write(draw: Draw, facts: Mapping[str, Any], seat_types: Mapping[int, int]) -> None:
    rule = _read(facts)
    vacant = len(queries.vacant_seats_of(list(seat_types)))
    require(drawing.can_be_filled(rule.seats, vacant))
    if sum(seat_types.values()) != rule.seats:
        raise Refusal(
            _l("La règle et les sièges choisis ne donnent pas le même nombre de sièges."), field="seats", code="seats"
        )
    if not rule.sources:
        raise Refusal(_l("Dites d’où viennent les listes : écrivez au moins une source."), field="sources", code="rule")
    draw.rule, draw.rule_sha256, draw.seats = canonical(dict(facts)), rule.sha256, rule.seats
    _take_terms(draw)
    held = {one.seat_type_id: one for one in draw.seat_types}
    draw.seat_types[:] = [
        held.get(id_) or DrawSeatType(seat_type_id=id_, seats=count) for id_, count in seat_types.items() if count
    ]
    for one in draw.seat_types:
        one.seats = seat_types[one.seat_type_id]


def _take_terms(draw: Draw) -> None:
    """How long one may contest and how many witnesses: what the rulebook of the body says today."""
    terms = queries.draw_terms_of(draw.body)
    draw.appeal_days, draw.witnesses_needed = terms.appeal_days, terms.witnesses
    draw.rulebook = terms.rulebook


def _read(facts: Mapping[str, Any]) -> Rule:
    rule, faults = rule_of(dict(facts))
    if rule is None:
        raise Faults(faults)
    return rule


def rule_in(draw: Draw) -> Rule:
    """The rule of a draw, as it is published."""
    return _read(draw.rule_facts)


def sources_of(draw: Draw) -> list[str]:
    """The names of the sources of its rule."""
    return [str(source["name"]) for source in draw.rule_facts.get("sources", [])]


# --- Lists ----------------------------------------------------------------------------------------------------------


def load_list(*, draw: Draw, source: str, name: str, content: bytes, encoding: str, actor: Person) -> DrawList:
    """Takes a list, to be read once its columns are known. Bytes; ``encoding`` is ``utf-8`` or ``cp1252``.

    Another list of the same source is replaced. Refusals: ``state``, ``source``, ``file`` (too large, unreadable).
    """
    draw = queries.draw_for_update(draw.id)
    require(DRAW_LIFE.allows("load_list", draw.state))
    most = site().draw_list_kilobytes
    if len(content) > most * 1000:
        sentence = _l("Cette liste dépasse %(most)s kilo-octets. Retirez les colonnes inutiles.", most=most)
        raise Refusal(sentence, field="file", code="file")
    if source not in sources_of(draw):
        raise Refusal(_l("Choisissez une source de la règle."), field="source", code="source")
    if any(one.file_name == name and one.source != source for one in draw.lists):
        raise Refusal(_l("Une autre liste porte déjà ce nom de fichier. Renommez celle-ci."), field="file", code="file")
    text = _in_utf8(content, encoding)
    table, faults = read_table(name, text)
    if table is None or not table.rows:
        raise Faults(faults or [Refusal(_l("Cette liste ne contient personne."), field="file", code="file")])
    for old in [one for one in draw.lists if one.source == source]:
        draw.lists.remove(old)
        db.session.delete(old)
    db.session.flush()
    loaded = DrawList(
        draw_id=draw.id, source=source, file_name=name, sha256=hashlib.sha256(content).hexdigest(), content=text,
        columns={}, rows_count=len(table.rows), loaded_at=clock.now(), loaded_by_id=actor.id,
    )  # fmt: skip
    draw.lists.append(loaded)
    journal.record("loaded_draw_list", draw, actor=actor, people=len(table.rows), sha256=loaded.sha256)
    return loaded


def _in_utf8(content: bytes, encoding: str) -> bytes:
    if encoding != "cp1252":
        return content
    try:
        return content.decode("cp1252").encode()
    except UnicodeDecodeError:
        sentence = _l("Ce fichier n’est pas en « Windows (ANSI) ». Essayez « UTF-8 ».")
        raise Refusal(sentence, field="encoding", code="file") from None


def map_list(*, draw: Draw, loaded: DrawList, columns: Mapping[str, str], actor: Person) -> int:
    """Says which column is what, and reads every line; gives how many people. Nothing is kept of a faulty list.

    ``Faults`` names each wrong line and field. Refusal ``state``.
    """
    draw = queries.draw_for_update(draw.id)
    require(DRAW_LIFE.allows("load_list", draw.state))
    loaded = queries.list_of(draw, loaded.id)
    loaded.columns = {name: column for name, column in columns.items() if column}
    people = _people(draw, [loaded])
    loaded.mapped_at = clock.now()
    journal.record("mapped_draw_list", draw, actor=actor, people=len(people))
    return len(people)


def remove_list(*, draw: Draw, loaded: DrawList, actor: Person) -> None:
    """Removes a list and its lines. Refusal ``state``."""
    draw = queries.draw_for_update(draw.id)
    require(DRAW_LIFE.allows("remove_list", draw.state))
    found = queries.list_of(draw, loaded.id)
    draw.lists.remove(found)
    db.session.delete(found)
    journal.record("removed_draw_list", draw, actor=actor)


def table_of(loaded: DrawList) -> Table:
    """The lines of a list that was loaded and is still there."""
    table, faults = read_table(loaded.file_name, loaded.content or b"")
    if table is None:
        raise Faults(faults)
    return table


def _people(draw: Draw, lists: Sequence[DrawList]) -> list[pools.Person]:
    """The people of lists that are still there, read in their own columns."""
    files = {one.source: (one.file_name, one.columns) for one in lists}
    rule = _read(drawing.reading_facts(draw.rule_facts, files))
    read = [pools.PoolFile(one.file_name, one.content or b"") for one in lists]
    people, faults = pools.read_pools(rule, read, draw.list_key)
    if faults:
        raise Faults(faults)
    return people


def outlook_of(draw: Draw) -> tuple[Outlook, list[pools.Person]]:
    """Whether the quotas can be met by the lists read so far, which conflict, and the people. Raises ``Faults``."""
    people = _people(draw, [one for one in draw.lists if one.mapped_at])
    return outlook(rule_in(draw), people), people


# --- Announcing and drawing -----------------------------------------------------------------------------------------


def publish_draw(*, draw: Draw, event_words: str, event_at: datetime, people_told: bool, actor: Person) -> None:
    """Announces it: rule, digests, event and the terms of the rulebook in force are frozen, by the database itself.

    The published list is public when no combination of categories is shared by too few people, or when those on it
    were told (``people_told``). Refusals: ``state``, ``lists``, ``infeasible``, ``event_at``, ``Faults``.
    """
    draw = queries.draw_for_update(draw.id)
    state = DRAW_LIFE.target("publish_draw", draw.state)
    read = [one.source for one in draw.lists if one.mapped_at]
    require(drawing.lists_are_whole(sources_of(draw), read), drawing.event_is_to_come(event_at, clock.now()))
    seen, people = outlook_of(draw)
    if not seen.feasible:
        raise Refusal(seen.sentence, code="infeasible")
    rule = rule_in(draw)
    _take_terms(draw)
    _keep_rows(draw, people)
    listed = pools.published_list(rule, people)
    safe = drawing.small_cells(people, site().small_cell_threshold) == 0
    draw.public_list = listed if safe or people_told else ""
    draw.list_sha256, draw.people = pools.list_sha256(rule, people), len(people)
    draw.event_words, draw.event_at = event_words, event_at
    draw.published_at, draw.state = clock.now(), state
    journal.record("published_draw", draw, actor=actor, people=len(people), sha256=draw.list_sha256)


def _keep_rows(draw: Draw, people: Sequence[pools.Person]) -> None:
    """The lines become rows, known by their blurred identifier; the files themselves are forgotten."""
    known = {person.id: person for person in people}
    for loaded in draw.lists:
        table = table_of(loaded)
        ids = drawing.row_ids(table, loaded.columns, draw.list_key)
        for id_, (_line, row) in zip(ids, table.rows, strict=True):
            cells = dict(zip(table.header, row, strict=True))
            person = known[id_]
            db.session.add(
                DrawRow(
                    draw_id=draw.id, list_id=loaded.id, row_id=id_, labels=list(person.labels),
                    household=person.household, **_contacts(cells, loaded.columns),
                )
            )  # fmt: skip
        loaded.content = None
    db.session.flush()


def _contacts(cells: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, Any]:
    said = {name: cells.get(columns.get(name, ""), "") for name in drawing.CONTACTS}
    year = next((part for part in said["birth"].replace("/", "-").split("-") if len(part) == 4 and part.isdigit()), "")
    return {
        "last_name": said["last_name"][:80], "first_name": said["first_name"][:80], "address": said["address"][:300],
        "phone": said["phone"][:40], "email": said["email"][:254], "birth_year": int(year) if year else None,
    }  # fmt: skip


def draw_lots(*, draw: Draw, event_value: str, witnesses: Sequence[str], actor: Person) -> None:
    """Draws: titulars are called, alternates wait in the public order, the procès-verbal enters the register.

    The database tells the hour. Refusals: ``state``, ``early``, ``event_value``, ``witnesses``, ``infeasible``.
    """
    draw = queries.draw_for_update(draw.id)
    state = DRAW_LIFE.target("draw_lots", draw.state)
    if draw.event_at is not None:
        require(drawing.event_is_over(draw.event_at, clock.database_now(db.session())))
    require(drawing.has_witnesses(witnesses, draw.witnesses_needed))
    if not event_value.strip():
        raise Refusal(_l("Écrivez la valeur publiée."), field="event_value", code="event_value")
    record = record_of(rule_in(draw), queries.people_of(draw), event_value)
    if record is None:
        sentence = _l("Cette valeur ne permet pas de tenir les quotas : abandonnez ce tirage et annoncez-en un autre.")
        raise Refusal(sentence, code="infeasible")
    draw.event_value, draw.seed, draw.result = record["event"], record["seed"], canonical(record)
    draw.witnesses, draw.drawn_at, draw.state = "\n".join(witnesses), clock.now(), state
    draw.calls.extend(
        DrawCall(draw_id=draw.id, rank=rank, row_id=id_, standing=Standing.TITULAR, called_at=clock.now())
        for rank, id_ in enumerate(record["panel"], start=1)
    )
    db.session.flush()
    _file(draw, record, actor)
    journal.record("drew_lots", draw, actor=actor, people=draw.people, sha256=draw.seed)


def _file(draw: Draw, record: Mapping[str, Any], actor: Person) -> None:
    file_record(
        kind=RecordKind.PV_TIRAGE,
        title=f"Tirage au sort : {draw.title}",
        facts={
            "body": draw.body.name,
            "seats": draw.seats,
            "event": draw.event_words,
            "event_value": draw.event_value,
            "drawn_at": draw.drawn_at.isoformat() if draw.drawn_at else "",
            "people": draw.people,
            "list_sha256": draw.list_sha256,
            "rule_sha256": draw.rule_sha256,
            "seed": draw.seed,
            "result_sha256": digest(dict(record)),
            "panel": list(record["panel"]),
            "witnesses": draw.witness_names,
            "lists": [{"name": one.source, "sha256": one.sha256, "people": one.rows_count} for one in draw.lists],
        },
        source_kind=Draw.__tablename__,
        source_id=str(draw.id),
        source_sha256=digest(dict(record)),
        contract_id=draw.body.contract_id,
        body_id=draw.body_id,
        actor=actor,
    )


def drop_draw(*, draw: Draw, reason: str, event_value: str, actor: Person) -> None:
    """Gives it up, with a reason everybody reads once it was announced; its lists are destroyed at once.

    After the event, only when its value (kept, and public) fills no panel: giving up would otherwise be choosing.
    Refusals: ``state``, ``reason``, ``known``.
    """
    draw = queries.draw_for_update(draw.id)
    state = DRAW_LIFE.target("drop_draw", draw.state)
    now, value = clock.database_now(db.session()), event_value.strip()
    impossible = bool(value) and record_of(rule_in(draw), queries.people_of(draw), value) is None
    require(drawing.can_drop(draw.event_at, now, impossible))
    if not reason.strip():
        raise Refusal(_l("Dites pourquoi ce tirage est abandonné."), field="reason", code="reason")
    draw.state, draw.drop_reason, draw.event_value = state, reason, value
    destroy_lines(draw)
    journal.record("dropped_draw", draw, actor=actor)
