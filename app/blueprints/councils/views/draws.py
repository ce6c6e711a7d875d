"""The pages of draws: agents prepare, announce, draw and call; everybody reads, checks and draws again."""

from __future__ import annotations

from flask import Response, abort, make_response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.councils.drawing import PROGRAM, call_words, check_of, life_of_draw, pdf_of_draw, rule_in_words
from app.blueprints.councils.forms.draws import (
    CallForm,
    DrawForm,
    DropForm,
    ListForm,
    LotsForm,
    PublishForm,
    mapped,
    mapping_form,
)
from app.blueprints.councils.views.room import bp, page_number, pdf_response
from app.domain.councils import queries, services
from app.domain.councils.models import DRAW_LIFE, CallAnswer, Draw, DrawCall, DrawList
from app.domain.councils.policies import can_read_draw, can_run_draw, can_run_its_draw
from app.domain.governance.models import Body, RecordKind, Recruitment
from app.domain.governance.policies import can_compose_body
from app.domain.governance.queries import record_of_source
from app.domain.shared import clock
from app.domain.shared.canonical import canonical
from app.domain.shared.refusals import Missing
from app.web.access import access, current_person
from app.web.forms import Form
from app.web.pages import done, respond

DRAWN = (Recruitment.DRAW,)
SHOWN_ROWS = 5
MOST_FAULTS = 50


def _page(draw: Draw) -> str:
    return url_for("councils.draw", draw_id=draw.id)


@bp.get("/conseils/<int:body_id>/tirages")
@access(can_compose_body, subject=queries.body_in_its_space)
def draws(body: Body) -> Response:
    """The draws of a body."""
    return respond(
        "councils/draws.html", body=body, page=queries.draws_of(body, page_number()),
        page_address=lambda number: url_for("councils.draws", body_id=body.id, page=number),
    )  # fmt: skip


@bp.route("/conseils/<int:body_id>/tirages/nouveau", methods=["GET", "POST"])
@access(can_compose_body, subject=queries.body_in_its_space)
def begin_draw(body: Body) -> ResponseReturnValue:
    """Says what is drawn, and by which rule."""
    form = DrawForm.of(queries.open_seats_by(body, DRAWN), queries.proposed_wish_of(body), None)
    if form.validate_on_submit():
        with form.refusals():
            facts = form.facts()
            draw = services.begin_draw(
                body=body, title=form.title.data or "", facts=facts, actor=current_person(),
                seat_types=form.seat_types(int(facts.get("seats") or 0)),
            )  # fmt: skip
            return done(_page(draw), _("La règle est écrite. Chargez maintenant les listes."))
    return _rule_page(form, body, None)


@bp.route("/tirages/<int:draw_id>/regle", methods=["GET", "POST"])
@access(can_run_draw, subject=queries.draw_by_id)
def write_draw_rule(draw: Draw) -> ResponseReturnValue:
    """Writes the rule again."""
    form = DrawForm.of(queries.open_seats_by(draw.body, DRAWN), queries.proposed_wish_of(draw.body), draw)
    if form.validate_on_submit():
        with form.refusals():
            facts = form.facts()
            services.write_draw_rule(
                draw=draw, title=form.title.data or "", facts=facts, actor=current_person(),
                seat_types=form.seat_types(int(facts.get("seats") or 0)),
            )  # fmt: skip
            return done(_page(draw), _("La règle est écrite. Vérifiez de nouveau chaque liste."))
    return _rule_page(form, draw.body, draw)


def _rule_page(form: DrawForm, body: Body, draw: Draw | None) -> Response:
    return respond(
        "councils/write_draw.html", status=form.status, form=form, body=body, draw=draw,
        terms=queries.draw_terms_of(body),
    )  # fmt: skip


@bp.get("/tirages/<int:draw_id>")
@access(can_read_draw, subject=queries.draw_by_id)
def draw(draw: Draw) -> Response:
    """One draw: for everybody once it is announced; with what they may do, for the agents."""
    runs = bool(can_run_draw(current_person(), draw))
    verbs = DRAW_LIFE.verbs(draw.state) if runs else ()
    event_over = draw.event_at is not None and clock.now() >= draw.event_at
    return respond(
        "councils/draw.html",
        draw=draw, runs=runs, verbs=verbs, event_over=event_over, steps=life_of_draw(draw),
        rule_words=rule_in_words(services.rule_in(draw)), sources=services.sources_of(draw),
        check=check_of(draw) if "publish_draw" in verbs else None,
        filed=record_of_source(Draw.__tablename__, str(draw.id), RecordKind.PV_TIRAGE) if draw.drawn_at else None,
    )  # fmt: skip


@bp.route("/tirages/<int:draw_id>/listes", methods=["GET", "POST"])
@access(can_run_draw, subject=queries.draw_by_id)
def load_list(draw: Draw) -> ResponseReturnValue:
    """Loads a list."""
    form, faults = ListForm.of(services.sources_of(draw)), list[str]()
    if form.validate_on_submit():
        with form.refusals():
            name, content = form.content()
            loaded = services.load_list(
                draw=draw, source=form.source.data, name=name, content=content, encoding=form.encoding.data,
                actor=current_person(),
            )  # fmt: skip
            return done(
                url_for("councils.map_list", draw_id=draw.id, list_id=loaded.id),
                _("Le fichier est là. Dites maintenant quelle colonne est quoi."),
            )
    return respond("councils/load_list.html", status=form.status, form=form, draw=draw, faults=faults)


@bp.route("/tirages/<int:draw_id>/listes/<int:list_id>", methods=["GET", "POST"])
@access(can_run_its_draw, subject=queries.list_in_draw)
def map_list(loaded: DrawList) -> ResponseReturnValue:
    """Shows the first lines, asks which column is what, and reads everything."""
    draw = loaded.draw
    if loaded.content is None:
        raise Missing("the lines of this list are no longer here")
    table = services.table_of(loaded)
    form = mapping_form(services.rule_in(draw), table.header, loaded.columns)
    faults: list[str] = []
    if form.validate_on_submit():
        with form.refusals(), _each_fault(form, faults):
            count = services.map_list(draw=draw, loaded=loaded, columns=mapped(form), actor=current_person())
            return done(_page(draw), _("La liste est lue : %(count)s personnes.", count=count))
    return respond(
        "councils/map_list.html", status=form.status, form=form, draw=draw, loaded=loaded, table=table,
        rows=[row for _line, row in table.rows[:SHOWN_ROWS]],
        faults=faults[:MOST_FAULTS], more=len(faults) - MOST_FAULTS,
    )  # fmt: skip


class _each_fault:
    """Keeps every fault of a list, for the page to name each line."""

    def __init__(self, form: Form, faults: list[str]) -> None:
        self.form, self.faults = form, faults

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, services.Faults):
            self.faults += [str(fault) for fault in error.faults]


@bp.post("/tirages/<int:draw_id>/listes/<int:list_id>/retirer")
@access(can_run_its_draw, subject=queries.list_in_draw)
def remove_list(loaded: DrawList) -> ResponseReturnValue:
    """Removes a list and its lines."""
    draw = loaded.draw
    services.remove_list(draw=draw, loaded=loaded, actor=current_person())
    return done(_page(draw), _("La liste et ses lignes sont retirées."))


@bp.route("/tirages/<int:draw_id>/annoncer", methods=["GET", "POST"])
@access(can_run_draw, subject=queries.draw_by_id)
def publish_draw(draw: Draw) -> ResponseReturnValue:
    """Announces the rule, the digests and the event: nothing changes afterwards."""
    form = PublishForm()
    if form.validate_on_submit() and form.event_at.data:
        with form.refusals():
            services.publish_draw(
                draw=draw, event_words=form.event_words.data or "", event_at=clock.from_paris(form.event_at.data),
                people_told=bool(form.people_told.data), actor=current_person(),
            )  # fmt: skip
            return done(_page(draw), _("Le tirage est annoncé. Tout le monde peut le lire."))
    return respond("councils/publish_draw.html", status=form.status, form=form, draw=draw, check=check_of(draw))


@bp.route("/tirages/<int:draw_id>/tirer", methods=["GET", "POST"])
@access(can_run_draw, subject=queries.draw_by_id)
def draw_lots(draw: Draw) -> ResponseReturnValue:
    """Types the value of the event and the witnesses: the draw is done."""
    form = LotsForm()
    if form.validate_on_submit():
        with form.refusals():
            services.draw_lots(
                draw=draw, event_value=form.event_value.data or "", witnesses=form.names(), actor=current_person()
            )
            return done(_page(draw), _("Le tirage est fait. Le procès-verbal est au registre."))
    return respond("councils/draw_lots.html", status=form.status, form=form, draw=draw)


@bp.route("/tirages/<int:draw_id>/abandonner", methods=["GET", "POST"])
@access(can_run_draw, subject=queries.draw_by_id)
def drop_draw(draw: Draw) -> ResponseReturnValue:
    """Gives up a draw, with a reason."""
    form = DropForm()
    if form.validate_on_submit():
        with form.refusals():
            services.drop_draw(
                draw=draw, reason=form.reason.data or "", event_value=form.event_value.data or "",
                actor=current_person(),
            )  # fmt: skip
            return done(url_for("councils.draws", body_id=draw.body_id), _("Le tirage est abandonné."))
    return respond("councils/drop_draw.html", status=form.status, form=form, draw=draw)


# --- Calls ----------------------------------------------------------------------------------------------------------


@bp.get("/tirages/<int:draw_id>/appels")
@access(can_run_draw, subject=queries.draw_by_id)
def calls(draw: Draw) -> Response:
    """The calls, without a name: reading names is an act of its own."""
    return respond("councils/calls.html", draw=draw, rows=None, verbs=DRAW_LIFE.verbs(draw.state), words=call_words)


@bp.post("/tirages/<int:draw_id>/appels")
@access(can_run_draw, subject=queries.draw_by_id)
def show_called(draw: Draw) -> Response:
    """The same with names and how to reach them; it is written in the journal."""
    rows = services.people_called(draw=draw, actor=current_person())
    return respond("councils/calls.html", draw=draw, rows=rows, verbs=DRAW_LIFE.verbs(draw.state), words=call_words)


@bp.route("/tirages/<int:draw_id>/appels/<int:call_id>", methods=["GET", "POST"])
@access(can_run_its_draw, subject=queries.call_in_draw)
def answer_call(call: DrawCall) -> ResponseReturnValue:
    """Notes an answer; a refusal calls the next, and nobody chooses."""
    draw = call.draw
    form = CallForm()
    if form.validate_on_submit():
        with form.refusals():
            following = services.answer_call(
                draw=draw, call_id=call.id, answer=CallAnswer(form.answer.data), actor=current_person()
            )
            said = _("La réponse est notée.")
            if following is not None:
                said = _("La réponse est notée. La personne suivante est appelée : rang %(rank)s.", rank=following.rank)
            return done(url_for("councils.calls", draw_id=draw.id), said)
    return respond("councils/answer_call.html", status=form.status, form=form, draw=draw, call=call)


@bp.post("/tirages/<int:draw_id>/suppleants")
@access(can_run_draw, subject=queries.draw_by_id)
def call_alternate(draw: Draw) -> ResponseReturnValue:
    """Calls the next of the public order as alternate."""
    call = services.call_alternate(draw=draw, actor=current_person())
    return done(url_for("councils.calls", draw_id=draw.id), _("Rang %(rank)s : à appeler.", rank=call.rank))


# --- What anybody takes away ----------------------------------------------------------------------------------------


def _file(content: str, name: str, kind: str) -> Response:
    response = make_response(content.encode())
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.get("/tirages/<int:draw_id>/regle.json")
@access(can_read_draw, subject=queries.draw_by_id)
def draw_rule(draw: Draw) -> Response:
    """The rule, exactly as it is digested."""
    return _file(draw.rule, f"regle-{draw.id}.json", "application/json")


@bp.get("/tirages/<int:draw_id>/liste.csv")
@access(can_read_draw, subject=queries.draw_by_id)
def draw_list(draw: Draw) -> Response:
    """The published list, exactly as it is digested; it names nobody."""
    if not draw.public_list:
        abort(404)
    return _file(draw.public_list, f"liste-{draw.id}.csv", "text/csv")


@bp.get("/tirages/<int:draw_id>/pv.json")
@access(can_read_draw, subject=queries.draw_by_id)
def draw_record(draw: Draw) -> Response:
    """The record of the draw, for ``flask draw verify``."""
    if not draw.result:
        abort(404)
    return _file(canonical(draw.record), f"pv-{draw.id}.json", "application/json")


@bp.get("/tirages/<int:draw_id>/pv.pdf")
@access(can_read_draw, subject=queries.draw_by_id)
def draw_pdf(draw: Draw) -> Response:
    """The procès-verbal, to be signed by the witnesses."""
    if not draw.result:
        abort(404)
    return pdf_response(pdf_of_draw(draw), f"pv-tirage-{draw.id}.pdf")


@bp.get("/tirages/<int:draw_id>/refaire")
@access(can_read_draw, subject=queries.draw_by_id)
def replay_draw(draw: Draw) -> Response:
    """Draws again in the browser of whoever doubts, and shows the program that does it elsewhere."""
    return respond("councils/replay_draw.html", draw=draw, program=PROGRAM)
