"""The minutes of a séance: read, corrected, printed, sent; and the follow-up of what was decided."""

from __future__ import annotations

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.governance.minutes_words import (
    approval_words,
    names_of,
    opening_words,
    presences,
    quorum_words,
    told_items,
)
from app.blueprints.governance.seances_forms import SettleForm
from app.blueprints.governance.seances_papers import minutes_pdf
from app.blueprints.governance.views.room import bp, page_number
from app.blueprints.governance.views.seances_agenda import ask
from app.domain.accounts.policies import anyone
from app.domain.governance import queries, services
from app.domain.governance.models import Body, DecidedAction, Seance
from app.domain.governance.policies import (
    KeptMinutes,
    can_follow_seance,
    can_lead_body,
    can_lead_seance,
    can_read_minutes,
    can_see_seance,
    can_settle_action,
)
from app.domain.shared import clock
from app.domain.shared.refusals import Missing
from app.web.access import access, current_person
from app.web.forms import Form, tidy, typed_in
from app.web.pages import done, respond


def kept_minutes(seance_id: int) -> KeptMinutes:
    """A séance and the last version of its minutes. Raises ``Missing`` when it has none yet."""
    kept = KeptMinutes(queries.seance_by_id(seance_id), queries.last_minutes(seance_id))
    if kept.last is None:
        raise Missing(f"minutes {seance_id}")
    return kept


@bp.get("/seances/<int:seance_id>/compte-rendu")
@access(can_read_minutes, subject=kept_minutes)
def minutes(kept: KeptMinutes) -> Response:
    """The minutes: whole names inside, public names for everybody."""
    seance, last, person = kept.seance, kept.last, current_person()
    roll, inside = queries.roll_of(seance), bool(can_follow_seance(person, seance))
    leads, items = bool(can_lead_seance(person, seance)), queries.items_of(seance)
    return respond(
        "governance/seance_minutes.html", seance=seance, last=last, inside=inside, leads=leads,
        opening=opening_words(seance, roll, inside), presences=presences(roll, inside), quorum=quorum_words(roll),
        items=told_items(items, last, names_of(roll, inside)) if last else [],
        approval=approval_words(last) if last else "",
        actions=[action for item in items for action in item.actions], today=clock.today(),
        sends=queries.releve_sends(seance) if leads else [], versions=queries.versions_of_minutes(seance),
        sees=bool(can_see_seance(person, seance)),
    )  # fmt: skip


@bp.get("/seances/<int:seance_id>/compte-rendu.pdf")
@access(can_read_minutes, subject=kept_minutes)
def minutes_paper(kept: KeptMinutes) -> Response:
    """The same as a paper."""
    inside = bool(can_follow_seance(current_person(), kept.seance))
    roll, items = queries.roll_of(kept.seance), queries.items_of(kept.seance)
    content = minutes_pdf(kept.seance, kept.last, roll, items, inside) if kept.last else b""
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="compte-rendu-{kept.seance.id}.pdf"'
    return response


@bp.route("/seances/<int:seance_id>/compte-rendu/corriger", methods=["GET", "POST"])
@access(can_lead_seance, subject=queries.seance_by_id)
def correct_minutes(seance: Seance) -> ResponseReturnValue:
    """Writes another version."""
    last = queries.last_minutes(seance.id)
    if last is None:
        raise Missing("minutes")
    form = Form()
    if form.validate_on_submit():
        with form.refusals():
            texts = {item["id"]: _typed(item["id"]) for item in last.content["items"]}
            introduction = tidy(request.form.get("introduction")) or ""
            services.correct_minutes(seance=seance, introduction=introduction, texts=texts, actor=current_person())
            return done(url_for("governance.minutes", seance_id=seance.id), _("La nouvelle version est écrite."))
    typed = {item["id"]: {**item, **(_typed(item["id"]) if request.form else {})} for item in last.content["items"]}
    introduction = request.form.get("introduction", last.content["introduction"])
    return respond("governance/seance_correct.html", status=form.status, seance=seance, form=form,
                   introduction=introduction, items=list(typed.values()))  # fmt: skip


def _typed(item_id: int) -> dict[str, str]:
    """What was typed for one item, cut at what a page may hold."""
    return {
        name: (tidy(request.form.get(f"{name}-{item_id}")) or "")[:8000] for name in ("points", "decision", "dissent")
    }


@bp.post("/seances/<int:seance_id>/releve")
@access(can_lead_seance, subject=queries.seance_by_id)
def send_releve(seance: Seance) -> ResponseReturnValue:
    """Sends the relevé to the members and the distribution list."""
    services.send_releve(seance=seance, actor=current_person())
    return done(url_for("governance.minutes", seance_id=seance.id), _("Le relevé de décisions est envoyé."))


@bp.get("/instances/<int:body_id>/suivi")
@access(anyone, subject=queries.body_by_id)
def actions(body: Body) -> Response:
    """What the body decided to have done, and what became of it: late ones too."""
    page = queries.actions_of(body, page_number())
    leads = bool(can_lead_body(current_person(), body))
    return respond(
        "governance/body_actions.html", body=body, page=page, leads=leads, today=clock.today(),
        page_address=lambda number: url_for("governance.actions", body_id=body.id, page=number),
    )  # fmt: skip


@bp.route("/actions/<int:action_id>", methods=["GET", "POST"])
@access(can_settle_action, subject=queries.action_by_id)
def settle_action(action: DecidedAction) -> ResponseReturnValue:
    """Notes that an action is done, or given up."""
    form, seance = SettleForm(), action.item.seance
    way_back = url_for("governance.actions", body_id=seance.body_id)
    if form.validate_on_submit():
        with form.refusals():
            act = services.abandon_action if request.form.get("act") == "abandon" else services.finish_action
            act(action=action, words=typed_in(form.words), actor=current_person())
            return done(way_back, _("C’est noté."))
    buttons = [("finish", _("C’est fait"), "main"), ("abandon", _("On abandonne"), "quiet")]
    return ask(seance, form, _("Où en est cette action ?"), "", lede=action.what, buttons=buttons, way_back=way_back,
               back_label=seance.body.name)  # fmt: skip
