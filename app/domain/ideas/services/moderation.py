"""Reading ideas before (or after) they are public, and looking at those that somebody reports."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.database import db
from app.domain.accounts.models import Person
from app.domain.accounts.services import tell
from app.domain.ideas import queries, rules
from app.domain.ideas.models import AbuseOutcome, AbuseReason, AbuseReport, Idea, ModerationDecision, ModerationVerb
from app.domain.ideas.services.keeping import index_words, move, path_of, tell_author
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal, require


def publish(*, idea: Idea, actor: Person) -> None:
    """Makes the idea public; its author is told. Refusals: ``state``."""
    move(idea, "publish")
    index_words(idea)
    _decide(idea, ModerationVerb.PUBLISH, "", actor)
    tell_author(
        idea,
        _l("Votre idée n° %(number)s est publiée", number=idea.number),
        _l("Tout le monde peut lire votre idée « %(title)s » et la soutenir.", title=idea.title),
        but=actor,
    )
    journal.record("published", idea, actor=actor, number=idea.number)


def return_to_author(*, idea: Idea, reason: str, actor: Person) -> None:
    """Sends the idea back before publication, with a reason its author reads. Refusals: ``reason``, ``state``."""
    require(rules.is_reasoned(reason))
    idea.returned_at = move(idea, "return_to_author")
    _decide(idea, ModerationVerb.RETURN, reason, actor)
    tell_author(
        idea,
        _l("Votre idée n° %(number)s est à revoir", number=idea.number),
        _l("Votre idée « %(title)s » n’est pas encore publiée. Voici pourquoi : %(reason)s\n\n"
           "Vous pouvez la corriger et la déposer de nouveau.", title=idea.title, reason=reason),
        but=actor,
    )  # fmt: skip
    journal.record("returned", idea, actor=actor, number=idea.number)


def unpublish(*, idea: Idea, reason: str, actor: Person) -> None:
    """Takes a public idea out of sight (abuse): its author reads why and may correct it.

    The reports that wait on it are closed with it. Refusals: ``reason``, ``state``.
    """
    require(rules.is_reasoned(reason))
    idea.returned_at = move(idea, "unpublish")
    # An idea merged into another stands alone again.
    idea.merged_into_id = idea.merged_into = idea.merged_at = None
    index_words(idea)
    _decide(idea, ModerationVerb.UNPUBLISH, reason, actor)
    for report in queries.reports_waiting_on(idea.id):
        _close(report, AbuseOutcome.UNPUBLISHED, actor)
    tell_author(
        idea,
        _l("Votre idée n° %(number)s n’est plus publiée", number=idea.number),
        _l("Votre idée « %(title)s » n’est plus visible. Voici pourquoi : %(reason)s\n\n"
           "Vous pouvez la corriger et la déposer de nouveau.", title=idea.title, reason=reason),
        but=actor,
    )  # fmt: skip
    journal.record("unpublished", idea, actor=actor, number=idea.number)


def report_abuse(*, idea: Idea, reason: AbuseReason, words: str, actor: Person) -> AbuseReport:
    """Asks the moderators to look at a public idea again.

    Refusals: ``report`` (the idea is not public, or this person reported it already), ``words`` ("other" needs words).
    """
    require(rules.can_be_reported(idea, reason, words))
    report = AbuseReport(idea_id=idea.id, by_id=actor.id, reason=reason, words=words, at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(report)
            db.session.flush()
    except IntegrityError:
        sentence = _l("Vous avez déjà signalé cette idée. L’équipe l’a reçu et vous répondra.")
        raise Refusal(sentence, code="report") from None
    journal.record("reported", idea, actor=actor, number=idea.number, reason=reason.value)
    return report


def handle_report(*, report: AbuseReport, outcome: AbuseOutcome, reason: str, actor: Person) -> None:
    """Answers a report: the idea stays, or leaves the public list with a reason its author reads.

    Refusals: ``handled`` (a colleague was quicker), ``reason``, ``state``.
    """
    if report.handled_at is not None:
        raise Refusal(_l("Ce signalement a déjà été traité."), code="handled")
    if outcome is AbuseOutcome.UNPUBLISHED:
        unpublish(idea=report.idea, reason=reason, actor=actor)
    if report.handled_at is None:
        _close(report, outcome, actor)
    journal.record("handled", report, actor=actor, outcome=outcome.value)


def _close(report: AbuseReport, outcome: AbuseOutcome, actor: Person) -> None:
    report.outcome, report.handled_at, report.handled_by_id = outcome, clock.now(), actor.id
    if not report.by.is_active:
        # Whoever wrote them has left; they were kept for this answer alone.
        report.words = ""
    elif report.by_id != actor.id:
        tell(
            report.by,
            _l("Votre signalement a été lu"),
            _l("Vous avez signalé une idée. L’équipe l’a relue. Sa décision : %(outcome)s.", outcome=outcome.label),
            path=path_of(report.idea) if outcome is AbuseOutcome.KEPT else "",
        )


def _decide(idea: Idea, verb: ModerationVerb, reason: str, actor: Person) -> None:
    decision = ModerationDecision(idea_id=idea.id, verb=verb, reason=reason, by_id=actor.id, at=clock.now())
    db.session.add(decision)
