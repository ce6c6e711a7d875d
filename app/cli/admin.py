"""``flask admin``: the first administrator of a new installation."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from app.cli.ready import on_ready_database
from app.database import db
from app.domain.accounts import services
from app.domain.shared.refusals import Refusal

group = AppGroup("admin", help="The administration of the site.")

# The state of the installation says no; anything else is something to type again.
NEGATIVE = {"first", "email_taken", "pseudonym_taken"}


@group.command("create")
@click.option("--email", default="", help="The address that signs in.")
@click.option("--pseudonym", default="", help="The public name.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@on_ready_database
def create(email: str, pseudonym: str, as_json: bool) -> None:
    """Creates the first administrator and prints their password once. Exits 0 done, 1 refused, 2 wrong input."""
    try:
        with db.session.begin_nested():
            person, password = services.appoint_first_administrator(email=email.strip(), pseudonym=pseudonym.strip())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        click.echo(str(refusal), err=True)
        raise SystemExit(1 if refusal.code in NEGATIVE else 2) from None
    if as_json:
        click.echo(json.dumps({"id": person.id, "email": person.email, "password": password}))
        return
    click.echo(f"Compte créé : {person.email}")
    click.echo(f"Mot de passe : {password}")
    click.echo("Il ne sera plus affiché. Connectez-vous, puis changez-le dans « Mon compte ».")
