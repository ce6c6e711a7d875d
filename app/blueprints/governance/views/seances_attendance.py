"""Who comes: the list to tick, the sheet to print, the code of the room, and what a member says beforehand."""

from __future__ import annotations

from typing import Final

from flask import Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.governance.seances_forms import AbsenceForm, CodeForm
from app.blueprints.governance.seances_papers import sheet_pdf
from app.blueprints.governance.views.room import bp
from app.domain.governance import queries, services
from app.domain.governance.models import AttendanceWay, Presence, Seance
from app.domain.governance.policies import can_lead_seance, can_take_part
from app.domain.governance.queries import Roll
from app.domain.shared import journal
from app.extensions import limiter
from app.web.access import access, current_person
from app.web.forms import choice, typed_in
from app.web.pages import done, respond

# Six figures are a million tries: at this pace, nobody finds them during a séance. A limit of the site, not a rule.
CODE_PACE: Final = "10 per 10 minutes"
CODE_MINUTES: Final = "ROOM_CODE_MINUTES"


@bp.get("/seances/<int:seance_id>/presences")
@access(can_lead_seance, subject=queries.seance_by_id)
def attendance(seance: Seance) -> Response:
    """The members by college, where each is, and the quorum as it stands."""
    return _shown(queries.roll_of(seance), "governance/seance_attendance.html")


@bp.get("/seances/<int:seance_id>/tablette")
@access(can_lead_seance, subject=queries.seance_by_id)
def tablet(seance: Seance) -> Response:
    """The tablet at the door: each finds their name and taps it."""
    return _shown(queries.roll_of(seance), "governance/seance_tablet.html")


def _shown(roll: Roll, template: str, unsaid: bool = False) -> Response:
    return respond(
        template, status=422 if unsaid else 200, unsaid=unsaid, seance=roll.seance,
        roll=roll, quorum=roll.quorum(), presences=list(Presence),
        names={line.mandate.id: line.member.full_name for line in roll.lines},
    )  # fmt: skip


@bp.post("/seances/<int:seance_id>/presences")
@access(can_lead_seance, subject=queries.seance_by_id)
def note_presence(seance: Seance) -> ResponseReturnValue:
    """Notes where a member is."""
    way = AttendanceWay.TABLET if request.form.get("way") == "tablet" else AttendanceWay.SHEET
    roll, mandate_id = queries.roll_of(seance), request.form.get("mandate", 0, type=int)
    known = {presence.value: presence for presence in Presence}
    wanted = request.form.get("presence", "")
    page = "governance.tablet" if way is AttendanceWay.TABLET else "governance.attendance"
    if wanted == "left":
        services.leave_room(roll=roll, mandate_id=mandate_id, actor=current_person())
    elif wanted in known:
        services.note_presence(
            roll=roll, mandate_id=mandate_id, presence=known[wanted], way=way, actor=current_person(),
            proxy_to=request.form.get("proxy_to", type=int),
        )  # fmt: skip
    else:
        return _shown(roll, f"governance/seance_{page.split('.')[1]}.html", unsaid=True)
    return done(url_for(page, seance_id=seance.id), _("C’est noté."))


@bp.post("/seances/<int:seance_id>/feuille.pdf")
@access(can_lead_seance, subject=queries.seance_by_id)
def sheet(seance: Seance) -> Response:
    """The sheet to sign."""
    journal.record("printed_sheet", seance, actor=current_person())
    response = Response(sheet_pdf(seance, queries.roll_of(seance)), mimetype="application/pdf")
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
