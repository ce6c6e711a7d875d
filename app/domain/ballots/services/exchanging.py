"""Elections in and out: a Pabulib file becomes a vote ready to count, and the public ballots become a Pabulib file."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import BinaryIO, TypeAlias

from flask_babel import lazy_gettext as _l

from app.database import db, insert_many, tables_of
from app.domain.ballots import queries
from app.domain.ballots.models import Ballot, Scrutin, ScrutinProject
from app.domain.ballots.rules.ballot import Pairs
from app.domain.ballots.rules.moments import result_is_out
from app.domain.ballots.rules.pabulib import About, Election, Reading, open_pabulib, write_pabulib
from app.domain.ballots.rules.terms import CountingRules
from app.domain.ballots.rules.texts import Texts
from app.domain.ballots.services.preparing import LEAST_BATCH, on_ballot
from app.domain.processes.rules import Eligibility
from app.domain.shared import clock, journal
from app.domain.shared.canonical import canonical
from app.domain.shared.refusals import YES, Refusal, Verdict, require
from app.domain.territories.queries import site

# Something to walk through a great many ballots with, given how many there are: a progress bar, or nothing.
Walk: TypeAlias = Callable[[Iterator[Pairs], int], Iterable[Pairs]]


def import_pabulib(*, source: BinaryIO, name: str, walk: Walk | None = None) -> Scrutin:
    """Reads a Pabulib file into a closed vote, ready to count. Costs are in cents; each ballot gets a random receipt.

    The order of the file is not kept: the box never knows one. Raises one ``Refusal`` with line and field on the first
    thing that is wrong, and the caller then keeps nothing. Source: https://pabulib.org/format.
    """
    reading = open_pabulib(source)
    scrutin = _imported(reading, name)
    db.session.add(scrutin)
    db.session.flush()
    total = reading.number + reading.blanks
    ballots = walk(reading.ballots(), total) if walk else reading.ballots()
    # Sorted by receipt, which is drawn: the order of the file is lost, and the box is filled in that of its key.
    rows = sorted((scrutin.id, secrets.token_hex(32), content) for content in map(Texts().write, ballots))
    insert_many(db.session, tables_of(Ballot)[0], ("scrutin_id", "receipt_hash", "content"), rows)
    journal.record("imported", scrutin, actor=None, ballots=len(rows), projects=len(scrutin.projects))
    return scrutin


def export_pabulib(*, scrutin: Scrutin) -> bytes:
    """The public ballots as a Pabulib file: sorted by what they say, nothing that orders, dates or names them.

    Refusals: ``not_counted``, ``too_few`` (under the site's threshold a unanimous vote would show everybody's), those
    of ``write_pabulib``. Source: votes-tirage-questionnaires §6.2.
    """
    require(may_publish_ballots(scrutin))
    texts = Texts()
    ballots = {texts.read(content): times for content, times in queries.merged_ballots(scrutin.id)}
    projects = sorted(scrutin.projects, key=lambda project: (project.position, project.ref))
    counted = scrutin.result
    rules = CountingRules.from_facts(counted["rules"]) if counted else scrutin.rules
    election = Election(_about(scrutin), rules, tuple(on_ballot(p).to_project() for p in projects), ballots)
    return write_pabulib(election)


def may_publish_ballots(scrutin: Scrutin) -> Verdict:
    """Whether the ballots may be shown one by one. Refusals: ``not_counted``, ``too_few``."""
    if scrutin.imported:
        return YES
    verdict = result_is_out(scrutin.is_counted)
    if verdict and has_few_ballots(scrutin):
        sentence = _l(
            "Il y a trop peu de bulletins pour les publier un par un sans risquer de montrer qui les a déposés."
        )
        return Refusal(sentence, code="too_few")
    return verdict


def has_few_ballots(scrutin: Scrutin) -> bool:
    """Whether so few people voted that the result lets their votes be guessed. To be asked after the closing only.

    Source: docs/decisions/0010; the threshold is a setting of the site.
    """
    return queries.count_emargements(scrutin.id) < site().small_cell_threshold


def _imported(reading: Reading, name: str) -> Scrutin:
    about = reading.about
    # The dates of a file are days or years of elsewhere: what matters here is that the vote is closed.
    end = clock.now() - timedelta(minutes=1)
    projects = [
        ScrutinProject(
            ref=project.id,
            title=project.name,
            summary="",
            cost_cents=project.cost_cents,
            sub_envelope=project.sub_envelope,
            category=project.category or "",
            position=position,
        )
        for position, project in enumerate(reading.projects)
    ]
    return Scrutin(
        title=(about.description or name)[:200],
        opens_at=end - timedelta(days=1),
        closes_at=end,
        rules_text=canonical(reading.rules.to_facts()),
        rules_sha256=reading.rules.rules_sha256,
        eligibility_text=canonical(Eligibility().to_facts()),
        openers_needed=0,
        minimum_batch=LEAST_BATCH,
        imported=True,
        projects_listed=len(projects),
        source_name=name[:200],
        about_text=canonical(asdict(about)),
        projects=projects,
    )


def _about(scrutin: Scrutin) -> About:
    if scrutin.imported:
        return About(**json.loads(scrutin.about_text))
    place = site()
    return About(
        description=scrutin.title,
        country="France",
        unit=place.place or place.name,
        instance=str(clock.in_paris(scrutin.closes_at).year),
        date_begin=_day(scrutin.opens_at),
        date_end=_day(scrutin.closes_at),
        language="fr",
        currency="EUR",
    )


def _day(instant: datetime) -> str:
    return clock.in_paris(instant).strftime("%d.%m.%Y")
