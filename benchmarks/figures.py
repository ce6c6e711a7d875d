"""Printing figures: what was measured, beside what was aimed at, and how far one is from the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

WIDTH = 58


@dataclass(frozen=True)
class Times:
    """How long some requests took, in seconds."""

    seconds: Sequence[float]

    @property
    def median(self) -> float:
        return median(self.seconds) if self.seconds else math.nan

    @property
    def p95(self) -> float:
        """The time that nineteen requests out of twenty do not pass."""
        if not self.seconds:
            return math.nan
        return sorted(self.seconds)[math.ceil(0.95 * len(self.seconds)) - 1]


def title(text: str) -> None:
    print(f"\n{text}\n{'=' * len(text)}", flush=True)


def part(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def note(text: str) -> None:
    print(f"  {text}", flush=True)


def figure(name: str, value: float, unit: str = "") -> None:
    """A figure without an aim."""
    print(f"  {name:<{WIDTH}} {number(value):>9} {unit}".rstrip(), flush=True)


def at_most(name: str, value: float, unit: str, aim: float) -> None:
    """A figure that should stay under an aim."""
    _beside(name, value, unit, f"aim ≤ {aim:g}", value <= aim)


def at_least(name: str, value: float, unit: str, aim: float) -> None:
    """A figure that should reach an aim."""
    _beside(name, value, unit, f"aim ≥ {aim:g}", value >= aim)


def _beside(name: str, value: float, unit: str, aim: str, reached: bool) -> None:
    words = "reached" if reached else "MISSED"
    print(f"  {name:<{WIDTH}} {number(value):>9} {unit:<7} {aim:<10} {words}", flush=True)


def number(value: float) -> str:
    """Three figures that mean something."""
    if math.isnan(value):
        return "–"
    if value >= 100 or value == int(value):
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.2f}" if value >= 1 else f"{value:.3f}"
