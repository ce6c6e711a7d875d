"""What was decided to be done is followed: done, or given up with the reason."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Person
from app.domain.governance.models import ACTION_LIFE, DecidedAction
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal


def finish_action(*, action: DecidedAction, words: str, actor: Person) -> None:
    """Notes that it is done, with what should be known. Refusal ``state``."""
    _settle(action, "finish", words, actor)
    journal.record("finished_action", action, actor=actor)


def abandon_action(*, action: DecidedAction, words: str, actor: Person) -> None:
    """Notes that it will not be done, and why. Refusals ``reason``, ``state``."""
    if not words:
        raise Refusal(
            _l("Écrivez pourquoi cette action est abandonnée : ce sera public."), field="words", code="reason"
        )
    _settle(action, "abandon", words, actor)
    journal.record("abandoned_action", action, actor=actor)


def _settle(action: DecidedAction, verb: str, words: str, actor: Person) -> None:
    action.state = ACTION_LIFE.target(verb, action.state)
    action.words, action.settled_at, action.settled_by_id = words, clock.now(), actor.id
