"""Two ideas say the same thing: one takes the other over. Nothing and nobody disappears."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person
from app.domain.accounts.services import tell
from app.domain.ideas import queries, rules
from app.domain.ideas.models import Idea, MergeQuestion
from app.domain.ideas.services.keeping import move, path_of, tell_author
from app.domain.ideas.services.supports import support
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal, require


def merge(*, idea: Idea, target: Idea, actor: Person) -> None:
    """``target`` takes ``idea`` over: both stay public, both authors are told, the supporters are asked.

    Supports are never moved: each supporter of ``idea`` who does not support ``target`` receives a question.
    Refusals: ``merge``, ``state`` (see ``rules.can_merge``).
    """
    require(rules.can_merge(idea, target, queries.has_originals(idea.id)))
    idea.merged_at = move(idea, "merge")
    idea.merged_into_id, idea.merged_into = target.id, target
    numbers = {"number": idea.number, "target": target.number}
    tell_author(
        idea,
        _l("Votre idée n° %(number)s est regroupée avec l’idée n° %(target)s", **numbers),
        _l("Les deux idées disent la même chose : la suite se passe sur l’idée n° %(target)s. La vôtre reste visible, "
           "avec votre nom, et vous serez prévenue ou prévenu à chaque étape.", **numbers),
        but=actor,
    )  # fmt: skip
    tell_author(
        target,
        _l("Votre idée n° %(target)s en reprend une autre", **numbers),
        _l("L’idée n° %(number)s disait la même chose que la vôtre. Ses auteurs sont cités avec vous.", **numbers),
        but=actor,
    )
    _ask_supporters(idea, target)
    journal.record("merged", idea, actor=actor, number=idea.number, into=target.number)


def _ask_supporters(idea: Idea, target: Idea) -> None:
    already = {person.id for person in queries.supporters_of(target.id)}
    for person in queries.supporters_of(idea.id):
        if person.id in already:
            continue
        db.session.add(MergeQuestion(idea_id=idea.id, target_id=target.id, person_id=person.id, asked_at=clock.now()))
        tell(
            person,
            _l("Une idée que vous soutenez est regroupée"),
            _l("L’idée n° %(number)s est regroupée avec l’idée n° %(target)s. Votre soutien reste à la première. "
               "Soutenez-vous aussi l’idée n° %(target)s ? À vous de le dire.",
               number=idea.number, target=target.number),
            path=f"{path_of(idea)}/regroupement",
        )  # fmt: skip


def answer_merge_question(*, question: MergeQuestion, also: bool, actor: Person) -> None:
    """The supporter says whether they also support the idea that takes over. Refusals: ``answered``, ``support``."""
    if question.answer is not None:
        raise Refusal(_l("Vous avez déjà répondu à cette question."), code="answered")
    question.answer, question.answered_at = also, clock.now()
    if also:
        support(idea=question.target, actor=actor)
    journal.record("answered_merge_question", question, actor=actor, also=also)
