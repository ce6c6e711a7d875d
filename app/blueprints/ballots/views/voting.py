"""Voting: the booth, the recap, the act, the receipt, and seeing that one's ballot is in the box."""

from __future__ import annotations

from flask import Response, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.ballots import receipts
from app.blueprints.ballots.forms import BoothForm, TypedBallot, VerifyForm
from app.blueprints.ballots.views.room import bp, limit_key, picture_of, shuffled, titles_of
from app.blueprints.ballots.words import ballot_lines, first_sentence, how_it_is_counted, how_to_vote
from app.domain.accounts.policies import anyone, signed_in
from app.domain.ballots import queries, services
from app.domain.ballots.models import Scrutin
from app.domain.ballots.policies import can_open_count, can_vote
from app.domain.ballots.rules.ballot import Ballot, canonical_ballot, check_ballot
from app.domain.ballots.rules.order import personal_order
from app.domain.ballots.rules.receipt import normal_code, receipt_hash, shown_code
from app.domain.shared.refusals import Refusal, require
from app.extensions import limiter
from app.web.access import access, current_person
from app.web.addresses import public_address
from app.web.pages import done, respond

VOTE_PACE = "30/minute;200/hour"
VERIFY_PACE = "30/minute;200/hour"


@bp.get("/scrutins/<int:scrutin_id>")
@access(anyone, subject=queries.scrutin_by_id)
def show(scrutin: Scrutin) -> Response:
    """The vote: when, on what, how it is counted, and where one stands."""
    person = current_person()
    return respond(
        "ballots/show.html",
        scrutin=scrutin,
        projects=shuffled(scrutin),
        picture_of=picture_of,
        how=how_to_vote(scrutin.rules.form),
        counting=how_it_is_counted(scrutin.rules),
        voted=person is not None and queries.has_voted(scrutin.id, person.id),
        # Whoever is not signed in is asked to, then told.
        verdict=None if person is None else can_vote(person, scrutin),
        may_count=person is not None and bool(can_open_count(person, scrutin)),
    )


@bp.route("/scrutins/<int:scrutin_id>/voter", methods=["GET", "POST"])
@limiter.limit(VOTE_PACE, methods=["POST"], key_func=limit_key)
@access(can_vote, subject=queries.scrutin_by_id, only_reads=True)
def booth(scrutin: Scrutin) -> ResponseReturnValue:
    """The booth; sent, it gives the recap. Nothing is stored before the act."""
    form, typed = BoothForm(), TypedBallot.read(request.form)
    verdict = services.can_cast(scrutin, current_person())
    if isinstance(verdict, Refusal) and request.method == "GET":
        return respond("ballots/not_now.html", scrutin=scrutin, verdict=verdict, voted=_has_voted(scrutin))
    if form.validate_on_submit() and "change" not in request.form:
        with form.refusals():
            require(verdict)
            return _recap(scrutin, form, typed)
    return _booth(scrutin, form, typed)


@bp.post("/scrutins/<int:scrutin_id>/deposer")
@limiter.limit(VOTE_PACE, key_func=limit_key)
@access(can_vote, subject=queries.scrutin_alone)
def cast(scrutin: Scrutin) -> ResponseReturnValue:
    """The act: the ballot enters the box, and the receipt goes with the voter."""
    form, typed, person = BoothForm(), TypedBallot.read(request.form), current_person()
    if form.validate_on_submit():
        with form.refusals():
            code = receipts.code_of(form.receipt_code.data or "", person.id, scrutin.id)
            code = services.cast(scrutin=scrutin, choices=typed.choices(scrutin), actor=person, code=code)
            receipts.keep(scrutin.id, code)
            return done(url_for("ballots.receipt", scrutin_id=scrutin.id))
    if _has_voted(scrutin):
        verdict = services.already_voted()
        return respond("ballots/not_now.html", status=409, scrutin=scrutin, verdict=verdict, voted=True)
    return _booth(queries.scrutin_by_id(scrutin.id), form, typed)


@bp.get("/scrutins/<int:scrutin_id>/recu")
@access(signed_in, subject=queries.scrutin_alone)
def receipt(scrutin: Scrutin) -> Response:
    """The receipt, while this browser still holds it."""
    code = receipts.kept(scrutin.id)
    return respond(
        "ballots/receipt.html",
        scrutin=scrutin,
        code=shown_code(code) if code else None,
        voted=_has_voted(scrutin),
    )


@bp.get("/scrutins/<int:scrutin_id>/recu.txt")
@access(signed_in, subject=queries.scrutin_alone)
def receipt_text(scrutin: Scrutin) -> Response:
    """The receipt as a text to keep."""
    code = receipts.kept(scrutin.id)
    if code is None:
        raise Refusal(_("Ce reçu n’est plus sur cet appareil : il n’existe que là où vous l’avez gardé."))
    address = public_address("ballots.verify", scrutin_id=scrutin.id)
    text = render_template("ballots/receipt.txt", scrutin=scrutin, code=shown_code(code), address=address)
    response = make_response(text)
    response.mimetype = "text/plain"
    response.headers["Content-Disposition"] = f'attachment; filename="recu-vote-{scrutin.id}.txt"'
    return response


@bp.post("/scrutins/<int:scrutin_id>/recu/ranger")
@access(signed_in, subject=queries.scrutin_alone)
def put_away(scrutin: Scrutin) -> Response:
    """Takes the receipt off this device, once it is kept elsewhere."""
    receipts.put_away(scrutin.id)
    message = _("Votre reçu n’est plus affiché sur cet appareil. Gardez bien votre copie.")
    return done(url_for("ballots.show", scrutin_id=scrutin.id), message)


@bp.route("/scrutins/<int:scrutin_id>/verifier", methods=["GET", "POST"])
@limiter.limit(VERIFY_PACE, methods=["POST"])
@access(anyone, subject=queries.scrutin_by_id)
def verify(scrutin: Scrutin) -> ResponseReturnValue:
    """Whether the ballot of a receipt is in the box; once counted, what it says. Anybody may ask, nobody is named."""
    form, found, lines = VerifyForm(), None, None
    if form.validate_on_submit():
        with form.refusals():
            digest = receipt_hash(scrutin.id, normal_code(form.code.data or ""))
            found = queries.is_in_the_box(scrutin.id, digest)
            lines = _counted_lines(scrutin, digest)
    response = respond(
        "ballots/verify.html", status=form.status, form=form, scrutin=scrutin, found=found, lines=lines
    )  # fmt: skip
    # Typed by somebody who is perhaps not signed in: a shared computer must not show it to the next.
    response.headers["Cache-Control"] = "no-store"
    return response


def _has_voted(scrutin: Scrutin) -> bool:
    return queries.has_voted(scrutin.id, current_person().id)


def _booth(scrutin: Scrutin, form: BoothForm, typed: TypedBallot) -> Response:
    """The booth page, with the projects in this voter's own order and what was typed."""
    key, person = current_app.config["SECRET_KEY"], current_person()
    by_ref = {project.ref: project for project in scrutin.projects}
    order = personal_order(key, person.id, scrutin.id, by_ref)
    response = respond(
        "ballots/booth.html",
        status=form.status,
        scrutin=scrutin,
        ballot=scrutin.rules.form,
        projects=[by_ref[ref] for ref in order],
        picture_of=picture_of,
        form=form,
        typed=typed,
        left=typed.left(scrutin),
        first_sentence=first_sentence,
        how=how_to_vote(scrutin.rules.form),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _recap(scrutin: Scrutin, form: BoothForm, typed: TypedBallot) -> Response:
    """The recap of a ballot that may be cast, with its fields to send."""
    choices: Ballot = typed.choices(scrutin)
    require(check_ballot(scrutin.rules.form, {project.ref for project in scrutin.projects}, choices))
    lines = ballot_lines(canonical_ballot(choices), titles_of(scrutin.projects), scrutin.rules.form.type == "points")
    token = receipts.code_of(form.receipt_code.data or "", current_person().id, scrutin.id) and form.receipt_code.data
    response = respond(
        "ballots/recap.html",
        scrutin=scrutin,
        lines=lines,
        blank=not choices,
        fields=typed.fields(),
        token=token or receipts.new_token(current_person().id, scrutin.id),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _counted_lines(scrutin: Scrutin, digest: str) -> list[str] | None:
    if not scrutin.is_counted:
        return None
    content = queries.content_of_receipt(scrutin.id, digest)
    by_points = scrutin.rules.form.type == "points"
    return ballot_lines(content, titles_of(scrutin.projects), by_points) if content is not None else None
