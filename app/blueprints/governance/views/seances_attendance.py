"""Who comes: the list to tick, the sheet to print, the code of the room, and what a member says beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from app.blueprints.governance.seances_forms import AbsenceForm, CodeForm, ProxyForm, SignatureForm, TabletForm
from app.blueprints.governance.seances_papers import sheet_pdf
from app.blueprints.governance.views.room import bp
from app.domain.governance import queries, rules, services
from app.domain.governance.models import AttendanceWay, Body, Presence, Seance
from app.domain.governance.policies import can_lead_seance, can_take_part
from app.domain.governance.queries import Line, Roll
from app.domain.shared import journal
from app.extensions import limiter
from app.web.access import access, current_person
from app.web.forms import Form, choice, typed_in
from app.web.pages import done, respond

# Six figures are a million tries: at this pace, nobody finds them during a séance. A limit of the site, not a rule.
CODE_PACE: Final = "10 per 10 minutes"
CODE_MINUTES: Final = "ROOM_CODE_MINUTES"
# What is chosen on the sheet, in nouns that hold for everybody. A proxy names somebody: it has a form of its own.
LEFT: Final = "left"
SAID: Final = {
    "": _l("Pas noté"), "present": _l("Est là"), "excused": _l("Excuse"), "absent": _l("Absence"),
    LEFT: _l("Départ avant la fin"),
}  # fmt: skip
TYPED: Final = {one.value: one for one in (Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT)}


@dataclass(frozen=True)
class AtTheDoor:
    """A member before the tablet."""

    roll: Roll
    line: Line

    @property
    def seance(self) -> Seance:
        return self.roll.seance

    @property
    def body(self) -> Body:
        """What the policy reads of a séance."""
        return self.seance.body


def at_the_door(seance_id: int, mandate_id: int) -> AtTheDoor:
    """A member of a séance. Raises ``Missing``."""
    roll = queries.roll_of(queries.seance_by_id(seance_id))
    return AtTheDoor(roll, roll.line_of(mandate_id))


@bp.route("/seances/<int:seance_id>/presences", methods=["GET", "POST"])
@access(can_lead_seance, subject=queries.seance_by_id)
def attendance(seance: Seance) -> ResponseReturnValue:
    """The members by college, where each is, and the quorum as it stands; sent, it notes what was changed."""
    roll, form = queries.roll_of(seance), Form()
    if form.validate_on_submit():
        said, gone = _touched(roll)
        with form.refusals():
            services.note_presences(roll=roll, said=said, gone=gone, actor=current_person())
            return done(url_for("governance.attendance", seance_id=seance.id), _("Les présences sont notées."))
    return _sheet(roll, form, ProxyForm.of(_choices(roll)))


@bp.post("/seances/<int:seance_id>/pouvoirs")
@access(can_lead_seance, subject=queries.seance_by_id)
def note_proxy(seance: Seance) -> ResponseReturnValue:
    """Notes who speaks for whom."""
    roll = queries.roll_of(seance)
    form = ProxyForm.of(_choices(roll))
    if form.validate_on_submit():
        with form.refusals():
            services.note_presence(
                roll=roll, mandate_id=form.giver.data, presence=Presence.REPRESENTED, way=AttendanceWay.SHEET,
                actor=current_person(), proxy_to=form.proxy_to.data,
            )  # fmt: skip
            return done(url_for("governance.attendance", seance_id=seance.id), _("Le pouvoir est noté."))
    return _sheet(roll, Form(formdata=None), form)


def _sheet(roll: Roll, form: Form, proxy: ProxyForm) -> Response:
    return respond(
        "governance/seance_attendance.html", status=max(form.status, proxy.status), seance=roll.seance, roll=roll,
        quorum=roll.quorum(), form=form, proxy=proxy, words=SAID, shown=said_of, typed=request.form,
        names={line.mandate.id: line.member.full_name for line in roll.lines},
    )  # fmt: skip


def _choices(roll: Roll) -> list[SelectChoice]:
    return [choice(line.mandate.id, line.member.full_name) for line in roll.lines]


def said_of(line: Line) -> str:
    """What the sheet shows of a member: a presence, ``left``, or nothing yet."""
    row = line.attendance
    if row is None:
        return ""
    return LEFT if row.left_at is not None and row.presence is Presence.PRESENT else row.presence.value


def _touched(roll: Roll) -> tuple[dict[int, Presence], list[int]]:
    """What was changed against what the page showed: the rest is not this person’s word."""
    said, gone = {}, []
    for line in roll.lines:
        number = line.mandate.id
        typed, shown = request.form.get(f"presence_{number}", ""), request.form.get(f"was_{number}", "")
        if typed == shown:
            continue
        if typed == LEFT:
            gone.append(number)
        elif typed in TYPED:
            said[number] = TYPED[typed]
    return said, gone


@bp.route("/seances/<int:seance_id>/tablette", methods=["GET", "POST"])
@access(can_lead_seance, subject=queries.seance_by_id)
def tablet(seance: Seance) -> ResponseReturnValue:
    """The tablet at the door: each finds their name and taps it."""
    roll, form = queries.roll_of(seance), TabletForm()
    form.mandate.choices = _choices(roll)
    if form.validate_on_submit():
        with form.refusals():
            services.note_presence(
                roll=roll, mandate_id=form.mandate.data, presence=Presence.PRESENT, way=AttendanceWay.TABLET,
                actor=current_person(),
            )  # fmt: skip
            return done(url_for("governance.tablet", seance_id=seance.id), _("C’est noté."))
    return respond(
        "governance/seance_tablet.html", status=form.status, seance=seance, roll=roll, form=form,
        signed=queries.signatures_of(seance), signs=bool(rules.can_be_signed(roll.rules, Presence.PRESENT)),
    )  # fmt: skip


@bp.route("/seances/<int:seance_id>/tablette/<int:mandate_id>", methods=["GET", "POST"])
@access(can_lead_seance, subject=at_the_door)
def sign_presence(door: AtTheDoor) -> ResponseReturnValue:
    """One member draws their signature, if they wish; the page works without a script, and says that nothing is due."""
    seance, line, form = door.seance, door.line, SignatureForm()
    address = url_for("governance.tablet", seance_id=seance.id)
    if form.validate_on_submit():
        with form.refusals():
            if request.form.get("act") == "erase":
                services.take_back_signature(roll=door.roll, mandate_id=line.mandate.id, actor=current_person())
                return done(address, _("La signature est effacée."))
            services.sign_presence(
                roll=door.roll, mandate_id=line.mandate.id, drawing=form.png(), actor=current_person()
            )
            return done(address, _("La signature est enregistrée."))
    return respond(
        "governance/seance_sign.html", status=form.status, seance=seance, line=line, form=form,
        signed=line.mandate.id in queries.signatures_of(seance),
        days=(door.roll.rules.signature_days if door.roll.rules else None) or 0,
        verdict=rules.can_be_signed(door.roll.rules, line.presence),
    )  # fmt: skip


@bp.post("/seances/<int:seance_id>/feuille.pdf")
@access(can_lead_seance, subject=queries.seance_by_id)
def sheet(seance: Seance) -> Response:
    """The sheet to sign."""
    journal.record("printed_sheet", seance, actor=current_person())
    response = Response(
        sheet_pdf(seance, queries.roll_of(seance), queries.signatures_of(seance)), mimetype="application/pdf"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="presences-{seance.id}.pdf"'
    return response


@bp.post("/seances/<int:seance_id>/code")
@access(can_lead_seance, subject=queries.seance_by_id)
def show_code(seance: Seance) -> Response:
    """A new code, in large on the projector."""
    code = services.show_code(seance=seance, secret=current_app.config["SECRET_KEY"], actor=current_person())
    return respond("governance/seance_code.html", seance=seance, code=f"{code[:3]} {code[3:]}",
                   minutes=current_app.config[CODE_MINUTES])  # fmt: skip


@bp.route("/seances/<int:seance_id>/ma-presence", methods=["GET", "POST"])
@limiter.limit(CODE_PACE, methods=["POST"])
@access(can_take_part, subject=queries.seance_by_id)
def my_presence(seance: Seance) -> ResponseReturnValue:
    """A member says that they are there, with the code, or that they will not come."""
    roll, person = queries.roll_of(seance), current_person()
    mine = roll.line_of_person(person.id)
    here, away = CodeForm(prefix="ici"), AbsenceForm(prefix="absence")
    others = [line for line in roll.lines if mine is None or line.mandate.id != mine.mandate.id]
    away.proxy_to.choices = [
        choice(0, _("À personne")), *[choice(line.mandate.id, line.member.public_name) for line in others],
    ]  # fmt: skip
    asked = request.form.get("act")
    if asked == "here" and here.validate_on_submit():
        with here.refusals():
            services.check_in(
                roll=roll, code=typed_in(here.code).replace(" ", ""), secret=current_app.config["SECRET_KEY"],
                minutes=current_app.config[CODE_MINUTES], actor=person,
            )  # fmt: skip
            return done(
                url_for("governance.seance", seance_id=seance.id), _("Votre présence est notée. Bonne séance !")
            )
    if asked == "away" and away.validate_on_submit():
        with away.refusals():
            services.tell_absence(roll=roll, actor=person, words=typed_in(away.words), proxy_to=away.proxy_to.data)
            return done(
                url_for("governance.seance", seance_id=seance.id), _("Votre absence est notée. Merci d’avoir prévenu.")
            )
    status = max(here.status, away.status)
    return respond("governance/seance_mine.html", status=status, seance=seance, mine=mine, here=here, away=away)
