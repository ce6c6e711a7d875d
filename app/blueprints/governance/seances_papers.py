"""The papers of a séance: the letters that call, the sheet one signs, the minutes one hands out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from app.adapters.documents import pdf
from app.domain.governance.models import Convocation, DecisionKind, Minutes, Presence, Seance, VoteKind
from app.domain.governance.queries import Roll
from app.domain.territories.queries import site
from app.web.addresses import public_address
from app.web.i18n import moment


def named(row: Convocation) -> str:
    """Who a convocation calls."""
    if row.mandate is not None:
        return row.mandate.member.full_name
    return row.guest.name if row.guest is not None else row.entry.name if row.entry is not None else ""


def _head(seance: Seance, title: str) -> dict[str, Any]:
    place = site()
    return {
        "title": title,
        "subject": seance.title,
        "site": place.name,
        "place": place.place,
        "phone": place.phone,
        "reference": _("Séance n° %(id)d", id=seance.id),
        "address": public_address("governance.seance", seance_id=seance.id),
        "page_words": _("Page"),
        "facts": [{"name": name, "value": value} for name, value in practical(seance) if value],
    }


def practical(seance: Seance) -> list[tuple[str, str]]:
    """When, where, who, and how to come."""
    return [
        (_("Qui se réunit"), ", ".join(body.name for body in seance.bodies)),
        (_("Quand"), moment(seance.starts_at)),
        (_("Où"), seance.place),
        (_("Pour entrer"), seance.access),
        (_("Garde d’enfants"), seance.childcare),
        (_("Traduction"), seance.interpreter),
    ]


def letters_pdf(seance: Seance, rows: Sequence[Convocation]) -> bytes:
    """One page for each person without e-mail, in French."""
    with force_locale("fr"):
        facts = {
            **_head(seance, _("Convocation")),
            "introduction": seance.introduction,
            "agenda_heading": _("Ordre du jour"),
            "agenda": [item.title for item in seance.agenda],
            "closing": _("Si vous ne pouvez pas venir, appelez-nous : quelqu’un pourra parler pour vous."),
            "letters": [{"name": named(row), "address": row.address} for row in rows],
        }
        return pdf("convocation", facts, seance.convocation_sent_at)


def sheet_pdf(seance: Seance, roll: Roll) -> bytes:
    """The attendance sheet, a box to sign for each member, by college."""
    with force_locale("fr"):
        facts = {
            **_head(seance, _("Feuille de présence")),
            "headers": [_("Nom"), _("Qualité"), _("Signature")],
            "colleges": [
                {"name": name, "rows": [[line.member.full_name, _quality(line)] for line in lines]}
                for name, lines in roll.colleges
            ],
            "guests_heading": _("Autres personnes"),
            "closing": _("Signature de la présidence :"),
        }
        return pdf("feuille_presence", facts, seance.starts_at)


def _quality(line: Any) -> str:
    return ", ".join(part for part in (str(line.mandate.standing.label), line.member.quality) if part)


def minutes_pdf(seance: Seance, minutes: Minutes, roll: Roll, whole_names: bool) -> bytes:
    """The minutes as a paper; with public names only unless the reader is inside."""
    with force_locale("fr"):
        facts = {
            **_head(seance, _("Compte rendu de séance")),
            "state": str(minutes.state.label),
            "opening": opening_words(seance, whole_names),
            "presences": presences(roll, whole_names),
            "quorum": quorum_words(roll),
            "introduction": minutes.content["introduction"],
            "items": [told_item(item) for item in minutes.content["items"]],
            "words": {"said": _("Ce qui s’est dit"), "decided": _("Décision"), "dissent": _("Opinion différente")},
        }
        return pdf("compte_rendu", facts, minutes.written_at)


def opening_words(seance: Seance, whole_names: bool) -> list[str]:
    """When it began and ended; who presided and wrote, for those inside."""
    lines = [_("Ouverte le %(start)s, levée le %(end)s.", start=moment(seance.opened_at), end=moment(seance.closed_at))]
    if whole_names:
        lines.append(_("Présidence : %(names)s. Secrétariat : %(writers)s.", names=seance.presided_by,
                       writers=seance.secretaries))  # fmt: skip
    return lines


def presences(roll: Roll, whole_names: bool) -> list[dict[str, str]]:
    """Who was where, each kind on one line."""
    found = []
    for presence in Presence:
        lines = [line for line in roll.lines if line.presence is presence]
        names = [line.member.full_name if whole_names else line.member.public_name for line in lines]
        if names:
            found.append({"name": str(presence.label), "value": ", ".join(names)})
    return found


def quorum_words(roll: Roll) -> str:
    """The quorum in a sentence."""
    quorum = roll.quorum()
    if quorum is None:
        return ""
    count = quorum.whole
    return _("Quorum : %(here)d voix présentes ou représentées sur %(seats)d, %(needed)d nécessaires.",
             here=count.here, seats=count.seats, needed=count.needed)  # fmt: skip


def told_item(item: dict[str, Any]) -> dict[str, str]:
    """One item of the minutes in words."""
    kind = item["decision_kind"]
    return {
        "title": item["title"],
        "points": item["points"],
        "decision": item["decision"],
        "outcome": str(DecisionKind(kind).label) if kind else "",
        "vote": vote_words(item),
        "dissent": item["dissent"],
        "postponed": _("Reporté à une autre séance.") if item["state"] == "postponed" else "",
    }


def vote_words(item: dict[str, Any]) -> str:
    """How it was voted: counts, never names."""
    if not item["vote_kind"]:
        return ""
    kind = VoteKind(item["vote_kind"])
    if kind is VoteKind.CONSENSUS:
        return str(kind.label)
    votes = item["votes"]
    return _("%(how)s : %(yes)d pour, %(no)d contre, %(abstain)d abstentions, %(blank)d blancs.",
             how=kind.label, yes=votes["for"], no=votes["against"], abstain=votes["abstain"],
             blank=votes["blank"])  # fmt: skip
