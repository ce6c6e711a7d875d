"""The letter box of a demonstration: every letter the platform has written. It does not exist anywhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Blueprint, current_app, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.accounts.policies import anyone
from app.domain.shared import outbox
from app.domain.shared.outbox import OutboxMessage
from app.web.access import access
from app.web.pages import respond

bp = Blueprint("mailbox", __name__)


@dataclass(frozen=True)
class Letter:
    """A letter as it is read, and the pages of this site it names, as paths that work here."""

    message: OutboxMessage
    text: str
    paths: tuple[str, ...]


@bp.get("/courriels")
@access(anyone)
def index() -> ResponseReturnValue:
    """The letters, the newest first."""
    page = outbox.messages(request.args.get("page", 1, type=int))
    letters = [_read(message) for message in page.items]
    return respond("mailbox/index.html", page=page, letters=letters, pages=_address)


def _read(message: OutboxMessage) -> Letter:
    text = message.text_for(current_app.config["PUBLIC_URL"])
    return Letter(message, text, _paths(text))


def _paths(body: str) -> tuple[str, ...]:
    here = re.escape(current_app.config["PUBLIC_URL"])
    return tuple(re.findall(rf"{here}(/\S*)", body))


def _address(number: int) -> str:
    return url_for("mailbox.index", page=number)
