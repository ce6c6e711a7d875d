"""The seals of the box: each covers the receipts of its batch and the seal before, so that nothing enters or leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from app.domain.shared.canonical import digest


def root_of(receipts: Iterable[str]) -> str:
    """SHA-256 (hexadecimal) of the receipts of a batch, sorted, one per line: it knows no order of arrival."""
    return hashlib.sha256("\n".join(sorted(receipts)).encode()).hexdigest()


def seal_digest(*, scrutin_id: int, num: int, emargements: int, ballots: int, root: str, previous: str) -> str:
    """SHA-256 (hexadecimal) of one seal; ``previous`` is the digest before, or that of the frozen rules for the first.

    Starting from the rules ties the whole box to them. Source: votes-tirage-questionnaires §6.2, choix de conception.
    """
    return digest(
        {
            "scrutin": scrutin_id,
            "num": num,
            "emargements": emargements,
            "ballots": ballots,
            "root": root,
            "previous": previous,
        }
    )
