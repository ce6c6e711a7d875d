"""What a subject of an agenda is about: an avis the bodies of the séance received, or a record of the register."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from app.blueprints.councils.views.room import bp
from app.domain.councils import services
from app.domain.councils.models import Avis
from app.domain.councils.queries import avis_addressed_to
from app.domain.governance import queries
from app.domain.governance.models import AgendaItem, GovernanceRecord, RecordKind
from app.domain.governance.policies import can_lead_item
from app.web.access import access, current_person
from app.web.forms import Form, choice, tidy
from app.web.pages import done, respond


class SubjectForm(Form):
    """What the subject is about."""

    about = RadioField(_l("Sur quoi porte ce sujet ?"))


@bp.route("/points/<int:item_id>/objet", methods=["GET", "POST"])
@access(can_lead_item, subject=queries.item_by_id)
def tie_item(item: AgendaItem) -> ResponseReturnValue:
    """Chooses among the avis received and the records of the register; words narrow the records."""
    words = (tidy(request.args.get("mots")) or "")[:200]
    offered = _offered(item, words)
    form = SubjectForm(data={"about": f"{item.source_kind} {item.source_id}".strip()})
    form.about.choices = [choice("", _("Rien de particulier")), *[choice(key, name) for key, name in offered.items()]]
    if form.validate_on_submit():
        kind, _space, number = (form.about.data or "").partition(" ")
        with form.refusals():
            services.tie_subject(
                item=item, kind=kind, number=number, digest=_digest(kind, number), actor=current_person()
            )
            return done(url_for("governance.agenda", seance_id=item.seance_id), _("C’est noté."))
    return respond("councils/subject.html", status=form.status, item=item, form=form, words=words)


def _offered(item: AgendaItem, words: str) -> dict[str, Any]:
    """What may be chosen, under its kind and id; what is already chosen stays offered."""
    found: dict[str, Any] = {}
    if item.source_kind:
        found[f"{item.source_kind} {item.source_id}"] = _("Ce qui est noté aujourd’hui")
    for avis in avis_addressed_to([body.id for body in item.seance.bodies]):
        found[f"{Avis.__tablename__} {avis.id}"] = _("Avis « %(subject)s », %(body)s", body=avis.body.name,
                                                     subject=avis.subject)  # fmt: skip
    for record in queries.records(queries.Wanted(words)).items:
        name = _("Pièce %(number)s : %(title)s", number=record.number, title=record.title)
        found[f"{GovernanceRecord.__tablename__} {record.number}"] = name
    return found


def _digest(kind: str, number: str) -> str:
    """The seal of what is looked at, when the register holds it."""
    if kind == GovernanceRecord.__tablename__:
        return queries.record_by_number(number).chain_sha256
    filed = queries.record_of_source(kind, number, RecordKind.AVIS) if kind == Avis.__tablename__ else None
    return filed.chain_sha256 if filed else ""
