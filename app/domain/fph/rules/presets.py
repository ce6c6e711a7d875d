"""The règlements of named places, read once from the file beside: models to start from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.domain.fph.rules.fund_rules import FundRules, rules_of

FILE = Path(__file__).with_name("presets.toml")


@dataclass(frozen=True)
class FundPreset:
    """A place and what it does: its règlement, its usual envelope in cents a year, and what the model does not tell."""

    code: str
    place: str
    about: str
    rules: FundRules
    local_name: str = "FPH"
    envelope_cents: int | None = None
    envelope_per_quartier: bool = False


@lru_cache
def presets() -> dict[str, FundPreset]:
    """The models by code, in the order of the file."""
    content = tomllib.loads(FILE.read_text("utf-8"))
    return {one["code"]: _preset(one, content["lists"]) for one in content["presets"]}


def _preset(one: dict[str, Any], lists: dict[str, Any]) -> FundPreset:
    rules, wrong = rules_of({**lists, **one["rules"]})
    if rules is None:
        raise ValueError(f"{one['code']}: {', '.join(map(str, wrong))}")
    return FundPreset(**{**one, "rules": rules})
