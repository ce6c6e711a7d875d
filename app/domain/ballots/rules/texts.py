"""Writing and reading a great many ballots: the same texts as ``canonical_ballot``, made of pieces written once."""

from __future__ import annotations

from app.domain.ballots.rules.ballot import Pairs, canonical_ballot, pairs, parse_ballot
from app.domain.shared.canonical import canonical

# Between two pieces. A text that is known pieces so joined has no other reading; a cut elsewhere gives no known piece.
_BETWEEN = ',"'


class Texts:
    """Remembers how each (project, points) is written: ballots of one vote name the same projects over and over."""

    def __init__(self) -> None:
        self._pieces: dict[tuple[str, int], str] = {}
        # The same the other way round; without the first quote of the piece, which the cut takes away.
        self._pairs: dict[str, tuple[str, int]] = {}

    def write(self, ballot: Pairs) -> str:
        """``canonical_ballot`` of sorted pairs without zeros."""
        pieces = self._pieces
        try:
            return "{" + ",".join([pieces[pair] for pair in ballot]) + "}"
        except KeyError:
            self._learn(ballot)
            return canonical_ballot(dict(ballot))

    def read(self, text: str) -> Pairs:
        """``parse_ballot``, as sorted pairs. Raises its ``Refusal`` on any other writing."""
        known = self._pairs
        try:
            if text[:2] == '{"' and text[-1] == "}":
                ballot = tuple([known[piece] for piece in text[2:-1].split(_BETWEEN)])
                if len(ballot) == 1 or _ascends(ballot):
                    return ballot
        except KeyError:
            pass
        # Whatever is new or strange is judged by the one function that knows.
        read = tuple(parse_ballot(text).items())
        self._learn(pairs(read))
        return read

    def _learn(self, ballot: Pairs) -> None:
        for pair in ballot:
            piece = canonical({pair[0]: pair[1]})[1:-1]
            self._pieces[pair] = piece
            self._pairs[piece[1:]] = pair


def _ascends(ballot: Pairs) -> bool:
    """Whether projects come once each, in the one order a ballot is written in."""
    projects = [pair[0] for pair in ballot]
    return len(set(projects)) == len(projects) and projects == sorted(projects)
