"""Two ideas that say the same: staff choose which takes the other over, and supporters are asked."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.ideas.forms import MergeForm, QuestionForm
from app.blueprints.ideas.views.room import bp
from app.domain.accounts.policies import signed_in
from app.domain.ideas import policies, queries, rules, services
from app.domain.ideas.models import Idea
from app.domain.ideas.queries import Filters
from app.domain.shared.refusals import Missing
from app.web.access import access, current_person
from app.web.pages import done, respond


@bp.route("/idees/<int:number>/regrouper", methods=["GET", "POST"])
@access(policies.can_moderate, subject=queries.idea_by_number)
def merge(idea: Idea) -> ResponseReturnValue:
    """Finds the idea that takes this one over, then merges."""
    words = request.args.get("q", "").strip()[:100]
    found = queries.search(words, Filters()) if words else _suggested(idea)
    form = MergeForm()
    form.offer([other for other in found if other.id != idea.id])
    if form.validate_on_submit():
        with form.refusals():
            target = queries.idea_by_number(int(form.target.data))
            services.merge(idea=idea, target=target, actor=current_person())
            message = _("L’idée n° %(number)s est regroupée ici. Les auteurs et les soutiens sont prévenus.",
                        number=idea.number)  # fmt: skip
            return done(url_for("ideas.show", number=target.number), message)
    return respond("ideas/merge.html", status=form.status, form=form, idea=idea, words=words)


def _suggested(idea: Idea) -> list[Idea]:
    """The close ideas that may take this one over; who looks for another by its number is told why it cannot."""
    return [other for other in queries.similar_to(idea.title, but=idea.id) if rules.can_take_another_over(other)]


@bp.route("/idees/<int:number>/regroupement", methods=["GET", "POST"])
@access(signed_in, subject=queries.idea_by_number)
def answer_merge_question(idea: Idea) -> ResponseReturnValue:
    """A supporter says whether they also support the idea that takes over."""
    question = queries.merge_question(idea.id, current_person().id)
    if question is None:
        raise Missing("no question for this person")
    form = QuestionForm()
    if form.validate_on_submit():
        with form.refusals():
            also = form.also.data == "oui"
            services.answer_merge_question(question=question, also=also, actor=current_person())
            message = (
                _("Vous soutenez les deux idées.") if also else _("C’est noté. Votre premier soutien reste où il est.")
            )
            return done(url_for("ideas.show", number=question.target.number), message)
    return respond("ideas/merge_question.html", status=form.status, form=form, question=question)
