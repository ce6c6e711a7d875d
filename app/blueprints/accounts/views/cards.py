"""Cards for people without e-mail: activated by their holder, made and made good by staff."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.adapters.qr import qr_svg
from app.blueprints.accounts.forms.joining import CardForm
from app.blueprints.accounts.forms.staff import CardsForm
from app.blueprints.accounts.room import ACCOUNT_TRIES, TRIES, account_tried, bp, has_failed
from app.blueprints.accounts.views.sessions import open_session
from app.domain.accounts import queries, services
from app.domain.accounts.models import Card
from app.domain.accounts.policies import anyone, can_renew_card, is_staff
from app.domain.accounts.services import PrintedCard
from app.extensions import limiter
from app.web.access import access, current_person
from app.web.addresses import public_address
from app.web.pages import done, respond


@bp.route("/carte", methods=["GET", "POST"])
@limiter.limit(TRIES, methods=["POST"])
@limiter.limit(ACCOUNT_TRIES, methods=["POST"], key_func=account_tried, deduct_when=has_failed)
@access(anyone)
def activate_card() -> ResponseReturnValue:
    """Makes the account of somebody who holds a card; its QR code has brought the identifier."""
    form = CardForm(identifier=request.args.get("identifiant", ""))
    if form.validate_on_submit():
        with form.refusals():
            person, token = services.activate_card(
                identifier=form.identifier.data or "", code=form.code.data or "", profile=form.profile()
            )
            open_session(person, token)
            return done(url_for("home.index"), _("Bienvenue %(name)s, votre compte est prêt.", name=person.pseudonym))
    return respond("accounts/activate_card.html", status=form.status, form=form)


@bp.route("/cartes", methods=["GET", "POST"])
@access(is_staff)
def cards() -> ResponseReturnValue:
    """Lists the cards, and makes new ones: the answer is the sheet to print, shown this once."""
    form = CardsForm()
    if form.validate_on_submit():
        with form.refusals():
            printed = services.make_cards(
                count=form.count.data or 0,
                place=form.place.data or "",
                batch=form.batch.data or "",
                actor=current_person(),
            )
            return sheet(printed)
    wanted = request.args.get("identifiant", "")
    page = queries.cards(request.args.get("page", 1, type=int), wanted)
    return respond(
        "accounts/cards.html", status=form.status, form=form, page=page, wanted=wanted, pages=_address,
        may_renew={card.id for card in page.items if _may_renew(card)},
    )  # fmt: skip


def _may_renew(card: Card) -> bool:
    """Whether the button would be obeyed: the verdict of the door, then that of the act."""
    actor = current_person()
    return bool(can_renew_card(actor, card)) and bool(services.can_be_renewed(card=card, actor=actor))


def sheet(printed: Sequence[PrintedCard]) -> ResponseReturnValue:
    """The sheet of cards to print and cut."""
    lines = [(card, qr_svg(public_address("accounts.activate_card", identifiant=card.identifier))) for card in printed]
    return respond("accounts/cards_sheet.html", cards=lines, address=public_address("accounts.activate_card"))


@bp.post("/cartes/<int:card_id>/annuler")
@access(is_staff, subject=queries.card_by_id)
def cancel_card(card: Card) -> ResponseReturnValue:
    """Makes an unused card good for nothing."""
    services.cancel_card(card=card, actor=current_person())
    return done(url_for("accounts.cards"), _("La carte %(name)s est annulée.", name=card.identifier))


@bp.post("/cartes/<int:card_id>/nouveau-code")
@access(can_renew_card, subject=queries.card_by_id)
def renew_code(card: Card) -> ResponseReturnValue:
    """Makes a new code for a lost card: the answer is the card to print, shown this once."""
    return sheet([services.renew_code(card=card, actor=current_person())])


def _address(number: int) -> str:
    return url_for("accounts.cards", page=number, _anchor="liste")
