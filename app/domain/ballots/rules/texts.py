"""Writing and reading a great many ballots: the same texts as ``canonical_ballot``, made of pieces written once."""

from __future__ import annotations

import json

from app.domain.ballots.rules.ballot import Pairs, canonical_ballot, parse_ballot
from app.domain.shared.canonical import canonical


class Texts:
    """Remembers how each (project, points) is written: ballots of one vote name the same projects over and over."""

    def __init__(self) -> None:
        self._pieces: dict[tuple[str, int], str] = {}

    def write(self, ballot: Pairs) -> str:
        """``canonical_ballot`` of sorted pairs without zeros."""
        pieces = self._pieces
        try:
            return "{" + ",".join([pieces[pair] for pair in ballot]) + "}"
        except KeyError:
            pieces.update((pair, canonical({pair[0]: pair[1]})[1:-1]) for pair in ballot)
            return canonical_ballot(dict(ballot))

    def read(self, text: str) -> Pairs:
        """``parse_ballot``, as sorted pairs. Raises its ``Refusal`` on any other writing."""
        try:
            ballot = tuple(json.loads(text).items())
            if self.write(ballot) == text:
                return ballot
        except (ValueError, TypeError, AttributeError, RecursionError):
            pass
        # Whatever is strange is judged by the one function that knows.
        return tuple(parse_ballot(text).items())
