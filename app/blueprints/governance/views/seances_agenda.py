"""The agenda of a séance: its items, those proposed, their papers, the people invited."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.governance.kept_files import handed, shelf
from app.blueprints.governance.seances_forms import GuestForm, ItemForm, PaperForm, ReasonForm
from app.blueprints.governance.sources import source_of_item
from app.blueprints.governance.views.room import bp
from app.domain.governance import queries, services
from app.domain.governance.models import AgendaItem, ItemKind, ItemState, Seance
from app.domain.governance.policies import (
    ShownPaper,
    can_lead_item,
    can_lead_seance,
    can_see_paper,
    can_take_part,
)
from app.web.access import access, current_person
from app.web.forms import Form, typed_in
from app.web.pages import done, respond


def ask(seance: Seance, form: Form, heading: str, button: str, lede: str = "", **values: Any) -> Response:
    """A page that asks one thing about a séance."""
    values = {"way_back": url_for("governance.seance", seance_id=seance.id), "back_label": seance.title, **values}
    values = {"buttons": [("oui", button, "main")], **values}
    return respond("governance/seance_ask.html", status=form.status, form=form, heading=heading, lede=lede, **values)


def _about_item(item: AgendaItem, form: Form, heading: str, button: str) -> Response:
    """The same about one subject, with the way back to the agenda."""
    address = url_for("governance.agenda", seance_id=item.seance_id)
    return ask(item.seance, form, heading, button, lede=item.title, way_back=address, back_label=_("Ordre du jour"))


def draft_of(form: ItemForm) -> services.ItemDraft:
    """What was typed of a subject."""
    return services.ItemDraft(
        title=typed_in(form.title), kind=ItemKind(form.kind.data), words=typed_in(form.words),
        presenter=typed_in(form.presenter), minutes_foreseen=form.minutes_foreseen.data or None,
    )  # fmt: skip


@bp.route("/seances/<int:seance_id>/ordre-du-jour", methods=["GET", "POST"])
@access(can_lead_seance, subject=queries.seance_by_id)
def agenda(seance: Seance) -> ResponseReturnValue:
    """The items, and a form to add one."""
    form = ItemForm()
    if form.validate_on_submit():
        with form.refusals():
            services.add_item(seance=seance, draft=draft_of(form), actor=current_person())
            return done(url_for("governance.agenda", seance_id=seance.id), _("Le sujet est à l’ordre du jour."))
    items = queries.items_of(seance)
    return respond(
        "governance/seance_agenda.html",
        status=form.status,
        seance=seance,
        form=form,
        held=[item for item in items if item.on_agenda],
        proposed=[item for item in items if item.state is ItemState.PROPOSED],
        declined=[item for item in items if item.state is ItemState.DECLINED],
        guests=queries.guests_of(seance),
        item_source=source_of_item,
    )


@bp.route("/seances/<int:seance_id>/proposer", methods=["GET", "POST"])
@access(can_take_part, subject=queries.seance_by_id)
def propose_item(seance: Seance) -> ResponseReturnValue:
    """A member proposes a subject."""
    form = ItemForm()
    leads = bool(can_lead_seance(current_person(), seance))
    if form.validate_on_submit():
        with form.refusals():
            services.propose_item(seance=seance, draft=draft_of(form), leads=leads, actor=current_person())
            told = _("Votre sujet est proposé. Celles et ceux qui animent vous répondront.")
            return done(url_for("governance.seance", seance_id=seance.id), told)
    return ask(seance, form, _("Proposer un sujet"), _("Proposer ce sujet"))


@bp.post("/points/<int:item_id>/retenir")
@access(can_lead_item, subject=queries.item_by_id)
def accept_item(item: AgendaItem) -> ResponseReturnValue:
    """Puts a proposed subject on the agenda."""
    services.accept_item(item=item, seance=item.seance, actor=current_person())
    return done(url_for("governance.agenda", seance_id=item.seance_id), _("Le sujet est à l’ordre du jour."))


@bp.route("/points/<int:item_id>/ecarter", methods=["GET", "POST"])
@access(can_lead_item, subject=queries.item_by_id)
def decline_item(item: AgendaItem) -> ResponseReturnValue:
    """Declines a proposed subject, with the reason."""
    form = ReasonForm()
    if form.validate_on_submit():
        with form.refusals():
            services.decline_item(item=item, seance=item.seance, reason=typed_in(form.reason), actor=current_person())
            return done(url_for("governance.agenda", seance_id=item.seance_id), _("La réponse est notée."))
    return _about_item(item, form, _("Ne pas retenir ce sujet"), _("Ne pas retenir"))


@bp.route("/points/<int:item_id>/modifier", methods=["GET", "POST"])
@access(can_lead_item, subject=queries.item_by_id)
def change_item(item: AgendaItem) -> ResponseReturnValue:
    """Writes a subject again."""
    names = ("title", "words", "presenter", "minutes_foreseen")
    form = ItemForm(data={**{name: getattr(item, name) for name in names}, "kind": item.kind.value})
    if form.validate_on_submit():
        with form.refusals():
            services.change_item(item=item, seance=item.seance, draft=draft_of(form), actor=current_person())
            return done(url_for("governance.agenda", seance_id=item.seance_id), _("Le sujet est modifié."))
    return _about_item(item, form, _("Modifier ce sujet"), _("Enregistrer"))


@bp.route("/points/<int:item_id>/retirer", methods=["GET", "POST"])
@access(can_lead_item, subject=queries.item_by_id)
def take_off_item(item: AgendaItem) -> ResponseReturnValue:
    """Takes a subject off the agenda, with the reason."""
    form = ReasonForm()
    if form.validate_on_submit():
        with form.refusals():
            services.take_off_item(item=item, seance=item.seance, reason=typed_in(form.reason), actor=current_person())
            return done(url_for("governance.agenda", seance_id=item.seance_id), _("Le sujet est retiré."))
    return _about_item(item, form, _("Retirer ce sujet"), _("Retirer ce sujet"))


@bp.post("/points/<int:item_id>/monter")
@access(can_lead_item, subject=queries.item_by_id)
def move_item_up(item: AgendaItem) -> ResponseReturnValue:
    """Puts a subject one place earlier."""
    services.move_item_up(item=item, seance=item.seance, actor=current_person())
    return done(url_for("governance.agenda", seance_id=item.seance_id), _("L’ordre est changé."))


@bp.route("/points/<int:item_id>/pieces", methods=["GET", "POST"])
@access(can_lead_item, subject=queries.item_by_id)
def attach_paper(item: AgendaItem) -> ResponseReturnValue:
    """Attaches a document to a subject."""
    form = PaperForm()
    if form.validate_on_submit():
        with form.refusals():
            services.attach_paper(
                item=item, seance=item.seance, title=typed_in(form.title),
                upload=form.paper.data.read() if form.paper.data else b"",
                most_bytes=current_app.config["DOCUMENT_BYTES"], store=shelf(),
                actor=current_person(),
            )  # fmt: skip
            return done(url_for("governance.agenda", seance_id=item.seance_id), _("Le document est joint."))
    return _about_item(item, form, _("Joindre un document"), _("Joindre ce document"))


@bp.post("/points/<int:item_id>/pieces/retirer")
@access(can_lead_item, subject=queries.item_by_id)
def withdraw_paper(item: AgendaItem) -> ResponseReturnValue:
    """Takes a document away from those who read."""
    paper_id = request.form.get("paper", 0, type=int)
    services.withdraw_paper(item=item, seance=item.seance, paper_id=paper_id, actor=current_person())
    return done(url_for("governance.agenda", seance_id=item.seance_id), _("Le document est retiré."))


@bp.route("/seances/<int:seance_id>/inviter", methods=["GET", "POST"])
@access(can_lead_seance, subject=queries.seance_by_id)
def invite_guest(seance: Seance) -> ResponseReturnValue:
    """Invites somebody who does not sit."""
    form = GuestForm()
    if form.validate_on_submit():
        with form.refusals():
            services.invite_guest(
                seance=seance, name=typed_in(form.name), quality=typed_in(form.quality), email=typed_in(form.email),
                actor=current_person(),
            )  # fmt: skip
            return done(
                url_for("governance.agenda", seance_id=seance.id), _("L’invitation partira avec la convocation.")
            )
    return ask(seance, form, _("Inviter quelqu’un"), _("Inviter"))


def shown_paper(paper_id: int) -> ShownPaper:
    """A document and its séance."""
    return ShownPaper(*queries.paper_by_id(paper_id))


@bp.get("/seances/pieces/<int:paper_id>")
@access(can_see_paper, subject=shown_paper)
def paper(shown: ShownPaper) -> Response:
    """The document, to keep: nothing in it runs here."""
    return handed(shown.paper.file, f"document-{shown.paper.id}")
