"""``flask register``: proves the register, from its first record to its last."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup

from app.cli.ready import on_ready_database
from app.database import db, writing
from app.domain.governance import queries
from app.domain.governance.rules import Break, check_chain

group = AppGroup("register", help="Le registre : vérifier que personne ne l’a changé.")


@group.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Écrire un objet JSON.")
@on_ready_database
def verify(as_json: bool) -> None:
    """Recalcule chaque empreinte et chaque sceau ; sort avec 1 et nomme la première pièce qui ne tient pas."""
    token = writing.set(False)
    try:
        checked, broken = _read_all()
    finally:
        db.session.rollback()
        writing.reset(token)
    if as_json:
        click.echo(json.dumps(_told(checked, broken), ensure_ascii=False))
    elif broken is None:
        click.echo(_count(checked))
    else:
        click.echo(broken.sentence)
    sys.exit(1 if broken else 0)


def _read_all() -> tuple[int, Break | None]:
    """How many records hold, and the first that does not. A few rows in memory at a time."""
    checked = 0
    end = queries.end_of_register()
    with _progress(end.position) as advance:
        for found in check_chain(queries.chain(end), queries.filings_in_journal(end)):
            if isinstance(found, Break):
                return checked, found
            checked += 1
            advance(1)
    return checked, None


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on the error stream of a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda count: None
        return
    with click.progressbar(length=total, label="Vérification du registre", file=sys.stderr) as bar:
        yield bar.update


def _told(checked: int, broken: Break | None) -> dict[str, object]:
    held: dict[str, object] = {"sound": broken is None, "checked": checked}
    if broken is not None:
        held.update(number=broken.number, code=broken.code, sentence=broken.sentence)
    return held


def _count(checked: int) -> str:
    if checked == 0:
        return "Le registre est vide : il n’y a rien à vérifier."
    if checked == 1:
        return "1 pièce vérifiée : elle tient."
    return f"{checked} pièces vérifiées : elles tiennent toutes."
