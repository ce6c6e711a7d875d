"""The pages of avis: everybody reads what was sent; the conseil writes, votes and sends; agents answer."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.councils.forms import AvisForm, SendForm, VoteForm, answer_form, answers_in, unanswered
from app.blueprints.councils.life import delay_in_words, lateness_in_words, life_of_avis, vote_in_words
from app.blueprints.councils.papers import pdf_of_avis
from app.blueprints.councils.views.room import bp, page_number, pdf_response
from app.domain.accounts.policies import anyone
from app.domain.councils import queries, services
from app.domain.councils.models import AVIS_LIFE, Avis, AvisState
from app.domain.councils.policies import can_answer_avis, can_read_voice, can_write_for_body
from app.domain.councils.queries import AvisFilter
from app.domain.governance.models import Body, RecordKind
from app.domain.governance.policies import can_lead_body
from app.domain.governance.queries import record_of_source
from app.web.access import access, current_person
from app.web.forms import choice
from app.web.pages import done, respond


def _page(avis: Avis) -> str:
    return url_for("councils.avis", avis_id=avis.id)


@bp.get("/avis")
@access(anyone)
def all_avis() -> Response:
    """What the conseils said, and what they were answered; late answers are there for all to see."""
    asked = request.args.get("etat", "")
    wanted = AvisFilter(asked) if asked in {one.value for one in AvisFilter} else AvisFilter.ALL
    return respond(
        "councils/all_avis.html",
        page=queries.public_avis(wanted, page_number()),
        wanted=wanted,
        filters=_filters(wanted),
        lateness=lateness_in_words,
        page_address=lambda number: url_for("councils.all_avis", etat=wanted.value, page=number),
    )


def _filters(wanted: AvisFilter) -> list[dict[str, Any]]:
    labels = {
        AvisFilter.ALL: _("Tous"),
        AvisFilter.WAITING: _("Attendent une réponse"),
        AvisFilter.LATE: _("En retard"),
        AvisFilter.ANSWERED: _("Ont leur réponse"),
    }
    counts = queries.counts_of_avis()
    return [
        {
            "label": label,
            "href": url_for("councils.all_avis", etat=one.value),
            "current": one is wanted,
            "count": counts[one],
        }
        for one, label in labels.items()
    ]


@bp.get("/avis/<int:avis_id>")
@access(can_read_voice, subject=queries.avis_by_id)
def avis(avis: Avis) -> Response:
    """One avis: what it asks, what it was answered, where it is."""
    person = current_person()
    writes = bool(can_write_for_body(person, avis))
    kinds = (RecordKind.AVIS, RecordKind.REPONSE_AVIS) if avis.is_public else ()
    filed = [record_of_source(Avis.__tablename__, str(avis.id), kind) for kind in kinds]
    return respond(
        "councils/avis.html",
        avis=avis,
        steps=life_of_avis(avis),
        lateness=lateness_in_words(avis),
        vote=vote_in_words(avis) if avis.adopted_on else "",
        verbs=AVIS_LIFE.verbs(avis.state) if writes else (),
        answers=avis.is_public and avis.state is not AvisState.ANSWERED and bool(can_answer_avis(person, avis)),
        records=[record for record in filed if record],
    )


@bp.get("/avis/<int:avis_id>/avis.pdf")
@access(can_read_voice, subject=queries.avis_by_id)
def avis_pdf(avis: Avis) -> Response:
    """The avis as a paper one hands out."""
    return pdf_response(pdf_of_avis(avis), f"avis-{avis.id}.pdf")


@bp.route("/conseils/<int:body_id>/avis/nouveau", methods=["GET", "POST"])
@access(can_lead_body, subject=queries.body_in_its_space)
def begin_avis(body: Body) -> ResponseReturnValue:
    """Begins a draft."""
    form = AvisForm.of(None)
    if form.validate_on_submit():
        with form.refusals():
            avis = services.begin_avis(body=body, actor=current_person(), **form.typed())
            return done(_page(avis), _("Le brouillon est enregistré. Le conseil seul le lit."))
    return respond("councils/write_avis.html", status=form.status, form=form, body=body, avis=None)


@bp.route("/avis/<int:avis_id>/ecrire", methods=["GET", "POST"])
@access(can_write_for_body, subject=queries.avis_by_id)
def write_avis(avis: Avis) -> ResponseReturnValue:
    """Rewrites a draft."""
    form = AvisForm.of(avis)
    if form.validate_on_submit():
        with form.refusals():
            services.write_avis(avis=avis, actor=current_person(), **form.typed())
            return done(_page(avis), _("Le brouillon est enregistré."))
    return respond("councils/write_avis.html", status=form.status, form=form, body=avis.body, avis=avis)


@bp.route("/avis/<int:avis_id>/adopter", methods=["GET", "POST"])
@access(can_write_for_body, subject=queries.avis_by_id)
def adopt_avis(avis: Avis) -> ResponseReturnValue:
    """Notes the vote that adopts it."""
    form = VoteForm.of(queries.past_seances(avis.body))
    address = _page(avis)
    if form.validate_on_submit():
        with form.refusals():
            services.adopt_avis(avis=avis, vote=form.vote(), actor=current_person())
            return done(address, _("L’avis est adopté. Son texte ne changera plus."))
    return respond(
        "councils/adopt.html", status=form.status, form=form, subject=avis.subject, back_to=address,
        heading=_("Adopter cet avis"), verb=_("Adopter l’avis"),
    )  # fmt: skip


@bp.route("/avis/<int:avis_id>/envoyer", methods=["GET", "POST"])
@access(can_write_for_body, subject=queries.avis_by_id)
def send_avis(avis: Avis) -> ResponseReturnValue:
    """Sends it to a body: from then on everybody reads it."""
    form = SendForm()
    bodies = {body.id: body for body in queries.addressable_bodies(avis.body)}
    delays = queries.answer_delays_of(list(bodies.values()))
    form.addressed.choices = [choice(id_, delay_in_words(body, delays[id_].days)) for id_, body in bodies.items()]
    if form.validate_on_submit():
        with form.refusals():
            services.send_avis(avis=avis, addressed=bodies[form.addressed.data], actor=current_person())
            return done(_page(avis), _("L’avis est envoyé. Tout le monde peut le lire."))
    return respond("councils/send_avis.html", status=form.status, form=form, avis=avis)


@bp.route("/avis/<int:avis_id>/repondre", methods=["GET", "POST"])
@access(can_answer_avis, subject=queries.avis_by_id)
def answer_avis(avis: Avis) -> ResponseReturnValue:
    """Answers the items that wait."""
    form = answer_form(avis)
    if form.validate_on_submit():
        with form.refusals():
            services.answer_avis(avis=avis, answers=answers_in(form, avis), actor=current_person())
            return done(_page(avis), _("Votre réponse est publique et inscrite au registre."))
    items = unanswered(avis)
    return respond("councils/answer_avis.html", status=form.status, form=form, avis=avis, items=items)


@bp.post("/avis/<int:avis_id>/abandonner")
@access(can_write_for_body, subject=queries.avis_by_id)
def drop_avis(avis: Avis) -> ResponseReturnValue:
    """Gives up what was not sent."""
    services.drop_avis(avis=avis, actor=current_person())
    return done(url_for("councils.space", body_id=avis.body_id), _("L’avis est abandonné."))
