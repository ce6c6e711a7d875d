"""Who may: editions are managed by the agents of their contract, and seen by all once published."""

from __future__ import annotations

from typing import Protocol

from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Person
from app.domain.accounts.policies import agent_of_contract
from app.domain.budgets.models import Edition
from app.domain.shared.refusals import YES, Refusal, Verdict


class OfAnEdition(Protocol):
    """Anything that belongs to one edition: a part of its règlement, a study, a project. Needs it loaded."""

    @property
    def edition(self) -> Edition: ...


def can_manage(person: Person | None, subject: Edition | OfAnEdition) -> Verdict:
    """An agent (or administrator) of the contract of this edition."""
    edition = subject if isinstance(subject, Edition) else subject.edition
    return agent_of_contract(person, edition.process.contract_id)


def can_see(person: Person | None, subject: Edition | OfAnEdition) -> Verdict:
    """Everybody once the edition is public; before, the agents of its contract."""
    edition = subject if isinstance(subject, Edition) else subject.edition
    if edition.process.published_at is not None or can_manage(person, edition):
        return YES
    return Refusal(_l("Cette édition se prépare : elle sera publiée à l’ouverture de l’appel à idées."), code="private")


def can_see_projects(person: Person | None, edition: Edition) -> Verdict:
    """Everybody once the list is published; before, the agents who make it."""
    if edition.list_published_at is not None or can_manage(person, edition):
        return YES
    return Refusal(_l("La liste des projets sera publiée à la fin de l’étude des idées."), code="private")
