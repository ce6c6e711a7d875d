"""One way to write facts as bytes, so that the same facts always have the same digest."""

from __future__ import annotations

import hashlib
import json


def canonical(facts: object) -> str:
    """JSON with sorted keys, no spaces and real characters. Floats are refused: facts are text, integers, lists."""
    _refuse_floats(facts)
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(facts: object) -> str:
    """SHA-256 of the canonical writing, in lower-case hexadecimal."""
    return hashlib.sha256(canonical(facts).encode()).hexdigest()


def _refuse_floats(facts: object) -> None:
    if isinstance(facts, float):
        raise TypeError("a float has no canonical writing: use integers or text")
    if isinstance(facts, dict):
        for key, value in facts.items():
            if not isinstance(key, str):
                raise TypeError(f"facts are keyed by text, not {key!r}")
            _refuse_floats(value)
    if isinstance(facts, list | tuple):
        for value in facts:
            _refuse_floats(value)
