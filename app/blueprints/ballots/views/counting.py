"""The count and what it publishes: opening the box, the results, the minutes, the ballots."""

from __future__ import annotations

from flask import Response, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.ballots.forms import OpenForm
from app.blueprints.ballots.minutes import few_words, figures, opening_words, pdf_of_minutes
from app.blueprints.ballots.outcome import outcome_of, score_words
from app.blueprints.ballots.views.room import bp, titles_of
from app.blueprints.ballots.words import ballot_lines, how_it_is_counted
from app.domain.accounts.policies import anyone
from app.domain.ballots import queries, services
from app.domain.ballots.models import Scrutin
from app.domain.ballots.policies import can_open_count
from app.domain.ballots.rules.moments import result_is_out
from app.domain.shared.refusals import require
from app.web.access import access, current_person
from app.web.pages import done, respond


@bp.route("/scrutins/<int:scrutin_id>/depouillement", methods=["GET", "POST"])
@access(can_open_count, subject=queries.scrutin_by_id)
def count(scrutin: Scrutin) -> ResponseReturnValue:
    """Opening the box: each of the people needed asks for it, the last one opens it."""
    form = OpenForm()
    if form.validate_on_submit():
        with form.refusals():
            opened = services.open_count(scrutin_id=scrutin.id, actor=current_person(), seed=form.seed.data or "")
            if opened.is_counted:
                message = _("L’urne est ouverte et le vote dépouillé. Le procès-verbal est au registre.")
                return done(url_for("ballots.results", scrutin_id=scrutin.id), message)
            message = _("Votre demande est notée. Une autre personne doit maintenant la confirmer.")
            return done(url_for("ballots.count", scrutin_id=scrutin.id), message)
    openers = queries.openers_of(scrutin.id)
    return respond(
        "ballots/count.html",
        status=form.status,
        form=form,
        scrutin=scrutin,
        openers=openers,
        asked=current_person().id in {opener.person_id for opener in openers},
        missing=scrutin.openers_needed - len(openers),
        counting=how_it_is_counted(scrutin.rules),
        few=scrutin.is_closed and services.has_few_ballots(scrutin),
    )


@bp.get("/scrutins/<int:scrutin_id>/resultats")
@access(anyone, subject=queries.scrutin_by_id)
def results(scrutin: Scrutin) -> Response:
    """The results, once counted; before, when they will be."""
    if not scrutin.is_counted:
        return respond("ballots/no_result.html", scrutin=scrutin)
    outcome = outcome_of(scrutin)
    return respond(
        "ballots/results.html",
        scrutin=scrutin,
        outcome=outcome,
        score_words=score_words,
        counting=how_it_is_counted(scrutin.rules),
        few=few_words(outcome),
        ballots_published=services.may_publish_ballots(scrutin),
    )


@bp.get("/scrutins/<int:scrutin_id>/bulletins")
@access(anyone, subject=queries.scrutin_by_id)
def public_ballots(scrutin: Scrutin) -> Response:
    """Every ballot with the digest of its receipt, in the order of the digests."""
    require(services.may_publish_ballots(scrutin))
    titles, by_points = titles_of(scrutin.projects), scrutin.rules.form.type == "points"
    return respond(
        "ballots/public_ballots.html",
        scrutin=scrutin,
        page=queries.ballots_page(scrutin.id, request.args.get("page", 1, type=int)),
        lines_of=lambda ballot: ballot_lines(ballot.content, titles, by_points),
        page_address=lambda number: url_for("ballots.public_ballots", scrutin_id=scrutin.id, page=number),
    )


@bp.get("/scrutins/<int:scrutin_id>/bulletins.pb")
@access(anyone, subject=queries.scrutin_by_id)
def export(scrutin: Scrutin) -> Response:
    """The public ballots as a Pabulib file, for anybody to count again."""
    return download(services.export_pabulib(scrutin=scrutin), "text/plain", f"bulletins-{scrutin.id}.pb")


@bp.get("/scrutins/<int:scrutin_id>/proces-verbal")
@access(anyone, subject=queries.scrutin_by_id)
def minutes(scrutin: Scrutin) -> Response:
    """The minutes of the count, as a sheet."""
    require(result_is_out(scrutin.is_counted))
    outcome = outcome_of(scrutin)
    return respond(
        "ballots/minutes.html",
        scrutin=scrutin,
        outcome=outcome,
        score_words=score_words,
        opening=opening_words(scrutin, outcome),
        figures=figures(outcome),
        counting=how_it_is_counted(scrutin.rules),
    )


@bp.get("/scrutins/<int:scrutin_id>/proces-verbal.pdf")
@access(anyone, subject=queries.scrutin_by_id)
def minutes_pdf(scrutin: Scrutin) -> Response:
    """The same minutes as a tagged PDF."""
    require(result_is_out(scrutin.is_counted))
    return download(pdf_of_minutes(scrutin), "application/pdf", f"proces-verbal-{scrutin.id}.pdf")


def download(content: bytes, media_type: str, name: str) -> Response:
    """A file to keep."""
    response = make_response(content)
    response.mimetype = media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
