"""The home pages, one for each public, and the quartiers."""

from __future__ import annotations

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _

from app.blueprints.home.doors import doors
from app.blueprints.home.figures import figures
from app.blueprints.home.followed import followed_by
from app.blueprints.home.waiting import by_urgency, tasks_of_actions, tasks_of_agent, tasks_of_moderation
from app.domain.accounts.models import Person
from app.domain.accounts.policies import anyone, is_agent, is_staff
from app.domain.ballots import queries as ballots
from app.domain.governance.queries import seances_to_prepare
from app.domain.governance.rules import lacks
from app.domain.ideas import queries as ideas
from app.domain.territories import queries as territories
from app.domain.territories.models import Quartier
from app.web.access import access, current_person
from app.web.pages import respond

bp = Blueprint("home", __name__)


@bp.get("/")
@access(anyone)
def index() -> Response:
    """The home of the person's main role: agent, animator, otherwise resident."""
    person = current_person()
    if is_agent(person):
        return show_desk(person, "home.index")
    if is_staff(person):
        return show_animation(person, "home.index")
    return show_neighbourhood(person, "home.index")


@bp.get("/mon-quartier")
@access(anyone)
def neighbourhood() -> Response:
    """What is open in my quartier."""
    return show_neighbourhood(current_person(), "home.neighbourhood")


@bp.get("/animation")
@access(is_staff)
def animation() -> Response:
    """My next séance and what it lacks; what waits for me."""
    return show_animation(current_person(), "home.animation")


@bp.get("/a-traiter")
@access(is_agent)
def desk() -> Response:
    """What waits for an agent: late, today, soon."""
    return show_desk(current_person(), "home.desk")


@bp.get("/quartiers")
@access(anyone)
def quartiers() -> Response:
    """The quartiers, and who to talk to in each."""
    return respond("home/quartiers.html", quartiers=territories.quartiers())


@bp.get("/quartiers/<int:quartier_id>")
@access(anyone, subject=territories.quartier_by_id)
def quartier(quartier: Quartier) -> Response:
    """One quartier: who to talk to, what is open now, its latest ideas."""
    latest = ideas.listed(ideas.Filters(quartier_id=quartier.id)).items[:6]
    return respond("home/quartier.html", quartier=quartier, doors=doors(None, quartier.id), ideas=latest)


def show_neighbourhood(person: Person | None, here: str) -> Response:
    """The resident's home; without an account, the same with every quartier and an invitation."""
    voted = ballots.votes_of(person.id) if person else []
    return respond(
        "home/neighbourhood.html",
        homes=homes(person, here, "home.neighbourhood"),
        quartier=person.quartier if person else None,
        doors=doors(person, person.quartier_id if person else None, [scrutin_id for _title, scrutin_id in voted]),
        followed=followed_by(person, voted) if person else [],
    )


def show_animation(person: Person, here: str) -> Response:
    """The animator's home."""
    return respond(
        "home/animation.html",
        homes=homes(person, here, "home.animation"),
        seances=[(seance, lacks(seance)) for seance in seances_to_prepare(person)],
        tasks=[*tasks_of_moderation(person), *tasks_of_actions(person)],
    )


def show_desk(person: Person, here: str) -> Response:
    """The agent's home."""
    return respond(
        "home/desk.html",
        homes=homes(person, here, "home.desk"),
        groups=by_urgency(tasks_of_agent(person)),
        figures_shown=figures(),
    )


def homes(person: Person | None, here: str, shown: str) -> list[dict[str, object]]:
    """The homes this person has, to go from one to another; nothing when there is only one."""
    if not is_staff(person):
        return []
    places = [(_("À traiter"), "home.desk")] if is_agent(person) else []
    places += [(_("Animation"), "home.animation"), (_("Mon quartier"), "home.neighbourhood")]
    return [
        {"label": label, "href": url_for(endpoint), "current": endpoint in (here, shown)} for label, endpoint in places
    ]
