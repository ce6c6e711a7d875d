"""The one screen of whoever leads: the current item, what is said and decided, next; and what the room sees."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.governance.seances_forms import (
    FollowForm,
    OpeningForm,
    ReasonForm,
    SecondCallForm,
)
from app.blueprints.governance.sources import source_of_item
from app.blueprints.governance.views.room import bp
from app.blueprints.governance.views.seances_agenda import ask
from app.domain.governance import queries, rules, services
from app.domain.governance.models import AgendaItem, DecisionKind, ItemState, Seance, VoteKind
from app.domain.governance.policies import can_lead_item, can_lead_seance, can_see_seance
from app.domain.shared import clock
from app.web.access import access, current_person
from app.web.forms import Form, typed_in
from app.web.pages import done, respond


def page_of(seance: Seance) -> str:
    """The address of the screen that leads."""
    return url_for("governance.conduct", seance_id=seance.id)


@bp.route("/seances/<int:seance_id>/conduite", methods=["GET", "POST"])
@access(can_lead_seance, subject=queries.seance_by_id)
def conduct(seance: Seance) -> ResponseReturnValue:
    """The screen that leads; sent before the séance, it opens it."""
    form = OpeningForm()
    if form.validate_on_submit():
        with form.refusals():
            services.open_seance(
                seance=seance, presided_by=typed_in(form.presided_by), secretaries=typed_in(form.secretaries),
                actor=current_person(),
            )  # fmt: skip
            return done(page_of(seance), _("La séance est ouverte."))
    return _screen(seance, opening=form)


LIVE: Final = "governance/_live.html"


def _screen(seance: Seance, current: AgendaItem | None = None, **forms: Form) -> Response:
    status = max((form.status for form in forms.values()), default=200)
    shown = _shown(seance, current, **forms)
    return respond("governance/seance_conduct.html", fragment=LIVE, status=status, **shown)


def _went(seance: Seance, message: str | None = None) -> ResponseReturnValue:
    """After an act: the part of the screen that changes, or the whole screen again."""
    return done(page_of(seance), message, fragment=LIVE, **_shown(seance))


def _shown(seance: Seance, current: AgendaItem | None = None, **forms: Form) -> dict[str, Any]:
    items = [item for item in queries.items_of(seance) if item.on_agenda]
    current = next((item for item in items if item.state is ItemState.CURRENT), current)
    roll = queries.roll_of(seance)
    recused = _recused(current)
    if current and "follow" not in forms:
        forms["follow"] = _follow_form(current, roll, formdata=None, data=_held(current))
    return {
        "seance": seance, "items": items, "current": current, "roll": roll, "quorum": roll.quorum(recused),
        "voices": rules.voices(roll.seated(recused)), "following": _after(items, current),
        "names": {line.mandate.id: line.member.full_name for line in roll.lines},
        "forms": {"opening": OpeningForm(), **forms}, "item_source": source_of_item,
        "opens": rules.can_open(seance, clock.today()),
    }  # fmt: skip


def _recused(item: AgendaItem | None) -> frozenset[int]:
    return frozenset(one.mandate_id for one in item.recusals) if item else frozenset()


def _follow_form(item: AgendaItem, roll: queries.Roll, **values: Any) -> FollowForm:
    """The form of an item: who may step aside of it, and who votes by name when the rules ask for it."""
    names = {line.mandate.id: line.member.full_name for line in roll.lines}
    by_name = roll.rules is not None and roll.rules.named_votes
    able = rules.voters(roll.seated(_recused(item))) if by_name else ()
    left = [(number, name) for number, name in names.items() if number not in _recused(item)]
    return FollowForm.of(left, [(number, names[number]) for number in able], **values)


def _after(items: list[AgendaItem], current: AgendaItem | None) -> AgendaItem | None:
    """The next item: the one after the current one, or the first one not treated."""
    if current is None:
        return next((item for item in items if item.state is ItemState.ACCEPTED), None)
    place = items.index(current)
    return items[place + 1] if place + 1 < len(items) else None


def _held(item: AgendaItem) -> dict[str, Any]:
    names = ("points", "decision", "dissent", "counted_by", "votes_for", "votes_against", "votes_abstain")
    return {
        **{name: getattr(item, name) for name in (*names, "votes_blank")},
        "version": str(item.version),
        "decision_kind": item.decision_kind.value if item.decision_kind else "",
        "vote_kind": item.vote_kind.value if item.vote_kind else "",
        **{f"voix_{vote.mandate_id}": vote.choice.value for vote in item.named_votes},
    }


@bp.post("/points/<int:item_id>/prendre")
@access(can_lead_item, subject=queries.item_by_id)
def take_up(item: AgendaItem) -> ResponseReturnValue:
    """Goes to an item."""
    services.take_up(seance=item.seance, item=item, actor=current_person())
    return _went(item.seance)


@bp.post("/points/<int:item_id>/suivre")
@access(can_lead_item, subject=queries.item_by_id)
def follow_item(item: AgendaItem) -> ResponseReturnValue:
    """Writes what was said and decided, and does what the button says: stays, goes on, adds, notes, puts off.

    One form for the whole screen: whichever button is pressed, nothing that was typed is lost.
    """
    form = _follow_form(item, queries.roll_of(item.seance))
    if form.validate_on_submit():
        with form.refusals():
            _write(item, form)
            _beside(item, form)
            _go_on(item)
            return _went(item.seance, _("C’est écrit."))
    # What a refusal undid is read again.
    item = queries.item_by_id(item.id)
    return _screen(item.seance, item, follow=form)


def _beside(item: AgendaItem, form: FollowForm) -> None:
    """What is noted beside: an action when its words were typed, a recusal when somebody was chosen, a postponement."""
    act, actor = request.form.get("act"), current_person()
    if form.what.data or act == "action":
        services.add_action(
            seance=item.seance, item=item, what=typed_in(form.what), responsible=typed_in(form.responsible),
            due_on=form.due_on.data, actor=actor,
        )  # fmt: skip
    if form.mandate_id.data:
        services.step_aside(
            roll=queries.roll_of(item.seance), item=item, mandate_id=form.mandate_id.data,
            reason=typed_in(form.reason), actor=actor,
        )  # fmt: skip
    if act == "postpone":
        services.postpone_item(seance=item.seance, item=item, reason=typed_in(form.why), actor=actor)


def _go_on(item: AgendaItem) -> None:
    """Goes to the item the button names, if it is of this séance."""
    number = request.form.get("next", type=int)
    following = queries.item_by_id(number) if number else None
    if following is not None and following.seance_id == item.seance_id:
        services.take_up(seance=item.seance, item=following, actor=current_person())


def _write(item: AgendaItem, form: FollowForm) -> None:
    kind, vote = form.decision_kind.data, form.vote_kind.data
    services.follow_item(
        roll=queries.roll_of(item.seance),
        item=item,
        followed=services.Followed(
            version=int(form.version.data or 0), points=typed_in(form.points), decision=typed_in(form.decision),
            decision_kind=DecisionKind(kind) if kind else None, dissent=typed_in(form.dissent), funding=item.funding,
            vote_kind=VoteKind(vote) if vote else None, votes_for=form.votes_for.data or 0,
            votes_against=form.votes_against.data or 0, votes_abstain=form.votes_abstain.data or 0,
            votes_blank=form.votes_blank.data or 0, counted_by=typed_in(form.counted_by), named=form.named(),
        ),
        actor=current_person(),
    )  # fmt: skip


@bp.post("/points/<int:item_id>/deport")
@access(can_lead_item, subject=queries.item_by_id)
def take_back_recusal(item: AgendaItem) -> ResponseReturnValue:
    """A recusal noted by mistake is taken back."""
    recusal_id = request.form.get("recusal", 0, type=int)
    services.take_back_recusal(seance=item.seance, item=item, recusal_id=recusal_id, actor=current_person())
    return _went(item.seance, _("Le retrait noté par erreur est enlevé."))


@bp.post("/seances/<int:seance_id>/suspendre")
@access(can_lead_seance, subject=queries.seance_by_id)
def suspend_seance(seance: Seance) -> ResponseReturnValue:
    """A pause."""
    services.suspend_seance(seance=seance, actor=current_person())
    return _went(seance, _("La séance est suspendue."))


@bp.post("/seances/<int:seance_id>/reprendre")
@access(can_lead_seance, subject=queries.seance_by_id)
def resume_seance(seance: Seance) -> ResponseReturnValue:
    """The end of the pause."""
    services.resume_seance(seance=seance, actor=current_person())
    return _went(seance, _("La séance reprend."))


@bp.post("/seances/<int:seance_id>/lever")
@access(can_lead_seance, subject=queries.seance_by_id)
def close_seance(seance: Seance) -> ResponseReturnValue:
    """Closes the séance; the minutes are drafted."""
    services.close_seance(seance=seance, actor=current_person())
    return done(
        url_for("governance.minutes", seance_id=seance.id), _("La séance est levée. Voici le projet de compte rendu.")
    )


@bp.route("/seances/<int:seance_id>/seconde-convocation", methods=["GET", "POST"])
@access(can_lead_seance, subject=queries.seance_by_id)
def call_again(seance: Seance) -> ResponseReturnValue:
    """Without quorum: the second call, with the same agenda."""
    form = SecondCallForm()
    if form.validate_on_submit():
        with form.refusals():
            starts_at = clock.from_paris(form.starts_at.data)  # type: ignore[arg-type]  # needed: it is there
            second = services.call_again(seance=seance, starts_at=starts_at, actor=current_person())
            return done(
                url_for("governance.seance", seance_id=second.id),
                _("La seconde convocation est prévue, avec le même ordre du jour."),
            )
    return ask(seance, form, _("Le quorum n’est pas atteint"), _("Prévoir la seconde convocation"))


@bp.route("/seances/<int:seance_id>/annuler", methods=["GET", "POST"])
@access(can_lead_seance, subject=queries.seance_by_id)
def cancel_seance(seance: Seance) -> ResponseReturnValue:
    """Cancels a séance to come, with the reason."""
    form = ReasonForm()
    if form.validate_on_submit():
        with form.refusals():
            services.cancel_seance(seance=seance, reason=typed_in(form.reason), actor=current_person())
            return done(url_for("governance.seance", seance_id=seance.id), _("La séance est annulée."))
    return ask(seance, form, _("Annuler la séance"), _("Annuler cette séance"))


@bp.get("/seances/<int:seance_id>/ecran")
@access(can_see_seance, subject=queries.seance_by_id)
def room_screen(seance: Seance) -> Response:
    """What the projector shows: the current item and its time, nobody’s name."""
    items = seance.agenda
    current = next((item for item in items if item.state is ItemState.CURRENT), None)
    left = None
    if current and current.minutes_foreseen and current.began_at:
        left = current.minutes_foreseen - int((clock.now() - current.began_at).total_seconds() // 60)
    following = _after(items, current)
    return respond(
        "governance/seance_room.html", fragment="governance/_room.html", seance=seance, items=items, current=current,
        left=left, following=following,
    )  # fmt: skip
