"""A criterion as a règlement lists them: a code that never changes, and the sentence people read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Criterion:
    """One criterion: its code, and the sentence people read."""

    code: str
    wording: str

    def to_facts(self) -> dict[str, Any]:
        """The criterion as text."""
        return {"code": self.code, "wording": self.wording}
