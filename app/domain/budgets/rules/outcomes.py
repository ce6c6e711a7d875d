"""What became of a project: the one place where won, not retained and why are told."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.ballots.rules.result import Reason
from app.domain.budgets.models.editions import EditionState
from app.domain.budgets.models.projects import Project, WorksState


class ProjectStatus(enum.Enum):
    """What a project is, told by the edition, the count and the works."""

    STUDIED = "studied"
    ADMITTED = "admitted"
    ON_BALLOT = "on_ballot"
    WINNER = "winner"
    NOT_RETAINED = "not_retained"
    IN_WORKS = "in_works"
    DELIVERED = "delivered"
    ABANDONED = "abandoned"

    @property
    def label(self) -> Any:
        return {
            "studied": _l("Admis, liste à publier"),
            "admitted": _l("Admis au vote"),
            "on_ballot": _l("Soumis au vote"),
            "winner": _l("Lauréat"),
            "not_retained": _l("Non retenu"),
            "in_works": _l("En travaux"),
            "delivered": _l("Livré"),
            "abandoned": _l("Abandonné"),
        }[self.value]

    @property
    def tone(self) -> str:
        return {
            "studied": "quiet", "admitted": "info", "on_ballot": "info", "winner": "done", "not_retained": "refused",
            "in_works": "waiting", "delivered": "done", "abandoned": "refused",
        }[self.value]  # fmt: skip

    @property
    def has_won(self) -> bool:
        """Whether the vote retained it, whatever came after."""
        return self.value in {"winner", "in_works", "delivered", "abandoned"}


@dataclass(frozen=True)
class Outcome:
    """The status of a project, and the sentence that explains it, if one is needed."""

    status: ProjectStatus
    sentence: Any = ""


def outcome_of(project: Project, state: EditionState, result: Mapping[str, Any] | None) -> Outcome:
    """What became of a project: ``state`` of its edition, ``result`` the frozen facts of the count or ``None``.

    The facts are those of ``ballots.rules.Result.to_facts``: winners and, for the others, reason and details.
    """
    if result is None:
        return Outcome(_before_the_count(state))
    if project.ref not in {winner["project"] for winner in result["winners"]}:
        return Outcome(ProjectStatus.NOT_RETAINED, _not_retained_words(project.ref, result))
    if project.works is WorksState.ABANDONED:
        return Outcome(ProjectStatus.ABANDONED, project.abandon_reason)
    if project.works is WorksState.DELIVERED:
        return Outcome(ProjectStatus.DELIVERED, project.delivery_note)
    if project.works is WorksState.STARTED:
        return Outcome(ProjectStatus.IN_WORKS)
    return Outcome(ProjectStatus.WINNER, _got(project.ref, result))


def _before_the_count(state: EditionState) -> ProjectStatus:
    if state in {EditionState.PREPARATION, EditionState.CALL, EditionState.STUDY}:
        return ProjectStatus.STUDIED
    return ProjectStatus.ADMITTED if state is EditionState.ANNOUNCED else ProjectStatus.ON_BALLOT


def _got(ref: str, result: Mapping[str, Any]) -> Any:
    standing = result["standings"].get(ref)
    if standing is None:
        return ""
    return _l(
        "Choisi par %(voters)s personnes, score %(score)s.", voters=standing["voters"], score=standing["score"]
    )  # fmt: skip


def _not_retained_words(ref: str, result: Mapping[str, Any]) -> Any:
    verdict = result["not_retained"].get(ref)
    if verdict is None:
        return ""
    return REASONS.get(Reason(verdict["reason"]), "")


REASONS: dict[Reason, Any] = {
    Reason.NO_VOTE: _l("Personne n’a choisi ce projet."),
    Reason.BELOW_THRESHOLD: _l("Le projet n’a pas atteint le seuil du règlement."),
    Reason.OVERFLOW: _l("Le projet coûtait plus que ce qui restait de l’enveloppe à son tour."),
    Reason.SUB_ENVELOPE: _l("Le projet coûtait plus que ce qui restait de sa sous-enveloppe."),
    Reason.STOPPED: _l("L’attribution s’est arrêtée avant ce projet, à un projet trop cher pour ce qui restait."),
    Reason.MAX_WINNERS: _l("Le nombre maximal de lauréats était atteint."),
    Reason.TIE_LOST: _l("Le projet était à égalité, et le départage du règlement en a placé un autre avant lui."),
}
