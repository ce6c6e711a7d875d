"""``flask ballot``: elections in and out of files, sealing, counting.

Exit 0 done, 1 a negative answer (not counted yet), 2 a wrong input, with one sentence on stderr.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.cli.ready import on_ready_database
from app.cli.sealing import seal_and_wipe
from app.cli.speaking import NEGATIVE, WRONG, Command, answer, as_json, file_trouble, stop
from app.database import db
from app.domain.ballots import queries, services
from app.domain.ballots.models import Scrutin
from app.domain.ballots.rules.ballot import Pairs
from app.domain.ballots.rules.terms import Overflow
from app.domain.shared.money import format_euros
from app.domain.shared.refusals import Missing, Refusal

# The refusals that are an answer, not a mistake in what was asked.
ANSWERS = frozenset({"not_counted", "too_few", "seal", "chain"})

group = AppGroup("ballot", help="Votes : importer, sceller, dépouiller, exporter.")


@group.command("import", cls=Command, help="Lit une élection Pabulib, close et prête à dépouiller.")
@click.argument("file")
@as_json
@on_ready_database
def import_(file: str, as_json: bool) -> None:
    """Reads FILE.pb into a closed vote."""
    with spoken(), opened(file) as source:
        scrutin = services.import_pabulib(source=source, name=Path(file).name, walk=with_progress)
        db.session.commit()
    facts = {
        "id": scrutin.id,
        "projects": len(scrutin.projects),
        "ballots": queries.count_ballots(scrutin.id),
        "envelope_cents": scrutin.rules.envelope_cents,
    }
    words = _("Vote %(id)d prêt à dépouiller : %(projects)d projets, %(ballots)d bulletins.", **facts)
    answer(facts, words, as_json)


@group.command("count", cls=Command, help="Dépouille un vote importé, ou redonne le résultat d’un vote dépouillé.")
@click.argument("scrutin_id", metavar="ID", type=int)
@click.option("--overflow", type=click.Choice([rule.value for rule in Overflow]), help="Recompter, sans rien écrire.")
@click.option("--seed", help="Graine du tirage au sort : recompter, sans rien écrire.")
@as_json
@on_ready_database
def count(scrutin_id: int, overflow: str | None, seed: str | None, as_json: bool) -> None:
    """Gives the frozen result; with --overflow or --seed, a simulation that leaves it as it is."""
    with spoken():
        scrutin = queries.scrutin_by_id(scrutin_id)
        if overflow or seed:
            rule = Overflow(overflow) if overflow else None
            facts = services.simulate(scrutin=scrutin, overflow=rule, seed=seed).to_facts()
        else:
            scrutin = services.count_imported(scrutin_id=scrutin_id)
            db.session.commit()
            facts = dict((scrutin.result or {})["result"])
    answer(result_facts(facts), told(scrutin, facts), as_json)


@group.command(cls=Command, help="Écrit les bulletins publics dans un fichier Pabulib.")
@click.argument("scrutin_id", metavar="ID", type=int)
@click.argument("file")
@as_json
@on_ready_database
def export(scrutin_id: int, file: str, as_json: bool) -> None:
    """Writes the public ballots, sorted, into FILE.pb."""
    with spoken():
        scrutin = queries.scrutin_by_id(scrutin_id)
        content = services.export_pabulib(scrutin=scrutin)
        write_whole(Path(file), content)
    answer({"id": scrutin.id, "bytes": len(content)}, _("Bulletins écrits dans %(file)s.", file=file), as_json)


@group.command(cls=Command, help="Déplace dans l’urne les bulletins arrivés en nombre suffisant.")
@as_json
@on_ready_database
def seal(as_json: bool) -> None:
    """Moves the arrivals that are due."""
    with spoken():
        moved = seal_and_wipe()
    answer({"moved": moved}, _("Bulletins mis dans l’urne : %(moved)d.", moved=moved), as_json)


# --- Speaking -----------------------------------------------------------------------------------------------------


@contextmanager
def spoken() -> Iterator[None]:
    """Turns refusals and unreadable files into one sentence; nothing of the act is then kept."""
    try:
        yield
    except Missing:
        db.session.rollback()
        stop(_("Ce vote n’existe pas : vérifiez son numéro."), WRONG)
    except Refusal as refusal:
        db.session.rollback()
        stop(str(refusal), NEGATIVE if refusal.code in ANSWERS else WRONG)
    except OSError as error:
        db.session.rollback()
        stop(file_trouble(error), WRONG)


@contextmanager
def opened(file: str) -> Iterator[Any]:
    """The file, read as bytes."""
    with Path(file).open("rb") as source:
        yield source


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file wholly or not at all: a full disk leaves the former one as it was."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def with_progress(ballots: Iterator[Pairs], total: int) -> Iterable[Pairs]:
    """The same ballots, with a progress bar when somebody looks."""
    if not sys.stderr.isatty():
        yield from ballots
        return
    with click.progressbar(length=total, label=_("Lecture des bulletins"), file=sys.stderr) as bar:
        for number, ballot in enumerate(ballots, start=1):
            yield ballot
            if number % 1000 == 0:
                bar.update(1000)


def result_facts(facts: dict[str, Any]) -> dict[str, Any]:
    """What programs read of a result."""
    return {
        "winners": [winner["project"] for winner in facts["winners"]],
        "spent_cents": facts["spent_cents"],
        "left_cents": facts["left_cents"],
        "scores": {project: standing["score"] for project, standing in facts["standings"].items()},
        "not_retained": {project: verdict["reason"] for project, verdict in facts["not_retained"].items()},
        "rules_sha256": facts["rules_sha256"],
    }


def told(scrutin: Scrutin, facts: dict[str, Any]) -> str:
    """The result for people: the winners in order, then the money."""
    titles = {project.ref: project.title for project in scrutin.projects}
    lines = [
        f"{rank:>3}. {titles[winner['project']]} – {format_euros(winner['cost_cents'])}"
        for rank, winner in enumerate(facts["winners"], start=1)
    ]
    spent, left = format_euros(facts["spent_cents"]), format_euros(facts["left_cents"])
    return "\n".join([*lines, _("Dépensé : %(spent)s. Reste : %(left)s.", spent=spent, left=left)])
