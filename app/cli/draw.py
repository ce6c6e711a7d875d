"""``flask draw``: a draw by lot checked, done, and done again, from files alone. No database is opened.

Exit 0 done, 1 a negative answer (the quotas cannot be met, the record does not hold), 2 a wrong input, with one
sentence on stderr for each fault. `docs/tirage.md` describes the files.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.cli.speaking import NEGATIVE, WRONG, Command, answer, as_json, spoken, stop, stop_all
from app.domain.councils.rules.draw.outlook import Outlook, outlook
from app.domain.councils.rules.draw.pools import Person, PoolFile, list_sha256, published_list, read_pools
from app.domain.councils.rules.draw.record import first_difference, record_of
from app.domain.councils.rules.draw.rule import Rule
from app.domain.councils.rules.draw.rule_reading import read_rule, rule_of
from app.domain.shared.refusals import Refusal

group = AppGroup("draw", help="Tirage au sort : vérifier, tirer, rejouer.")
key_option = click.option("--key", default="", help="Clé qui brouille les identifiants dans la liste publiée.")


def with_lists(first: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The arguments of every command: a file, then the lists."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        for option in (as_json, key_option, click.argument("pools", nargs=-1, required=True), click.argument(first)):
            command = option(command)
        return command

    return decorate


@group.command(cls=Command, help="Dit si les quotas peuvent être tenus et, sinon, lesquels se contredisent.")
@with_lists("rule")
def check(rule: str, pools: Sequence[str], key: str, as_json: bool) -> None:
    """Feasible, or the fewest quotas that conflict."""
    with spoken():
        read, people = lists_of(rule_in(rule), pools, key)
        seen = outlook(read, people)
    answer({**outlook_facts(seen), **digests(read, people)}, outlook_words(seen), as_json)
    if not seen.feasible:
        sys.exit(NEGATIVE)


@group.command("list", cls=Command, help="Écrit la liste telle qu’elle est publiée, sans nom ni adresse.")
@with_lists("rule")
def list_(rule: str, pools: Sequence[str], key: str, as_json: bool) -> None:
    """The published list, whose SHA-256 is the digest of the lists."""
    with spoken():
        read, people = lists_of(rule_in(rule), pools, key)
    written = published_list(read, people)
    if as_json:
        answer({**digests(read, people), "list": written.splitlines()}, "", as_json)
    else:
        click.echo(written, nl=False)


@group.command(cls=Command, help="Tire au sort : titulaires et suppléants, dans l’ordre public.")
@with_lists("rule")
@click.option("--seed", required=True, help="La valeur de l’événement public, telle qu’elle a été publiée.")
def run(rule: str, pools: Sequence[str], key: str, as_json: bool, seed: str) -> None:
    """The record of the draw."""
    with spoken():
        read, people = lists_of(rule_in(rule), pools, key)
        if not seed.strip():
            stop(_("La valeur de l’événement est vide : écrivez-la après --seed."), WRONG)
        record = record_of(read, people, seed)
        if record is None:
            seen = outlook(read, people)
            answer({**outlook_facts(seen), "feasible": False, **digests(read, people)}, outlook_words(seen), as_json)
            sys.exit(NEGATIVE)
    answer(record, record_words(record), as_json)


@group.command(cls=Command, help="Refait le tirage d’un procès-verbal et nomme la première différence.")
@with_lists("record")
def verify(record: str, pools: Sequence[str], key: str, as_json: bool) -> None:
    """Whether the record holds, from its own rule and the lists."""
    with spoken():
        written = record_in(record)
        read, people = lists_of(rule_or_faults(*rule_of(written.get("rule"))), pools, key)
        difference = first_difference(written, read, people)
    if difference is None:
        answer({"verified": True}, _("Le tirage refait donne le même procès-verbal."), as_json)
        return
    facts = {
        "verified": False,
        "field": difference.field,
        "rank": difference.rank,
        "written": difference.written,
        "found": difference.found,
        "sentence": str(difference),
    }
    answer(facts, str(difference), as_json)
    sys.exit(NEGATIVE)


# --- Reading --------------------------------------------------------------------------------------------------------


def rule_in(path: str) -> Rule:
    """The rule of a file, or its faults."""
    return rule_or_faults(*read_rule(Path(path).read_bytes()))


def rule_or_faults(rule: Rule | None, faults: Sequence[Refusal]) -> Rule:
    """The rule, or one sentence per fault."""
    return rule if rule is not None else stop_all(faults)


def lists_of(rule: Rule, pools: Sequence[str], key: str) -> tuple[Rule, list[Person]]:
    """The people of all the lists, or one sentence per fault."""
    files = [PoolFile(Path(path).name, Path(path).read_bytes()) for path in pools]
    people, faults = read_pools(rule, files, key)
    if faults:
        stop_all(faults)
    return rule, people


def record_in(path: str) -> dict[str, Any]:
    """The record of a file."""
    try:
        record = json.loads(Path(path).read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict) or "rule" not in record:
        stop(_("%(file)s n’est pas un procès-verbal de tirage : c’est un objet JSON, avec sa règle.", file=path), WRONG)
    return record


# --- Telling --------------------------------------------------------------------------------------------------------


def digests(rule: Rule, people: Sequence[Person]) -> dict[str, object]:
    """What is published before the event."""
    return {"people": len(people), "list_sha256": list_sha256(rule, people), "rule_sha256": rule.sha256}


def outlook_facts(seen: Outlook) -> dict[str, object]:
    """What a program reads of an outlook."""
    return {
        "feasible": seen.feasible,
        "certain": seen.certain,
        "may_be_called": seen.people,
        "conflicts": [limit.to_facts() for limit in seen.limits],
        "sentence": seen.sentence,
        "trials": seen.trials,
        "failed": seen.failed,
    }


def outlook_words(seen: Outlook) -> str:
    """What people read of an outlook."""
    if seen.certain and seen.feasible:
        return _("Les quotas peuvent être tenus : %(people)s personnes peuvent être appelées.", people=seen.people)
    if not seen.trials:
        return seen.sentence
    words = _(
        "Tout dépend de l’événement, qui dit qui représente chaque foyer : sur %(trials)s essais, %(failed)s échouent.",
        trials=seen.trials,
        failed=seen.failed,
    )
    return f"{words} {seen.sentence}".strip()


def record_words(record: dict[str, Any]) -> str:
    """The record for people: titulars, alternates, digests."""
    lines = [_("Titulaires :"), *_numbered(record["panel"]), _("Suppléants, dans l’ordre d’appel :")]
    lines += _numbered(record["alternates"])
    for name in ("seed", "list_sha256", "rule_sha256"):
        lines.append(f"{name} {record[name]}")
    return "\n".join(lines)


def _numbered(ids: Sequence[str]) -> list[str]:
    return [f"{rank:>5}. {id_}" for rank, id_ in enumerate(ids, start=1)]
