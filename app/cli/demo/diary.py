"""The diary of the town: dated acts, played in their order with the clock moved to each, as life would have gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby

from app.database import db
from app.domain.shared import clock, outbox


class Diary:
    """What happens in the town, day by day. Days are counted from today: -1 is yesterday."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._acts: list[tuple[datetime, Callable[[], object]]] = []

    def __len__(self) -> int:
        return len(self._acts)

    def note(self, day: int, act: Callable[..., object], *facts: object, hour: float = 10) -> None:
        """Notes an act for a past day, at an hour of Paris, with what it acts on.

        Acts of the same instant keep the order in which they were noted.
        """
        if day >= 0:
            raise ValueError("the diary ends yesterday: nothing is written that has not happened yet")
        instant = clock.start_of(self._today + timedelta(days=day)) + timedelta(hours=hour)
        self._acts.append((instant, partial(act, *facts)))

    def play(self, advance: Callable[[int], None]) -> None:
        """Lives the whole diary: numbers, seals, journal and notices come out in their true order."""
        acts = sorted(self._acts, key=lambda noted: noted[0])
        for _day, in_the_day in groupby(acts, key=lambda noted: noted[0].date()):
            for instant, act in in_the_day:
                with clock.shifted(instant - clock.now()):
                    act()
                advance(1)
            with clock.shifted(instant - clock.now()):
                _end_the_day()


def _end_the_day() -> None:
    """The letters of the past were delivered in the past: no server sends them again. Each day finds things anew."""
    while (letter := outbox.claim_next_for_update()) is not None:
        outbox.note_delivery(letter.id, letter.attempts)
    db.session.flush()
    db.session.expunge_all()
