"""What a territory asks: codes that exist, figures with their source, a tree without a loop, a colour one can read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from flask_babel import lazy_gettext as _l

from app.domain.shared.refusals import YES, Refusal, Verdict

# Département on three signs (Corsica has letters, overseas begins with 97 or 98), then the rank. The first form is that
# of the list of 2024, the second that of 2015. Source: décret n° 2023-1314 and décret n° 2014-1750.
_QPV = re.compile(r"QN(0\d\d|02[AB]|9[78]\d)\d{2}[NMI]|QP(0\d\d|02[AB]|9[78]\d)\d{3}")
_COLOUR = re.compile(r"#[0-9a-f]{6}")

# WCAG 2.2, success criterion 1.4.3: text on the accent, and the accent on the paper, are read at 4.5 to 1.
READABLE = 4.5
LIGHT_GROUNDS = ("#ffffff", "#faf7f2")
DARK_GROUNDS = ("#14171d", "#1c212a")


def can_be_qpv_code(code: str | None) -> Verdict:
    """Whether a code has the form of a QPV's; none is fine (another territory). Refusal code ``qpv_code``."""
    if not code or _QPV.fullmatch(code):
        return YES
    return Refusal(
        _l(
            "Ce n’est pas un code de quartier prioritaire. Recopiez-le tel qu’il est dans le décret (huit signes, "
            "QN ou QP au début), ou laissez vide."
        ),
        field="qpv_code",
        code="qpv_code",
    )


def population_has_its_source(population: int | None, year: int | None, source: str) -> Verdict:
    """A number of inhabitants comes with its year and its source, or not at all. Refusal code ``population``."""
    if population is None or (year is not None and source):
        return YES
    sentence = _l("Dites l’année et la source de ce nombre d’habitants, ou laissez-le vide.")
    return Refusal(sentence, field="population", code="population")


def dates_in_order(starts_on: date, ends_on: date) -> Verdict:
    """A contract ends after it begins. Refusal code ``dates``."""
    if ends_on > starts_on:
        return YES
    return Refusal(_l("La fin doit venir après le début. Vérifiez les deux dates."), field="ends_on", code="dates")


def parent_makes_a_tree(node_id: int | None, parent_id: int | None, parents: Mapping[int, int | None]) -> Verdict:
    """A theme is not under itself, however far. ``parents`` gives the parent of each node of the contract.

    Refusals (code ``parent``): an unknown parent (of another contract), a loop.
    """
    seen = parent_id
    if seen is not None and seen not in parents:
        return Refusal(_l("Choisissez un thème du même contrat."), field="parent", code="parent")
    while seen is not None:
        if seen == node_id:
            sentence = _l("Un thème ne peut pas être placé sous lui-même. Choisissez un autre niveau.")
            return Refusal(sentence, field="parent", code="parent")
        seen = parents[seen]
    return YES


def can_be_accent(colour: str) -> Verdict:
    """A colour written ``#a8432a``. Refusal code ``accent``."""
    if _COLOUR.fullmatch(colour):
        return YES
    sentence = _l("Écrivez la couleur avec un dièse et six signes, par exemple #a8432a.")
    return Refusal(sentence, field="accent", code="accent")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def accent_for_light(colour: str) -> str:
    """The colour, darkened by the least that lets one read white on it and it on paper."""
    return _moved(colour, 0, LIGHT_GROUNDS)


def accent_for_dark(colour: str) -> str:
    """The colour, lightened by the least that lets one read it on the dark grounds, and night on it."""
    return _moved(colour, 255, DARK_GROUNDS)


def _moved(colour: str, towards: int, grounds: tuple[str, ...]) -> str:
    for percent in range(101):
        parts = [part + (towards - part) * percent // 100 for part in _parts(colour)]
        moved = "#" + "".join(f"{part:02x}" for part in parts)
        if all(contrast(moved, ground) >= READABLE for ground in grounds):
            return moved
    raise AssertionError("black and white are always readable")  # pragma: no cover


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
