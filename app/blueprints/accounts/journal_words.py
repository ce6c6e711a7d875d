"""The verbs and the things of the journal, in words. One that has none is shown as it is written."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

VERBS: dict[str, Any] = {
    "abandoned": _l("a abandonné un projet"),
    "added": _l("a ajouté"),
    "amended_reglement": _l("a modifié un règlement"),
    "announced_results": _l("a annoncé les résultats"),
    "answered": _l("a répondu à une idée"),
    "answered_merge_question": _l("a dit si son soutien suit une idée regroupée"),
    "asked_new_password": _l("a demandé un nouveau mot de passe"),
    "asked_to_join": _l("a demandé un compte"),
    "assigned": _l("a confié une étude"),
    "began": _l("a commencé une idée"),
    "began_realisation": _l("a ouvert la réalisation"),
    "began_study": _l("a commencé l’étude"),
    "cancelled_card": _l("a annulé une carte"),
    "cancelled_spending": _l("a annulé une dépense"),
    "changed": _l("a modifié"),
    "changed_password": _l("a changé de mot de passe"),
    "changed_profile": _l("a changé ses informations"),
    "chose_new_password": _l("a choisi un nouveau mot de passe"),
    "closed": _l("a clos une édition"),
    "closed_account": _l("a fermé un compte"),
    "closed_call": _l("a fermé l’appel à idées"),
    "completed_milestone": _l("a terminé une étape"),
    "concluded": _l("a conclu une étude"),
    "convened": _l("a convoqué une séance"),
    "counted": _l("a dépouillé un vote"),
    "created": _l("a créé"),
    "dated": _l("a changé un calendrier"),
    "delivered": _l("a livré un projet"),
    "described": _l("a décrit une démarche"),
    "discarded": _l("a supprimé un brouillon"),
    "edited": _l("a modifié une idée"),
    "ended_sessions": _l("a déconnecté tous les appareils"),
    "entered_for": _l("a saisi une idée pour quelqu’un"),
    "exported_own_data": _l("a pris une copie de ses données"),
    "filed": _l("a inscrit au registre"),
    "gave_role": _l("a donné un rôle"),
    "handled": _l("a traité un signalement"),
    "imported": _l("a importé un vote"),
    "joined": _l("a créé son compte"),
    "left": _l("a quitté le site avec ses brouillons"),
    "made_cards": _l("a fait des cartes"),
    "merged": _l("a regroupé des idées"),
    "opened_call": _l("a ouvert l’appel à idées"),
    "opened_count": _l("a demandé le dépouillement"),
    "opened_vote": _l("a ouvert le vote"),
    "planned": _l("a prévu une séance"),
    "planned_milestone": _l("a prévu une étape"),
    "prepared": _l("a préparé un vote"),
    "published": _l("a publié"),
    "published_list": _l("a publié la liste des projets"),
    "read_contact": _l("a lu des coordonnées"),
    "removed": _l("a retiré"),
    "renamed_author": _l("a changé le nom de l’auteur"),
    "renewed_code": _l("a fait un nouveau code"),
    "reopened": _l("a rouvert une étude"),
    "reported": _l("a signalé une idée"),
    "returned": _l("a renvoyé une idée"),
    "revised_cost": _l("a révisé un coût"),
    "searched_people": _l("a cherché une personne"),
    "set_brackets": _l("a changé les tranches d’âge"),
    "set_up_site": _l("a réglé le site"),
    "spent": _l("a noté une dépense"),
    "started_works": _l("a commencé les travaux"),
    "stopped_supporting": _l("a retiré son soutien"),
    "submitted": _l("a déposé une idée"),
    "supported": _l("a soutenu une idée"),
    "took_over": _l("a repris une idée"),
    "unpublished": _l("a retiré de la publication"),
    "withdrew": _l("a retiré une idée"),
    "withdrew_role": _l("a retiré un rôle"),
    "wrote": _l("a écrit une étude"),
}
KINDS: dict[str, Any] = {
    "age_brackets": _l("Tranches d’âge"),
    "bodies": _l("Instance"),
    "cards": _l("Carte"),
    "contracts": _l("Contrat de ville"),
    "editions": _l("Édition"),
    "governance_records": _l("Registre"),
    "idea_abuse_reports": _l("Signalement"),
    "idea_merge_questions": _l("Regroupement d’idées"),
    "ideas": _l("Idée"),
    "organisations": _l("Organisme"),
    "password_resets": _l("Mot de passe"),
    "pending_accounts": _l("Inscription"),
    "people": _l("Personne"),
    "processes": _l("Démarche"),
    "quartiers": _l("Quartier"),
    "scrutins": _l("Vote"),
    "seances": _l("Séance"),
    "site": _l("Site"),
    "thematic_nodes": _l("Thème"),
}


def verb_in_words(verb: str) -> str:
    """What was done."""
    return str(VERBS.get(verb, verb))


def kind_in_words(kind: str) -> str:
    """To what kind of thing."""
    return str(KINDS.get(kind, kind))
