"""Who may be trusted with what: nobody raises themselves, and somebody always administers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Person, Role, RoleGrant, Scope
from app.domain.shared.refusals import YES, Refusal, Verdict, first_refusal


def can_give(
    *, actor_id: int, person: Person, role: Role, scope: Scope, scope_id: int | None, ends_on: date | None, today: date
) -> Verdict:
    """Whether the role may be given. Needs ``person.grants`` loaded; ``ends_on`` is a Paris day, included.

    Refusals: ``self`` (nobody gives themselves a role), ``closed`` (the account is closed), ``scope`` (a scope names
    its object, and administration holds everywhere), ``ends_on`` (already past), ``already`` (the same role, there,
    today). Source: choix de conception; the first keeps anybody from raising their own rights.
    """
    return first_refusal(
        _for_somebody_else(actor_id, person),
        _scope_fits(role, scope, scope_id),
        _still_to_come(ends_on, today),
        _not_held_yet(person, role, scope, scope_id, today),
    )


def _for_somebody_else(actor_id: int, person: Person) -> Verdict:
    if person.id == actor_id:
        return Refusal(
            _l("Personne ne peut se donner un rôle. Demandez à une autre personne de l’administration."), code="self"
        )
    if person.deactivated_at is not None:
        return Refusal(_l("Ce compte est fermé : il ne peut plus recevoir de rôle."), code="closed")
    return YES


def _scope_fits(role: Role, scope: Scope, scope_id: int | None) -> Verdict:
    if role is Role.ADMIN and scope is not Scope.EVERYWHERE:
        sentence = _l("L’administration vaut pour tout le site : choisissez « Partout ».")
        return Refusal(sentence, field="place", code="scope")
    if (scope is Scope.EVERYWHERE) != (scope_id is None):
        return Refusal(_l("Choisissez dans la liste où ce rôle s’exerce."), field="place", code="scope")
    return YES


def _still_to_come(ends_on: date | None, today: date) -> Verdict:
    if ends_on is not None and ends_on < today:
        sentence = _l("Cette date de fin est déjà passée. Choisissez un jour à venir, ou laissez vide.")
        return Refusal(sentence, field="ends_on", code="ends_on")
    return YES


def _not_held_yet(person: Person, role: Role, scope: Scope, scope_id: int | None, today: date) -> Verdict:
    for grant in person.grants:
        if grant.role is role and grant.scope is scope and grant.scope_id == scope_id and grant.holds_on(today):
            return Refusal(
                _l("Cette personne tient déjà ce rôle à cet endroit. Retirez-le d’abord pour changer sa date de fin."),
                code="already",
            )
    return YES


def administers(actor_id: int, administration: Sequence[RoleGrant], today: date) -> Verdict:
    """Whether the actor is of the administration at this very moment. Refusal code ``role``.

    Asked again inside the act: the role may have been withdrawn since the door was passed.
    """
    if any(grant.person_id == actor_id and grant.holds_on(today) for grant in administration):
        return YES
    return Refusal(_l("Votre rôle d’administration a été retiré : vous ne pouvez plus faire ceci."), code="role")


def somebody_administers_without(
    leaving: Sequence[RoleGrant], administration: Sequence[RoleGrant], today: date
) -> Verdict:
    """Whether an administrator without end date stays once some roles are gone. Refusal code ``last_admin``.

    A role that ends some day does not count: the site would have nobody the day after. ``administration`` are the
    roles of administration not withdrawn. Source: choix de conception; it holds for a withdrawal, for an end date and
    for a closed account.
    """
    gone = {grant.id for grant in leaving}
    if not any(grant.id in gone for grant in administration):
        return YES
    if any(grant.id not in gone and grant.ends_on is None and grant.holds_on(today) for grant in administration):
        return YES
    return Refusal(
        _l(
            "C’est la dernière personne qui administre le site sans date de fin. "
            "Donnez d’abord ce rôle, sans date de fin, à quelqu’un d’autre."
        ),
        code="last_admin",
    )


def can_renew_code(*, actor_is_admin: bool, owner: Person | None, today: date) -> Verdict:
    """Whether the code of a card may be made anew. Needs ``owner.grants`` loaded. Refusal code ``role``.

    Whoever makes a code could use it: for an account that holds a role, only the administration may.
    """
    if not actor_is_admin and owner is not None and any(grant.holds_on(today) for grant in owner.grants):
        return Refusal(
            _l("Cette personne tient un rôle sur le site : seule l’administration peut lui donner un nouveau code."),
            code="role",
        )
    return YES
