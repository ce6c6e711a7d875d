"""The order of the projects in the booth: each voter has their own, always the same, and nobody chose it."""

from __future__ import annotations

import hmac
from collections.abc import Iterable


def personal_order(key: str, person_id: int, scrutin_id: int, refs: Iterable[str]) -> list[str]:
    """The projects sorted by HMAC-SHA-256 of (person, scrutin, project) under the site's secret key.

    No project is first for everybody, deposit order plays no part, and coming back changes nothing.
    Source: choix de conception (position bias).
    """

    def place(ref: str) -> bytes:
        return hmac.digest(key.encode(), f"booth|{person_id}|{scrutin_id}|{ref}".encode(), "sha256")

    return sorted(refs, key=place)
