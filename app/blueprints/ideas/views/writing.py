"""Giving one's own idea: one question first, then short pages that are each saved, a check, and one final act."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.adapters.files import Store
from app.blueprints.ideas.forms import AuthorForm, PhotoForm, PlaceForm, StartForm, ThemeForm, WordsForm, new_key
from app.blueprints.ideas.steps import after, answers_of, next_address, task_list
from app.blueprints.ideas.views.places import place_values
from app.blueprints.ideas.views.room import bp
from app.domain.accounts.policies import anyone, signed_in
from app.domain.ideas import policies, queries, rules, services
from app.domain.ideas.models import AuthorType, Idea, IdeaState
from app.domain.processes import queries as processes
from app.domain.processes.models import Process
from app.domain.territories import queries as territories
from app.web.access import access, current_person
from app.web.forms import typed_in
from app.web.pages import done, respond


@bp.route("/idees/proposer", methods=["GET", "POST"])
@access(signed_in)
def submit() -> ResponseReturnValue:
    """Begins an idea with its title; the ideas that look like it are shown before anything else is asked."""
    form = StartForm(key=new_key(), demarche=request.args.get("demarche", ""))
    similar = None
    if form.validate_on_submit():
        if "similar" not in request.form:
            with form.refusals():
                idea = services.begin(
                    key=typed_in(form.key),
                    title=typed_in(form.title),
                    actor=current_person(),
                    process=open_process(form.demarche.data),
                )
                return done(next_address(idea, "submit"))
        similar = queries.similar_to(typed_in(form.title))
    return respond("ideas/submit.html", status=form.status, form=form, similar=similar)


@bp.get("/idees/proches")
@access(anyone)
def similar() -> ResponseReturnValue:
    """The public ideas that look like a title, while it is being typed."""
    title = request.args.get("title", "").strip()[:200]
    found = queries.similar_to(title) if len(title) > 2 else None
    return respond("ideas/similar.html", fragment="ideas/_similar.html", title=title, similar=found)


@bp.get("/idees/ecrire/<key>")
@access(policies.can_write, subject=queries.idea_by_key)
def draft(idea: Idea) -> ResponseReturnValue:
    """What is done and what remains to be written."""
    return respond("ideas/draft.html", idea=idea, tasks=task_list(idea), frozen=rules.can_be_edited(idea))


@bp.route("/idees/ecrire/<key>/idee", methods=["GET", "POST"])
@access(policies.can_write, subject=queries.idea_by_key)
def write(idea: Idea) -> ResponseReturnValue:
    """The need and the solution."""
    form = WordsForm(obj=idea)
    if form.validate_on_submit():
        with form.refusals():
            services.write(
                idea=idea, title=typed_in(form.title), need=typed_in(form.need), solution=typed_in(form.solution),
                language=form.language.data, actor=current_person(),
            )  # fmt: skip
            return saved(idea, "write")
    return respond("ideas/write.html", status=form.status, form=form, idea=idea, similar=None)


@bp.route("/idees/ecrire/<key>/lieu", methods=["GET", "POST"])
@access(policies.can_write, subject=queries.idea_by_key)
def place(idea: Idea) -> ResponseReturnValue:
    """Where: a list first, a map for those who like it."""
    everywhere = territories.quartiers()
    form = PlaceForm(
        quartiers=[quartier.id for quartier in idea.quartiers], all_quartiers=idea.all_quartiers,
        place_words=idea.place_words, latitude=idea.latitude, longitude=idea.longitude,
    )  # fmt: skip
    form.offer(everywhere)
    if form.validate_on_submit():
        with form.refusals():
            services.place(
                idea=idea, quartiers=form.chosen(everywhere), all_quartiers=form.all_quartiers.data,
                place_words=typed_in(form.place_words), latitude=form.point[0], longitude=form.point[1],
                actor=current_person(),
            )  # fmt: skip
            return saved(idea, "place")
    return respond("ideas/place.html", status=form.status, form=form, idea=idea, **place_values(form, everywhere))


@bp.route("/idees/ecrire/<key>/theme", methods=["GET", "POST"])
@access(policies.can_write, subject=queries.idea_by_key)
def classify(idea: Idea) -> ResponseReturnValue:
    """About what, and for which démarche."""
    themes, offered = territories.themes(), offered_processes(idea.process)
    form = ThemeForm(theme=str(idea.theme_id or ""), demarche=str(idea.process_id or ""))
    form.offer_themes(themes, offered)
    if form.validate_on_submit():
        with form.refusals():
            services.classify(
                idea=idea,
                theme=pick(themes, form.theme.data),
                process=pick(offered, form.demarche.data),
                actor=current_person(),
            )
            return saved(idea, "classify")
    return respond("ideas/classify.html", status=form.status, form=form, idea=idea)


@bp.route("/idees/ecrire/<key>/photo", methods=["GET", "POST"])
@access(policies.can_write, subject=queries.idea_by_key)
def illustrate(idea: Idea) -> ResponseReturnValue:
    """A photo, or none."""
    form = PhotoForm(description=idea.photo.description if idea.photo else "")
    if form.validate_on_submit():
        with form.refusals():
            keep_answer(idea, form)
            return saved(idea, "illustrate")
    return respond("ideas/illustrate.html", status=form.status, form=form, idea=idea)


@bp.route("/idees/ecrire/<key>/auteur", methods=["GET", "POST"])
@access(policies.can_write, subject=queries.idea_by_key)
def sign(idea: Idea) -> ResponseReturnValue:
    """In whose name."""
    form = AuthorForm(author_type=idea.author_type.value, group_name=idea.group_name)
    if form.validate_on_submit():
        with form.refusals():
            services.sign(
                idea=idea, author_type=AuthorType(form.author_type.data), group_name=typed_in(form.group_name),
                actor=current_person(),
            )  # fmt: skip
            return saved(idea, "sign")
    return respond("ideas/sign.html", status=form.status, form=form, idea=idea)


@bp.route("/idees/ecrire/<key>/verifier", methods=["GET", "POST"])
@access(policies.can_write, subject=queries.idea_by_key)
def check(idea: Idea) -> ResponseReturnValue:
    """All the answers on one page, and the one act that gives the idea."""
    form = StartForm(key=idea.key, title=idea.title)
    if idea.state not in {IdeaState.DRAFT, IdeaState.RETURNED}:
        return done(url_for("ideas.show", number=idea.number), _("Cette idée est déjà déposée."), tone="info")
    if form.validate_on_submit():
        with form.refusals():
            services.submit(idea=idea, actor=current_person())
            return done(url_for("ideas.show", number=idea.number), thanks(idea))
    return respond("ideas/check.html", status=form.status, form=form, idea=idea, rows=answers_of(idea))


@bp.post("/idees/ecrire/<key>/effacer")
@access(policies.can_write, subject=queries.idea_by_key)
def discard(idea: Idea) -> ResponseReturnValue:
    """Throws a draft away."""
    services.discard(idea=idea, actor=current_person())
    return done(url_for("ideas.mine"), _("Le brouillon est effacé."))


@bp.get("/mes-idees")
@access(signed_in)
def mine() -> ResponseReturnValue:
    """Everything one has begun or given, and the questions that wait for an answer."""
    person = current_person()
    return respond(
        "ideas/mine.html", ideas=queries.of_author(person.id), questions=queries.open_merge_questions(person.id)
    )


def keep_answer(idea: Idea, form: PhotoForm) -> None:
    """What the photo page asks: a new photo, other words for the same one, none any more, or nothing."""
    upload = form.photo.data
    content = upload.read() if upload and upload.filename else b""
    if "remove" in request.form:
        services.remove_photo(idea=idea, actor=current_person())
    elif content or (upload and upload.filename):
        services.attach_photo(
            idea=idea, upload=content, description=typed_in(form.description), store=store(), actor=current_person()
        )
    elif idea.photo is not None:
        services.describe_photo(idea=idea, description=typed_in(form.description), actor=current_person())


def store() -> Store:
    """Where this installation keeps files."""
    return Store(Path(current_app.config["FILES_DIR"]))


def saved(idea: Idea, step: str) -> Response:
    """After a page is saved: the next one, or the list when one leaves it for later."""
    if "later" in request.form:
        return done(url_for("ideas.draft", key=idea.key), _("C’est enregistré. Vous pouvez revenir quand vous voulez."))
    return done(after(idea, step), _("C’est enregistré.") if idea.state is not IdeaState.DRAFT else None)


def thanks(idea: Idea) -> str:
    """What the author reads once the idea is given."""
    if idea.state is IdeaState.PUBLISHED:
        return _("Merci ! Votre idée porte le n° %(number)s. Elle est publiée.", number=idea.number)
    return _(
        "Merci ! Votre idée porte le n° %(number)s. L’équipe la lit avant de la publier et vous préviendra.",
        number=idea.number,
    )


def offered_processes(present: Process | None) -> list[Process]:
    """The démarches that take ideas now, and the one the idea has already."""
    open_now = [process for process in processes.published() if process.accepts_ideas]
    if present is not None and present.id not in {process.id for process in open_now}:
        open_now.append(present)
    return open_now


def open_process(number: str | None) -> Process | None:
    """The démarche named by the address the person came from, if it takes ideas; its rules are asked by the service."""
    return pick([process for process in processes.published() if process.accepts_ideas], number)


def pick(things: Any, number: str | None) -> Any:
    """The thing with this number, or ``None``."""
    return next((thing for thing in things if str(thing.id) == number), None)
