"""Convocations: everybody is called in one act; letters to print, and the proof of each sending."""

from __future__ import annotations

import csv
import io

from flask import Response, current_app, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.adapters.messages import is_set
from app.blueprints.governance.seances_forms import ProofForm
from app.blueprints.governance.seances_papers import letters_pdf, named
from app.blueprints.governance.views.room import bp
from app.blueprints.governance.views.seances_agenda import ask
from app.domain.governance import queries, rules, services
from app.domain.governance.models import Convocation, ConvocationChannel, Seance
from app.domain.governance.policies import can_lead_seance, can_note_letter
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal
from app.web.access import access, current_person
from app.web.forms import typed_in
from app.web.i18n import moment
from app.web.pages import done, respond


@bp.get("/seances/<int:seance_id>/convocation")
@access(can_lead_seance, subject=queries.seance_by_id)
def convocation(seance: Seance) -> Response:
    """Who will be called, what is missing, and what was sent."""
    rulebook = queries.functioning_of(seance.body_id)
    texts = is_set(current_app.config["MESSAGES_URL"])
    before = rules.convene_before(rulebook, seance.starts_at)
    return respond(
        "governance/seance_convocation.html",
        seance=seance,
        rows=[(named(row), row) for row in queries.convocations_of(seance)],
        verdict=rules.can_convene(seance),
        before=before,
        late=before is not None and before < clock.today(),
        rulebook=rulebook,
        texts=texts,
        to_call=[] if texts else [line.member for line in queries.roll_of(seance).lines if line.member.phone],
    )


@bp.post("/seances/<int:seance_id>/convoquer")
@access(can_lead_seance, subject=queries.seance_by_id)
def convene(seance: Seance) -> ResponseReturnValue:
    """Calls everybody at the same instant."""
    texts = is_set(current_app.config["MESSAGES_URL"])
    services.convene(seance=seance, actor=current_person(), texts=texts)
    return done(
        url_for("governance.convocation", seance_id=seance.id), _("La convocation est envoyée à tout le monde.")
    )


@bp.post("/seances/<int:seance_id>/lettres.pdf")
@access(can_lead_seance, subject=queries.seance_by_id)
def letters(seance: Seance) -> Response:
    """The letters to print, one page for each person without e-mail."""
    rows = [row for row in queries.convocations_of(seance) if row.channel is ConvocationChannel.LETTER]
    if not rows:
        raise Refusal(_("Il n’y a pas de lettre à imprimer : chaque personne est appelée autrement."), code="letters")
    journal.record("printed_letters", seance, actor=current_person(), letters=len(rows))
    response = Response(letters_pdf(seance, rows), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="convocations-{seance.id}.pdf"'
    return response


@bp.post("/seances/<int:seance_id>/envois.csv")
@access(can_lead_seance, subject=queries.seance_by_id)
def sendings(seance: Seance) -> Response:
    """The proofs of sending as a table."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([_("Personne"), _("Envoi"), _("Adresse"), _("Écrit le"), _("État"), _("Parti le"), _("Preuve")])
    rows = queries.convocations_of(seance)
    for row in rows:
        cells = [named(row), row.channel.label, row.address, moment(row.written_at), row.state.label,
                 moment(row.delivered_at), row.proof]  # fmt: skip
        # A cell that begins like a formula would be run by a spreadsheet.
        writer.writerow([f"'{cell}" if str(cell)[:1] in "=+-@" else str(cell) for cell in cells])
    journal.record("exported_sendings", seance, actor=current_person(), rows=len(rows))
    response = Response("\ufeff" + out.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="envois-{seance.id}.csv"'
    return response


@bp.route("/convocations/<int:convocation_id>/lettre", methods=["GET", "POST"])
@access(can_note_letter, subject=queries.convocation_by_id)
def note_letter(convocation: Convocation) -> ResponseReturnValue:
    """Notes that a letter was posted or handed over."""
    form, seance = ProofForm(), convocation.seance
    if form.validate_on_submit():
        with form.refusals():
            services.note_letter(convocation=convocation, proof=typed_in(form.proof), actor=current_person())
            return done(url_for("governance.convocation", seance_id=seance.id), _("L’envoi est noté."))
    return ask(seance, form, _("Noter l’envoi d’une lettre"), _("Noter cet envoi"))
