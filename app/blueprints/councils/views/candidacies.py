"""The pages of candidacies: who may sit, how to ask, what is decided, what the person answers."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.councils.forms.candidacies import CHECK, STEPS, AnswerForm, CandidacyForm, DeclineForm
from app.blueprints.councils.life import life_of_candidacy
from app.blueprints.councils.views.room import bp, page_number
from app.domain.accounts.policies import anyone, signed_in
from app.domain.councils import queries, services
from app.domain.councils.models import CANDIDACY_LIFE, Candidacy, CandidacyChannel
from app.domain.councils.policies import (
    can_apply,
    can_decide_candidacy,
    can_receive_candidacies,
    can_see_candidacy,
    is_candidate,
)
from app.domain.councils.rules.candidacies import ASKED_FOR
from app.domain.governance.models import Body, Recruitment
from app.domain.governance.policies import can_compose_body
from app.web.access import access, current_person
from app.web.pages import done, respond


def _page(candidacy: Candidacy) -> str:
    return url_for("councils.candidacy", candidacy_id=candidacy.id)


@bp.get("/conseils/<int:body_id>/sieger")
@access(anyone, subject=queries.body_in_its_space)
def sit(body: Body) -> Response:
    """How one comes to sit here: the seats, those that are free, and the way to ask."""
    person = current_person()
    return respond(
        "councils/sit.html",
        body=body,
        asked=queries.open_seats_by(body, ASKED_FOR),
        drawn=queries.open_seats_by(body, (Recruitment.DRAW,)),
        draws=queries.public_draws_of(body, page_number()),
        page_address=lambda number: url_for("councils.sit", body_id=body.id, page=number),
        composes=bool(can_compose_body(person, body)),
        own=queries.open_candidacy_of(person, body) if person else None,
        receives=bool(can_receive_candidacies(person, body)),
    )


@bp.route("/conseils/<int:body_id>/candidater", methods=["GET", "POST"])
@access(can_apply, subject=queries.body_in_its_space)
def apply(body: Body) -> ResponseReturnValue:
    """Somebody asks to sit, one question at a time."""
    form = CandidacyForm.of(body, queries.open_seats_by(body, ASKED_FOR), staff=False)

    def act() -> Candidacy:
        seat_type = form.seats[form.seat_type_id.data].seat_type
        return services.apply(body=body, seat_type=seat_type, application=form.application(), actor=current_person())

    return _asked(form, body, act, staff=False)


@bp.route("/conseils/<int:body_id>/saisir-une-candidature", methods=["GET", "POST"])
@access(can_receive_candidacies, subject=queries.body_in_its_space)
def enter_candidacy(body: Body) -> ResponseReturnValue:
    """Staff write down the candidacy of somebody who spoke, called or wrote."""
    form = CandidacyForm.of(body, queries.open_seats_by(body, ASKED_FOR), staff=True)

    def act() -> Candidacy:
        return services.enter_candidacy(
            body=body, seat_type=form.seats[form.seat_type_id.data].seat_type, application=form.application(),
            channel=CandidacyChannel(form.channel.data), actor=current_person(),
        )  # fmt: skip

    return _asked(form, body, act, staff=True)


def _asked(form: CandidacyForm, body: Body, act: Callable[[], Candidacy], *, staff: bool) -> ResponseReturnValue:
    """The page that comes next: the same when an answer is wrong, the recap after the last, then the act."""
    names, step = [*STEPS, CHECK], request.form.get("etape", "siege")
    step = step if step in names else "siege"
    if not form.is_submitted():
        return _question(form, body, "siege", staff)
    back = request.form.get("aller", "")
    if back in names:
        return _question(form, body, back, staff)
    if step != CHECK:
        passed = form.passes(step)
        return _question(form, body, names[names.index(step) + 1] if passed else step, staff, faulty=not passed)
    if form.validate_on_submit():
        with form.refusals():
            candidacy = act()
            return done(_page(candidacy), _("La candidature est déposée."))
    return _question(form, body, form.first_fault() or CHECK, staff, faulty=True)


def _question(form: CandidacyForm, body: Body, step: str, staff: bool, faulty: bool = False) -> Response:
    return respond(
        "councils/apply.html",
        status=422 if faulty else 200,
        form=form, body=body, step=step, staff=staff, steps=[*STEPS, CHECK],
        shown=form.names_of(step) if step in STEPS else [], hidden=form.hidden_for(step), recap=form.recap(),
    )  # fmt: skip


@bp.get("/conseils/<int:body_id>/candidatures")
@access(can_receive_candidacies, subject=queries.body_in_its_space)
def candidacies(body: Body) -> Response:
    """The candidacies a body received, those that wait first."""
    return respond(
        "councils/candidacies.html",
        body=body,
        page=queries.candidacies_of(body, page_number()),
        page_address=lambda number: url_for("councils.candidacies", body_id=body.id, page=number),
    )


@bp.get("/mes-candidatures")
@access(signed_in)
def my_candidacies() -> Response:
    """The candidacies of whoever is signed in."""
    return respond(
        "councils/my_candidacies.html", page=queries.candidacies_by(current_person(), page_number()),
        page_address=lambda number: url_for("councils.my_candidacies", page=number),
    )  # fmt: skip


@bp.get("/candidatures/<int:candidacy_id>")
@access(can_see_candidacy, subject=queries.candidacy_by_id)
def candidacy(candidacy: Candidacy) -> Response:
    """One candidacy: what was said, where it is, and what one may do."""
    person = current_person()
    own, decides = bool(is_candidate(person, candidacy)), bool(can_decide_candidacy(person, candidacy))
    verbs = CANDIDACY_LIFE.verbs(candidacy.state)
    return respond(
        "councils/candidacy.html",
        candidacy=candidacy, own=own, decides=decides and not own, verbs=verbs, steps=life_of_candidacy(candidacy),
    )  # fmt: skip


@bp.post("/candidatures/<int:candidacy_id>/retenir")
@access(can_decide_candidacy, subject=queries.candidacy_by_id)
def accept_candidacy(candidacy: Candidacy) -> ResponseReturnValue:
    """Retains it."""
    services.accept_candidacy(candidacy=candidacy, actor=current_person())
    return done(_page(candidacy), _("La candidature est retenue. La personne est prévenue."))


@bp.route("/candidatures/<int:candidacy_id>/ne-pas-retenir", methods=["GET", "POST"])
@access(can_decide_candidacy, subject=queries.candidacy_by_id)
def decline_candidacy(candidacy: Candidacy) -> ResponseReturnValue:
    """Does not retain it, with a reason the person reads."""
    form = DeclineForm()
    if form.validate_on_submit():
        with form.refusals():
            services.decline_candidacy(candidacy=candidacy, reason=form.reason.data or "", actor=current_person())
            return done(_page(candidacy), _("La réponse est écrite. La personne peut la lire."))
    return respond("councils/decline_candidacy.html", status=form.status, form=form, candidacy=candidacy)


@bp.post("/candidatures/<int:candidacy_id>/inviter")
@access(can_decide_candidacy, subject=queries.candidacy_by_id)
def invite(candidacy: Candidacy) -> ResponseReturnValue:
    """Offers a free seat."""
    services.invite(candidacy=candidacy, actor=current_person())
    return done(_page(candidacy), _("Le siège est proposé. Notez la réponse si elle arrive autrement que par ce site."))


@bp.route("/candidatures/<int:candidacy_id>/reponse", methods=["GET", "POST"])
@access(can_decide_candidacy, subject=queries.candidacy_by_id)
def note_answer_of_candidate(candidacy: Candidacy) -> ResponseReturnValue:
    """Staff note what the person answered, and how."""
    form = AnswerForm()
    if form.validate_on_submit():
        with form.refusals():
            act = services.take_seat if form.answer.data == "oui" else services.refuse_seat
            act(candidacy=candidacy, channel=CandidacyChannel(form.channel.data), actor=current_person())
            return done(_page(candidacy), _("La réponse est notée."))
    return respond("councils/candidate_answer.html", status=form.status, form=form, candidacy=candidacy)


@bp.post("/candidatures/<int:candidacy_id>/accepter-le-siege")
@access(is_candidate, subject=queries.candidacy_by_id)
def take_seat(candidacy: Candidacy) -> ResponseReturnValue:
    """The person says yes."""
    services.take_seat(candidacy=candidacy, channel=CandidacyChannel.ONLINE, actor=current_person())
    return done(_page(candidacy), _("Merci. Vous siégez à partir d’aujourd’hui."))


@bp.post("/candidatures/<int:candidacy_id>/refuser-le-siege")
@access(is_candidate, subject=queries.candidacy_by_id)
def refuse_seat(candidacy: Candidacy) -> ResponseReturnValue:
    """The person says no."""
    services.refuse_seat(candidacy=candidacy, channel=CandidacyChannel.ONLINE, actor=current_person())
    return done(_page(candidacy), _("C’est noté. Merci de nous l’avoir dit."))


@bp.post("/candidatures/<int:candidacy_id>/retirer")
@access(is_candidate, subject=queries.candidacy_by_id)
def withdraw_candidacy(candidacy: Candidacy) -> ResponseReturnValue:
    """The person no longer asks to sit."""
    services.withdraw_candidacy(candidacy=candidacy, actor=current_person())
    return done(_page(candidacy), _("Votre candidature est retirée."))
