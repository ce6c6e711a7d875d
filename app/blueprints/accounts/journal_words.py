"""The verbs and the things of the journal, in words. One that has none is shown as it is written."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

VERBS: dict[str, Any] = {
    "added": _l("a ajouté"),
    "asked_new_password": _l("a demandé un nouveau mot de passe"),
    "asked_to_join": _l("a demandé un compte"),
    "cancelled_card": _l("a annulé une carte"),
    "changed": _l("a modifié"),
    "changed_password": _l("a changé de mot de passe"),
    "changed_profile": _l("a changé ses informations"),
    "chose_new_password": _l("a choisi un nouveau mot de passe"),
    "closed_account": _l("a fermé un compte"),
    "ended_sessions": _l("a déconnecté tous les appareils"),
    "exported_own_data": _l("a pris une copie de ses données"),
    "filed": _l("a inscrit au registre"),
    "gave_role": _l("a donné un rôle"),
    "joined": _l("a créé son compte"),
    "made_cards": _l("a fait des cartes"),
    "read_contact": _l("a lu des coordonnées"),
    "removed": _l("a retiré"),
    "renewed_code": _l("a fait un nouveau code"),
    "searched_people": _l("a cherché une personne"),
    "set_brackets": _l("a changé les tranches d’âge"),
    "set_up_site": _l("a réglé le site"),
    "withdrew_role": _l("a retiré un rôle"),
}
KINDS: dict[str, Any] = {
    "age_brackets": _l("Tranches d’âge"),
    "cards": _l("Carte"),
    "contracts": _l("Contrat de ville"),
    "governance_records": _l("Registre"),
    "organisations": _l("Organisme"),
    "password_resets": _l("Mot de passe"),
    "pending_accounts": _l("Inscription"),
    "people": _l("Personne"),
    "quartiers": _l("Quartier"),
    "site": _l("Site"),
    "thematic_nodes": _l("Thème"),
}


def verb_in_words(verb: str) -> str:
    """What was done."""
    return str(VERBS.get(verb, verb))


def kind_in_words(kind: str) -> str:
    """To what kind of thing."""
    return str(KINDS.get(kind, kind))
