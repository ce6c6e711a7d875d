"""Models of bodies to start from, read once from the file beside: proposals, every one of which can be changed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask_babel import LazyString

from app.domain.governance.models import BodyKind, LegalRegime, Power
from app.domain.governance.rules.composition import CompositionRule, read_rule
from app.domain.governance.rules.preset_words import PRESET_WORDS

FILE = Path(__file__).with_name("presets.toml")


@dataclass(frozen=True)
class BodyPreset:
    """A model: what a body of this kind usually is. ``child`` names the model of the bodies attached to it."""

    code: str
    kind: BodyKind
    label: LazyString
    help: LazyString
    power: Power
    purpose: str
    composition: CompositionRule
    is_independent: bool = False
    has_regime: bool = False
    yearly_seances: int | None = None
    mandate_months: int | None = None
    child: str = ""

    def regime_on(self, day: date) -> LegalRegime | None:
        """The text it lives under when created on a day, where one applies."""
        return regime_on(day) if self.has_regime else None


@lru_cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


@lru_cache
def presets() -> dict[str, BodyPreset]:
    """The models by code, in the order of the file."""
    rules = {name: read_rule(content) for name, content in _file()["compositions"].items()}
    found = [
        BodyPreset(
            **{
                **one,
                "label": PRESET_WORDS[one["code"]][0],
                "help": PRESET_WORDS[one["code"]][1],
                "kind": BodyKind(one["kind"]),
                "power": Power(one["power"]),
                "composition": rules[one["composition"]],
            }
        )
        for one in _file()["presets"]
    ]
    return {preset.code: preset for preset in found}


def preset_of(kind: BodyKind) -> BodyPreset | None:
    """The first model of a kind, if there is one."""
    return next((preset for preset in presets().values() if preset.kind is kind), None)


def regime_on(day: date) -> LegalRegime | None:
    """The text in force on a day (droit-et-pratique §2.1): decided by the date of the act."""
    found = None
    for row in _file()["regimes"]:
        if row["since"] <= day:
            found = LegalRegime(row["code"])
    return found


def contract_to_complete() -> tuple[str, int]:
    """The name and the length in years of the contract a new installation begins with, until an agent writes them."""
    said = _file()["contract"]
    return said["name"], said["years"]
