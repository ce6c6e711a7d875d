"""``flask council``: the conseils citoyens of a contract, from a file.

Exit 0 done, 2 a wrong input, with one sentence per fault on stderr.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.cli.ballot import WRONG, Command, answer, file_trouble, stop
from app.cli.ready import on_ready_database
from app.database import db
from app.domain.governance import rules, services
from app.domain.shared.refusals import Missing, Refusal
from app.domain.territories.models import Contract
from app.domain.territories.queries import contract_by_id, contracts

group = AppGroup("council", help="Conseils citoyens : importer.")
# A list of conseils is a few lines: nobody means to read more than that.
MOST_BYTES = 2_000_000


@group.command("import", cls=Command, help="Crée les conseils citoyens d’un fichier CSV : collèges et sièges compris.")
@click.argument("file")
@click.option("--contract", "contract_id", type=int, help="Le contrat de ville, quand il y en a plusieurs.")
@click.option("--json", "as_json", is_flag=True, help="Écrire un objet JSON.")
@on_ready_database
def import_(file: str, contract_id: int | None, as_json: bool) -> None:
    """Reads FILE.csv and creates the conseils the contract does not have yet."""
    try:
        with Path(file).open("rb") as source:
            content = source.read(MOST_BYTES + 1)
    except OSError as error:
        stop(file_trouble(error), WRONG)
    if len(content) > MOST_BYTES:
        stop(_("Le fichier %(file)s est trop grand pour une liste de conseils.", file=file), WRONG)
    lines, faults = rules.read_councils(content)
    if faults:
        for fault in faults:
            click.echo(" ".join(str(fault).split()), err=True)
        sys.exit(WRONG)
    try:
        done = services.import_councils(contract=_contract(contract_id), lines=lines, walk=_with_progress)
    except Refusal as refusal:
        db.session.rollback()
        stop(str(refusal), WRONG)
    db.session.commit()
    words = _(
        "%(councils)d conseils citoyens, dont %(created)d créés : %(seats)d sièges, %(residents)d dans le collège des "
        "habitantes et habitants, %(others)d dans l’autre.",
        **asdict(done),
    )
    answer(asdict(done), words, as_json)


def _contract(contract_id: int | None) -> Contract:
    """The contract named, or the only one, or one to complete in a new installation."""
    if contract_id is not None:
        try:
            return contract_by_id(contract_id)
        except Missing:
            raise Refusal(_("Ce contrat de ville n’existe pas : vérifiez son numéro."), code="contract") from None
    known = contracts()
    if not known:
        return services.begin_contract()
    if len(known) > 1:
        raise Refusal(_("Il y a plusieurs contrats de ville : dites lequel avec --contract."), code="contract")
    return known[0]


def _with_progress(lines: Sequence[rules.CouncilLine]) -> Iterator[rules.CouncilLine]:
    """The same lines, with a progress bar when somebody looks."""
    if not sys.stderr.isatty():
        yield from lines
        return
    with click.progressbar(lines, label=_("Création des conseils"), file=sys.stderr) as bar:
        yield from bar
