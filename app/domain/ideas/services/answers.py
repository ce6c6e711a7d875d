"""The collectivité studies an idea and answers it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person
from app.domain.ideas.models import AnswerOutcome, Idea, OfficialAnswer
from app.domain.ideas.services.keeping import move, tell_every_author
from app.domain.shared import journal
from app.domain.shared.refusals import Refusal


def begin_study(*, idea: Idea, actor: Person | None) -> None:
    """The services take the idea up: its words no longer change; every author is told. Refusals: ``state``."""
    idea.study_began_at = move(idea, "begin_study")
    tell_every_author(
        idea,
        _l("Votre idée n° %(number)s est à l’étude", number=idea.number),
        _l("Les services étudient votre idée « %(title)s ». Vous serez prévenue ou prévenu de leur réponse.",
           title=idea.title),
    )  # fmt: skip
    journal.record("began_study", idea, actor=actor, number=idea.number)


def answer(*, idea: Idea, outcome: AnswerOutcome, text: str, actor: Person | None) -> OfficialAnswer:
    """Answers an idea officially, with a reason; every author is told. A later answer follows, it replaces nothing.

    Refusals: ``reason`` (an answer without a reason), ``state``. Source: droit-et-pratique §3.3 ("reasons for refusal
    must be published and the porteur told").
    """
    if not text.strip():
        raise Refusal(_l("Écrivez la raison de cette réponse : l’auteur et le public la liront."), "text", "reason")
    now = move(idea, "answer")
    idea.answered_at = now
    given = OfficialAnswer(
        idea_id=idea.id, outcome=outcome, text=text.strip(), by_id=actor.id if actor is not None else None, at=now
    )
    db.session.add(given)
    tell_every_author(
        idea,
        _l("Une réponse à votre idée n° %(number)s", number=idea.number),
        _l("La collectivité a répondu à votre idée « %(title)s » : %(outcome)s.\n\n%(text)s",
           title=idea.title, outcome=outcome.label, text=text.strip()),
    )  # fmt: skip
    journal.record("answered", idea, actor=actor, number=idea.number, outcome=outcome.value)
    return given
