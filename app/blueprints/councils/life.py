"""The lines of life of an avis and of an interpellation: what was done, by whom, what is expected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.domain.councils.models import (
    Avis,
    AvisState,
    Candidacy,
    CandidacyState,
    Interpellation,
    InterpellationState,
)
from app.domain.governance.models import Body
from app.domain.shared import clock
from app.domain.shared.life import Step
from app.domain.shared.votes import votes_in_words
from app.web.i18n import day, short_day


def shown(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Steps as the component shows them, dates in words."""
    return [{**vars(step), "when": short_day(step.when)} for step in steps]


def life_of_avis(avis: Avis) -> list[dict[str, Any]]:
    """The steps of an avis, the first one first."""
    steps = [Step(_("Avis écrit par le conseil"), "done", avis.created_at, avis.body.name)]
    if avis.state is AvisState.DROPPED:
        return shown([*steps, Step(_("Abandonné par le conseil"), "stopped")])
    if avis.adopted_on is None:
        return shown([*steps, Step(_("Vote du conseil"), "now"), Step(_("Envoi"), "next"), Step(_("Réponse"), "next")])
    steps.append(Step(_("Avis adopté"), "done", avis.adopted_on, note=vote_in_words(avis)))
    if avis.sent_at is None or avis.addressed is None:
        return shown([*steps, Step(_("Envoi"), "now"), Step(_("Réponse"), "next")])
    steps.append(Step(_("Avis envoyé"), "done", avis.sent_at, avis.addressed.name))
    return shown([*steps, *_answers(avis)])


def vote_in_words(text: Avis | Interpellation) -> str:
    """The counts of a vote, in a sentence."""
    told = votes_in_words(yes=text.votes_for, no=text.votes_against, abstained=text.votes_abstained)
    return _("%(counts)s. %(quorum)s.", counts=told, quorum=text.quorum.rstrip("."))


def delay_in_words(body: Body, days: int) -> str:
    """A body an avis may be sent to, and in how many days it answers."""
    return ngettext(
        "%(name)s, qui répond en %(num)s jour", "%(name)s, qui répond en %(num)s jours", days, name=body.name
    )


def lateness_in_words(avis: Avis) -> str:
    """How late an avis is, or was answered; nothing when it is in time."""
    if not avis.days_late:
        return ""
    if avis.answered_at is not None:
        return ngettext("Répondu avec %(num)s jour de retard", "Répondu avec %(num)s jours de retard", avis.days_late)
    return _("En retard depuis le %(day)s", day=day(avis.answer_due_on))


def _answers(avis: Avis) -> list[Step]:
    given = [item for item in avis.items if item.answered_at is not None]
    steps = []
    if given and avis.answered_at is None:
        note = ngettext(
            "%(num)d demande sur %(all)d a sa réponse.", "%(num)d demandes sur %(all)d ont leur réponse.", len(given),
            all=len(avis.items),
        )  # fmt: skip
        first = min(item.answered_at for item in given if item.answered_at)
        steps.append(Step(_("Première réponse"), "done", first, note=note))
    if avis.answered_at is not None:
        note = lateness_in_words(avis) or _("Dans le délai.")
        return [*steps, Step(_("Réponse complète"), "done", avis.answered_at, note=note)]
    late = avis.days_late > 0
    note = _("La réponse était attendue ce jour-là.") if late else _("Jour limite de la réponse.")
    if avis.answer_rulebook is not None:
        number = avis.answer_rulebook.version
        note += " " + _("C’est le délai des règles de l’instance, version %(number)d.", number=number)
    return [*steps, Step(_("Réponse à chaque demande"), "late" if late else "now", avis.answer_due_on, note=note)]


# What a step is called once it is behind: its state would still say what is missing.
DONE = {InterpellationState.ADOPTED: _l("Adoptée par le conseil")}
# And what it is called while it is waited for.
AWAITED = {InterpellationState.CLOSED: _l("Clôture par le conseil")}
NEXT = {
    InterpellationState.DRAFT: ("adopted", "sent", "acknowledged", "answered"),
    InterpellationState.ADOPTED: ("sent", "acknowledged", "answered"),
    InterpellationState.SENT: ("acknowledged", "answered"),
    InterpellationState.ACKNOWLEDGED: ("answered",),
    InterpellationState.ANSWERED: ("closed",),
    InterpellationState.ON_AGENDA: ("closed",),
}


def life_of_interpellation(interpellation: Interpellation) -> list[dict[str, Any]]:
    """The steps of an interpellation, each with its words, then those expected."""
    steps = [
        Step(_("Interpellation écrite par le conseil"), "done", interpellation.created_at, interpellation.body.name)
    ]
    steps += [
        Step(
            DONE.get(step.state, step.state.label), "done", step.happened_on,
            str(step.recorded_as.label) if step.recorded_as else interpellation.body.name,
            _words_of(step.words, step.letter_reference),
            _seance_of(interpellation) if step.state is InterpellationState.ON_AGENDA else None,
        )
        for step in interpellation.steps
    ]  # fmt: skip
    for rank, code in enumerate(NEXT.get(interpellation.state, ())):
        state = InterpellationState(code)
        label = AWAITED.get(state) or DONE.get(state, state.label)
        steps.append(Step(label, "next" if rank else "now"))
    if interpellation.state is InterpellationState.DROPPED:
        steps.append(Step(InterpellationState.DROPPED.label, "stopped"))
    return shown(steps)


def _words_of(words: str, reference: str) -> str:
    return f"{_('Lettre %(reference)s.', reference=reference)} {words}" if reference else words


def _seance_of(interpellation: Interpellation) -> str | None:
    seance = interpellation.agenda_seance
    if seance is None or not (seance.is_public and seance.starts_at > clock.now()):
        return None
    return url_for("governance.seance", seance_id=seance.id)


def life_of_candidacy(candidacy: Candidacy) -> list[dict[str, Any]]:
    """The steps of a candidacy, with the way each was known, then what is expected."""
    stopped = {CandidacyState.DECLINED, CandidacyState.REFUSED, CandidacyState.WITHDRAWN}
    steps = [
        Step(
            one.state.label, "stopped" if one.state in stopped else "done", one.at,
            note=candidacy.reason if one.state is CandidacyState.DECLINED else str(one.channel.label),
        )
        for one in candidacy.steps
    ]  # fmt: skip
    expected = {
        CandidacyState.SUBMITTED: (_("Réponse de l’équipe"), _("Invitation à siéger")),
        CandidacyState.ACCEPTED: (_("Invitation, dès qu’un siège est libre"),),
        CandidacyState.INVITED: (_("Réponse de la personne"),),
    }.get(candidacy.state, ())
    steps += [Step(words, "next" if rank else "now") for rank, words in enumerate(expected)]
    return shown(steps)
