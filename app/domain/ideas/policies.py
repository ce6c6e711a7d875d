"""Who may: read an idea, write it, support it, moderate it, answer it."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Person, Role, Scope
from app.domain.accounts.policies import is_agent, is_staff, signed_in
from app.domain.ideas.models import AbuseReport, Idea, IdeaState
from app.domain.shared import clock
from app.domain.shared.files import StoredFile
from app.domain.shared.refusals import YES, Refusal, Verdict

_STAFF = (Role.ANIMATEUR, Role.AGENT, Role.ADMIN)
_AGENTS = (Role.AGENT, Role.ADMIN)
_OF_THE_AUTHOR = (IdeaState.DRAFT, IdeaState.WITHDRAWN)


@dataclass(frozen=True)
class Reach:
    """How far the roles of a person go: everywhere, or these contracts and quartiers."""

    everywhere: bool
    contract_ids: frozenset[int]
    quartier_ids: frozenset[int]

    def covers(self, idea: Idea) -> bool:
        """Whether the idea is inside. One of its quartiers is enough; an idea for all needs more than one quartier."""
        if self.everywhere:
            return True
        if idea.all_quartiers or not idea.quartiers:
            return bool(self.contract_ids)
        return any(q.id in self.quartier_ids or q.contract_id in self.contract_ids for q in idea.quartiers)


@dataclass(frozen=True)
class ShownFile:
    """A file somebody asks for, and the idea it belongs to, if it belongs to one. Needs the idea's quartiers."""

    file: StoredFile
    idea: Idea | None


def reach_of(person: Person, roles: tuple[Role, ...] = _STAFF) -> Reach:
    """How far these roles of a person go today. Needs ``grants`` loaded."""
    held = [grant for grant in person.grants if grant.role in roles and grant.holds_on(clock.today())]
    return Reach(
        any(grant.scope is Scope.EVERYWHERE for grant in held),
        frozenset(g.scope_id for g in held if g.scope is Scope.CONTRACT and g.scope_id is not None),
        frozenset(g.scope_id for g in held if g.scope is Scope.QUARTIER and g.scope_id is not None),
    )


def agent_reach(person: Person) -> Reach:
    """How far the roles that answer officially go."""
    return reach_of(person, _AGENTS)


def _wrote(person: Person | None, idea: Idea) -> bool:
    """Whether this person gave the idea, or typed it for somebody who has not taken it over."""
    if person is None:
        return False
    return person.id == idea.author_id or (idea.author_id is None and person.id == idea.entered_by_id)


def can_see(person: Person | None, idea: Idea) -> Verdict:
    """Everybody once it is public or was withdrawn (its page then says so); before, its author and the staff there.

    A draft is its author's alone.
    """
    if idea.is_listed or idea.state is IdeaState.WITHDRAWN or _wrote(person, idea):
        return YES
    if idea.state is not IdeaState.DRAFT and person is not None and reach_of(person).covers(idea):
        return YES
    return Refusal(_l("Cette idée n’est pas publiée. Seule la personne qui l’a donnée peut la lire."), code="private")


def can_read_words(person: Person | None, idea: Idea) -> bool:
    """Whether the words of the idea are shown: those of a withdrawn idea go back to its author."""
    return idea.state is not IdeaState.WITHDRAWN or _wrote(person, idea)


def can_write(person: Person | None, idea: Idea) -> Verdict:
    """Its author, or whoever typed it for somebody who has no account."""
    if person is None:
        return signed_in(person)
    if _wrote(person, idea):
        return YES
    return Refusal(_l("Seule la personne qui a donné cette idée peut la changer."), code="author")


def can_support(person: Person | None, _idea: Idea | None = None) -> Verdict:
    """Anybody with an account."""
    return signed_in(person)


def can_report(person: Person | None, idea: Idea) -> Verdict:
    """Anybody with an account, on an idea they may read."""
    verdict = signed_in(person) and can_see(person, idea)
    if verdict and not can_read_words(person, idea):
        return Refusal(_l("Cette idée a été retirée : il n’y a plus rien à signaler."), code="withdrawn")
    return verdict


def can_moderate(person: Person | None, idea: Idea) -> Verdict:
    """An animator, an agent or an administrator whose role reaches the idea: a quartier's animator acts there only."""
    verdict = is_staff(person)
    if person is None or isinstance(verdict, Refusal):
        return verdict
    if reach_of(person).covers(idea):
        return YES
    return Refusal(_l("Cette idée concerne un quartier que votre rôle ne couvre pas."), code="scope")


def can_handle(person: Person | None, report: AbuseReport) -> Verdict:
    """Whoever may moderate the idea reported."""
    return can_moderate(person, report.idea)


def can_answer(person: Person | None, idea: Idea) -> Verdict:
    """An agent or an administrator whose role reaches the idea."""
    verdict = is_agent(person)
    if person is None or isinstance(verdict, Refusal):
        return verdict
    if agent_reach(person).covers(idea):
        return YES
    return Refusal(_l("Cette idée concerne un quartier que votre rôle ne couvre pas."), code="scope")


def can_hold_copy(person: Person | None, idea: Idea) -> Verdict:
    """Whoever typed the idea for somebody, to print the copy handed over."""
    if person is None:
        return signed_in(person)
    if person.id == idea.entered_by_id:
        return YES
    return Refusal(_l("Seule la personne qui a saisi cette idée peut en imprimer la copie."), code="author")


def can_see_file(person: Person | None, shown: ShownFile) -> Verdict:
    """Everybody once the file is public; before, whoever gave it, the author of its idea, and who may moderate it.

    The photo of a draft, or of a withdrawn idea, is its author's alone, like its words.
    """
    if shown.file.is_public or (person is not None and person.id == shown.file.given_by_id):
        return YES
    idea = shown.idea
    if idea is not None and can_write(person, idea):
        return YES
    if idea is not None and idea.state not in _OF_THE_AUTHOR and can_moderate(person, idea):
        return YES
    return Refusal(_l("Cette photo n’est pas publique."), code="private")
