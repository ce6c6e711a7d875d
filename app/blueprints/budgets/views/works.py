"""The works of the winners: what the public sees of them, and the acts by which agents tell them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.budgets import forms
from app.blueprints.budgets.views import shown
from app.blueprints.budgets.views.photos import keep
from app.blueprints.budgets.views.room import bp
from app.domain.budgets import queries, services
from app.domain.budgets.models import WORKS_LIFE, Edition, Milestone, Project, Spending
from app.domain.budgets.policies import can_manage, can_see
from app.domain.shared import clock
from app.web.access import access, current_person
from app.web.forms import Form
from app.web.pages import done, respond


@bp.get("/budgets-participatifs/<int:edition_id>/realisation")
@access(can_see, subject=queries.edition_by_id)
def works(edition: Edition) -> Response:
    """The winners, what each has cost and where it stands."""
    projects = queries.winners(edition)
    return respond(
        "budgets/works.html",
        edition=edition,
        projects=projects,
        outcomes=queries.outcomes(edition, projects),
        can_manage=bool(can_manage(current_person(), edition)),
    )


@bp.get("/projets/<int:project_id>/suivi")
@access(can_manage, subject=queries.project_by_id)
def follow(project: Project) -> Response:
    """The works of one project, for those who tell them."""
    return respond(
        "budgets/follow.html",
        project=project,
        outcome=queries.outcomes(project.edition, [project])[project.id],
        steps=shown.life_steps(queries.steps_of_idea(project.idea_id)),
        verbs=WORKS_LIFE.verbs(project.works),
    )


def tell(project: Project, form: Form, words: dict[str, str], act: Callable[[], Any]) -> ResponseReturnValue:
    """One act on a project, on a page of its own: its form, then back to the project's works."""
    back = url_for("budgets.follow", project_id=project.id)
    if form.validate_on_submit():
        with form.refusals():
            act()
            return done(back, words["done"])
    return respond(
        "budgets/act.html", status=form.status, form=form, words=words, back_to=back, back_label=project.title
    )


@bp.route("/budgets-participatifs/<int:edition_id>/commencer-la-realisation", methods=["GET", "POST"])
@access(can_manage, subject=queries.edition_by_id)
def begin_realisation(edition: Edition) -> ResponseReturnValue:
    """Begins the realisation, named by the act that confirms the winners."""
    form = forms.ConfirmationForm()
    back = url_for("budgets.manage", edition_id=edition.id)
    if form.validate_on_submit():
        with form.refusals():
            services.begin_realisation(
                edition=edition,
                confirmed_by=form.confirmed_by.data or "",
                confirmed_on=forms.day_of(form.confirmed_on),
                actor=current_person(),
            )
            return done(back, _("La réalisation commence : les auteurs des projets lauréats sont prévenus."))
    words = {
        "title": _("Commencer la réalisation"), "submit": _("Commencer la réalisation"),
        "lead": _("Le vote propose, le conseil confirme : nommez la décision qui engage la dépense."),
    }  # fmt: skip
    title = edition.process.title
    return respond("budgets/act.html", status=form.status, form=form, words=words, back_to=back, back_label=title)


@bp.route("/projets/<int:project_id>/commencer", methods=["GET", "POST"])
@access(can_manage, subject=queries.project_by_id)
def start_works(project: Project) -> ResponseReturnValue:
    """Says that the works have begun."""
    form = forms.StartForm(began_on=clock.today())
    words = {
        "title": _("Les travaux ont commencé"), "submit": _("Annoncer le début des travaux"),
        "done": _("Le début des travaux est annoncé."), "lead": "",
    }  # fmt: skip
    return tell(
        project, form, words,
        lambda: services.start_works(project=project, began_on=forms.day_of(form.began_on), actor=current_person()),
    )  # fmt: skip


@bp.route("/projets/<int:project_id>/etapes/nouvelle", methods=["GET", "POST"])
@access(can_manage, subject=queries.project_by_id)
def plan_milestone(project: Project) -> ResponseReturnValue:
    """Plans a step of the works."""
    form = forms.MilestoneForm()
    words = {
        "title": _("Prévoir une étape"), "submit": _("Ajouter l’étape"), "done": _("L’étape est prévue."),
        "lead": _("Le public voit les étapes prévues, et celles qui sont en retard."),
    }  # fmt: skip
    return tell(
        project, form, words,
        lambda: services.plan_milestone(
            project=project, label=form["label"].data or "", planned_on=forms.day_of(form.planned_on),
            actor=current_person(),
        ),
    )  # fmt: skip


@bp.route("/etapes/<int:milestone_id>/faite", methods=["GET", "POST"])
@access(can_manage, subject=queries.milestone_by_id)
def complete_milestone(milestone: Milestone) -> ResponseReturnValue:
    """Says that a step is done."""
    form = forms.DoneForm(done_on=clock.today())
    words = {
        "title": _("C’est fait : %(step)s", step=milestone.label), "submit": _("Annoncer que c’est fait"),
        "done": _("L’étape est faite : les auteurs sont prévenus."), "lead": "",
    }  # fmt: skip
    return tell(
        milestone.project, form, words,
        lambda: services.complete_milestone(
            milestone=milestone, done_on=forms.day_of(form.done_on), note=form.note.data or "",
            photo_id=keep(form.photo, form.photo_words), actor=current_person(),
        ),
    )  # fmt: skip


@bp.route("/projets/<int:project_id>/depenses/nouvelle", methods=["GET", "POST"])
@access(can_manage, subject=queries.project_by_id)
def spend(project: Project) -> ResponseReturnValue:
    """Writes a line of spending."""
    form = forms.SpendingForm(spent_on=clock.today())
    words = {
        "title": _("Noter une dépense"), "submit": _("Noter la dépense"), "done": _("La dépense est notée."),
        "lead": _("Il reste %(left)s sur %(cost)s.", left=shown.euros(project.left_cents),
                  cost=shown.euros(project.present_cost_cents)),
    }  # fmt: skip
    return tell(
        project, form, words,
        lambda: services.spend(
            project=project, label=form["label"].data or "", amount_cents=form.amount_cents.cents or 0,
            spent_on=forms.day_of(form.spent_on), actor=current_person(),
        ),
    )  # fmt: skip


@bp.route("/depenses/<int:spending_id>/annuler", methods=["GET", "POST"])
@access(can_manage, subject=queries.spending_by_id)
def cancel_spending(spending: Spending) -> ResponseReturnValue:
    """Cancels a wrong line."""
    form = forms.CancelForm()
    words = {
        "title": _("Annuler une dépense"), "submit": _("Annuler la dépense"), "done": _("La dépense est annulée."),
        "lead": f"{spending.label}, {shown.euros(spending.amount_cents)}",
    }  # fmt: skip
    return tell(
        spending.project, form, words,
        lambda: services.cancel_spending(spending=spending, reason=form.reason.data or "", actor=current_person()),
    )  # fmt: skip


@bp.route("/projets/<int:project_id>/cout", methods=["GET", "POST"])
@access(can_manage, subject=queries.project_by_id)
def revise_cost(project: Project) -> ResponseReturnValue:
    """Decides the cost anew."""
    form = forms.RevisionForm()
    words = {
        "title": _("Réviser le coût"), "submit": _("Réviser le coût"), "done": _("Le coût est révisé."),
        "lead": _("Coût actuel : %(cost)s.", cost=shown.euros(project.present_cost_cents)),
    }  # fmt: skip
    return tell(
        project, form, words,
        lambda: services.revise_cost(
            project=project, after_cents=form.after_cents.cents or 0, reason=form.reason.data or "",
            actor=current_person(),
        ),
    )  # fmt: skip


@bp.route("/projets/<int:project_id>/livrer", methods=["GET", "POST"])
@access(can_manage, subject=queries.project_by_id)
def deliver(project: Project) -> ResponseReturnValue:
    """Cuts the ribbon."""
    form = forms.DeliverForm(delivered_on=clock.today())
    words = {
        "title": _("Le projet est livré"), "submit": _("Annoncer la livraison"),
        "done": _("La livraison est annoncée."), "lead": _("Toutes les étapes doivent être faites."),
    }  # fmt: skip
    return tell(
        project, form, words,
        lambda: services.deliver(
            project=project, delivered_on=forms.day_of(form.delivered_on), note=form.note.data or "",
            actor=current_person(),
        ),
    )  # fmt: skip


@bp.route("/projets/<int:project_id>/abandonner", methods=["GET", "POST"])
@access(can_manage, subject=queries.project_by_id)
def abandon(project: Project) -> ResponseReturnValue:
    """Abandons a winning project, with a reason."""
    form = forms.AbandonForm()
    words = {
        "title": _("Abandonner ce projet"), "submit": _("Abandonner le projet"), "done": _("Le projet est abandonné."),
        "lead": _("C’est définitif : les auteurs sont prévenus et la raison est publique."),
    }  # fmt: skip
    return tell(
        project, form, words,
        lambda: services.abandon(project=project, reason=form.reason.data or "", actor=current_person()),
    )  # fmt: skip
