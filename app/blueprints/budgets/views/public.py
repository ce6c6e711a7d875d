"""What the public sees: the editions, each edition, its règlement."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.budgets.views import shown
from app.blueprints.budgets.views.room import VersionOfEdition, bp, load_version
from app.domain.accounts.policies import anyone, is_agent
from app.domain.budgets import queries
from app.domain.budgets.models import Edition, Project
from app.domain.budgets.policies import can_manage, can_see, can_see_projects
from app.web.access import access, current_person
from app.web.pages import respond


@bp.get("/budgets-participatifs")
@access(anyone)
def index() -> Response:
    """The editions, the newest first."""
    page = queries.published_editions(request.args.get("page", 1, type=int))
    lines = {edition.id: shown.present_line(edition) for edition in page.items}
    can_create = bool(is_agent(current_person()))
    return respond(
        "budgets/index.html",
        page=page,
        page_address=shown.pages_of("budgets.index"),
        lines=lines,
        tones=shown.TONES,
        can_create=can_create,
    )


@bp.get("/budgets-participatifs/<int:edition_id>")
@access(can_see, subject=queries.edition_by_id)
def show(edition: Edition) -> Response:
    """One edition: where it stands, what one can do now, its calendar and its rules."""
    return respond(
        "budgets/show.html",
        edition=edition,
        steps=shown.phase_steps(edition),
        line=shown.present_line(edition),
        tone=shown.TONES[edition.state],
        doors=shown.doors(edition),
        can_manage=bool(can_manage(current_person(), edition)),
    )


@bp.get("/budgets-participatifs/<int:edition_id>/reglement")
@access(can_see, subject=queries.edition_by_id)
def reglement(edition: Edition) -> Response:
    """The règlement in force, in plain words, with what proves it."""
    return _show_reglement(VersionOfEdition(edition, edition.reglement_shown))


@bp.get("/budgets-participatifs/<int:edition_id>/reglement/<int:version>")
@access(can_see, subject=load_version)
def reglement_version(found: VersionOfEdition) -> Response:
    """A version of the règlement, past or present."""
    return _show_reglement(found)


def _show_reglement(found: VersionOfEdition) -> Response:
    return respond(
        "budgets/reglement.html",
        edition=found.edition,
        reglement=found.reglement,
        words=shown.reglement_words(found.reglement),
        versions=shown.reglement_versions(found.edition),
    )


@bp.get("/budgets-participatifs/<int:edition_id>/projets")
@access(can_see_projects, subject=queries.edition_by_id)
def projects(edition: Edition) -> Response:
    """The admitted projects, and those that were excluded with the reason of each."""
    page = queries.projects_of_edition(edition.id, request.args.get("page", 1, type=int))
    excluded = queries.excluded_ideas(edition, request.args.get("ecartes", 1, type=int))
    return respond(
        "budgets/projects.html",
        edition=edition,
        page=page,
        page_address=shown.pages_of("budgets.projects", edition_id=edition.id),
        outcomes=queries.outcomes(edition, page.items),
        excluded=excluded,
        excluded_address=lambda number: url_for("budgets.projects", edition_id=edition.id, ecartes=number),
        reasons=queries.reasons_of(excluded.items),
        can_manage=bool(can_manage(current_person(), edition)),
    )


@bp.get("/projets/<int:project_id>")
@access(can_see, subject=queries.project_by_id)
def project(found: Project) -> ResponseReturnValue:
    """A project has one public page and one public number: those of its idea."""
    return redirect(url_for("ideas.show", number=found.number), 301)
