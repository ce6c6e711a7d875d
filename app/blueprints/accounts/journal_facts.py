"""The small facts of the journal, in words: what each key is called, and the codes that have a name."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Link, Role, Scope
from app.domain.ballots.models import Channel as BallotChannel
from app.domain.budgets.models import StudyState
from app.domain.councils.models import CallAnswer, CandidacyChannel
from app.domain.governance.models import (
    AttendanceWay,
    BodyKind,
    EndReason,
    OfficeKind,
    Presence,
    RecordKind,
    RulebookSubject,
    Standing,
)
from app.domain.ideas.models import AbuseOutcome, AbuseReason, AnswerOutcome, Channel
from app.domain.processes.models import PhaseCode, ProcessKind
from app.web.i18n import euros, short_day

LABELS: dict[str, Any] = {
    "about": _l("sujet"),
    "accepted": _l("accepté"),
    "addressed": _l("destinataire n°"),
    "after": _l("après"),
    "agent": _l("agent n°"),
    "agreed": _l("d’accord"),
    "also": _l("soutien aux deux idées"),
    "answer": _l("réponse donnée"),
    "avis_answer_days": _l("jours pour répondre à un avis"),
    "ballots": _l("bulletins"),
    "before": _l("avant"),
    "body": _l("instance n°"),
    "bracket": _l("tranche d’âge n°"),
    "came": _l("personnes venues"),
    "cents": _l("montant"),
    "changed": _l("ce qui change"),
    "candidacy_kept_days": _l("jours de garde d’une candidature terminée"),
    "channel": _l("par quel moyen"),
    "charter_months": _l("mois avant de revoir la charte"),
    "closed": _l("sièges fermés"),
    "conclusion": _l("conclusion"),
    "contact": _l("coordonnées"),
    "convocation_again": _l("convocation à refaire"),
    "count": _l("combien"),
    "days_late": _l("jours de retard"),
    "drafts": _l("brouillons"),
    "draw_appeal_days": _l("jours pour contester un tirage"),
    "draw_list_kilobytes": _l("kilo-octets d’une liste à tirer au sort"),
    "draw_witnesses": _l("témoins d’un tirage"),
    "ends_on": _l("jusqu’au"),
    "found": _l("trouvées"),
    "grant": _l("rôle n°"),
    "idea": _l("idée n°"),
    "idea_answer_days": _l("jours pour répondre à une idée"),
    "into": _l("avec l’idée n°"),
    "items": _l("réponses"),
    "kind": _l("nature"),
    "link": _l("lien"),
    "mail_kept_days": _l("jours de garde d’une lettre"),
    "mandate": _l("mandat n°"),
    "mandate_warning_months": _l("mois d’avertissement avant la fin d’un mandat"),
    "mandates": _l("mandats terminés"),
    "moderation": _l("relecture avant publication"),
    "most_unused_cards": _l("cartes non utilisées au plus"),
    "number": _l("n°"),
    "office": _l("charge"),
    "on": _l("le"),
    "opened": _l("sièges ouverts"),
    "opener_wait_days": _l("jours d’attente d’une seconde personne"),
    "outcome": _l("réponse"),
    "people": _l("personnes"),
    "person": _l("compte n°"),
    "phases": _l("étapes"),
    "presence": _l("présence"),
    "preset": _l("modèle"),
    "process": _l("démarche n°"),
    "project": _l("projet n°"),
    "projects": _l("projets"),
    "quartier": _l("quartier n°"),
    "rank": _l("rang"),
    "reason": _l("raison"),
    "recipients": _l("destinataires"),
    "record": _l("pièce n°"),
    "reminder_days": _l("jours d’avance des rappels"),
    "renamed": _l("nom public changé"),
    "reports": _l("signalements"),
    "reset_link_minutes": _l("minutes du lien de mot de passe"),
    "result_sha256": _l("empreinte du résultat"),
    "role": _l("rôle"),
    "round": _l("tour"),
    "rules_sha256": _l("empreinte des règles"),
    "scope": _l("portée"),
    "scope_id": _l("portée n°"),
    "seal": _l("sceau"),
    "seance": _l("séance n°"),
    "seat": _l("siège n°"),
    "seats": _l("sièges"),
    "second": _l("seconde personne n°"),
    "service": _l("service n°"),
    "session_days": _l("jours avant de se reconnecter"),
    "sha256": _l("empreinte"),
    "sign_up_link_hours": _l("heures du lien d’inscription"),
    "silence_warning_months": _l("mois de silence avant d’avertir"),
    "small_cells": _l("nombres masqués au-dessous de"),
    "space_access_minutes": _l("minutes d’accès à l’espace"),
    "standing": _l("comme"),
    "starts": _l("âges de départ"),
    "studies": _l("études"),
    "total": _l("sièges en tout"),
    "version": _l("version"),
    "votes_against": _l("voix contre"),
    "votes_for": _l("voix pour"),
    "way": _l("manière"),
    "what": _l("partie"),
    "winners": _l("lauréats"),
    "year": _l("année"),
}
PARTS: dict[str, Any] = {
    "author": _l("au nom de qui"),
    "photo": _l("la photo"),
    "place": _l("le lieu"),
    "theme": _l("le thème"),
    "words": _l("le texte"),
}
JOINED: dict[str, Any] = {"card": _l("carte"), "email": _l("e-mail"), "terminal": _l("ligne de commande")}
# Where the codes of a key take their names; the first that knows the code gives its own.
NAMED_BY: dict[str, tuple[type[enum.Enum], ...]] = {
    "about": (RulebookSubject,),
    "answer": (CallAnswer,),
    "channel": (Channel, BallotChannel, CandidacyChannel),
    "conclusion": (StudyState,),
    "kind": (ProcessKind, RecordKind, BodyKind),
    "link": (Link,),
    "office": (OfficeKind,),
    "outcome": (AnswerOutcome, AbuseOutcome),
    "phases": (PhaseCode,),
    "presence": (Presence,),
    "reason": (AbuseReason, EndReason),
    "role": (Role,),
    "scope": (Scope,),
    "standing": (Standing,),
    "way": (AttendanceWay,),
}
IN_CENTS = ("after", "before", "cents")
# Enough of a digest to recognise it; the whole of it is where it belongs, in the register.
DIGEST_SHOWN = 12


def facts_in_words(facts: Mapping[str, Any]) -> str:
    """The facts of one line, each with its name; what is empty is not said."""
    return " ; ".join(_fact(key, value) for key, value in facts.items() if value is not None)


def _fact(key: str, value: object) -> str:
    label, told = str(LABELS.get(key, key)), _value(key, value)
    return f"{label} {told}" if label.endswith("°") else _("%(name)s : %(value)s", name=label, value=told)


def _value(key: str, value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_value(key, held) for held in value)
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, int):
        return _number(key, value)
    return _code(key, str(value))


def _number(key: str, value: int) -> str:
    if key in IN_CENTS:
        return euros(value)
    return str(value) if str(LABELS.get(key, "")).endswith("°") else str(format_decimal(value))


def _code(key: str, code: str) -> str:
    if key == "ends_on":
        return short_day(date.fromisoformat(code))
    if key == "seal" or key.endswith("sha256"):
        return f"{code[:DIGEST_SHOWN]}…"
    named = {str(one.value): one for kind in reversed(NAMED_BY.get(key, ())) for one in kind}
    if code in named:
        return str(getattr(named[code], "label", code))
    words = PARTS if key == "what" else JOINED
    return str(words.get(code, code))
