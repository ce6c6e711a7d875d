"""Moderation: what waits to be read, what was reported, and the decisions."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.ideas.forms import HandleForm, ReasonForm
from app.blueprints.ideas.views.room import bp
from app.domain.accounts.models import Person
from app.domain.accounts.policies import is_agent, is_staff
from app.domain.ideas import policies, queries, services
from app.domain.ideas.models import AbuseOutcome, AbuseReport, Idea
from app.web.access import access, current_person
from app.web.addresses import asked_number
from app.web.forms import typed_in
from app.web.pages import done, respond


@bp.get("/idees/moderation")
@access(is_staff)
def moderation() -> ResponseReturnValue:
    """The ideas to read before they are published."""
    page = queries.waiting(policies.reach_of(current_person()), asked_number("page") or 1)
    return respond("ideas/moderation.html", page=page, page_address=address, **section("moderation"))


@bp.get("/idees/signalements")
@access(is_staff)
def reports() -> ResponseReturnValue:
    """The ideas somebody reported."""
    page = queries.reports_waiting(policies.reach_of(current_person()), asked_number("page") or 1)
    return respond("ideas/reports.html", page=page, page_address=address, **section("reports"))


@bp.post("/idees/<int:number>/publier")
@access(policies.can_moderate, subject=queries.idea_by_number)
def publish(idea: Idea) -> ResponseReturnValue:
    """Makes an idea public."""
    services.publish(idea=idea, actor=current_person())
    return done(url_for("ideas.moderation"), _("L’idée n° %(number)s est publiée.", number=idea.number))


@bp.route("/idees/<int:number>/renvoyer", methods=["GET", "POST"])
@access(policies.can_moderate, subject=queries.idea_by_number)
def return_to_author(idea: Idea) -> ResponseReturnValue:
    """Sends an idea back to its author, with the reason."""
    form = ReasonForm()
    if form.validate_on_submit():
        with form.refusals():
            services.return_to_author(idea=idea, reason=typed_in(form.reason), actor=current_person())
            message = _("L’idée n° %(number)s est renvoyée à son auteur.", number=idea.number)
            return done(url_for("ideas.moderation"), message)
    return respond("ideas/return_to_author.html", status=form.status, form=form, idea=idea)


@bp.route("/idees/<int:number>/depublier", methods=["GET", "POST"])
@access(policies.can_moderate, subject=queries.idea_by_number)
def unpublish(idea: Idea) -> ResponseReturnValue:
    """Takes an idea out of sight, with the reason."""
    form = ReasonForm()
    if form.validate_on_submit():
        with form.refusals():
            services.unpublish(idea=idea, reason=typed_in(form.reason), actor=current_person())
            message = _("L’idée n° %(number)s n’est plus publiée.", number=idea.number)
            return done(url_for("ideas.show", number=idea.number), message)
    return respond("ideas/unpublish.html", status=form.status, form=form, idea=idea)


@bp.route("/idees/signalements/<int:report_id>", methods=["GET", "POST"])
@access(policies.can_handle, subject=queries.report_by_id)
def handle_report(report: AbuseReport) -> ResponseReturnValue:
    """Answers a report."""
    form = HandleForm()
    if form.validate_on_submit():
        with form.refusals():
            services.handle_report(
                report=report,
                outcome=AbuseOutcome(form.outcome.data),
                reason=typed_in(form.reason),
                actor=current_person(),
            )
            return done(url_for("ideas.reports"), _("Le signalement est traité. Les personnes sont prévenues."))
    return respond("ideas/handle_report.html", status=form.status, form=form, report=report, idea=report.idea)


def address(number: int) -> str:
    """The present list at another page."""
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if name == "lesquelles"}
    return url_for(str(request.endpoint), **kept, page=number)


def section(current: str) -> dict[str, Any]:
    """The links of the section, with what waits behind each."""
    person: Person = current_person()
    reach = policies.reach_of(person)
    links = [
        ("moderation", _("À relire"), queries.count_waiting(reach)),
        ("reports", _("Signalements"), queries.count_reports_waiting(reach)),
        ("enter_for", _("Saisir pour quelqu’un"), None),
    ]
    if is_agent(person):
        links.insert(2, ("unanswered", _("Sans réponse"), None))
    return {
        "section_title": _("Idées"),
        "section_links": [
            {"href": url_for(f"ideas.{name}"), "label": label, "count": count, "current": name == current}
            for name, label, count in links
        ],
    }
