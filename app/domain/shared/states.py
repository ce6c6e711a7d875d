"""Lifecycles are tables: services ask them, templates ask them, the glossary prints them."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask_babel import lazy_gettext as _l

from app.domain.shared.refusals import YES, Refusal, Verdict

State = TypeVar("State", bound=enum.Enum)


@dataclass(frozen=True)
class Transition(Generic[State]):
    """One row of a lifecycle: the verb of the button, the states it starts from, the state it leads to."""

    verb: str
    sources: frozenset[State]
    target: State


def transition(verb: str, sources: State | tuple[State, ...], target: State) -> Transition[State]:
    """Writes one row; a single source may be given without a tuple."""
    return Transition(verb, frozenset(sources if isinstance(sources, tuple) else (sources,)), target)


class Lifecycle(Generic[State]):
    """The table of what can happen to a thing.

    ``sentences`` may give a refusal sentence per state ("Cette idée est déjà étudiée."), shown when a verb does not
    apply in that state.
    """

    def __init__(
        self, name: str, rows: tuple[Transition[State], ...], sentences: dict[State, object] | None = None
    ) -> None:
        self.name = name
        self.rows = rows
        self.sentences = sentences or {}

    def allows(self, verb: str, state: State) -> Verdict:
        """``YES`` when the verb applies in this state, otherwise a refusal with code ``state``."""
        for row in self.rows:
            if row.verb == verb and state in row.sources:
                return YES
        default = _l(
            "Cette action n’est plus possible à cette étape. Revenez à la page pour voir où en est le dossier."
        )
        return Refusal(self.sentences.get(state, default), code="state")

    def target(self, verb: str, state: State) -> State:
        """The state the verb leads to. Raises the refusal of ``allows`` when it does not apply."""
        verdict = self.allows(verb, state)
        if isinstance(verdict, Refusal):
            raise verdict
        return next(row.target for row in self.rows if row.verb == verb and state in row.sources)

    def verbs(self, state: State) -> tuple[str, ...]:
        """The verbs that apply in a state, in the order of the table."""
        return tuple(row.verb for row in self.rows if state in row.sources)
