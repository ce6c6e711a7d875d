"""What residents do with an idea that is there: support it, take it back, report it."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.ideas.forms import ConfirmForm, ReportForm
from app.blueprints.ideas.views.reading import support_values
from app.blueprints.ideas.views.room import bp
from app.domain.ideas import policies, queries, services
from app.domain.ideas.models import LIFECYCLE, AbuseReason, Idea
from app.web.access import access, current_person
from app.web.forms import typed_in
from app.web.pages import done, respond


@bp.post("/idees/<int:number>/soutenir")
@access(policies.can_support, subject=queries.idea_by_number)
def support(idea: Idea) -> ResponseReturnValue:
    """Supports an idea."""
    services.support(idea=idea, actor=current_person())
    message = _("Vous soutenez cette idée.")
    return done(
        here(idea), message, fragment="ideas/_support.html", idea=idea, **support_values(current_person(), idea)
    )


@bp.post("/idees/<int:number>/ne-plus-soutenir")
@access(policies.can_support, subject=queries.idea_by_number)
def stop_supporting(idea: Idea) -> ResponseReturnValue:
    """Takes one's support back."""
    services.stop_supporting(idea=idea, actor=current_person())
    message = _("Vous ne soutenez plus cette idée.")
    return done(
        here(idea), message, fragment="ideas/_support.html", idea=idea, **support_values(current_person(), idea)
    )


@bp.route("/idees/<int:number>/retirer", methods=["GET", "POST"])
@access(policies.can_write, subject=queries.idea_by_number)
def withdraw(idea: Idea) -> ResponseReturnValue:
    """The author takes the idea back, after having read what that means."""
    form = ConfirmForm()
    if form.validate_on_submit():
        with form.refusals():
            services.withdraw(idea=idea, actor=current_person())
            return done(here(idea), _("Votre idée est retirée."))
    verdict = LIFECYCLE.allows("withdraw", idea.state)
    return respond("ideas/withdraw.html", status=form.status, form=form, idea=idea, verdict=verdict)


@bp.route("/idees/<int:number>/signaler", methods=["GET", "POST"])
@access(policies.can_report, subject=queries.idea_by_number)
def report_abuse(idea: Idea) -> ResponseReturnValue:
    """Asks the moderators to look at an idea."""
    form = ReportForm()
    if form.validate_on_submit():
        with form.refusals():
            services.report_abuse(
                idea=idea, reason=AbuseReason(typed_in(form.reason)), words=typed_in(form.words), actor=current_person()
            )
            return done(here(idea), _("Merci. L’équipe va relire cette idée et vous dira ce qu’elle a décidé."))
    return respond("ideas/report_abuse.html", status=form.status, form=form, idea=idea)


def here(idea: Idea) -> str:
    """The page of the idea."""
    return url_for("ideas.show", number=idea.number)
