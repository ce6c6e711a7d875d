"""``flask fph``: the règlement of a fund checked, and a fund played from a file of events. No database is opened.

Exit 0 done, 1 a negative answer (the règlement contradicts itself or lacks something, an event was refused), 2 a wrong
input, with one sentence on stderr for each fault. `docs/fph.md` describes the files.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.cli.speaking import NEGATIVE, WRONG, Command, answer, as_json, spoken, stop, stop_all
from app.domain.fph.rules.checks import contradictions, missing_to_open
from app.domain.fph.rules.fund_rules import rules_of
from app.domain.fph.rules.play.run import Outcome, facts_of, play, read_play
from app.domain.fph.rules.play.world import World
from app.domain.fph.rules.presets import presets
from app.domain.shared.money import format_euros
from app.domain.shared.refusals import Refusal
from app.domain.shared.written import read_json

group = AppGroup("fph", help="Fonds de participation des habitants : essayer un règlement.")
rules_group = AppGroup("rules", help="Le règlement d’un fonds.")
group.add_command(rules_group)


@rules_group.command(cls=Command, help="Dit ce qu’un règlement a de faux, de contradictoire ou d’incomplet.")
@click.argument("file")
@as_json
def check(file: str, as_json: bool) -> None:
    """Whole and consistent, or each field to mend."""
    with spoken():
        rules, faults = rules_of(facts_in(file))
    if rules is None:
        stop_all(faults)
    found = [*contradictions(rules), *missing_to_open(rules)]
    facts = {"ready": not found, "rules_sha256": rules.sha256, "to_mend": [_mend(one) for one in found]}
    words = [_("%(field)s : %(sentence)s", field=one.field, sentence=str(one)) for one in found]
    answer(facts, "\n".join(words) or _("Ce règlement est complet : un fonds peut ouvrir avec lui."), as_json)
    if found:
        sys.exit(NEGATIVE)


def _mend(refusal: Refusal) -> dict[str, Any]:
    return {"field": refusal.field, "code": refusal.code, "sentence": str(refusal)}


@rules_group.command(cls=Command, help="Écrit le règlement d’un lieu connu, pour en partir ; sans nom, les liste.")
@click.argument("code", required=False)
@as_json
def model(code: str | None, as_json: bool) -> None:
    """The JSON of a preset, which ``check`` reads; or the list of presets."""
    if code is None:
        listed = {one.code: {"place": one.place, "about": one.about} for one in presets().values()}
        answer({"models": listed}, "\n".join(f"{one.code:20} {one.place}" for one in presets().values()), as_json)
        return
    if code not in presets():
        stop(_("Aucun modèle ne s’appelle « %(code)s ».", code=code), WRONG)
    click.echo(json.dumps(presets()[code].rules.to_facts(), ensure_ascii=False, indent=2))


@group.command(cls=Command, help="Joue des événements sur un règlement : où en sont les dossiers, et l’argent.")
@click.argument("file")
@as_json
def simulate(file: str, as_json: bool) -> None:
    """States and ledger after the events; those that the règlement refuses are told and change nothing."""
    with spoken():
        world, events, faults = read_play(facts_in(file))
    if world is None:
        stop_all(faults)
    world, outcomes = play(world, events)
    answer(facts_of(world, outcomes), words_of(world, outcomes), as_json)
    if any(outcome.refusal is not None for outcome in outcomes):
        sys.exit(NEGATIVE)


def facts_in(path: str) -> Any:
    """What a JSON file holds."""
    try:
        return read_json(Path(path).read_bytes())
    except ValueError:
        stop(_("%(file)s n’est pas un fichier JSON en UTF-8, chaque clé une fois.", file=path), WRONG)


def words_of(world: World, outcomes: Sequence[Outcome]) -> str:
    """What people read of a played fund."""
    lines = [_told(outcome) for outcome in outcomes if outcome.refusal is not None]
    for ref, file in world.files.items():
        granted = format_euros(file.granted_cents)
        money = f" · {file.money.label}" if file.money else ""
        lines.append(
            _("Dossier %(ref)s : %(state)s, %(granted)s", ref=ref, state=file.state.label, granted=granted) + money
        )
    for name in sorted({entry.envelope for entry in world.entries}):
        held = world.balances(envelope=name)
        lines.append(
            _(
                "Enveloppe %(name)s : dotée %(endowed)s, décidée %(reserved)s, engagée %(committed)s, versée %(paid)s, "
                "justifiée %(justified)s, rendue %(returned)s, disponible %(available)s",
                name=name, **{one: format_euros(cents) for one, cents in held.to_facts().items() if one != "waived"},
            )
        )  # fmt: skip
    return "\n".join(lines)


def _told(outcome: Outcome) -> str:
    return _(
        "Refusé, événement %(number)d (%(verb)s) : %(sentence)s",
        number=outcome.number, verb=outcome.event.verb, sentence=str(outcome.refusal),
    )  # fmt: skip
