"""Whether the moment allows an edition to go on: each act asks the lifecycle, the calendar and the facts.

Every guard takes an edition with ``process.phases`` and ``reglements`` loaded, and the present instant (UTC). Phase
changes are acts of an agent, guarded by dates. Source: droit-et-pratique §3.2 ("manual and date-guarded").
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from app.domain.ballots.rules.consistency import check_rules
from app.domain.budgets.models.editions import EDITION_LIFE, Edition
from app.domain.budgets.rules.checks import check_content, counting_rules, missing_for_call, missing_for_vote
from app.domain.processes.models import Phase, PhaseCode
from app.domain.processes.rules import calendar_of, check_calendar
from app.domain.shared.refusals import YES, Refusal, Verdict, first_refusal


def obstacles_to_call(edition: Edition, now: datetime) -> tuple[Refusal, ...]:
    """Everything that keeps the call from opening, so that an agent sees it all at once. Codes ``missing_…``,
    ``calendar_…``, ``late`` and those of ``check_content``; the field is the part of the edition where to mend it."""
    content = edition.reglement.rules
    found = [missing.refusal for missing in missing_for_call(content)]
    calendar = check_calendar(calendar_of(edition.process))
    if isinstance(calendar, Refusal):
        found.append(Refusal(calendar.sentence, field="calendar", code=calendar.code))
    elif now >= phase_of(edition, PhaseCode.CALL).ends_at:
        found.append(_late(_l("Les dates de l’appel à idées sont passées. Changez d’abord le calendrier.")))
    content_verdict = check_content(content)
    if isinstance(content_verdict, Refusal):
        found.append(Refusal(content_verdict.sentence, field="envelope", code=content_verdict.code))
    return tuple(found)


def may_open_call(edition: Edition, now: datetime) -> Verdict:
    """The call opens once: amount, section, criteria and who decides are said, and the calendar is whole and ahead."""
    state = EDITION_LIFE.allows("open_call", edition.state)
    return state and first_refusal(*obstacles_to_call(edition, now))


def may_close_call(edition: Edition, now: datetime) -> Verdict:
    """The call closes after its published end, never before: whoever relied on the date can still deposit."""
    state = EDITION_LIFE.allows("close_call", edition.state)
    if not state:
        return state
    if now < phase_of(edition, PhaseCode.CALL).ends_at:
        sentence = _l("L’appel à idées n’est pas fini. Attendez sa fin, ou changez-la d’abord dans le calendrier.")
        return Refusal(sentence, code="early")
    return YES


def may_publish_list(edition: Edition, now: datetime, *, unstudied: int, admitted: int) -> Verdict:
    """The list is published when every idea of the call has its answer and at least one project is admitted.

    Codes ``early`` (before the announcement phase), ``unstudied``, ``empty``. Source: droit-et-pratique §3.3.
    """
    state = EDITION_LIFE.allows("publish_list", edition.state)
    if not state:
        return state
    if unstudied:
        sentence = _l(
            "Des idées de l’appel n’ont pas encore de réponse (%(count)d). Terminez d’abord leur étude.",
            count=unstudied,
        )
        return Refusal(sentence, code="unstudied")
    if not admitted:
        return Refusal(_l("Aucun projet n’est admis : il n’y aurait rien à choisir."), code="empty")
    if now < phase_of(edition, PhaseCode.ANNOUNCEMENT).starts_at:
        sentence = _l("La phase d’annonce n’a pas commencé. Attendez sa date, ou changez-la dans le calendrier.")
        return Refusal(sentence, code="early")
    return YES


def may_open_vote(edition: Edition, now: datetime, *, reserves_used: Iterable[str | None], projects: int) -> Verdict:
    """The vote opens on a whole, consistent règlement, for a published list, before its published end.

    Codes ``missing_…``, ``reserves`` (a project competes for a sub-envelope the règlement no longer has), ``late``, and
    those of ``check_rules`` with the number of projects.
    """
    state = EDITION_LIFE.allows("open_vote", edition.state)
    if not state:
        return state
    content = edition.reglement.rules
    if now >= phase_of(edition, PhaseCode.VOTE).ends_at:
        return _late(_l("Les dates du vote sont passées. Changez d’abord le calendrier."))
    known = {reserve.id for reserve in content.reserves} | {None}
    if not known.issuperset(reserves_used):
        sentence = _l("Un projet relève d’une sous-enveloppe que le règlement n’a plus. Corrigez sa fiche.")
        return Refusal(sentence, code="reserves")
    return first_refusal(
        *(missing.refusal for missing in missing_for_vote(content)),
        check_content(content),
        check_rules(counting_rules(content), projects),
    )


def may_announce_results(edition: Edition, *, counted: bool) -> Verdict:
    """Results are announced when the box has been counted (code ``uncounted``)."""
    state = EDITION_LIFE.allows("announce_results", edition.state)
    if not state:
        return state
    if not counted:
        sentence = _l("Le dépouillement n’est pas fait. Il se fait à deux, après la clôture du vote.")
        return Refusal(sentence, code="uncounted")
    return YES


def may_begin_realisation(edition: Edition, *, confirmed_by: str, confirmed_on: date, today: date) -> Verdict:
    """Works begin once the winners are confirmed by the act of the body that decides, named and dated.

    Codes ``confirmation`` and ``future``. Source: votes-tirage-questionnaires §3 (winners are a proposal confirmed by
    délibération).
    """
    state = EDITION_LIFE.allows("begin_realisation", edition.state)
    if not state:
        return state
    if not confirmed_by:
        sentence = _l("Indiquez la délibération ou la décision qui confirme les projets lauréats.")
        return Refusal(sentence, field="confirmed_by", code="confirmation")
    if confirmed_on > today:
        sentence = _l("Cette décision est datée de l’avenir. Vérifiez sa date.")
        return Refusal(sentence, field="confirmed_on", code="future")
    return YES


def may_close(edition: Edition, *, unfinished: int) -> Verdict:
    """An edition closes when each winner is delivered or abandoned (code ``unfinished``)."""
    state = EDITION_LIFE.allows("close", edition.state)
    if not state:
        return state
    if unfinished:
        sentence = _l(
            "Des projets lauréats ne sont ni livrés ni abandonnés (%(count)d). Terminez leur suivi avant de clore.",
            count=unfinished,
        )
        return Refusal(sentence, code="unfinished")
    return YES


def may_amend(edition: Edition) -> Verdict:
    """The règlement changes until the vote is opened, never after (code ``rules_frozen``)."""
    if edition.vote_opened_at is not None:
        sentence = _l(
            "Le vote est ouvert : ses règles ne changent plus. La prochaine édition pourra en avoir d’autres."
        )
        return Refusal(sentence, code="rules_frozen")
    return YES


def may_describe(edition: Edition) -> Verdict:
    """What is promised to people is written before the call opens, and stays (code ``promised``)."""
    if edition.call_version is not None:
        sentence = _l("L’appel à idées a été ouvert avec cette présentation : elle ne change plus.")
        return Refusal(sentence, code="promised")
    return YES


def may_schedule(edition: Edition) -> Verdict:
    """The calendar changes until the vote is opened: the ballot box keeps its own dates (code ``rules_frozen``)."""
    if edition.vote_opened_at is not None:
        sentence = _l("Le vote est ouvert à ses dates publiées : le calendrier ne change plus.")
        return Refusal(sentence, code="rules_frozen")
    return YES


def phase_of(edition: Edition, code: PhaseCode) -> Phase:
    """A dated phase. The calendar is whole once the call is open, so the refusal is a net."""
    phase = edition.process.phase(code)
    if phase is None:
        sentence = _l("Indiquez les dates de la phase « %(phase)s ».", phase=code.label)
        raise Refusal(sentence, field="calendar", code="calendar_missing")
    return phase


def _late(sentence: object) -> Refusal:
    return Refusal(sentence, field="calendar", code="late")
