"""What the register promises: each record's digest covers its facts and the record before."""

from __future__ import annotations

from app.domain.shared.canonical import digest

GENESIS = "0" * 64


def chain_digest(
    *,
    position: int,
    number: str,
    kind: str,
    title: str,
    facts_sha256: str,
    source: str,
    corrects: int | None,
    previous: str,
) -> str:
    """SHA-256 (hexadecimal) that seals a record into the chain.

    It covers the place, the public number, the kind, the title, the digest of the facts, the source
    (``kind:id:digest``), the place of the record it corrects (or none) and the seal of the record before
    (``GENESIS`` for the first). Source: architecture §3, choix de conception.
    """
    return digest(
        {
            "position": position,
            "number": number,
            "kind": kind,
            "title": title,
            "facts_sha256": facts_sha256,
            "source": source,
            "corrects": corrects,
            "previous": previous,
        }
    )
