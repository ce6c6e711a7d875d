"""Models to start from. Every number here is a demonstration value: the règlement of a real place says its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from app.domain.ballots.rules.terms import BallotForm, BallotType, Overflow, Score
from app.domain.budgets.rules.reglement import ReglementContent


@dataclass(frozen=True)
class BallotPreset:
    """A known way of voting: its code, its name, the form of its ballot and how it is counted."""

    code: str
    label: Any
    form: BallotForm
    score: Score
    overflow: Overflow

    def applied_to(self, content: ReglementContent) -> ReglementContent:
        """The content with this way of voting."""
        return replace(content, ballot=self.form, score=self.score, overflow=self.overflow)


# Source of the three: votes-tirage-questionnaires §3 (Toulouse 2019, Toulouse 2022, Lot-et-Garonne).
BALLOT_PRESETS: Final = (
    BallotPreset(
        "points", _l("7 points à répartir, 3 au plus par projet (comme à Toulouse en 2019)"),
        BallotForm(BallotType.POINTS, points_total=7, points_max=3, blank_allowed=True), Score.POINTS, Overflow.SKIP,
    ),
    BallotPreset(
        "up_to", _l("Jusqu’à 3 projets au choix"),
        BallotForm(BallotType.UP_TO, choices_max=3, blank_allowed=True), Score.VOTES, Overflow.SKIP,
    ),
    BallotPreset(
        "exactly", _l("3 projets exactement (comme en Lot-et-Garonne)"),
        BallotForm(BallotType.EXACTLY, choices_min=3, choices_max=3, blank_allowed=True), Score.VOTES, Overflow.SKIP,
    ),
)  # fmt: skip


def ballot_preset(code: str) -> BallotPreset | None:
    """One of the models by its code."""
    return next((preset for preset in BALLOT_PRESETS if preset.code == code), None)


# Source: droit-et-pratique §3.3. The wordings are ours; an agent may write others.
CRITERIA: Final[dict[str, Any]] = {
    "interet_general": _l("Le projet sert l’intérêt de toutes et tous, pas un intérêt privé."),
    "localisation": _l("Le projet se réalise sur le territoire concerné."),
    "competence": _l("La collectivité a le droit et les moyens de le réaliser."),
    "investissement": _l("Le projet relève de la section du budget indiquée."),
    "fonctionnement_induit": _l("Ce qu’il coûtera chaque année ensuite reste supportable."),
    "pas_deja_programme": _l("Le projet n’est pas déjà prévu ou financé autrement."),
    "neutralite_porteur": _l("La personne qui propose n’en tire ni profit ni contrat."),
    "non_discrimination": _l("Le projet respecte la laïcité et ne discrimine personne."),
    "precision": _l("L’idée est assez précise pour être étudiée."),
    "delai": _l("Le projet peut être réalisé dans les deux ans."),
    "maitrise_fonciere": _l("Le lieu est public, ou son propriétaire est d’accord."),
}
