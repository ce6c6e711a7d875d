"""Who may: the doors every feature shares, and those of accounts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Card, Person, Role, Scope
from app.domain.shared.refusals import YES, Refusal, Verdict


def anyone(person: Person | None, _subject: object = None) -> Verdict:
    """Everybody, signed in or not."""
    return YES


def signed_in(person: Person | None, _subject: object = None) -> Verdict:
    """Somebody with an account."""
    if person is None:
        return Refusal(
            _l("Connectez-vous pour continuer. Sans compte, créez-en un : cela prend deux minutes."), code="sign_in"
        )
    return YES


def signed_out(person: Person | None, _subject: object = None) -> Verdict:
    """Somebody who is not signed in yet."""
    if person is not None:
        return Refusal(_l("Vous êtes déjà connectée ou connecté. Déconnectez-vous d’abord pour changer de compte."))
    return YES


def _holds(
    person: Person | None, roles: tuple[Role, ...], sentence: object, scope: Scope | None, scope_id: int | None
) -> Verdict:
    verdict = signed_in(person)
    if person is None:
        return verdict
    if any(person.holds(role, scope, scope_id) for role in roles):
        return YES
    return Refusal(sentence, code="role")


def is_staff(person: Person | None, _subject: object = None) -> Verdict:
    """An animator, an agent or an administrator, wherever their role holds."""
    sentence = _l("Cette page est réservée aux animatrices, animateurs et agents.")
    return _holds(person, (Role.ANIMATEUR, Role.AGENT, Role.ADMIN), sentence, None, None)


def is_agent(person: Person | None, _subject: object = None) -> Verdict:
    """An agent of the collectivité or an administrator, wherever their role holds."""
    sentence = _l("Cette page est réservée aux agentes et agents de la collectivité.")
    return _holds(person, (Role.AGENT, Role.ADMIN), sentence, None, None)


def is_admin(person: Person | None, _subject: object = None) -> Verdict:
    """An administrator."""
    return _holds(person, (Role.ADMIN,), _l("Cette page est réservée à l’administration du site."), None, None)


def agent_of_contract(person: Person | None, contract_id: int) -> Verdict:
    """An agent (or administrator) whose role reaches this contract: one person's rights end at the contract's edge."""
    sentence = _l("Votre rôle ne couvre pas ce contrat de ville. Demandez l’accès à l’administration du site.")
    return _holds(person, (Role.AGENT, Role.ADMIN), sentence, Scope.CONTRACT, contract_id)


def can_renew_card(person: Person | None, card: Card) -> Verdict:
    """Staff, for a card nobody holds yet; otherwise an agent, or an animator whose role reaches the holder's quartier.

    Whoever makes the new code could sign in with it: the role must reach the person. Source: choix de conception.
    """
    verdict = is_staff(person)
    if person is None or not verdict or card.person is None:
        return verdict
    quartier_id = card.person.quartier_id
    scope = Scope.EVERYWHERE if quartier_id is None else Scope.QUARTIER
    if person.holds(Role.AGENT) or person.holds(Role.ADMIN) or person.holds(Role.ANIMATEUR, scope, quartier_id):
        return YES
    sentence = _l("Votre rôle ne couvre pas le quartier de cette personne. Demandez à l’équipe de son quartier.")
    return Refusal(sentence, code="role")
