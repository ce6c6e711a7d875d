"""Entering an idea for somebody, printing the copy they keep, and taking one's idea over with its code."""

from __future__ import annotations

from flask import session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.ideas.forms import CodeForm, PaperForm, new_key
from app.blueprints.ideas.views.moderating import section
from app.blueprints.ideas.views.places import place_values
from app.blueprints.ideas.views.room import bp
from app.blueprints.ideas.views.writing import offered_processes, pick
from app.domain.accounts.policies import is_staff, signed_in
from app.domain.ideas import policies, queries, services
from app.domain.ideas.models import AuthorType, Channel, Idea
from app.domain.ideas.services import PaperIdea
from app.domain.processes.models import Process
from app.domain.territories import queries as territories
from app.domain.territories.models import Quartier, ThematicNode
from app.extensions import limiter
from app.web.access import access, current_person
from app.web.addresses import public_address
from app.web.forms import typed_in
from app.web.pages import done, respond

# Where the code waits, in the browser of whoever typed the idea, until the copy is printed.
CODES = "idea_codes"


@bp.route("/idees/saisir-pour", methods=["GET", "POST"])
@access(is_staff)
def enter_for() -> ResponseReturnValue:
    """Enters an idea for somebody, from a paper, a workshop, a call or a doorstep."""
    quartiers, themes, processes = territories.quartiers(), territories.themes(), offered_processes(None)
    form = PaperForm(key=new_key(), author_type=AuthorType.RESIDENT.value, theme="", demarche="")
    form.offer_all(quartiers, themes, processes)
    if form.validate_on_submit():
        with form.refusals():
            paper = paper_of(
                form, form.chosen(quartiers), pick(themes, form.theme.data), pick(processes, form.demarche.data)
            )
            idea, code = services.enter_for(key=typed_in(form.key), paper=paper, actor=current_person())
            remember(idea, code)
            message = _("L’idée porte le n° %(number)s. Donnez cette copie à la personne.", number=idea.number)
            return done(url_for("ideas.copy", number=idea.number), message)
    return respond(
        "ideas/enter_for.html", status=form.status, form=form, **place_values(form, quartiers), **section("enter_for")
    )


@bp.get("/idees/<int:number>/copie")
@access(policies.can_hold_copy, subject=queries.idea_by_number)
def copy(idea: Idea) -> ResponseReturnValue:
    """The copy handed over: what was entered, by whom, how to follow it and how to take it over."""
    return respond(
        "ideas/copy.html",
        idea=idea,
        code=session.get(CODES, {}).get(str(idea.number)),
        address=public_address("ideas.show", number=idea.number),
        take_over_address=public_address("ideas.take_over"),
    )


@bp.post("/idees/<int:number>/nouveau-code")
@access(policies.can_hold_copy, subject=queries.idea_by_number)
def renew_code(idea: Idea) -> ResponseReturnValue:
    """Makes a new code: the one before is lost."""
    remember(idea, services.renew_code(idea=idea, actor=current_person()))
    return done(url_for("ideas.copy", number=idea.number), _("Voici un nouveau code. L’ancien ne marche plus."))


@bp.route("/idees/reprendre", methods=["GET", "POST"])
@limiter.limit("10/minute;60/hour", methods=["POST"])
@access(signed_in)
def take_over() -> ResponseReturnValue:
    """Somebody with an account takes over the idea that was entered for them."""
    form = CodeForm()
    if form.validate_on_submit():
        with form.refusals():
            idea = services.take_over(code=typed_in(form.code), actor=current_person())
            message = _("L’idée n° %(number)s est maintenant la vôtre.", number=idea.number)
            return done(url_for("ideas.show", number=idea.number), message)
    return respond("ideas/take_over.html", status=form.status, form=form)


def remember(idea: Idea, code: str | None) -> None:
    """Keeps the code for the copy; only the last five, and in no database."""
    if code is not None:
        codes = {**session.get(CODES, {}), str(idea.number): code}
        session[CODES] = dict(list(codes.items())[-5:])


def paper_of(
    form: PaperForm, quartiers: list[Quartier], theme: ThematicNode | None, process: Process | None
) -> PaperIdea:
    """What was typed, as the service wants it."""
    return PaperIdea(
        title=typed_in(form.title), need=typed_in(form.need), solution=typed_in(form.solution),
        author_name=typed_in(form.author_name),
        author_type=AuthorType(form.author_type.data), group_name=typed_in(form.group_name),
        channel=Channel(form.channel.data), agreement=form.agreement.data, all_quartiers=form.all_quartiers.data,
        quartiers=tuple(quartiers), place_words=typed_in(form.place_words),
        latitude=form.point[0], longitude=form.point[1],
        theme=theme, process=process,
        language=form.language.data,
    )  # fmt: skip
