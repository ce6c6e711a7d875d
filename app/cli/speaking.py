"""How commands speak: words for people or one JSON object, one sentence on stderr for each fault, three exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import click
from flask_babel import gettext as _

from app.domain.shared.refusals import Refusal

# A list saved in the wrong encoding may have a fault per line: the first are enough to understand.
MOST_FAULTS = 1_000
# Exit codes beside 0: a negative answer, a wrong input.
NEGATIVE, WRONG = 1, 2

as_json = click.option("--json", "as_json", is_flag=True, help="Écrire un objet JSON.")


class Command(click.Command):
    """A command whose usage errors are one sentence."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            stop(error.format_message(), WRONG)


def answer(facts: dict[str, Any], words: str, as_json: bool) -> None:
    """One JSON object, or words for people."""
    click.echo(json.dumps(facts, ensure_ascii=False, sort_keys=False) if as_json else words)


def stop(sentence: str, code: int) -> NoReturn:
    """Leaves with one sentence on stderr."""
    click.echo(" ".join(sentence.split()), err=True)
    sys.exit(code)


def stop_all(faults: Sequence[Refusal]) -> NoReturn:
    """Leaves with one sentence per fault."""
    for fault in faults[:MOST_FAULTS]:
        click.echo(" ".join(str(fault).split()), err=True)
    if len(faults) > MOST_FAULTS:
        click.echo(_("Et %(n)s autres fautes.", n=len(faults) - MOST_FAULTS), err=True)
    sys.exit(WRONG)


@contextmanager
def spoken() -> Iterator[None]:
    """Turns unreadable files, and a rule too complex to answer, into one sentence."""
    try:
        yield
    except Refusal as refusal:
        stop(str(refusal), WRONG)
    except OSError as error:
        stop(file_trouble(error), WRONG)


def file_trouble(error: OSError) -> str:
    """What is the matter with a file, in a sentence."""
    file = error.filename
    if isinstance(error, FileNotFoundError):
        return _("Le fichier %(file)s n’existe pas : vérifiez son nom.", file=file)
    if isinstance(error, IsADirectoryError):
        return _("%(file)s est un dossier : donnez un fichier.", file=file)
    if isinstance(error, PermissionError):
        return _("Vous n’avez pas le droit d’ouvrir %(file)s.", file=file)
    return _("Le fichier %(file)s ne s’ouvre pas (%(reason)s).", file=file, reason=error.strerror or "?")
