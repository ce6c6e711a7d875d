"""The collectivité studies and answers."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.ideas.forms import AnswerForm
from app.blueprints.ideas.views.moderating import address, section
from app.blueprints.ideas.views.room import bp
from app.domain.accounts.policies import is_agent
from app.domain.ideas import policies, queries, rules, services
from app.domain.ideas.models import AnswerOutcome, Idea
from app.domain.ideas.queries import Lateness
from app.domain.territories.queries import site
from app.web.access import access, current_person
from app.web.addresses import asked_number
from app.web.forms import typed_in
from app.web.pages import done, respond


@bp.get("/idees/sans-reponse")
@access(is_agent)
def unanswered() -> ResponseReturnValue:
    """The public ideas that have no answer yet, the late ones apart."""
    days = site().idea_answer_days
    late_only = request.args.get("lesquelles") == Lateness.LATE.value
    which = Lateness.LATE if late_only else Lateness.ALL
    page = queries.unanswered(policies.agent_reach(current_person()), days, which, asked_number("page") or 1)
    dues = {idea.id: (rules.answer_due(idea, days), rules.is_late(idea, days)) for idea in page.items}
    return respond(
        "ideas/unanswered.html",
        page=page,
        dues=dues,
        late_only=late_only,
        page_address=address,
        **section("unanswered"),
    )


@bp.post("/idees/<int:number>/etudier")
@access(policies.can_answer, subject=queries.idea_by_number)
def begin_study(idea: Idea) -> ResponseReturnValue:
    """The services take an idea up."""
    services.begin_study(idea=idea, actor=current_person())
    message = _("L’idée n° %(number)s est à l’étude. Son auteur est prévenu.", number=idea.number)
    return done(url_for("ideas.show", number=idea.number), message)


@bp.route("/idees/<int:number>/repondre", methods=["GET", "POST"])
@access(policies.can_answer, subject=queries.idea_by_number)
def answer(idea: Idea) -> ResponseReturnValue:
    """Answers an idea officially."""
    form = AnswerForm()
    if form.validate_on_submit():
        with form.refusals():
            services.answer(
                idea=idea, outcome=AnswerOutcome(form.outcome.data), text=typed_in(form.text), actor=current_person()
            )
            return done(url_for("ideas.show", number=idea.number), _("La réponse est publiée. L’auteur est prévenu."))
    return respond("ideas/answer.html", status=form.status, form=form, idea=idea)
