"""The words of ideas: states and their lifecycle, who speaks, by which channel, and what is answered."""

from __future__ import annotations

import enum
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.shared.states import Lifecycle, transition


class IdeaState(enum.Enum):
    """Where an idea stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    RETURNED = "returned"
    IN_STUDY = "in_study"
    ANSWERED = "answered"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Any:
        return {
            "draft": _l("Brouillon"),
            "submitted": _l("En attente de relecture"),
            "published": _l("Publiée"),
            "returned": _l("Renvoyée à son auteur"),
            "in_study": _l("À l’étude"),
            "answered": _l("Réponse donnée"),
            "merged": _l("Regroupée"),
            "withdrawn": _l("Retirée"),
        }[self.value]

    @property
    def tone(self) -> str:
        """The tone of the state component."""
        return {
            "draft": "quiet",
            "submitted": "waiting",
            "published": "info",
            "returned": "late",
            "in_study": "waiting",
            "answered": "done",
            "merged": "quiet",
            "withdrawn": "quiet",
        }[self.value]


# The states in which everybody sees the idea.
LISTED = (IdeaState.PUBLISHED, IdeaState.IN_STUDY, IdeaState.ANSWERED, IdeaState.MERGED)

_S = IdeaState
LIFECYCLE = Lifecycle(
    "idea",
    (
        transition("edit", _S.DRAFT, _S.DRAFT),
        transition("edit", _S.SUBMITTED, _S.SUBMITTED),
        transition("edit", _S.RETURNED, _S.RETURNED),
        transition("edit", _S.PUBLISHED, _S.PUBLISHED),
        # Where ideas are read before they are published, a published idea that changes is read again.
        transition("revise", _S.PUBLISHED, _S.SUBMITTED),
        transition("submit", _S.DRAFT, _S.SUBMITTED),
        transition("resubmit", _S.RETURNED, _S.SUBMITTED),
        transition("publish", _S.SUBMITTED, _S.PUBLISHED),
        transition("return_to_author", _S.SUBMITTED, _S.RETURNED),
        transition("unpublish", LISTED, _S.RETURNED),
        transition("withdraw", (_S.SUBMITTED, _S.PUBLISHED, _S.RETURNED), _S.WITHDRAWN),
        transition("merge", _S.PUBLISHED, _S.MERGED),
        transition("begin_study", _S.PUBLISHED, _S.IN_STUDY),
        transition("answer", (_S.PUBLISHED, _S.IN_STUDY, _S.ANSWERED), _S.ANSWERED),
    ),
    {
        _S.DRAFT: _l("Cette idée est encore un brouillon : elle n’a pas été déposée."),
        _S.SUBMITTED: _l("Cette idée attend d’être relue. Cela sera possible quand elle sera publiée."),
        _S.PUBLISHED: _l("Cette idée est déjà publiée."),
        _S.RETURNED: _l("Cette idée a été renvoyée à son auteur, qui doit d’abord la corriger."),
        _S.IN_STUDY: _l("Cette idée est à l’étude : elle ne peut plus être changée."),
        _S.ANSWERED: _l("Une réponse a déjà été donnée à cette idée : elle ne peut plus être changée."),
        _S.MERGED: _l("Cette idée a été regroupée avec une autre. Allez voir l’idée qui la reprend."),
        _S.WITHDRAWN: _l("Cette idée a été retirée par son auteur."),
    },
)


class AuthorType(enum.Enum):
    """In whose name an idea is given."""

    RESIDENT = "resident"
    GROUP = "group"
    ASSOCIATION = "association"
    SCHOOL = "school"
    CONSEIL_CITOYEN = "conseil_citoyen"

    @property
    def label(self) -> Any:
        return {
            "resident": _l("En mon nom"),
            "group": _l("Au nom d’un groupe d’habitantes et d’habitants"),
            "association": _l("Au nom d’une association"),
            "school": _l("Au nom d’une école, d’un collège ou d’un lycée"),
            "conseil_citoyen": _l("Au nom d’un conseil citoyen"),
        }[self.value]

    @property
    def noun(self) -> Any:
        """Who it is, as written beside an idea."""
        return {
            "resident": _l("habitante ou habitant"),
            "group": _l("groupe d’habitantes et d’habitants"),
            "association": _l("association"),
            "school": _l("établissement scolaire"),
            "conseil_citoyen": _l("conseil citoyen"),
        }[self.value]

    @property
    def is_collective(self) -> bool:
        return self is not AuthorType.RESIDENT


class Channel(enum.Enum):
    """How an idea reached the collectivité. All weigh the same."""

    ONLINE = "online"
    PAPER = "paper"
    WORKSHOP = "workshop"
    PHONE = "phone"
    OUTREACH = "outreach"

    @property
    def label(self) -> Any:
        return {
            "online": _l("En ligne"),
            "paper": _l("Sur papier"),
            "workshop": _l("Pendant un atelier"),
            "phone": _l("Par téléphone"),
            "outreach": _l("En allant vers les gens (porte-à-porte, pied d’immeuble)"),
        }[self.value]


class ModerationVerb(enum.Enum):
    """What a moderator decided."""

    PUBLISH = "publish"
    RETURN = "return_to_author"
    UNPUBLISH = "unpublish"

    @property
    def label(self) -> Any:
        return {
            "publish": _l("Publiée"),
            "return_to_author": _l("Renvoyée à son auteur"),
            "unpublish": _l("Retirée de la publication"),
        }[self.value]


class AbuseReason(enum.Enum):
    """Why somebody asks the moderators to look at an idea again."""

    INSULT = "insult"
    DISCRIMINATION = "discrimination"
    PRIVATE = "private"
    ADVERTISING = "advertising"
    FALSE = "false"
    OTHER = "other"

    @property
    def label(self) -> Any:
        return {
            "insult": _l("Elle insulte ou menace quelqu’un"),
            "discrimination": _l("Elle est raciste, sexiste ou discriminatoire"),
            "private": _l("Elle montre la vie privée de quelqu’un (nom, adresse, visage)"),
            "advertising": _l("C’est de la publicité ou de la propagande"),
            "false": _l("Elle se fait passer pour quelqu’un d’autre"),
            "other": _l("Autre raison"),
        }[self.value]


class AbuseOutcome(enum.Enum):
    """What the moderators did with a report."""

    KEPT = "kept"
    UNPUBLISHED = "unpublished"

    @property
    def label(self) -> Any:
        return {
            "kept": _l("L’idée reste publiée"),
            "unpublished": _l("L’idée n’est plus publiée"),
        }[self.value]


class AnswerOutcome(enum.Enum):
    """What the collectivité officially answers to an idea."""

    ON_BALLOT = "on_ballot"
    RETAINED = "retained"
    ADAPTED = "adapted"
    ALREADY_PLANNED = "already_planned"
    FORWARDED = "forwarded"
    NOT_ADMISSIBLE = "not_admissible"
    NOT_FEASIBLE = "not_feasible"
    NOT_RETAINED = "not_retained"

    @property
    def label(self) -> Any:
        return {
            "on_ballot": _l("Soumise au vote"),
            "retained": _l("Retenue"),
            "adapted": _l("Retenue avec des changements"),
            "already_planned": _l("Déjà prévue"),
            "forwarded": _l("Transmise à un autre organisme"),
            "not_admissible": _l("Non recevable"),
            "not_feasible": _l("Non réalisable"),
            "not_retained": _l("Non retenue"),
        }[self.value]

    @property
    def tone(self) -> str:
        """The tone of the state component."""
        if self in {AnswerOutcome.RETAINED, AnswerOutcome.ADAPTED, AnswerOutcome.ALREADY_PLANNED}:
            return "done"
        return "info" if self in {AnswerOutcome.ON_BALLOT, AnswerOutcome.FORWARDED} else "refused"
