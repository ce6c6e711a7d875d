"""What a Pabulib file says: where and when, the projects, the rules, the ballots merged when they are equal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.ballots.rules.ballot import Pairs
from app.domain.ballots.rules.terms import CountingRules, Project


@dataclass(frozen=True)
class About:
    """Where and when the vote was held, as the file writes it; dates are ``dd.mm.yyyy`` or ``yyyy``."""

    description: str
    country: str
    unit: str
    instance: str
    date_begin: str
    date_end: str
    subunit: str = ""
    district: str = ""
    edition: str = ""
    language: str = ""
    currency: str = ""


@dataclass(frozen=True)
class Election:
    """A whole election, ready to count: ``ballots`` gives for each distinct ballot how many people cast it.

    ``official`` holds the ids the file says were selected (``None`` when it does not say); it is not written back.
    """

    about: About
    rules: CountingRules
    projects: tuple[Project, ...]
    ballots: Mapping[Pairs, int]
    official: frozenset[str] | None = field(default=None, compare=False)
