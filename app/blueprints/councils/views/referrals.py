"""The pages of interpellations: the conseil writes, sends and closes; agents transcribe what the préfet writes."""

from __future__ import annotations

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.councils.forms import AgendaForm, ClosingForm, InterpellationForm, LetterForm, SendingForm, VoteForm
from app.blueprints.councils.life import life_of_interpellation, vote_in_words
from app.blueprints.councils.papers import pdf_of_interpellation
from app.blueprints.councils.views.room import bp, page_number, pdf_response
from app.domain.accounts.policies import anyone
from app.domain.councils import queries, services
from app.domain.councils.models import INTERPELLATION_LIFE, Interpellation
from app.domain.councils.policies import can_read_voice, can_transcribe, can_write_for_body
from app.domain.governance.models import Body
from app.domain.governance.policies import can_lead_body
from app.web.access import access, current_person
from app.web.forms import Form
from app.web.pages import done, respond

BY_THE_CONSEIL = ("write_interpellation", "adopt_interpellation", "send_interpellation", "close_interpellation",
                  "drop_interpellation")  # fmt: skip


def _page(interpellation: Interpellation) -> str:
    return url_for("councils.interpellation", interpellation_id=interpellation.id)


@bp.get("/interpellations")
@access(anyone)
def interpellations() -> Response:
    """What the conseils brought to the préfet."""
    return respond(
        "councils/interpellations.html",
        page=queries.public_interpellations(page_number()),
        page_address=lambda number: url_for("councils.interpellations", page=number),
    )


@bp.get("/interpellations/<int:interpellation_id>")
@access(can_read_voice, subject=queries.interpellation_by_id)
def interpellation(interpellation: Interpellation) -> Response:
    """One interpellation, and each of its steps."""
    person, verbs = current_person(), INTERPELLATION_LIFE.verbs(interpellation.state)
    writes, transcribes = can_write_for_body(person, interpellation), can_transcribe(person, interpellation)
    return respond(
        "councils/interpellation.html",
        interpellation=interpellation,
        steps=life_of_interpellation(interpellation),
        vote=vote_in_words(interpellation) if interpellation.adopted_on else "",
        verbs=[verb for verb in verbs if (writes if verb in BY_THE_CONSEIL else transcribes)],
    )


@bp.get("/interpellations/<int:interpellation_id>/lettre.pdf")
@access(can_read_voice, subject=queries.interpellation_by_id)
def interpellation_pdf(interpellation: Interpellation) -> Response:
    """The letter to the préfet."""
    return pdf_response(pdf_of_interpellation(interpellation), f"interpellation-{interpellation.id}.pdf")


@bp.route("/conseils/<int:body_id>/interpellations/nouvelle", methods=["GET", "POST"])
@access(can_lead_body, subject=queries.body_in_its_space)
def begin_interpellation(body: Body) -> ResponseReturnValue:
    """Begins a draft."""
    form = InterpellationForm.of(body)
    if form.validate_on_submit():
        with form.refusals():
            begun = services.begin_interpellation(body=body, text=form.text(), actor=current_person())
            return done(_page(begun), _("Le brouillon est enregistré. Le conseil seul le lit."))
    return respond("councils/write_interpellation.html", status=form.status, form=form, body=body, back_to=None)


@bp.route("/interpellations/<int:interpellation_id>/ecrire", methods=["GET", "POST"])
@access(can_write_for_body, subject=queries.interpellation_by_id)
def write_interpellation(interpellation: Interpellation) -> ResponseReturnValue:
    """Rewrites a draft."""
    form = InterpellationForm.of(interpellation.body, interpellation)
    if form.validate_on_submit():
        with form.refusals():
            services.write_interpellation(interpellation=interpellation, text=form.text(), actor=current_person())
            return done(_page(interpellation), _("Le brouillon est enregistré."))
    return respond(
        "councils/write_interpellation.html", status=form.status, form=form, body=interpellation.body,
        back_to=_page(interpellation),
    )  # fmt: skip


@bp.route("/interpellations/<int:interpellation_id>/adopter", methods=["GET", "POST"])
@access(can_write_for_body, subject=queries.interpellation_by_id)
def adopt_interpellation(interpellation: Interpellation) -> ResponseReturnValue:
    """Notes the vote that adopts it."""
    form = VoteForm.of(queries.past_seances(interpellation.body))
    if form.validate_on_submit():
        with form.refusals():
            services.adopt_interpellation(interpellation=interpellation, vote=form.vote(), actor=current_person())
            return done(_page(interpellation), _("L’interpellation est adoptée. Son texte ne changera plus."))
    return respond(
        "councils/adopt.html", status=form.status, form=form, subject=interpellation.subject,
        back_to=_page(interpellation), heading=_("Adopter cette interpellation"), verb=_("Adopter l’interpellation"),
    )  # fmt: skip


@bp.route("/interpellations/<int:interpellation_id>/envoyer", methods=["GET", "POST"])
@access(can_write_for_body, subject=queries.interpellation_by_id)
def send_interpellation(interpellation: Interpellation) -> ResponseReturnValue:
    """Notes that it left for the préfet."""
    form = SendingForm()
    if form.validate_on_submit() and form.happened_on.data:
        with form.refusals():
            services.send_interpellation(
                interpellation=interpellation, sent_on=form.happened_on.data, words=form.words.data or "",
                actor=current_person(),
            )  # fmt: skip
            return done(_page(interpellation), _("C’est noté. Tout le monde peut lire cette interpellation."))
    return _step(form, interpellation, _("Noter l’envoi au préfet"), _("Noter l’envoi"))


@bp.route("/interpellations/<int:interpellation_id>/accuser-reception", methods=["GET", "POST"])
@access(can_transcribe, subject=queries.interpellation_by_id)
def acknowledge(interpellation: Interpellation) -> ResponseReturnValue:
    """Transcribes the préfet’s acknowledgement."""
    form = LetterForm()
    if form.validate_on_submit():
        with form.refusals():
            services.acknowledge(interpellation=interpellation, letter=form.letter(), actor=current_person())
            return done(_page(interpellation), _("L’accusé de réception est noté."))
    return _step(form, interpellation, _("Noter l’accusé de réception du préfet"), _("Noter l’accusé de réception"))


@bp.route("/interpellations/<int:interpellation_id>/reponse", methods=["GET", "POST"])
@access(can_transcribe, subject=queries.interpellation_by_id)
def note_answer(interpellation: Interpellation) -> ResponseReturnValue:
    """Transcribes the préfet’s answer."""
    form = LetterForm()
    if form.validate_on_submit():
        with form.refusals():
            services.note_answer(interpellation=interpellation, letter=form.letter(), actor=current_person())
            return done(_page(interpellation), _("La réponse du préfet est publique et inscrite au registre."))
    return _step(form, interpellation, _("Noter la réponse du préfet"), _("Noter la réponse"))


@bp.route("/interpellations/<int:interpellation_id>/ordre-du-jour", methods=["GET", "POST"])
@access(can_transcribe, subject=queries.interpellation_by_id)
def put_on_agenda(interpellation: Interpellation) -> ResponseReturnValue:
    """Puts it on the agenda of the steering committee."""
    form = AgendaForm.of(queries.seances_of_copil(interpellation.body.contract_id))
    if form.validate_on_submit():
        with form.refusals():
            services.put_on_agenda(
                interpellation=interpellation, seance_id=form.seance.data, words=form.words.data or "",
                actor=current_person(),
            )  # fmt: skip
            return done(_page(interpellation), _("L’interpellation est à l’ordre du jour."))
    return _step(
        form, interpellation, _("Inscrire à l’ordre du jour du comité de pilotage"), _("Inscrire à l’ordre du jour")
    )


@bp.route("/interpellations/<int:interpellation_id>/clore", methods=["GET", "POST"])
@access(can_write_for_body, subject=queries.interpellation_by_id)
def close_interpellation(interpellation: Interpellation) -> ResponseReturnValue:
    """Closes it, in the words of the conseil."""
    form = ClosingForm()
    if form.validate_on_submit():
        with form.refusals():
            services.close_interpellation(
                interpellation=interpellation, words=form.words.data or "", actor=current_person()
            )
            return done(_page(interpellation), _("L’interpellation est close."))
    return _step(form, interpellation, _("Clore cette interpellation"), _("Clore l’interpellation"))


@bp.post("/interpellations/<int:interpellation_id>/abandonner")
@access(can_write_for_body, subject=queries.interpellation_by_id)
def drop_interpellation(interpellation: Interpellation) -> ResponseReturnValue:
    """Gives up what was not sent."""
    services.drop_interpellation(interpellation=interpellation, actor=current_person())
    return done(url_for("councils.space", body_id=interpellation.body_id), _("L’interpellation est abandonnée."))


def _step(form: Form, interpellation: Interpellation, heading: str, verb: str) -> Response:
    """The page of one step: a short form, and one act."""
    return respond(
        "councils/step.html", status=form.status, form=form, subject=interpellation.subject,
        back_to=_page(interpellation), heading=heading, verb=verb,
    )  # fmt: skip
