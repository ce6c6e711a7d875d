"""How a receipt travels to its page: in the browser's own session, until put away or signed out. No server keeps it.

The code is drawn with the recap, inside a token only this person can send for this vote: sending the act twice, or
again after a cut line, gives the same receipt and one ballot.
"""

from __future__ import annotations

from flask import current_app, session
from itsdangerous import BadSignature, URLSafeSerializer

from app.domain.ballots.services import new_code

SESSION = "receipts"


def new_token(person_id: int, scrutin_id: int) -> str:
    """A signed token that carries a new code."""
    return _signer().dumps([person_id, scrutin_id, new_code()])


def code_of(token: str, person_id: int, scrutin_id: int) -> str | None:
    """The code of a token made for this person and this vote, otherwise ``None``: another will be drawn."""
    try:
        whose, where, code = _signer().loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return str(code) if (whose, where) == (person_id, scrutin_id) else None


def keep(scrutin_id: int, code: str) -> None:
    """Leaves the code with the browser that voted."""
    session[SESSION] = {**session.get(SESSION, {}), str(scrutin_id): code}


def kept(scrutin_id: int) -> str | None:
    """The code this browser still holds."""
    code = session.get(SESSION, {}).get(str(scrutin_id))
    return str(code) if code else None


def put_away(scrutin_id: int) -> None:
    """Takes the code back from this browser."""
    session[SESSION] = {vote: code for vote, code in session.get(SESSION, {}).items() if vote != str(scrutin_id)}


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="receipt")
