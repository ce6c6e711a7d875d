"""Opening the box: two people at least, after the closing; counting, freezing and filing are one transaction."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person
from app.domain.accounts.queries import person_by_id
from app.domain.ballots import policies, queries, rules
from app.domain.ballots.models import CountOpening, Scrutin
from app.domain.ballots.rules.counting import count
from app.domain.ballots.rules.moments import can_open_at, can_open_with, result_is_out
from app.domain.ballots.rules.result import Result
from app.domain.ballots.rules.tally import Tally, tally
from app.domain.ballots.rules.terms import CountingRules, Overflow
from app.domain.ballots.rules.texts import Texts
from app.domain.ballots.services.preparing import on_ballot
from app.domain.ballots.services.sealing import check_box, seal_arrivals
from app.domain.governance.models import RecordKind
from app.domain.governance.services import file_record
from app.domain.shared import clock, journal
from app.domain.shared.canonical import canonical, digest
from app.domain.shared.refusals import Refusal, require
from app.domain.shared.suppression import suppress
from app.domain.territories.queries import site

LONGEST_SEED = 200


def open_count(*, scrutin_id: int, actor: Person, seed: str = "") -> Scrutin:
    """Asks for the box of a closed vote to be opened; the last person needed opens it, and the count is made at once.

    ``seed`` is the public text of the draw (the result of a lottery announced beforehand), given by the first who
    opens and seen by the others; without one, a tie is drawn with the last seal of the box, which nobody could know
    before the closing. Refusals: ``still_open``, ``counted``, ``imported``, ``role``, ``late_role``,
    ``already_opened``, ``seed``, and those of ``check_box``. Source: votes-tirage-questionnaires
    §4.4 and §6.2; droit-et-pratique §4.6 (two-person opening).
    """
    scrutin = queries.scrutin_for_update(scrutin_id)
    require(can_open_at(scrutin.closes_at, scrutin.is_counted, clock.now(), clock.database_now(db.session())))
    if scrutin.imported:
        raise Refusal(_l("Ce vote vient d’un fichier : il se dépouille par la commande."), code="imported")
    held_since = policies.count_opener_since(person_by_id(actor.id), scrutin)
    require(can_open_with(held_since, scrutin.closes_at, site().opener_wait_days, clock.now()))
    openers = queries.openers_of(scrutin.id)
    if actor.id in {opener.person_id for opener in openers}:
        sentence = _l("Vous avez déjà demandé l’ouverture. Une autre personne doit maintenant la confirmer.")
        raise Refusal(sentence, code="already_opened")
    _announce(scrutin, seed.strip(), first=not openers)
    db.session.add(CountOpening(scrutin_id=scrutin.id, person_id=actor.id, at=clock.now()))
    journal.record("opened_count", scrutin, actor=actor, rank=len(openers) + 1)
    if len(openers) + 1 >= scrutin.openers_needed:
        _count_and_file(scrutin, actor)
    return scrutin


def count_imported(*, scrutin_id: int) -> Scrutin:
    """Counts an election read from a file, once: nobody's secret is at stake, so nobody has to open it.

    It is frozen like any result, and not filed in the register: it is no act of the collectivité. Refusals:
    ``not_counted`` (a vote of the town waits for its openers), those of ``count``.
    """
    scrutin = queries.scrutin_for_update(scrutin_id)
    if not scrutin.imported:
        require(result_is_out(scrutin.is_counted))
    if not scrutin.is_counted:
        freeze(scrutin, {"result": tallied_result(scrutin, scrutin.rules).to_facts()}, scrutin.rules)
        journal.record("counted", scrutin, actor=None, result_sha256=scrutin.result_sha256)
    return scrutin


def simulate(*, scrutin: Scrutin, overflow: Overflow | None = None, seed: str | None = None) -> Result:
    """Counts again with another rule of overflow or another seed, and writes nothing: the official result stays.

    Refusal ``not_counted``: a vote of the town is not counted yet, and no simulation may give its result away.
    """
    if not scrutin.imported:
        require(result_is_out(scrutin.is_counted))
    counting = replace(scrutin.rules, overflow=overflow or scrutin.rules.overflow)
    return tallied_result(scrutin, replace(counting, seed=seed or counted_seed(scrutin)))


def counted_seed(scrutin: Scrutin) -> str:
    """The seed of the draw: that of the rules, else the one announced at the opening, else the last seal of the box."""
    if scrutin.rules.seed or scrutin.seed:
        return scrutin.rules.seed or scrutin.seed
    seals = queries.seals_of(scrutin.id)
    return seals[-1].digest if seals else scrutin.rules_sha256


def tallied_result(scrutin: Scrutin, counting: CountingRules) -> Result:
    """The result of the box under some rules."""
    projects = [on_ballot(project).to_project() for project in scrutin.projects]
    return count(counting, projects, tally_of(scrutin))


def tally_of(scrutin: Scrutin) -> Tally:
    """The ballots of the box, added up."""
    texts = Texts()
    ballots = ((texts.read(content), times) for content, times in queries.merged_ballots(scrutin.id))
    return tally([project.ref for project in scrutin.projects], ballots)


def freeze(scrutin: Scrutin, facts: dict[str, Any], counting: CountingRules) -> None:
    """Writes the result once and for all, with what is needed to count it again."""
    facts = {
        **facts,
        "scrutin": _about(scrutin),
        "rules": counting.to_facts(),
        "rules_sha256": counting.rules_sha256,
        "announced_rules_sha256": scrutin.rules_sha256,
        "projects": [_project_facts(project) for project in scrutin.projects],
        "code_sha256": code_sha256(),
    }
    scrutin.counted_at = clock.now()
    scrutin.result_text = canonical(facts)
    scrutin.result_sha256 = digest(facts)
    db.session.flush()


@cache
def code_sha256() -> str:
    """SHA-256 of the code that counts, file by file in the order of their names: which program made this result."""
    folder = Path(rules.__file__).parent
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*.py"), key=lambda path: path.relative_to(folder).as_posix()):
        found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def _announce(scrutin: Scrutin, seed: str, first: bool) -> None:
    if not seed or seed == scrutin.seed:
        return
    if scrutin.rules.seed or not first:
        sentence = _l("La graine du tirage est déjà fixée : elle ne change plus. Videz ce champ, puis recommencez.")
        raise Refusal(sentence, field="seed", code="seed")
    if len(seed) > LONGEST_SEED:
        sentence = _l("Cette graine est trop longue : écrivez %(max)d caractères au plus.", max=LONGEST_SEED)
        raise Refusal(sentence, field="seed", code="seed")
    scrutin.seed = seed


def _count_and_file(scrutin: Scrutin, actor: Person) -> None:
    seal_arrivals(scrutin=scrutin, least=1)
    require(check_box(scrutin))
    counting = replace(scrutin.rules, seed=counted_seed(scrutin))
    result = tallied_result(scrutin, counting)
    facts: dict[str, Any] = {
        "result": result.to_facts(),
        "turnout": _turnout(scrutin),
        "seals": [_seal_facts(seal) for seal in queries.seals_of(scrutin.id)],
        **_openers(scrutin),
        "seed_source": "rules" if scrutin.rules.seed else "announced" if scrutin.seed else "last_seal",
    }
    freeze(scrutin, facts, counting)
    # The register is written in French whatever language the last opener reads.
    with force_locale("fr"):
        _file(scrutin, result, actor)
    journal.record("counted", scrutin, actor=actor, result_sha256=scrutin.result_sha256)


def _openers(scrutin: Scrutin) -> dict[str, list[str]]:
    """Who opened the box, and in the same order the role by which each of them did."""
    openers = queries.openers_of(scrutin.id)
    roles = [policies.count_roles(person_by_id(opener.person_id), scrutin) for opener in openers]
    return {
        "openers": [opener.pseudonym for opener in openers],
        "opener_roles": [held[0].value if held else "" for held in roles],
    }


def _file(scrutin: Scrutin, result: Result, actor: Person) -> None:
    file_record(
        kind=RecordKind.PV_DEPOUILLEMENT,
        title=str(_l("Dépouillement : %(title)s", title=scrutin.title)),
        summary=_summary(result),
        facts={"result_sha256": scrutin.result_sha256, **dict(scrutin.result or {})},
        source_kind=Scrutin.__tablename__,
        source_id=str(scrutin.id),
        source_sha256=scrutin.result_sha256 or "",
        contract_id=scrutin.contract_id,
        actor=actor,
    )


def _summary(result: Result) -> str:
    figures = {"winners": len(result.winners), "projects": len(result.standings), "ballots": result.ballots}
    return str(_l("Projets retenus : %(winners)d sur %(projects)d. Bulletins dépouillés : %(ballots)d.", **figures))


def _about(scrutin: Scrutin) -> dict[str, Any]:
    return {
        "id": scrutin.id,
        "title": scrutin.title,
        "opens_at": scrutin.opens_at.isoformat(),
        "closes_at": scrutin.closes_at.isoformat(),
        "source": scrutin.source_name,
    }


def _project_facts(project: Any) -> dict[str, Any]:
    facts = asdict(on_ballot(project))
    return {name: facts[name] for name in ("ref", "title", "cost_cents", "sub_envelope", "quartier")}


def _seal_facts(seal: Any) -> dict[str, Any]:
    return {
        "num": seal.num,
        "emargements": seal.emargements,
        "ballots": seal.ballots,
        "root": seal.root,
        "previous": seal.previous,
        "digest": seal.digest,
    }


def _turnout(scrutin: Scrutin) -> dict[str, Any]:
    """Who took part, by quartier and by channel: small cells are hidden before they are frozen."""
    threshold = site().small_cell_threshold
    quartiers = queries.emargements_by_quartier(scrutin.id)
    channels = queries.emargements_by_channel(scrutin.id)
    shown = suppress([number for _name, number in quartiers], threshold)
    shown_channels = suppress(list(channels.values()), threshold)
    return {
        "threshold": threshold,
        "voters": sum(channels.values()),
        "quartiers": [
            {"name": name, "voters": number} for (name, _number), number in zip(quartiers, shown, strict=True)
        ],
        "channels": [
            {"channel": channel.value, "voters": number}
            for channel, number in zip(channels, shown_channels, strict=True)
        ],
    }
