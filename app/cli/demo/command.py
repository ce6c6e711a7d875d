"""``flask demo``: loads the town once, and each time makes sure that the accounts it prints work."""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale

from app.adapters.files import Store
from app.cli.demo import corrections, councils, editions, ground, ideas, people, roseraie, voice
from app.cli.demo.diary import Diary
from app.cli.demo.people import Account
from app.cli.demo.town import Town, read
from app.cli.ready import on_ready_database
from app.cli.sealing import seal_and_wipe
from app.database import db
from app.domain.shared import clock, outbox

# Two years ago: long enough for an edition to be lived from its framing to its ribbon.
FOUNDED = -600
# As the worker would have done, with the usual setting of a site.
LETTERS_KEPT_DAYS = 30
WHO = {
    "habitante": "habitante",
    "animateur": "animateur du centre social, pour deux quartiers et le conseil citoyen",
    "agente": "agente du budget participatif",
    "agent2": "second agent : il faut deux personnes pour ouvrir un dépouillement",
    "admin": "administratrice du site",
    "animateur2": "animatrice d’un autre conseil citoyen, qui se prépare",
    "conseillere": "habitante tirée au sort, elle préside le conseil citoyen des Genêts",
}


@click.command("demo")
@click.option("--json", "as_json", is_flag=True, help="Écrire un objet JSON.")
@with_appcontext
@on_ready_database
def demo(as_json: bool) -> None:
    """Charge Valombre, la ville inventée, et dit qui peut se connecter. N’agit qu’avec DEMO=1."""
    if not current_app.config["DEMO"]:
        _refuse("La ville de démonstration ne se charge qu’avec DEMO=1 : ne le mettez jamais sur un vrai site.")
    loaded = not people.is_loaded()
    if loaded:
        if not people.is_empty():
            _refuse("Cette base contient déjà des comptes : chargez la démonstration dans une base vide.")
        load()
    password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(12)
    accounts, card = people.open_accounts(password), people.renew_card()
    db.session.commit()
    told = _told if as_json else _words
    click.echo(told(loaded, password, accounts, card))


def load() -> None:
    """Makes the whole town in one transaction: cut in the middle, it leaves nothing."""
    town = Town(clock.today(), Store(Path(current_app.config["FILES_DIR"])), read("town"))
    diary = plan(town)
    with force_locale("fr"), _progress(len(diary)) as advance:
        diary.play(advance)
        outbox.forget_delivered(LETTERS_KEPT_DAYS)
    db.session.commit()
    seal_and_wipe()


def plan(town: Town) -> Diary:
    """The life of the town until yesterday."""
    diary = Diary(town.today)
    for hour, act in enumerate((people.found, ground.lay, people.hire, people.make_first_residents), start=8):
        diary.note(FOUNDED, act, town, hour=hour)
    for rank, name in enumerate(people.later_residents(town)):
        diary.note(FOUNDED + 1 + rank, people.settle, town, name, hour=18)
    councils.plan(diary, town)
    voice.plan(diary, town)
    roseraie.plan(diary, town)
    editions.plan(diary, town)
    ideas.plan_open_box(diary, town)
    ideas.plan_report(diary, town)
    corrections.plan(diary, town)
    return diary


def _refuse(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(2)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on the error stream of a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda count: None
        return
    with click.progressbar(length=total, label="Deux ans de la vie de Valombre", file=sys.stderr) as bar:
        yield bar.update


def _told(loaded: bool, password: str, accounts: list[Account], card: tuple[str, str] | None) -> str:
    facts = {
        "loaded": loaded,
        "password": password,
        "accounts": [
            {"role": one.key, "email": one.identifier, "pseudonym": one.pseudonym} for one in accounts
        ],
        "card": {"identifier": card[0], "code": card[1]} if card else None,
    }  # fmt: skip
    return json.dumps(facts, ensure_ascii=False)


def _words(loaded: bool, password: str, accounts: list[Account], card: tuple[str, str] | None) -> str:
    lines = [
        "Valombre, la ville inventée, est chargée." if loaded else "Valombre était déjà chargée : rien n’a changé.",
        f"Mot de passe de chacun de ces comptes : {password}",
    ]
    lines += [f"  {one.identifier:24} {one.pseudonym} – {WHO[one.key]}" for one in accounts]
    if card is not None:
        lines += [
            f"Sans e-mail, avec la carte imprimée de {people.WITH_A_CARD} :",
            f"  identifiant {card[0]}   code {card[1]}",
        ]
    return "\n".join(lines)
