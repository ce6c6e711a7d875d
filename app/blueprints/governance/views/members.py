"""The members of a body: who holds which seat, who leaves, who is next; and what members say themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from app.adapters.documents import pdf
from app.blueprints.governance import bodies_forms as forms
from app.blueprints.governance.names import names_first
from app.blueprints.governance.sitting import sitting_of
from app.blueprints.governance.views.room import bp
from app.domain.accounts.policies import signed_in
from app.domain.accounts.queries import person_by_pseudonym
from app.domain.governance import queries, services
from app.domain.governance.models import Body, EndReason, Gender, Mandate, OfficeKind, Recruitment, Seat, Standing
from app.domain.governance.policies import (
    can_compose_body,
    can_compose_mandate,
    can_compose_seat,
    can_read_members,
    holds_mandate,
)
from app.domain.governance.queries import Membership
from app.domain.shared import clock, journal
from app.domain.territories.queries import organisations, quartiers, site
from app.web.access import access, current_person
from app.web.addresses import asked_number
from app.web.forms import choice
from app.web.i18n import day
from app.web.pages import done, respond

SAID: dict[str, bool | None] = {"oui": True, "non": False}


@bp.get("/instances/<int:body_id>/membres")
@access(can_read_members, subject=queries.body_by_id)
@names_first
def members(body: Body) -> Response:
    """Every seat with who holds it, and the alternates in their order."""
    seats = queries.open_seats(body)
    return respond(
        "governance/body_members.html", body=body, seats=seats, sitting=sitting_of(seats, clock.today()),
        holders={seat.id: _holder(seat) for seat in seats}, offices=_offices(body),
        composes=bool(can_compose_body(current_person(), body)), at_term=_at_term(seats),
    )  # fmt: skip


def _holder(seat: Seat) -> Mandate | None:
    held = (one for one in seat.mandates if one.standing is Standing.TITULAR and one.holds_on(clock.today()))
    return next(held, None)


def _at_term(seats: Sequence[Seat]) -> int:
    """How many mandates in force have come to their planned end."""
    today = clock.today()
    held = (one for seat in seats for one in seat.mandates if one.holds_on(today))
    return sum(1 for one in held if one.ends_on is not None and one.ends_on <= today)


def _offices(body: Body) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for office in queries.offices_in_force(body):
        found.setdefault(office.mandate_id, []).append(office)
    return found


@bp.route("/instances/<int:body_id>/membres/nouveau", methods=["GET", "POST"])
@access(can_compose_body, subject=queries.body_by_id)
def add_member(body: Body) -> ResponseReturnValue:
    """Writes somebody who will sit, for the seat one comes from: a name without a seat would be found nowhere."""
    seat = asked_number("siege")
    if seat is None or seat not in {one.id for one in queries.open_seats(body)}:
        return redirect(url_for("governance.members", body_id=body.id), code=303)
    form = _member_form(body)
    if form.validate_on_submit():
        with form.refusals():
            member = services.add_member(identity=_identity(form), actor=current_person())
            address = url_for(
                "governance.give_mandate", seat_id=seat, membre=member.id, comme=request.args.get("comme")
            )
            return done(address, _("C’est noté. Donnez-lui maintenant son siège."))
    back = (url_for("governance.give_mandate", seat_id=seat), _("Donner le siège"))
    return _form_page(form, body, _("Qui va siéger ?"), back)


@bp.route("/instances/<int:body_id>/membres/<int:member_id>", methods=["GET", "POST"])
@access(can_compose_body, subject=queries.membership)
@names_first
def change_member(at: Membership) -> ResponseReturnValue:
    """Changes what is known of a member."""
    member = at.member
    words = {True: "oui", False: "non", None: ""}
    form = _member_form(
        at.body, first_name=member.first_name, last_name=member.last_name, gender=member.gender.value,
        birth_year=member.birth_year, quartier_id=str(member.quartier_id or ""), quality=member.quality,
        organisation_id=str(member.organisation_id or ""), declared_free=words[member.declared_free],
        guardian_agreed=words[member.guardian_agreed],
    )  # fmt: skip
    if form.validate_on_submit():
        with form.refusals():
            services.change_member(member=member, identity=_identity(form), actor=current_person())
            return done(url_for("governance.members", body_id=at.body.id), _("C’est enregistré."))
    return _form_page(form, at.body, member.full_name)


@bp.route("/instances/<int:body_id>/membres/<int:member_id>/coordonnees", methods=["GET", "POST"])
@access(can_compose_body, subject=queries.membership)
@names_first
def change_contact(at: Membership) -> ResponseReturnValue:
    """Changes how a member is reached."""
    member = at.member
    form = forms.ContactForm(email=member.email, phone=member.phone, address=member.address)
    if form.validate_on_submit():
        with form.refusals():
            services.change_contact(
                member=member, email=form.email.data or "", phone=form.phone.data or "",
                address=form.address.data or "", actor=current_person(),
            )  # fmt: skip
            return done(url_for("governance.members", body_id=at.body.id), _("C’est enregistré."))
    return _form_page(form, at.body, _("Comment joindre %(name)s", name=member.full_name))


def _form_page(form: Any, body: Body, title: str, back: tuple[str, str] | None = None) -> Response:
    """A page with one group of questions, and the way back to the members or to where one comes from."""
    return respond(
        "governance/body_form.html", status=form.status, form=form, body=body, title=title,
        way_back=back or (url_for("governance.members", body_id=body.id), _("Les membres")),
    )  # fmt: skip


def _member_form(body: Body, **values: Any) -> forms.MemberForm:
    form = forms.MemberForm(**values)
    form.quartier_id.choices = [
        choice("", _("Non précisé")), *(choice(one.id, one.name) for one in quartiers(body.contract_id))
    ]  # fmt: skip
    form.organisation_id.choices = [
        choice("", _("Aucune")), *(choice(one.id, one.name) for one in organisations())
    ]  # fmt: skip
    return form


def _identity(form: forms.MemberForm) -> services.Identity:
    return services.Identity(
        first_name=form.first_name.data or "", last_name=form.last_name.data or "", gender=Gender(form.gender.data),
        birth_year=form.birth_year.data, quartier_id=forms.whole_or_none(form.quartier_id.data),
        organisation_id=forms.whole_or_none(form.organisation_id.data), quality=form.quality.data or "",
        declared_free=SAID.get(form.declared_free.data or ""),
        guardian_agreed=SAID.get(form.guardian_agreed.data or ""),
    )  # fmt: skip


@bp.route("/instances/<int:body_id>/membres/<int:member_id>/compte", methods=["GET", "POST"])
@access(can_compose_body, subject=queries.membership)
@names_first
def link_account(at: Membership) -> ResponseReturnValue:
    """Ties a member to the account they said is theirs; they are told of it."""
    form = forms.AccountForm()
    if form.validate_on_submit():
        person = person_by_pseudonym(form.pseudonym.data or "")
        if person is None:
            form.pseudonym.errors = [_("Aucun compte n’a ce nom public. Vérifiez-le avec la personne.")]
        else:
            with form.refusals():
                services.link_account(member=at.member, person=person, actor=current_person())
                return done(url_for("governance.members", body_id=at.body.id), _("Le compte est relié."))
    return respond(
        "governance/body_account.html", status=form.status, form=form, body=at.body, member=at.member,
        account=queries.account_of(at.member),
    )  # fmt: skip


@bp.post("/instances/<int:body_id>/membres/<int:member_id>/compte/detacher")
@access(can_compose_body, subject=queries.membership)
def unlink_account(at: Membership) -> ResponseReturnValue:
    """Unties a member from an account: what was opened to it closes."""
    services.unlink_account(member=at.member, actor=current_person())
    return done(url_for("governance.members", body_id=at.body.id), _("Le compte est détaché."))


# --- Seats and mandates -------------------------------------------------------------------------------------------


@bp.get("/sieges/<int:seat_id>")
@access(can_compose_seat, subject=queries.seat_by_id)
@names_first
def seat(seat: Seat) -> Response:
    """A seat: who held it, to whom it was offered, who is next."""
    holder = _holder(seat)
    offers = queries.offers_of(seat)
    waiting = next((offer for offer in offers if offer.accepted is None), None)
    return respond(
        "governance/body_seat.html", seat=seat, body=seat.body, holder=holder, offers=offers, waiting=waiting,
        next_one=None if holder or waiting else services.next_for(seat), waits=queries.alternates_for(seat),
        offices=_offices(seat.body).get(holder.id, []) if holder else [],
    )  # fmt: skip


@bp.route("/sieges/<int:seat_id>/donner", methods=["GET", "POST"])
@access(can_compose_seat, subject=queries.seat_by_id)
@names_first
def give_mandate(seat: Seat) -> ResponseReturnValue:
    """Gives the seat to somebody known, or to somebody new."""
    body = seat.body
    form = forms.MandateForm(
        recruitment=seat.seat_type.recruitment.value, member_id=request.args.get("membre"),
        ends_on=_planned_end(body), starts_on=clock.today(), standing=_asked_standing(),
    )  # fmt: skip
    people = {one.id: one for one in queries.members_to_seat(body, forms.whole_or_none(request.args.get("membre")))}
    form.member_id.choices = [choice(one.id, one.full_name) for one in people.values()]
    others = {one.id: one for one in queries.bodies_of_contract(body.contract_id) if one.id != body.id}
    form.represents_body_id.choices = [choice("", _("Aucune")), *(choice(one.id, one.name) for one in others.values())]
    if people and form.validate_on_submit():
        with form.refusals():
            services.give_mandate(
                seat=queries.seat_for_update(seat.id), member=people[int(form.member_id.data)],
                standing=Standing(form.standing.data), rank=form.rank.data,
                recruitment=Recruitment(form.recruitment.data), starts_on=form.starts_on.data or clock.today(),
                ends_on=form.ends_on.data, actor=current_person(),
                represents=others.get(forms.whole_or_none(form.represents_body_id.data) or 0),
            )  # fmt: skip
            return done(url_for("governance.members", body_id=body.id), _("Le siège est donné."))
    return respond("governance/body_mandate.html", status=form.status, form=form, seat=seat, body=body, people=people)


def _asked_standing() -> str:
    """Titular, unless one comes to give a place of alternate."""
    alternate = Standing.ALTERNATE.value
    return alternate if request.args.get("comme") == alternate else Standing.TITULAR.value


def _planned_end(body: Body) -> date | None:
    """The day a mandate begun today should end, when the body says how long mandates last."""
    if body.mandate_months is None:
        return None
    today = clock.today()
    months = today.year * 12 + today.month - 1 + body.mandate_months
    return date(months // 12, months % 12 + 1, min(today.day, 28))


@bp.route("/mandats/<int:mandate_id>/terminer", methods=["GET", "POST"])
@access(can_compose_mandate, subject=queries.mandate_by_id)
@names_first
def end_mandate(mandate: Mandate) -> ResponseReturnValue:
    """Ends a mandate, with its reason."""
    body = mandate.seat.body
    form = forms.EndForm(ended_on=clock.today())
    if form.validate_on_submit():
        with form.refusals():
            services.end_mandate(
                mandate=mandate, reason=EndReason(form.reason.data), words=form.words.data or "",
                on=form.ended_on.data or clock.today(), actor=current_person(),
            )  # fmt: skip
            return done(url_for("governance.seat", seat_id=mandate.seat_id), _("Le mandat est terminé."))
    return _form_page(form, body, _("Terminer le mandat de %(name)s", name=mandate.member.full_name), _to_seat(mandate))


def _to_seat(mandate: Mandate) -> tuple[str, str]:
    return url_for("governance.seat", seat_id=mandate.seat_id), _("Le siège")


@bp.route("/mandats/<int:mandate_id>/charge", methods=["GET", "POST"])
@access(can_compose_mandate, subject=queries.mandate_by_id)
@names_first
def give_office(mandate: Mandate) -> ResponseReturnValue:
    """Gives a charge to a member."""
    form = forms.OfficeForm()
    if form.validate_on_submit():
        with form.refusals():
            kind = OfficeKind(form.kind.data)
            services.give_office(mandate=mandate, kind=kind, starts_on=clock.today(), actor=current_person())
            return done(url_for("governance.seat", seat_id=mandate.seat_id), _("La charge est donnée."))
    title = _("Donner une charge à %(name)s", name=mandate.member.full_name)
    return _form_page(form, mandate.seat.body, title, _to_seat(mandate))


@bp.post("/mandats/<int:mandate_id>/charge/terminer")
@access(can_compose_mandate, subject=queries.mandate_by_id)
def end_office(mandate: Mandate) -> ResponseReturnValue:
    """Ends a charge."""
    office = next((one for one in queries.offices_of(mandate) if str(one.id) == request.form.get("office")), None)
    if office is None:
        abort(404)
    services.end_office(office=office, actor=current_person())
    return done(url_for("governance.seat", seat_id=mandate.seat_id), _("La charge est terminée."))


@bp.post("/sieges/<int:seat_id>/proposer")
@access(can_compose_seat, subject=queries.seat_by_id)
def offer_seat(seat: Seat) -> ResponseReturnValue:
    """Offers the vacant seat to whoever is next: nobody chooses."""
    services.offer_seat(seat=queries.seat_for_update(seat.id), actor=current_person())
    return done(
        url_for("governance.seat", seat_id=seat.id), _("Le siège est proposé. Notez la réponse quand elle vient.")
    )


@bp.post("/sieges/<int:seat_id>/reponse")
@access(can_compose_seat, subject=queries.seat_by_id)
def answer_offer(seat: Seat) -> ResponseReturnValue:
    """Notes what the alternate answered."""
    held = queries.seat_for_update(seat.id)
    offer = next((one for one in queries.offers_of(held) if str(one.id) == request.form.get("offer")), None)
    if offer is None:
        abort(404)
    accepted = request.form.get("accepted") == "oui"
    services.answer_offer(offer=offer, accepted=accepted, actor=current_person())
    told = _("C’est noté : le siège est pris.") if accepted else _("C’est noté : le siège va à la personne suivante.")
    return done(url_for("governance.seat", seat_id=seat.id), told)


# --- The member’s own account -------------------------------------------------------------------------------------


@bp.get("/mes-mandats")
@access(signed_in)
def own_mandates() -> Response:
    """What one sits in, whether one’s name is public, and one’s attestation."""
    return respond("governance/own_mandates.html", mandates=queries.member_mandates(current_person()))


@bp.post("/mes-mandats/<int:mandate_id>/nom-public")
@access(holds_mandate, subject=queries.mandate_by_id)
def agree_to_public_name(mandate: Mandate) -> ResponseReturnValue:
    """The member says whether their whole name is public."""
    agreed = request.form.get("agreed") == "oui"
    services.agree_to_public_name(member=mandate.member, agreed=agreed, actor=current_person())
    told = _("Votre nom entier est public.") if agreed else _("Le public lit votre prénom et une initiale.")
    return done(url_for("governance.own_mandates"), told)


@bp.route("/mes-mandats/<int:mandate_id>/attestation", methods=["GET", "POST"])
@access(holds_mandate, subject=queries.mandate_by_id)
def attestation(mandate: Mandate) -> ResponseReturnValue:
    """The paper used to ask an employer for the leave of members."""
    form = forms.AttestationForm()
    if form.validate_on_submit():
        journal.record("took_attestation", mandate, actor=current_person(), on=str(form.on.data))
        number = f"{mandate.id}-{form.on.data:%Y%m%d}"
        response = Response(_paper(mandate, form, number), mimetype="application/pdf")
        response.headers["Content-Disposition"] = f'attachment; filename="attestation-{number}.pdf"'
        return response
    return respond("governance/attestation.html", status=form.status, form=form, mandate=mandate)


def _paper(mandate: Mandate, form: forms.AttestationForm, number: str) -> bytes:
    """The attestation as PDF, in French, whoever asks."""
    body, member, held = mandate.seat.body, mandate.member, site()
    with force_locale("fr"):
        said = _(
            "%(name)s est membre de « %(body)s », %(standing)s, au titre du « %(college)s », depuis le %(start)s.",
            name=member.full_name, body=body.name, standing=str(mandate.standing.label).lower(),
            college=mandate.seat.seat_type.college.name, start=day(mandate.starts_on),
        )  # fmt: skip
        why = _(
            "Sa présence est demandée le %(day)s : %(occasion)s.", day=day(form.on.data), occasion=form.occasion.data
        )
        facts = {
            "site": held.name, "place": held.place, "phone": held.phone, "page_words": _("Page"),
            "reference": _("Attestation n° %(number)s", number=number), "title": _("Attestation de membre"),
            "subject": body.name, "from": body.name, "to": _("À qui de droit"),
            "date": _("Le %(day)s", day=day(clock.today())),
            "sections": [
                {"heading": _("La personne et son mandat"), "lines": [said]},
                {"heading": _("La date"), "lines": [why]},
            ],
            "closing": [_("Attestation remise pour faire valoir ses droits, notamment auprès de l’employeur.")],
            "signature": _("Pour la présidence de l’instance, nom et signature :"), "address": "",
        }  # fmt: skip
        return pdf("voice", facts, clock.now())
