"""A line of life: the same steps, public or private, for an idea, a project, an edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.shared.files import StoredFile


@dataclass(frozen=True)
class Step:
    """One step: ``state`` is ``done``, ``now``, ``next``, ``late`` or ``stopped``; ``when`` a day or an instant.

    ``photo`` is a public picture of it.
    """

    label: object
    state: str
    when: date | datetime | None = None
    who: str | None = None
    note: str | None = None
    href: str | None = None
    photo: StoredFile | None = None
