"""The papers of a séance: the letters that call, the sheet one signs, the minutes one hands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from app.adapters.documents import pdf
from app.blueprints.governance.minutes_words import (
    approval_words,
    names_of,
    opening_words,
    presences,
    quorum_words,
    told_items,
)
from app.domain.governance.models import AgendaItem, AttendanceWay, Convocation, Minutes, Presence, Seance
from app.domain.governance.queries import Line, Roll
from app.domain.territories.queries import site
from app.web.addresses import public_address
from app.web.i18n import day, moment


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
            "date": _("Le %(day)s", day=day(seance.convocation_sent_at)),
            "introduction": seance.introduction,
            "agenda_heading": _("Ordre du jour"),
            "agenda": [item.title for item in seance.agenda],
            "closing": _("Si vous ne pouvez pas venir, appelez-nous : quelqu’un pourra parler pour vous."),
            "letters": [{"name": named(row), "address": row.address} for row in rows],
        }
        return pdf("convocation", facts, seance.convocation_sent_at)


def sheet_pdf(seance: Seance, roll: Roll, drawn: Mapping[int, bytes]) -> bytes:
    """The attendance sheet, a box to sign for each member, by college; with what was noted or drawn on a screen."""
    with force_locale("fr"):
        facts = {
            **_head(seance, _("Feuille de présence")),
            "headers": [_("Nom"), _("Qualité"), _("Signature")],
            "colleges": [
                {"name": name, "rows": [_row(line, drawn) for line in lines]} for name, lines in roll.colleges
            ],
            "drawn_words": _("Signature"),
            "guests_heading": _("Autres personnes"),
            "closing": _("Signature de la présidence :"),
        }
        return pdf("feuille_presence", facts, seance.starts_at)


def _row(line: Line, drawn: Mapping[int, bytes]) -> dict[str, Any]:
    """A line of the sheet: the picture as numbers, for what is drawn; in words, a presence noted on a screen."""
    row = line.attendance
    on_screen = row is not None and row.presence is Presence.PRESENT and row.way in ON_SCREEN
    return {
        "name": line.member.full_name,
        "quality": _quality(line),
        "drawing": list(drawn.get(line.mandate.id, b"")),
        "noted": f"{row.way.label}, {moment(row.arrived_at)}" if row is not None and on_screen else "",
    }


ON_SCREEN = (AttendanceWay.TABLET, AttendanceWay.CODE)


def _quality(line: Any) -> str:
    return ", ".join(part for part in (str(line.mandate.standing.label), line.member.quality) if part)


def minutes_pdf(seance: Seance, minutes: Minutes, roll: Roll, items: Sequence[AgendaItem], whole_names: bool) -> bytes:
    """The minutes as a paper; with public names only unless the reader is inside."""
    with force_locale("fr"):
        facts = {
            **_head(seance, _("Compte rendu de séance")),
            "state": str(minutes.state.label),
            "opening": opening_words(seance, roll, whole_names),
            "presences": presences(roll, whole_names),
            "quorum": quorum_words(roll),
            "introduction": minutes.content["introduction"],
            "items": told_items(items, minutes, names_of(roll, whole_names)),
            "words": {
                "said": _("Ce qui s’est dit"),
                "decided": _("Décision"),
                "dissent": _("Opinion différente"),
                "about": _("Porte sur :"),
                "recusals": _("Qui se retire de ce sujet"),
                "actions": _("Actions décidées"),
            },
            "approval": approval_words(minutes),
            "signatures": [_("La présidence"), _("Le secrétariat")],
        }
        return pdf("compte_rendu", facts, minutes.written_at)
