"""The acts that take an edition from phase to phase, and the page from which an agent leads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.budgets.forms import ConfirmForm
from app.blueprints.budgets.views import shown, tasks
from app.blueprints.budgets.views.room import bp
from app.domain.accounts.models import Person, Role, Scope
from app.domain.accounts.policies import is_agent
from app.domain.ballots import queries as ballots
from app.domain.budgets import queries, services
from app.domain.budgets.models import EDITION_LIFE, Edition
from app.domain.budgets.policies import can_manage
from app.domain.budgets.queries import StudyFilter
from app.domain.budgets.rules import phases
from app.domain.budgets.rules.desk import next_act_of
from app.domain.shared import clock
from app.domain.shared.refusals import YES, Refusal, Verdict
from app.web.access import access, current_person
from app.web.pages import done, respond


def contracts_of(person: Person) -> set[int] | None:
    """The contracts an agent works for, ``None`` for all of them."""
    held = [
        grant for grant in person.grants if grant.role in {Role.AGENT, Role.ADMIN} and grant.holds_on(clock.today())
    ]
    if any(grant.scope is Scope.EVERYWHERE for grant in held):
        return None
    return {grant.scope_id for grant in held if grant.scope is Scope.CONTRACT and grant.scope_id is not None}


@bp.get("/budgets-participatifs/pilotage")
@access(is_agent)
def dashboard() -> Response:
    """The editions an agent leads, with where each stands."""
    mine = contracts_of(current_person())
    page = queries.editions_of_contracts(mine, request.args.get("page", 1, type=int))
    lines = {edition.id: shown.present_line(edition) for edition in page.items}
    address = shown.pages_of("budgets.dashboard")
    return respond(
        "budgets/dashboard.html",
        page=page,
        page_address=address,
        lines=lines,
        tones=shown.TONES,
        awaited={edition.id: next_act_of(edition, clock.now()) for edition in page.items},
        late=queries.late_milestones(mine, clock.today()),
        unstudied=queries.unstudied_of([edition.process_id for edition in page.items]),
    )


@bp.get("/budgets-participatifs/<int:edition_id>/pilotage")
@access(can_manage, subject=queries.edition_by_id)
def manage(edition: Edition) -> Response:
    """What is to be done now for this edition."""
    return show_manage(edition, ConfirmForm())


def show_manage(edition: Edition, form: ConfirmForm) -> Response:
    """The page of an agent for an edition, with the refusal of the act just tried, if any."""
    return respond(
        "budgets/manage.html",
        status=form.status,
        edition=edition,
        form=form,
        tone=shown.TONES[edition.state],
        steps=shown.phase_steps(edition),
        tasks=tasks.task_list(edition),
        obstacles=tasks.obstacles(edition) if EDITION_LIFE.allows("open_call", edition.state) else [],
        next_act=next_act(edition),
        awaited=next_act_of(edition, clock.now()),
        filters=shown.study_filters(edition, StudyFilter.ALL) if edition.call_version is not None else [],
        scrutin=ballots.scrutin_of_process(edition.process_id) if edition.vote_opened_at else None,
    )


@dataclass(frozen=True)
class NextAct:
    """The act an edition waits for: its verb and, when the moment does not allow it, the sentence that says why."""

    verb: str
    blocked: str


def next_act(edition: Edition) -> NextAct | None:
    """The act an edition waits for, ``None`` when it is closed."""
    verb = next(iter(EDITION_LIFE.verbs(edition.state)), None)
    if verb is None:
        return None
    verdict = moment_of(verb, edition)
    return NextAct(verb, str(verdict) if isinstance(verdict, Refusal) else "")


def moment_of(verb: str, edition: Edition) -> Verdict:
    """Whether the moment allows this verb: what the service will ask."""
    now = clock.now()
    if verb == "close_call":
        return phases.may_close_call(edition, now)
    if verb == "publish_list":
        unstudied, admitted = queries.count_unstudied(edition), queries.count_admitted(edition.id)
        return phases.may_publish_list(edition, now, unstudied=unstudied, admitted=admitted)
    if verb == "open_vote":
        used, number = queries.reserves_used(edition.id), queries.count_admitted(edition.id)
        return phases.may_open_vote(edition, now, reserves_used=used, projects=number)
    if verb == "announce_results":
        return phases.may_announce_results(edition, counted=queries.result_facts(edition) is not None)
    if verb == "close":
        unfinished = sum(1 for project in queries.winners(edition) if not project.is_over)
        return phases.may_close(edition, unfinished=unfinished)
    return YES


def act(edition: Edition, service: Callable[..., Any], message: str) -> ResponseReturnValue:
    """Runs an act that needs nothing but its button; a refusal comes back to the agent's page with its reason."""
    form = ConfirmForm()
    if form.validate_on_submit():
        with form.refusals():
            service(edition=edition, actor=current_person())
            return done(url_for("budgets.manage", edition_id=edition.id), message)
    return show_manage(queries.edition_by_id(edition.id), form)


@bp.post("/budgets-participatifs/<int:edition_id>/ouvrir-l-appel")
@access(can_manage, subject=queries.edition_by_id)
def open_call(edition: Edition) -> ResponseReturnValue:
    """Opens the call for ideas."""
    return act(edition, services.open_call, _("L’appel à idées est ouvert, et le règlement est au registre."))


@bp.post("/budgets-participatifs/<int:edition_id>/clore-l-appel")
@access(can_manage, subject=queries.edition_by_id)
def close_call(edition: Edition) -> ResponseReturnValue:
    """Closes the call: the study begins."""
    return act(edition, services.close_call, _("L’appel à idées est clos : l’étude commence."))


@bp.post("/budgets-participatifs/<int:edition_id>/publier-la-liste")
@access(can_manage, subject=queries.edition_by_id)
def publish_list(edition: Edition) -> ResponseReturnValue:
    """Publishes the admitted and the excluded projects."""
    return act(
        edition, services.publish_list, _("La liste est publiée et inscrite au registre, chaque auteur a sa réponse.")
    )


@bp.post("/budgets-participatifs/<int:edition_id>/ouvrir-le-vote")
@access(can_manage, subject=queries.edition_by_id)
def open_vote(edition: Edition) -> ResponseReturnValue:
    """Opens the vote at its dates."""
    return act(edition, services.open_vote, _("Le vote est prêt : il ouvre et ferme à ses dates."))


@bp.post("/budgets-participatifs/<int:edition_id>/annoncer-les-resultats")
@access(can_manage, subject=queries.edition_by_id)
def announce_results(edition: Edition) -> ResponseReturnValue:
    """Announces what the count said."""
    return act(edition, services.announce_results, _("Les résultats sont annoncés, chaque auteur a sa réponse."))


@bp.post("/budgets-participatifs/<int:edition_id>/clore")
@access(can_manage, subject=queries.edition_by_id)
def close(edition: Edition) -> ResponseReturnValue:
    """Closes the edition."""
    return act(edition, services.close, _("L’édition est close, son bilan est au registre."))
